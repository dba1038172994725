"""Blocking queries: what wakes a watcher, what does not, and when it gives up."""

import concurrent.futures
import time

import pytest

# Long enough for a request to be parked; a watcher that is slower than this is answered at once, which is as right.
PARKED = 0.3


@pytest.fixture(scope="module")
def background():
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        yield pool


def watch(background, consul, name, index, wait="15s", **options):
    """A watcher in the background; its result is (index, instances, seconds)."""

    def run():
        started = time.monotonic()
        new, entries = consul.health.service(name, index=index, wait=wait, **options)
        return new, entries, time.monotonic() - started

    future = background.submit(run)
    time.sleep(PARKED)
    return future


def test_a_watcher_is_woken_by_a_registration(background, client, server, consul, name):
    index, entries = consul.health.service(name)
    assert entries == []
    watcher = watch(background, consul, name, index)
    assert not watcher.done()
    client.connect(server).agent.service.register(name, port=1)
    new, entries, seconds = watcher.result(timeout=10)
    assert [entry["Service"]["Port"] for entry in entries] == [1]
    assert int(new) > int(index)
    assert seconds < 5


@pytest.mark.parametrize("change", ["check", "removal", "maintenance", "replacement"])
def test_a_watcher_is_woken_by_every_kind_of_change(background, client, server, consul, name, change):
    consul.agent.service.register(name, port=1, check=client.ttl("10m", Status="passing"))
    index, _ = consul.health.service(name)
    watcher = watch(background, consul, name, index)
    assert not watcher.done()
    other = client.connect(server)
    if change == "check":
        other.agent.check.ttl_fail(f"service:{name}")
    elif change == "removal":
        other.agent.service.deregister(name)
    elif change == "maintenance":
        other.agent.service.maintenance(name, True)
    else:
        other.agent.service.register(name, port=2)
    new, entries, _ = watcher.result(timeout=10)
    assert int(new) > int(index)
    assert len(entries) == (0 if change == "removal" else 1)


def test_a_vanished_service_keeps_the_index_of_its_removal(server, consul, name):
    consul.agent.service.register(name)
    before, _ = consul.health.service(name)
    consul.agent.service.deregister(name)
    index, entries = consul.health.service(name)
    assert entries == [] and int(index) > int(before)
    server.register(f"{name}-other")
    assert consul.health.service(name)[0] == index


def test_two_watchers_on_different_services_each_see_their_own(background, client, server, name):
    names = [f"{name}-a", f"{name}-b"]
    watchers = []
    for each in names:
        consul = client.connect(server)
        consul.agent.service.register(each, port=1)
        index, _ = consul.health.service(each)
        watchers.append((watch(background, consul, each, index, wait="3s"), index))
    server.register(names[0], Port=2)
    new, entries, seconds = watchers[0][0].result(timeout=10)
    assert entries[0]["Service"]["Port"] == 2 and int(new) > int(watchers[0][1])
    assert seconds < 2.5
    new, entries, seconds = watchers[1][0].result(timeout=10)
    assert new == watchers[1][1], "a change of another service is none of this one"
    assert entries[0]["Service"]["Port"] == 1
    assert 3 <= seconds < 6


def test_the_timeout_repeats_the_answer_and_its_index(background, consul, name):
    consul.agent.service.register(name)
    index, entries = consul.health.service(name)
    new, same, seconds = watch(background, consul, name, index, wait="1s").result(timeout=10)
    assert (new, same) == (index, entries)
    # The server adds up to a sixteenth.
    assert 1 <= seconds < 3


def test_an_old_index_is_answered_at_once(background, consul, name):
    consul.agent.service.register(name)
    index, _ = consul.health.service(name)
    for old in (1, int(index) - 1):
        assert watch(background, consul, name, old).result(timeout=10)[2] < 2


def test_many_watchers_are_woken_by_one_change(background, client, server, name):
    server.register(name, Port=1)
    index = server.index(f"health/service/{name}")
    watchers = [watch(background, client.connect(server), name, index) for _ in range(10)]
    server.register(name, Port=2)
    results = [watcher.result(timeout=10) for watcher in watchers]
    assert {entries[0]["Service"]["Port"] for _, entries, _ in results} == {2}
    assert len({new for new, _, _ in results}) == 1


@pytest.mark.parametrize(
    "path, change",
    [
        ("catalog/services", "services"), ("catalog/nodes", "nodes"), ("catalog/service/{name}", "services"),
        ("catalog/node/{node}", "services"), ("health/node/{node}", "checks"), ("health/state/any", "checks"),
        ("health/checks/{name}", "checks"),
    ],
)  # fmt: skip
def test_every_list_can_be_watched(background, server, name, path, change):
    path = path.format(name=name, node=server.node)
    server.register(name, Check={"TTL": "10m"})
    index = server.index(path)
    watcher = background.submit(server.get, f"{path}?index={index}&wait=15s")
    time.sleep(PARKED)
    assert not watcher.done()
    if change == "services":
        server.register(name, ID=f"{name}-2", Tags=["new"])
    elif change == "checks":
        server.put_ok(f"agent/check/pass/service:{name}")
    else:
        server.put_ok("catalog/register", {"Node": f"{name}-node", "Address": "10.0.0.1"})
    assert int(watcher.result(timeout=10).headers["X-Consul-Index"]) > index


@pytest.mark.parametrize("again", ["changed", "unchanged"])
def test_an_index_from_before_a_restart_still_holds(background, client, own_server, again):
    consul = client.connect(own_server)
    consul.agent.service.register("web", port=1)
    index, _ = consul.health.service("web")
    if again == "changed":
        consul.agent.service.register("web", port=2)
    own_server.restart()
    consul = client.connect(own_server)
    watcher = watch(background, consul, "web", index)
    if again == "unchanged":
        assert not watcher.done(), "the restart is no change"
        own_server.register("web", Port=2)
    new, entries, _ = watcher.result(timeout=10)
    assert int(new) > int(index)
    assert entries[0]["Service"]["Port"] == 2


@pytest.mark.parametrize(
    "query",
    ["wait=5", "wait=soon", "wait=-1s", "index=x&wait=1s", "index=-1", "index=1.5", "index=99999999999999999999999",
     "stale&consistent", "cached&consistent"],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_the_reason(server, query):
    answer = server.get(f"health/service/web?{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert len(answer.text) > 10


def test_the_clients_tell_of_a_refusal(client, consul):
    with pytest.raises(client.ConsulException, match="400"):
        consul.health.service("web", index=1, wait="soon")


@pytest.mark.parametrize("consistency", ["default", "consistent", "stale"])
def test_each_consistency_is_served(client, server, consistency):
    assert client.connect(server, consistency=consistency).catalog.nodes()[1]


def test_a_server_with_parked_watchers_ends_at_once(background, client, own_server):
    consul = client.connect(own_server)
    consul.agent.service.register("web")
    index, _ = consul.health.service("web")
    watcher = background.submit(own_server.get, f"health/service/web?index={index}&wait=60s")
    time.sleep(PARKED)
    started = time.monotonic()
    own_server.stop()
    assert time.monotonic() - started < 5
    assert watcher.exception(timeout=5) or watcher.result().status_code
