"""A file with mistakes: all of them at once, each with line and column, what it means and what to do."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from wufei_cells.checklists.reading import checklist_problems, read_checklist
from wufei_cells.errors import ProblemsFound
from wufei_cells.wording import Wording


def test_the_sample_and_every_shipped_checklist_are_sound(sample, shipped):
    assert checklist_problems(sample.encode(), "sample.yaml") == ()
    assert {name: checklist_problems(content, name) for name, content in shipped.items()} == dict.fromkeys(shipped, ())


def test_all_problems_are_told_at_once_with_place_meaning_and_remedy(sample, catalogue):
    text = sample.replace("full: 5\n", "full: five\n").replace(
        "verify: [site]\n        rule:\n          share", "rule:\n          share"
    )
    text = text.replace("cap: 3\n", "cap: 3\n  colour: green\n").replace("ask: number", "ask: much")
    with pytest.raises(ProblemsFound) as found:
        read_checklist(text.encode(), "my.yaml")
    assert checklist_problems(text.encode(), "my.yaml") == found.value.problems
    known = "cap, counts_for_pass, groups, items, key, locked, number, text"
    assert Wording(catalogue, "zh").error(found.value).splitlines() == [
        "有 4 处需要改正：",
        "  my.yaml:14:34 facts.2.ask: “much”不能用在这里。可以写：yes_no, number, choice。",
        "  my.yaml:30:15 groups.1.items.1.full: “five”不是数。请写 12 或 12.5 的样子，最多 6 位小数。",
        "  my.yaml:35:9 groups.1.items.2.verify: 缺“verify”。请补上。",
        f"  my.yaml:64:11 bonus.colour: 这里没有“colour”这一项，也许是写错了名称。可以用的有：{known}。",
    ]


# passage in the sample => what stands there instead :: the problem @ the text at the line and column it names
FORM = r"""
key: SAMPLE => key: 样例 :: field.not_key @ 样例
key: SAMPLE =>  :: field.missing @ format:
edition: "2026.1" => edition: "" :: field.not_text @ ""
format: wufei-checklist/1 => format: wufei-checklist/2 :: checklist.format @ wufei-checklist/2
2026-01-01 => 2026-13-01 :: field.not_date @ 2026-13-01
2026-01-01 => tomorrow :: field.not_date @ tomorrow
not_applicable: rescale => not_applicable: drop :: field.not_choice @ drop
verify: [document], sources: [S1]} => verify: [eyes], sources: [S1]} :: field.not_choice @ eyes
verify: [document], sources: [S1]} => verify: document, sources: [S1]} :: field.not_list @ document
title: {zh: 样例标准, en: Sample} => title: {en: Sample} :: field.missing @ {en:
title: {zh: 样例标准, en: Sample} => title: {zh: 样例标准, fr: Modèle} :: field.unknown @ Modèle
{key: office, text: 无废机关, code: JG} => office :: field.not_mapping @ office
{yes_no: 3}} => {yes_no: 3, levels: []}} :: rule.head @ {yes_no:
{yes_no: 3}} => {yes_no: three}} :: field.not_number @ three
steps: {points: -1, short_of: 90} =>  :: rule.scale @ share:
short_of: 90} => short_of: 90, over: 5} :: rule.two_references @ {points:
short_of: 90} => short_of: 90, part_step: half} :: field.not_choice @ half
{at_least: 100, points: 3} => {at_least: 100, below: 300, points: 3} :: rule.two_bounds @ {at_least:
{at_least: 100, points: 3} => {at_least: 100, line: [[1, 2]]} :: rule.line @ [[1
{at_least: 100, points: 3} => {at_least: 100, line: [[1, 2], [3]]} :: rule.corner @ [3
points: 3, lowest: 1} => points: 3, effect: explode} :: field.not_choice @ explode
cap: 3 => cap: three :: field.not_number @ three
cap: 3 => cap: 1e3 :: field.not_number @ 1e3
text: 天数 => text: '' :: field.not_text @ ''
text: 天数 => text: "天\u0007数" :: field.control_character @ "天\u0007数"
"""

SENSE = r"""
full: 25 => full: 24 :: checklist.total @ 24
full: 15 => full: 16 :: checklist.total @ 16
key: A2 => key: A1 :: checklist.duplicate_key @ A1
key: X1 => key: facts :: checklist.reserved_key @ facts
{key: b, text: 乙} => {key: a, text: 乙} :: checklist.duplicate_key @ a
ask: choice, options => ask: yes_no, options :: checklist.fact_with_options @ [{key:
sources: [S1]⏎        rule => sources: [S2]⏎        rule :: checklist.unknown_source @ S2
total_at_least: $pass_mark => total_at_least: $mark :: checklist.unknown_parameter @ $mark
short_of: 90 => short_of: $goal :: checklist.unknown_parameter @ $goal
{points: -1, short_of: 90} => {points: -1, short_of: 90, floor: $floor} :: checklist.unknown_parameter @ $floor
{fact: canteen},  => {fact: kitchen},  :: checklist.unknown_fact @ kitchen
{fact: canteen},  => {fact: canteen, at_least: 1},  :: checklist.fact_not_number @ {fact:
{fact: canteen},  => {fact: kind, is: [a, c]},  :: checklist.fact_value @ [a
total_at_least: 22 => total_at_least: 16 :: checklist.grade_order @ 16
total_at_least: 22 => total_at_least: 25.01 :: checklist.unreachable_grade @ 25.01
groups_at_least: 50 => groups_at_least: 101 :: checklist.not_percent @ 101
groups_at_least: 50 => group_exceptions: {C: 10} :: checklist.unknown_group @ 10
cap: 3 => cap: -3 :: checklist.cap_not_positive @ -3
yes_no: 3}] => yes_no: 2}] :: rule.full_unreachable @ {sum:
{points: -1, short_of: 90} => {points: -1, short_of: 90, start: 8} :: rule.full_unreachable @ share:
{points: -1, short_of: 90} => {points: -1, each: 0, short_of: 90} :: rule.step_not_positive @ 0
{points: -1, short_of: 90} => {points: -1, short_of: 90, floor: 11} :: rule.floor_above_cap @ 11
{yes_no: 3}} => {yes_no: 4}} :: rule.above_full @ {yes_no:
{at_least: 100, points: 3} => {at_least: 300, points: 3} :: rule.band_order @ {at_least:
{at_least: 300, points: 6},  =>
    {at_least: 300, points: 6}, {at_most: 50, points: 1}, {above: 300, points: 5},  :: rule.band_order @ {above:
{at_least: 100, points: 3} => {points: 3} :: rule.band_after_otherwise @ {points:
, {points: 0}] => ] :: rule.no_otherwise @ [{at_least:
bands: [{at_least: 300, points: 6}, {at_least: 100, points: 3}, {points: 0}] =>
    line: [[10, 0], [10, 6]] :: rule.corner_order @ [[10
points: 3, lowest: 1} => points: 3, lowest: 3} :: rule.empty_range @ 3
{key: some, text: 部分 => {key: all, text: 部分 :: rule.duplicate_key @ all
"""


def rows(table: str) -> list[tuple[str, str, str, str]]:
    """Read a table of mistakes; ⏎ stands for a line end, and an indented line goes on with the one before."""
    lines = table.strip().replace("\n    ", " ").splitlines()
    matches = [re.fullmatch(r"(.*) => ?(.*) :: (\S+) @ (.*)", line.replace("⏎", "\n"), re.DOTALL) for line in lines]
    assert all(matches)
    return [match.group(1, 2, 3, 4) for match in matches if match]


@pytest.mark.parametrize(("passage", "replacement", "code", "at"), rows(FORM) + rows(SENSE))
def test_one_mistake_is_told_once_where_it_stands(broken, passage, replacement, code, at):
    assert [(found, text[: len(at)]) for found, text in broken(passage, replacement)] == [(code, at)]


@pytest.mark.parametrize(
    ("passage", "replacement", "codes"),
    [
        (
            "{points: -1, short_of: 90}",
            "{points: 0, short_of: 90}",
            {"rule.step_without_points", "rule.full_unreachable"},
        ),
        ("text: 称号, full: 3", "text: 称号, full: 0", {"checklist.item_without_points", "rule.above_full"}),
        ("key: people", "key: canteen", {"checklist.duplicate_key", "checklist.unknown_fact", "checklist.fact_value"}),
        ("{yes_no: 3}}", "{maybe: 3}}", {"rule.head", "field.unknown"}),
        ("ask: yes_no}", "ask: choice}", {"checklist.fact_without_options", "checklist.fact_value"}),
        (
            "  items:\n    - {key: X1, text: 称号, full: 3, scoring: 有则加, verify: [document], rule: {yes_no: 3}}\n",
            "",
            {"checklist.empty_group"},
        ),
    ],
)
def test_a_mistake_with_consequences_is_told_with_them(broken, passage, replacement, codes):
    assert {code for code, _text in broken(passage, replacement)} == codes


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("ticks: [{key: a, text: 甲}, {key: b, text: 乙}]\nsteps: {points: 2}", "rule.full_unreachable"),
        ("ticks: [{key: a, text: 甲}, {key: b, text: 乙}]\nsteps: {points: 3}", None),
        ("count: {text: 处, at_most: 3}\nsteps: {points: 2, over: 1}", "rule.full_unreachable"),
        ("count: {text: 处, at_most: 4}\nsteps: {points: 2, over: 1}", None),
        ("share: {part: 对, whole: 查}\nsteps: {points: 1, each: 20}", "rule.full_unreachable"),
        ("share: {part: 对, whole: 查, may_exceed: yes}\nsteps: {points: 1, each: 20}", None),
        ("best:\n- {key: a, text: 甲, yes_no: 5}\n- {key: b, text: 乙, count: {text: 处}, steps: {points: -1}}", None),
    ],
)
def test_full_marks_must_be_reachable_by_what_can_be_measured(sample, rule, code):
    document = yaml.load(sample, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but plain data
    del document["full"]
    written = yaml.load(rule, Loader=yaml.BaseLoader)  # noqa: S506
    item = {"key": "Z1", "text": "条款", "full": "6", "scoring": "按规则", "verify": ["site"], "rule": written}
    document["groups"][1]["items"].append(item)
    problems = checklist_problems(json.dumps(document, ensure_ascii=False).encode(), "x.json")
    assert [problem.code for problem in problems] == ([code] if code else [])
