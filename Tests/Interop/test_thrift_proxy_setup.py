"""`muster proxy` as it is set up: a file with several services, threads, definitions; and THeader through it."""

import concurrent.futures
import contextlib
import importlib
import json
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import threading
import uuid

import lab
import pytest
import thriftpy2
from harness import BINARY, PATIENCE, ROOT, Server
from thriftlab import LabServer, Proxy, register
from thriftpairs import DEFINITION
from thriftpy2.thrift import TApplicationException, TClient

DEFINITIONS = """
include "base.thrift"

service Lab extends base.Base {
  string echo(1: string text) (idempotent = "true"),
  string once(1: string key),
  string kept(1: string key) (idempotent = "false"),
}
"""
BASE = 'service Base { string again(1: string key) (idempotent = "true", deprecated = "no") }'


class Breaker:
    """Takes calls, and ends the connection instead of answering."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.id = f"breaker-{self.port}"
        self.calls = []
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                with connection:
                    self.calls.append(connection.recv(10_000))

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


@contextlib.contextmanager
def configured(folder, registry, configuration, *options):
    """A proxy that serves what a file says; yields the port of each service."""
    path = folder / "proxy.json"
    path.write_text(json.dumps(configuration))
    command = [str(BINARY), "proxy", "--config", str(path), "--server", registry.address, *options]
    with open(folder / "proxy.log", "ab") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    Server.launched.append(process)
    ports = {}
    for _ in configuration["services"]:
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            assert ports or selector.select(PATIENCE), (folder / "proxy.log").read_text()
        words = process.stdout.readline().split()
        assert words[:3] == ["muster", "proxy", "ready:"], (folder / "proxy.log").read_text()
        ports[words[3]] = int(words[5].rsplit(":", 1)[1])
    try:
        yield ports
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0, (folder / "proxy.log").read_text()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_file_with_several_services_and_two_threads(tmp_path, server):
    kinds = [("cybinary", "cybuffered"), ("compact", "framed"), ("binary", "framed")]
    servers = [[LabServer(tmp_path, *kind).start() for _ in range(2)] for kind in kinds]
    names = [f"lab-{uuid.uuid4().hex[:8]}" for _ in kinds]
    for name, group in zip(names, servers):
        for one in group:
            register(server, name, one)
    services = [{"service": name, "listen": "127.0.0.1:0", "balance": "round-robin"} for name in names]
    services[1]["idempotent"] = ["again", "ec*"]
    with configured(tmp_path, server, {"threads": 2, "drain": "5s", "services": services}) as ports:
        assert sorted(ports) == sorted(names)

        def use(number):
            name, kind, group = names[number % 3], kinds[number % 3], servers[number % 3]
            client = lab.connect(ports[name], *kind)
            assert all(client.once(f"{number}-{call}") for call in range(20))
            assert {client.where() for _ in range(10)} == {str(one.port) for one in group}
            client.close()

        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            list(pool.map(use, range(24)))
        # Each call was carried out once, by an instance of its own service.
        for place, group in enumerate(servers):
            keys = sorted(key for one in group for key in one.keys())
            assert keys == sorted(f"{n}-{call}" for n in range(place, 24, 3) for call in range(20))
        # One service without instances leaves the others alone.
        for one in servers[0]:
            one.kill()
        lost = lab.connect(ports[names[0]], *kinds[0])
        with pytest.raises(TApplicationException) as caught:
            lost.once("lost")
        assert names[0] in caught.value.message
        use(1)
        lost.close()
    for one in sum(servers, []):
        one.kill()


def test_methods_marked_in_a_definition_are_repeated_and_no_others(tmp_path, server):
    (tmp_path / "base.thrift").write_text(BASE)
    definitions = tmp_path / "marked.thrift"
    definitions.write_text(DEFINITIONS)
    # ThriftPy takes the same file.
    marked = thriftpy2.load(str(definitions), module_name=f"marked_{uuid.uuid4().hex[:8]}_thrift")
    good, bad = LabServer(tmp_path).start(), Breaker()
    name = f"lab-{uuid.uuid4().hex[:8]}"
    for one in (good, bad):
        register(server, name, one)
    options = ["--idl", definitions, "--balance", "round-robin", "--breaker", "off", "--eject", "off"]
    proxy = Proxy(tmp_path, server, name, *options)
    try:
        carrier = lab.TRANSPORTS["cybuffered"]().get_transport(lab.TSocket("127.0.0.1", proxy.port, socket_timeout=20_000))
        carrier.open()
        client = TClient(marked.Lab, lab.PROTOCOLS["cybinary"]().get_protocol(carrier))
        for number in range(10):
            assert client.echo(f"e{number}") == f"e{number}"
            assert client.again(f"a{number}") == f"a{number}"
        assert bad.calls, "the broken instance had its share"
        before, failures = len(bad.calls), 0
        for number in range(10):
            try:
                assert client.once(f"o{number}") == f"o{number}"
            except TApplicationException as error:
                assert "not idempotent" in error.message
                failures += 1
        # What the broken one got has come to nobody else.
        assert failures == len(bad.calls) - before > 0
        assert len([key for key in good.keys() if key.startswith("o")]) == 10 - failures
        carrier.close()
    finally:
        proxy.stop()
        good.kill()
        bad.close()


@pytest.mark.parametrize("kind", ["BINARY", "COMPACT"])
def test_theader_through_the_proxy(tmp_path, server, kind):
    """Apache's Python library speaks THeader to the Swift server, and each call goes to an instance of its own."""
    if not shutil.which("thrift"):
        pytest.skip("Apache's compiler (thrift-compiler) is not installed")
    from thrift.protocol import THeaderProtocol
    from thrift.Thrift import TApplicationException as ApacheException
    from thrift.transport import THeaderTransport, TSocket

    folder = tmp_path / "apache"
    folder.mkdir()
    subprocess.run(["thrift", "-r", "--gen", "py", "-out", str(folder), str(DEFINITION)], check=True)
    sys.path.insert(0, str(folder))
    swift = [
        subprocess.Popen(["stdbuf", "-oL", ROOT / ".build/release/thrift-interop", "serve"], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    name = f"swift-{uuid.uuid4().hex[:8]}"
    for number, one in enumerate(swift):
        server.register(name, ID=f"{name}-{number}", Address="127.0.0.1", Port=int(one.stdout.readline().split()[1]))
    proxy = Proxy(tmp_path, server, name, "--threads", "2", "--balance", "round-robin")
    try:
        module, types = importlib.import_module("interop.Interop"), importlib.import_module("interop.ttypes")
        kinds = THeaderTransport.THeaderSubprotocolID
        for _ in range(4):
            wire = TSocket.TSocket("127.0.0.1", proxy.port)
            wire.setTimeout(20_000)
            speaker = THeaderProtocol.THeaderProtocol(
                wire, [THeaderTransport.THeaderClientType.HEADERS], getattr(kinds, kind))
            speaker.trans.open()
            service = module.Client(speaker)
            for number in range(20):
                assert service.add(number, 1) == number + 1
            assert service.text("größe 😀") == "größe 😀"
            assert service.data(b"\xc3" * 1_000_000) == b"\xc3" * 1_000_000
            with pytest.raises(types.Refused) as refused:
                service.divide(1, 0)
            assert refused.value.reason == "größe 0"
            with pytest.raises(ApacheException):
                service.fail("badly")
            service.note("apache")
            assert service.nothing() is None
            speaker.trans.close()
        assert proxy.metric("muster_proxy_tries_total", instance=f"{name}-0", outcome="success") >= 40
        assert proxy.metric("muster_proxy_tries_total", instance=f"{name}-1", outcome="success") >= 40
        for one in swift:
            one.kill()
            one.wait()
        wire = TSocket.TSocket("127.0.0.1", proxy.port)
        wire.setTimeout(20_000)
        speaker = THeaderProtocol.THeaderProtocol(wire, [THeaderTransport.THeaderClientType.HEADERS], getattr(kinds, kind))
        speaker.trans.open()
        with pytest.raises(ApacheException) as caught:
            module.Client(speaker).add(1, 1)
        assert name in caught.value.message
        speaker.trans.close()
    finally:
        sys.path.remove(str(folder))
        proxy.stop()
        for one in swift:
            one.kill()
            one.wait()
            one.stdout.close()
