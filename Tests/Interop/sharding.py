"""Sharded workers as processes, and what their lines say about who owned which key when."""

import collections
import datetime
import json
import os
import signal
import subprocess
import threading
import time

from harness import ROOT

PROGRAM = ROOT / ".build/release/example-sharded-worker"


def microseconds():
    return time.time_ns() // 1_000


# When a worker came into the registry's list of those that pass, or left it.
Change = collections.namedtuple("Change", "time worker came")


def list_changes(server, service):
    """What the registry says has happened to its list."""
    kinds = {"passing": True, "critical": False, "deregistered": False}
    return [
        Change(
            int(datetime.datetime.fromisoformat(event["Time"]).timestamp() * 1_000) * 1_000,
            event["Instance"],
            kinds[event["Kind"]],
        )
        for event in server.json(f"muster/history/{service}?limit=10000")
        if event["Kind"] in kinds
    ]


class Worker:
    """A process that writes down what it gains and loses, with the time of day in microseconds."""

    def __init__(self, server, service, name, keys):
        self.name = name
        self.lines = []
        self.began = microseconds()
        self.killed = None
        self.process = subprocess.Popen(
            [PROGRAM, service, name, str(keys)],
            env={**os.environ, "MUSTER_HTTP_ADDR": server.address},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            # The last line of a killed process can be cut.
            if line.endswith("\n"):
                self.lines.append(json.loads(line))

    @property
    def working(self):
        return self.lines[-1]["working"] if self.lines else 0

    def end(self, number):
        """Ends it, and waits for what it has written."""
        self.process.send_signal(number)
        # After the signal: at this time it certainly owns nothing.
        self.process.wait(timeout=20)
        self.reader.join(timeout=20)
        if number == signal.SIGKILL:
            self.killed = microseconds()


class History:
    """Who owned which key from when to when, in microseconds."""

    def __init__(self, workers, end):
        self.spans = collections.defaultdict(list)
        for worker in workers:
            begun = {}
            for line in worker.lines:
                for key in line["lost"]:
                    self.spans[key].append((begun.pop(key), line["time"], worker.name))
                for key in line["gained"]:
                    assert key not in begun, f"{worker.name} gained {key} twice"
                    begun[key] = line["time"]
            for key, start in begun.items():
                self.spans[key].append((start, worker.killed or end, worker.name))
        for spans in self.spans.values():
            spans.sort()

    def neighbours(self):
        """Each owner of each key with the next one."""
        for key, spans in self.spans.items():
            for before, after in zip(spans, spans[1:]):
                yield key, before, after

    def overlaps(self):
        """Times for which two owned a key, longest first."""
        found = []
        for key, spans in self.spans.items():
            last = spans[0]
            for span in spans[1:]:
                if span[0] < last[1]:
                    found.append((min(span[1], last[1]) - span[0], key, last[2], span[2]))
                last = max(last, span, key=lambda one: one[1])
        return sorted(found, reverse=True)

    def owners_at(self, when):
        return {key: [name for start, end, name in spans if start <= when < end] for key, spans in self.spans.items()}
