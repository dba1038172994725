// What libmicrohttpd itself can do, with the settings that Muster uses: the measure of what Muster adds.
#include "reference_server.h"

#include <arpa/inet.h>
#include <limits.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { most_parked = 65536 };

static struct MHD_Response *constant;
static struct MHD_Connection *parked[most_parked];
static size_t parked_count;
static int has_resumed;

// The daemon has one thread, so nothing here needs a lock.
static enum MHD_Result answer_count(struct MHD_Connection *connection) {
  char text[32];
  int length = snprintf(text, sizeof text, "%zu", parked_count);
  struct MHD_Response *response =
    MHD_create_response_from_buffer((size_t)length, text, MHD_RESPMEM_MUST_COPY);
  enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
  MHD_destroy_response(response);
  return result;
}

static enum MHD_Result handle(
  void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
  const char *upload, size_t *upload_size, void **state) {
  static int seen, was_parked;
  (void)context, (void)method, (void)version, (void)upload;
  *upload_size = 0;
  if (*state == NULL) {
    *state = &seen;
    return MHD_YES;
  }
  if (url[1] != 'p' && url[1] != 'g') return MHD_queue_response(connection, MHD_HTTP_OK, constant);
  if (strcmp(url, "/parked") == 0) return answer_count(connection);
  if (strcmp(url, "/park") == 0 && *state != &was_parked && parked_count < most_parked) {
    *state = &was_parked;
    MHD_suspend_connection(connection);
    parked[parked_count++] = connection;
    return MHD_YES;
  }
  if (strcmp(url, "/go") == 0) {
    for (size_t i = 0; i < parked_count; i++) MHD_resume_connection(parked[i]);
    parked_count = 0;
    has_resumed = 1;
  }
  return MHD_queue_response(connection, MHD_HTTP_OK, constant);
}

static int add_header(char *line) {
  char *value = strchr(line, ':');
  if (!value || value == line) return 0;
  *value++ = 0;
  while (*value == ' ') value++;
  return MHD_add_response_header(constant, line, value) == MHD_YES;
}

static int add_headers(const char *lines) {
  char *copy = strdup(lines), *rest = NULL;
  int added = copy != NULL;
  for (char *line = copy ? strtok_r(copy, "\n", &rest) : NULL; line && added; line = strtok_r(NULL, "\n", &rest)) {
    added = add_header(line);
  }
  free(copy);
  return added;
}

static int listen_on(uint16_t port) {
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listener < 0) return -1;
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0) return -1;
  return listener;
}

static uint16_t port_of(int listener) {
  struct sockaddr_in address = {0};
  socklen_t length = sizeof address;
  return getsockname(listener, (struct sockaddr *)&address, &length) == 0 ? ntohs(address.sin_port) : 0;
}

// Waits outside of the library, as Muster does: its own loop can wait in vain after 128 events at once.
static void serve(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
  struct pollfd events = {.fd = info ? info->epoll_fd : -1, .events = POLLIN};
  do {
    MHD_UNSIGNED_LONG_LONG left;
    int knows = MHD_get_timeout(daemon, &left) == MHD_YES;
    // What was resumed within a turn shows in the next, which nothing else would begin.
    int patience = has_resumed ? 0 : !knows ? -1 : left < INT_MAX ? (int)left : INT_MAX;
    has_resumed = 0;
    poll(&events, 1, patience);
  } while (MHD_run(daemon) == MHD_YES);
}

int reference_server_run(uint16_t port, size_t bytes, const char *headers) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGPIPE, SIG_IGN);
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  char *body = malloc(bytes ? bytes : 1);
  if (!body) return 1;
  memset(body, 'x', bytes);
  constant = MHD_create_response_from_buffer(bytes, body, MHD_RESPMEM_MUST_FREE);
  if (constant && !add_headers(headers)) {
    fprintf(stderr, "a header needs a name, a colon and a value\n");
    return 2;
  }
  int listener = listen_on(port);
  if (!constant || listener < 0) {
    perror("can't listen on 127.0.0.1");
    return 1;
  }
  struct MHD_Daemon *daemon = MHD_start_daemon(
    MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, handle, NULL,
    MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_CONNECTION_LIMIT, 16384u, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
    8192u, MHD_OPTION_CONNECTION_TIMEOUT, 600u, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)16384, MHD_OPTION_END);
  if (!daemon) return 1;
  printf("ready: http://127.0.0.1:%u\n", port_of(listener));
  fflush(stdout);
  serve(daemon);
  return 1;
}
