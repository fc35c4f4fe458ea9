"""How the cells of the workbooks look that openpyxl writes: the house's style as its ready parts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from wufei_cells.workbooks.house_style import (
    ANSWER_FILL,
    BODY_SIZE,
    FACES,
    HEAD_FILL,
    INK,
    LABEL_FILL,
    LINE,
    MUTED_FILL,
    RED,
    TITLE_SIZE,
    WARNING_SIZE,
)

if TYPE_CHECKING:
    from wufei_cells.domain.text import Language
    from wufei_cells.workbooks.house_style import Faces

Across = Literal["left", "center", "right"]
Down = Literal["top", "center", "bottom"]

_OPAQUE = "FF"
_INK = _OPAQUE + INK
_RED = _OPAQUE + RED
_LINE = Side(style="thin", color=_OPAQUE + LINE)
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_NO_BORDER = Border()
_HEAD_FILL = PatternFill("solid", fgColor=_OPAQUE + HEAD_FILL)
_LABEL_FILL = PatternFill("solid", fgColor=_OPAQUE + LABEL_FILL)
_MUTED_FILL = PatternFill("solid", fgColor=_OPAQUE + MUTED_FILL)
_ANSWER_FILL = PatternFill("solid", fgColor=_OPAQUE + ANSWER_FILL)
_NO_FILL = PatternFill()
_LOCKED = Protection()
_UNLOCKED = Protection(locked=False)


class Kind(Enum):
    """What a cell is for."""

    TITLE = "title"
    WARNING = "warning"
    HEAD = "head"
    SECTION = "section"
    LABEL = "label"
    GROUP = "group"
    GROUP_TEXT = "group_text"
    GROUP_CENTER = "group_center"
    TEXT = "text"
    CENTER = "center"
    SUM_LABEL = "sum_label"
    SUM_TEXT = "sum_text"
    SUM_NUMBER = "sum_number"
    HINT = "hint"
    MUTED = "muted"
    MUTED_CENTER = "muted_center"
    FAILED = "failed"
    FAILED_CENTER = "failed_center"
    RESULT = "result"
    VALUE = "value"
    FAILED_VALUE = "failed_value"
    PLAIN = "plain"
    MARK = "mark"
    ANSWER = "answer"
    ANSWER_TEXT = "answer_text"
    ANSWER_LOCKED = "answer_locked"


@dataclass(frozen=True, slots=True)
class Look:
    """The ready parts of one kind of cell."""

    font: Font
    fill: PatternFill
    border: Border
    alignment: Alignment
    size: float
    protection: Protection = _LOCKED
    """Whether it can be changed while the sheet is protected."""


@dataclass(frozen=True, slots=True)
class _Hand:
    """Writes in the typefaces of one language."""

    faces: Faces

    def write(self, size: float = BODY_SIZE, *, color: str = _INK, bold: bool = False, **more: Any) -> Look:
        """A look in the body's face."""
        return self._look(Font(name=self.faces.body, size=size, bold=bold, color=color, family=1), size, **more)

    def head(self, size: float = BODY_SIZE, *, color: str = _INK, bold: bool = False, **more: Any) -> Look:
        """A look in the face of headings; where that is the body's too, it takes weight."""
        bold = bold or self.faces.heavy_heads
        return self._look(Font(name=self.faces.heading, size=size, bold=bold, color=color, family=2), size, **more)

    @staticmethod
    def _look(
        font: Font,
        size: float,
        fill: PatternFill = _NO_FILL,
        border: Border = _BOX,
        across: Across = "left",
        down: Down = "center",
        indent: int = 0,
        *,
        unlocked: bool = False,
    ) -> Look:
        alignment = Alignment(across, down, wrap_text=True, indent=indent)
        return Look(font, fill, border, alignment, size, _UNLOCKED if unlocked else _LOCKED)


def looks(language: Language) -> dict[Kind, Look]:
    """All looks in the fonts of a language."""
    hand = _Hand(FACES[language])
    write, head = hand.write, hand.head
    return {
        Kind.TITLE: head(TITLE_SIZE, border=_NO_BORDER, across="center"),
        Kind.WARNING: head(WARNING_SIZE, bold=True, color=_RED, border=_NO_BORDER, across="center"),
        Kind.HEAD: head(fill=_HEAD_FILL, across="center"),
        Kind.SECTION: head(11, fill=_HEAD_FILL, indent=1),
        Kind.LABEL: head(fill=_LABEL_FILL, across="center"),
        Kind.GROUP: head(fill=_LABEL_FILL, across="center", down="top"),  # may go on over a page's end
        Kind.GROUP_TEXT: head(fill=_LABEL_FILL),
        Kind.GROUP_CENTER: head(fill=_LABEL_FILL, across="center"),
        Kind.TEXT: write(),
        Kind.VALUE: write(indent=1),
        Kind.CENTER: write(across="center"),
        Kind.SUM_LABEL: head(fill=_LABEL_FILL, across="right", indent=1),
        Kind.SUM_TEXT: write(fill=_LABEL_FILL),
        Kind.SUM_NUMBER: write(bold=True, fill=_LABEL_FILL, across="center"),
        Kind.HINT: write(fill=_LABEL_FILL, indent=1),
        Kind.MUTED: write(fill=_MUTED_FILL),
        Kind.MUTED_CENTER: write(fill=_MUTED_FILL, across="center"),
        Kind.FAILED: write(bold=True, color=_RED),
        Kind.FAILED_CENTER: write(bold=True, color=_RED, across="center"),
        Kind.FAILED_VALUE: write(bold=True, color=_RED, indent=1),
        Kind.RESULT: head(12, bold=True, across="center"),
        Kind.PLAIN: write(border=_NO_BORDER, down="bottom"),
        Kind.MARK: Look(Font(name=hand.faces.body, size=BODY_SIZE), _NO_FILL, _NO_BORDER, Alignment(), BODY_SIZE),
        Kind.ANSWER: write(fill=_ANSWER_FILL, across="center", unlocked=True),
        Kind.ANSWER_TEXT: write(fill=_ANSWER_FILL, unlocked=True),
        Kind.ANSWER_LOCKED: write(fill=_MUTED_FILL, across="center"),
    }
