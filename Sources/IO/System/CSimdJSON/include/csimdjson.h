#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a node is.
enum csimdjson_kind {
  CSIMDJSON_NULL,
  CSIMDJSON_FALSE,
  CSIMDJSON_TRUE,
  CSIMDJSON_INTEGER,
  CSIMDJSON_NUMBER,
  CSIMDJSON_STRING,
  CSIMDJSON_ARRAY,
  CSIMDJSON_OBJECT,
};

/// A value. Those inside an array follow it; those inside an object follow it too, each after a string that is its key.
typedef struct {
  uint32_t kind;
  /// The bytes of a string, the elements of an array, the members of an object.
  uint32_t count;
  union {
    int64_t integer;
    double number;
    /// The bytes of a string: UTF-8 that may contain zero bytes.
    const uint8_t *text;
  };
} csimdjson_node;

/// How parsing ended.
enum csimdjson_result {
  CSIMDJSON_PARSED,
  /// The text is not JSON or not UTF-8, or a number in it is too large.
  CSIMDJSON_REFUSED,
  CSIMDJSON_TOO_DEEP,
  CSIMDJSON_TOO_MANY_VALUES,
  CSIMDJSON_NO_MEMORY,
};

/// Parses `length` bytes of JSON with at most `depth` containers inside each other and `values` values, keys aside.
///
/// Gives the nodes, which belong to the calling thread: they are good until it calls `csimdjson_parse` or
/// `csimdjson_done` next.
enum csimdjson_result csimdjson_parse(
    const uint8_t *text, size_t length, size_t depth, size_t values, const csimdjson_node **nodes);

/// Ends the use of the nodes. Buffers of ordinary size stay for the thread's next text; larger ones are freed.
void csimdjson_done(void);

#ifdef __cplusplus
}
#endif
