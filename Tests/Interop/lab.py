"""A ThriftPy server for the tests, as anybody would write one: it knows nothing of a registry.

    lab.py PORT PROTOCOL TRANSPORT JOURNAL [multiplexed]

What its methods are called with is added to the file JOURNAL, a line each, before they answer.
"""

import os
import pathlib
import sys
import time

import thriftpy2
from thriftpy2.protocol import (
    TApacheJSONProtocolFactory,
    TCompactProtocolFactory,
    TCyBinaryProtocolFactory,
    TJSONProtocolFactory,
    TMultiplexedProtocolFactory,
)
from thriftpy2.protocol.binary import TBinaryProtocolFactory
from thriftpy2.server import TThreadedServer
from thriftpy2.thrift import TClient, TMultiplexedProcessor, TProcessor
from thriftpy2.transport import TCyBufferedTransportFactory, TCyFramedTransportFactory, TServerSocket, TSocket
from thriftpy2.transport.buffered import TBufferedTransportFactory
from thriftpy2.transport.framed import TFramedTransportFactory

IDL = thriftpy2.load(str(pathlib.Path(__file__).with_name("lab.thrift")), module_name="lab_thrift")

PROTOCOLS = {
    "binary": TBinaryProtocolFactory,
    "old-binary": lambda: TBinaryProtocolFactory(strict_read=False, strict_write=False),
    "cybinary": TCyBinaryProtocolFactory,
    "compact": TCompactProtocolFactory,
    "json": TJSONProtocolFactory,
    "apache-json": TApacheJSONProtocolFactory,
}
TRANSPORTS = {
    "buffered": TBufferedTransportFactory,
    "framed": TFramedTransportFactory,
    "cybuffered": TCyBufferedTransportFactory,
    "cyframed": TCyFramedTransportFactory,
}


def connect(port, protocol, transport, service=None, timeout=20_000):
    """A client, made of the same parts as `thriftpy2.rpc.make_client` makes one."""
    carrier = TRANSPORTS[transport]().get_transport(TSocket("127.0.0.1", port, socket_timeout=timeout))
    factory = PROTOCOLS[protocol]()
    if service:
        factory = TMultiplexedProtocolFactory(factory, service)
    carrier.open()
    return TClient(IDL.Lab, factory.get_protocol(carrier))


class Handler:
    def __init__(self, port, journal):
        self.port = port
        self.journal = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, key):
        os.write(self.journal, f"{key}\n".encode())

    def add(self, a, b):
        return a + b

    def echo(self, text):
        return text

    def blob(self, data):
        return data

    def same(self, it):
        return it

    def fail(self, code):
        raise IDL.Trouble(code=code, why="as asked")

    def crash(self):
        raise RuntimeError("as asked")

    def note(self, key):
        self.write(key)

    def once(self, key):
        self.write(key)
        return key

    def again(self, key):
        self.write(key)
        return key

    def where(self):
        return str(self.port)

    def pause(self, milliseconds):
        self.write("pause")
        time.sleep(milliseconds / 1000)


def main(port, protocol, transport, journal, multiplexed=None):
    processor = TProcessor(IDL.Lab, Handler(port, journal))
    if multiplexed:
        inner, processor = processor, TMultiplexedProcessor()
        processor.register_processor("Lab", inner)
    TThreadedServer(
        processor,
        TServerSocket("127.0.0.1", int(port), client_timeout=60_000),
        iprot_factory=PROTOCOLS[protocol](),
        itrans_factory=TRANSPORTS[transport](),
        daemon=True,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
