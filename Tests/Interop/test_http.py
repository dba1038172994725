"""The form of the answers: headers, compression, pretty printing, and what is not served."""

import json

import pytest
import requests

LISTS = ["catalog/nodes", "catalog/services", "health/service/web", "health/state/any", "catalog/service/web"]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_consuls_headers(server, path):
    headers = server.get(path).headers
    assert int(headers["X-Consul-Index"]) >= 1
    assert headers["X-Consul-KnownLeader"] == "true"
    assert headers["X-Consul-LastContact"] == "0"
    assert headers["X-Consul-Default-ACL-Policy"] == "allow"
    assert headers["X-Consul-Effective-Consistency"] in ("leader", "consistent", "default")
    assert headers["Content-Type"] == "application/json"
    assert headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", ["pretty", "pretty=true"])
def test_pretty_is_the_same_for_people(server, path, query):
    plain, pretty = server.get(path), server.get(f"{path}?{query}")
    assert pretty.json() == plain.json()
    if len(plain.content) > 5:
        assert "\n    " in pretty.text and "\n    " not in plain.text


@pytest.fixture
def crowd(server, name):
    for number in range(30):
        server.register(name, ID=f"{name}-{number:02}", Port=8000 + number)
    return name


def test_a_large_answer_is_compressed_for_those_who_take_it(server, crowd):
    path = f"health/service/{crowd}"
    plain = server.get(path, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    packed = server.get(path, headers={"Accept-Encoding": "gzip"}, stream=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert int(packed.headers["Content-Length"]) < len(plain.content) / 4
    assert packed.json() == plain.json()


@pytest.mark.parametrize("accepted", ["gzip;q=0", "identity", "br", "", "deflate, *;q=0"])
def test_an_answer_is_not_compressed_for_those_who_do_not(server, crowd, accepted):
    answer = server.get(f"health/service/{crowd}", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_what_is_not_served_says_so(server, method):
    answer = requests.request(method, server.url("kv/some/key"), timeout=20)
    assert answer.status_code == 404
    assert "kv" in answer.text and " " in answer.text.strip(), "a sentence that names it"


def test_what_is_not_served_is_none_to_a_client(client, consul):
    if client.is_new:
        with pytest.raises(client.ConsulException):
            consul.kv.get("some/key")
    else:
        # The older client wants an index header with every 404.
        with pytest.raises((client.ConsulException, KeyError)):
            consul.kv.get("some/key")


@pytest.mark.parametrize(
    "method, path, allowed",
    [
        ("GET", "agent/service/register", "PUT"),
        ("PUT", "health/service/web", "GET"),
        ("DELETE", "catalog/nodes", "GET"),
    ],
)
def test_a_wrong_method_is_told_the_right_one(server, method, path, allowed):
    answer = requests.request(method, server.url(path), timeout=20)
    assert answer.status_code == 405
    assert allowed in answer.headers["Allow"]


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '{"Name": 5}', '{"Name": ""}', '{"Name": "x", "Port": 70000}', '{"Name": "\ud800"}']
)
def test_a_broken_registration_is_refused_with_the_reason(server, body):
    data = body.encode("utf-8", "surrogatepass")
    answer = requests.put(server.url("agent/service/register"), data=data, timeout=20)
    assert answer.status_code == 400
    assert len(answer.text) > 10


def test_metrics_come_as_json_and_for_prometheus(server):
    assert isinstance(server.json("agent/metrics"), dict)
    answer = server.get("agent/metrics?format=prometheus")
    assert answer.headers["Content-Type"].startswith("text/plain")
    values = [line for line in answer.text.splitlines() if line and not line.startswith("#")]
    assert values
    for line in values:
        float(line.rpartition(" ")[2])


def test_a_token_is_taken_and_makes_no_difference(client, server, name):
    consul = client.connect(server, token="some-token")
    assert consul.agent.service.register(name)
    assert name in consul.catalog.services()[1]


def test_the_agent_can_be_told_to_reload(server):
    server.put_ok("agent/reload")


def test_answers_are_valid_json_in_every_language(server, name):
    text = 'Grüße "日本" \\ \u0007 </script>'
    server.register(name, Meta={"text": text}, Tags=["ü"])
    answer = server.get(f"health/service/{name}")
    assert json.loads(answer.content.decode("utf-8"))[0]["Service"]["Meta"] == {"text": text}
