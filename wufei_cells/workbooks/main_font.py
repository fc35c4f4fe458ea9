"""The font in whose digits the widths of a workbook's columns are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from openpyxl.utils.indexed_list import IndexedList

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Font


def set_main_font(workbook: Workbook, font: Font) -> None:
    """Make a font the workbook's main one; openpyxl has no door for this."""
    fonts = cast("Any", IndexedList())
    fonts.add(font)
    inside = cast("Any", workbook)
    inside._fonts = fonts  # noqa: SLF001
    inside._named_styles["Normal"].font = font  # noqa: SLF001
