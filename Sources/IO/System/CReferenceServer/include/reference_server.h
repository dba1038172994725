#pragma once
#include <stddef.h>
#include <stdint.h>

/// Serves one constant response with bare libmicrohttpd, on one thread, until the process ends.
///
/// Prints "ready: http://127.0.0.1:PORT" when it answers. GET /park is answered after the next GET /go, with the same
/// response; GET /parked tells how many wait. `headers` are lines of the form "Name: value", separated by line ends.
/// Returns an exit status, and only if it can't start.
int reference_server_run(uint16_t port, size_t bytes, const char *headers);
