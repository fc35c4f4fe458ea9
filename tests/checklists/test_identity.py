"""What makes two editions the same, and what an answer belongs to."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
import yaml

from wufei_cells.checklists.document import edition_document, edition_id, entry_hash, with_parameters
from wufei_cells.checklists.reading import read_checklist, read_document
from wufei_cells.domain.profiles import CityNumber
from wufei_cells.errors import ProblemsFound


def identity(text: str) -> str:
    return edition_id(edition_document(read_checklist(text.encode(), "x.yaml")))


def turned(data):
    """The same data with the fields of every mapping in the opposite order."""
    if isinstance(data, dict):
        return {key: turned(value) for key, value in reversed(data.items())}
    return [turned(value) for value in data] if isinstance(data, list) else data


def test_remarks_order_quotes_and_defaults_do_not_change_an_edition(sample):
    same = identity(sample)
    data = yaml.load(sample, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but plain data
    assert identity("# a remark\n" + sample.replace("\n", "   # one more\n", 1)) == same
    assert identity(yaml.safe_dump(turned(data), sort_keys=False, allow_unicode=True)) == same
    assert identity(json.dumps(data, ensure_ascii=False)) == same
    assert identity("\ufeff" + sample.replace("\n", "\r\n")) == same
    assert identity(sample.replace("full: 25\n", "").replace("cap: 3", "cap: 3.00")) == same
    assert identity(sample.replace("cap: 3\n", "cap: 3\n  counts_for_pass: no\n  number: X\n")) == same
    assert identity(sample.replace("short_of: 90}", "short_of: 90, each: 1, part_step: ignore}")) == same


@pytest.mark.parametrize(
    ("passage", "replacement"),
    [
        ("text: 领导机构", "text: 领导小组"),
        ("short_of: 90}", "short_of: 91}"),
        ("short_of: 90}", "short_of: 90, part_step: count}"),
        ("value: 16", "value: 17"),
        ("not_applicable: rescale", "not_applicable: full"),
        ("cap: 3", "cap: 3\n  counts_for_pass: yes"),
        ("en: Sample", "en: A sample"),
        ("verify: [site, survey]", "verify: [survey, site]"),
    ],
)
def test_a_change_of_text_number_or_rule_is_another_edition(sample, passage, replacement):
    assert passage in sample
    assert identity(sample.replace(passage, replacement)) != identity(sample)


def test_every_shipped_edition_reads_back_from_its_document(shipped):
    documents = {name: edition_document(read_checklist(content, name)) for name, content in shipped.items()}
    assert {name: edition_document(read_document(document)) for name, document in documents.items()} == documents
    assert len({edition_id(document) for document in documents.values()}) == len(shipped)


def test_an_answer_belongs_to_the_item_and_not_to_its_neighbors(sample):
    before = read_checklist(sample.encode(), "x")
    after = read_checklist(
        sample.replace("text: 领导机构", "text: 领导小组").replace('"2026.1"', '"2026.2"').encode(), "x"
    )
    kept = [entry.key for entry in after.entries() if entry_hash(entry) == entry_hash(before.entry(entry.key))]
    assert kept == ["G1", "A2", "B1", "B2", "X1"]


def test_a_city_with_its_own_numbers_uses_an_edition_of_its_own(sample):
    checklist = read_checklist(sample.encode(), "x")
    numbers = {"pass_mark": CityNumber(Decimal(18)), "not_asked_here": CityNumber(Decimal(1))}
    adapted = with_parameters(checklist, numbers)
    assert edition_id(edition_document(adapted)) == identity(sample.replace("value: 16", "value: 18"))
    assert with_parameters(checklist, {}) == checklist


def test_a_citys_numbers_must_make_sense_too(sample):
    checklist = read_checklist(sample.encode(), "x")
    with pytest.raises(ProblemsFound) as found:
        with_parameters(checklist, {"pass_mark": CityNumber(Decimal(24))})
    assert [problem.code for problem in found.value.problems] == ["checklist.grade_order"]
