"""Services join, change and leave."""

import pytest


def instances(consul, name):
    _, entries = consul.health.service(name)
    return [entry["Service"] for entry in entries]


def test_a_registered_service_is_found_with_all_it_said(consul, name):
    assert consul.agent.service.register(
        name, service_id=f"{name}-1", address="10.1.2.3", port=8080, tags=["v1", "Blue"]
    )
    (service,) = instances(consul, name)
    assert service["ID"] == f"{name}-1"
    assert service["Service"] == name
    assert service["Address"] == "10.1.2.3"
    assert service["Port"] == 8080
    assert service["Tags"] == ["v1", "Blue"]
    assert service["Weights"] == {"Passing": 1, "Warning": 1}


def test_an_id_left_out_is_the_name(consul, name):
    assert consul.agent.service.register(name)
    assert consul.agent.services()[name]["ID"] == name


def test_a_deregistered_service_is_gone(consul, name):
    consul.agent.service.register(name, service_id=f"{name}-1")
    consul.agent.service.register(name, service_id=f"{name}-2")
    assert consul.agent.service.deregister(f"{name}-1")
    assert [service["ID"] for service in instances(consul, name)] == [f"{name}-2"]
    assert f"{name}-1" not in consul.agent.services()


def test_deregistering_an_unknown_service_is_refused(server, consul):
    assert not consul.agent.service.deregister("nobody")
    answer = server.put("agent/service/deregister/nobody")
    assert answer.status_code == 404
    assert "nobody" in answer.text


def test_a_service_leaves_with_its_checks(consul, client, name):
    consul.agent.service.register(name, check=client.Check.ttl("30s"))
    assert f"service:{name}" in consul.agent.checks()
    consul.agent.service.deregister(name)
    assert f"service:{name}" not in consul.agent.checks()


def test_registering_an_id_again_replaces_the_instance(consul, name):
    consul.agent.service.register(name, service_id=f"{name}-1", port=1000, tags=["old"])
    consul.agent.service.register(name, service_id=f"{name}-1", port=2000)
    (service,) = instances(consul, name)
    assert service["Port"] == 2000
    assert not service["Tags"]


def test_registering_an_id_under_another_name_moves_the_instance(consul, name):
    consul.agent.service.register(name, service_id=f"{name}-1")
    consul.agent.service.register(f"{name}-moved", service_id=f"{name}-1")
    assert instances(consul, name) == []
    assert [service["ID"] for service in instances(consul, f"{name}-moved")] == [f"{name}-1"]


def test_meta_weights_and_tagged_addresses_come_back(server, client, consul, name):
    fields = {"lan": {"address": "10.0.0.9", "port": 80}, "wan": {"address": "192.0.2.9", "port": 8080}}
    if client.is_new:
        consul.agent.service.register(
            name, meta={"team": "blue"}, weights={"Passing": 5, "Warning": 2}, tagged_addresses=fields
        )
    else:
        server.register(name, Meta={"team": "blue"}, Weights={"Passing": 5, "Warning": 2}, TaggedAddresses=fields)
    (service,) = instances(consul, name)
    assert service["Meta"] == {"team": "blue"}
    assert service["Weights"] == {"Passing": 5, "Warning": 2}
    assert service["TaggedAddresses"]["wan"] == {"Address": "192.0.2.9", "Port": 8080}


@pytest.mark.parametrize(
    "body",
    [
        {"ID": "{name}-1", "Name": "{name}", "EnableTagOverride": True, "TaggedAddresses": {"lan": {"Address": "::1"}}},
        {"id": "{name}-1", "name": "{name}", "enabletagoverride": True, "taggedaddresses": {"lan": {"address": "::1"}}},
        {
            "id": "{name}-1",
            "name": "{name}",
            "enable_tag_override": True,
            "tagged_addresses": {"lan": {"Address": "::1"}},
        },
    ],
    ids=["CamelCase", "lower case", "snake_case"],
)
def test_fields_are_understood_in_each_spelling(server, name, body):
    body = {key: value.format(name=name) if isinstance(value, str) else value for key, value in body.items()}
    server.put_ok("agent/service/register", body)
    service = server.json(f"agent/service/{name}-1")
    assert service["Service"] == name
    assert service["EnableTagOverride"] is True
    assert service["TaggedAddresses"]["lan"]["Address"] == "::1"


def test_one_service_of_the_agent_can_be_asked_for(server, name):
    server.register(name, ID=f"{name}-1", Port=7)
    assert server.json(f"agent/service/{name}-1")["Port"] == 7
    assert server.get("agent/service/nobody").status_code == 404


def test_a_name_with_odd_characters_survives_the_url(consul, name):
    odd = f"{name} ü/{{}}?#"
    assert consul.agent.service.register(name, service_id=odd)
    assert odd in consul.agent.services()
    assert consul.agent.service.deregister(odd)
    assert odd not in consul.agent.services()


def test_the_agent_presents_itself(server, consul):
    myself = consul.agent.self()
    assert myself["Config"]["NodeName"] == server.node
    assert myself["Config"]["Datacenter"] == "dc1"
    assert [member["Name"] for member in consul.agent.members()] == [server.node]
    assert consul.catalog.datacenters() == ["dc1"]
    assert consul.status.leader()
    assert consul.status.leader() in consul.status.peers()
