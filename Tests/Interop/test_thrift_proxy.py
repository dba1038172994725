"""`muster proxy` between real ThriftPy clients and servers, both as they are."""

import concurrent.futures
import contextlib
import os
import random
import socket
import struct
import threading
import time

import lab
import pytest
from harness import eventually
from thriftlab import LabServer, Proxy, register
from thriftpy2.thrift import TApplicationException

PROTOCOLS = ["binary", "cybinary", "old-binary", "compact", "json"]
PLAIN = ["buffered", "framed"]
# The fast binary protocol goes with the fast transports only, and the other way round.
PAIRS = [(p, t) for p in PROTOCOLS for t in (["cybuffered", "cyframed"] if p == "cybinary" else PLAIN)]
IDEMPOTENT = ("--idempotent", "add,echo,blob,same,again,where,pause")


@contextlib.contextmanager
def fleet(folder, registry, count=2, *options, protocol="cybinary", transport="cybuffered", multiplexed=False):
    name = f"lab-{folder.name}"
    servers = [LabServer(folder, protocol, transport, multiplexed) for _ in range(count)]
    for one in servers:
        one.start()
        register(registry, name, one)
    proxy = Proxy(folder, registry, name, *options)
    proxy.service = name
    try:
        yield proxy, servers
    finally:
        for one in servers:
            one.go_on()
            one.kill()
            registry.put(f"agent/service/deregister/{one.id}")
        proxy.stop()


def everything():
    inner = lab.IDL.Inner(name="innen äöü 🦆", data=bytes(range(256)), numbers=[0, -1, 2**62])
    return lab.IDL.Everything(
        flag=True,
        small=-7,
        short_number=-30_000,
        number=2**31 - 1,
        long_number=-(2**63),
        real=0.1,
        text="日本語 \u0000 \" \\ \n",
        data=b"data",
        kind=lab.IDL.Kind.FANCY,
        inner=inner,
        inners=[inner] * 3,
        numbers={1, 2, 3},
        by_name={"a": [inner], "": []},
        nested={-1: {"x": 1.5}, 2: {}},
    )


def outcome(method, *arguments):
    try:
        return method(*arguments)
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("protocol, transport", PAIRS)
@pytest.mark.parametrize("multiplexed", [False, True], ids=["alone", "multiplexed"])
def test_every_pair_of_protocol_and_transport(tmp_path, server, protocol, transport, multiplexed):
    with fleet(tmp_path, server, 2, protocol=protocol, transport=transport, multiplexed=multiplexed) as (proxy, servers):
        client = lab.connect(proxy.port, protocol, transport, "Lab" if multiplexed else None)
        assert client.add(40, 2) == 42
        assert client.echo("äöü 日本語 🦆") == "äöü 日本語 🦆"
        # Not all of ThriftPy's protocols give back what they get; the proxy must not be noticed.
        direct = lab.connect(servers[0].port, protocol, transport, "Lab" if multiplexed else None)
        assert outcome(client.same, everything()) == outcome(direct.same, everything())
        assert outcome(client.blob, bytes(range(256))) == outcome(direct.blob, bytes(range(256)))
        if protocol != "json":
            assert client.same(everything()).by_name == everything().by_name
        direct.close()
        with pytest.raises(lab.IDL.Trouble) as caught:
            client.fail(7)
        assert (caught.value.code, caught.value.why) == (7, "as asked")
        client.note("noted")
        assert client.add(1, 2) == 3
        eventually(lambda: "noted" in servers[0].keys() + servers[1].keys(), "the oneway call arrived")
        assert {client.where() for _ in range(20)} == {str(one.port) for one in servers}
        client.close()


@pytest.mark.parametrize("transport", PLAIN)
@pytest.mark.parametrize("multiplexed", [False, True], ids=["alone", "multiplexed"])
def test_apache_json(tmp_path, server, transport, multiplexed):
    """ThriftPy's takes one call for each connection: after it, the server answers the same one for ever."""
    with fleet(tmp_path, server, 2, protocol="apache-json", transport=transport, multiplexed=multiplexed) as (proxy, servers):

        def with_client(use):
            client = lab.connect(proxy.port, "apache-json", transport, "Lab" if multiplexed else None)
            try:
                return use(client)
            finally:
                client.close()

        assert with_client(lambda client: client.add(40, 2)) == 42
        assert with_client(lambda client: client.echo("äöü 日本語 🦆")) == "äöü 日本語 🦆"
        assert with_client(lambda client: client.blob(bytes(range(256)))) == bytes(range(256))
        with pytest.raises(lab.IDL.Trouble):
            with_client(lambda client: client.fail(1))
        assert len({with_client(lambda client: client.where()) for _ in range(20)}) == 2
        for one in servers:
            one.kill()
        with pytest.raises(TApplicationException) as caught:
            with_client(lambda client: client.add(1, 1))
        assert proxy.service in caught.value.message


@pytest.mark.parametrize("protocol, transport", PAIRS)
def test_a_caller_is_told_that_nothing_is_left(tmp_path, server, protocol, transport):
    with fleet(tmp_path, server, 1, protocol=protocol, transport=transport) as (proxy, servers):
        client = lab.connect(proxy.port, protocol, transport)
        assert client.add(1, 1) == 2
        servers[0].kill()
        with pytest.raises(TApplicationException) as caught:
            client.once("x")
        assert caught.value.type == TApplicationException.INTERNAL_ERROR
        assert proxy.service in caught.value.message and "once" in caught.value.message
        server.put_ok(f"agent/service/deregister/{servers[0].id}")

        def unknown():
            with pytest.raises(TApplicationException) as caught:
                client.once("y")
            return "there are no instances" in caught.value.message

        eventually(unknown, "the call fails since nobody is registered")
        client.close()


@pytest.mark.parametrize("protocol, transport", [("cybinary", "cyframed"), ("compact", "framed"), ("cybinary", "cybuffered")])
def test_ten_megabytes(tmp_path, server, protocol, transport):
    with fleet(tmp_path, server, 1, protocol=protocol, transport=transport) as (proxy, _):
        client = lab.connect(proxy.port, protocol, transport)
        data = bytes(range(256)) * 40_960
        assert client.blob(data) == data
        client.close()


def call(name, sequence, body=b"\0"):
    return struct.pack("!II", 0x80010001, len(name)) + name + struct.pack("!i", sequence) + body


def test_thousands_of_pipelined_calls_are_answered_in_order(tmp_path, server):
    with fleet(tmp_path, server, 3, transport="cyframed") as (proxy, _):
        count = 5_000
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as connection:
            fields = b"\x08\0\1" + struct.pack("!i", 20) + b"\x08\0\2" + struct.pack("!i", 22) + b"\0"
            messages = [call(b"add", number, fields) for number in range(count)]
            sender = concurrent.futures.ThreadPoolExecutor(1)
            sent = sender.submit(connection.sendall, b"".join(struct.pack("!I", len(m)) + m for m in messages))
            stream = connection.makefile("rb")
            for number in range(count):
                (size,) = struct.unpack("!I", stream.read(4))
                answer = stream.read(size)
                assert answer[:4] == b"\x80\x01\0\2"
                assert struct.unpack("!i", answer[11:15]) == (number,)
            sent.result()


def test_a_restarted_server_costs_nothing(tmp_path, server):
    with fleet(tmp_path, server, 2) as (proxy, servers):
        client = lab.connect(proxy.port, "cybinary", "cybuffered")
        for number in range(20):
            assert client.once(f"a{number}")
        # Both close all of their connections; none carries a call.
        for one in servers:
            one.kill()
            one.start()
        for number in range(20):
            assert client.once(f"b{number}")
        keys = servers[0].keys() + servers[1].keys()
        assert sorted(keys) == sorted({f"{letter}{number}" for letter in "ab" for number in range(20)})
        assert proxy.metric("muster_proxy_failures_total") == 0
        client.close()


def test_a_dead_server_is_passed_over_for_any_method(tmp_path, server):
    with fleet(tmp_path, server, 3) as (proxy, servers):
        client = lab.connect(proxy.port, "cybinary", "cybuffered")
        servers[1].kill()
        for number in range(50):
            assert client.once(f"k{number}")
        client.close()


def test_a_hung_server_is_passed_over_for_idempotent_methods(tmp_path, server):
    options = (*IDEMPOTENT, "--attempt-timeout", "300ms", "--timeout", "3s", "--leave", "1s")
    with fleet(tmp_path, server, 2, *options) as (proxy, servers):
        client = lab.connect(proxy.port, "cybinary", "cybuffered")
        assert client.again("first")
        servers[0].hang()
        for number in range(20):
            assert client.again(f"k{number}") == f"k{number}"
        # Once it has left, nothing is held open to it.
        server.put_ok(f"agent/service/deregister/{servers[0].id}")
        eventually(lambda: servers[0].connections() == 0, "there is no connection to the hung server", 5)
        client.close()


def test_a_call_that_may_have_been_carried_out_is_not_repeated(tmp_path, server):
    with fleet(tmp_path, server, 2, "--timeout", "10s") as (proxy, servers):
        client = lab.connect(proxy.port, "cybinary", "cybuffered")
        with pytest.raises(TApplicationException) as caught:
            client.crash()
        assert "not idempotent" in caught.value.message
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            paused = pool.submit(lab.connect(proxy.port, "cybinary", "cybuffered").pause, 20_000)
            busy = eventually(lambda: next((one for one in servers if "pause" in one.keys()), None), "somebody has it")
            busy.kill()
            with pytest.raises(TApplicationException) as caught:
                paused.result()
        assert "not idempotent" in caught.value.message
        assert [one.keys().count("pause") for one in servers].count(1) == 1
        client.close()


def test_a_late_call_is_hedged(tmp_path, server):
    with fleet(tmp_path, server, 2, *IDEMPOTENT, "--hedge", "100ms", "--attempt-timeout", "20s") as (proxy, servers):
        client = lab.connect(proxy.port, "cybinary", "cybuffered")
        for number in range(10):
            client.again(f"w{number}")
        servers[0].hang()
        for number in range(10):
            assert client.again(f"k{number}")
        assert proxy.metric("muster_proxy_hedges_total") >= 1
        assert proxy.metric("muster_proxy_failures_total") == 0
        client.close()


def test_the_last_list_is_kept_while_the_registry_is_away(tmp_path, own_server):
    with fleet(tmp_path, own_server, 2) as (proxy, servers):
        client = lab.connect(proxy.port, "cybinary", "cybuffered")
        assert client.add(1, 2) == 3
        own_server.stop()
        eventually(lambda: proxy.metric("muster_proxy_registry_up") == 0, "the proxy knows that the registry is away")
        assert {client.where() for _ in range(20)} == {str(one.port) for one in servers}
        own_server.start()
        eventually(lambda: proxy.metric("muster_proxy_registry_up") == 1, "the proxy knows that the registry is back")
        assert client.add(1, 2) == 3
        client.close()


def test_a_new_instance_gets_calls(tmp_path, server):
    with fleet(tmp_path, server, 1) as (proxy, servers):
        client = lab.connect(proxy.port, "cybinary", "cybuffered")
        assert client.where() == str(servers[0].port)
        servers.append(LabServer(tmp_path).start())
        register(server, proxy.service, servers[1])
        eventually(lambda: client.where() == str(servers[1].port), "the new instance answers")
        client.close()


@pytest.mark.parametrize(
    "sent, said",
    [
        (b"GET / HTTP/1.1\r\n\r\n", "no protocol of Thrift"),
        (b"\xff" * 64, "no protocol of Thrift"),
        (struct.pack("!I", 0x7FFFFFFF) + b"\x80\x01\0\1", "no protocol of Thrift"),
        (struct.pack("!i", -5) + b"abcd", "no protocol of Thrift"),
        (struct.pack("!I", 16) + b"\x80\x01\0\x09\0\0\0\3add\0\0\0\1\0", "message"),
        (b"\x80\x01\0\1\xff\xff\xff\xff", "name"),
        (b"\x80\x01\0\1\0\0\0\3add\0\0\0\1\x0b\0\1\xff\xff\xff\xff", "string"),
        (b"\x80\x01\0\2\0\0\0\3add\0\0\0\1\0", "only calls"),
        (call(b"add", 1, b"\x77\0\1"), "type"),
    ],
)
def test_nonsense_ends_its_connection_and_no_other(tmp_path, server, sent, said):
    with fleet(tmp_path, server, 1) as (proxy, _):
        client = lab.connect(proxy.port, "cybinary", "cybuffered")
        assert client.add(1, 2) == 3
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as connection:
            connection.sendall(sent)
            assert connection.recv(100) == b""
        assert client.add(1, 2) == 3
        warnings = [line for line in proxy.log.read_text().splitlines() if " warning " in line]
        assert len(warnings) == 1 and said in warnings[0]
        client.close()


def test_a_client_that_stops_within_a_message(tmp_path, server):
    with fleet(tmp_path, server, 1, "--message-timeout", "500ms") as (proxy, _):
        for part in [b"\x80\x01\0\1\0\0\0\3add", struct.pack("!I", 1_000) + b"\x80\x01\0\1"]:
            with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as connection:
                connection.sendall(part)
                assert connection.recv(100) == b""
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as connection:
            connection.sendall(b"\x80\x01\0\1\0\0\0\3add")
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(100) == b""
        assert proxy.log.read_text().count(" warning ") == 3


class FakeServer:
    """Answers whatever it gets with the same bytes."""

    def __init__(self, answer):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.id = f"fake-{self.port}"
        self.answer = answer
        self.pool = concurrent.futures.ThreadPoolExecutor(8)
        self.pool.submit(self.run)

    def run(self):
        with contextlib.suppress(OSError):
            while True:
                self.pool.submit(self.serve, self.listener.accept()[0])

    def serve(self, connection):
        with connection:
            connection.recv(10_000)
            connection.sendall(self.answer)
            connection.recv(10_000)

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


@pytest.mark.parametrize(
    "answer, said",
    [
        (b"\x80\x01\0\2\0\0\0\3add\0\0\0\x63\0", "sequence id 99"),
        (b"\x80\x01\0\1\0\0\0\3add\0\0\0\0\0", "not a reply"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "no answer"),
        (b"\x80\x01\0\2\0\0\0\3add\0\0\0\0\x0b\0\0\x7f\xff\xff\xff", "no answer"),
    ],
)
def test_an_answer_that_is_none(tmp_path, server, answer, said):
    fake = FakeServer(answer)
    name = f"lab-{tmp_path.name}"
    register(server, name, fake)
    proxy = Proxy(tmp_path, server, name)
    client = lab.connect(proxy.port, "binary", "buffered")
    with pytest.raises(TApplicationException) as caught:
        client.add(1, 2)
    assert said in caught.value.message
    client.close()
    proxy.stop()
    fake.close()
    server.put_ok(f"agent/service/deregister/{fake.id}")


def test_draining_lets_calls_finish(tmp_path, server):
    with fleet(tmp_path, server, 1, "--drain", "20s") as (proxy, servers):
        client = lab.connect(proxy.port, "cybinary", "cybuffered")
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            paused = pool.submit(client.pause, 1_000)
            eventually(lambda: "pause" in servers[0].keys(), "the call is under way")
            proxy.stop()
            assert paused.result() is None
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", proxy.port), timeout=5)


def test_tcp_carries_anything(tmp_path, server):
    with fleet(tmp_path, server, 2, "--protocol", "tcp", protocol="json", transport="framed") as (proxy, servers):
        places = set()
        for _ in range(6):
            client = lab.connect(proxy.port, "json", "framed")
            text = "x" * 3_000_000
            assert client.echo(text) == text
            places.add(client.where())
            client.close()
        assert places == {str(one.port) for one in servers}
        servers[0].kill()
        for _ in range(6):
            client = lab.connect(proxy.port, "json", "framed")
            assert client.where() == str(servers[1].port)
            client.close()


def test_many_connections_cost_little(tmp_path, server):
    with fleet(tmp_path, server, 1) as (proxy, _):
        clients = [lab.connect(proxy.port, "cybinary", "cybuffered") for _ in range(10)]
        before = proxy.memory()
        more = [lab.connect(proxy.port, "cybinary", "cybuffered") for _ in range(500)]
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            assert set(pool.map(lambda one: one.add(1, 1), clients + more)) == {2}
        time.sleep(0.2)
        assert (proxy.memory() - before) / 500 < 16_384
        for one in clients + more:
            one.close()


class Caller(threading.Thread):
    """Calls again and again; a connection that the proxy has closed would be an error like any other."""

    def __init__(self, port, name, rate):
        super().__init__(daemon=True)
        self.port, self.name_of_keys, self.pause = port, name, 1 / rate
        self.stopped = threading.Event()
        self.idempotent = self.other = 0
        self.failed_idempotent, self.failed_other = [], []

    def run(self):
        client = lab.connect(self.port, "cybinary", "cybuffered", timeout=60_000)
        number = 0
        while not self.stopped.wait(self.pause):
            number += 1
            key = f"{self.name_of_keys}-{number}"
            is_idempotent = number % 2 == 0
            try:
                assert (client.again if is_idempotent else client.once)(key) == key
            except TApplicationException as error:
                (self.failed_idempotent if is_idempotent else self.failed_other).append((key, error.message))
            if is_idempotent:
                self.idempotent += 1
            else:
                self.other += 1
        client.close()


@pytest.mark.long
def test_servers_die_hang_restart_and_drain_for_two_minutes(tmp_path, server):
    """No idempotent call fails while one server works, and no other call is delivered twice."""
    duration = float(os.environ.get("MUSTER_FAILOVER_SECONDS", "120"))
    chance = random.Random(20)
    options = ("--idempotent", "again", "--attempt-timeout", "1s", "--timeout", "30s", "--retries", "10", "--leave", "3s")
    with fleet(tmp_path, server, 3, *options) as (proxy, servers):

        def enter(one):
            check = {"TCP": f"127.0.0.1:{one.port}", "Interval": "1s", "Timeout": "1s"}
            register(server, proxy.service, one, Check=check)

        for one in servers:
            enter(one)
        passing = f"health/service/{proxy.service}?passing"
        eventually(lambda: len(server.json(passing)) == 3, "all are healthy")
        callers = [Caller(proxy.port, f"c{number}", 50) for number in range(4)]
        for one in callers:
            one.start()
        end = time.monotonic() + duration
        holds = []
        try:
            while time.monotonic() < end:
                one = chance.choice(servers)
                event = chance.choice(["kill", "hang", "restart", "drain"])
                if event == "kill":
                    one.kill()
                    time.sleep(chance.uniform(0.5, 3))
                    holds.append(one.connections())
                    one.start()
                elif event == "hang":
                    one.hang()
                    time.sleep(chance.uniform(0.5, 4))
                    one.go_on()
                elif event == "restart":
                    one.kill()
                    one.start()
                else:
                    server.put_ok(f"agent/service/deregister/{one.id}")
                    eventually(lambda: one.connections() == 0, "a server that has left has no connections", 10)
                    enter(one)
                # So that two are well all the time, and the registry knows it.
                # One that has changed too often is held for 30 s.
                eventually(lambda: len(server.json(passing)) == 3, f"all are healthy again after: {event} {one.id}", 60)
                time.sleep(chance.uniform(0, 0.5))
        finally:
            for one in callers:
                one.stopped.set()
            for one in callers:
                one.join(90)
        assert sum(one.idempotent for one in callers) > duration * 2
        assert [failure for one in callers for failure in one.failed_idempotent] == []
        keys = [key for one in servers for key in one.keys()]
        once = [key for key in keys if int(key.split("-")[1]) % 2 == 1]
        assert len(once) == len(set(once)), "a call was delivered twice"
        assert holds == [0] * len(holds)
        # A call that failed says so, and what was answered was delivered.
        failed = {key for one in callers for key, _ in one.failed_other}
        answered = {f"{one.name_of_keys}-{number}" for one in callers for number in range(1, 2 * one.other, 2)} - failed
        assert answered <= set(once)
        assert len(failed) < sum(one.other for one in callers) / 10
