"""Every kind of rule found in real 评估细则 can be written in the format, and gives what was worked out by hand.

``kinds.yaml`` holds them: each is read by the program's own reader, scored by its own evaluator, and compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from wufei_cells.checklists.document import edition_document, edition_id
from wufei_cells.checklists.overlay_reading import read_overlay
from wufei_cells.checklists.overlaying import apply_overlay
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.amounts import exact
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.columns import composite
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard, Span

KINDS = yaml.load(Path(__file__).with_name("kinds.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "scoring-models.md"
HEAD = {
    "key": "KIND",
    "edition": "1",
    "title": "规则",
    "category": {"key": "kind", "text": "类", "code": "K"},
    "effective_from": "2026-01-01",
}
OVERLAY_HEAD = {
    "format": "wufei-overlay/1",
    "key": "COUNTY",
    "edition": "1",
    "title": "县级",
    "districts": ["east"],
    "effective_from": "2026-02-01",
}
PLAIN = {"not_applicable": "rescale", "grades": [{"key": "pass", "text": "达标", "total_at_least": "0"}]}
WORDS = {"text": "文字", "scoring": "按规则", "verify": ["site"]}
VERDICTS = {"yes": True, "no": False, "open": None}


def cases() -> Iterator[Any]:
    for kind in KINDS:
        for place, example in enumerate(kind["examples"], start=1):
            for case in example["cases"]:
                said = {key: value for key, value in case.items() if key in ("answer", "answers", "columns", "on")}
                yield pytest.param(example, case, id=f"{kind['number']}.{place} {json.dumps(said, ensure_ascii=False)}")


def read_example(example: dict[str, Any]) -> Checklist:
    """Read an example with the program's reader, after giving it the words that every file has."""
    written = example.get("checklist") or {"groups": [{"key": "A", "items": [{"key": "A1", **example["item"]}]}]}
    document = {**HEAD, **written, "scoring": {**PLAIN, **written.get("scoring", {})}}
    document["groups"] = [worded(group) for group in written["groups"]]
    document["gates"] = [{"text": "条件", "verify": ["site"], **gate} for gate in written.get("gates", [])]
    document |= {name: worded(written[name]) for name in ("bonus", "deductions") if name in written}
    checklist = read_checklist(as_file(document), "kinds.yaml")
    return with_overlay(checklist, example["overlay"]) if "overlay" in example else checklist


def as_file(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def with_overlay(parent: Checklist, written: dict[str, Any]) -> Checklist:
    """Put a county's overlay on an edition, as the program does."""
    identity = edition_id(edition_document(parent))
    add = {name: [worded(group) for group in added] for name, added in written["add"].items() if name == "groups"}
    add |= {name: [{**WORDS, **item} for item in added] for name, added in written["add"].items() if name != "groups"}
    document = {**OVERLAY_HEAD, **written, "add": add}
    document["extends"] = {"key": parent.key, "edition": parent.edition, "id": identity}
    return apply_overlay(parent, identity, read_overlay(as_file(document), "overlay.yaml"))


def worded(group: dict[str, Any]) -> dict[str, Any]:
    """Give a group and what is in it the words that stand in every file."""
    inner = {name: [worded(one) for one in group[name]] for name in ("groups",) if name in group}
    items = [{**WORDS, **item} for item in group.get("items", [])]
    return {"text": "分组", **group, **inner, "items": items}


def as_answers(case: dict[str, Any]) -> dict[str, Answer]:
    given = {"A1": case["answer"]} if "answer" in case else case.get("answers", {})
    return {
        key: Answer(na=value["na"]) if isinstance(value, dict) and set(value) == {"na"} else Answer(value)
        for key, value in given.items()
    }


def seen_in_columns(of: Checklist, case: dict[str, Any]) -> dict[str, Any]:
    """What several score sets give: each for itself, and together where the checklist says how."""
    cards = {key: scored(of, {**case, "answers": answers}) for key, answers in case["columns"].items()}
    each = {
        key: f"{shown(card.total) if card.finished else 'open'} {card.level or 'none'}" for key, card in cards.items()
    }
    if not of.scoring.columns:
        return {"each": each}
    together = composite(of, cards)
    total = "open" if together.missing else shown(together.total)
    return {"each": each, "total": total, "level": together.level or "none"}


def scored(of: Checklist, case: dict[str, Any]) -> Scorecard:
    on = date.fromisoformat(case["on"]) if "on" in case else None
    return evaluate(of, case.get("facts", {}), as_answers(case), on=on)


def shown(span: Span) -> str:
    return exact(span.low) if span.settled else f"{exact(span.low)} to {exact(span.high)}"


def seen_in(card: Scorecard, case: dict[str, Any]) -> dict[str, Any]:
    """Everything that a case may speak of, as a case writes it."""
    points = {item.key: shown(item.got) for item in card.items}
    return {
        "points": points.get("A1"),
        "total": shown(card.total) if card.finished else "open",
        "base": shown(card.base),
        "bonus": shown(card.bonus),
        "full": exact(card.full),
        "passed": next(word for word, verdict in VERDICTS.items() if verdict is card.passed),
        "level": card.level or "none",
        "items": {key: points[key] for key in case.get("items", {})},
        "missing": list(card.missing),
        "cautions": [caution.code for caution in card.cautions],
    }


@pytest.mark.parametrize(("example", "case"), list(cases()))
def test_what_was_worked_out_by_hand_comes_out(example, case):
    of = read_example(example)
    if "refused" in case:
        with pytest.raises(ProblemsFound) as found:
            scored(of, case)
        assert [problem.code for problem in found.value.problems] == [case["refused"]]
        return
    seen = seen_in_columns(of, case) if "columns" in case else seen_in(scored(of, case), case)
    expected = {key: value for key, value in case.items() if key in seen}
    assert {key: seen[key] for key in expected} == expected


# --- the table itself


def test_all_kinds_are_there_once_and_in_order():
    assert [kind["number"] for kind in KINDS] == [str(number) for number in range(1, 49)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["number"])
def test_every_kind_is_named_has_a_real_example_and_is_told_apart_by_its_cases(kind):
    """At least two cases with different results, so that no example gives the same whatever is answered."""
    assert set(kind["name"]) == {"zh", "en"}
    assert kind["seen"]["from"]
    assert kind["seen"]["says"]
    for example in kind["examples"]:
        outcomes = [
            {key: value for key, value in case.items() if key not in ("answer", "answers", "facts", "on", "columns")}
            for case in example["cases"]
        ]
        assert all(outcomes)
        assert len(outcomes) >= 2
        assert any(outcome != outcomes[0] for outcome in outcomes)


def fields_in(written: Any) -> Iterator[str]:
    """Name every field of an example, at any depth."""
    for key, value in written.items() if isinstance(written, dict) else ():
        yield key
        yield from fields_in(value)
    for entry in written if isinstance(written, list) else ():
        yield from fields_in(entry)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["number"])
def test_what_a_kind_is_said_to_be_written_with_is_in_its_examples(kind):
    used = {name for example in kind["examples"] for name in fields_in(example)}
    assert set(kind["written_with"]) <= used
    assert kind["written_with"]


def test_the_document_lists_the_kinds_as_they_are():
    """docs/scoring-models.md has one row for each: number, names, fields, and how many cases are worked out by hand."""
    rows = [
        f"| {kind['number']} | {kind['name']['zh']} | {kind['name']['en']} | "
        f"{' '.join(f'`{name}`' for name in kind['written_with'])} | "
        f"{sum(len(example['cases']) for example in kind['examples'])} |"
        for kind in KINDS
    ]
    document = DOCUMENT.read_text("utf-8").splitlines()
    assert [row for row in document if row.split("|")[1:2] and row.split("|")[1].strip().isdigit()] == rows
