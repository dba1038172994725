#pragma once
#include <zlib.h>

/// deflateInit2 is a macro. 15 + 16 window bits ask for gzip's framing, 8 is zlib's default memory level.
static inline int zlib_gzip_start(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
