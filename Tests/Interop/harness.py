"""A real `muster server` for the tests: starts it, waits for its ready line, talks to it, ends it."""

import json
import os
import pathlib
import random
import re
import selectors
import signal
import socket
import subprocess
import time

import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("MUSTER_BIN", ROOT / ".build/release/muster"))
# Generous, for machines that are busy with something else; nothing waits this long when all is well.
PATIENCE = 20


def free_port():
    """A port that nobody uses, and that the system gives no outgoing connection while a server of a test is down."""
    while True:
        port = random.randrange(12_000, 32_000)
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def eventually(condition, what, patience=PATIENCE):
    """Waits until `condition()` is true and returns its value; `what` names what did not come about."""
    deadline = time.monotonic() + patience
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not within {patience} s: {what}"
        time.sleep(0.02)
    return value


class Server:
    """One server process after another on the same port and data folder."""

    launched = []
    """Every process of the test run, so that a failed test leaves none behind."""

    def __init__(self, folder, store="sqlite", node="test-node", options=(), launcher=(), **popen):
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        self.data = pathlib.Path(folder) / "data"
        self.log = pathlib.Path(folder) / f"server-{self.port}.log"
        self.store, self.node, self.options, self.launcher, self.popen = store, node, options, launcher, popen
        self.process = None
        self.ready_line = None

    def command(self):
        own = {"--http": self.address, "--dns": "off", "--store": self.store, "--data-dir": self.data, "--node": self.node}
        kept = [str(word) for option, value in own.items() if option not in self.options for word in (option, value)]
        return [*self.launcher, str(BINARY), "server", *kept, *self.options]

    def launch(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=subprocess.PIPE, stderr=log, **self.popen)
        self.launched.append(self.process)

    def start(self):
        """Returns when the server has said that it is ready."""
        self.launch()
        self.ready_line = self._read_line()
        assert re.fullmatch(rf"muster \S+ ready: http://{re.escape(self.address)}\b.*", self.ready_line), (
            f"instead of the ready line: {self.ready_line!r}; its log:\n{self.log.read_text()}"
        )
        return self

    def _read_line(self):
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            assert selector.select(PATIENCE), f"silent for {PATIENCE} s; its log:\n{self.log.read_text()}"
        return self.process.stdout.readline().decode().rstrip("\n")

    def stop(self, number=signal.SIGTERM):
        """Ends it in order, and insists that it says so by exit code 0."""
        self.process.send_signal(number)
        code = self._wait()
        assert code == 0, f"exit code {code} after signal {number}; its log:\n{self.log.read_text()}"

    def kill(self):
        self.process.kill()
        self._wait()

    def _wait(self):
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.stdout.close()

    def restart(self):
        self.stop()
        return self.start()

    def refused(self):
        """Runs a start that should fail; returns its exit code and what it said."""
        self.launch()
        try:
            said, _ = self.process.communicate(timeout=PATIENCE)
        finally:
            self.process.kill()
        return self.process.returncode, said.decode() + self.log.read_text()

    # Plain HTTP, for what the clients can't say.

    def url(self, path):
        return f"http://{self.address}/v1/{path}"

    def get(self, path, **options):
        return requests.get(self.url(path), timeout=PATIENCE, **options)

    def json(self, path, **options):
        answer = self.get(path, **options)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def put(self, path, body=None, **options):
        data = None if body is None else json.dumps(body)
        return requests.put(self.url(path), data=data, timeout=PATIENCE, **options)

    def put_ok(self, path, body=None, **options):
        answer = self.put(path, body, **options)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"

    def register(self, name, **fields):
        self.put_ok("agent/service/register", {"Name": name, **fields})

    def index(self, path):
        return int(self.get(path).headers["X-Consul-Index"])
