"""Write a plain workbook with all placeholders of a checklist and what they mean, from which an office begins."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from wufei_cells.workbooks.archive import EARLIEST
from wufei_cells.workbooks.cell_text import clean_text
from wufei_cells.workbooks.form_templates.names import Kind, written
from wufei_cells.workbooks.form_templates.starter_list import NameList
from wufei_cells.workbooks.form_templates.starter_words import A4, Looks, Words, looks_for

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.wording import Wording

_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_HEAD = (
    ("site.name", "site.category"),
    ("site.address", "site.district"),
    ("checklist.title", "checklist.edition"),
    ("assessment.assessors", "assessment.date"),
    ("assessment.total", "assessment.level"),
    ("assessment.passed", "certificate.number"),
)
"""Fields at the head of the form, two in a row."""
_ITEM_COLUMNS = ("number", "group", "text", "full", "points", "answer", "reason", "note")
_WIDTHS = (7, 14, 40, 7, 7, 14, 34, 24)
_LABEL_END, _VALUE_END, _SECOND_END, _LAST = 1, 3, 5, 7
"""Last columns, counted from 0, of the four parts of a row at the head."""
_CENTERED = ("number", "full", "points", "result")
_DAYS = ("assessment.date",)


def write_starter(checklist: Checklist, wording: Wording, *, on: date | None = None) -> bytes:
    """Write the workbook in the language of the wording; the same checklist gives the same bytes."""
    target = io.BytesIO()
    workbook: Any = xlsxwriter.Workbook(target, _PLAIN)
    workbook.set_properties({"created": datetime(*EARLIEST, tzinfo=UTC).replace(tzinfo=None)})
    words = Words(checklist, wording, on)
    looks = looks_for(workbook, "en" if words.english else "zh")
    _Form(workbook.add_worksheet(words.say("form")), words, looks).write()
    NameList(workbook.add_worksheet(words.say("names")), words, looks).write()
    workbook.close()
    return target.getvalue()


class _Form:
    """The form itself, filled in whenever it is used."""

    def __init__(self, sheet: Any, words: Words, looks: Looks) -> None:
        self._sheet = sheet
        self._words = words
        self._looks = looks
        self._row = 0

    def write(self) -> None:
        """Write everything from top to bottom."""
        sheet, words, looks = self._sheet, self._words, self._looks
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        title = words.say("title", category=written(words.field("site.category")))
        self._across(0, _LAST, title, looks.title, height=34)
        for left, right in _HEAD:
            self._two(left, right)
        self._across_labelled("assessment.verdict")
        self._table(Kind.GATE, ("number", "text", "result", "note"), len(words.checklist.gates))
        self._items()
        self._table(Kind.GROUP, ("number", "text", "full", "points"), len(list(words.checklist.top_groups())))
        self._row += 1
        self._across(0, _LAST, words.say("signed", today=written(words.field("today"))), looks.hint)

    def _two(self, left: str, right: str) -> None:
        words, looks = self._words, self._looks
        places = ((0, _LABEL_END, _VALUE_END, left), (_VALUE_END + 1, _SECOND_END, _LAST, right))
        for first, label_end, last, name in places:
            self._merge(first, label_end, words.label(name), looks.label)
            look = looks.day if name in _DAYS else looks.text
            self._merge(label_end + 1, last, written(words.field(name)), look)
        self._next(22)

    def _across_labelled(self, name: str) -> None:
        words, looks = self._words, self._looks
        self._merge(0, _LABEL_END, words.label(name), looks.label)
        self._merge(_LABEL_END + 1, _LAST, written(words.field(name)), looks.text)
        self._next(50)

    def _items(self) -> None:
        words, looks = self._words, self._looks
        self._heading("items")
        for column, part in enumerate(_ITEM_COLUMNS):
            self._text(column, words.head(Kind.ITEM, part), looks.head)
        self._next(22)
        for _item in words.checklist.items():
            for column, part in enumerate(_ITEM_COLUMNS):
                look = looks.center if part in _CENTERED else looks.text
                self._text(column, words.part(Kind.ITEM, part), look)
            self._row += 1  # without a height, so that it can follow from what is filled in

    def _table(self, kind: Kind, parts: Sequence[str], rows: int) -> None:
        """Write a short table: number, text across three columns, and two more."""
        if not rows:
            return
        words, looks = self._words, self._looks
        self._heading(f"{kind.value}s")
        areas = ((0, 0), (1, 3), (4, 5), (6, _LAST))
        for row in range(rows + 1):
            for (first, last), part in zip(areas, parts, strict=True):
                text = words.part(kind, part) if row else words.head(kind, part)
                look = looks.center if part in _CENTERED else looks.text
                self._merge(first, last, text, look if row else looks.head)
            self._next(22)

    # --- cells

    def _heading(self, key: str) -> None:
        self._row += 1
        self._across(0, _LAST, self._words.say(f"section.{key}"), self._looks.section)

    def _across(self, first: int, last: int, text: str, look: Any, *, height: float = 22) -> None:
        self._merge(first, last, text, look)
        self._next(height)

    def _merge(self, first: int, last: int, text: str, look: Any) -> None:
        if first == last:
            self._text(first, text, look)
            return
        self._sheet.merge_range(self._row, first, self._row, last, "", look)
        self._text(first, text, look)

    def _text(self, column: int, text: str, look: Any) -> None:
        self._sheet.write_string(self._row, column, clean_text(text), look)

    def _next(self, height: float) -> None:
        self._sheet.set_row(self._row, height)
        self._row += 1
