"""Health and catalog queries, and what narrows them: passing, tags, filters, node metadata."""

import pytest


@pytest.fixture
def three(server, name):
    """Three instances: passing, warning, critical, with tags that overlap."""
    for number, (status, tags) in enumerate(
        [("passing", ["v1", "Blue"]), ("warning", ["v2", "blue"]), ("critical", ["v1"])], start=1
    ):
        server.register(
            name, ID=f"{name}-{number}", Port=8000 + number, Tags=tags, Meta={"rank": str(number)},
            Check={"TTL": "10m", "Status": status},
        )  # fmt: skip
    return name


def found(entries):
    """The numbers of the instances in a health answer."""
    return sorted(int(entry["Service"]["ID"].rpartition("-")[2]) for entry in entries)


def test_a_health_entry_holds_node_service_and_checks(server, consul, three):
    _, entries = consul.health.service(three, passing=True)
    (entry,) = entries
    assert entry["Node"]["Node"] == server.node
    assert entry["Node"]["Datacenter"] == "dc1"
    assert entry["Service"]["Port"] == 8001
    own = [check for check in entry["Checks"] if check["ServiceID"] == f"{three}-1"]
    assert [(check["CheckID"], check["Status"], check["Type"]) for check in own] == [
        (f"service:{three}-1", "passing", "ttl")
    ]
    for part in (entry["Node"], entry["Service"], *own):
        assert part["ModifyIndex"] >= part["CreateIndex"] > 0


def test_passing_leaves_only_what_passes(server, consul, three):
    assert found(consul.health.service(three)[1]) == [1, 2, 3]
    assert found(consul.health.service(three, passing=True)[1]) == [1]


@pytest.mark.parametrize(
    "query, numbers",
    [
        ("passing", [1]), ("passing=", [1]), ("passing=1", [1]), ("passing=true", [1]),
        ("passing=0", [1, 2, 3]), ("passing=false", [1, 2, 3]),
        ("tag=blue", [1, 2]), ("tag=BLUE", [1, 2]), ("tag=v1", [1, 3]), ("tag=v1&tag=blue", [1]), ("tag=none", []),
        ("tag=V1&passing", [1]), ("near=_agent", [1, 2, 3]), ("dc=dc1", [1, 2, 3]),
    ],
)  # fmt: skip
def test_query_parameters_narrow_a_health_query(server, three, query, numbers):
    assert found(server.json(f"health/service/{three}?{query}")) == numbers


@pytest.mark.parametrize(
    "expression, numbers",
    [
        ('Service.Meta["rank"] == "2"', [2]),
        ("Service.Meta.rank != 2", [1, 3]),
        ("v1 in Service.Tags", [1, 3]),
        ("Service.Tags contains v2", [2]),
        ("v1 not in Service.Tags", [2]),
        ('Checks.Status == "critical"', [3]),
        ('Service.ID matches "-[12]$"', [1, 2]),
        ("Service.Port == 8001 or Service.Port == 8003", [1, 3]),
        ("not (Service.Port == 8001 or Service.Port == 8003)", [2]),
        ("v1 in Service.Tags and Checks.Status == passing", [1]),
        ("Service.Tags is empty", []),
        ("Service.Tags is not empty", [1, 2, 3]),
        ("none in Service.Meta", []),
    ],
)
def test_a_filter_selects(server, client, consul, three, expression, numbers):
    if client.is_new:
        assert found(consul.health.service(three, filter_expr=expression)[1]) == numbers
    assert found(server.json(f"health/service/{three}", params={"filter": expression})) == numbers


@pytest.mark.parametrize(
    "path, expression",
    [
        ("catalog/service/{name}", 'ServiceMeta["rank"] == "2"'),
        ("catalog/node-services/{node}", 'Meta["rank"] == "2" and Service == "{name}"'),
        ("health/node/{node}", 'Status == "warning" and ServiceName == "{name}"'),
        ("health/checks/{name}", 'Status == "warning"'),
        ("health/state/any", 'Status == "warning" and ServiceName == "{name}"'),
        ("agent/services", 'Service == "{name}" and Port == 8002'),
        ("agent/checks", 'ServiceName == "{name}" and Status == "warning"'),
        ("agent/members", 'Name == "{node}" and Tags.role == "consul"'),
        ("agent/health/service/name/{name}", "AggregatedStatus == passing and Service.Port == 8001"),
        ("muster/services", 'Name == "{name}" and Instances == 3'),
        ("muster/history", 'Service == "{name}" and Kind == "registered" and Instance == "{name}-2"'),
        ("health/service/{name}", "Checks.Definition.TTL is not empty and Checks.Status == warning"),
    ],
)
def test_every_list_takes_a_filter(server, three, path, expression):
    path, expression = (text.replace("{name}", three).replace("{node}", server.node) for text in (path, expression))
    assert server.get(path, params={"filter": "Bogus == 1"}).status_code == 400
    answer = server.json(path, params={"filter": expression})
    assert len(answer["Services"] if "node-services" in path else answer) == 1


@pytest.mark.parametrize("expression", ["(", "Service.Port ==", "Nonsense == 1", "Service.ID matches '['", "(" * 999])
def test_a_bad_filter_is_refused(server, client, consul, three, expression):
    answer = server.get(f"health/service/{three}", params={"filter": expression})
    assert answer.status_code == 400 and answer.text
    if client.is_new:
        with pytest.raises(Exception, match="400"):
            consul.health.service(three, filter_expr=expression)


def test_the_catalog_lists_services_with_all_their_tags(consul, three):
    tags = consul.catalog.services()[1][three]
    assert sorted(tags) == ["Blue", "blue", "v1", "v2"]


def test_the_catalog_lists_the_instances_of_a_service(server, consul, three):
    entries = consul.catalog.service(three)[1]
    assert sorted(entry["ServicePort"] for entry in entries) == [8001, 8002, 8003]
    assert {entry["Node"] for entry in entries} == {server.node}
    assert [entry["ServiceID"] for entry in consul.catalog.service(three, tag="V2")[1]] == [f"{three}-2"]


def test_the_catalog_lists_a_node_with_its_services(server, consul, three):
    node = consul.catalog.node(server.node)[1]
    assert node["Node"]["Node"] == server.node
    assert node["Services"][f"{three}-1"]["Service"] == three
    assert server.node in [node["Node"] for node in consul.catalog.nodes()[1]]
    services = server.json(f"catalog/node-services/{server.node}")["Services"]
    assert f"{three}-1" in [service["ID"] for service in services]


def test_checks_are_listed_by_node_service_and_state(server, consul, three):
    checks = {f"service:{three}-{number}" for number in (1, 2, 3)}
    assert {check["CheckID"] for check in consul.health.checks(three)[1]} == checks
    assert checks <= {check["CheckID"] for check in consul.health.node(server.node)[1]}
    assert checks <= {check["CheckID"] for check in consul.health.state("any")[1]}
    critical = {check["CheckID"] for check in consul.health.state("critical")[1]}
    assert f"service:{three}-3" in critical and f"service:{three}-1" not in critical


def test_what_is_unknown_is_empty(server, consul):
    assert consul.health.service("nobody")[1] == []
    assert consul.health.checks("nobody")[1] == []
    assert consul.health.node("nobody")[1] == []
    assert consul.catalog.service("nobody")[1] == []
    assert consul.catalog.node("nobody")[1] is None
    assert server.index("health/service/nobody") >= 1
    assert server.get("health/state/splendid").status_code == 400


def test_another_datacenter_is_not_reachable(client, server, consul):
    answer = server.get("catalog/nodes?dc=elsewhere")
    assert answer.status_code == 500
    assert "No path to datacenter" in answer.text
    with pytest.raises(client.ConsulException, match="No path to datacenter"):
        consul.health.service("any", dc="elsewhere")
