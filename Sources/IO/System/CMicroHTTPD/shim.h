#pragma once
#include <microhttpd.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// One-line bridges to what Swift can't call or name: variadic functions, their options and macros.

typedef void *(*http_target_callback)(void *context, const char *target, struct MHD_Connection *connection);
typedef void (*http_log_callback)(void *context, const char *format, va_list arguments);

struct http_daemon_settings {
  int listen_socket;
  unsigned int connections;
  unsigned int idle_seconds;
  size_t connection_memory;
  void *context;
  void *connection_context;
  MHD_AcceptPolicyCallback accept;
  MHD_AccessHandlerCallback handle;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connection_changed;
  http_target_callback target;
  http_log_callback log;
};

static inline struct MHD_Daemon *http_daemon_start(const struct http_daemon_settings *s) {
  return MHD_start_daemon(
    MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, s->accept, s->context, s->handle,
    s->context,
    MHD_OPTION_EXTERNAL_LOGGER, s->log, s->context,  // first, so that it gets the messages about the others
    MHD_OPTION_LISTEN_SOCKET, s->listen_socket,
    MHD_OPTION_CONNECTION_LIMIT, s->connections,
    MHD_OPTION_CONNECTION_TIMEOUT, s->idle_seconds,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, s->connection_memory,
    MHD_OPTION_NOTIFY_COMPLETED, s->completed, s->context,
    MHD_OPTION_NOTIFY_CONNECTION, s->connection_changed, s->connection_context,
    MHD_OPTION_URI_LOG_CALLBACK, s->target, s->context,
    MHD_OPTION_END);
}

/// The daemon's set of what it waits for: can be read when there is something to do.
static inline int http_daemon_events(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
  return info ? info->epoll_fd : -1;
}

static inline void *http_connection_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

static inline int http_connection_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

static inline const struct sockaddr *http_connection_address(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info ? info->client_addr : NULL;
}

/// A response whose body the library sends straight from `body`, which it releases with free() in the end.
static inline struct MHD_Response *http_response_owning(void *body, size_t count) {
  return MHD_create_response_from_buffer(count, body, MHD_RESPMEM_MUST_FREE);
}

static inline struct MHD_Response *http_response_streaming(
  MHD_ContentReaderCallback read, void *context, MHD_ContentReaderFreeCallback end) {
  return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read, context, end);
}

static inline ssize_t http_stream_end(void) { return MHD_CONTENT_READER_END_OF_STREAM; }
static inline ssize_t http_stream_error(void) { return MHD_CONTENT_READER_END_WITH_ERROR; }

// The system's epoll for watching suspended connections. Glibc's module in Swift leaves it out.

static inline int hangups_open(void) { return epoll_create1(EPOLL_CLOEXEC); }
static inline int hangups_wake_open(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
static inline int hangups_wake(int wake) { return eventfd_write(wake, 1); }

/// Watches a socket for its peer's going away, once; `token` comes back from `hangups_wait`.
static inline int hangups_add(int poll, int socket, uint64_t token) {
  struct epoll_event event = {.events = EPOLLRDHUP | EPOLLHUP | EPOLLERR | EPOLLONESHOT, .data.u64 = token};
  return epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event);
}

/// Watches the descriptor that ends `hangups_wait`: it comes back as token 0.
static inline int hangups_add_wake(int poll, int wake) {
  struct epoll_event event = {.events = EPOLLIN, .data.u64 = 0};
  return epoll_ctl(poll, EPOLL_CTL_ADD, wake, &event);
}

/// Watches a socket that was added once more.
static inline int hangups_rearm(int poll, int socket, uint64_t token) {
  struct epoll_event event = {.events = EPOLLRDHUP | EPOLLHUP | EPOLLERR | EPOLLONESHOT, .data.u64 = token};
  return epoll_ctl(poll, EPOLL_CTL_MOD, socket, &event);
}

/// Waits for events and stores at most `count` (up to 64) tokens; -1 with errno for an error.
static inline int hangups_wait(int poll, uint64_t *tokens, int count) {
  struct epoll_event events[64];
  int found = epoll_wait(poll, events, count < 64 ? count : 64, -1);
  for (int i = 0; i < found; i++) tokens[i] = events[i].data.u64;
  return found;
}
