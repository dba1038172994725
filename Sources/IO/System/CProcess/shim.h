#pragma once
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

struct muster_ready {
  uint64_t token;
  uint32_t events;
};

#define MUSTER_READY_LIMIT 256

/// Waits for events and writes at most MUSTER_READY_LIMIT of them; returns their number, or -1.
static inline int muster_epoll_wait(int epoll, struct muster_ready *ready, int milliseconds) {
  struct epoll_event events[MUSTER_READY_LIMIT];
  int count = epoll_wait(epoll, events, MUSTER_READY_LIMIT, milliseconds);
  for (int i = 0; i < count; i++) ready[i] = (struct muster_ready){events[i].data.u64, events[i].events};
  return count;
}

static inline uint32_t muster_epoll_readable(void) { return EPOLLIN; }
static inline uint32_t muster_epoll_writable(void) { return EPOLLOUT; }
static inline uint32_t muster_epoll_broken(void) { return EPOLLERR | EPOLLHUP; }

static inline int muster_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

/// Has a child close every file from `first` on.
static inline int muster_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}
