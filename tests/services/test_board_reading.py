"""The board of a register: the same figures as everywhere else, following every act, on any day."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.samples.registers import (
    COUNTY,
    OFFICE,
    HandClock,
    add_site,
    apply_for,
    brought,
    criteria_with_process,
    open_register,
    scored,
)
from tests.services.disagreements import standing, value_of, written_elsewhere
from tests.store.foreign import Act, take_in
from wufei_cells.board.figures import all_figures
from wufei_cells.board.standing import Within
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.services import (
    assessing,
    board_reading,
    browsing,
    certifying,
    registering,
    returning,
    supervising,
    targeting,
    teaming,
    time_machine,
)
from wufei_cells.services.board_memory import BoardMemory

LIMITS = b"  stage_days: {applied: 10, scoring: 20, finished: 5}\n"


def with_limits():
    given = criteria_with_process()
    name, profile = given.profile
    return replace(given, profile=(name, profile + LIMITS))


def anew(workspace, on=None, **asked):
    """The board of somebody who reads everything for the first time."""
    return board_reading.board(replace(workspace, board_memory=BoardMemory()), on, **asked)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A register with a site in nearly every plight, after two months; and what happened, day by day."""
    clock = HandClock()
    workspace = open_register(tmp_path_factory.mktemp("rich"), clock, given=with_limits())
    office = workspace.acting_as(OFFICE)
    sites = [add_site(workspace, f"单位{number}", ("east", "west")[number % 2]) for number in range(12)]
    stages = (Stage.APPLIED, Stage.SCORING, Stage.FINISHED, Stage.REVIEWED, Stage.NOTICED, Stage.NAMED, Stage.REJECTED)
    for site, stage in zip(sites, (*stages, *[Stage.CERTIFIED] * 4), strict=False):
        clock.forward(days=1)
        apply_for(workspace, site.id)
        clock.forward(days=2)
        if stage is not Stage.APPLIED:
            brought(workspace, scored(workspace, site).id, stage)
    certificates = browsing.list_certificates(workspace)
    supervising.record_event(office, certificates[0].id, Event(EventKind.SUSPEND, workspace.today(), "停用"))
    clock.forward(days=5)
    supervising.record_event(office, certificates[0].id, Event(EventKind.REINSTATE, workspace.today(), "恢复"))
    supervising.record_event(office, certificates[1].id, Event(EventKind.SUSPEND, workspace.today(), "停用"))
    supervising.record_event(office, certificates[2].id, Event(EventKind.WITHDRAW, workspace.today(), "弄虚作假"))
    clock.forward(days=3)
    assessing.start_assessment(workspace, certificates[3].site)  # scored again while it is certified
    finished = browsing.site(workspace, "单位3").assessment
    returning.send_back(workspace.acting_as(COUNTY), finished, {"A1": "请补充"})
    clock.forward(days=1)
    assessing.finish_assessment(workspace, finished)
    assessing.reopen_assessment(workspace, browsing.site(workspace, "单位6").assessment, reason="重评")
    teaming.add_each_alone(workspace, browsing.site(workspace, "单位1").assessment, ("钱七", "王敏"))
    targeting.set_target(office, 3, by=date(2026, 12, 1), category="office", district="west")
    targeting.set_target(office, 1, by=date(2027, 12, 1), category="office", district="east")
    clock.forward(days=10)
    yield workspace, clock
    workspace.close()


def days_of(workspace):
    first, last = date(2026, 10, 30), workspace.today() + timedelta(days=1200)
    return [*(first + timedelta(days=7 * weeks) for weeks in range(12)), workspace.today(), last]


def test_every_figure_is_as_long_as_its_list(told):
    workspace, _clock = told
    for on in days_of(workspace):
        found = board_reading.board(workspace, on)
        for figure in all_figures(found):
            assert figure.count == len(board_reading.cases_behind(workspace, figure.behind)), (on, figure.behind)
        assert (len(found.targets), len(found.runs_out)) == (2, 24)


def test_the_board_says_what_the_lists_of_sites_and_certificates_say_today(told):
    workspace, _clock = told
    found, rows = board_reading.board(workspace), browsing.list_sites(workspace)
    assert {row.stage: row.sites.count for row in found.stages if row.sites.count} == Counter(row.stage for row in rows)
    assert len({row.stage for row in rows}) >= 7
    assert {place: part.sites.count for place, part in found.cells.items()} == Counter(
        (row.category, row.district) for row in rows
    )
    assert {state: figure.count for state, figure in found.certified.items()} == Counter(
        row.certificate_state for row in rows if row.stage is Stage.CERTIFIED
    )


def test_on_every_day_the_sites_hold_that_the_database_says_do(told):
    workspace, _clock = told
    for on in days_of(workspace):
        found = board_reading.board(workspace, on).valid
        assert set(board_reading.cases_behind(workspace, found.behind)) == browsing.sites_holding(workspace, on)


def test_gone_and_stuck_are_told_by_why(told):
    workspace, _clock = told
    found = board_reading.board(workspace)
    assert {state: figure.count for state, figure in found.gone.items()} == {
        CertificateState.EXPIRED: 0,
        CertificateState.SUSPENDED: 1,
        CertificateState.WITHDRAWN: 1,
    }
    stuck = {row.stage: (row.limit, row.stuck.count) for row in found.stages if row.limit}
    assert stuck == {Stage.APPLIED: (10, 1), Stage.SCORING: (20, 1), Stage.FINISHED: (5, 2)}


def test_the_board_of_an_earlier_day_is_that_of_the_register_as_it_was(told):
    workspace, _clock = told
    for back in (0, 11, 15, 20, 30):
        day = workspace.today() - timedelta(days=back)
        then = time_machine.open_as_of(workspace, day)
        was, found = board_reading.board(then), board_reading.board(workspace, day)
        then.close()
        assert [(row.stage, row.sites.count, row.median_days) for row in found.stages] == [
            (row.stage, row.sites.count, row.median_days) for row in was.stages
        ]
        assert (found.valid.count, found.ever.count) == (was.valid.count, was.ever.count)


def test_a_part_of_the_city_is_the_same_board_with_fewer_sites(told):
    workspace, _clock = told
    east = board_reading.board(workspace, within=Within(districts=frozenset({"east"})))
    whole = board_reading.board(workspace)
    assert list(east.districts) == ["east"]
    assert east.districts["east"].sites.count == east.sites.count == whole.districts["east"].sites.count
    assert east.missing is None


# --- following


def strike_first(workspace, certificate):
    supervising.strike(workspace, certificate, supervising.events(workspace, certificate)[0].id, reason="误记")


def test_the_memory_follows_whatever_is_done(told, tmp_path):
    source, clock = told
    shutil.copytree(source.database.path.parent, tmp_path / "copy")
    workspace = open_register(tmp_path / "copy", HandClock(clock.moment), given=with_limits())
    office, hand = workspace.acting_as(OFFICE), workspace.clock
    days = (None, workspace.today() - timedelta(days=20))

    def site(name):
        return browsing.site(workspace, name)

    steps = [
        lambda: add_site(workspace, "新单位", "west"),
        lambda: registering.edit_site(workspace, site("新单位").id, district="east"),
        lambda: apply_for(workspace, site("新单位").id),
        lambda: hand.forward(days=1),
        lambda: brought(workspace, scored(workspace, site("新单位")).id, Stage.FINISHED),
        lambda: assessing.reopen_assessment(workspace, site("新单位").assessment, reason="补"),
        lambda: certifying.issue_certificate(office, site("单位5").assessment),
        lambda: supervising.record_event(
            office, site("单位5").certificate, Event(EventKind.SUSPEND, workspace.today(), "停用")
        ),
        lambda: strike_first(office, site("单位5").certificate),
        lambda: hand.forward(days=40),
        lambda: hand.forward(days=-50),
        lambda: registering.edit_site(workspace, site("新单位").id, phone="1"),
    ]
    for step in steps:
        step()
        for on in days:
            assert board_reading.board(workspace, on) == anew(workspace, on)
    workspace.close()


def test_only_sites_that_acts_touched_are_read_again(workspace):
    sites = [add_site(workspace, f"单位{number}") for number in range(5)]
    board_reading.board(workspace)
    kept = dict(workspace.board_memory.cases)
    scored(workspace, sites[2])
    (scoring,) = [row for row in board_reading.board(workspace).stages if row.stage is Stage.SCORING]
    assert scoring.sites.count == 1
    same = [key for key, case in workspace.board_memory.cases.items() if case is kept[key]]
    assert len(same) == 4
    assert sites[2].id not in same


def test_a_stage_from_tomorrow_counts_today_and_moves_when_the_day_comes(workspace, clock):
    row = scored(workspace, add_site(workspace))
    clock.forward(days=3)
    finished = brought(workspace, row.id, Stage.FINISHED)
    clock.forward(days=-3)
    found = board_reading.board(workspace)
    assert (found.put_right.count, board_reading.cases_behind(workspace, found.put_right.behind)) == (
        1,
        (finished.site,),
    )
    (stage,) = [row for row in found.stages if row.sites.count]
    assert (stage.stage, stage.longest_days) == (Stage.FINISHED, 0)
    clock.forward(days=4)
    found = board_reading.board(workspace)
    (stage,) = [row for row in found.stages if row.sites.count]
    assert (found.put_right.count, stage.longest_days) == (0, 1)


def test_of_two_stages_that_stand_the_board_counts_the_one_that_is_shown(workspace):
    row = brought(workspace, scored(workspace).id, Stage.FINISHED)
    said = value_of(workspace, row.id, "state")
    over = standing(workspace, row.id, "state")
    for device, value in (("d" * 32, {**said, "stage": "reviewed"}), ("e" * 32, {"stage": "stopped"})):
        written_elsewhere(workspace, "assessment_state", row.id, "state", value, over=over, device=device)
    shown = browsing.assessment(workspace, row.id).stage
    assert [one.stage for one in board_reading.board(workspace).stages if one.sites.count] == [shown]
    (case,) = board_reading.cases(workspace)
    assert {entered.stage for entered in case.ways[0].entered} >= {Stage.SCORING, Stage.FINISHED, Stage.REVIEWED}
    assert case.ways[0].entered[-1].stage is shown


def test_an_act_that_lies_about_its_place_does_not_say_where_a_site_stands(workspace):
    row = brought(workspace, scored(workspace).id, Stage.FINISHED)
    value = value_of(workspace, row.id, "state")
    late = Act("e" * 32, 1, "assessment_state", row.id, "state", 9_000, {**value, "stage": "stopped"}, ())
    over = Act("f" * 32, 1, "assessment_state", row.id, "state", 400, {**value, "stage": "rejected"}, (late.name,))
    take_in(workspace.database, [late, over])
    shown = browsing.assessment(workspace, row.id).stage
    assert [one.stage for one in board_reading.board(workspace).stages if one.sites.count] == [shown]
    assert shown is not Stage.STOPPED
