"""Every pair of protocol and transport that ThriftPy has, and a server of `interop.thrift` in Python.

As a program: `thriftpairs.py PORT PROTOCOL TRANSPORT [multiplexed]` serves.
"""

import importlib
import pathlib
import sys

import thriftpy2
from thriftpy2.protocol import TMultiplexedProtocolFactory
from thriftpy2.thrift import TMultiplexedProcessor, TProcessor
from thriftpy2.server import TThreadedServer
from thriftpy2.transport import TServerSocket, TSocket

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEFINITION = ROOT / "Tests/Programs/ThriftInterop/interop.thrift"
interop = thriftpy2.load(str(DEFINITION), module_name="interop_thrift")

PROTOCOLS = {
    "binary": ("thriftpy2.protocol.binary", "TBinaryProtocolFactory", "binary"),
    "old-binary": ("thriftpy2.protocol.binary", "TBinaryProtocolFactory", "old-binary"),
    "cybinary": ("thriftpy2.protocol.cybin", "TCyBinaryProtocolFactory", "binary"),
    "compact": ("thriftpy2.protocol.compact", "TCompactProtocolFactory", "compact"),
    "json": ("thriftpy2.protocol.json", "TJSONProtocolFactory", "thriftpy-json"),
    "apache-json": ("thriftpy2.protocol.apache_json", "TApacheJSONProtocolFactory", "json"),
}
TRANSPORTS = {
    "buffered": ("thriftpy2.transport.buffered", "TBufferedTransportFactory", "buffered"),
    "cybuffered": ("thriftpy2.transport.buffered.cybuffered", "TCyBufferedTransportFactory", "buffered"),
    "framed": ("thriftpy2.transport.framed", "TFramedTransportFactory", "framed"),
    "cyframed": ("thriftpy2.transport.framed.cyframed", "TCyFramedTransportFactory", "framed"),
}
# The accelerated protocol needs an accelerated transport, and the plain ones write what such a transport does not take.
PAIRS = [
    (protocol, transport)
    for protocol in PROTOCOLS
    for transport in TRANSPORTS
    if protocol.startswith("cy") == transport.startswith("cy")
]


def part(table, name):
    module, factory, _ = table[name]
    return getattr(importlib.import_module(module), factory)


def factories(protocol, transport):
    options = {"strict_read": False, "strict_write": False} if protocol == "old-binary" else {}
    return part(PROTOCOLS, protocol)(**options), part(TRANSPORTS, transport)()


def swift_names(protocol, transport):
    """What the Swift programs call the two."""
    return PROTOCOLS[protocol][2], TRANSPORTS[transport][2]


class Dispatcher:
    def __init__(self):
        self.told = []

    def echo(self, everything):
        return everything

    def text(self, text):
        return text

    def data(self, data):
        return data

    def add(self, a, b):
        return a + b

    def divide(self, a, b):
        if b == 0:
            raise interop.Refused(reason="größe 0", code=7)
        return a // b

    def nothing(self):
        pass

    def fail(self, how):
        raise RuntimeError(how)

    def note(self, text):
        self.told.append(text)

    def notes(self):
        # A copy: another thread may add to the list while it is written, after its length.
        return list(self.told)


def client(port, protocol, transport, service=None, timeout=60_000):
    socket = TSocket("127.0.0.1", port, socket_timeout=timeout)
    protocol_factory, transport_factory = factories(protocol, transport)
    if service:
        protocol_factory = TMultiplexedProtocolFactory(protocol_factory, service)
    carrier = transport_factory.get_transport(socket)
    carrier.open()
    return thriftpy2.thrift.TClient(interop.Interop, protocol_factory.get_protocol(carrier))


def main(port, protocol, transport, multiplexed=None):
    processor = TProcessor(interop.Interop, Dispatcher())
    if multiplexed:
        shared = TMultiplexedProcessor()
        shared.register_processor("Interop", processor)
        processor = shared
    protocol_factory, transport_factory = factories(protocol, transport)
    listener = TServerSocket("127.0.0.1", int(port), client_timeout=60_000)
    TThreadedServer(processor, listener, transport_factory, protocol_factory, daemon=True).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
