#include "csimdjson.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <simdjson.h>
#include <vector>

namespace {

/// A container that is still open: where its node is, and the values and keys in it so far.
struct Open {
  size_t node;
  uint32_t count;
};

/// What a thread keeps between texts.
struct Reader {
  simdjson::dom::parser parser;
  std::unique_ptr<uint8_t[]> padded;
  size_t capacity = 0;
  std::vector<csimdjson_node> nodes;
  std::vector<Open> open;

  bool makeRoom(size_t length);
  csimdjson_result flatten(size_t depth, size_t values);

  /// About what the buffers take: simdjson has 9 bytes for each byte of text on its tape, 4 for its index and 2 for
  /// strings.
  size_t bytes() const { return capacity * 16 + nodes.capacity() * sizeof(csimdjson_node); }
};

constexpr size_t smallestCapacity = 4 << 10;
constexpr size_t mostBytesKept = 1 << 20;

/// Null until the thread's first text, and after one that took a lot of memory.
thread_local std::unique_ptr<Reader> reader;

/// Sees to buffers for a text of this length; simdjson reads some bytes past the end.
bool Reader::makeRoom(size_t length) {
  if (length <= capacity) return true;
  size_t wanted = smallestCapacity;
  while (wanted < length) wanted *= 2;
  capacity = 0;
  padded.reset(new (std::nothrow) uint8_t[wanted + simdjson::SIMDJSON_PADDING]());
  if (!padded || parser.allocate(wanted) || parser.doc.allocate(wanted)) return false;
  capacity = wanted;
  return true;
}

csimdjson_node leaf(csimdjson_kind kind) {
  csimdjson_node node{};
  node.kind = kind;
  return node;
}

/// Turns simdjson's tape into nodes. The tape is documented: a word for each value with its type in the top byte, a
/// second word for numbers, and the root's words around all.
csimdjson_result Reader::flatten(size_t depth, size_t values) {
  const uint64_t *tape = parser.doc.tape.get();
  const uint8_t *strings = parser.doc.string_buf.get();
  const uint64_t payload = (uint64_t(1) << 56) - 1;
  const size_t end = (tape[0] & payload) - 1;
  size_t seen = 0;
  nodes.clear();
  open.clear();
  for (size_t index = 1; index < end; index++) {
    const char type = char(tape[index] >> 56);
    if (type == ']' || type == '}') {
      csimdjson_node &node = nodes[open.back().node];
      node.count = type == '}' ? open.back().count / 2 : open.back().count;
      open.pop_back();
      continue;
    }
    const bool isKey = !open.empty() && nodes[open.back().node].kind == CSIMDJSON_OBJECT && open.back().count % 2 == 0;
    if (!open.empty()) open.back().count++;
    if (!isKey && ++seen > values) return CSIMDJSON_TOO_MANY_VALUES;
    csimdjson_node node{};
    switch (type) {
    case '[':
    case '{':
      if (open.size() >= depth) return CSIMDJSON_TOO_DEEP;
      node.kind = type == '[' ? CSIMDJSON_ARRAY : CSIMDJSON_OBJECT;
      open.push_back({nodes.size(), 0});
      break;
    case '"': {
      const uint8_t *start = strings + (tape[index] & payload);
      node.kind = CSIMDJSON_STRING;
      std::memcpy(&node.count, start, sizeof node.count);
      node.text = start + sizeof node.count;
      break;
    }
    case 'l':
      node.kind = CSIMDJSON_INTEGER;
      node.integer = int64_t(tape[++index]);
      break;
    case 'd':
      node.kind = CSIMDJSON_NUMBER;
      std::memcpy(&node.number, &tape[++index], sizeof node.number);
      break;
    case 't': node = leaf(CSIMDJSON_TRUE); break;
    case 'f': node = leaf(CSIMDJSON_FALSE); break;
    case 'n': node = leaf(CSIMDJSON_NULL); break;
    // An integer of 64 bits without sign, which is beyond what callers can hold.
    default: return CSIMDJSON_REFUSED;
    }
    nodes.push_back(node);
  }
  return CSIMDJSON_PARSED;
}

/// Newer versions of simdjson pass over a byte order mark, which RFC 8259 forbids.
bool startsWithMark(const uint8_t *text, size_t length) {
  return length >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF;
}

} // namespace

// No exception may cross into Swift, so what can allocate catches them all.

csimdjson_result csimdjson_parse(
    const uint8_t *text, size_t length, size_t depth, size_t values, const csimdjson_node **nodes) {
  try {
    if (length == 0 || length > simdjson::SIMDJSON_MAXSIZE_BYTES) return CSIMDJSON_REFUSED;
    if (startsWithMark(text, length)) return CSIMDJSON_REFUSED;
    if (!reader) reader = std::make_unique<Reader>();
    if (!reader->makeRoom(length)) return CSIMDJSON_NO_MEMORY;
    uint8_t *copy = reader->padded.get();
    std::memcpy(copy, text, length);
    std::memset(copy + length, 0, simdjson::SIMDJSON_PADDING);
    const auto error = reader->parser.parse(copy, length, false).error();
    if (error == simdjson::DEPTH_ERROR) return CSIMDJSON_TOO_DEEP;
    if (error == simdjson::MEMALLOC) return CSIMDJSON_NO_MEMORY;
    if (error) return CSIMDJSON_REFUSED;
    const auto result = reader->flatten(depth, values);
    *nodes = reader->nodes.data();
    return result;
  } catch (...) {
    return CSIMDJSON_NO_MEMORY;
  }
}

void csimdjson_done(void) {
  if (reader && reader->bytes() > mostBytesKept) reader.reset();
}
