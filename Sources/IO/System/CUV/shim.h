#pragma once
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <uv.h>

/// What the system calls mmsghdr, which its headers hide.
struct outgoing_message {
  struct msghdr header;
  unsigned int sent;
};

/// sendmmsg, likewise hidden: the number of messages sent, or -1 with errno set.
static inline int send_messages(int socket, struct outgoing_message *messages, unsigned int count) {
  return (int)syscall(SYS_sendmmsg, socket, messages, count, MSG_DONTWAIT | MSG_NOSIGNAL);
}
