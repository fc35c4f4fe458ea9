"""Charts of the board say what the board says: each figure leads to a list as long as it, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board import strategies
from tests.board.strategies import TODAY
from tests.board.test_figures import ASKED, GOAL_DAY, questions
from wufei_cells import shipped
from wufei_cells.board.cases import Span
from wufei_cells.board.figures import all_figures, board_of
from wufei_cells.board.forecast import Basis, Forecast, ForecastPoint, Reached, TooLittle
from wufei_cells.board.making import Found, HeldCertificate, case_of
from wufei_cells.board.selecting import Selection
from wufei_cells.board.standing import Within
from wufei_cells.board.sums import sums_of
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.targets import Target
from wufei_cells.domain.text import Text
from wufei_cells.services import board_part_pictures, board_pictures
from wufei_cells.services.board_sentence import standing_sentence
from wufei_cells.services.board_words import BoardWords
from wufei_cells.services.quality_pictures import percent, strictness_ranges
from wufei_cells.services.strictness import Strictness
from wufei_cells.wording import Wording

CATALOGUE = shipped.wording_catalogue()
NAMES = ({"office": Text("机关", "Office"), "school": Text("学校", "School")}, {"east": Text("东区", "East")})
MID_YEAR = date(2026, 6, 30)
WORDS = {code: BoardWords(Wording(CATALOGUE, code), *NAMES, today=TODAY) for code in ("zh", "en")}


def behind(cases, key: Selection) -> int:
    return sum(key.covers(case) for case in cases)


@settings(max_examples=40, deadline=None)
@given(strategies.cases(), questions())
def test_every_part_of_a_bar_and_every_column_leads_to_as_many_sites(cases, asked):
    board, words = board_of(sums_of(cases, TODAY), asked), WORDS["zh"]
    for bars in (board_part_pictures.category_bars, board_part_pictures.district_bars, board_part_pictures.lead_bars):
        for row in bars(board, words).rows:
            assert [part.value for part in row.parts] == [behind(cases, part.key) for part in row.parts]
            assert row.figures == (f"{behind(cases, row.parts[0].key)} / {behind(cases, row.key)}",)
    for chart in (board_pictures.months(board, words), board_pictures.runs_out(board, words)):
        for figure in (one for column in chart.columns for one in (column.up, column.down, column.level) if one):
            assert figure.value == behind(cases, figure.key)
    for row in board_part_pictures.stages(board, words).rows:
        assert row.figures[0] == str(behind(cases, row.key))
        assert sum(part.value for part in row.parts) == behind(cases, row.key)
        assert all(part.value == behind(cases, part.key) for part in row.parts[1:])


@settings(max_examples=40, deadline=None)
@given(strategies.cases(), questions())
def test_the_table_and_the_burn_up_lead_to_as_many_sites(cases, asked):
    board, words = board_of(sums_of(cases, TODAY), asked), WORDS["zh"]
    heat = board_part_pictures.heat(board, words)
    cells = [cell for row in heat.rows for cell in (*row.cells, row.total)] + [*heat.totals, heat.whole]
    assert all(int(cell.text.split(" / ")[1]) == behind(cases, cell.key) for cell in cells if cell and cell.key)
    steps = board_pictures.burn_up(board, None, words).steps
    assert [step.on for step in steps] == sorted({step.on for step in steps})
    assert all(step.value == behind(cases, step.key) for step in steps if step.key)
    assert steps[-1].on == TODAY


@settings(max_examples=40, deadline=None)
@given(strategies.cases(), questions(), st.sampled_from(["zh", "en"]))
def test_every_list_has_a_name_and_no_word_is_missing(cases, asked, language):
    board, words = board_of(sums_of(cases, TODAY), asked), WORDS[language]
    names = [words.list_name(figure.behind) for figure in all_figures(board)]
    charts = [make(board, words) for make in (board_pictures.months, board_pictures.runs_out, board_part_pictures.heat)]
    said = [*names, *(chart.said for chart in charts), board_pictures.burn_up(board, None, words).said]
    assert not [text for text in said if "pictures." in text or "{" in text or not text]


LISTS = {
    "卡在“已评完”超过 15 天的单位": Selection(
        TODAY, stages=frozenset({Stage.FINISHED}), longer_than={Stage.FINISHED: 15}
    ),
    "东区 · 机关 · 有效无废细胞": Selection(TODAY, frozenset({"office"}), frozenset({"east"}), holding=True),
    "2026 年 10 月 失效的无废细胞": Selection(date(2026, 10, 31), lost=Span(date(2026, 9, 30), date(2026, 10, 30))),
    "2027 年 3 月 到期的证书": Selection(date(2027, 3, 31), lost=Span(date(2027, 3, 1), date(2027, 3, 31))),
    "有效无废细胞（2026-06-30）": Selection(date(2026, 6, 30), holding=True),
    "证书已撤销的单位": Selection(TODAY, ever=True, certificates=frozenset({CertificateState.WITHDRAWN})),
    "日期被更正过的单位": Selection(TODAY, put_right=True),
}


@pytest.mark.parametrize("said", LISTS)
def test_a_list_is_called_by_what_is_in_it(said):
    assert WORDS["zh"].list_name(LISTS[said]) == said


# --- sentences


def one_valid_of_four(on=TODAY, **asked):
    held = [HeldCertificate(date(2026, 1, 5), date(2029, 1, 4))]
    found = [Found(f"s{number}", "office", "east", date(2026, 1, 2), [], held[: number == 0]) for number in range(4)]
    return board_of(sums_of([case_of(one, TODAY) for one in found], on), replace(ASKED, **asked))


def forecast(low=92, high=104, needed=4.2, **basis):
    there = ForecastPoint(GOAL_DAY, low, (low + high) // 2, high, 1)
    made = Basis(date(2025, 1, 1), 20, 15, {}, 3, 9, 12, 6.0, 1, 1, False, 0, 15, 1.0)
    reached = Reached(None, None, None)
    return Forecast(TODAY, 1, 100, GOAL_DAY, (there,), there, reached, needed, 2.0, replace(made, **basis))


def test_the_head_says_count_range_and_what_each_month_has_to_bring():
    assert standing_sentence(one_valid_of_four(), forecast(), WORDS["zh"]) == (
        "现有 1 个有效无废细胞，按目前速度 2027 年底约 92–104 个；要到 100 个，每月还要新增 5 个。"
    )


@pytest.mark.parametrize(
    ("known", "low", "said"),
    [
        (False, 92, "；要到 100 个，新增连同续期每月共要 5 个。"),
        (True, 92, "；要到 100 个，到期的照过去的比例续上，每月还要新增 5 个。"),
        (False, 101, "，够得上 100 个的目标；新增连同续期每月共 5 个就能到。"),
        (True, 101, "，够得上 100 个的目标；到期的照过去的比例续上，每月新增 5 个就能到。"),
    ],
)
def test_where_certificates_run_out_before_the_goal_the_head_says_whether_renewals_count(known, low, said):
    found = forecast(low=low, renewals_known=known)
    found = replace(found, at_goal=replace(found.at_goal, kept=0))
    assert standing_sentence(one_valid_of_four(), found, WORDS["zh"]).endswith(said)


def test_without_a_forecast_the_head_tells_new_ones_and_renewals_apart():
    board = one_valid_of_four(by=date(2030, 12, 31))
    assert standing_sentence(board, None, WORDS["zh"]).endswith("每月要新增 3 个，另有 1 个到期要续。")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "现有 1 个有效无废细胞；2027 年底要到 100 个，还差 99 个，每月要新增 8 个。"),
        ({"goal": 1}, "现有 1 个有效无废细胞，已达到 2027 年底 1 个的目标。"),
        ({"by": MID_YEAR}, "现有 1 个有效无废细胞；2026-06-30 100 个的目标没有按期达到：当时 1 个，差 99 个。"),
        ({"goal": None}, "现有 1 个有效无废细胞；这一部分没有单独的目标。"),
    ],
)
def test_without_a_forecast_the_head_says_how_far_it_is(asked, said):
    assert standing_sentence(one_valid_of_four(**asked), None, WORDS["zh"]) == said


def test_an_earlier_day_is_named():
    assert standing_sentence(one_valid_of_four(date(2026, 3, 1)), None, WORDS["zh"]).startswith("2026-03-01 有 1 个")


def test_without_enough_of_a_past_there_is_no_fan():
    little = TooLittle(TODAY, 1, 100, GOAL_DAY, 3, 2, 1, 8, 5, 3, ())
    assert board_pictures.burn_up(one_valid_of_four(), little, WORDS["zh"]).expected == ()


def test_the_fan_ends_at_the_goals_day():
    chart = board_pictures.burn_up(one_valid_of_four(), forecast(), WORDS["zh"])
    assert [one.on for one in chart.expected] == [GOAL_DAY]
    assert chart.expected_text == "92–104"
    assert chart.table().header[-3:] == ("最可能", "最少约", "最多约")


def test_a_part_with_a_target_of_its_own_shows_it():
    target = Target("office", "east", 5, date(2026, 12, 31))
    chart = board_part_pictures.heat(one_valid_of_four(targets=[target]), WORDS["zh"])
    cells = {
        (row.name, place): cell for row in chart.rows for place, cell in zip(chart.columns, row.cells, strict=True)
    }
    assert (cells["东区", "机关"].text, cells["东区", "机关"].target) == ("1 / 4", 5)
    assert cells["东区", "学校"] is None


def test_a_board_of_a_part_is_named_by_it():
    part = Within(frozenset({"office"}), None)
    board = board_of(sums_of([], TODAY), ASKED, part)
    assert WORDS["zh"].list_name(board.sites.behind) == "机关 · 登记的单位"
    assert board_pictures.burn_up(board, None, WORDS["zh"]).steps[0].value == 0


# --- quality


def test_who_is_strict_is_told_by_how_far_they_are_off():
    found = (Strictness("甲", 34, 12, 200, Fraction(-1, 8)), Strictness("乙（您）", 20, 9, 180, Fraction(1, 100)))
    chart = strictness_ranges(found, WORDS["zh"])
    assert [(row.name, row.value, row.text, row.noticed) for row in chart.rows] == [
        ("甲", -12.5, "−12.5%（34）", True),
        ("乙（您）", 1.0, "+1%（20）", False),
    ]
    assert chart.rows[0].said == "甲：比他人平均低 12.5%，比较了 12 条 34 个打分"


def test_a_share_is_cut_and_never_rounded_up():
    assert [percent(Fraction(*pair)) for pair in ((1, 2), (2, 3), (1999, 2000), (0, 1))] == [
        "50%",
        "66.6%",
        "99.9%",
        "0%",
    ]


def test_columns_leave_out_the_words_that_all_of_them_begin_with():
    names = {"office": Text("无废机关", "Waste-Free Office"), "school": Text("无废学校", "Waste-Free School")}
    words = BoardWords(Wording(CATALOGUE, "en"), names, NAMES[1], today=TODAY)
    chart = board_part_pictures.heat(one_valid_of_four(), words)
    assert chart.columns[:2] == ("Office", "School")
