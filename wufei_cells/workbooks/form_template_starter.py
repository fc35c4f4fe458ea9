"""Write a plain workbook with all placeholders of a checklist and what they mean, from which an office begins."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from wufei_cells.domain.numbers_in_text import texts_in
from wufei_cells.workbooks.archive import EARLIEST
from wufei_cells.workbooks.cell_text import clean_text
from wufei_cells.workbooks.form_template_names import (
    FACT_NAMES,
    FIELDS,
    LIST_NAMES,
    PARTS,
    SKIP_NAMES,
    Kind,
    written,
)

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Checklist, Gate, Group, Item
    from wufei_cells.wording import Wording

_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_A4 = 9
_FONTS = {"zh": ("宋体", "黑体"), "en": ("Arial", "Arial")}
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
    words = _Words(checklist, wording, on)
    looks = _looks(workbook, "en" if words.english else "zh")
    _Form(workbook.add_worksheet(words.say("form")), words, looks).write()
    _Names(workbook.add_worksheet(words.say("names")), words, looks).write()
    workbook.close()
    return target.getvalue()


class _Words:
    """The names of placeholders and the words around them, in one language."""

    def __init__(self, checklist: Checklist, wording: Wording, on: date | None) -> None:
        self.checklist = checklist
        self.english = wording.language == "en"
        self.text = texts_in("en" if self.english else "zh", checklist, on)
        self._wording = wording

    def say(self, key: str, **values: object) -> str:
        """Give a sentence of this area by the last part of its key."""
        return self._wording.say(f"form_starter.{key}", **values)

    def field(self, name: str) -> str:
        """Give the name of a field as it stands between the braces."""
        return name if self.english else FIELDS[name]

    def label(self, name: str) -> str:
        """Give what stands before a field on the form."""
        return self.say(f"label.{name}") if self.english else FIELDS[name]

    def part(self, kind: Kind, part: str, entry: str = "") -> str:
        """Give the placeholder of what is told of an item, group or gate: of one, or of the next one."""
        prefix = LIST_NAMES[kind][0 if self.english else 1]
        name = part if self.english else PARTS[kind][part]
        return written(".".join((prefix, entry, name) if entry else (prefix, name)))

    def head(self, kind: Kind, part: str) -> str:
        """Give the head of a column."""
        return self.say(f"head.{part}") if self.english else PARTS[kind][part]


@dataclass(frozen=True, slots=True)
class _Looks:
    title: Any
    section: Any
    head: Any
    label: Any
    text: Any
    center: Any
    day: Any
    hint: Any


def _looks(workbook: Any, language: str) -> _Looks:
    body, heading = _FONTS[language]

    def make(font: str = body, **more: Any) -> Any:
        plain = {"font_name": font, "font_size": 10, "text_wrap": True, "valign": "vcenter"}
        return workbook.add_format({**plain, **more})

    boxed: dict[str, Any] = {"border": 1, "border_color": "#808A84"}
    head: dict[str, Any] = {**boxed, "bg_color": "#DDE5E1", "align": "center"}
    return _Looks(
        title=make(heading, font_size=18, align="center"),
        section=make(heading, font_size=11, bold=True),
        head=make(heading, **head),
        label=make(heading, **{**head, "bg_color": "#F1F4F2"}),
        text=make(**boxed, align="left"),
        center=make(**boxed, align="center", text_wrap=False, shrink=True),
        day=make(**boxed, num_format="yyyy-mm-dd", align="left"),
        hint=make(font_color="#5B6660"),
    )


class _Form:
    """The form itself, filled in whenever it is used."""

    def __init__(self, sheet: Any, words: _Words, looks: _Looks) -> None:
        self._sheet = sheet
        self._words = words
        self._looks = looks
        self._row = 0

    def write(self) -> None:
        """Write everything from top to bottom."""
        sheet, words, looks = self._sheet, self._words, self._looks
        sheet.set_paper(_A4)
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


class _Names:
    """The list of all placeholders, which is never filled in itself."""

    def __init__(self, sheet: Any, words: _Words, looks: _Looks) -> None:
        self._sheet = sheet
        self._words = words
        self._looks = looks
        self._row = 0

    def write(self) -> None:
        """Write what there is one of, then what there are several of."""
        words, looks, sheet = self._words, self._looks, self._sheet
        sheet.set_column(0, 1, 34)
        sheet.set_column(2, 2, 70)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        mark = written(SKIP_NAMES[0 if words.english else 1])
        sheet.merge_range(0, 0, 0, 2, "", looks.hint)
        sheet.write_string(0, 0, words.say("hint", mark=mark), looks.hint)
        sheet.set_row(0, 64)
        self._row = 1
        self._line(words.say("head.chinese"), words.say("head.english"), words.say("head.meaning"), looks.head)
        sheet.freeze_panes(self._row, 0)
        for name, chinese in FIELDS.items():
            self._line(written(chinese), written(name), words.say(f"field.{name}"), looks.text)
        for fact in words.checklist.facts:
            names = (f"{FACT_NAMES[1]}.{words.text(fact.text)}", f"{FACT_NAMES[0]}.{fact.key}")
            self._line(written(names[0]), written(names[1]), words.say("fact", fact=words.text(fact.text)), looks.text)
        for kind in PARTS:
            self._list(kind)

    def _list(self, kind: Kind) -> None:
        """Write what is told of the next entry, then each one as it is called by its number."""
        words, looks = self._words, self._looks
        for part, chinese in PARTS[kind].items():
            names = (f"{LIST_NAMES[kind][1]}.{chinese}", f"{LIST_NAMES[kind][0]}.{part}")
            self._line(written(names[0]), written(names[1]), words.say(f"{kind.value}.{part}"), looks.text)
        for number, text in self._entries(kind):
            part = "result" if kind is Kind.GATE else "points"
            names = (f"{LIST_NAMES[kind][1]}.{number}.{PARTS[kind][part]}", f"{LIST_NAMES[kind][0]}.{number}.{part}")
            meaning = words.say("one", number=number, name=text)
            self._line(written(names[0]), written(names[1]), meaning, looks.text)

    def _entries(self, kind: Kind) -> list[tuple[str, str]]:
        checklist = self._words.checklist
        entries: Iterable[Gate | Group | Item] = checklist.gates
        if kind is not Kind.GATE:
            entries = checklist.items() if kind is Kind.ITEM else checklist.all_groups()
        return [(entry.number, self._words.text(entry.text)) for entry in entries]

    def _line(self, chinese: str, english: str, meaning: str, look: Any) -> None:
        for column, text in enumerate((chinese, english, meaning)):
            self._sheet.write_string(self._row, column, clean_text(text), look)
        self._row += 1
