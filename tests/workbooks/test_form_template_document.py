"""The document on an office's own workbook against the program: every placeholder, and none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

from tests.workbooks.conftest import small_checklist
from tests.workbooks.form_templates import values
from wufei_cells import shipped
from wufei_cells.services import filling_templates
from wufei_cells.wording import Wording
from wufei_cells.workbooks.form_templates.names import FACT_NAMES, FIELDS, LIST_NAMES, PARTS, SKIP_NAMES, read_reference

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "form-templates.md").read_text(encoding="utf-8")
TOLD = re.findall(r"`\{\{([^`]+?)\}\}`", DOCUMENT)


def test_every_placeholder_is_told_by_both_names():
    names = {name for pair in FIELDS.items() for name in pair} | set(SKIP_NAMES)
    for kind, parts in PARTS.items():
        english, chinese = LIST_NAMES[kind][:2]
        names |= {f"{english}.{part}" for part in parts} | {f"{chinese}.{part}" for part in parts.values()}
    assert names - set(TOLD) == set()
    assert all(any(name.startswith(f"{start}.") for name in TOLD) for start in FACT_NAMES)


def test_every_placeholder_that_is_told_is_one():
    assert [name for name in TOLD if read_reference(name) is None] == []


def test_no_name_means_two_things():
    names = [name for pair in FIELDS.items() for name in pair] + list(SKIP_NAMES)
    assert len(names) == len(set(names))
    for parts in PARTS.values():
        assert len({*parts, *parts.values()}) == 2 * len(parts)


def test_the_starter_lists_every_placeholder_with_its_meaning():
    wording = Wording(shipped.wording_catalogue(), "zh")
    listed = set(values(filling_templates.starter_template(small_checklist(), wording), "占位符一览").values())
    for kind, parts in PARTS.items():
        assert {f"{{{{{LIST_NAMES[kind][1]}.{part}}}}}" for part in parts.values()} <= listed
    assert {f"{{{{{name}}}}}" for pair in FIELDS.items() for name in pair} <= listed
    assert {f"{{{{条款.{item.key}.得分}}}}" for item in small_checklist().items()} <= listed
