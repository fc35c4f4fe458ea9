"""The program as a process of its own, with the shipped checklists: streams, exit codes, environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wufei_cells.command_line.main import main

ROOT = Path(__file__).resolve().parents[2]


def wufei(*arguments: object, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "wufei_cells", *(["--data", str(folder)] if folder else []), *map(str, arguments)]
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "WUFEI_"))}
    settings |= {"LANG": "zh_CN.UTF-8", "WUFEI_PERSON": "王敏", "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, capture_output=True, check=False, env=settings, timeout=60)


def streaming() -> dict[str, str]:
    """An environment in which Python collects its output before it writes it, as it does by itself."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def test_one_json_document_on_stdout_and_nothing_on_stderr(tmp_path):
    done = wufei("checklist", "list", "--json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(json.loads(done.stdout)) == 6
    assert "无废机关".encode() in done.stdout


@pytest.mark.parametrize(("language", "word"), [("zh_CN.UTF-8", "没有"), ("en_GB.UTF-8", "no site"), ("C", "没有")])
def test_errors_go_to_stderr_with_1_whatever_the_terminal_speaks(tmp_path, language, word):
    done = wufei("site", "show", "\U0002b1c7", folder=tmp_path, LANG=language, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout) == (1, b"")
    assert word in done.stderr.decode("utf-8")
    assert "\U0002b1c7" in done.stderr.decode("utf-8")


def test_a_command_never_loads_the_window(tmp_path):
    script = (
        "import sys; from wufei_cells.command_line.main import main; "
        "code = main(sys.argv[1:]); assert not any(name.startswith('PySide6') for name in sys.modules); sys.exit(code)"
    )
    command = [sys.executable, "-c", script, "--data", str(tmp_path), "--as", "王敏", "site", "list"]
    assert subprocess.run(command, check=False, cwd=ROOT, capture_output=True).returncode == 0


def test_the_data_folder_and_the_person_may_come_from_the_environment(tmp_path):
    folder = tmp_path / "new" / "register"
    add = ("site", "add", "--name", "甲", "--category", "office", "--district", "wen", "--json")
    done = wufei(*add, WUFEI_DATA=str(folder), WUFEI_PERSON="李工")
    assert done.returncode == 0, done.stderr
    shown = wufei("site", "show", "甲", "--json", folder=folder)
    assert {act["author"] for act in json.loads(shown.stdout)["history"]} == {"李工"}


@pytest.mark.skipif(sys.platform == "win32", reason="no /dev/full")
@pytest.mark.parametrize("command", [("site", "list"), ("checklist", "list", "--json"), ("doctor",)])
def test_a_result_that_cannot_be_written_out_is_an_error(tmp_path, command):
    line = [sys.executable, "-m", "wufei_cells", "--data", str(tmp_path), "--as", "王敏", *command]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, check=False, cwd=ROOT, env=streaming())
    assert done.returncode == 1
    assert "磁盘满了" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert "Exception ignored" not in done.stderr.decode()


def test_a_reader_that_goes_away_is_no_crash(tmp_path):
    line = [sys.executable, "-m", "wufei_cells", "--data", str(tmp_path), "--as", "王敏", "checklist", "list", "--json"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=streaming()) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are Unicode there")
def test_bytes_that_are_no_text_are_refused_and_not_a_crash(tmp_path):
    line = [os.fsencode(sys.executable), b"-m", b"wufei_cells", b"--data", os.fsencode(tmp_path), b"--as", b"x"]
    for command in (
        [b"site", b"show", b"\xff\xfe"],
        [b"site", b"add", b"--name", b"\xff", b"--category", b"office", b"--district", b"wen"],
    ):
        done = subprocess.run([*line, *command], capture_output=True, check=False, cwd=ROOT)
        assert done.returncode == 1
        assert done.stderr.strip()
        assert b"Traceback" not in done.stderr


def test_two_commands_at_once_are_both_done(tmp_path, capfd):
    assert main(["--data", str(tmp_path), "--as", "王敏", "site", "list"]) == 0  # both find a register
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    add = ["site", "add", "--category", "office", "--district", "wen", "--name"]
    line = [sys.executable, "-m", "wufei_cells", "--data", str(tmp_path), "--as", "王敏"]
    both = [subprocess.Popen([*line, *add, name], stdout=subprocess.DEVNULL, env=settings) for name in ("甲", "乙")]
    assert [process.wait() for process in both] == [0, 0]
    capfd.readouterr()
    assert main(["--data", str(tmp_path), "--as", "王敏", "site", "list", "--json"]) == 0
    assert {row["name"] for row in json.loads(capfd.readouterr().out)} == {"甲", "乙"}
    assert main(["--data", str(tmp_path), "--as", "王敏", "doctor"]) == 0
