"""Every figure of the board is as long as the list behind it, whatever the register holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.board import strategies
from tests.board.strategies import CATEGORIES, DISTRICTS, TODAY
from wufei_cells.board.cases import Case, Entered, Span, Way
from wufei_cells.board.figures import Asked, all_figures, board_of
from wufei_cells.board.making import Found, HeldCertificate, case_of
from wufei_cells.board.standing import Within
from wufei_cells.board.sums import sums_of
from wufei_cells.domain.lifecycle import CLOSED, CertificateState, Stage
from wufei_cells.domain.register import AssessmentId, SiteId
from wufei_cells.domain.targets import Target
from wufei_cells.domain.text import Text

GOAL_DAY = date(2027, 12, 31)
LEADS = ((Text("机关事务局"), ("office",)), (Text("生态环境局"), ("office", "school")))
ASKED = Asked(goal=100, by=GOAL_DAY, categories=CATEGORIES, districts=DISTRICTS, leads=LEADS)

somewhere = st.builds(
    Within,
    st.one_of(st.none(), st.frozensets(st.sampled_from([*CATEGORIES, "park"]))),
    st.one_of(st.none(), st.frozensets(st.sampled_from(DISTRICTS))),
)
targets = st.builds(
    Target,
    st.sampled_from([None, *CATEGORIES]),
    st.sampled_from([None, *DISTRICTS]),
    st.integers(1, 4),
    strategies.near,
)
asked_days = st.integers(-420, 200).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def questions(draw):
    return replace(
        ASKED,
        goal=draw(st.integers(1, 5)),
        by=draw(strategies.near),
        targets=draw(st.lists(targets, max_size=3)),
        stage_days=draw(strategies.limits),
        stages=draw(st.frozensets(st.sampled_from(Stage))),
    )


@given(strategies.cases(), asked_days, questions(), somewhere)
def test_every_figure_is_as_long_as_the_list_behind_it(cases, on, asked, within):
    for figure in all_figures(board_of(sums_of(cases, on), asked, within)):
        assert figure.count == sum(figure.behind.covers(case) for case in cases), figure.behind


@given(strategies.cases(), asked_days, questions())
def test_a_part_of_the_city_is_counted_as_if_it_were_the_city(cases, on, asked):
    within = Within(districts=frozenset({"east"}))
    part = board_of(sums_of(cases, on), asked, within)
    alone = board_of(sums_of([case for case in cases if case.district == "east"], on), asked, within)
    assert part == alone


@given(strategies.cases(), asked_days)
def test_parts_add_up_to_the_whole_and_losses_to_what_is_gone(cases, on):
    found = board_of(sums_of(cases, on), ASKED)
    for parts in (found.categories, found.districts, found.cells):
        assert sum(part.sites.count for part in parts.values()) == found.sites.count
        assert sum(part.valid.count for part in parts.values()) == found.valid.count
    assert found.sites.count == sum(row.sites.count for row in found.stages)
    assert found.ever.count == found.valid.count + sum(figure.count for figure in found.gone.values())
    assert found.months[-1].valid.count == found.valid.count


@given(strategies.cases(), st.dictionaries(st.sampled_from(Stage), st.integers(1, 50)))
def test_times_at_a_stage_are_those_of_the_sites_that_stand_there(cases, limits):
    found = board_of(sums_of(cases, TODAY), replace(ASKED, stage_days=limits))
    for row in found.stages:
        days = [
            (TODAY - entered.on).days
            for case in cases
            if (entered := case.stage_on(TODAY)) and entered.stage is row.stage
        ]
        assert (row.median_days, row.longest_days) == ((Fraction(median(days)), max(days)) if days else (None, None))
        assert row.limit == (None if row.stage in CLOSED else limits.get(row.stage))
        assert row.stuck.count == sum(row.limit is not None and one > row.limit for one in days)


# --- one register by hand


def site(number: int, *certificates: HeldCertificate, category: str = "office", district: str = "east") -> Case:
    return case_of(Found(SiteId(f"s{number}"), category, district, date(2026, 1, 5), (), certificates), TODAY)


def years(first: date, count: int = 3) -> HeldCertificate:
    return HeldCertificate(first, first.replace(year=first.year + count) - timedelta(days=1))


RUNNING = [site(number, years(date(2026, 3, 1))) for number in range(3)]
ENDING = [
    site(3 + number, HeldCertificate(date(2026, 4, 10), date(2027, 3, 31)), district="west") for number in range(2)
]
ENDED = [site(5, HeldCertificate(date(2026, 3, 10), date(2026, 10, 31)))]
CITY = [*RUNNING, *ENDING, *ENDED, site(6), site(7, district="west")]


def test_what_is_valid_ever_was_and_is_gone_are_told_apart():
    found = board_of(sums_of(CITY, TODAY), ASKED)
    assert (found.sites.count, found.valid.count, found.ever.count, found.missing) == (8, 5, 6, 95)
    assert {state: figure.count for state, figure in found.gone.items() if figure.count} == {
        CertificateState.EXPIRED: 1
    }


def test_months_say_what_came_what_went_and_what_was_valid_at_the_end():
    rows = {str(row.month.first)[:7]: row for row in board_of(sums_of(CITY, TODAY), ASKED).months}
    told = {key: (row.gained.count, row.lost.count, row.valid.count) for key, row in rows.items()}
    assert list(told) == [f"2026-{month:02d}" for month in range(3, 12)]
    assert (told["2026-03"], told["2026-04"], told["2026-11"]) == ((4, 0, 4), (2, 0, 6), (0, 1, 5))
    assert rows["2026-11"].month.last == TODAY


def test_the_cliff_says_what_runs_out_and_what_is_left_when_nothing_is_renewed():
    rows = board_of(sums_of(CITY, TODAY), ASKED).runs_out
    assert len(rows) == 24
    assert rows[0].month == Span(TODAY, date(2026, 11, 30))
    told = {str(row.month.first)[:7]: (row.sites.count, row.left.count) for row in rows}
    assert (told["2027-02"], told["2027-03"], told["2027-04"]) == ((0, 5), (2, 3), (0, 3))


def test_what_must_happen_each_month_tells_new_cells_and_renewals_apart():
    found = board_of(sums_of(CITY, date(2026, 12, 31)), replace(ASKED, goal=17))
    assert found.at_goal_day.count == 3
    needed = found.needed
    assert needed is not None
    assert (needed.months, needed.new, needed.renewals.count) == (12, 12, 2)
    assert (needed.new_per_month, needed.renewals_per_month) == (1, Fraction(1, 6))


def test_a_goal_in_the_past_asks_for_nothing_more_and_tells_how_it_was():
    found = board_of(sums_of(CITY, TODAY), replace(ASKED, goal=9, by=date(2026, 10, 31)))
    assert (found.needed, found.at_goal_day.count, found.missing) == (None, 6, 4)


@pytest.mark.parametrize(
    ("target", "met_on", "missing", "over"),
    [
        (Target("office", "east", 3, date(2026, 6, 30)), date(2026, 3, 1), 0, True),
        (Target(None, None, 7, date(2026, 6, 30)), None, 1, True),
        (Target(None, "west", 4, GOAL_DAY), None, 2, False),
        (Target("school", None, 2, GOAL_DAY), None, 2, False),
        (Target(None, None, 6, GOAL_DAY), date(2026, 4, 10), 1, False),
    ],
)
def test_targets_are_met_on_a_day_or_missing_by_how_many(target, met_on, missing, over):
    (row,) = board_of(sums_of(CITY, TODAY), replace(ASKED, targets=(target,))).targets
    assert (row.met_on, row.missing, row.over) == (met_on, missing, over)


def test_a_part_of_the_city_has_the_goal_that_is_its_own_target():
    asked = replace(ASKED, targets=(Target(None, "west", 4, GOAL_DAY), Target("office", None, 9, GOAL_DAY)))
    west = board_of(sums_of(CITY, TODAY), asked, Within(districts=frozenset({"west"})))
    assert (west.goal, west.missing, [row.target.count for row in west.targets]) == (4, 2, [4])
    east = board_of(sums_of(CITY, TODAY), asked, Within(districts=frozenset({"east"})))
    assert (east.goal, east.missing, east.needed, east.targets) == (None, None, None, ())


def test_a_cell_counts_with_each_department_that_leads_its_category():
    found = board_of(sums_of([*CITY, site(8, category="school")], TODAY), ASKED)
    assert [(lead.text.zh, lead.part.sites.count, lead.part.valid.count) for lead in found.leads] == [
        ("机关事务局", 8, 5),
        ("生态环境局", 9, 5),
    ]


def test_an_empty_register_and_one_before_anything_happened_have_a_board():
    for cases, on in (([], TODAY), (CITY, date(2020, 2, 29))):
        found = board_of(sums_of(cases, on), ASKED)
        assert (found.sites.count, found.valid.count, found.missing) == (0, 0, 100)
        assert set(found.categories) == set(CATEGORIES)
        assert [row.gained.count for row in found.months] == [0]


def test_two_certificates_of_a_site_count_once():
    twice = site(0, years(date(2026, 3, 1)), years(date(2026, 6, 1)))
    found = board_of(sums_of([twice], TODAY), ASKED)
    assert (found.valid.count, found.ever.count) == (1, 1)
    assert sum(row.gained.count for row in found.months) == 1


def test_where_everybody_failed_nothing_is_stuck_and_nothing_is_valid():
    failed = [
        Case(
            SiteId(f"s{number}"),
            "office",
            "east",
            TODAY - timedelta(days=90),
            (Way(AssessmentId(f"a{number}"), (Entered(Stage.REJECTED, TODAY - timedelta(days=80)),)),),
        )
        for number in range(4)
    ]
    found = board_of(sums_of(failed, TODAY), replace(ASKED, stage_days=dict.fromkeys(Stage, 1)))
    (row,) = found.stages
    assert (row.stage, row.sites.count, row.median_days, row.limit, row.stuck.count) == (Stage.REJECTED, 4, 80, None, 0)
    assert found.valid.count == 0
