"""Small checklists for specifications: a rule stands there as it would in a file, and points are named by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.amounts import exact
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard, Span
from wufei_cells.wording import Catalogue

WORDING_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "wording"

Fields = dict[str, Any]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Every sentence of the program, as it is shipped."""
    merged: dict[str, dict[str, str]] = {}
    for path in sorted(WORDING_FOLDER.glob("*.json")):
        merged |= json.loads(path.read_text("utf-8"))
    return merged


def plain(text: str) -> Any:
    """Read a YAML fragment with every scalar kept as text, as the program itself does."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but text, lists and mappings


def make_item(key: str, full: str | int, rule: str, **fields: Any) -> Fields:
    """One item, its rule written as in a file."""
    written = {"key": key, "text": f"条款 {key}", "full": str(full), "scoring": "按规则", "rule": plain(rule)}
    return {**written, "verify": ["site"], **fields}


def make_checklist(groups: Mapping[str, list[Fields]], *, scoring: str = "", **fields: Any) -> Checklist:
    """A checklist of groups of items; unless told, it passes at 60 and stretches what applies to full marks."""
    ways = {"not_applicable": "rescale", "grades": [{"key": "pass", "text": "合格", "total_at_least": "0"}]}
    document = {
        "key": "T",
        "edition": "1",
        "title": "测试标准",
        "category": {"key": "test", "text": "测试", "code": "T"},
        "effective_from": "2026-01-01",
        "scoring": {**ways, **(plain(scoring) or {})},
        "groups": [{"key": key, "text": f"分组 {key}", "items": items} for key, items in groups.items()],
        **{name: plain(value) if isinstance(value, str) else value for name, value in fields.items()},
    }
    return read_checklist(json.dumps(document, ensure_ascii=False).encode(), "test.json")


def as_answers(given: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers as an answers file writes them."""
    return {
        key: Answer(na=value["na"]) if isinstance(value, dict) and "na" in value else Answer(value)
        for key, value in given.items()
    }


def shown(span: Span) -> str:
    """A number, or ``low to high`` while it is open."""
    return exact(span.low) if span.settled else f"{exact(span.low)} to {exact(span.high)}"


@pytest.fixture(scope="session")
def item() -> Callable[..., Fields]:
    return make_item


@pytest.fixture(scope="session")
def checklist() -> Callable[..., Checklist]:
    return make_checklist


@pytest.fixture(scope="session")
def score() -> Callable[..., Scorecard]:
    """Score a checklist: ``score(checklist, {"A1": True}, {"has_canteen": "yes"})``."""

    def run(of: Checklist, given: Mapping[str, Any], facts: Mapping[str, Any] | None = None) -> Scorecard:
        return evaluate(of, facts or {}, as_answers(given))

    return run


@pytest.fixture(scope="session")
def points() -> Callable[..., str]:
    """Points that one rule gives for one answer: ``points(rule, full, value)``.

    The item may not be set aside, so that an unanswered one shows what the rule itself can give.
    """

    def give(rule: str, full: str | int, value: Any, **fields: Any) -> str:
        one = make_checklist({"A": [make_item("A1", full, rule, not_applicable="never")]}, **fields)
        given = {} if value is None else {"A1": Answer(value)}
        card = evaluate(one, {}, given)
        return shown(card.items[0].got)

    return give


@pytest.fixture(scope="session")
def span_text() -> Callable[[Span], str]:
    return shown
