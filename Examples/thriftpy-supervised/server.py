#!/usr/bin/env python3
"""A calculator that serves Thrift, as its makers wrote it: it has never heard of a registry."""

import pathlib
import sys

import thriftpy2
from thriftpy2.rpc import make_server

idl = thriftpy2.load(
    str(pathlib.Path(__file__).parents[1] / "thriftpy-calculator/calculator.thrift"), module_name="calculator_thrift"
)


class Calculator:
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


make_server(idl.Calculator, Calculator(), "127.0.0.1", int(sys.argv[1])).serve()
