"""The server is killed at random moments while clients write: what it acknowledged must hold."""

import http.client
import json
import random
import threading

import pytest
from harness import Server

ROUNDS = 25
WRITERS = 8
SEED = 20_240_607

GONE = None
"""The port of an instance that is not registered."""


class Writer:
    """One client that registers and deregisters its own instances, and remembers what it was told.

    `acknowledged` maps each instance to the port it was last acknowledged with, or GONE. A request that was under way
    when the server died may have been carried out or not; `open` is that request's instance and port.
    """

    def __init__(self, number):
        self.name = f"crash-{number}"
        self.random = random.Random(SEED + number)
        self.acknowledged = {}
        self.open = None
        self.acknowledgements = 0
        self.index = 0
        self.error = None

    def write_until_the_server_is_gone(self, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            while True:
                self.write(connection)
                if self.acknowledgements % 10 == 0:
                    self.look(connection)
        except (ConnectionError, http.client.BadStatusLine, http.client.IncompleteRead):
            pass  # that is the crash
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def write(self, connection):
        instance = f"{self.name}-{self.random.randrange(40)}"
        port = (
            GONE if self.acknowledged.get(instance) and self.random.random() < 0.5 else self.random.randrange(1, 65536)
        )
        self.open = (instance, port)
        if port is GONE:
            status, text, _ = request(connection, "PUT", f"/v1/agent/service/deregister/{instance}")
        else:
            body = {"ID": instance, "Name": self.name, "Port": port}
            status, text, _ = request(connection, "PUT", "/v1/agent/service/register", body)
        assert status == 200, f"{self.open}: {status} {text}"
        self.acknowledged[instance] = port
        self.acknowledgements += 1
        self.open = None

    def look(self, connection):
        """The revision that a reader has seen must never be taken back."""
        status, _, headers = request(connection, "GET", f"/v1/health/service/{self.name}")
        assert status == 200
        self.see(int(headers["X-Consul-Index"]))

    def see(self, index):
        assert index >= self.index, f"{self.name}: the index went back from {self.index} to {index}"
        self.index = index

    def compare(self, found, index):
        """`found` maps the instances that survived to their ports."""
        self.see(index)
        expected = {instance: port for instance, port in self.acknowledged.items() if port is not GONE}
        if self.open:
            instance, port = self.open
            assert found.get(instance) in (port, self.acknowledged.get(instance)), (
                f"neither before nor after {self.open}"
            )
            self.acknowledged[instance] = found.get(instance)
            self.open = None
            expected.pop(instance, None)
            found = {key: value for key, value in found.items() if key != instance}
        lost = expected.keys() - found.keys()
        risen = found.keys() - expected.keys()
        assert not lost, f"acknowledged registrations that are gone: {sorted(lost)}"
        assert not risen, f"acknowledged deregistrations that are back: {sorted(risen)}"
        assert found == expected


def request(connection, method, path, body=None):
    connection.request(method, path, body=None if body is None else json.dumps(body))
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), answer.headers


def crash(server, writers, after):
    """One round: everyone writes, and after some seconds the server is killed."""
    threads = [threading.Thread(target=each.write_until_the_server_is_gone, args=(server.port,)) for each in writers]
    for thread in threads:
        thread.start()
    killer = threading.Timer(after, server.kill)
    killer.start()
    for thread in [*threads, killer]:
        thread.join()
    for writer in writers:
        if writer.error:
            raise writer.error


def check(server, writers):
    """Compares what the server holds, for its agent and for a reader of each service, with what was acknowledged."""
    services = server.json("agent/services")
    assert len(services) == sum(len(server.json(f"health/service/{writer.name}")) for writer in writers)
    for writer in writers:
        found = {key: service["Port"] for key, service in services.items() if service["Service"] == writer.name}
        writer.compare(found, server.index(f"health/service/{writer.name}"))


@pytest.mark.long
def test_what_was_acknowledged_survives_every_crash(tmp_path):
    server = Server(tmp_path)
    writers = [Writer(number) for number in range(WRITERS)]
    moments = random.Random(SEED)
    server.start()
    try:
        for _ in range(ROUNDS):
            before = [writer.acknowledgements for writer in writers]
            crash(server, writers, after=moments.uniform(0.05, 0.6))
            server.start()
            check(server, writers)
            assert sum(writer.acknowledgements for writer in writers) > sum(before), "nobody wrote in this round"
        server.restart()
        check(server, writers)
        server.stop()
    finally:
        server.process.kill()
