"""Both Consul clients for Python at once. Each calls its module `consul`, so each is loaded from a folder of its own."""

import importlib
import sys

from harness import ROOT

NAMES = ["py-consul", "python-consul"]


def load(name):
    """The module `consul` of one client, kept apart from the other's."""
    folder = ROOT / ".venv" / "clients" / name
    assert folder.is_dir(), f"{folder} is missing: run scripts/install-deps --tests"
    sys.path.insert(0, str(folder))
    try:
        module = importlib.import_module("consul")
        assert module.__file__.startswith(str(folder))
        return module
    finally:
        sys.path.remove(str(folder))
        for loaded in [key for key in sys.modules if key == "consul" or key.startswith("consul.")]:
            del sys.modules[loaded]


class Client:
    """One client's view of one server: its modules, and what it can do."""

    def __init__(self, name):
        self.name = name
        self.module = load(name)
        self.Check = self.module.Check
        self.ConsulException = self.module.ConsulException
        self.is_new = name == "py-consul"

    def connect(self, server, **options):
        return self.module.Consul(host="127.0.0.1", port=server.port, **options)

    def ttl(self, duration, **fields):
        """A TTL check, with fields that the clients' helpers have no argument for."""
        return {**self.Check.ttl(duration), **fields}
