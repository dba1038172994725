"""A fleet of services with faults to order, and what a steady caller saw of them."""

import collections
import math
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request

from harness import ROOT, eventually, free_port

PROGRAM = ROOT / ".build/release/steady-load"


def percentile(values, share):
    """The smallest value that so large a share of them does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


class Service:
    """One instance, which can be killed, stopped and made to fail."""

    def __init__(self, registry, name, number, delay):
        self.id = f"{name}-{number}"
        self.port = free_port()
        self.command = [PROGRAM, "serve", name, str(self.port), self.id, str(delay)]
        self.environment = {**os.environ, "MUSTER_HTTP_ADDR": registry.address}
        self.process = None

    def start(self):
        self.process = subprocess.Popen(self.command, env=self.environment)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def fault(self, **what):
        query = "&".join(f"{name}={value}" for name, value in what.items())
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/fault?{query}", method="PUT")
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200


class Fleet:
    """Three instances of a service behind a registry."""

    def __init__(self, registry, name="web", delay=2):
        self.registry = registry
        self.name = name
        self.services = [Service(registry, name, number, delay) for number in range(3)]
        for service in self.services:
            service.start()
        self.wait_for(3)

    def wait_for(self, count):
        def passing():
            return len(self.registry.json(f"health/service/{self.name}?passing"))

        eventually(lambda: passing() == count, f"{count} instances are healthy")

    def end(self):
        for service in self.services:
            if service.process.poll() is None:
                service.resume()
                service.kill()


class Machine:
    """Watches whether the machine itself stands still, as virtual ones do: what is measured then says nothing."""

    STANDSTILL = 0.03

    def __init__(self):
        self.longest = 0
        self.over = threading.Event()
        self.watch = threading.Thread(target=self._watch, daemon=True)

    def _watch(self):
        while not self.over.is_set():
            start = time.monotonic()
            self.over.wait(0.005)
            self.longest = max(self.longest, time.monotonic() - start)

    def __enter__(self):
        self.watch.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.watch.join()

    @property
    def stood_still(self):
        return self.longest > self.STANDSTILL


def on_a_running_machine(trial, trials=3):
    """Makes a trial again if it fails while the machine stood still."""
    for number in range(1, trials + 1):
        with Machine() as machine:
            try:
                return trial()
            except AssertionError as failure:
                if number == trials or not machine.stood_still:
                    raise
                print(f"again, since the machine stood still for {machine.longest:.2f} s: {failure}"[:500])


Call = collections.namedtuple("Call", "time latency answer")


class Caller:
    """Calls at a steady rate; `finish` gives all calls and decisions."""

    def __init__(self, registry, name, policy, rate, seconds, timeout=1000):
        # Not a pipe, which would hold the caller up when it is full.
        self.output = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [PROGRAM, "call", name, policy, str(rate), str(seconds), str(timeout)],
            env={**os.environ, "MUSTER_HTTP_ADDR": registry.address},
            stdout=self.output,
        )
        eventually(lambda: os.fstat(self.output.fileno()).st_size > 0, "the caller has found the service")
        self.start = time.time()

    def at(self, seconds):
        """Waits for a time of the run."""
        time.sleep(max(0, self.start + seconds - time.time()))

    def finish(self):
        assert self.process.wait(timeout=120) == 0
        self.output.seek(0)
        lines = self.output.read().splitlines()[1:]
        self.output.close()
        return Calls([line for line in lines if line[0] != "#"], [line for line in lines if line[0] == "#"], self.start)


class Calls:
    """What came of all calls."""

    def __init__(self, calls, decisions, start):
        self.decisions = decisions
        self.all = []
        for line in calls:
            when, latency, answer = line.split(" ", 2)
            self.all.append(Call(int(when) / 1e6 - start, int(latency) / 1e3, answer))

    @property
    def failed(self):
        return [call for call in self.all if call.answer.startswith("!")]

    @property
    def retries(self):
        """Further tries of all kinds."""
        return sum(bool(re.search("tried again after|also sent to", line)) for line in self.decisions)

    def within(self, start, end):
        return [call for call in self.all if start <= call.time < end]

    def p99(self, start, end):
        """In milliseconds."""
        return percentile([call.latency for call in self.within(start, end)], 0.99)

    def who(self, start, end):
        return collections.Counter(call.answer for call in self.within(start, end))
