"""Maintenance of a service and of the node, and the agent's own view of health."""

import pytest


@pytest.fixture
def node_in_maintenance(consul):
    consul.agent.maintenance(True, reason="new kernel")
    yield
    consul.agent.maintenance(False)


def test_a_service_in_maintenance_is_critical_until_it_is_back(consul, name):
    consul.agent.service.register(name)
    assert consul.agent.service.maintenance(name, True, reason="a new disk")
    assert consul.health.service(name, passing=True)[1] == []
    check = consul.agent.checks()[f"_service_maintenance:{name}"]
    assert (check["Status"], check["Notes"], check["ServiceName"]) == ("critical", "a new disk", name)
    assert consul.agent.service.maintenance(name, False)
    assert len(consul.health.service(name, passing=True)[1]) == 1
    assert f"_service_maintenance:{name}" not in consul.agent.checks()


def test_a_node_in_maintenance_hides_its_services(consul, name, node_in_maintenance):
    consul.agent.service.register(name)
    assert consul.health.service(name, passing=True)[1] == []
    check = consul.agent.checks()["_node_maintenance"]
    assert (check["Status"], check["Notes"], check["ServiceID"]) == ("critical", "new kernel", "")
    consul.agent.maintenance(False)
    assert len(consul.health.service(name, passing=True)[1]) == 1


def test_maintenance_survives_a_new_registration(consul, name):
    consul.agent.service.register(name)
    consul.agent.service.maintenance(name, True)
    consul.agent.service.register(name, port=2)
    assert consul.health.service(name, passing=True)[1] == []


@pytest.mark.parametrize("path", ["agent/maintenance", "agent/service/maintenance/{name}"])
@pytest.mark.parametrize("query", ["", "?enable", "?enable=perhaps"])
def test_maintenance_must_say_on_or_off(server, name, path, query):
    server.register(name)
    answer = server.put(path.format(name=name) + query)
    assert answer.status_code == 400
    assert "enable" in answer.text


def test_an_unknown_service_has_no_maintenance(server, consul):
    assert not consul.agent.service.maintenance("nobody", True)
    assert server.put("agent/service/maintenance/nobody?enable=true").status_code == 404


@pytest.mark.parametrize(
    "status, code, text",
    [("passing", 200, "passing"), ("warning", 429, "warning"), ("critical", 503, "critical"),
     ("maintenance", 503, "maintenance")],
)  # fmt: skip
@pytest.mark.parametrize("by", ["id", "name"])
def test_the_agent_tells_a_services_health_by_its_status_code(server, name, by, status, code, text):
    checked = "passing" if status == "maintenance" else status
    server.register(name, ID=f"{name}-1", Check={"TTL": "10m", "Status": checked})
    if status == "maintenance":
        server.put_ok(f"agent/service/maintenance/{name}-1?enable=true")
    path = f"agent/health/service/{by}/" + (f"{name}-1" if by == "id" else name)

    answer = server.get(path)
    assert answer.status_code == code
    health = answer.json() if by == "id" else answer.json()[0]
    assert health["AggregatedStatus"] == text
    assert health["Service"]["ID"] == f"{name}-1"
    assert f"service:{name}-1" in [check["CheckID"] for check in health["Checks"]]

    answer = server.get(f"{path}?format=text")
    assert (answer.status_code, answer.text.strip()) == (code, text)
    assert answer.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("by", ["id", "name"])
@pytest.mark.parametrize("query", ["", "?format=text"])
def test_the_agent_knows_no_health_of_an_unknown_service(server, by, query):
    assert server.get(f"agent/health/service/{by}/nobody{query}").status_code == 404


def test_the_worst_instance_counts_for_the_name(server, name):
    for number, status in enumerate(["passing", "warning", "passing"]):
        server.register(name, ID=f"{name}-{number}", Check={"TTL": "10m", "Status": status})
    assert server.get(f"agent/health/service/name/{name}").status_code == 429
    server.put_ok(f"agent/check/fail/service:{name}-0")
    assert server.get(f"agent/health/service/name/{name}").status_code == 503
