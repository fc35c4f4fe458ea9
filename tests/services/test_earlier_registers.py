"""A register that an earlier version of the program wrote opens, and says what it said then.

One real register for each earlier schema stands in ``tests/samples`` as the statements that make it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from fractions import Fraction

import pytest

from tests.samples.registers import SAMPLES, HandClock, open_register
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import assessing, browsing, checking
from wufei_cells.store import migrations
from wufei_cells.store.database import FILE_NAME
from wufei_cells.store.tables import projection_metadata

EARLIER = sorted(path.stem.removeprefix("register-") for path in SAMPLES.glob("register-*.sql"))


@pytest.fixture(params=EARLIER)
def earlier(request, tmp_path):
    """The folder of an earlier register: one site certified, one half scored, one only entered."""
    script = (SAMPLES / f"register-{request.param}.sql").read_text("utf-8")
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.executescript(script)
    return tmp_path


@pytest.fixture
def opened(earlier):
    workspace = open_register(earlier, HandClock())
    yield workspace
    workspace.close()


def version_in(path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()[0]


def test_there_is_one_for_every_migration():
    before = {"1.0"} | {str(step) for step in migrations.MIGRATIONS} - {str(migrations.CURRENT)}
    assert set(EARLIER) == before


def test_it_is_copied_first_and_then_brought_up_to_date(earlier):
    before = version_in(earlier / FILE_NAME)
    open_register(earlier, HandClock()).close()
    assert version_in(earlier / FILE_NAME) == str(migrations.CURRENT)
    [copy] = [path for path in earlier.iterdir() if path.name != FILE_NAME]
    assert version_in(copy) == before
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM act").fetchone()[0] > 20


def test_its_tables_are_those_that_its_journal_gives(opened):
    report = checking.doctor(opened)
    assert report.sound, report
    with opened.database.reading() as connection:
        for table in projection_metadata.sorted_tables:
            connection.execute(table.select()).all()


def test_what_it_said_it_says_still(opened):
    stages = {site.name: site.stage for site in browsing.list_sites(opened)}
    assert stages == {"甲单位": Stage.CERTIFIED, "乙单位": Stage.SCORING, "丙单位": Stage.REGISTERED}
    certified = browsing.sheet(opened, browsing.site(opened, "甲单位").assessment)
    assert certified.assessment.total == certified.scorecard.total.low == 20
    assert certified.scorecard.missing == ()
    [certificate] = browsing.list_certificates(opened)
    assert certificate.basis == certified.assessment.basis


def test_answers_given_under_the_hashes_of_then_count(opened):
    sheet = browsing.sheet(opened, browsing.site(opened, "乙单位").assessment)
    assert set(sheet.answers) == {"G1", "A1", "A2"}
    assert (sheet.rechecks, sheet.archived) == ({}, {})
    assert sheet.answers["G1"].answer == Answer("yes", note="已查")
    assert (sheet.scorecard.total.low, sheet.scorecard.total.high) == (Fraction(4), Fraction(14))


def test_work_goes_on_in_it(opened):
    running = browsing.site(opened, "乙单位").assessment
    assessing.record_answer(opened, running, "B1", Answer("yes"))
    assert assessing.finish_assessment(opened, running).total == 14
