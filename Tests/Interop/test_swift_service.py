"""The Swift example: services that register themselves, and a caller that knows their name, through real failures."""

import os
import re
import signal
import subprocess
import time

import pytest
from harness import ROOT, eventually, free_port

EXAMPLE = ROOT / ".build/release/example-swift-service"


@pytest.fixture
def start(own_server):
    """Starts the example with some words; what it started is gone after the test."""
    processes = []

    def start(*words, **options):
        environment = {**os.environ, "MUSTER_HTTP_ADDR": own_server.address}
        # stdbuf becomes the example: it has its lines come one by one, though nobody sits at a terminal.
        command = ["stdbuf", "-oL", EXAMPLE, *map(str, words)]
        processes.append(subprocess.Popen(command, env=environment, text=True, **options))
        return processes[-1]

    yield start
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.wait()


def passing(server):
    return sorted(entry["Service"]["ID"] for entry in server.json("health/service/hello?passing"))


def serve(start, server, count):
    services = [start("serve", "hello", free_port(), f"hello-{number}") for number in range(count)]
    eventually(lambda: len(passing(server)) == count, "all services are registered")
    return services


def counts(output):
    return {name: int(count) for name, count in re.findall(r"^([\w-]+): (\d+)$", output, re.MULTILINE)}


def test_a_service_is_registered_for_as_long_as_it_runs(start, own_server):
    first, second = serve(start, own_server, 2)
    first.send_signal(signal.SIGTERM)
    eventually(lambda: passing(own_server) == ["hello-1"], "the one that was told to end is gone")
    assert first.wait(timeout=20) == 0
    second.kill()
    eventually(lambda: passing(own_server) == [], "the one that was killed is critical by its TTL")


@pytest.mark.long
def test_no_call_fails_while_one_instance_works(start, own_server):
    services = serve(start, own_server, 3)
    caller = start("call", "hello", 12, stdout=subprocess.PIPE)
    assert caller.stdout.readline() == "calling\n"
    time.sleep(1)
    services[0].kill()
    time.sleep(2)
    services[1].send_signal(signal.SIGSTOP)
    time.sleep(3)
    services[1].send_signal(signal.SIGCONT)
    time.sleep(1)
    own_server.kill()
    time.sleep(2)
    own_server.start()
    output = caller.communicate(timeout=60)[0]
    result = counts(output)
    assert result.pop("failures") == 0, output
    assert set(result) == {"hello-0", "hello-1", "hello-2"}, output
    # Every 5 ms for 12 s, less the time that a hanging instance is waited for.
    assert sum(result.values()) > 300, output
    eventually(lambda: passing(own_server) == ["hello-1", "hello-2"], "those that live are registered after the restart")
