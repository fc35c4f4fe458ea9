"""docs/checklist-format.md is true: its examples are read and scored, and its numbers are what the program gives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from wufei_cells.checklists.profile_reading import BODY_SLOTS, NUMBER_SLOTS, read_profile
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.command_line.answers_file import read_answers
from wufei_cells.command_line.score_commands import scorecard_json
from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, NaPolicy
from wufei_cells.domain.rules import Effect
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.conditions import holds, read_facts
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.wording import Wording

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "checklist-format.md"
SHORT_HEAD = {
    "key": "DOC",
    "edition": "1",
    "title": "文",
    "category": {"key": "c", "text": "类", "code": "C"},
    "effective_from": "2026-01-01",
}


@dataclass
class Example:
    """A fenced block, what its first line says of it, and the rows of the tables up to the next block."""

    line: int
    kind: str
    options: dict[str, str]
    text: str
    rows: list[list[str]] = field(default_factory=list)


def examples() -> Iterator[Example]:
    current: Example | None = None
    fence = ""
    for number, line in enumerate(DOCUMENT.read_text("utf-8").splitlines(), start=1):
        opened = re.fullmatch(r"```(\w+) (\w+)((?: \w+=\S+)*)", line)
        if opened and not fence:
            if current:
                yield current
            options = dict(pair.split("=") for pair in opened[3].split())
            current, fence = Example(number, opened[2], options, ""), "```"
        elif line.startswith("```"):
            fence = "" if fence else "```"
            current = current if not fence else None
        elif fence and current:
            current.text += f"{line}\n"
        elif line.startswith("|") and current and not set(line) <= set("|- "):
            current.rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    if current:
        yield current


EXAMPLES = list(examples())


def of_kind(kind: str) -> list[Example]:
    found = [example for example in EXAMPLES if example.kind == kind]
    assert found, kind
    return found


def plain(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but plain data


def quoted(cell: str) -> list[str]:
    """What stands in backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def built(document: dict[str, Any]) -> Checklist:
    return read_checklist(json.dumps({**SHORT_HEAD, **document}, ensure_ascii=False).encode(), "docs")


def test_every_block_of_yaml_and_json_says_what_it_is():
    """A block without a kind would be an example that nobody runs."""
    opened = re.findall(r"^```(?:yaml|json).*$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    kinds = {"checklist", "answers", "result", "condition", "rule", "scored", "totals", "profile", "columns"}
    assert len(opened) == len(EXAMPLES)
    assert {example.kind for example in EXAMPLES} == kinds
    assert all(example.rows for example in EXAMPLES if example.kind in {"rule", "condition"})


def test_the_whole_checklist_scores_as_told(catalogue):
    checklist = read_checklist(of_kind("checklist")[0].text.encode(), "docs")
    facts, answers = read_answers(of_kind("answers")[0].text.encode(), "docs")
    given = json.loads(json.dumps(scorecard_json(evaluate(checklist, facts, answers), Wording(catalogue, "en"))))
    assert_within(json.loads(of_kind("result")[0].text), given)


def assert_within(expected: Any, given: Any) -> None:
    """Compare only the fields that the document shows."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert_within(value, given[key])
    elif isinstance(expected, list):
        assert len(expected) == len(given)
        for one, other in zip(expected, given, strict=True):
            assert_within(one, other)
    else:
        assert expected == given


@pytest.mark.parametrize("example", of_kind("rule"), ids=lambda example: f"line {example.line}")
def test_a_rule_gives_what_its_table_says(example):
    item = {"key": "A1", "text": "项", "full": example.options["full"], "scoring": "按", "verify": ["site"]}
    item |= {"rule": plain(example.text), "not_applicable": "never"}
    scoring = {"not_applicable": "zero", "grades": [{"key": "g", "text": "等", "total_at_least": "0"}]}
    checklist = built({"scoring": scoring, "groups": [{"key": "A", "text": "组", "items": [item]}]})
    header, *rows = [row for row in example.rows if len(row) == 2 and row[0] != "field"]
    assert header == ["answer", "points"]
    for answer, expected in rows:
        for written in quoted(answer):
            assert points(checklist, json.loads(written)) == expected, written


def points(checklist: Checklist, value: Any) -> str:
    try:
        card = evaluate(checklist, {}, {"A1": Answer(value)})
    except ProblemsFound:
        return "refused"
    got = card.items[0].got
    effects = [effect.value for effect in Effect if any(gate.code == f"gate.{effect.value}" for gate in card.gates)]
    span = exact(got.low) if got.settled else f"{exact(got.low)} to {exact(got.high)}"
    return ", ".join([span, *effects])


@pytest.mark.parametrize("example", of_kind("scored"), ids=lambda example: f"line {example.line}")
def test_a_fragment_scores_what_its_table_says(example):
    checklist = built(plain(example.text))
    header, *rows = example.rows
    assert header == ["answers", "total", "passed"]
    for written, total, passed in rows:
        facts, answers = read_answers(quoted(written)[0].encode(), "docs")
        card = evaluate(checklist, facts, answers)
        span = exact(card.total.low) if card.total.settled else f"{exact(card.total.low)} to {exact(card.total.high)}"
        assert (span, {True: "yes", False: "no", None: "open"}[card.passed]) == (total, passed), written


def test_columns_are_read_as_told():
    example = of_kind("columns")[0]
    item = {"key": "A1", "text": "项", "full": "1", "scoring": "按", "verify": ["site"], "rule": {"yes_no": "1"}}
    scoring = {"not_applicable": "zero", "grades": [{"key": "g", "text": "等", "total_at_least": "0"}]}
    scoring |= plain(example.text)["scoring"]
    checklist = built({"scoring": scoring, "groups": [{"key": "A", "text": "组", "items": [item]}]})
    assert [column.key for column in checklist.scoring.columns] == ["expert", "public", "district"]


def test_conditions_hold_as_told():
    example = of_kind("condition")[0]
    facts = [
        {"key": "has_canteen", "text": "食堂", "ask": "yes_no"},
        {"key": "pupils", "text": "人数", "ask": "number"},
        {
            "key": "kind",
            "text": "类型",
            "ask": "choice",
            "options": [{"key": k, "text": k} for k in ("day", "evening")],
        },
    ]
    item = {"key": "A1", "text": "项", "full": "1", "scoring": "按", "verify": ["site"], "rule": {"yes_no": "1"}}
    item["applies"] = plain(example.text)
    scoring = {"not_applicable": "zero", "grades": [{"key": "g", "text": "等", "total_at_least": "0"}]}
    checklist = built({"scoring": scoring, "facts": facts, "groups": [{"key": "A", "text": "组", "items": [item]}]})
    condition = next(checklist.items()).applies
    assert condition is not None
    header, *rows = example.rows
    assert header == ["facts", "applies"]
    for written, expected in rows:
        known, problems = read_facts(checklist.facts, json.loads(quoted(written)[0]))
        result = {True: "yes", False: "no", None: "unknown"}[holds(condition, known, Numbers(()))]
        assert (result, problems) == (expected, []), written


def test_policies_and_grades_work_as_told():
    example = of_kind("totals")[0]
    policies = {quoted(row[0])[0]: row[1:] for row in example.rows if len(row) == 6 and quoted(row[0])}
    assert set(policies) - {"not_applicable"} == {policy.value for policy in NaPolicy}
    for policy, expected in policies.items():
        if policy == "not_applicable":
            continue
        document = plain(example.text)
        document["scoring"]["not_applicable"] = policy
        card = evaluate(built(document), {}, {"A1": Answer(30), "A2": Answer(na="无"), "B1": Answer(32)})
        counted = sum((group.full for group in card.groups), Fraction(0))
        numbers = [card.total.low, counted, card.grades[0].total_needed, card.groups[0].needed or Fraction(0)]
        assert [*map(exact, numbers), "yes" if card.passed else "no"] == expected, policy
    graded = [row for row in example.rows if len(row) == 5 and row[0] != "A1"]
    assert len(graded) == 5
    for a1, a2, b1, passed, level in graded:
        card = evaluate(built(plain(example.text)), {}, {"A1": Answer(a1), "A2": Answer(a2), "B1": Answer(b1)})
        assert card.passed is (passed == "yes"), (a1, a2, b1)
        assert (card.level or "–") == (quoted(level) or ["–"])[0], (a1, a2, b1)


def test_the_profile_is_sound_and_all_slots_are_named():
    profile = read_profile(of_kind("profile")[0].text.encode(), "docs")
    assert profile.certificate.number.format(code="XX", year=2026, serial=7) == "SL-XX-2026-0007"
    text = DOCUMENT.read_text("utf-8")
    assert [slot for slot in NUMBER_SLOTS | BODY_SLOTS if f"`{{{slot}}}`" not in text] == []


def test_numbers_are_printed_as_told():
    rows = re.findall(r"^\| `([\d./]+)` \| ([\d.]+) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    shown = {written: number for written, number in rows if written in {"79.996", "56/3", "80", "103.250"}}
    assert len(shown) == 4
    assert {written: printed(Fraction(written)) for written in shown} == shown


def test_every_word_of_the_format_is_explained(sample):
    """A field that the reader accepts and the document does not name would be one that nobody finds."""
    text = DOCUMENT.read_text("utf-8")
    folder = Path(__file__).resolve().parents[2] / "wufei_cells" / "checklists"
    elsewhere = {folder / "overlay_reading.py", folder / "template_reading.py"}  # explained in documents of their own
    sources = set(folder.glob("*reading.py")) - elsewhere
    names = {name for path in sources for name in re.findall(r'fields\.\w+\(\s*"(\w+)"', path.read_text("utf-8"))}
    assert len(names) > 40
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", text)] == []
