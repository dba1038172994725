#!/usr/bin/env python3
"""Calls a calculator by its name: asks the registry who is healthy, then goes on to the next one if one is gone."""

import argparse
import pathlib
import random
import sys

import consul
import thriftpy2
from thriftpy2.rpc import client_context
from thriftpy2.transport import TTransportException

idl = thriftpy2.load(str(pathlib.Path(__file__).with_name("calculator.thrift")), module_name="calculator_thrift")


def healthy_instances(registry, name):
    """The (host, port) of every passing instance, shuffled to spread the calls."""
    _, entries = registry.health.service(name, passing=True)
    found = [(entry["Service"]["Address"] or entry["Node"]["Address"], entry["Service"]["Port"]) for entry in entries]
    random.shuffle(found)
    return found


def call(instances, method, a, b):
    """The result and who gave it. The calculator's methods can be repeated, so any broken connection moves on."""
    for host, port in instances:
        try:
            with client_context(idl.Calculator, host, port, connect_timeout=1000, socket_timeout=3000) as calculator:
                return getattr(calculator, method)(a, b), f"{host}:{port}"
        except (TTransportException, OSError) as error:
            print(f"{host}:{port} does not answer, trying the next: {error}", file=sys.stderr)
    sys.exit("none of the registered calculators answers")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registry", default="127.0.0.1:8500", metavar="HOST:PORT")
    parser.add_argument("--name", default="calculator")
    parser.add_argument("method", choices=["add", "subtract", "multiply", "divide"])
    parser.add_argument("a", type=float)
    parser.add_argument("b", type=float)
    options = parser.parse_args()

    host, _, port = options.registry.rpartition(":")
    instances = healthy_instances(consul.Consul(host=host, port=int(port)), options.name)
    if not instances:
        sys.exit(f"no healthy instance of '{options.name}' is registered at {options.registry}")
    try:
        result, instance = call(instances, options.method, options.a, options.b)
    except idl.DivisionByZero as error:
        sys.exit(error.message)
    print(f"{options.method}({options.a:g}, {options.b:g}) = {result:g}, says {instance}")


if __name__ == "__main__":
    main()
