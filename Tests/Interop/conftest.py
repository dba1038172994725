import itertools
import os

import clients
import pytest
from harness import BINARY, Server

# These would send the clients elsewhere.
for name in [name for name in os.environ if name.startswith(("CONSUL_", "MUSTER_HTTP", "MUSTER_TOKEN"))]:
    del os.environ[name]
for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
    os.environ.pop(name, None)

numbers = itertools.count(1)


def pytest_configure(config):
    config.addinivalue_line("markers", "long: takes more than a few seconds (scripts/test --quick leaves it out)")
    assert BINARY.exists(), f"{BINARY} is missing: run swift build -c release --product muster"


def pytest_report_header():
    return f"muster: {BINARY}"


def pytest_sessionfinish():
    for process in Server.launched:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that a module's tests share; each test uses names of its own. It must end in order."""
    server = Server(tmp_path_factory.mktemp("server"), options=["--min-deregister-after", "1s"]).start()
    yield server
    server.stop()


@pytest.fixture
def own_server(tmp_path):
    """A server of the test's own, for tests that stop it or look at the whole registry."""
    server = Server(tmp_path).start()
    yield server
    if server.process.poll() is None:
        server.stop()


@pytest.fixture(scope="session", params=clients.NAMES)
def client(request):
    return clients.Client(request.param)


@pytest.fixture
def consul(client, server):
    return client.connect(server)


@pytest.fixture
def name():
    """A service name that no other test uses."""
    return f"service-{next(numbers)}"
