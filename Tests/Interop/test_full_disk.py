"""The disk fills up: writes are refused with the reason, reads go on, and writes work again once there is room.

Two ways to run out of room: a small disk, and a limit on the size of files. The second needs no rights at all, so
there is always one; the first is added where a disk can be mounted.
"""

import os
import resource
import subprocess
import tempfile

import pytest
from harness import Server, eventually

KIB = 1024


class SmallDisk:
    """A file system of 2 MiB that a file fills up."""

    name = "a small disk"

    def __init__(self, folder):
        self.folder = folder / "disk"
        self.folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "muster-test", self.folder], check=True)

    def server(self):
        return Server(self.folder)

    def fill(self, server):
        space = os.statvfs(self.folder)
        with open(self.folder / "filler", "wb") as filler:
            filler.write(bytes(space.f_bavail * space.f_frsize - 128 * KIB))

    def make_room(self, server):
        (self.folder / "filler").unlink()

    def close(self):
        subprocess.run(["umount", self.folder], check=True)

    @staticmethod
    def is_possible():
        if os.geteuid() != 0:
            return False
        with tempfile.TemporaryDirectory() as folder:
            try:
                mount = subprocess.run(
                    ["mount", "-t", "tmpfs", "-o", "size=64k", "muster-test", folder], capture_output=True
                )
            except FileNotFoundError:
                return False
            return mount.returncode == 0 and subprocess.run(["umount", folder]).returncode == 0


class SmallFiles:
    """A limit on the size of each file that the server writes; raising it makes room."""

    name = "a limit on files"

    def __init__(self, folder):
        self.folder = folder

    def server(self):
        # Python ignores SIGXFSZ, and so does what it starts then: writing too much is an error, not the end.
        return Server(self.folder, restore_signals=False)

    def fill(self, server):
        largest = max(path.stat().st_size for path in server.data.iterdir())
        self.limit(server, largest + 64 * KIB)

    def make_room(self, server):
        self.limit(server, resource.RLIM_INFINITY)

    def limit(self, server, size):
        _, hard = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, hard))

    def close(self):
        pass


DISKS = [SmallFiles] + ([SmallDisk] if SmallDisk.is_possible() else [])


@pytest.fixture(params=DISKS, ids=lambda disk: disk.name)
def disk(request, tmp_path):
    disk = request.param(tmp_path)
    yield disk
    disk.close()


def register(server, number):
    return server.put("agent/service/register", {"Name": "web", "ID": f"web-{number:05}", "Meta": {"text": "x" * 400}})


def held(server):
    return [entry["Service"]["ID"] for entry in server.json("health/service/web")]


def ids(numbers):
    return sorted(f"web-{number:05}" for number in numbers)


def test_a_full_disk_refuses_writes_and_serves_reads(disk):
    server = disk.server().start()
    try:
        acknowledged = [number for number in range(50) if register(server, number).status_code == 200]
        assert len(acknowledged) == 50
        disk.fill(server)

        refusal = None
        for number in range(50, 5000):
            answer = register(server, number)
            if answer.status_code != 200:
                refusal = answer
                break
            acknowledged.append(number)
        assert refusal is not None, "the disk never filled up"
        assert 500 <= refusal.status_code < 600
        assert any(word in refusal.text.lower() for word in ("full", "space", "disk", "written", "i/o")), refusal.text

        index = server.index("health/service/web")
        for number in range(5000, 5020):
            assert register(server, number).status_code >= 500
        assert sorted(held(server)) == ids(acknowledged), "a refused write can't be seen"
        assert server.index("health/service/web") == index
        assert server.json("catalog/services")["web"] == []

        disk.make_room(server)
        eventually(lambda: register(server, 6000).status_code == 200, "writes work again")
        acknowledged.append(6000)
        assert sorted(held(server)) == ids(acknowledged)

        server.kill()
        server.start()
        assert sorted(held(server)) == ids(acknowledged)
        server.stop()
    finally:
        server.process.kill()
        server.process.wait()
