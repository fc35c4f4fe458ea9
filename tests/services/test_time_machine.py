"""The register as of a day: every reading service answers as it did when that day ended, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from tests.samples.registers import add_site, found_in_order, open_register, scored
from tests.store.foreign import Act, take_in
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.errors import UserError
from wufei_cells.services import (
    assessing,
    browsing,
    certifying,
    checking,
    deciding,
    evidencing,
    looking,
    registering,
    searching,
    time_machine,
)
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import Workspace

DAY_1 = date(2026, 11, 2)


def day(number: int) -> date:
    """The register's days, counted from 1."""
    return DAY_1 + timedelta(days=number - 1)


@pytest.fixture
def as_of(workspace):
    """Open the register as of one of its days."""
    opened: list[Workspace] = []

    def go(number: int) -> Workspace:
        opened.append(time_machine.open_as_of(workspace, day(number)))
        return opened[-1]

    yield go
    for past in opened:
        past.close()


@pytest.fixture
def story(workspace, clock) -> str:
    """A site: registered on day 1, half scored on day 2, scored on day 3, certified on day 4, another one on day 5."""
    site = add_site(workspace, "甲单位")
    clock.forward(days=1)
    row = assessing.start_assessment(workspace, site.id)
    found_in_order(workspace, row.id)
    assessing.record_answers(workspace, row.id, {"G1": Answer("yes"), "B1": Answer("yes")})
    clock.forward(days=1)
    scored_fully = {"A1": Answer({"plan": "yes", "staff": "yes"}), "A2": Answer({"part": "95", "whole": "100"})}
    assessing.record_answers(workspace, row.id, scored_fully)
    clock.forward(days=1)
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)
    certifying.issue_certificate(workspace, row.id)
    clock.forward(days=1)
    registering.edit_site(workspace, site.id, name="改名单位")
    add_site(workspace, "乙单位")
    return row.id


def test_a_score_is_what_it_was(story, as_of):
    half, full = (browsing.sheet(as_of(number), story).scorecard for number in (2, 3))
    assert full.total.low == full.total.high
    assert half.total.low < half.total.high
    assert browsing.sheet(as_of(5), story).scorecard.total == full.total
    with pytest.raises(UserError, match="unknown_assessment"):
        browsing.sheet(as_of(1), story)


def test_certificates_and_their_states_are_those_of_the_day(story, as_of, clock):
    assert browsing.list_certificates(as_of(3)) == ()
    [row] = browsing.list_certificates(as_of(4))
    assert (row.site_name, row.issued_on) == ("甲单位", day(4))
    clock.forward(days=366 * 10)
    assert [row.state for row in browsing.list_certificates(as_of(4))] == [CertificateState.VALID]
    assert [row.state for row in browsing.list_certificates(as_of(3000))] == [CertificateState.EXPIRED]


def test_progress_is_that_of_the_day(story, as_of):
    told = [browsing.progress(as_of(number)) for number in (1, 2, 4, 5)]
    assert [found.on for found in told] == [day(1), day(2), day(4), day(5)]
    assert [(found.whole.sites, found.whole.certified) for found in told] == [(1, 0), (1, 0), (1, 1), (2, 1)]
    assert told[1].stages == {Stage.SCORING: 1}


def test_lists_and_search_know_only_what_was_there(story, as_of):
    assert [row.name for row in browsing.list_sites(as_of(4))] == ["甲单位"]
    assert {row.name for row in browsing.list_sites(as_of(5))} == {"改名单位", "乙单位"}
    assert searching.search(as_of(4), "改名") == ()
    assert searching.search(as_of(5), "改名")


def test_as_of_today_it_is_the_register_as_it_is(story, workspace, as_of):
    today = as_of(5)
    assert checking.digest(today) == checking.digest(workspace)
    assert checking.doctor(today) == checking.doctor(workspace)
    assert checking.doctor(today).sound
    assert time_machine.out_of_order(today) == 0 == time_machine.out_of_order(workspace)


def test_a_day_ends_where_the_person_is():
    moment = time_machine.end_of_day(day(1))
    assert moment.astimezone().date() == day(1)
    assert (moment + timedelta(microseconds=1)).astimezone().date() == day(2)
    assert time_machine.end_of_day(date.min).year in (1, 2)


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (day(6), "time_machine.future"),
        (date.max, "time_machine.future"),
        (day(0), "time_machine.too_early"),
        (date.min, "time_machine.too_early"),
    ],
)
def test_a_day_on_which_there_is_nothing_to_see_is_refused(story, workspace, when, code):
    with pytest.raises(UserError) as refused:
        time_machine.open_as_of(workspace, when)
    assert refused.value.code == code
    assert {"today": day(5).isoformat(), "first": day(1).isoformat()}.items() & refused.value.values.items()


# --- writing


WRITING: dict[str, Callable[[Workspace, str], object]] = {
    "a site": lambda past, _row: registering.add_site(past, SiteDraft("丙单位", "office", "east")),
    "answers": lambda past, row: assessing.record_answers(past, row, {"B1": Answer("no")}),
    "a stage": assessing.finish_assessment,
    "a photo": lambda past, row: evidencing.attach(past, row, ["B1"], [("a.txt", b"seen")]),
    "tables": lambda past, _row: checking.repair(past),
}


@pytest.mark.parametrize("what", WRITING)
def test_what_would_be_written_is_refused_with_the_day(story, workspace, as_of, tmp_path, what):
    before = checking.digest(workspace)
    with pytest.raises(UserError) as refused:
        WRITING[what](as_of(3), story)
    assert (refused.value.code, refused.value.values) == ("time_machine.read_only", {"day": day(3).isoformat()})
    assert checking.digest(workspace) == before
    assert not (tmp_path / "evidence").exists()


def test_to_look_at_an_earlier_day_is_no_look_at_what_stands_now(story, as_of):
    looking.note_look(as_of(3), story)


def test_evidence_is_read_from_the_registers_own_folder(workspace, clock, as_of):
    row = scored(workspace)
    taken = evidencing.attach(workspace, row.id, ["B1"], [("a.txt", b"seen on day 1")]).taken
    clock.forward(days=1)
    evidencing.detach(workspace, row.id, taken[0])
    past = as_of(1)
    assert [piece.file.id for piece in evidencing.list_evidence(past, row.id)] == list(taken)
    assert evidencing.read(past, taken[0]) == b"seen on day 1"
    assert list(evidencing.list_evidence(as_of(2), row.id)) == []


# --- clocks


def test_acts_of_a_machine_whose_clock_was_set_back_are_told_and_stay_where_they_belong(tmp_path, clock):
    workspace = open_register(tmp_path, clock)
    clock.forward(days=2)
    right = clock.moment
    clock.moment = datetime.fromisoformat("2019-01-01T00:00:00+00:00")
    add_site(workspace, "甲单位")
    clock.moment = right + timedelta(days=1)
    add_site(workspace, "乙单位")
    past = time_machine.open_as_of(workspace, day(2))
    assert [row.name for row in browsing.list_sites(past)] == ["甲单位"]  # written after the acts of day 1
    assert time_machine.out_of_order(past) > 0
    past.close()
    workspace.close()


def test_what_a_slow_clock_elsewhere_adds_to_later_work_breaks_no_list(story, workspace, as_of):
    answer = {"value": "no", "na": None, "note": "", "entry": "?"}
    early = "2026-11-02T03:00:00+00:00"
    state = {"stage": "scoring", "remarks": "再看一次"}
    take_in(
        workspace.database,
        [
            Act("laptop", 1, "answer", story, "answer.B1", 900, answer, (), at=early),
            Act("laptop", 2, "assessment_state", story, "state", 901, state, (), at=early),
        ],
    )
    past = as_of(1)  # the assessment itself claims day 2
    assert browsing.list_assessments(past) == ()
    assert [row.stage for row in browsing.list_sites(past)] == [Stage.REGISTERED]
    assert browsing.progress(past).whole.sites == 1
    assert searching.search(past, "甲")
