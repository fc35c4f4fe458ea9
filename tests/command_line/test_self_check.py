"""``wufei-cells --self-check``, support, and what the command line says when nobody expected what happened."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from wufei_cells.command_line import site_commands
from wufei_cells.command_line.main import main

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_CONSOLE_AND_QT = """
import sys
sys.stdout = sys.stderr = None
from wufei_cells.command_line.main import main
code = main(sys.argv[1:])
sys.exit(9 if "PySide6" in sys.modules else code)
"""


def test_without_a_console_and_without_qt_the_answer_goes_into_a_file(tmp_path):
    file = tmp_path / "自检 结果.json"
    arguments = ["--self-check", "--json", "--output", str(file)]
    program = [sys.executable, "-c", WITHOUT_CONSOLE_AND_QT, *arguments]
    assert subprocess.run(program, cwd=ROOT, env={**os.environ, "LC_ALL": "C"}, check=False).returncode == 0
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["ok"] is True
    assert all(check["ok"] for check in document["checks"])


def test_without_a_console_a_command_is_no_fault(tmp_path):
    program = [sys.executable, "-c", WITHOUT_CONSOLE_AND_QT, "city", "list", "--data", str(tmp_path)]
    logs = {"WUFEI_LOGS": str(tmp_path / "log")}
    assert subprocess.run(program, cwd=ROOT, env={**os.environ, **logs}, check=False).returncode == 0
    assert not list((tmp_path / "log").glob("crash-*"))


def test_a_check_that_fails_ends_with_one(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("WUFEI_LOGS", str(tmp_path / "file" / "log"))
    assert main(["--self-check", "--language", "en"]) == 1
    told = capsys.readouterr().out
    assert "✗ Folders" in told
    assert "1 of " in told


def test_support_names_nobody(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("WUFEI_LOGS", str(tmp_path / "log"))
    data = tmp_path / "某某县 数据"
    data.mkdir()
    assert main(["site", "list", "--data", str(data), "--as", "欧阳评估"]) == 0
    capsys.readouterr()
    assert main(["support", "--data", str(data), "--as", "欧阳评估", "-o", str(tmp_path / "诊断.txt")]) == 0
    text = (tmp_path / "诊断.txt").read_text(encoding="utf-8")
    assert "command name=site code=0" in text
    assert "register_opened program=" in text
    assert not any(word in text for word in ("欧阳", "某某县", str(tmp_path)))


def test_what_nobody_expected_is_a_sentence_and_a_file(tmp_path, monkeypatch, capsys):
    def stumble(*_arguments, **_options):
        raise RuntimeError("张三 of 甲单位 did it")

    monkeypatch.setenv("WUFEI_LOGS", str(tmp_path))
    monkeypatch.setattr(site_commands.browsing, "list_sites", stumble)
    data = tmp_path / "data"
    data.mkdir()
    assert main(["site", "list", "--data", str(data), "--language", "en"]) == 1
    said = capsys.readouterr().err
    (report,) = tmp_path.glob("crash-*.txt")
    assert said.count("\n") == 1
    assert "RuntimeError" in said
    assert str(report) in said
    assert "张三" not in said
    assert "张三 of 甲单位 did it" in report.read_text(encoding="utf-8")
