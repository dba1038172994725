"""The examples and the quick start, run as their readers would."""

import os
import signal
import subprocess
import sys

import pytest
from harness import BINARY, ROOT, Server, eventually, free_port

EXAMPLES = ROOT / "Examples"
CALCULATOR = EXAMPLES / "thriftpy-calculator"
HTTP = EXAMPLES / "http-curl"


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path, options=["--min-deregister-after", "1s"]).start()
    yield server
    server.stop()


@pytest.fixture
def start(server, tmp_path):
    """Starts a process in a group of its own, so that it dies with its helpers; ends what is left."""
    started = []

    def start(*command, **variables):
        with open(tmp_path / f"process-{len(started)}.log", "wb") as log:
            process = subprocess.Popen(
                command, env=environment(server) | variables, stdout=log, stderr=log, start_new_session=True
            )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def environment(server):
    return os.environ | {
        "MUSTER_HTTP_ADDR": server.address,
        "PYTHONPATH": str(ROOT / ".venv/clients/py-consul"),
        "NO_COLOR": "1",
    }


def run(server, *command):
    answer = subprocess.run(command, env=environment(server), capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer


def passing(server, name):
    return {entry["Service"]["Port"] for entry in server.json(f"health/service/{name}?passing")}


def registered(server, name):
    return {entry["Service"]["Port"] for entry in server.json(f"health/service/{name}")}


def calculate(server, *arguments):
    return run(server, sys.executable, str(CALCULATOR / "client.py"), "--registry", server.address, *arguments)


@pytest.fixture
def calculators(server, start):
    """Two calculators that are healthy, by port."""
    found = {}
    for _ in range(2):
        port = free_port()
        found[port] = start(
            sys.executable, str(CALCULATOR / "server.py"), "--port", str(port), "--registry", server.address,
            "--ttl", "1.5", "--deregister-after", "1s",
        )  # fmt: skip
    eventually(lambda: passing(server, "calculator") == set(found), "two healthy calculators")
    return found


def test_a_thriftpy_calculator_is_called_by_its_name(server, calculators):
    assert calculate(server, "add", "2", "3").stdout.startswith("add(2, 3) = 5, says 127.0.0.1:")
    assert "= 42," in calculate(server, "multiply", "6", "7").stdout
    answers = {calculate(server, "add", "1", "1").stdout.rpartition(":")[2].strip() for _ in range(12)}
    assert answers == {str(port) for port in calculators}, "calls are spread"


def test_a_killed_calculator_is_failed_over_and_leaves_by_its_ttl(server, calculators):
    (dead, process), (alive, _) = calculators.items()
    process.kill()
    process.wait()
    for _ in range(4):
        assert calculate(server, "add", "2", "3").stdout.strip().endswith(f":{alive}")
    eventually(lambda: passing(server, "calculator") == {alive}, "the dead one critical")
    eventually(lambda: registered(server, "calculator") == {alive}, "the dead one forgotten")
    assert dead not in registered(server, "calculator")


def test_a_calculator_that_ends_in_order_leaves_at_once(server, calculators):
    (_, process), (alive, _) = calculators.items()
    process.terminate()
    assert process.wait(timeout=10) == 0
    assert registered(server, "calculator") == {alive}


def test_the_calculators_come_back_to_a_registry_that_forgot_them(server, calculators):
    for port in calculators:
        server.put_ok(f"agent/service/deregister/calculator-{port}")
    eventually(lambda: passing(server, "calculator") == set(calculators), "registered again")


def proxied(server, script):
    # In the order in which the proxy tells about instances.
    ports = sorted((free_port() for _ in range(5)), key=str)
    return run(
        server, "env", f"MUSTER={BINARY}", f"PYTHON={sys.executable}", f"PORTS={ports[0]} {ports[1]} {ports[2]}",
        f"PROXY=127.0.0.1:{ports[3]}", f"METRICS=127.0.0.1:{ports[4]}", str(EXAMPLES / "thriftpy-proxied" / script),
    ).stdout  # fmt: skip


def counts(text):
    return [int(line.split()[1]) for line in text.splitlines() if line.endswith(" calls")]


def test_a_killed_calculator_is_not_noticed_behind_a_proxy(server):
    text = proxied(server, "failover.sh")
    assert "3000 calls, 0 failed" in text
    assert len(counts(text)) == 2 and min(counts(text)) > 0, text
    assert registered(server, "calculator") == set(), "all are gone with the script"


def test_strategies_spread_calls_as_they_promise(server):
    text = proxied(server, "strategies.sh")
    in_turn, by_weight, by_load = (counts(part) for part in text.split("600 calls, 0 failed")[1:])
    assert in_turn == [200, 200, 200]
    assert by_weight == [360, 120, 120]
    assert by_load[2] < min(by_load[:2]) and sum(by_load) == 600, by_load


@pytest.fixture
def greeters(server, start):
    found = {}
    for _ in range(2):
        port = free_port()
        settings = {"TTL": "2s", "BEAT": "0.5", "DEREGISTER_AFTER": "1s"}
        found[port] = start(str(HTTP / "service.sh"), str(port), **settings)
    eventually(lambda: passing(server, "greeter") == set(found), "two healthy greeters")
    return found


def greet(server, *arguments):
    return run(server, str(HTTP / "client.sh"), *arguments)


def test_an_http_service_is_called_by_its_name_with_curl(server, greeters):
    port = int(greet(server).stdout.rpartition(" ")[2])
    assert port in greeters


def test_a_killed_http_service_is_failed_over_and_leaves_by_its_ttl(server, greeters):
    first = int(greet(server, "--in-order", "greeter").stdout.rpartition(" ")[2])
    (other,) = set(greeters) - {first}
    os.killpg(greeters[first].pid, signal.SIGKILL)
    greeters[first].wait()
    answer = greet(server, "--in-order", "greeter")
    assert answer.stdout == f"hello from the greeter on port {other}\n"
    assert f"127.0.0.1:{first} does not answer" in answer.stderr
    eventually(lambda: passing(server, "greeter") == {other}, "the dead one critical")
    eventually(lambda: registered(server, "greeter") == {other}, "the dead one forgotten")


def test_an_http_service_that_ends_in_order_leaves_at_once(server, greeters):
    (_, process), (alive, _) = greeters.items()
    process.terminate()
    process.wait(timeout=10)
    assert registered(server, "greeter") == {alive}


@pytest.mark.long
def test_the_quick_start_shows_it_all_and_cleans_up(tmp_path):
    variables = os.environ | {"MUSTER_BIN": str(BINARY), "TMPDIR": str(tmp_path)}
    answer = subprocess.run(
        [ROOT / "scripts/quickstart", "--no-build"],
        cwd=tmp_path,
        env=variables,
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert answer.stdout.count("hello from the greeter on port") == 2
    assert "does not answer, trying the next" in answer.stdout + answer.stderr
    assert "│" in answer.stdout, "the watch said something"
    assert "\x1b[" not in answer.stdout, "no colour when nobody looks"
    assert list(tmp_path.iterdir()) == [], "its folder is gone"
    processes = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(tmp_path) not in processes, "its processes are gone"
