"""The simulator of balancing: its picture in the documentation, its figures, and what it refuses."""

import json
import subprocess

import pytest
from harness import ROOT

PROGRAM = ROOT / ".build/release/muster-sim"


def simulate(*words):
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.long
def test_the_picture_in_the_documentation_is_what_it_draws(tmp_path):
    answer = simulate("--svg", str(tmp_path / "picture.svg"))
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "picture.svg").read_text() == (ROOT / "docs/balancing.svg").read_text()


def test_whoever_goes_by_load_spares_a_slow_instance():
    answer = simulate("round-robin", "p2c", "peak-ewma", "--scenario", "slow", "--seconds", "3", "--json")
    assert answer.returncode == 0, answer.stderr
    p99 = {line["policy"]: line["p99"] for line in map(json.loads, answer.stdout.splitlines())}
    assert p99["p2c"] * 2 < p99["round-robin"]
    assert p99["peak-ewma"] * 2 < p99["round-robin"]


@pytest.mark.parametrize(
    "words, complaint",
    [
        (["best"], "best"),
        (["--scenario", "flood"], "flood"),
        (["--load", "0"], "load is 0: it must be from 1 to 100"),
        (["--instances", "1"], "instances is 1: it must be from 2 to 1000"),
        (["--seconds", "x"], "x"),
        (["--svg", "/nowhere/picture.svg", "--seconds", "1", "p2c"], "/nowhere/picture.svg"),
    ],
)
def test_what_makes_no_sense_is_refused(words, complaint):
    answer = simulate(*words)
    assert answer.returncode in (1, 2)
    assert complaint in answer.stderr
