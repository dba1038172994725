"""Thrift definitions: muster-thrift, Apache's compiler and ThriftPy take the same files, and refuse the same."""

import os
import re
import subprocess

import pytest
import thriftpy2
from harness import ROOT

PROGRAM = ROOT / ".build/release/muster-thrift"
DEFINITIONS = ROOT / "Tests/GeneratedThrift/Definitions"
# Words that Swift has another meaning for are in a file that other compilers need not take.
SHARED = ["shared.thrift", "everything.thrift"]


def swift(*words, folder=None):
    return subprocess.run([PROGRAM, "swift", *words], capture_output=True, text=True, timeout=60, check=False, cwd=folder)


def apache(path, folder):
    words = ["thrift", "-r", "--gen", "py", "-o", str(folder), str(path)]
    return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("name", SHARED)
def test_all_three_take_every_construct(name, tmp_path):
    answer = swift(DEFINITIONS / name)
    assert answer.returncode == 0, answer.stderr
    compiled = apache(DEFINITIONS / name, tmp_path)
    assert compiled.returncode == 0, compiled.stdout + compiled.stderr
    thriftpy2.load(str(DEFINITIONS / name), module_name=name.replace(".thrift", "_taken_thrift"))


def test_all_three_take_the_example_in_the_documentation(tmp_path):
    text = re.search(r"```thrift\n(.*?)```", (ROOT / "docs/thrift-idl.md").read_text(), re.DOTALL).group(1)
    path = tmp_path / "calculator.thrift"
    path.write_text(text)
    (tmp_path / "shared.thrift").write_text((DEFINITIONS / "shared.thrift").read_text())
    answer = swift(path)
    assert answer.returncode == 0, answer.stderr
    assert "func calculate(operation: Operation, work: Work) async throws -> Int32" in answer.stdout
    assert apache(path, tmp_path).returncode == 0
    thriftpy2.load(str(path), module_name="documented_thrift")


def test_values_and_numbers_are_those_of_thriftpy(tmp_path):
    text = swift(DEFINITIONS / "everything.thrift").stdout
    module = thriftpy2.load(str(DEFINITIONS / "everything.thrift"), module_name="everything_values_thrift")
    for name in ["SMALL", "SHORT", "LIMIT", "LARGE", "NUMBER"]:
        assert re.search(rf"static let {name}: Int\d+ = {getattr(module, name)}\n", text), name
    # Fields without a number.
    ids = sorted(module.Unnumbered.thrift_spec)
    body = text[text.index("struct Unnumbered") :]
    body = body[: body.index("\n}\n")]
    assert sorted(map(int, re.findall(r"case \((-?\d+), ", body))) == ids


@pytest.mark.parametrize(
    "text, place",
    [
        ("struct A { 1: i32 a", "1:20"),
        ("struct A { 1: i32 }", "1:19"),
        ("struct A { 1: i32 a, 1: i32 b }", "1:29"),
        ("struct A { 1: list<i32 b }", "1:24"),
        ("enum E { A = x }", "1:14"),
        ('const string A = "a\n', "1:18"),
        ("const i32 A = B", "1:15"),
        ("service S {\n  i32 a(\n}", "3:1"),
        ("service S extends T {}", "1:19"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place_and_by_apache_too(text, place, tmp_path):
    path = tmp_path / "wrong.thrift"
    path.write_text(text)
    answer = swift("wrong.thrift", folder=tmp_path)
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"wrong.thrift:{place}: ")
    assert answer.stdout == ""
    assert apache(path, tmp_path).returncode != 0


def test_a_file_is_only_written_when_it_changes(tmp_path):
    output = tmp_path / "shared.swift"
    command = (DEFINITIONS / "shared.thrift", "--output", output, "--access", "package")
    assert swift(*command).returncode == 0
    assert "package struct Point" in output.read_text()
    os.utime(output, (1, 1))
    assert swift(*command).returncode == 0
    assert output.stat().st_mtime == 1
    assert swift(*command[:3], "--access", "public").returncode == 0
    assert output.stat().st_mtime != 1


def test_included_files_are_found_in_other_folders(tmp_path):
    (tmp_path / "common").mkdir()
    (tmp_path / "common/base.thrift").write_text("struct Base {}")
    (tmp_path / "main.thrift").write_text('include "base.thrift"\nstruct Main { 1: base.Base base }')
    answer = swift("main.thrift", folder=tmp_path)
    assert answer.returncode == 1
    assert answer.stderr == "main.thrift:1:9: 'base.thrift' is not found; looked for base.thrift\n"
    assert swift("main.thrift", "--include", "common", folder=tmp_path).returncode == 0


@pytest.mark.parametrize(
    "words, status, complaint",
    [
        ([], 2, "one INPUT is needed, not 0"),
        (["a", "b"], 2, "one INPUT is needed, not 2"),
        (["missing.thrift"], 1, "can't read 'missing.thrift': No such file or directory"),
        (["a.thrift", "--access", "everybody"], 2, "everybody"),
        ([str(DEFINITIONS / "shared.thrift"), "--output", "/nowhere/a.swift"], 1, "can't write '/nowhere/a.swift'"),
    ],
)
def test_wrong_calls_say_what_is_wrong(words, status, complaint, tmp_path):
    answer = swift(*words, folder=tmp_path)
    assert answer.returncode == status
    assert complaint in answer.stderr


def test_help_names_every_option():
    answer = swift("--help")
    assert answer.returncode == 0
    for option in ["--output", "--access", "--include"]:
        assert option in answer.stdout
