"""Checks: TTLs that are renewed or not, what they do to their service, and how they leave."""

import time

import pytest
from harness import eventually


def status(consul, name):
    """The status of a service's only check."""
    _, (check,) = consul.health.checks(name)
    return check["Status"]


def wait_for_status(server, name, wanted):
    """Waits with blocking queries, as a client would, for the status of a service's only check."""
    index, deadline = 0, time.monotonic() + 20
    while time.monotonic() < deadline:
        answer = server.get(f"health/checks/{name}?index={index}&wait=5s")
        index = answer.headers["X-Consul-Index"]
        (check,) = answer.json()
        if check["Status"] == wanted:
            return check
    raise AssertionError(f"{name} did not turn {wanted}")


def test_a_check_begins_critical_and_follows_its_reports(consul, client, name):
    consul.agent.service.register(name, check=client.Check.ttl("30s"))
    check = f"service:{name}"
    assert status(consul, name) == "critical"
    for report, wanted in [
        (consul.agent.check.ttl_pass, "passing"),
        (consul.agent.check.ttl_warn, "warning"),
        (consul.agent.check.ttl_fail, "critical"),
        (consul.agent.check.ttl_pass, "passing"),
    ]:
        assert report(check, notes=f"now {wanted}")
        assert status(consul, name) == wanted
        assert consul.agent.checks()[check]["Output"] == f"now {wanted}"


def test_a_check_begins_with_the_status_it_asks_for(consul, client, name):
    consul.agent.service.register(name, check=client.ttl("30s", Status="passing"))
    assert status(consul, name) == "passing"


def test_a_ttl_check_that_is_not_renewed_turns_critical_and_says_why(server, consul, client, name):
    consul.agent.service.register(name, check=client.Check.ttl("1s"))
    consul.agent.check.ttl_pass(f"service:{name}", notes="all is well")
    check = wait_for_status(server, name, "critical")
    assert "TTL" in check["Output"] and "expired" in check["Output"]
    assert "all is well" in check["Output"]
    assert consul.health.service(name, passing=True)[1] == []


def test_a_late_renewal_brings_the_service_back(server, consul, client, name):
    consul.agent.service.register(name, check=client.ttl("1s", Status="passing"))
    wait_for_status(server, name, "critical")
    consul.agent.check.ttl_pass(f"service:{name}")
    assert status(consul, name) == "passing"


def test_a_ttl_check_that_is_renewed_stays_passing(server, consul, client, name):
    consul.agent.service.register(name, check=client.ttl("1s", Status="passing"))
    index = server.index(f"health/checks/{name}")
    until = time.monotonic() + 2.5
    while time.monotonic() < until:
        assert consul.agent.check.ttl_pass(f"service:{name}")
        assert status(consul, name) == "passing"
        time.sleep(0.1)
    assert server.index(f"health/checks/{name}") == index, "heartbeats that change nothing are no change"


@pytest.mark.parametrize("ttl", ["1s", "1000ms", "0.5s500ms", 1_000_000_000], ids=str)
def test_a_duration_is_a_text_or_nanoseconds(server, name, ttl):
    server.register(name, Check={"TTL": ttl, "Status": "passing"})
    assert wait_for_status(server, name, "critical")


@pytest.mark.parametrize("ttl", ["10", "ten seconds", "-1s", "1 s", "", [], {}], ids=repr)
def test_a_bad_duration_is_refused(server, name, ttl):
    assert server.put("agent/service/register", {"Name": name, "Check": {"TTL": ttl}}).status_code == 400
    assert server.json(f"health/service/{name}") == []


def test_several_checks_are_numbered_and_the_worst_counts(server, name):
    server.register(name, Checks=[{"TTL": "30s", "Status": "passing"}, {"TTL": "30s", "Status": "warning"}])
    checks = {check["CheckID"]: check["Status"] for check in server.json(f"health/checks/{name}")}
    assert checks == {f"service:{name}:1": "passing", f"service:{name}:2": "warning"}
    assert server.json(f"health/service/{name}?passing") == []
    server.put_ok(f"agent/check/pass/service:{name}:2")
    assert len(server.json(f"health/service/{name}?passing")) == 1


def test_a_check_is_registered_and_removed_on_its_own(consul, client, name):
    consul.agent.service.register(name)
    assert consul.agent.check.register(
        "disk", check=client.Check.ttl("30s"), check_id=f"{name}-disk", notes="room left", service_id=name
    )
    check = consul.agent.checks()[f"{name}-disk"]
    assert (check["Name"], check["ServiceID"], check["ServiceName"]) == ("disk", name, name)
    assert check["Notes"] == "room left"
    assert consul.health.service(name, passing=True)[1] == []
    assert consul.agent.check.deregister(f"{name}-disk")
    assert len(consul.health.service(name, passing=True)[1]) == 1


def test_a_check_of_an_unknown_service_is_refused(server):
    answer = server.put("agent/check/register", {"Name": "x", "ServiceID": "nobody", "TTL": "10s"})
    assert answer.status_code >= 400
    assert "nobody" in answer.text


def test_an_unknown_check_is_not_reported_on(server, consul):
    assert not consul.agent.check.ttl_pass("service:nobody")
    assert server.put("agent/check/pass/service:nobody").status_code == 404
    assert server.put("agent/check/update/nobody", {"Status": "passing"}).status_code == 404


def test_an_update_carries_status_and_output(server, name):
    server.register(name, Check={"TTL": "30s"})
    server.put_ok(f"agent/check/update/service:{name}", {"Status": "warning", "Output": "hot"})
    (check,) = server.json(f"health/checks/{name}")
    assert (check["Status"], check["Output"]) == ("warning", "hot")
    assert server.put(f"agent/check/update/service:{name}", {"Status": "splendid"}).status_code == 400


@pytest.mark.parametrize("replace, left", [("", ["a", "b"]), ("?replace-existing-checks", ["a"])])
def test_checks_that_a_registration_leaves_out_stay_unless_it_replaces(server, name, replace, left):
    def check(letter):
        return {"CheckID": f"{name}-{letter}", "TTL": "30s"}

    server.register(name, Checks=[check("a"), check("b")])
    server.put_ok(f"agent/service/register{replace}", {"Name": name, "Checks": [check("a")]})
    checks = [check["CheckID"] for check in server.json(f"health/checks/{name}")]
    assert sorted(checks) == [f"{name}-{letter}" for letter in left]


@pytest.mark.parametrize("field", ["DeregisterCriticalServiceAfter", "deregister_critical_service_after"])
def test_a_service_that_stays_critical_is_forgotten(server, name, field):
    server.register(name, Check={"TTL": "30s", field: "1s"})
    server.register(name, ID=f"{name}-well", Check={"TTL": "30s", "Status": "passing", field: "1s"})
    eventually(lambda: len(server.json(f"health/service/{name}")) == 1, "the critical one forgotten")
    assert [entry["Service"]["ID"] for entry in server.json(f"health/service/{name}")] == [f"{name}-well"]


def test_the_time_until_forgotten_has_a_minimum(own_server):
    own_server.register("web", Check={"TTL": "30s", "DeregisterCriticalServiceAfter": "1s"})
    time.sleep(2.5)
    assert len(own_server.json("health/service/web")) == 1
