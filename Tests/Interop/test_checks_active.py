"""Checks that the registry runs itself, against real targets: gRPC's own health service, HTTP, TCP and commands."""

import http.server
import socket
import threading
import time
from concurrent import futures

import grpc
import pytest
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from harness import Server, eventually

Status = health_pb2.HealthCheckResponse


@pytest.fixture
def grpc_health():
    """A gRPC server with the standard health service and nothing else, and its port."""
    servicer = health.HealthServicer()
    server = grpc.server(futures.ThreadPoolExecutor(2))
    health_pb2_grpc.add_HealthServicer_to_server(servicer, server)
    servicer.port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield servicer
    server.stop(None).wait()


@pytest.fixture
def web():
    """An HTTP server that answers with `web.status` and counts its requests."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            server.requests += 1
            self.send_response(server.status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.status, server.requests, server.port = 200, 0, server.server_address[1]
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def exec_server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("exec"), options=["--enable-exec-checks"]).start()
    yield server
    server.stop()


def check(server, name):
    (check,) = server.json(f"health/checks/{name}")
    return check


def wait_for(server, name, status, output):
    def found():
        now = check(server, name)
        return now if now["Status"] == status and output in now["Output"] else None

    return eventually(found, f"{status}: {output}")


def test_grpc_health_is_followed(server, grpc_health, name):
    grpc_health.set("", Status.SERVING)
    server.register(name, Check={"GRPC": f"127.0.0.1:{grpc_health.port}", "Interval": "1s"})
    wait_for(server, name, "passing", "SERVING")
    grpc_health.set("", Status.NOT_SERVING)
    wait_for(server, name, "critical", "NOT_SERVING")
    grpc_health.set("", Status.SERVING)
    wait_for(server, name, "passing", "SERVING")


@pytest.mark.parametrize(
    "service, set_to, status, output",
    [
        ("web", Status.SERVING, "passing", "SERVING"),
        ("web", Status.NOT_SERVING, "critical", "NOT_SERVING"),
        ("web", Status.UNKNOWN, "critical", "UNKNOWN"),
        ("web", Status.SERVICE_UNKNOWN, "critical", "SERVICE_UNKNOWN"),
        ("other", Status.SERVING, "critical", "gRPC status 5 NOT_FOUND"),
        ("w" * 300, None, "critical", "gRPC status 5 NOT_FOUND"),
    ],
)
def test_grpc_health_of_a_service(server, grpc_health, name, service, set_to, status, output):
    grpc_health.set("", Status.SERVING)
    if set_to is not None:
        grpc_health.set("web", set_to)
    server.register(name, Check={"GRPC": f"127.0.0.1:{grpc_health.port}/{service}", "Interval": "1s"})
    wait_for(server, name, status, output)


def test_grpc_without_the_health_service(server, name):
    plain = grpc.server(futures.ThreadPoolExecutor(1))
    port = plain.add_insecure_port("127.0.0.1:0")
    plain.start()
    try:
        server.register(name, Check={"GRPC": f"127.0.0.1:{port}", "Interval": "1s"})
        wait_for(server, name, "critical", "gRPC status 12 UNIMPLEMENTED")
    finally:
        plain.stop(None).wait()


def test_grpc_at_an_http_server(server, web, name):
    server.register(name, Check={"GRPC": f"127.0.0.1:{web.port}", "Interval": "1s"})
    wait_for(server, name, "critical", f"gRPC 127.0.0.1:{web.port}: ")


def test_an_http_check_is_followed_and_its_history_says_why(server, web, name):
    url = f"http://127.0.0.1:{web.port}/health"
    server.register(name, Check={"HTTP": url, "Interval": "1s"})
    wait_for(server, name, "passing", f"HTTP GET {url}: 200 OK Output: ok")
    web.status = 429
    wait_for(server, name, "warning", "429")
    web.status = 500
    wait_for(server, name, "critical", "500")
    events = server.json(f"muster/history/{name}")
    changes = [(event["Kind"], event["Cause"]) for event in events if event["Check"] == f"service:{name}"]
    assert [kind for kind, _ in changes] == ["passing", "warning", "critical"]
    for (_, cause), code in zip(changes, ["200 OK", "429 Too Many Requests", "500 Internal Server Error"]):
        assert cause == f'check "service:{name}" found: HTTP GET {url}: {code} Output: ok'


def test_a_result_that_is_no_news_changes_nothing(server, web, name):
    server.register(name, Check={"HTTP": f"http://127.0.0.1:{web.port}/", "Interval": "1s"})
    wait_for(server, name, "passing", "200")
    index, requests = server.index(f"health/service/{name}"), web.requests
    eventually(lambda: web.requests >= requests + 2, "two more requests")
    assert server.index(f"health/service/{name}") == index


def test_a_dead_target_is_seen_within_interval_and_timeout(server, name):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server.register(name, Check={"TCP": f"127.0.0.1:{port}", "Interval": "1s", "Timeout": "1s"})
        wait_for(server, name, "passing", "connected")
    died = time.monotonic()
    wait_for(server, name, "critical", "connection refused")
    assert time.monotonic() - died < 2.5


def test_a_hanging_target_is_critical_after_its_timeout(server, name):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        server.register(name, Check={"HTTP": url, "Interval": "1s", "Timeout": "500ms", "Status": "passing"})
        wait_for(server, name, "critical", "timed out after 500ms")


def test_thresholds(server, web, name):
    server.register(
        name, Check={"HTTP": f"http://127.0.0.1:{web.port}/", "Interval": "1s", "FailuresBeforeCritical": 3}
    )
    wait_for(server, name, "passing", "200")
    web.status, web.requests = 500, 0
    wait_for(server, name, "critical", "500")
    assert web.requests >= 3


def test_a_check_ends_with_its_service(server, web, name):
    server.register(name, Check={"HTTP": f"http://127.0.0.1:{web.port}/", "Interval": "1s"})
    wait_for(server, name, "passing", "200")
    server.put_ok(f"agent/service/deregister/{name}")
    time.sleep(0.3)  # whatever was under way
    requests = web.requests
    time.sleep(2)
    assert web.requests == requests


def test_checks_go_on_after_a_restart(own_server, web):
    own_server.register("web", Check={"HTTP": f"http://127.0.0.1:{web.port}/", "Interval": "1s"})
    wait_for(own_server, "web", "passing", "200")
    own_server.kill()
    web.status = 500
    own_server.start()
    wait_for(own_server, "web", "critical", "500")


@pytest.mark.parametrize(
    "script, status, output",
    [
        ("echo fine", "passing", "exit code 0 Output: fine"),
        ("echo hot; exit 1", "warning", "exit code 1 Output: hot"),
        ("echo dead >&2; exit 2", "critical", "exit code 2 Output: dead"),
        ("yes", "critical", "printed more than"),
        ("echo begun; sleep 60", "critical", "killed after 1s Output: begun"),
    ],
)
def test_a_command(exec_server, name, script, status, output):
    exec_server.register(
        name, Check={"Args": ["/bin/sh", "-c", script], "Interval": "1s", "Timeout": "1s", "Status": "warning"}
    )
    found = wait_for(exec_server, name, status, output)
    assert len(found["Output"].encode()) <= 4096
