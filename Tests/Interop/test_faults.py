"""What can be wrong when the server starts: a clear message, exit code 1, and nothing overwritten."""

import hashlib
import os
import pathlib
import random
import signal
import socket
import sqlite3

import pytest
from harness import Server

SQLITE = b"SQLite format 3\0"


def contents(folder):
    """The hash of every file but the lock, which names the process that last held it."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "muster.lock"]
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def data_file(server):
    (found,) = [path for path in server.data.iterdir() if path.read_bytes().startswith(SQLITE)]
    return found


def assert_refused(server, *words):
    code, said = server.refused()
    assert code == 1, said
    for word in words:
        assert str(word) in said, f"{word!r} is not in: {said}"
    assert "Fatal error" not in said and "Stack dump" not in said
    return said


@pytest.fixture
def filled(tmp_path):
    """A server that has ended, with a data file of many pages."""
    server = Server(tmp_path).start()
    for number in range(200):
        server.register("web", ID=f"web-{number}", Meta={"text": "x" * 400})
    server.stop()
    return server


def assert_data_file_is_refused(server, *words):
    before = contents(server.data)
    assert_refused(server, data_file_name(before), *words)
    after = contents(server.data)
    assert {path: after.get(path) for path in before} == before, "a file was changed"


def data_file_name(files):
    """The one file that is no side file of SQLite."""
    (path,) = [path for path in files if path.suffix in (".db", ".sqlite", ".sqlite3")]
    return path.name


def test_a_file_that_is_no_database_is_left_alone(filled):
    data_file(filled).write_text("My diary. Do not touch.\n" * 100)
    assert_data_file_is_refused(filled)


def test_the_database_of_another_program_is_left_alone(filled):
    path = data_file(filled)
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
        database.execute("INSERT INTO recipes VALUES ('soup')")
    database.close()
    assert_data_file_is_refused(filled)


def test_a_file_of_a_newer_version_is_left_alone(filled):
    database = sqlite3.connect(data_file(filled))
    (version,) = database.execute("PRAGMA user_version").fetchone()
    assert version > 0
    database.execute(f"PRAGMA user_version = {version + 1}")
    database.commit()
    database.close()
    assert_data_file_is_refused(filled, version + 1, "newer")


@pytest.mark.parametrize("first", [1, 2], ids=["all but the header", "all but the first page"])
def test_a_damaged_file_is_left_alone(filled, first):
    path = data_file(filled)
    data = bytearray(path.read_bytes())
    page = int.from_bytes(data[16:18], "big") or 4096
    start = 100 if first == 1 else page
    assert len(data) > 10 * page
    data[start:] = random.Random(7).randbytes(len(data) - start)
    path.write_bytes(data)
    assert_data_file_is_refused(filled)


def test_a_file_that_was_cut_short_is_left_alone(filled):
    path = data_file(filled)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert_data_file_is_refused(filled)


def test_a_restored_file_is_served_again(filled):
    path = data_file(filled)
    good = path.read_bytes()
    path.write_bytes(b"nonsense" * 1000)
    assert_refused(filled)
    path.write_bytes(good)
    filled.start()
    assert len(filled.json("health/service/web")) == 200
    filled.stop()


def test_a_folder_below_a_file_is_refused(tmp_path):
    (tmp_path / "data").write_text("a file")
    server = Server(tmp_path)
    server.data = tmp_path / "data" / "below"
    assert_refused(server, server.data)
    assert (tmp_path / "data").read_text() == "a file"


def test_a_folder_that_can_not_be_created_is_refused(tmp_path):
    server = Server(tmp_path)
    server.data = pathlib.Path("/proc/muster-data")
    assert_refused(server, server.data)


def test_a_folder_that_can_not_be_written_is_refused(tmp_path):
    # Root may write anywhere, unless it gives that right up.
    launcher = ["setpriv", "--bounding-set=-dac_override", "--"] if os.geteuid() == 0 else []
    server = Server(tmp_path, launcher=launcher)
    server.data.mkdir(mode=0o555)
    assert_refused(server, server.data)
    assert list(server.data.iterdir()) == []


def test_a_second_server_on_the_same_folder_is_refused(tmp_path, own_server):
    own_server.register("web")
    second = Server(tmp_path)
    assert second.data == own_server.data and second.port != own_server.port
    assert_refused(second, second.data)
    own_server.register("web", Port=2)
    assert own_server.json("health/service/web")[0]["Service"]["Port"] == 2


def test_a_killed_server_leaves_no_lock_behind(own_server):
    own_server.register("web")
    own_server.kill()
    own_server.start()
    assert len(own_server.json("health/service/web")) == 1


def test_a_port_in_use_is_refused(tmp_path):
    server = Server(tmp_path)
    with socket.create_server(("127.0.0.1", server.port)):
        assert_refused(server, server.address)
    server.start()
    server.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("store", ["sqlite", "memory"])
def test_a_signal_ends_the_server_in_order(tmp_path, store, number):
    server = Server(tmp_path, store=store).start()
    server.register("web")
    server.stop(number)


def test_the_memory_store_writes_no_file_and_forgets(tmp_path):
    server = Server(tmp_path, store="memory").start()
    server.register("web")
    server.restart()
    assert server.json("health/service/web") == []
    server.stop()
    assert not server.data.exists()


@pytest.mark.parametrize(
    "arguments",
    [["--http", "nowhere"], ["--http", "127.0.0.1:70000"], ["--store", "floppy"], ["--surprise"], ["--threads", "-1"]],
    ids=" ".join,
)
def test_wrong_usage_is_told_apart(tmp_path, arguments):
    code, said = Server(tmp_path, options=arguments).refused()
    assert code == 2, said
    assert arguments[-1] in said
