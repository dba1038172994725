"""The Swift Thrift server and client against ThriftPy and Apache's library, as they are installed."""

import functools
import importlib
import json
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import sys

import pytest
from harness import BINARY, PATIENCE, ROOT, eventually, free_port
from thriftpairs import DEFINITION, PAIRS, client, interop, swift_names
from thriftpy2.thrift import TApplicationException

PROGRAM = ROOT / ".build/release/thrift-interop"
PAIRS_PROGRAM = pathlib.Path(__file__).with_name("thriftpairs.py")


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def swift_port():
    """A Swift server for all tests that only call it."""
    process = subprocess.Popen(["stdbuf", "-oL", PROGRAM, "serve"], stdout=subprocess.PIPE, text=True)
    yield int(process.stdout.readline().split()[1])
    process.terminate()
    assert process.wait(PATIENCE) == -signal.SIGTERM
    process.stdout.close()


@pytest.fixture
def python_server():
    processes = []

    def start(*words):
        port = free_port()
        processes.append(subprocess.Popen([sys.executable, PAIRS_PROGRAM, str(port), *words], stderr=subprocess.DEVNULL))
        eventually(lambda: accepts(port), "the server accepts connections")
        return port

    yield start
    for process in processes:
        process.kill()
        process.wait()


class Fresh:
    """A client that makes each call on a connection of its own."""

    def __init__(self, connect):
        self.connect = connect

    def __getattr__(self, method):
        return lambda *arguments: getattr(self.connect(), method)(*arguments)


def full():
    point = interop.Point
    return interop.Everything(
        yes=True, no=False, small=-5, short_one=-300, medium=100_000, large=-(1 << 60), real=1.5, text='grüße "x"\n',
        data=b"\x00\xff\x80", point=point(1, -1), numbers=[1, -2, 3], words={"ab", "ü"}, sizes={"a": 1 << 40},
        nested=[[1, 2], [], [-3]], points={7: point(70, -70)}, flags=[True, False, True], color=interop.Color.BLUE,
        paths={"p": [point(x, -x) for x in range(17)]}, rest="end",
    )


def plain(value):
    """A struct as something that compares whatever a set or list was read as."""
    if hasattr(value, "thrift_spec"):
        return {name: plain(getattr(value, name)) for _, name, *_ in value.thrift_spec.values()}
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return [plain(entry) for entry in value] if isinstance(value, list) else value


def check_calls(service, protocol):
    everything = full()
    if protocol == "apache-json":
        # ThriftPy's own form of it has no room for lists in lists.
        everything.nested = []
    answer, sent = plain(service.echo(everything)), plain(everything)
    answer["words"], sent["words"] = sorted(answer["words"]), sorted(sent["words"])
    assert answer == sent
    # Nor time for large values: it takes them byte by byte.
    size = 100 if protocol == "apache-json" else 10_000_000
    for text in ["", "größe 😀\n\"\\", "lang ü" * (size // 7)]:
        assert service.text(text) == text
    for data in [b"\x00\xff\x80", b"\xc3" * size]:
        assert service.data(data) == data
    assert service.add(2**31 - 1, -1) == 2**31 - 2
    assert service.nothing() is None
    with pytest.raises(interop.Refused) as refused:
        service.divide(1, 0)
    assert (refused.value.reason, refused.value.code) == ("größe 0", 7)
    assert service.divide(7, 2) == 3
    with pytest.raises(TApplicationException) as failed:
        service.fail("badly")
    assert failed.value.message == "badly"
    service.note(f"hört {protocol}")
    eventually(lambda: f"hört {protocol}" in service.notes(), "the oneway call was carried out")


@pytest.mark.parametrize("service", [None, "Interop"])
@pytest.mark.parametrize("protocol, transport", PAIRS)
def test_thriftpy_calls_the_swift_server(swift_port, protocol, transport, service):
    connect = functools.partial(client, swift_port, protocol, transport, service)
    # ThriftPy's own form of Apache's JSON reads only the first message of a connection.
    caller = Fresh(connect) if protocol == "apache-json" else connect()
    check_calls(caller, protocol)


@pytest.mark.parametrize("multiplexed", [False, True])
@pytest.mark.parametrize("protocol, transport", PAIRS)
def test_the_swift_client_calls_thriftpy(python_server, protocol, transport, multiplexed):
    port = python_server(protocol, transport, *["multiplexed"] * multiplexed)
    words = [str(port), *swift_names(protocol, transport), "Interop" if multiplexed else "-"]
    words += ["shallow"] * (protocol == "apache-json")
    result = subprocess.run([PROGRAM, "call", *words], stdout=subprocess.PIPE, text=True, timeout=120)
    assert result.stdout == "all right\n"


def test_thousands_of_pipelined_calls_are_answered_in_order(swift_port):
    def call(number):
        body = b"\x08\x00\x01" + struct.pack("!i", number) + b"\x08\x00\x02" + struct.pack("!i", 1) + b"\x00"
        message = b"\x80\x01\x00\x01\x00\x00\x00\x03add" + struct.pack("!i", number) + body
        return struct.pack("!i", len(message)) + message

    with socket.create_connection(("127.0.0.1", swift_port), PATIENCE) as connection:
        connection.sendall(b"".join(map(call, range(5_000))))
        answers = connection.makefile("rb")
        for number in range(5_000):
            answer = answers.read(struct.unpack("!i", answers.read(4))[0])
            assert answer == (
                b"\x80\x01\x00\x02\x00\x00\x00\x03add" + struct.pack("!i", number)
                + b"\x08\x00\x00" + struct.pack("!i", number + 1) + b"\x00"
            )


@pytest.fixture(scope="module")
def apache(tmp_path_factory):
    """The Python code that Apache's compiler makes of the same file."""
    if not shutil.which("thrift"):
        pytest.skip("Apache's compiler (thrift-compiler) is not installed")
    pytest.importorskip("thrift")
    folder = tmp_path_factory.mktemp("apache")
    subprocess.run(["thrift", "-r", "--gen", "py", "-out", str(folder), str(DEFINITION)], check=True)
    sys.path.insert(0, str(folder))
    yield importlib.import_module("interop.Interop"), importlib.import_module("interop.ttypes")
    sys.path.remove(str(folder))


@pytest.mark.parametrize("framing", ["TBufferedTransport", "TFramedTransport", "THeaderTransport"])
@pytest.mark.parametrize(
    "protocol", ["TBinaryProtocol", "TBinaryProtocolAccelerated", "TCompactProtocol", "TCompactProtocolAccelerated", "TJSONProtocol"]
)
def test_apaches_python_calls_the_swift_server(swift_port, apache, protocol, framing):
    from thrift.protocol import TBinaryProtocol, TCompactProtocol, THeaderProtocol, TJSONProtocol
    from thrift.Thrift import TApplicationException as ApacheException
    from thrift.transport import THeaderTransport, TSocket, TTransport

    module, types = apache
    wire = TSocket.TSocket("127.0.0.1", swift_port)
    if framing == "THeaderTransport":
        kinds = THeaderTransport.THeaderSubprotocolID
        if protocol not in ("TBinaryProtocol", "TCompactProtocol"):
            pytest.skip("THeader carries binary and compact")
        kind = kinds.BINARY if protocol == "TBinaryProtocol" else kinds.COMPACT
        speaker = THeaderProtocol.THeaderProtocol(wire, [THeaderTransport.THeaderClientType.HEADERS], kind)
        carrier = speaker.trans
    else:
        carrier = getattr(TTransport, framing)(wire)
        home = {"B": TBinaryProtocol, "C": TCompactProtocol, "J": TJSONProtocol}[protocol[1]]
        speaker = getattr(home, protocol)(carrier)
    carrier.open()
    service = module.Client(speaker)
    everything = types.Everything(
        yes=True, small=-5, short_one=-300, medium=100_000, large=-(1 << 60), real=1.5, text="grüße", data=b"\x00\xff",
        point=types.Point(1, -1), numbers=[1, -2], words={"ab", "ü"}, sizes={"a": 1 << 40}, nested=[[1], []],
        points={7: types.Point(7, 8)}, flags=[True, False], color=types.Color.BLUE, paths={"p": [types.Point(1, 2)]},
        no=False, rest="end",
    )
    assert service.echo(everything) == everything
    assert service.data(b"\xc3" * 10_000_000) == b"\xc3" * 10_000_000
    assert service.add(2, 3) == 5
    with pytest.raises(types.Refused) as refused:
        service.divide(1, 0)
    assert refused.value.reason == "größe 0"
    with pytest.raises(ApacheException):
        service.fail("badly")
    service.note("apache")
    assert service.nothing() is None
    carrier.close()


def muster_call(*words):
    return subprocess.run([BINARY, "call", *map(str, words)], capture_output=True, text=True, timeout=PATIENCE)


def test_muster_call_finds_a_service_and_prints_json(server, python_server):
    port = python_server("cybinary", "cybuffered")
    server.register("interop", Address="127.0.0.1", Port=port)
    options = ["--idl", DEFINITION, "--server", server.address]
    assert muster_call("interop", "add", 1, 2, *options).stdout == "3\n"
    answer = muster_call("interop", "echo", json.dumps({"color": "BLUE", "data": "AP8=", "sizes": {"a": 5}}), *options)
    assert answer.returncode == 0, answer.stderr
    value = json.loads(answer.stdout)
    assert (value["color"], value["data"], value["sizes"]) == ("BLUE", "AP8=", {"a": 5})
    refused = muster_call("interop", "divide", 1, 0, *options)
    assert refused.returncode == 1 and "Refused" in refused.stderr and "größe 0" in refused.stderr
    as_json = muster_call("interop", "divide", 1, 0, "--json", *options)
    assert json.loads(as_json.stdout) == {"exception": "interop.Refused", "fields": {"reason": "größe 0", "code": 7}}
    assert as_json.returncode == 1
    assert muster_call("interop", "note", "quiet", *options).returncode == 0
    assert muster_call("nobody", "add", 1, 2, *options).returncode == 1


@pytest.mark.parametrize(
    "words, message",
    [
        (["ad", 1, 2], "did you mean add"),
        (["add", 1], '"b" (i32) is missing'),
        (["add", 1, "x"], "expected a whole number"),
        (["add", 1, 2, 3], "3 arguments are given"),
        (["add", 1, 2, "--framing", "none"], "'none' is not buffered or framed or header"),
        (["add", 1, 2, "--service", "Other"], "there is no service 'Other'"),
        (["add", 1, 2, "--address", "nowhere"], "'nowhere' is not HOST:PORT"),
    ],
)
def test_muster_call_says_what_was_wrong_with_its_words(words, message):
    result = muster_call("interop", *words, "--idl", DEFINITION)
    assert result.returncode == 2, result.stderr
    assert message in result.stderr


def test_a_check_calls_a_method(server, python_server, swift_port):
    ports = {"python": python_server("cybinary", "cybuffered"), "framed": python_server("compact", "framed"), "swift": swift_port}
    for name, port in ports.items():
        fields = {"Address": "127.0.0.1", "Port": port, "Check": {"Thrift": "nothing", "Interval": "1s"}}
        server.register("checked", ID=name, **fields)
        elsewhere = {"Thrift": f"127.0.0.1:{port}/no_such_method", "Interval": "1s"}
        server.register("unchecked", ID=f"un{name}", Check=elsewhere)

    def outputs(service):
        return {entry["ServiceID"]: (entry["Status"], entry["Output"]) for entry in server.json(f"health/checks/{service}")}

    good = eventually(lambda: (found := outputs("checked")) and all(s == "passing" for s, _ in found.values()) and found, "all pass")
    for name, port in ports.items():
        assert good[name][1] == f"Thrift 127.0.0.1:{port}/nothing: answered"
    bad = eventually(lambda: (found := outputs("unchecked")) and all(o for _, o in found.values()) and found, "all are checked")
    for status, output in bad.values():
        assert status == "critical" and "unknown method" in output
