"""`muster run` for the tests, and programs for it that are small enough to be given to `python -c`."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from harness import BINARY, PATIENCE, eventually

PYTHON = sys.executable

HOLD = """
import pathlib, socket, sys, time
port, gate = int(sys.argv[1]), pathlib.Path(sys.argv[2])
print("started", flush=True)
while not gate.exists():
    time.sleep(0.01)
listener = socket.create_server(("127.0.0.1", port))
print("listening", flush=True)
while True:
    listener.accept()[0].close()
"""
"""Listens on a port once a file is there, and accepts for ever."""

SERVE = """
import os, signal, socket, sys, threading, time
ports = [int(port) for port in sys.argv[1:]]
def say(number, frame):
    print(signal.Signals(number).name, time.monotonic(), flush=True)
    if number == signal.SIGTERM:
        os._exit(7)
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGWINCH, signal.SIGQUIT):
    signal.signal(number, say)
def accept(listener):
    while True:
        listener.accept()[0].close()
for port in ports:
    threading.Thread(target=accept, args=[socket.create_server(("127.0.0.1", port))], daemon=True).start()
print("listening", os.getpid(), flush=True)
while True:
    signal.pause()
"""
"""Listens on ports, says which signals come and when, and ends with code 7 on SIGTERM."""

WEB = """
import http.server, sys, time
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        time.sleep(0.02)
        body = f"{sys.argv[1]}:{sys.argv[2]}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *words):
        pass
class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
Server((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
"""
"""A web server on a host and port that answers with these, 20 ms later; SIGTERM ends it at once."""


class Run:
    """A `muster run` process, in a session of its own so that nothing of it is left behind."""

    def __init__(self, server, arguments, **popen):
        self.process = subprocess.Popen(
            [BINARY, "run", *map(str, arguments)],
            env=os.environ | {"MUSTER_HTTP_ADDR": server.address},
            **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | popen,
            start_new_session=True,
            text=True,
        )
        self.said, self.printed = [], []
        self.readers = [
            threading.Thread(target=self._read, args=[stream, lines], daemon=True)
            for stream, lines in ((self.process.stderr, self.said), (self.process.stdout, self.printed))
            if stream
        ]
        for reader in self.readers:
            reader.start()

    @staticmethod
    def _read(stream, lines):
        for line in stream:
            lines.append(line.rstrip("\n"))

    def prints(self, text, count=1):
        """Waits for a line that begins so, and returns its words."""
        found = eventually(
            lambda: [line for line in self.printed if line.startswith(text)][count - 1 : count], f"{text} printed"
        )
        return found[0].split()

    def says(self, text, count=1):
        eventually(lambda: sum(text in line for line in self.said) >= count, f"{text!r} in {self.said}")

    def child(self):
        return int(self.prints("listening")[1])

    def wait(self):
        code = self.process.wait(PATIENCE)
        for reader in self.readers:
            reader.join(PATIENCE)
        return code

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.wait()


@pytest.fixture
def run(server):
    runs = []

    def start(*arguments, to=server, **popen):
        runs.append(Run(to, arguments, **popen))
        return runs[-1]

    yield start
    for one in runs:
        # The program leads a group of its own, but is of this session.
        listing = subprocess.run(["ps", "-o", "pid=", "-s", str(one.process.pid)], capture_output=True, text=True)
        for pid in listing.stdout.split():
            os.kill(int(pid), signal.SIGKILL)
        one.process.wait()


def serve(*ports):
    return ["--", PYTHON, "-c", SERVE, *ports]


def passing(server, name):
    return [entry["Service"]["ID"] for entry in server.json(f"health/service/{name}?passing")]


def registered(server, name):
    return [entry["Service"]["ID"] for entry in server.json(f"health/service/{name}")]
