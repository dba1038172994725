#!/usr/bin/env python3
"""A calculator that serves Thrift and keeps itself in the registry with a stock Consul client.

It registers with a TTL check, sends heartbeats while it can serve, and deregisters itself when it is ended in order.
When it crashes, its heartbeats stop and the registry takes it out.
"""

import argparse
import pathlib
import signal
import socket
import sys
import threading

import consul
import requests
import thriftpy2
from thriftpy2.rpc import make_server

idl = thriftpy2.load(str(pathlib.Path(__file__).with_name("calculator.thrift")), module_name="calculator_thrift")


class Calculator:
    """The service itself; it knows nothing of the registry."""

    def add(self, a, b):
        return a + b

    def subtract(self, a, b):
        return a - b

    def multiply(self, a, b):
        return a * b

    def divide(self, a, b):
        if b == 0:
            raise idl.DivisionByZero(message=f"{a} can't be divided by zero")
        return a / b


class Registration:
    """One instance's place in the registry, kept for as long as heartbeats are sent."""

    def __init__(self, registry, name, port, ttl, deregister_after):
        self.registry, self.name, self.port, self.ttl = registry, name, port, ttl
        self.instance = f"{name}-{port}"
        self.check = consul.Check.ttl(f"{ttl}s")
        self.check["DeregisterCriticalServiceAfter"] = deregister_after

    def register(self):
        self.registry.agent.service.register(
            self.name, service_id=self.instance, address="127.0.0.1", port=self.port, check=self.check
        )

    def deregister(self):
        try:
            self.registry.agent.service.deregister(self.instance)
        except (consul.ConsulException, requests.RequestException) as error:
            print(f"{self.instance}: not deregistered, the TTL will do it: {error}", file=sys.stderr, flush=True)

    def beat(self, ended):
        """Sends a heartbeat three times a TTL until `ended` is set; one or two may get lost."""
        while not ended.is_set():
            try:
                check = f"service:{self.instance}"
                if not self.registry.agent.check.ttl_pass(check):
                    self.register()  # the registry has forgotten this instance
                    self.registry.agent.check.ttl_pass(check)
            except (consul.ConsulException, requests.RequestException) as error:
                print(f"{self.instance}: a heartbeat failed: {error}", file=sys.stderr, flush=True)
            ended.wait(self.ttl / 3)


def wait_until_listening(port, ended):
    """An instance joins when it can serve, not before."""
    while not ended.wait(0.02):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            pass


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--name", default="calculator")
    parser.add_argument("--registry", default="127.0.0.1:8500", metavar="HOST:PORT")
    parser.add_argument("--ttl", type=float, default=10, help="seconds the registry trusts a heartbeat (default 10)")
    parser.add_argument("--deregister-after", default="1m", help="when a critical instance is forgotten (default 1m)")
    options = parser.parse_args()

    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())

    server = make_server(idl.Calculator, Calculator(), "127.0.0.1", options.port)

    def serve():
        try:
            server.serve()
        finally:
            ended.set()

    threading.Thread(target=serve, daemon=True).start()
    wait_until_listening(options.port, ended)

    host, _, port = options.registry.rpartition(":")
    registration = Registration(
        consul.Consul(host=host, port=int(port)), options.name, options.port, options.ttl, options.deregister_after
    )
    registration.register()
    print(f"{registration.instance}: serving, registered at {options.registry}", flush=True)
    registration.beat(ended)
    registration.deregister()


if __name__ == "__main__":
    main()
