"""docs/overlay-format.md is true: its example is applied, and its numbers are what the program gives."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from wufei_cells.checklists.document import edition_document, edition_id
from wufei_cells.checklists.overlay_reading import read_overlay
from wufei_cells.checklists.overlaying import apply_overlay
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.rules import ParameterRef, Quantity

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "overlay-format.md").read_text("utf-8")
CHECKLISTS = (ROOT / "docs" / "checklist-format.md").read_text("utf-8")


def block(text: str, kind: str) -> bytes:
    found = re.search(rf"```yaml {kind}\n(.*?)```", text, re.DOTALL)
    assert found, kind
    return found[1].encode()


@pytest.fixture(scope="module")
def city() -> Checklist:
    return read_checklist(block(CHECKLISTS, "checklist"), "docs")


@pytest.fixture(scope="module")
def county(city) -> Checklist:
    return apply_overlay(city, edition_id(edition_document(city)), read_overlay(block(DOCUMENT, "overlay"), "docs"))


def number(checklist: Checklist, quantity: Quantity | None) -> str:
    assert quantity is not None
    if isinstance(quantity, ParameterRef):
        return plain(next(entry.value for entry in checklist.parameters if entry.key == quantity.name))
    return plain(quantity)


def test_the_example_adds_up_as_told(city, county):
    assert (city.full, county.full) == (Decimal(50), Decimal(57))
    assert county.overlay is not None
    assert county.overlay.added == ("G9", "A9")
    rows = re.findall(r"^\| `(\w+)`, (total|of group \w) \| (\S+)(?: %)? \| (\S+)(?: %)? \|$", DOCUMENT, re.MULTILINE)
    assert len(rows) == 4
    for grade, what, of_city, of_county in rows:
        for checklist, told in ((city, of_city), (county, of_county)):
            assert mark(checklist, grade, what) == told, (grade, what)


def mark(checklist: Checklist, key: str, what: str) -> str:
    grade = next(grade for grade in checklist.grades if grade.key == key)
    if what == "total":
        return number(checklist, grade.total_at_least)
    return number(checklist, dict(grade.group_exceptions).get(what[-1], grade.groups_at_least))


def test_every_word_of_the_format_is_explained():
    source = (ROOT / "wufei_cells" / "checklists" / "overlay_reading.py").read_text("utf-8")
    names = set(re.findall(r'(?:fields|add|raised)\.\w+\(\s*"(\w+)"', source))
    assert len(names) > 20
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", DOCUMENT)] == []
