#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled regular expression. Matching with it is safe from any number of threads at once.
typedef struct cre2_pattern cre2_pattern;

/// Compiles `pattern` (UTF-8, RE2's syntax) within `memory` bytes for its program and its match cache.
/// On failure gives NULL and writes RE2's reason to `error`, cut to `capacity` bytes and ended by a zero.
cre2_pattern *cre2_compile(
    const void *pattern, size_t length, int64_t memory, char *error, size_t capacity);

/// Whether the pattern occurs anywhere in `text`. Takes time linear in `length`.
bool cre2_matches(const cre2_pattern *pattern, const void *text, size_t length);

/// Frees what `cre2_compile` gave; NULL is allowed.
void cre2_free(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif
