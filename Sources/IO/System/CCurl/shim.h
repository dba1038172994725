#pragma once
#include <curl/curl.h>

// libcurl's options are variadic functions and macros, which Swift does not import: one function for each type of value.
// The parentheses keep curl's type-checking macros out.

typedef size_t (*muster_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode muster_curl_set_number(CURL *handle, CURLoption option, long value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode muster_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode muster_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode muster_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode muster_curl_set_callback(CURL *handle, CURLoption option, muster_curl_data_callback value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode muster_curl_get_number(CURL *handle, CURLINFO info, long *value) {
  return (curl_easy_getinfo)(handle, info, value);
}

/// The result of the transfer that has finished, CURLE_AGAIN when none has.
static inline CURLcode muster_curl_finished(CURLM *multi) {
  int left = 0;
  CURLMsg *message = curl_multi_info_read(multi, &left);
  while (message && message->msg != CURLMSG_DONE)
    message = curl_multi_info_read(multi, &left);
  return message ? message->data.result : CURLE_AGAIN;
}
