"""What nobody expected, written down; and programs that died without a word."""

from __future__ import annotations

import faulthandler
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from wufei_cells import logs
from wufei_cells.errors import UserError
from wufei_cells.services import crash_reports
from wufei_cells.services.death_watch import DeathWatch

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import faulthandler, os, sys, time
from pathlib import Path
from wufei_cells.services.death_watch import DeathWatch
watch = DeathWatch(Path(sys.argv[1]))
watch.begin()
print("ready", flush=True)
{end}
"""


def stumble():
    raise RuntimeError("王敏 at /srv/王敏/甲单位.xlsx")


def error_of(raiser):
    try:
        raiser()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return error
    raise AssertionError


@pytest.fixture(autouse=True)
def own_log(tmp_path):
    before = logs.log_file()
    logs.keep_in(tmp_path / "log" / "program.log")
    yield tmp_path / "log"
    logs.keep_in(before)
    faulthandler.enable(sys.__stderr__)  # a watch that ends takes it away from the tests, too


def test_a_report_says_where_and_what_kind_and_only_below_the_mark_in_which_words(own_log):
    report = crash_reports.write(own_log, error_of(stumble), {"qt": "6.9.3"})
    above, _mark, below = report.read_text(encoding="utf-8").partition(crash_reports.MARK)
    assert "qt: 6.9.3" in above
    assert "test_crash_reports.py:" in above
    assert "builtins.RuntimeError" in above
    assert "crash kind=RuntimeError code=bug" in above
    assert "王敏" not in above
    assert "王敏 at /srv/王敏/甲单位.xlsx" in below
    assert crash_reports.impersonal(report) == above.rstrip()


def test_the_code_of_an_expected_error_and_what_caused_it_are_told(own_log):
    def wrapped():
        try:
            stumble()
        except RuntimeError as cause:
            raise UserError("file.not_found", path="/srv/王敏") from cause

    above = crash_reports.impersonal(crash_reports.write(own_log, error_of(wrapped)))
    assert "wufei_cells.errors.UserError file.not_found" in above
    assert "caused by:\n" in above
    assert "builtins.RuntimeError" in above


def test_the_last_reports_are_kept(own_log):
    for _turn in range(crash_reports.KEPT + 5):
        crash_reports.write(own_log, error_of(stumble))
    assert len(list(own_log.glob("crash-*.txt"))) == crash_reports.KEPT


def test_where_nothing_can_be_written_nothing_else_goes_wrong(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert crash_reports.write(tmp_path / "file", error_of(stumble)) is None
    assert DeathWatch(tmp_path / "file").begin() is None
    assert crash_reports.recent(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("/srv/王敏/无废/wufei_cells/services/steps.py", "wufei_cells/services/steps.py"),
        (r"D:\People\张三\wufei-cells\_internal\ui\tasks.py", "ui/tasks.py"),
        ("/usr/lib/python3/site-packages/openpyxl/reader/excel.py", "openpyxl/reader/excel.py"),
        ("/srv/王敏/试试.py", "试试.py"),
    ],
)
def test_places_are_named_within_the_program(path, short):
    assert crash_reports.shortened_path(path) == short


@contextmanager
def child(folder, end):
    program = [sys.executable, "-c", CHILD.format(end=end), str(folder)]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as started:
        assert started.stdout.readline() == "ready\n"
        yield started


def test_a_program_that_died_is_reported_by_the_next_once(own_log):
    with child(own_log, "faulthandler._sigsegv()"):
        pass
    watch = DeathWatch(own_log)
    report = watch.begin()
    watch.end()
    above = crash_reports.impersonal(report)
    assert "Segmentation fault" in above
    assert 'File "<string>", line' in above
    again = DeathWatch(own_log)
    assert again.begin() is None
    again.end()
    assert not list(own_log.glob("running-*"))


def test_a_program_that_was_ended_from_outside_leaves_nothing_to_report(own_log):
    with child(own_log, "time.sleep(60)") as started:
        started.kill()
    watch = DeathWatch(own_log)
    assert watch.begin() is None
    watch.end()
    assert "ended_abruptly" in (own_log / "program.log").read_text(encoding="utf-8")


def test_a_program_that_lives_is_left_alone(own_log):
    with child(own_log, "sys.stdin.read(); watch.end()") as started:
        watch = DeathWatch(own_log)
        assert watch.begin() is None
        assert (own_log / f"running-{started.pid}.txt").exists()
    watch.end()
    assert not list(own_log.glob("running-*"))
