"""Servers of `lab.py` and a `muster proxy` before them."""

import itertools
import os
import pathlib
import re
import selectors
import signal
import socket
import subprocess
import sys

import requests
from harness import BINARY, PATIENCE, Server, eventually, free_port

FOLDER = pathlib.Path(__file__).resolve().parent
numbers = itertools.count(1)


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class LabServer:
    """A ThriftPy server that can be killed, hung and started again, on the same port."""

    def __init__(self, folder, protocol="cybinary", transport="cybuffered", multiplexed=False):
        self.port = free_port()
        self.id = f"lab-{self.port}"
        self.journal = pathlib.Path(folder) / f"journal-{self.port}"
        self.words = [protocol, transport, str(self.journal)] + (["multiplexed"] if multiplexed else [])
        self.process = None

    def start(self):
        command = [sys.executable, str(FOLDER / "lab.py"), str(self.port), *self.words]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        Server.launched.append(self.process)
        eventually(lambda: accepts(self.port), f"the server at {self.port} accepts connections")
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()

    def hang(self):
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def keys(self):
        return self.journal.read_text().split() if self.journal.exists() else []

    def connections(self):
        """How many connections others have to it, by what the system says."""
        wanted = f"{self.port:04X}"
        lines = pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]
        rows = [line.split() for line in lines]
        return sum(1 for row in rows if row[2].split(":")[1] == wanted and row[3] in ("01", "02"))


class Proxy:
    """A `muster proxy`, started when it says that it is ready."""

    def __init__(self, folder, registry, service, *options, listen="127.0.0.1:0"):
        self.log = pathlib.Path(folder) / f"proxy-{next(numbers)}.log"
        command = [str(BINARY), "proxy", service, "--listen", listen, "--server", registry.address]
        command += ["--metrics", "127.0.0.1:0", "--log-level", "debug", *map(str, options)]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        Server.launched.append(self.process)
        self.port = int(self._line(r"muster proxy ready: \S+ at 127\.0\.0\.1:(\d+)"))
        self.metrics_url = self._line(r"muster proxy metrics: (\S+)")

    def _line(self, pattern):
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            assert selector.select(PATIENCE), f"silent for {PATIENCE} s; its log:\n{self.log.read_text()}"
        line = b""
        while not line.endswith(b"\n"):
            byte = os.read(self.process.stdout.fileno(), 1)
            assert byte, f"it ended; its log:\n{self.log.read_text()}"
            line += byte
        match = re.fullmatch(pattern, line.decode().strip())
        assert match, f"{line!r} does not match {pattern}; its log:\n{self.log.read_text()}"
        return match[1]

    def metric(self, name, **labels):
        """The sum of a metric's values over all series with these labels."""
        text = requests.get(self.metrics_url, timeout=PATIENCE).text
        total = 0.0
        for line in text.splitlines():
            match = re.fullmatch(r"(\w+)\{(.*)\} (\S+)", line)
            if match and match[1] == name and all(f'{key}="{value}"' in match[2] for key, value in labels.items()):
                total += float(match[3])
        return total

    def memory(self):
        """What it has in memory, in bytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    def stop(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.stdout.close()
        assert code == 0, f"exit code {code}; its log:\n{self.log.read_text()}"


def register(registry, service, server, **fields):
    registry.register(service, ID=server.id, Address="127.0.0.1", Port=server.port, **fields)
