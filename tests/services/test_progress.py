"""Progress counts what holds on a day, by category and district."""

from __future__ import annotations

from datetime import date

import pytest

from tests.samples.registers import FULL_MARKS, add_site, criteria, open_register
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import Tally
from wufei_cells.services import assessing, browsing, certifying, deciding


def go_on(workspace, name: str, district: str, until: Stage, *, issued_on: date | None = None):
    """Register a site and bring it so far."""
    site = add_site(workspace, name, district)
    if until is Stage.REGISTERED:
        return
    row = assessing.start_assessment(workspace, site.id)
    if until is Stage.SCORING:
        return
    marks = {**FULL_MARKS, **({"G1": Answer("no")} if until is Stage.REJECTED else {})}
    assessing.record_answers(workspace, row.id, marks)
    assessing.finish_assessment(workspace, row.id)
    if until is Stage.FINISHED:
        return
    deciding.decide(workspace, row.id, approve=until is not Stage.REJECTED, remarks="按规定")
    if until is Stage.CERTIFIED:
        certifying.issue_certificate(workspace, row.id, issued_on=issued_on)


@pytest.fixture
def peopled(workspace, clock):
    """A site in each stage, and certificates of two days."""
    for name, district, until, issued_on in (
        ("甲", "east", Stage.REGISTERED, None),
        ("乙", "east", Stage.SCORING, None),
        ("丙", "east", Stage.FINISHED, None),
        ("丁", "west", Stage.APPROVED, None),
        ("戊", "west", Stage.REJECTED, None),
        ("己", "west", Stage.CERTIFIED, date(2026, 11, 1)),
        ("庚", "east", Stage.CERTIFIED, date(2026, 11, 20)),
    ):
        before = clock.moment
        if issued_on:
            clock.moment = before.replace(day=issued_on.day)
        go_on(workspace, name, district, until, issued_on=issued_on)
        clock.moment = before
    return workspace


def test_each_site_counts_once_where_it_stands(peopled):
    found = browsing.progress(peopled, date(2026, 12, 1))
    assert (found.goal, found.by) == (3, date(2027, 12, 31))
    assert found.whole == Tally(sites=7, assessed=5, passed=3, certified=2)
    assert found.categories == {"office": found.whole}
    assert found.districts == {"east": Tally(4, 2, 1, 1), "west": Tally(3, 3, 2, 1)}
    assert found.cells == {("office", "east"): Tally(4, 2, 1, 1), ("office", "west"): Tally(3, 3, 2, 1)}
    assert found.stages == {
        Stage.REGISTERED: 1,
        Stage.SCORING: 1,
        Stage.FINISHED: 1,
        Stage.APPROVED: 1,
        Stage.REJECTED: 1,
        Stage.CERTIFIED: 2,
    }


@pytest.mark.parametrize(
    ("day", "certified"),
    [
        (date(2026, 10, 31), 0),
        (date(2026, 11, 1), 1),
        (date(2026, 11, 20), 2),
        (date(2029, 11, 1), 2),
        (date(2029, 11, 2), 1),
        (date(2029, 11, 20), 1),
        (date(2029, 11, 21), 0),
    ],
)
def test_a_certificate_counts_from_its_first_to_its_last_day(peopled, day, certified):
    assert browsing.progress(peopled, day).whole.certified == certified


def test_today_is_the_day_when_none_is_named(peopled, clock):
    assert browsing.progress(peopled).on == clock.moment.date()
    assert browsing.progress(peopled).whole.certified == 1
    clock.forward(days=30)
    assert browsing.progress(peopled).whole.certified == 2


def test_a_site_with_two_valid_certificates_counts_once(workspace, clock):
    go_on(workspace, "甲", "east", Stage.CERTIFIED)
    row = assessing.start_assessment(workspace, browsing.site(workspace, "甲").id)
    assessing.record_answers(workspace, row.id, FULL_MARKS)
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)
    certifying.issue_certificate(workspace, row.id)
    assert len(browsing.list_certificates(workspace)) == 2
    assert browsing.progress(workspace).whole == Tally(1, 1, 1, 1)


def test_a_site_that_is_scored_again_keeps_its_certificate_in_the_count(workspace):
    go_on(workspace, "甲", "east", Stage.CERTIFIED)
    assessing.start_assessment(workspace, browsing.site(workspace, "甲").id)
    assert browsing.progress(workspace).whole == Tally(sites=1, assessed=0, passed=0, certified=1)


def test_categories_and_districts_without_sites_are_listed_with_nothing(tmp_path, clock):
    workspace = open_register(tmp_path, clock, given=criteria("small", "school"))
    found = browsing.progress(workspace)
    assert found.categories == {"office": Tally(), "school": Tally()}
    assert found.districts == {"east": Tally(), "west": Tally()}
    assert (found.whole, found.cells, found.stages) == (Tally(), {}, {})
    workspace.close()
