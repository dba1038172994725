"""The event stream: all instances first, and then what changes, as server-sent events."""

import json
import time

import pytest
import requests


class Stream:
    """Reads events one by one."""

    def __init__(self, server, service):
        self.answer = requests.get(f"http://{server.address}/v1/muster/events/{service}", stream=True, timeout=10)
        self.lines = self.answer.iter_lines(chunk_size=1)

    def next(self):
        event = {}
        for line in self.lines:
            if not line:
                return event["event"], int(event["id"]), json.loads(event["data"])
            name, _, value = line.decode().partition(": ")
            event[name] = value
        pytest.fail("the stream ended")

    def close(self):
        self.answer.close()


@pytest.fixture
def follow(server):
    streams = []

    def start(service):
        streams.append(Stream(server, service))
        return streams[-1]

    yield start
    for stream in streams:
        stream.close()


def ids(entries):
    return [entry["Service"]["ID"] for entry in entries]


def test_a_stream_begins_with_all_instances_and_goes_on_with_changes(server, follow, name):
    server.register(name, ID=f"{name}-1")
    stream = follow(name)
    kind, index, entries = stream.next()
    assert (kind, ids(entries)) == ("snapshot", [f"{name}-1"])

    server.register(name, ID=f"{name}-2", Check={"TTL": "60s"})
    kind, added, change = stream.next()
    assert (kind, ids(change["Changed"]), change["Gone"]) == ("change", [f"{name}-2"], [])

    server.put_ok(f"agent/check/pass/service:{name}-2")
    _, passed, change = stream.next()
    assert [check["Status"] for check in change["Changed"][0]["Checks"]] == ["passing"]

    server.put_ok(f"agent/service/deregister/{name}-1")
    _, removed, change = stream.next()
    assert (change["Changed"], change["Gone"]) == ([], [{"Node": server.node, "ServiceID": f"{name}-1"}])
    assert index < added < passed < removed


def test_a_change_of_another_service_is_not_told(server, follow, name):
    stream = follow(name)
    assert stream.next()[2] == []
    server.register(f"{name}-other")
    server.register(name)
    assert ids(stream.next()[2]["Changed"]) == [name]


def test_every_follower_gets_the_same(server, follow, name):
    streams = [follow(name) for _ in range(20)]
    for stream in streams:
        stream.next()
    server.register(name)
    assert len({json.dumps(stream.next()) for stream in streams}) == 1


def test_a_follower_that_hangs_up_is_let_go(server, follow, name):
    def open_streams():
        text = server.get("agent/metrics", params={"format": "prometheus"}).text
        (line,) = [line for line in text.splitlines() if line.startswith("muster_event_streams ")]
        return int(line.split()[1])

    before = open_streams()
    stream = follow(name)
    stream.next()
    assert open_streams() == before + 1
    stream.close()
    deadline = time.monotonic() + 1
    while open_streams() != before:
        assert time.monotonic() < deadline, "the stream is still there after a second"
        time.sleep(0.02)
