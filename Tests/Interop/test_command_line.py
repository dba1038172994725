"""The commands as processes: what they print, how they end, and where they find the registry."""

import json
import os
import pty
import subprocess

import pytest
from commandline import environment, muster
from harness import BINARY, PATIENCE, free_port


def external(server, node, name, id, **fields):
    """Registers an instance on a node that has no agent."""
    service = {"ID": id, "Service": name, "Port": 5432}
    server.put_ok("catalog/register", {"Node": node, "Address": "10.9.9.9", "Service": service, **fields})


def ids(server, name):
    return sorted((entry["Node"]["Node"], entry["Service"]["ID"]) for entry in server.json(f"health/service/{name}"))


# What they print.


def test_an_instance_is_registered_listed_and_deregistered(server, name):
    registered = muster(
        server, "register", name, "--port", 8080, "--address", "10.1.2.3", "--tag", "v1", "--meta", "zone=a",
        "--weight", 3, "--ttl", "1h",
    )  # fmt: skip
    id = f"{name}-10.1.2.3-8080"
    assert registered.stdout.startswith(f"registered {id}: service {name} at 10.1.2.3, port 8080\n")
    assert f"curl -X PUT http://{server.address}/v1/agent/check/pass/service%3A{id}\n" in registered.stdout
    (instance,) = json.loads(muster(server, "instances", name, "--all", "--json").stdout)
    assert instance == {
        "id": id, "service": name, "address": "10.1.2.3", "port": 8080, "status": "critical", "node": server.node,
        "tags": ["v1"], "meta": {"zone": "a"}, "weight": 3,
    }  # fmt: skip
    assert json.loads(muster(server, "instances", name, "--json").stdout) == []
    services = json.loads(muster(server, "services", "--json").stdout)
    (summary,) = [service for service in services if service["name"] == name]
    assert summary == {"name": name, "instances": 1, "passing": 0, "warning": 0, "critical": 1, "tags": ["v1"]}
    assert muster(server, "deregister", id).stdout == f"removed {id}\n"
    assert f"no service '{name}' is registered" in muster(server, "instances", name, expected=1).stderr


def test_maintenance_takes_an_instance_out_and_puts_it_back(server, name):
    muster(server, "register", name, "--port", 80)
    said = muster(server, "maintenance", "on", f"{name}-80", "--reason", "new kernel").stdout
    assert said == f"{name}-80 is in maintenance\n"
    (instance,) = json.loads(muster(server, "instances", name, "--all", "--json").stdout)
    assert instance["status"] == "maintenance"
    assert muster(server, "maintenance", "off", f"{name}-80").stdout == f"{name}-80 is out of maintenance\n"
    (instance,) = json.loads(muster(server, "instances", name, "--json").stdout)
    assert instance["status"] == "passing"


def test_the_status_has_all_its_members(server):
    status = json.loads(muster(server, "status", "--json").stdout)
    assert set(status) == {
        "version", "node", "datacenter", "store", "dataDir", "revision", "uptimeSeconds", "services", "instances",
        "nodes", "watchers", "connections", "checks",
    }  # fmt: skip
    assert set(status["checks"]) == {"passing", "warning", "critical"}
    assert status["node"] == server.node
    rows = dict(line.split(maxsplit=1) for line in muster(server, "status").stdout.splitlines()[:3])
    assert rows["Registry"] == f"http://{server.address}"


def test_the_history_has_all_its_members(server, name):
    muster(server, "register", name, "--port", 80)
    muster(server, "deregister", f"{name}-80")
    events = json.loads(muster(server, "history", name, "--json").stdout)
    assert all(
        set(event) == {"revision", "time", "what", "node", "instance", "check", "cause"} for event in events
    ), events
    assert [event["what"] for event in events if event["instance"] == f"{name}-80"] == ["registered", "deregistered"]


def test_the_history_has_a_nodes_events_only_while_the_service_is_there(own_server):
    def node_maintenance(enable):
        own_server.put_ok(f"agent/maintenance?enable={enable}&reason=disk")

    for enable in ["true", "false"] * 10:
        node_maintenance(enable)
    muster(own_server, "register", "api", "--port", 80)
    node_maintenance("true")
    muster(own_server, "register", "web", "--port", 81)
    node_maintenance("false")
    muster(own_server, "deregister", "api-80")
    node_maintenance("true")

    def history(name, *words):
        events = json.loads(muster(own_server, "history", name, "--json", *words).stdout)
        return [(event["what"], event["instance"]) for event in events]

    assert history("api") == [
        ("registered", "api-80"), ("maintenance-on", ""), ("maintenance-off", ""), ("deregistered", "api-80"),
    ]  # fmt: skip
    assert history("api", "--limit", 1) == [("deregistered", "api-80")]
    assert history("web") == [("registered", "web-81"), ("maintenance-off", ""), ("maintenance-on", "")]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_completes_the_values_of_the_server(shell):
    script = muster(None, "completions", shell).stdout
    for words in [["sqlite", "memory"], ["debug", "info", "warning", "error"], ["text", "json"]]:
        assert (r"\n" if shell == "bash" else " ").join(words) in script
    if shell == "bash":
        assert r"server/--store) candidates=$'sqlite\nmemory'" in script


# How they end.


@pytest.mark.parametrize(
    "words, reason",
    [
        (["register", "web"], "--port"),
        (["register", "web", "--port", "65536"], "65536"),
        (["register", "web", "--port", "80", "--check", "htp:x"], "did you mean http?"),
        (["deregister"], "ID"),
        (["deregister", ""], "an id can't be empty"),
        (["deregister", "web-80", "--node", ""], "a node's name can't be empty"),
        (["maintenance", "of", "web-80"], "'of' is not on or off"),
        (["maintenance", "off", "web-80", "--reason", "x"], "--reason goes with 'on' only"),
        (["status", "--jsn"], "--json"),
        (["watch", ""], "a service's name can't be empty"),
        (["services", "--server", "/run/muster.sock"], "Unix sockets are not supported"),
        (["help", "nope"], "there is no command 'nope'; 'muster help' lists all"),
        (["help", "regster"], "did you mean register?"),
        (["nope"], "there is no command 'nope'"),
    ],
)
def test_wrong_usage_ends_with_2_says_why_and_shows_usage(words, reason):
    done = muster(None, *words, expected=2)
    assert reason in done.stderr
    assert "\nUsage: muster" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "words",
    [
        ["register", "web", "--port", "80"],
        ["deregister", "web-80"],
        ["maintenance", "on", "web-80"],
        ["status"],
        ["services"],
        ["instances", "web"],
        ["history", "web"],
    ],
)
def test_without_a_registry_they_end_with_1_and_say_what_to_do(words):
    done = muster(None, *words, "--server", f"127.0.0.1:{free_port()}", expected=1)
    assert "is 'muster server' running there?" in done.stderr
    assert done.stdout == ""


def test_an_unknown_id_ends_with_1(server):
    for words in [["deregister", "nobody"], ["maintenance", "on", "nobody"]]:
        assert "no instance 'nobody' is registered" in muster(server, *words, expected=1).stderr


def test_a_full_disk_ends_them_with_1(server, name):
    server.register(name)
    for words in [["status"], ["services", "--json"], ["watch", name]]:
        with open("/dev/full", "wb") as full:
            command = [BINARY, *words, "--server", server.address]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
        assert done.returncode == 1, words
        assert "the output can't be written: No space left on device" in done.stderr


@pytest.mark.parametrize("words", [["services"], ["status"], ["help"], ["completions", "bash"]])
def test_a_reader_that_is_gone_is_no_error(server, words):
    reader, writer = os.pipe()
    os.close(reader)
    command = [BINARY, *words]
    done = subprocess.run(
        command, env=environment(server), stdout=writer, stderr=subprocess.PIPE, text=True, timeout=PATIENCE
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


# The environment.


def test_the_address_is_the_options_else_of_musters_variable_else_of_consuls(server):
    nowhere = f"127.0.0.1:{free_port()}"
    muster(None, "status", CONSUL_HTTP_ADDR=server.address)
    muster(None, "status", CONSUL_HTTP_ADDR=f"http://{server.address}")
    muster(None, "status", MUSTER_HTTP_ADDR=server.address, CONSUL_HTTP_ADDR=nowhere)
    muster(None, "status", "--server", server.address, MUSTER_HTTP_ADDR=nowhere, CONSUL_HTTP_ADDR=nowhere)
    assert nowhere in muster(None, "status", MUSTER_HTTP_ADDR=nowhere, CONSUL_HTTP_ADDR=server.address, expected=1).stderr
    assert "MUSTER_HTTP_ADDR: 'b' is not a port" in muster(None, "status", MUSTER_HTTP_ADDR="a:b", expected=2).stderr


@pytest.mark.parametrize(
    "variables, coloured", [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_is_coloured_unless_it_must_not_be(server, name, variables, coloured):
    server.register(name)
    assert ("\x1b[" in on_a_terminal(server, ["services"], variables)) == coloured


def test_a_pipe_is_not_coloured(server, name):
    server.register(name)
    assert "\x1b[" not in muster(server, "services", TERM="xterm").stdout


def on_a_terminal(server, words, variables):
    """What a command prints to a terminal."""
    own, its = pty.openpty()
    process = subprocess.Popen([BINARY, *words], env=environment(server, **variables), stdout=its)
    os.close(its)
    printed = b""
    try:
        # Linux says EIO once the other side is closed.
        while data := os.read(own, 65536):
            printed += data
    except OSError:
        pass
    os.close(own)
    assert process.wait(PATIENCE) == 0
    return printed.decode()


# Instances on other nodes.


def test_an_instance_on_another_node_is_deregistered(server, name):
    external(server, "ext", name, name)
    server.register(name, ID=f"{name}-own")
    assert muster(server, "deregister", name).stdout == f"removed {name} from node ext\n"
    assert ids(server, name) == [(server.node, f"{name}-own")]


def test_an_id_on_several_nodes_needs_the_nodes_name(server, name):
    for node in ["ext-1", "ext-2"]:
        external(server, node, name, name)
    server.register(name)
    said = muster(server, "deregister", name, expected=1).stderr
    assert f"'{name}' on each of the nodes ext-1, ext-2, {server.node}; say which with --node NODE" in said
    assert len(ids(server, name)) == 3
    assert muster(server, "deregister", name, "--node", "ext-1").stdout == f"removed {name} from node ext-1\n"
    assert muster(server, "deregister", name, "--node", server.node).stdout == f"removed {name}\n"
    assert ids(server, name) == [("ext-2", name)]
    said = muster(server, "deregister", name, "--node", "ext-1", expected=1).stderr
    assert f"no instance '{name}' is registered on node 'ext-1'" in said
    muster(server, "deregister", name, "--node", "nowhere", expected=1)
    assert ids(server, name) == [("ext-2", name)]


@pytest.mark.parametrize("odd", ['a"b', "a\\b", "a`b", "a b/c?d#e%20", "ä"])
def test_ids_of_any_spelling_are_found(server, name, odd):
    external(server, "ext", name, f"{name}{odd}")
    muster(server, "deregister", f"{name}{odd}")
    assert ids(server, name) == []


def test_maintenance_of_an_instance_on_another_node_says_why_not_and_what_to_do(server, name):
    external(server, "ext", name, name)
    said = muster(server, "maintenance", "on", name, expected=1).stderr
    assert f"'{name}' is on node ext, and maintenance belongs to the agent of an instance's node" in said
    assert f"'muster deregister {name} --node ext' removes it" in said
