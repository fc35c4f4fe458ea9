"""The program's log: codes and numbers, never a name; and nothing that can disturb."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells import logs
from wufei_cells.domain.lifecycle import Stage


@pytest.fixture
def file(tmp_path):
    before = logs.log_file()
    logs.keep_in(tmp_path / "日志" / "program.log")
    yield tmp_path / "日志" / "program.log"
    logs.keep_in(before)


def test_an_entry_is_a_moment_a_code_and_figures(file):
    logs.note("register_opened", acts=12, seconds=0.256, stage=Stage.NAMED, new=True, version="0.7.0")
    (line,) = logs.last_lines(file, 10)
    assert line.split(" ", 1)[1] == "register_opened acts=12 seconds=0.26 stage=named new=yes version=0.7.0"


@given(st.text(min_size=1).filter(lambda text: not text.isascii() or " " in text or "/" in text or "\\" in text))
def test_what_is_no_code_is_never_written(text):
    assert logs._plain(text) == logs.HIDDEN


@pytest.mark.parametrize("value", ["张三", "甲单位.xlsx", "/srv/someone", r"C:\x", "a b", "x" * 61, None, ["a"], ""])
def test_names_sentences_and_paths_are_not_written(file, value):
    logs.note("refused", file=value)
    assert file.read_text(encoding="utf-8").endswith("refused file=?\n")


def test_a_full_log_is_kept_and_a_new_one_begun(file, monkeypatch):
    monkeypatch.setattr(logs, "LARGEST", 200)
    for number in range(40):
        logs.note("job", number=number)
    assert sorted(one.name for one in file.parent.iterdir()) == ["program.1.log", "program.2.log", "program.log"]
    assert all(one.stat().st_size < 300 for one in file.parent.iterdir())
    assert [line.rpartition("=")[2] for line in logs.last_lines(file, 9)] == [str(n) for n in range(31, 40)]


def test_a_log_that_cannot_be_written_is_not_written(tmp_path):
    before = logs.log_file()
    (tmp_path / "file").write_bytes(b"")
    logs.keep_in(tmp_path / "file" / "program.log")
    logs.note("start")
    logs.keep_in(before)
    assert logs.last_lines(tmp_path / "file" / "program.log", 5) == ()
