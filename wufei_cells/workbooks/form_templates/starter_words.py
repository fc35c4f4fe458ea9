"""The names of placeholders, the words around them and the looks of cells in the starter workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from wufei_cells.domain.numbers_in_text import texts_in
from wufei_cells.workbooks.form_templates.names import FIELDS, LIST_NAMES, PARTS, Kind, written

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.wording import Wording

A4 = 9
_FONTS = {"zh": ("宋体", "黑体"), "en": ("Arial", "Arial")}


class Words:
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
class Looks:
    """How cells look."""

    title: Any
    section: Any
    head: Any
    label: Any
    text: Any
    center: Any
    day: Any
    hint: Any


def looks_for(workbook: Any, language: str) -> Looks:
    """Make the looks for a language."""
    body, heading = _FONTS[language]

    def make(font: str = body, **more: Any) -> Any:
        plain = {"font_name": font, "font_size": 10, "text_wrap": True, "valign": "vcenter"}
        return workbook.add_format({**plain, **more})

    boxed: dict[str, Any] = {"border": 1, "border_color": "#808A84"}
    head: dict[str, Any] = {**boxed, "bg_color": "#DDE5E1", "align": "center"}
    return Looks(
        title=make(heading, font_size=18, align="center"),
        section=make(heading, font_size=11, bold=True),
        head=make(heading, **head),
        label=make(heading, **{**head, "bg_color": "#F1F4F2"}),
        text=make(**boxed, align="left"),
        center=make(**boxed, align="center", text_wrap=False, shrink=True),
        day=make(**boxed, num_format="yyyy-mm-dd", align="left"),
        hint=make(font_color="#5B6660"),
    )
