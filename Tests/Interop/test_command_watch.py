"""`muster watch` as a process, also with a registry that is not as it should be."""

import http.server
import json
import signal
import subprocess
import threading

import pytest
from commandline import Watch, muster
from harness import BINARY, PATIENCE, Server, eventually, free_port


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_tells_each_change_until_a_signal_ends_it(server, name, number):
    server.register(name, ID=f"{name}-1", Address="10.0.0.1", Port=80)
    with Watch(server.address, name) as watch:
        watch.prints(f"+ {name}-1 10.0.0.1:80 passing")
        server.put_ok(f"agent/service/maintenance/{name}-1?enable=true&reason=disk")
        watch.prints(f"~ {name}-1 passing → maintenance: disk")
        server.put_ok(f"agent/service/deregister/{name}-1")
        watch.prints(f"- {name}-1 10.0.0.1:80")
        watch.process.send_signal(number)
        assert watch.ends() == 0


def test_a_watch_prints_json_for_programs(server, name):
    server.register(name, ID=f"{name}-1", Address="10.0.0.1", Port=80)
    with Watch(server.address, name, "--json") as watch:
        eventually(lambda: watch.printed, "the first list")
        first = json.loads(watch.printed[0])
        assert set(first) == {"revision", "instances"}
        assert [instance["id"] for instance in first["instances"]] == [f"{name}-1"]
        server.put_ok(f"agent/service/deregister/{name}-1")
        eventually(lambda: len(watch.printed) == 2, "the change")
        second = json.loads(watch.printed[1])
        assert second["instances"] == [] and second["revision"] > first["revision"]


def test_a_watch_ends_when_its_reader_has_gone_though_nothing_changes(server, name):
    server.register(name, Address="10.0.0.1", Port=80)
    process = subprocess.Popen([BINARY, "watch", name, "--server", server.address], stdout=subprocess.PIPE)
    assert process.stdout.readline().decode() == f"+ {name} 10.0.0.1:80 passing\n"
    process.stdout.close()
    assert process.wait(PATIENCE) == 0


def test_a_watch_ends_when_its_reader_has_gone_while_the_registry_is_away():
    process = subprocess.Popen(
        [BINARY, "watch", "web", "--server", f"127.0.0.1:{free_port()}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert b"registry away" in process.stderr.readline()
    process.stdout.close()
    assert process.wait(PATIENCE) == 0
    process.stderr.close()


def test_a_watch_tells_nothing_twice_after_a_restart(own_server):
    own_server.register("web", Address="10.0.0.1", Port=80)
    with Watch(own_server.address, "web") as watch:
        watch.prints("+ web 10.0.0.1:80 passing")
        own_server.restart()
        watch.says("registry back")
        own_server.register("web", ID="web-2", Address="10.0.0.2", Port=80)
        watch.prints("+ web-2 10.0.0.2:80 passing")
        assert watch.printed == []
        assert not any(" ;" in line for line in watch.said), watch.said


def test_a_watch_tells_what_a_registry_lost_that_comes_back_with_an_earlier_state(tmp_path):
    server = Server(tmp_path, store="memory").start()
    for number in range(10):
        server.register("web", ID=f"web-{number}", Address="10.0.0.1", Port=8000 + number)
    with Watch(server.address, "web") as watch:
        watch.prints(*(f"+ web-{number} 10.0.0.1:{8000 + number} passing" for number in range(10)))
        server.kill()
        watch.says("registry away")
        server.start()
        watch.says("registry back")
        watch.prints(*(f"- web-{number} 10.0.0.1:{8000 + number}" for number in range(10)))
        server.register("web", ID="web-3", Address="10.0.0.1", Port=8003)
        watch.prints("+ web-3 10.0.0.1:8003 passing")
    server.stop()


class Impostor:
    """Answers with each of some answers in turn, and after the last one not at all."""

    def __init__(self, *answers):
        answers, self.asked, asked, ended = list(answers), [], [], threading.Event()
        self.asked, self.ended = asked, ended

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                if len(asked) > len(answers):
                    ended.wait()
                    return
                status, index, body = answers[len(asked) - 1]
                self.send_response(status)
                if index is not None:
                    self.send_header("X-Consul-Index", str(index))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()


def listed(*ids):
    return json.dumps([{"Service": {"ID": id, "Address": "10.0.0.1", "Port": 80}} for id in ids])


PAGE = "<html>Bad gateway</html>"


@pytest.mark.parametrize(
    "answer, reason",
    [
        ((200, None, PAGE), "not the JSON it should be"),
        ((200, 8, PAGE), "not the JSON it should be"),
        ((200, 8, '{"Service": 1}'), "not what it should be"),
        ((200, 8, '[{"Service": {"ID": 1}}]'), "'ID' is not a string"),
        ((200, None, listed("a")), "no X-Consul-Index"),
        ((403, None, "Permission denied\n"), "status 403: Permission denied; trying again"),
        ((404, None, PAGE), "status 404"),
        ((500, None, "rpc error\n"), "status 500: rpc error; trying again"),
    ],
)
def test_a_watch_goes_on_after_any_stray_answer(answer, reason):
    with Impostor((200, 7, listed("a", "b")), answer, (200, 3, listed("b"))) as impostor:
        with Watch(impostor.address, "web") as watch:
            watch.prints("+ a 10.0.0.1:80 passing", "+ b 10.0.0.1:80 passing")
            watch.says(reason)
            watch.says("registry back")
            watch.prints("- a 10.0.0.1:80")
            eventually(lambda: len(impostor.asked) == 4, "the next question")
            path = "/v1/health/service/web"
            assert impostor.asked == [path, f"{path}?index=7&wait=300s", path, f"{path}?index=3&wait=300s"]


def test_a_watch_begins_though_the_first_answer_is_an_error_page():
    with Impostor((200, None, PAGE), (502, None, PAGE), (200, 7, listed("a"))) as impostor:
        with Watch(impostor.address, "web") as watch:
            watch.prints("+ a 10.0.0.1:80 passing")


@pytest.mark.parametrize(
    "answer, reason",
    [
        ((403, None, "Permission denied"), "status 403: Permission denied"),
        ((200, None, listed("a")), "can't be watched: its answers have no X-Consul-Index"),
    ],
)
def test_a_watch_that_is_refused_from_the_start_ends_with_1(answer, reason):
    with Impostor(answer) as impostor:
        assert reason in muster(None, "watch", "web", "--server", impostor.address, expected=1).stderr
