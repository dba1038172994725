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

typedef curl_socket_t (*muster_curl_open_callback)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode muster_curl_set_open_callback(CURL *handle, muster_curl_open_callback value, void *context) {
  CURLcode result = (curl_easy_setopt)(handle, CURLOPT_OPENSOCKETDATA, context);
  return result ? result : (curl_easy_setopt)(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}

/// The address that a socket is about to be opened for.
static inline const struct sockaddr *muster_curl_address(const struct curl_sockaddr *address) {
  return &address->addr;
}

static inline CURLcode muster_curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
  return (curl_easy_getinfo)(handle, info, value);
}

typedef int (*muster_curl_request_callback)(
    void *context, char *server_address, char *own_address, int server_port, int own_port);

/// Has the handle ask before it sends a request, which it may do more than once in a transfer.
static inline CURLcode muster_curl_set_request_callback(
    CURL *handle, muster_curl_request_callback value, void *context) {
  CURLcode result = (curl_easy_setopt)(handle, CURLOPT_PREREQDATA, context);
  return result ? result : (curl_easy_setopt)(handle, CURLOPT_PREREQFUNCTION, value);
}

typedef int (*muster_curl_socket_callback)(
    CURL *handle, curl_socket_t socket, int what, void *context, void *socket_context);
typedef int (*muster_curl_timer_callback)(CURLM *multi, long milliseconds, void *context);

/// Has the multi handle say which sockets and which moment it waits for.
static inline CURLMcode muster_curl_multi_watch(
    CURLM *multi, muster_curl_socket_callback socket, muster_curl_timer_callback timer, void *context) {
  CURLMcode result = (curl_multi_setopt)(multi, CURLMOPT_SOCKETDATA, context);
  if (!result) result = (curl_multi_setopt)(multi, CURLMOPT_SOCKETFUNCTION, socket);
  if (!result) result = (curl_multi_setopt)(multi, CURLMOPT_TIMERDATA, context);
  if (!result) result = (curl_multi_setopt)(multi, CURLMOPT_TIMERFUNCTION, timer);
  return result;
}

/// A transfer that has finished, with its result; null when there is none.
static inline CURL *muster_curl_next_finished(CURLM *multi, CURLcode *result) {
  int left = 0;
  CURLMsg *message = curl_multi_info_read(multi, &left);
  while (message && message->msg != CURLMSG_DONE)
    message = curl_multi_info_read(multi, &left);
  if (!message) return 0;
  *result = message->data.result;
  return message->easy_handle;
}
