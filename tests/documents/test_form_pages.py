"""The pages of forms: heads on each, nothing split, nothing lost, whatever the length of a checklist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.forms import blank, filled, many_items, pages
from tests.samples.registers import sample
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.documents.form_table import FormColumn, FormRow, FormTable, Para
from wufei_cells.documents.report_pages import Box, ReportPages, Words
from wufei_cells.documents.score_form import FORM_PAPER
from wufei_cells.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
TOWN = read_checklist(sample("town"), "town")
SHIPPED = sorted(path for path in (ROOT / "criteria").glob("*/*.yaml") if path.stem != "profile")


@pytest.fixture(scope="session")
def catalogue() -> dict[str, dict[str, str]]:
    merged: dict[str, dict[str, str]] = {}
    for path in sorted((ROOT / "resources" / "wording").glob("*.json")):
        merged |= json.loads(path.read_text("utf-8"))
    return merged


@pytest.fixture(params=["zh", "en"])
def wording(request, catalogue) -> Wording:
    return Wording(catalogue, request.param)


@pytest.fixture
def zh(catalogue) -> Wording:
    return Wording(catalogue, "zh")


@pytest.mark.parametrize("kind", [blank, lambda of, words: filled(of, words, {})])
def test_sixty_items_with_long_texts_are_not_split(document_fonts, wording, kind):
    """Whatever belongs to an item stands on one page, under a head, with the page's number."""
    found = pages(kind(many_items(TOWN, "A2", 60, 12), wording), document_fonts, wording)
    scored = [page for page in found if "Z" in page and "指0" in page]
    assert len(scored) > 10
    head = (
        "序号指标与查验要点满分评分标准查验"
        if wording.language == "zh"
        else "No.Item,andwhattolookatFullHowitisscoredBy"
    )
    assert all(head in page for page in scored)
    for number in range(60):
        ends = [f"{mark}{number:03d}{end}" for mark in "指材分" for end in "始终"]
        ends += [f"引{number:03d}{end}" for end in "始终" if kind is blank]
        assert sum(all(end in page for end in ends) for page in scored) == 1, number
    count = len(found)
    page = "第{}页共{}页" if wording.language == "zh" else "Page{}of{}"
    assert all(page.format(number, count) in text for number, text in enumerate(found, start=1))


def test_a_group_that_goes_on_says_so_at_the_top(document_fonts, zh):
    found = pages(blank(many_items(TOWN, "A2", 30, 4), zh), document_fonts, zh)
    scored = [page for page in found if "指0" in page]
    assert "A组织（30分）" in scored[0]
    assert all("A组织（30分）（续）" in page for page in scored[1:])


def test_a_subtotal_never_stands_alone(document_fonts, zh):
    for count in range(3, 12):
        found = pages(blank(many_items(TOWN, "A2", count, 9), zh), document_fonts, zh)
        last = next(page for page in found if "A组织小计" in page)
        assert f"指{count - 1:03d}始" in last


TEXTS = st.text("资料现场查验，。abc ", min_size=1, max_size=900)
ROWS = st.lists(st.tuples(TEXTS, TEXTS, st.booleans()), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_law_rows_stay_whole_and_nothing_is_lost(document_fonts, rows):
    """Only a row that is higher than a page is parted; nothing stands outside the page's room; no character is lost."""
    sheets = ReportPages(document_fonts, FORM_PAPER)
    table = FormTable(sheets, [FormColumn("甲列", 60), FormColumn("乙列", 90), FormColumn("丙列", 400)])
    form = [
        FormRow([[Para(f"#{number}#")], [Para(left)], [Para(right, leading=30)]], keep=keep)
        for number, (left, right, keep) in enumerate(rows)
    ]
    table.set(form)
    for marks in sheets._pages:
        assert [mark.text for mark in marks if isinstance(mark, Words)][:3] == ["甲列", "乙列", "丙列"]
        for mark in marks:
            if isinstance(mark, Words):
                assert FORM_PAPER.bottom <= mark.y <= FORM_PAPER.top
            elif isinstance(mark, Box):
                assert mark.y >= FORM_PAPER.bottom - 0.01
                assert mark.y + mark.height <= FORM_PAPER.top + 0.01
    written = "".join(mark.text for marks in sheets._pages for mark in marks if isinstance(mark, Words))
    for char in "资料现场查验，。abc":
        wanted = sum((left + right).count(char) for left, right, _keep in rows)
        assert written.count(char) == wanted, char
    for number, row in enumerate(form):
        if table._set(row).height <= table._most():
            on = [
                marks
                for marks in sheets._pages
                if any(isinstance(mark, Words) and mark.text == f"#{number}#" for mark in marks)
            ]
            assert len(on) == 1


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_shipped_checklist_prints_in_both_languages(document_fonts, catalogue, path):
    checklist = read_checklist(path.read_bytes(), path.name)
    for language in ("zh", "en"):
        words = Wording(catalogue, language)
        for data in (blank(checklist, words), filled(checklist, words, {}, {})):
            found = pages(data, document_fonts, words)
            assert 3 <= len(found) <= 14
            text = "".join(found)
            assert all(entry.number in text for entry in checklist.entries())
            assert not re.search(r"(?<![a-z])form\.[a-z_]+", text), "every sentence is worded"
            assert "{" not in text
