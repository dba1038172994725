"""HAProxy and nginx find what `muster run` supervises by DNS, with the configurations of the examples.

Where instances leave in order, the balancers' second tries are switched off: the drain alone has to see to it that no
request fails.
"""

import collections
import http.client
import os
import shutil
import signal
import subprocess
import threading
import time

import pytest
from harness import PATIENCE, ROOT, Server, eventually, free_port
from supervised import PYTHON, WEB, run  # noqa: F401

HAPROXY = shutil.which("haproxy", path=os.environ["PATH"] + ":/usr/sbin")
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path, options=["--dns", f"127.0.0.1:{free_port()}"]).start()
    yield server
    server.stop()


def dns_address(server):
    return server.options[server.options.index("--dns") + 1]


@pytest.fixture
def balance(tmp_path):
    """Starts a balancer and ends it."""
    started = []

    def balance(*command, **variables):
        with open(tmp_path / "balancer.log", "ab") as log:
            started.append(subprocess.Popen(command, env=os.environ | variables, stdout=log, stderr=log))

    yield balance
    for process in started:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture
def haproxy(server, balance, tmp_path):
    """Starts HAProxy with the example's configuration, and returns its port."""

    def start(tries_again=True):
        text = (ROOT / "Examples/haproxy/haproxy.cfg").read_text()
        if not tries_again:
            text = changed(text, {"retries 3": "retries 0", "retry-on conn-failure empty-response": "retry-on none"})
        configuration = tmp_path / "haproxy.cfg"
        configuration.write_text(text)
        port = free_port()
        balance(HAPROXY, "-db", "-f", configuration, MUSTER_DNS=dns_address(server), LISTEN=f"127.0.0.1:{port}")
        eventually(lambda: answers(port), "HAProxy has found an instance")
        return port

    return start


def changed(text, changes):
    for example, real in changes.items():
        assert text.count(example) == 1, example
        text = text.replace(example, real)
    return text


class Load:
    """Requests through a balancer from several connections at once, half of them new for each request."""

    def __init__(self, port, connections=8):
        self.port = port
        self.answers, self.failures = collections.Counter(), []
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.ask, args=[number % 2 == 0]) for number in range(connections)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join(PATIENCE)

    def ask(self, keeps):
        connection = None
        while not self.ended.is_set():
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
                connection.request("GET", "/")
                answer = connection.getresponse()
                text = answer.read().decode()
                assert answer.status == 200, f"{answer.status} {text}"
                self.answers[text] += 1
                if not keeps:
                    connection.close()
                    connection = None
            except (OSError, AssertionError, http.client.HTTPException) as error:
                self.failures.append(f"{time.monotonic():.3f} {error!r}")
                connection = None
                time.sleep(0.05)

    def recent(self):
        """Who answers now: waits for 40 more answers."""
        before = self.answers.copy()
        eventually(lambda: (self.answers - before).total() >= 40, f"answers; failures: {self.failures[-3:]}")
        return set(self.answers - before)


def web(run, port, host="127.0.0.1", *options):
    return run("web", "--port", port, "--address", host, *options, "--", PYTHON, "-c", WEB, host, port)


def answers(port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False


@pytest.mark.skipif(not HAPROXY, reason="haproxy is not installed")
def test_no_request_through_haproxy_fails_while_instances_join_and_leave_in_order(run, haproxy):
    first, second, third = (free_port() for _ in range(3))
    leaving = web(run, first)
    web(run, second)
    with Load(haproxy(tries_again=False)) as load:
        both = {f"127.0.0.1:{first}", f"127.0.0.1:{second}"}
        eventually(lambda: load.recent() == both, "both answer")
        leaving.process.send_signal(signal.SIGTERM)
        assert leaving.wait() == 128 + signal.SIGTERM
        assert load.recent() == {f"127.0.0.1:{second}"}
        web(run, third)
        eventually(lambda: load.recent() == {f"127.0.0.1:{second}", f"127.0.0.1:{third}"}, "the third joined")
    assert load.failures == []
    assert load.answers.total() > 200


@pytest.mark.skipif(not HAPROXY, reason="haproxy is not installed")
def test_haproxy_leaves_an_instance_that_is_killed(run, haproxy):
    first, second = free_port(), free_port()
    dying = web(run, first)
    web(run, second)
    with Load(haproxy()) as load:
        eventually(lambda: len(load.recent()) == 2, "both answer")
        listing = ["ps", "-o", "pid=", "--ppid", str(dying.process.pid)]
        os.kill(int(subprocess.run(listing, capture_output=True, check=True).stdout), signal.SIGKILL)
        assert dying.wait() == 137
        eventually(lambda: load.recent() == {f"127.0.0.1:{second}"}, "only the other one answers")
        failures = len(load.failures)
        assert load.recent() == {f"127.0.0.1:{second}"}
        assert len(load.failures) == failures, load.failures


@pytest.mark.skipif(not NGINX, reason="nginx is not installed")
def test_no_request_through_nginx_fails_while_instances_join_and_leave_in_order(run, server, balance, tmp_path):
    port, listen = free_port(), free_port()
    folders = [f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    changes = {
        "127.0.0.1:8600": dns_address(server),
        "127.0.0.1:8000": f"127.0.0.1:{listen}",
        "$web:8001": f"$web:{port}",
        "access_log off;": "access_log off;\n  " + "\n  ".join(folders),
        "proxy_next_upstream error timeout;": "proxy_next_upstream off;",
    }
    text = changed((ROOT / "Examples/nginx/nginx.conf").read_text(), changes)
    (tmp_path / "nginx.conf").write_text(text)
    leaving = web(run, port, "127.0.0.1")
    web(run, port, "127.0.0.2")
    balance(NGINX, "-p", tmp_path, "-c", tmp_path / "nginx.conf")
    eventually(lambda: answers(listen), "nginx has found one")
    with Load(listen) as load:
        eventually(lambda: load.recent() == {f"127.0.0.1:{port}", f"127.0.0.2:{port}"}, "both answer")
        leaving.process.send_signal(signal.SIGTERM)
        assert leaving.wait() == 128 + signal.SIGTERM
        assert load.recent() == {f"127.0.0.2:{port}"}
        web(run, port, "127.0.0.3")
        eventually(lambda: load.recent() == {f"127.0.0.2:{port}", f"127.0.0.3:{port}"}, "the third joined")
    assert load.failures == []
