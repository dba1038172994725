#pragma once
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

// The system's epoll and processor affinity. Glibc's module in Swift leaves both out.

static inline int epoll_open(void) { return epoll_create1(EPOLL_CLOEXEC); }

/// Watches a descriptor for something to read; `index` comes back from `epoll_ready`.
static inline int epoll_add(int poll, int descriptor, uint32_t index) {
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
  return epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event);
}

/// Waits and stores the indexes of at most 256 descriptors; -1 with errno for an error.
static inline int epoll_ready(int poll, uint32_t *indexes, int milliseconds) {
  struct epoll_event events[256];
  int found = epoll_wait(poll, events, 256, milliseconds);
  for (int i = 0; i < found; i++) indexes[i] = events[i].data.u32;
  return found;
}

enum { affinity_words = 16 };

/// Reads which processors the calling thread may use, a bit each; the number of bytes that were set, or -1.
static inline long affinity_get(unsigned long words[affinity_words]) {
  return syscall(SYS_sched_getaffinity, 0, affinity_words * sizeof(unsigned long), words);
}

/// Binds the calling thread, and what it starts from now on, to processors.
static inline long affinity_set(const unsigned long words[affinity_words]) {
  return syscall(SYS_sched_setaffinity, 0, affinity_words * sizeof(unsigned long), words);
}
