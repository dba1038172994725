"""Programs for `muster run`, small enough to be given to `python -c`; they know nothing of the registry."""

import sys

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
