#include "cre2.h"

#include <cstdio>
#include <new>
#include <re2/re2.h>

struct cre2_pattern {
  RE2 expression;

  cre2_pattern(const re2::StringPiece &pattern, const RE2::Options &options)
      : expression(pattern, options) {}
};

static re2::StringPiece piece(const void *bytes, size_t length) {
  return re2::StringPiece(static_cast<const char *>(bytes), length);
}

// No exception may cross into Swift, so each function that can allocate catches them all.

cre2_pattern *cre2_compile(
    const void *pattern, size_t length, int64_t memory, char *error, size_t capacity) {
  try {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_max_mem(memory);
    auto *compiled = new cre2_pattern(piece(pattern, length), options);
    if (compiled->expression.ok()) return compiled;
    std::snprintf(error, capacity, "%s", compiled->expression.error().c_str());
    delete compiled;
  } catch (...) {
    std::snprintf(error, capacity, "out of memory");
  }
  return nullptr;
}

bool cre2_matches(const cre2_pattern *pattern, const void *text, size_t length) {
  try {
    return RE2::PartialMatch(piece(text, length), pattern->expression);
  } catch (...) {
    return false;
  }
}

void cre2_free(cre2_pattern *pattern) { delete pattern; }
