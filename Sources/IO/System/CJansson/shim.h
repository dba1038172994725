#pragma once
#include <jansson.h>

// Swift sees the text of an error as a tuple of 160 characters, and can't tell the function json_error_code
// from the enumeration of the same name.

static inline const char *muster_json_error_text(const json_error_t *error) {
    return error->text;
}

static inline int muster_json_error_code(const json_error_t *error) {
    return json_error_code(error);
}
