"""Nodes and services that are registered from elsewhere, through the catalog."""

import pytest
from harness import eventually


@pytest.fixture
def node(name):
    return f"{name}-node"


def test_an_external_node_with_a_service_is_found(consul, node, name):
    assert consul.catalog.register(
        node,
        "10.9.8.7",
        service={"Service": name, "ID": f"{name}-1", "Tags": ["far"], "Port": 8000},
        check={
            "Node": node,
            "CheckID": f"service:{name}-1",
            "Name": "alive",
            "Status": "passing",
            "ServiceID": f"{name}-1",
        },
    )
    _, (entry,) = consul.health.service(name, passing=True)
    assert (entry["Node"]["Node"], entry["Node"]["Address"]) == (node, "10.9.8.7")
    assert (entry["Service"]["Port"], entry["Service"]["Tags"]) == (8000, ["far"])
    assert [check["Name"] for check in entry["Checks"]] == ["alive"]


def test_it_is_not_the_agents(consul, node, name):
    consul.catalog.register(node, "10.9.8.7", service={"Service": name})
    assert name not in consul.agent.services()


def test_a_service_is_removed_from_its_node_and_the_node_stays(consul, node, name):
    consul.catalog.register(node, "10.9.8.7", service={"Service": name})
    assert consul.catalog.deregister(node, service_id=name)
    assert consul.health.service(name)[1] == []
    assert consul.catalog.node(node)[1]["Services"] == {}


def test_a_check_is_removed_from_its_node(consul, node, name):
    check = {"CheckID": "alive", "Name": "alive", "Status": "critical", "ServiceID": name}
    consul.catalog.register(node, "10.9.8.7", service={"Service": name}, check=check)
    assert consul.health.service(name, passing=True)[1] == []
    assert consul.catalog.deregister(node, check_id="alive")
    assert len(consul.health.service(name, passing=True)[1]) == 1


def test_a_node_leaves_with_all_it_has(consul, node, name):
    consul.catalog.register(node, "10.9.8.7", service={"Service": name})
    assert consul.catalog.deregister(node)
    assert consul.health.service(name)[1] == []
    assert consul.catalog.node(node)[1] is None
    assert node not in [each["Node"] for each in consul.catalog.nodes()[1]]


def test_removing_what_is_not_there_is_no_error(consul, node):
    assert consul.catalog.deregister(node)
    assert consul.catalog.deregister(node, service_id="nothing")


def test_a_failing_check_of_the_node_hides_its_services(consul, node, name):
    check = {"CheckID": "disk", "Name": "disk", "Status": "critical"}
    consul.catalog.register(node, "10.9.8.7", service={"Service": name}, check=check)
    assert consul.health.service(name, passing=True)[1] == []
    assert [each["CheckID"] for each in consul.health.node(node)[1]] == ["disk"]


def test_nodes_and_services_are_found_by_the_nodes_metadata(server, consul, node, name):
    server.put_ok(
        "catalog/register",
        {"Node": node, "Address": "10.9.8.7", "NodeMeta": {"rack": name}, "Service": {"Service": name}},
    )
    server.put_ok("catalog/register", {"Node": f"{node}-2", "Address": "10.9.8.8", "Service": {"Service": name}})
    assert [each["Node"] for each in consul.catalog.nodes(node_meta={"rack": name})[1]] == [node]
    assert len(consul.health.service(name)[1]) == 2
    assert [entry["Node"]["Node"] for entry in consul.health.service(name, node_meta={"rack": name})[1]] == [node]
    assert consul.catalog.services(node_meta={"rack": name})[1] == {name: []}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"Node": "n"},
        {"Address": "10.0.0.1"},
        {"Node": "", "Address": "10.0.0.1"},
        [],
        "text",
        {"Node": 1, "Address": 2},
    ],
    ids=repr,
)
def test_an_incomplete_registration_is_refused(server, body):
    answer = server.put("catalog/register", body)
    assert answer.status_code == 400 and answer.text


@pytest.mark.parametrize("seconds", ["1s", 1_000_000_000], ids=str)
def test_a_critical_registration_of_the_catalog_is_forgotten_too(server, node, name, seconds):
    for service, status in (("well", "passing"), ("ill", "critical")):
        server.put_ok(
            "catalog/register",
            {
                "Node": node,
                "Address": "10.9.8.7",
                "Service": {"Service": name, "ID": f"{name}-{service}"},
                "Check": {
                    "CheckID": f"service:{name}-{service}", "Name": "alive", "Status": status,
                    "ServiceID": f"{name}-{service}", "Definition": {"DeregisterCriticalServiceAfter": seconds},
                },
            },
        )  # fmt: skip
    eventually(lambda: len(server.json(f"catalog/service/{name}")) == 1, "the critical one forgotten")
    assert server.json(f"catalog/service/{name}")[0]["ServiceID"] == f"{name}-well"


def test_what_the_catalog_was_told_is_there_after_a_restart(client, own_server):
    client.connect(own_server).catalog.register("far", "10.9.8.7", service={"Service": "web", "Port": 80})
    own_server.restart()
    consul = client.connect(own_server)
    assert [entry["ServicePort"] for entry in consul.catalog.service("web")[1]] == [80]
    consul.catalog.deregister("far")
    own_server.restart()
    assert own_server.json("catalog/service/web") == []


def test_the_registrys_own_node_stays_what_it_is(own_server):
    server, node = own_server, own_server.node
    member = server.json("agent/self")["Member"]
    server.register("web", Port=80, Check={"TTL": "10m"})
    server.put_ok("catalog/register", {"Node": node, "Address": "9.9.9.9", "Service": {"Service": "db", "Port": 5432}})
    assert server.json("agent/self")["Member"] == member
    assert server.json("catalog/service/db")[0]["Address"] == "127.0.0.1"

    server.put_ok("catalog/deregister", {"Node": node})
    assert server.json("catalog/services") == {}
    assert server.json("agent/self")["Member"] == member
    server.register("web", Port=80, Check={"TTL": "10m"})
    server.put_ok("agent/check/register", {"Name": "disk", "TTL": "10m"})
    server.put_ok("agent/maintenance?enable=true")
    server.restart()
    assert server.json("agent/self")["Member"] == member
    assert list(server.json("agent/services")) == ["web"]
