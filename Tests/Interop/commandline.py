"""Commands of `muster` as processes, and what they said."""

import os
import subprocess
import threading

from harness import BINARY, PATIENCE, eventually


def environment(server=None, **variables):
    own = {} if server is None else {"MUSTER_HTTP_ADDR": server.address}
    return os.environ | own | variables


def muster(server, *words, expected=0, **variables):
    """Runs a command to its end, insists on its exit status, and returns it with what it said."""
    done = subprocess.run(
        [BINARY, *map(str, words)],
        env=environment(server, **variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == expected, f"exit status {done.returncode}: {done.stdout}{done.stderr}"
    return done


class Watch:
    """A `muster watch` process, whose lines are read as they come."""

    def __init__(self, address, *words, **popen):
        self.process = subprocess.Popen(
            [BINARY, "watch", *map(str, words), "--server", address],
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | popen,
            text=True,
        )
        self.printed, self.said = [], []
        for stream, lines in [(self.process.stdout, self.printed), (self.process.stderr, self.said)]:
            if stream is not None:
                threading.Thread(target=self._read, args=[stream, lines], daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    @staticmethod
    def _read(stream, lines):
        for line in stream:
            lines.append(line.rstrip("\n"))

    def prints(self, *lines):
        """Waits until exactly these lines, in any order, were printed beyond those that were waited for before."""
        eventually(lambda: len(self.printed) >= len(lines), f"{lines}; instead: {self.printed} {self.said}")
        assert sorted(self.printed[: len(lines)]) == sorted(lines)
        del self.printed[: len(lines)]

    def says(self, text):
        """Waits until a line with the text was said on the standard error."""
        eventually(lambda: any(text in line for line in self.said), f"{text!r}; instead: {self.said}")

    def ends(self):
        """Its exit status."""
        return self.process.wait(PATIENCE)
