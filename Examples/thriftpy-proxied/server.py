#!/usr/bin/env python3
"""A calculator that serves Thrift, as its makers wrote it: it has never heard of a registry.

usage: server.py PORT [MILLISECONDS]     so long it takes for a call, default 0
"""

import pathlib
import sys
import time

import thriftpy2
from thriftpy2.rpc import make_server

idl = thriftpy2.load(
    str(pathlib.Path(__file__).parents[1] / "thriftpy-calculator/calculator.thrift"), module_name="calculator_thrift"
)
delay = float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0


class Calculator:
    def add(self, a, b):
        time.sleep(delay)
        return a + b

    def subtract(self, a, b):
        time.sleep(delay)
        return a - b

    def multiply(self, a, b):
        time.sleep(delay)
        return a * b

    def divide(self, a, b):
        time.sleep(delay)
        if b == 0:
            raise idl.DivisionByZero(message=f"{a} can't be divided by zero")
        return a / b


make_server(idl.Calculator, Calculator(), "127.0.0.1", int(sys.argv[1]), client_timeout=None).serve()
