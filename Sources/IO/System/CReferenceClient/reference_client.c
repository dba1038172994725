#include "reference_client.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static size_t ignore(char *bytes, size_t size, size_t count, void *context) {
  (void)bytes;
  (void)context;
  return size * count;
}

static CURL *make(const char *url) {
  CURL *easy = curl_easy_init();
  if (!easy) return NULL;
  curl_easy_setopt(easy, CURLOPT_URL, url);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 30000L);
  return easy;
}

/// Counts the transfers that have finished and starts them again; -1 when one failed.
static long again(CURLM *multi) {
  long answered = 0;
  int left = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read(multi, &left))) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL *easy = message->easy_handle;
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (message->data.result != CURLE_OK || status != 200) return -1;
    answered++;
    curl_multi_remove_handle(multi, easy);
    curl_multi_add_handle(multi, easy);
  }
  return answered;
}

static long run(CURLM *multi, double seconds) {
  long total = 0;
  for (double end = now() + seconds; now() < end;) {
    int running = 0;
    if (curl_multi_perform(multi, &running) != CURLM_OK) return -1;
    long answered = again(multi);
    if (answered < 0) return -1;
    total += answered;
    if (!answered && curl_multi_poll(multi, NULL, 0, 1000, NULL) != CURLM_OK) return -1;
  }
  return total;
}

long reference_client_run(const char *url, int requests, double seconds) {
  if (requests < 1 || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return -1;
  CURLM *multi = curl_multi_init();
  CURL **all = calloc((size_t)requests, sizeof *all);
  long total = multi && all ? 0 : -1;
  for (int i = 0; i < requests && total == 0; i++) {
    all[i] = make(url);
    if (!all[i] || curl_multi_add_handle(multi, all[i]) != CURLM_OK) total = -1;
  }
  if (total == 0) total = run(multi, seconds);
  for (int i = 0; all && i < requests; i++) {
    if (!all[i]) continue;
    curl_multi_remove_handle(multi, all[i]);
    curl_easy_cleanup(all[i]);
  }
  free(all);
  if (multi) curl_multi_cleanup(multi);
  return total;
}
