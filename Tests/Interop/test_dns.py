"""DNS, asked by dig and by dnspython: every form of a name, over UDP, TCP and IPv6, and what has no answer."""

import random
import socket
import struct
import subprocess
import time

import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.reversename
import pytest
from harness import PATIENCE, Server, eventually, free_port


class NameServer:
    """A registry that also serves DNS."""

    def __init__(self, folder, host="127.0.0.1", options=()):
        self.host, self.port = host, free_port()
        address = f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"
        self.registry = Server(folder, options=["--dns", address, *options]).start()

    def ask(self, name, kind="A", tcp=False, edns=None, **flags):
        query = dns.message.make_query(name, kind, use_edns=0 if edns else False, payload=edns, **flags)
        send = dns.query.tcp if tcp else dns.query.udp
        return send(query, self.host, port=self.port, timeout=PATIENCE)

    def find(self, name, kind="A", **options):
        """What is answered, in words and in order."""
        answer = self.ask(name, kind, **options)
        return sorted(str(record) for records in answer.answer for record in records)

    def dig(self, *words):
        command = ["dig", f"@{self.host}", "-p", str(self.port), "+time=5", *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True).stdout


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = NameServer(tmp_path_factory.mktemp("dns"))
    registry = server.registry
    web = [("10.1.0.1", 8001, ["v1"]), ("10.1.0.2", 8002, ["v2"]), ("2001:db8::1", 8003, [])]
    for number, (address, port, tags) in enumerate(web, start=1):
        registry.register(
            "web", ID=f"web-{number}", Address=address, Port=port, Tags=tags, Meta={"rank": str(number)},
            Weights={"Passing": 10 * number, "Warning": 1},
        )  # fmt: skip
    registry.register("database", Address="db.example.com", Port=5432)
    for number in range(200):
        registry.register("many", ID=f"many-{number}", Address=f"10.2.0.{number}", Port=9000)
    registry.put_ok("catalog/register", {"Node": "machine", "Address": "10.3.0.1", "NodeMeta": {"rack": "7"}})
    yield server
    registry.stop()


TARGETS = [
    "1 10 8001 0a010001.addr.dc1.consul.",
    "1 20 8002 0a010002.addr.dc1.consul.",
    "1 30 8003 20010db8000000000000000000000001.addr.dc1.consul.",
]


@pytest.mark.parametrize("tcp", [False, True])
@pytest.mark.parametrize(
    "name, kind, answers",
    [
        ("web.service.consul", "A", ["10.1.0.1", "10.1.0.2"]),
        ("web.service.muster", "A", ["10.1.0.1", "10.1.0.2"]),
        ("web.service.dc1.consul", "AAAA", ["2001:db8::1"]),
        ("web.service.consul", "SRV", TARGETS),
        ("_web._tcp.service.consul", "SRV", TARGETS),
        ("_web._v2.service.consul", "SRV", TARGETS[1:2]),
        ("v1.web.service.consul", "A", ["10.1.0.1"]),
        ("V1.Web.SERVICE.Consul", "A", ["10.1.0.1"]),
        ("web.service.consul", "TXT", ['"rank=1"', '"rank=2"', '"rank=3"']),
        ("database.service.consul", "A", ["db.example.com."]),
        ("database.service.consul", "SRV", ["1 1 5432 db.example.com."]),
        ("machine.node.consul", "A", ["10.3.0.1"]),
        ("machine.node.dc1.muster", "TXT", ['"rack=7"']),
        ("0a0b0c0d.addr.consul", "A", ["10.11.12.13"]),
        ("20010db8000000000000000000000001.addr.dc1.consul", "AAAA", ["2001:db8::1"]),
        ("1.0.3.10.in-addr.arpa", "PTR", ["machine.node.dc1.consul."]),
        (dns.reversename.from_address("2001:db8::1"), "PTR", ["web.service.dc1.consul."]),
        ("consul", "NS", ["ns.consul."]),
    ],
)  # fmt: skip
def test_every_form_of_a_name_is_answered(server, name, kind, answers, tcp):
    assert server.find(name, kind, tcp=tcp, edns=None if tcp else 4096) == sorted(answers)


def test_any_gives_all_there_is(server):
    answer = server.ask("web.service.consul", "ANY", edns=4096)
    kinds = {dns.rdatatype.to_text(records.rdtype) for records in answer.answer}
    assert kinds == {"A", "AAAA", "SRV", "TXT"}


def test_srv_brings_the_addresses_along(server):
    answer = server.ask("web.service.consul", "SRV", edns=4096)
    assert {str(records.name): str(records[0]) for records in answer.additional} == {
        "0a010001.addr.dc1.consul.": "10.1.0.1",
        "0a010002.addr.dc1.consul.": "10.1.0.2",
        "20010db8000000000000000000000001.addr.dc1.consul.": "2001:db8::1",
    }


@pytest.mark.parametrize(
    "name, kind, code",
    [
        ("unknown.service.consul", "A", dns.rcode.NXDOMAIN), ("v9.web.service.consul", "A", dns.rcode.NXDOMAIN),
        ("web.service.dc9.consul", "A", dns.rcode.NXDOMAIN), ("unknown.node.muster", "A", dns.rcode.NXDOMAIN),
        ("machine.node.consul", "AAAA", dns.rcode.NOERROR), ("service.consul", "A", dns.rcode.NOERROR),
        ("web.service.consul", "TYPE65", dns.rcode.NOERROR), ("consul", "A", dns.rcode.NOERROR),
    ],
)  # fmt: skip
def test_what_is_not_there_is_denied_by_whoever_is_in_charge(server, name, kind, code):
    answer = server.ask(name, kind)
    assert answer.rcode() == code
    assert not answer.answer
    assert answer.flags & dns.flags.AA
    (authority,) = answer.authority
    assert authority.rdtype == dns.rdatatype.SOA
    assert authority[0].minimum == 0


@pytest.mark.parametrize("name", ["example.com", "9.9.9.9.in-addr.arpa", "."])
def test_names_of_others_are_refused_without_a_recursor(server, name):
    assert server.ask(name).rcode() == dns.rcode.REFUSED


@pytest.mark.parametrize("edns, limit", [(None, 512), (512, 512), (1232, 1232), (4096, 4096)])
def test_what_does_not_fit_is_cut_and_said_to_be(server, edns, limit):
    answer = server.ask("many.service.consul", edns=edns)
    size = len(answer.to_wire())
    assert size <= limit
    records = sum(len(records) for records in answer.answer)
    assert bool(answer.flags & dns.flags.TC) == (records < 200)
    whole = server.ask("many.service.consul", tcp=True)
    assert sum(len(records) for records in whole.answer) == 200
    assert not whole.flags & dns.flags.TC


def test_dig_tries_again_over_tcp_by_itself(server):
    assert len(server.dig("+short", "+noedns", "many.service.consul").split()) == 200
    assert len(server.dig("+short", "+notcp", "+ignore", "+noedns", "many.service.consul").split()) < 40


def test_dig_reads_what_is_answered(server):
    said = server.dig("WEB.Service.Consul", "SRV")
    assert "status: NOERROR" in said and "flags: qr aa rd;" in said
    assert "WEB.Service.Consul.\t\tIN\tSRV" in said
    assert "udp: 4096" in said
    assert "status: REFUSED" in server.dig("web.service.consul", "-c", "CH")
    assert "status: REFUSED" in server.dig("consul", "AXFR", "+tcp") or "Transfer failed" in server.dig("consul", "AXFR")
    assert "status: BADVERS" in server.dig("consul", "SOA", "+edns=1", "+noednsneg")
    assert "status: NOTIMP" in server.dig("consul", "+opcode=notify")


def test_a_resolver_finds_a_service(server):
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = [server.host], server.port
    assert sorted(str(record) for record in resolver.resolve("web.service.consul")) == ["10.1.0.1", "10.1.0.2"]
    assert str(resolver.resolve_address("10.3.0.1")[0]) == "machine.node.dc1.consul."
    with pytest.raises(dns.resolver.NXDOMAIN):
        resolver.resolve("unknown.service.consul")
    with pytest.raises(dns.resolver.NoAnswer):
        resolver.resolve("machine.node.consul", "AAAA")


def test_answers_come_in_any_order_and_by_weight(server):
    def first():
        return str(server.ask("web.service.consul", "SRV", edns=4096).answer[0][0].weight)

    # Weights of 10, 20 and 30: of 300 answers the heaviest leads in about 150; six standard deviations are 52.
    leaders = [first() for _ in range(300)]
    assert set(leaders) == {"10", "20", "30"}
    assert abs(leaders.count("30") - 150) < 52


def test_answers_follow_health(server):
    registry = server.registry
    registry.register("shaky", ID="shaky-1", Address="10.5.0.1", Port=1, Check={"TTL": "10m", "Status": "passing"})
    registry.register("shaky", ID="shaky-2", Address="10.5.0.2", Port=1)
    assert server.find("shaky.service.consul") == ["10.5.0.1", "10.5.0.2"]
    registry.put_ok("agent/check/warn/service:shaky-1")
    assert server.find("shaky.service.consul") == ["10.5.0.1", "10.5.0.2"]
    registry.put_ok("agent/check/fail/service:shaky-1")
    assert server.find("shaky.service.consul") == ["10.5.0.2"]
    registry.put_ok("agent/service/maintenance/shaky-2?enable=true")
    assert server.ask("shaky.service.consul").rcode() == dns.rcode.NXDOMAIN
    registry.put_ok("agent/check/pass/service:shaky-1")
    assert server.find("shaky.service.consul") == ["10.5.0.1"]
    registry.put_ok("agent/service/deregister/shaky-1")
    assert server.ask("shaky.service.consul").rcode() == dns.rcode.NXDOMAIN


def test_ipv6(tmp_path):
    server = NameServer(tmp_path, host="::1")
    server.registry.register("web", Address="10.1.0.1", Port=80)
    assert server.find("web.service.consul") == ["10.1.0.1"]
    assert server.find("web.service.consul", tcp=True) == ["10.1.0.1"]
    server.registry.stop()


def test_other_domains(tmp_path):
    server = NameServer(tmp_path, options=["--domain", "corp.example", "--datacenter", "eu"])
    server.registry.register("web", Address="10.1.0.1", Port=80)
    assert server.find("web.service.eu.corp.example", "SRV") == ["1 1 80 0a010001.addr.eu.corp.example."]
    assert server.ask("web.service.consul").rcode() == dns.rcode.REFUSED
    server.registry.stop()


def test_other_names_are_forwarded(tmp_path_factory):
    """To a second server, which is in charge of another domain."""
    other = NameServer(tmp_path_factory.mktemp("other"), options=["--domain", "other.example"])
    for number in range(100):
        other.registry.register("web", ID=f"web-{number}", Address=f"10.7.0.{number}", Port=80)
    server = NameServer(
        tmp_path_factory.mktemp("forwarding"), options=["--recursor", f"127.0.0.1:{other.port}"]
    )
    assert server.ask("consul", "SOA").flags & dns.flags.RA
    assert len(server.find("web.service.other.example", edns=4096)) == 100
    assert server.ask("web.service.other.example").flags & dns.flags.TC
    assert len(server.find("web.service.other.example", tcp=True)) == 100
    assert server.ask("example.com").rcode() == dns.rcode.REFUSED
    other.registry.stop()
    assert server.ask("example.com").rcode() == dns.rcode.SERVFAIL
    assert server.ask("unknown.service.consul").rcode() == dns.rcode.NXDOMAIN
    server.registry.stop()


def test_a_port_in_use_is_named(server, tmp_path):
    second = Server(tmp_path, options=["--dns", f"{server.host}:{server.port}"])
    code, said = second.refused()
    assert code == 1
    assert f"127.0.0.1:{server.port}" in said and "something else listens there" in said


BAD = [
    b"", b"\0", b"\xff" * 12, b"\0" * 11, b"\0\1\1\0\0\1\0\0\0\0\0\0\xc0\x0c\0\1\0\1", b"\0\1\1\0\xff\xff" + b"\0" * 6,
    b"\0\1\1\0\0\1\0\0\0\0\0\0\x3f" + b"a" * 20, b"\0" * 9000,
]  # fmt: skip


def test_bad_packets_do_no_harm(server):
    generator = random.Random(20261121)
    good = dns.message.make_query("web.service.consul", "SRV", use_edns=0).to_wire()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect((server.host, server.port))
        for packet in BAD:
            client.send(packet)
        for _ in range(20_000):
            packet = bytearray(good)
            for _ in range(generator.randint(1, 6)):
                packet[generator.randrange(len(packet))] = generator.randrange(256)
            client.send(packet[: generator.randint(0, len(packet))])
    assert server.find("web.service.consul") == ["10.1.0.1", "10.1.0.2"]


def test_a_malformed_query_is_told_so(server):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(PATIENCE)
        client.connect((server.host, server.port))
        client.send(b"\x12\x34\1\0\0\1\0\0\0\0\0\0\xc0\x0c\0\1\0\1")
        answer = dns.message.from_wire(client.recv(512))
    assert (answer.id, answer.rcode()) == (0x1234, dns.rcode.FORMERR)


def test_connections_that_say_nothing_keep_nobody_out(server):
    silent = [socket.create_connection((server.host, server.port)) for _ in range(3000)]
    try:
        assert len(server.find("many.service.consul", tcp=True)) == 200
    finally:
        for connection in silent:
            connection.close()


@pytest.mark.long
def test_a_silent_connection_is_closed_after_ten_seconds(server):
    began = time.monotonic()
    with socket.create_connection((server.host, server.port)) as client:
        client.settimeout(PATIENCE)
        client.send(b"\0")
        assert client.recv(1) == b""
    assert 9 < time.monotonic() - began < 15


def test_queries_on_one_connection_are_answered_in_order(server):
    queries = [dns.message.make_query("many.service.consul", "A") for _ in range(300)]
    for number, query in enumerate(queries):
        query.id = number
    stream = b"".join(struct.pack("!H", len(wire := query.to_wire())) + wire for query in queries)
    with socket.create_connection((server.host, server.port)) as client:
        client.settimeout(PATIENCE)
        client.sendall(stream)
        source = client.makefile("rb")
        for number in range(300):
            (length,) = struct.unpack("!H", source.read(2))
            answer = dns.message.from_wire(source.read(length))
            assert answer.id == number
            assert sum(len(records) for records in answer.answer) == 200


def test_a_change_is_seen_by_the_next_question(server):
    registry = server.registry
    for number in range(50):
        registry.register("moving", ID="moving", Address=f"10.6.0.{number}", Port=1)
        assert server.find("moving.service.consul") == [f"10.6.0.{number}"]
    registry.put_ok("agent/service/deregister/moving")
    eventually(lambda: not server.dig("+short", "moving.service.consul"), "dig sees the removal")
