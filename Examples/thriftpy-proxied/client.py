#!/usr/bin/env python3
"""Calls a calculator at one address, as its makers wrote it: it has never heard of a registry, nor of several servers."""

import argparse
import concurrent.futures
import pathlib
import sys
import time

import thriftpy2
from thriftpy2.rpc import client_context
from thriftpy2.thrift import TException

idl = thriftpy2.load(
    str(pathlib.Path(__file__).parents[1] / "thriftpy-calculator/calculator.thrift"), module_name="calculator_thrift"
)


def call(host, port, calls, pause):
    """How many of so many calls over one connection failed."""
    failed = 0
    with client_context(idl.Calculator, host, port, connect_timeout=1_000, socket_timeout=10_000) as calculator:
        for number in range(calls):
            time.sleep(pause)
            try:
                assert calculator.add(number, 1) == number + 1
            except TException as error:
                print(f"a call failed: {error}", file=sys.stderr)
                failed += 1
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", metavar="HOST:PORT")
    parser.add_argument("--clients", type=int, default=6, help="how many connections call at the same time")
    parser.add_argument("--calls", type=int, default=100, help="how many calls each makes")
    parser.add_argument("--pause", type=float, default=0, help="seconds before each call")
    options = parser.parse_args()

    host, _, port = options.address.rpartition(":")
    with concurrent.futures.ThreadPoolExecutor(options.clients) as pool:
        runs = [pool.submit(call, host, int(port), options.calls, options.pause) for _ in range(options.clients)]
        failed = sum(run.result() for run in runs)
    print(f"{options.clients * options.calls} calls, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
