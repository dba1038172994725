#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/pidfd.h>
#include <sys/wait.h>

// Macros that Swift does not import: a child's wait status taken apart.

static inline int muster_has_exited(int status) { return WIFEXITED(status); }
static inline int muster_exit_code(int status) { return WEXITSTATUS(status); }
static inline int muster_end_signal(int status) { return WTERMSIG(status); }

// A union, an anonymous enum and flags that Swift imports badly.

static inline int muster_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int muster_epoll_set(int epoll, int operation, int file, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = events, .data.u64 = token};
  return epoll_ctl(epoll, operation, file, &event);
}

static inline uint32_t muster_epoll_events(const struct epoll_event *event) { return event->events; }
static inline uint64_t muster_epoll_token(const struct epoll_event *event) { return event->data.u64; }

static inline uint32_t muster_epoll_readable(void) { return EPOLLIN; }
static inline uint32_t muster_epoll_writable(void) { return EPOLLOUT; }
static inline uint32_t muster_epoll_broken(void) { return EPOLLERR | EPOLLHUP; }

static inline int muster_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
