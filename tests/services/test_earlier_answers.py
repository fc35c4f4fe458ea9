"""Earlier answers in words: the old text with what went from it, the answer as it was meant, whether it still fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from tests.samples.registers import SAMPLES
from wufei_cells import shipped
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Relation
from wufei_cells.domain.register import AnswerRow
from wufei_cells.domain.rules import ParameterRef
from wufei_cells.domain.text import Text
from wufei_cells.services.earlier_answers import tell_archived, tell_recheck
from wufei_cells.services.reading import EarlierAnswer
from wufei_cells.wording import Wording

AT = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def quarry():
    return read_checklist((SAMPLES / "quarry.yaml").read_bytes(), "quarry.yaml")


@pytest.fixture(scope="module")
def zh():
    return Wording(shipped.wording_catalogue(), "zh")


@pytest.fixture
def sheet(quarry):
    """``sheet(key, entry, answer)``: an assessment in which one entry waits, answered when it read otherwise."""

    def make(key, entry, answer, relation=Relation.REWORDED):
        earlier = EarlierAnswer(AnswerRow(key, answer, "王评估", AT, ()), entry, relation)
        facts = {"has_pond": "yes", "mined": "120", "workers": "400"}
        waiting = {"rechecks": {key: (earlier,)}, "archived": {key: replace(earlier, relation=None)}}
        return SimpleNamespace(checklist=quarry, facts=facts, on=date(2026, 5, 1), **waiting)

    return make


def test_old_words_are_given_only_where_they_differ(quarry, sheet, zh):
    old = replace(quarry.entry("A3"), scoring=Text("有一处裸露扣4分"))
    [told] = tell_recheck(sheet("A3", old, Answer("1")), "A3", zh)
    assert (told.number, told.relation, told.text.text) == ("A3", "文字改过", "")
    [(start, end)] = told.scoring.changed
    assert told.scoring.text[start:end] == "4"
    assert (told.author, told.at, told.problem) == ("王评估", AT, None)


@pytest.mark.parametrize(
    ("key", "answer", "said"),
    [
        ("G1", Answer("no"), "不符合"),
        ("A3", Answer("2"), "2 处，每满 1 处扣 2 分：6 − 4 = 2 分；裸露边坡：2 处"),
        (
            "A2",
            Answer({"soil": "no"}),
            "各部分相加：0–3 分；表土单独堆放——否：0 分；尾矿用于充填——还没有打分：可能 0–3 分",
        ),
        ("A3", Answer(na="没有边坡"), "不适用：没有边坡"),
        ("A3", Answer(note="只写了说明"), "没有回答"),
        ("A3", Answer("两处"), "两处"),
        ("A2", Answer({"other": "yes"}), '{"other": "yes"}'),
    ],
)
def test_an_answer_is_told_by_the_rule_it_was_given_under(quarry, sheet, zh, key, answer, said):
    [told] = tell_recheck(sheet(key, quarry.entry(key), answer), key, zh)
    assert told.answer == said


def test_a_rule_whose_parameters_are_gone_shows_what_was_entered(quarry, sheet, zh):
    item = quarry.entry("A3")
    rule = replace(item.rule, scale=replace(item.rule.scale, points=ParameterRef("gone")))
    [told] = tell_recheck(sheet("A3", replace(item, rule=rule), Answer("2")), "A3", zh)
    assert told.answer == "2"


def test_an_answer_that_fits_no_more_says_why(quarry, sheet, zh):
    [told] = tell_recheck(sheet("A3", quarry.entry("B1"), Answer("yes"), Relation.MERGED), "A3", zh)
    assert (told.relation, told.answer) == ("由几条合并", "是：8 分")
    assert told.problem is not None
    assert told.problem.code == "answer.not_number"


def test_what_is_gone_is_told_whole_even_when_nobody_knows_its_words(quarry, sheet, zh):
    [told] = tell_archived(sheet("B2", quarry.entry("B2"), Answer("yes")), zh)
    assert (told.relation, told.text.text, told.answer) == ("条款已删去", "分类投放", "是：6 分")
    [unknown] = tell_archived(sheet("Z9", None, Answer({"a": "1"})), zh)
    assert (unknown.number, unknown.text.text, unknown.answer) == ("Z9", "", '{"a": "1"}')
