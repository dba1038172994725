"""`muster run`: a program is in the registry while it serves, and only then, whatever happens to either."""

import os
import pty
import select
import signal
import socket
import subprocess
import sys
import time

import pytest
from harness import BINARY, PATIENCE, ROOT, Server, eventually, free_port
from supervised import HOLD, PYTHON, passing, registered, run, serve  # noqa: F401


def test_it_is_registered_when_it_accepts_and_not_before(server, run, name, tmp_path):
    port, gate = free_port(), tmp_path / "gate"
    labels = ["--tag", "blue", "--meta", "zone=a", "--weight", 5]
    one = run(name, "--port", port, *labels, "--", PYTHON, "-c", HOLD, port, gate)
    one.prints("started")
    time.sleep(0.3)  # time enough for several looks, to see that nothing comes of them
    assert registered(server, name) == []
    gate.touch()
    eventually(lambda: passing(server, name) == [f"{name}-{port}"], "registered")
    (entry,) = server.json(f"health/service/{name}")
    assert entry["Service"]["Port"] == port
    assert entry["Service"]["Tags"] == ["blue"]
    assert entry["Service"]["Meta"] == {"zone": "a"}
    assert entry["Service"]["Weights"]["Passing"] == 5
    one.says(f"muster run: registered {name}-{port}")


def test_its_first_check_decides_where_there_is_one(server, run, name, tmp_path):
    (tmp_path / "other").write_text("")
    port = free_port()
    check = f"http:http://127.0.0.1:{port}/health"
    command = [PYTHON, "-m", "http.server", port, "--bind", "127.0.0.1", "--directory", tmp_path]
    one = run(name, "--port", port, "--id", "one", "--check", check, "--", *command)
    one.says("/health")
    assert registered(server, name) == []
    (tmp_path / "health").write_text("fine")
    eventually(lambda: passing(server, name) == ["one"], "registered")
    (entry,) = server.json(f"health/service/{name}")
    assert {c["Type"] for c in entry["Checks"] if c["ServiceID"]} == {"ttl", "http"}


def test_sigterm_takes_it_out_drains_and_then_ends_it(server, run, name):
    port = free_port()
    one = run(name, "--port", port, "--drain", "1s", *serve(port))
    eventually(lambda: passing(server, name), "registered")
    one.process.send_signal(signal.SIGTERM)
    eventually(lambda: not registered(server, name), "deregistered")
    gone = time.monotonic()
    assert [line for line in one.printed if "SIGTERM" in line] == [], "the program is not told yet"
    assert one.wait() == 7, "the program's own code"
    told = float(one.prints("SIGTERM")[1])
    assert told - gone > 0.5, f"callers had {told - gone:.2f} s to notice"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_program_that_ignores_sigterm_is_killed_after_the_grace(server, run, name, number):
    port = free_port()
    command = [PYTHON, "-c", "import signal; signal.signal(15, signal.SIG_IGN)\n" + HOLD, port, "/"]
    one = run(name, "--port", port, "--drain", "0s", "--grace", "200ms", "--", *command)
    eventually(lambda: passing(server, name), "registered")
    assert one.stop(number) == 128 + signal.SIGKILL
    assert one.said[-1].endswith("does not end: killing it")
    assert registered(server, name) == []


def test_a_killed_program_is_gone_within_a_second(server, run, name):
    port = free_port()
    one = run(name, "--port", port, *serve(port))
    eventually(lambda: passing(server, name), "registered")
    os.kill(one.child(), signal.SIGKILL)
    eventually(lambda: not registered(server, name), "gone from the registry", patience=1)
    assert one.wait() == 128 + signal.SIGKILL
    assert one.said[-1].endswith("was killed by signal 9")


@pytest.mark.parametrize("code", [0, 1, 42])
def test_the_programs_exit_code_is_passed_on(run, name, code):
    assert run(name, "--port", free_port(), "--", "sh", "-c", f"exit {code}").wait() == code


def test_a_killed_supervisor_leaves_the_program_alone_and_its_lease_ends(server, run, name):
    port = free_port()
    one = run(name, "--port", port, "--ttl", "1s", *serve(port))
    eventually(lambda: passing(server, name), "registered")
    child = one.child()
    one.process.kill()
    eventually(lambda: not passing(server, name), "the lease ended")
    os.kill(child, 0)
    eventually(lambda: not registered(server, name), "forgotten")


def test_a_heartbeat_keeps_it_beyond_its_ttl(server, run, name):
    port = free_port()
    run(name, "--port", port, "--ttl", "1s", *serve(port))
    eventually(lambda: passing(server, name), "registered")
    until = time.monotonic() + 2.5
    while time.monotonic() < until:
        assert passing(server, name) == [f"{name}-{port}"]
        time.sleep(0.05)


def test_a_registry_that_starts_later_gets_it(tmp_path, run, name):
    late = Server(tmp_path)
    port = free_port()
    one = run(name, "--port", port, *serve(port), to=late)
    one.says("the registry is away")
    time.sleep(1)  # several tries, of which nothing more is said
    late.start()
    eventually(lambda: passing(late, name) == [f"{name}-{port}"], "registered", patience=5)
    one.says("the registry is back")
    assert sum("away" in line for line in one.said) == 1
    assert one.stop() == 7
    late.stop()


@pytest.mark.parametrize("store", ["memory", "sqlite"])
def test_a_registry_that_comes_back_has_it_again(tmp_path, run, name, store):
    registry = Server(tmp_path, store=store).start()
    port = free_port()
    one = run(name, "--port", port, "--ttl", "1s", *serve(port), to=registry)
    eventually(lambda: passing(registry, name), "registered")
    child = one.child()
    registry.kill()
    one.says("the registry is away")
    registry.start()
    eventually(lambda: passing(registry, name) == [f"{name}-{port}"], "there again", patience=5)
    one.says("the registry is back")
    os.kill(child, 0)
    assert one.stop() == 7
    assert registered(registry, name) == []
    registry.stop()


def test_a_service_that_was_deregistered_by_mistake_comes_back(server, run, name):
    port = free_port()
    one = run(name, "--port", port, "--ttl", "1s", *serve(port))
    eventually(lambda: passing(server, name), "registered")
    server.put_ok(f"agent/service/deregister/{name}-{port}")
    eventually(lambda: passing(server, name) == [f"{name}-{port}"], "registered again")
    one.says(f"registered {name}-{port} again")


def test_a_registry_that_is_away_does_not_hold_up_the_end(tmp_path, run, name):
    port = free_port()
    one = run(name, "--port", port, *serve(port), to=Server(tmp_path))
    one.says("the registry is away")
    os.kill(one.child(), signal.SIGKILL)
    started = time.monotonic()
    assert one.wait() == 137
    assert time.monotonic() - started < 5


def test_a_registry_that_says_nothing_does_not_keep_it_from_ending_in_order(run, name):
    class Silent:
        listener = socket.create_server(("127.0.0.1", 0))
        address = f"127.0.0.1:{listener.getsockname()[1]}"

    port = free_port()
    one = run(name, "--port", port, "--drain", "100ms", *serve(port), to=Silent)
    one.child()
    one.process.send_signal(signal.SIGHUP)
    one.prints("SIGHUP")
    one.says("the registry is away")
    started = time.monotonic()
    assert one.stop() == 7
    # A request that is under way and one to deregister, 2 s each, before and after the end.
    assert time.monotonic() - started < 10
    Silent.listener.close()


def test_streams_pass_through(run, name):
    one = run(name, "--port", free_port(), "--", "sh", "-c", "cat; echo problem >&2; exit 5", stdin=subprocess.PIPE)
    one.process.stdin.write("line one\nline two\n")
    one.process.stdin.close()
    assert one.wait() == 5
    assert one.printed == ["line one", "line two"]
    assert one.said == ["problem", "muster run: sh ended with exit code 5"]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGWINCH, signal.SIGQUIT])
def test_signals_pass_through(run, server, name, number):
    port = free_port()
    one = run(name, "--port", port, *serve(port))
    one.child()
    one.process.send_signal(number)
    one.prints(number.name)
    eventually(lambda: passing(server, name), "it serves on")


def test_nothing_that_the_supervisor_opened_reaches_the_program(run, name):
    kept, other = os.pipe()
    listing = ["sh", "-c", "ls /proc/$$/fd; exit 1"]
    options = ["--port", free_port(), "--restart", "on-failure", "--start-timeout", "5s"]
    one = run(name, *options, "--", *listing, pass_fds=[kept])
    one.says("starting it again", count=2)
    eventually(lambda: len(one.printed) >= 8, "two listings of four")
    assert set(one.printed) == {"0", "1", "2", str(kept)}
    os.close(kept), os.close(other)


def test_several_services_of_one_program(server, run, name):
    port, admin = free_port(), free_port()
    options = ["--also", f"{name}-admin:{admin}", "--tag", "x", "--drain", "0s"]
    one = run(name, "--port", port, *options, *serve(port, admin))
    eventually(lambda: passing(server, name) and passing(server, f"{name}-admin"), "both registered")
    (entry,) = server.json(f"health/service/{name}-admin")
    assert entry["Service"]["Port"] == admin and entry["Service"]["Tags"] == ["x"]
    assert one.stop() == 7
    assert registered(server, name) == [] and registered(server, f"{name}-admin") == []


def test_a_failed_program_is_started_again(server, run, name):
    port = free_port()
    one = run(name, "--port", port, "--restart", "on-failure", "--drain", "0s", *serve(port))
    first = one.child()
    eventually(lambda: passing(server, name), "registered")
    os.kill(first, signal.SIGKILL)
    eventually(lambda: not registered(server, name), "gone meanwhile", patience=1)
    second = int(one.prints("listening", count=2)[1])
    assert second != first
    eventually(lambda: passing(server, name) == [f"{name}-{port}"], "registered again")
    assert one.stop() == 7


def test_one_that_ends_in_order_is_not_started_again(run, name):
    one = run(name, "--port", free_port(), "--restart", "on-failure", "--", "sh", "-c", "echo once")
    assert one.wait() == 0
    assert one.printed == ["once"] and one.said == []


def test_one_that_is_never_ready_is_ended(server, run, name):
    one = run(name, "--port", free_port(), "--start-timeout", "300ms", "--", "sleep", 60)
    assert one.wait() == 1
    assert "sleep was not ready within 300ms: no connection is accepted on port" in one.said[0]
    assert registered(server, name) == []


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["web", "--", "true"], "--port is missing"),
        (["web", "--port", "0", "--", "true"], "'0' is not a port"),
        (["web", "--port", "80"], "COMMAND is missing"),
        (["web", "--port", "80", "--"], "COMMAND is missing"),
        (["", "--port", "80", "--", "true"], "NAME: a service's name can't be empty"),
        (["web", "--port", "80", "--restart", "always", "--", "true"], "'always' is not never or on-failure"),
        (["web", "--port", "80", "--drain", "-1s", "--", "true"], "'-1s' is below zero"),
        (["web", "--port", "80", "--ttl", "10ms", "--", "true"], "--ttl: 10ms is below 1s"),
        (["web", "--port", "80", "--grace", "long", "--", "true"], "--grace"),
        (["web", "--port", "80", "--also", "admin", "--", "true"], "'admin' is not NAME:PORT"),
        (["web", "--port", "80", "--also", "web:80", "--", "true"], "'web-80' would be registered twice"),
        (["web", "--port", "80", "--weight", "0", "--", "true"], "--weight: 0"),
        (["web", "--port", "80", "--check", "htp:x", "--", "true"], "did you mean http"),
        (["web", "--port", "80", "--", ""], "COMMAND is missing"),
    ],
)
def test_wrong_usage_says_what_is_wrong(run, arguments, words):
    one = run(*arguments)
    assert one.wait() == 2
    assert words in one.said[0], one.said


@pytest.mark.parametrize("command, code", [("no-such-program", 127), ("/no/such/program", 127), ("/etc/passwd", 126)])
def test_a_program_that_can_not_be_started(run, name, command, code):
    one = run(name, "--port", free_port(), "--", command)
    assert one.wait() == code
    assert len(one.said) == 1 and f"'{command}'" in one.said[0]


def calculate(server, name, *arguments):
    client = ROOT / "Examples/thriftpy-calculator/client.py"
    answer = subprocess.run(
        [sys.executable, client, "--registry", server.address, "--name", name, *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT / ".venv/clients/py-consul")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer


def test_a_thriftpy_server_that_knows_nothing_of_it_is_called_by_its_name(server, run, name):
    ports = [free_port(), free_port()]
    program = [sys.executable, ROOT / "Examples/thriftpy-supervised/server.py"]
    runs = {port: run(name, "--port", port, "--", *program, port) for port in ports}
    eventually(lambda: len(passing(server, name)) == 2, "two calculators")
    answers = {calculate(server, name, "add", "2", "3").stdout.strip() for _ in range(12)}
    assert answers == {f"add(2, 3) = 5, says 127.0.0.1:{port}" for port in ports}, "calls are spread"

    runs[ports[0]].process.send_signal(signal.SIGTERM)
    eventually(lambda: len(passing(server, name)) == 1, "one calculator")
    assert runs[ports[0]].process.poll() is None, "it drains"
    while runs[ports[0]].process.poll() is None:
        answer = calculate(server, name, "multiply", "6", "7")
        assert answer.stdout.strip() == f"multiply(6, 7) = 42, says 127.0.0.1:{ports[1]}" and answer.stderr == ""


class Terminal:
    """A terminal with `muster run` in the foreground, as a shell would start it."""

    def __init__(self, server, arguments):
        self.output = b""
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.environ["MUSTER_HTTP_ADDR"] = server.address
            os.execv(BINARY, [str(BINARY), "run", *map(str, arguments)])

    def shows(self, text):
        deadline = time.monotonic() + PATIENCE
        while text not in self.output:
            assert select.select([self.master], [], [], deadline - time.monotonic())[0], self.output
            self.output += os.read(self.master, 65536)

    def types(self, text):
        os.write(self.master, text)

    def wait(self):
        _, status = os.waitpid(self.pid, 0)
        os.close(self.master)
        return os.waitstatus_to_exitcode(status)


def test_control_c_takes_it_out_first(server, name):
    port = free_port()
    terminal = Terminal(server, [name, "--port", port, "--drain", "300ms", *serve(port)])
    terminal.shows(b"registered")
    terminal.types(b"\x03")
    eventually(lambda: not registered(server, name), "deregistered")
    terminal.shows(b"SIGTERM")
    assert terminal.wait() == 7
    assert b"KeyboardInterrupt" not in terminal.output


def test_a_program_can_read_from_the_terminal(server, name):
    command = ["sh", "-c", "echo ready; read line; echo got $line; exit 3"]
    terminal = Terminal(server, [name, "--port", free_port(), "--", *command])
    terminal.shows(b"ready")
    terminal.types(b"words\n")
    terminal.shows(b"got words")
    assert terminal.wait() == 3


def test_control_z_stops_both_and_a_shell_can_go_on_with_them(server, name):
    command = ["sh", "-c", "read line; echo first $line; read line; echo second $line"]
    terminal = Terminal(server, [name, "--port", free_port(), "--", *command])
    terminal.types(b"one\n")
    terminal.shows(b"first one")  # the terminal is the program's now
    terminal.types(b"\x1a")
    _, status = os.waitpid(terminal.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), "the shell would be back"
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.types(b"two\n")
    terminal.shows(b"second two")
    assert terminal.wait() == 0
