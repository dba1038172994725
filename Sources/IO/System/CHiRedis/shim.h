#pragma once
#include <hiredis/hiredis.h>

// Swift sees arrays of characters in structures as tuples: these give them as strings.

static inline const char *muster_redis_connect_error(const redisContext *context) { return context->errstr; }

static inline const char *muster_redis_reader_error(const redisReader *reader) { return reader->errstr; }
