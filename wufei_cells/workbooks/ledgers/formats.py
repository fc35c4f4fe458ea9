"""The looks of a ledger's cells, as XlsxWriter has them: the house's style, made once for a workbook."""

# XlsxWriter brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from wufei_cells.workbooks import house_style
from wufei_cells.workbooks.ledgers.table import Look

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from wufei_cells.domain.text import Language

_BOX = {"border": 1, "border_color": f"#{house_style.LINE}"}
_WRAPPED = {"text_wrap": True, "valign": "vcenter", "font_scheme": "none"}
_SHARE, _MOMENT = "0.00%", f"{house_style.DAY} hh:mm"


@dataclass(frozen=True, slots=True)
class ColumnFormats:
    """The looks that the cells of one column can have, by what is in them."""

    text: Format
    command: Format
    """Text that a spreadsheet would take for a formula if a person edited it."""
    number: Format
    day: Format
    moment: Format
    of_all: Callable[[int], Format]
    """Of so many."""


class Formats:
    """All looks of one ledger."""

    def __init__(self, workbook: Workbook, language: Language, *, centered: bool) -> None:
        """Make them; a title that is not centered begins on the first of several pages beside each other."""
        self._workbook = workbook
        faces = house_style.FACES[language]
        self._body = {**_WRAPPED, "font_name": faces.body, "font_size": house_style.BODY_SIZE, "font_family": 1}
        heading = {**_WRAPPED, "font_name": faces.heading, "font_family": 2, "align": "center"}
        heavy = {"bold": faces.heavy_heads}
        above = {**heading, "align": "center" if centered else "left"}
        self.title = workbook.add_format({**above, **heavy, "font_size": house_style.TITLE_SIZE})
        red = {"bold": True, "font_color": f"#{house_style.RED}"}
        self.warning = workbook.add_format({**above, **red, "font_size": house_style.WARNING_SIZE})
        head = {**heading, **heavy, **_BOX, "font_size": house_style.BODY_SIZE}
        self.head = workbook.add_format({**head, "bg_color": f"#{house_style.HEAD_FILL}"})
        self.about = workbook.add_format({**self._body, "valign": "bottom"})
        self._made: dict[tuple[Look, bool], ColumnFormats] = {}

    def of(self, look: Look, *, strong: bool = False) -> ColumnFormats:
        """Give the looks of a column, or of its sums."""
        if (look, strong) not in self._made:
            self._made[look, strong] = self._column(look, strong=strong)
        return self._made[look, strong]

    def _column(self, look: Look, *, strong: bool) -> ColumnFormats:
        text = {**self._body, **_BOX, "align": "left" if look is Look.TEXT else "center", "bold": strong}
        middle = {**text, "align": "center"}
        make = self._workbook.add_format

        @cache
        def of_all(whole: int) -> Format:
            return make({**middle, "num_format": f'0" / {whole}"' if whole else '"–"'})

        return ColumnFormats(
            of_all=of_all,
            text=make(text),
            command=make({**text, "quote_prefix": True}),
            number=make({**middle, "num_format": _SHARE} if look is Look.SHARE else middle),
            day=make({**middle, "num_format": house_style.DAY}),
            moment=make({**middle, "num_format": _MOMENT}),
        )
