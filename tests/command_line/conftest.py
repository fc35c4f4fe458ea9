"""Commands, run in this process on a register of their own with the small sample checklists."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.samples.registers import SAMPLES, criteria
from wufei_cells import shipped
from wufei_cells.command_line import main as command_line
from wufei_cells.command_line.main import main


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ended]


@pytest.fixture(scope="session", autouse=True)
def _commands_are_described_once():
    """A process describes its commands once; here one process runs thousands, and describing takes longer than most."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command_line, "parser", cache(command_line.parser))
        yield


@pytest.fixture
def small_criteria(monkeypatch) -> None:
    """Ship the small samples instead of the real checklists."""
    monkeypatch.setattr(shipped, "shipped_criteria", lambda: criteria("small", "school"))


@pytest.fixture
def data(tmp_path) -> Path:
    """The data folder."""
    folder = tmp_path / "数据"
    folder.mkdir()
    return folder


@pytest.fixture
def run(small_criteria, data, capsys, monkeypatch) -> Run:
    """Run a command as it would be typed after ``wufei-cells``."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)

    def typed(*arguments: object, folder: Path = data, person: str = "王敏") -> Ended:
        capsys.readouterr()
        try:
            code = main(["--data", str(folder), "--as", person, *map(str, arguments)])
        except SystemExit as stopped:  # argparse: the command was not understood, or help was asked for
            code = int(stopped.code or 0)
        return Ended(code, *capsys.readouterr())

    return typed


@pytest.fixture
def ask(run) -> Callable[..., Any]:
    """Run a command that must succeed, and give its JSON document."""

    def asked(*arguments: object, **how: Any) -> Any:
        ended = run(*arguments, "--json", **how)
        assert (ended.code, ended.err) == (0, ""), ended
        return ended.json

    return asked


@pytest.fixture
def answers_file(tmp_path) -> Path:
    """Full marks for the small checklist."""
    path = tmp_path / "answers.json"
    answers = {
        "facts": {"canteen": True, "staff": 12},
        "G1": "yes",
        "A1": {"plan": "yes", "staff": "yes"},
        "A2": {"part": 95, "whole": 100},
        "B1": "yes",
    }
    path.write_text(json.dumps(answers, ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def small_file() -> Path:
    return SAMPLES / "small.yaml"


@pytest.fixture
def site(ask) -> Any:
    """A registered site."""
    return ask("site", "add", "--name", "甲单位", "--category", "office", "--district", "east")
