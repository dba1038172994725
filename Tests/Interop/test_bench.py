"""`muster-bench` works: a run with small sizes, whose figures mean nothing but are all there."""

import json
import shutil
import subprocess

import pytest
from harness import BINARY, ROOT

BENCH = BINARY.with_name("muster-bench")
needs_bench = pytest.mark.skipif(not BENCH.exists(), reason=f"{BENCH} is not built")
FIGURES = {
    "registry.query.100", "registry.query.1000", "registry.query.random.1000",
    "registry.register.100", "registry.register.1000", "registry.heartbeat",
    "registry.watch.100.p50", "registry.watch.100.p99", "registry.watch.100.max",
    "registry.stream.100.p50", "registry.stream.100.p99", "registry.stream.100.max", "registry.watch.unrelated",
    "registry.memory.1000.registered", "registry.memory.1000.queried", "registry.restart.1000",
}  # fmt: skip


def bench(folder, *arguments):
    return subprocess.run(
        [BENCH, *arguments], capture_output=True, text=True, timeout=180, cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(folder)},
    )  # fmt: skip


@pytest.mark.long
@needs_bench
def test_a_quick_run_gives_every_figure_and_leaves_nothing_behind(tmp_path):
    run = bench(tmp_path, "registry", "--quick", "--json")
    assert run.returncode == 0, run.stderr
    figures = {figure["name"]: figure for figure in map(json.loads, run.stdout.splitlines())}
    assert figures.keys() == FIGURES
    for name, figure in figures.items():
        assert figure["value"] > 0, name
        assert figure["unit"] in {"requests/s", "ms", "MB"}, name
        assert ("reference" in figure) == ("ratio" in figure), name
        assert figure.keys() <= {"name", "value", "unit", "reference", "ratio"}, name
    assert "ratio" in figures["registry.query.100"]
    if shutil.which("etcd"):
        assert "ratio" in figures["registry.register.100"]
    else:
        assert "etcd is not installed" in run.stderr
    assert list(tmp_path.iterdir()) == []


@needs_bench
def test_dns_is_measured_with_dnsperf(tmp_path):
    run = bench(tmp_path, "dns", "--quick", "--json")
    assert run.returncode == 0, run.stderr
    figures = {figure["name"]: figure for figure in map(json.loads, run.stdout.splitlines())}
    assert figures.keys() == {"dns.a.10", "dns.srv.10", "dns.a.200"}
    assert all(figure["value"] > 0 and figure["unit"] == "requests/s" for figure in figures.values())
    assert list(tmp_path.iterdir()) == []


@needs_bench
def test_the_table_for_the_documentation_is_markdown(tmp_path):
    run = bench(tmp_path, "registry.heartbeat", "--quick", "--markdown")
    assert run.returncode == 0, run.stderr
    title, line, row = run.stdout.splitlines()
    assert title == "| Figure | Goal | Measured | Reference | Ratio | Verdict |"
    assert line.count("|") == title.count("|") == row.count("|")
    assert row.startswith("| `registry.heartbeat` |")


@needs_bench
@pytest.mark.parametrize(
    "arguments, message",
    [
        (["nothing"], "'nothing' is no group"),
        (["--seconds", "0"], "--seconds: 0 is not 1 to 3600"),
        (["--rounds", "-1"], "--rounds: -1 is not 1 to 1000"),
        (["--json", "--markdown"], "can't be had at once"),
    ],
)
def test_wrong_usage_is_refused(tmp_path, arguments, message):
    run = bench(tmp_path, *arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert message in run.stderr


@pytest.mark.parametrize("words", [["--nope"], ["nope"], ["--json", "registri.query"], ["--seconds"]])
def test_the_script_refuses_a_wrong_word_before_it_installs_or_builds(words):
    # Without a folder of Swift's in it, it could not build.
    run = subprocess.run(
        [ROOT / "scripts/bench", *words], capture_output=True, text=True, timeout=20, env={"PATH": "/usr/bin:/bin"}
    )
    assert run.returncode == 2, run.stdout + run.stderr
    assert words[-1] in run.stderr
