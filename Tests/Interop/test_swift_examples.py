"""The small Swift programs of Examples/Scenarios: each shows something, and fails when that does not happen."""

import subprocess
import time

import pytest
from harness import ROOT

PROGRAMS = {
    "registry": "a registry with heartbeats",
    "health-checking": "health checking",
    "balancing": "load balancing",
    "client-by-name": "calling a service by its name",
    "fault-tolerance": "fault tolerance",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_a_program_shows_happens(name):
    start = time.monotonic()
    answer = subprocess.run(
        [ROOT / f".build/release/example-{name}"], capture_output=True, text=True, timeout=30, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    title, *_, verdict = answer.stdout.splitlines()
    assert title.lower() == PROGRAMS[name]
    assert verdict == "All of it happened."
    assert "✗" not in answer.stdout
    assert answer.stdout.count("✓") >= 5
    assert time.monotonic() - start < 10


def test_a_wrong_call_of_the_sharded_worker_is_refused():
    for words in ([], ["workers", "a"], ["workers", "a", "none"], ["workers", "a", "0"]):
        answer = subprocess.run(
            [ROOT / ".build/release/example-sharded-worker", *words], capture_output=True, text=True, timeout=30, check=False
        )
        assert answer.returncode != 0
        assert "usage: example-sharded-worker" in answer.stderr
