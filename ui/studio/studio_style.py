"""The looks that only the studio has, in the colors in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.theme import COLORS
from ui.widgets.desk_style import desk_style

if TYPE_CHECKING:
    from ui.theme import Theme


def studio_style(theme: Theme) -> str:
    """Give the studio's style sheet, on top of that of the desk whose answer editors it borrows."""
    colors = {name: theme.color(name).name() for name in COLORS}
    return desk_style(theme) + STYLE_SHEET.format_map(colors)


STYLE_SHEET: Final = """
QToolButton[role="row"], QToolButton[role="effect"] {{
    border: 1px solid transparent; background: transparent; padding: 0; min-height: 26px; min-width: 26px;
}}
QToolButton[role="row"] {{ max-width: 26px; }}
QToolButton[role="row"]:hover, QToolButton[role="effect"]:hover {{ background: {raised}; }}
QToolButton[role="row"]:focus, QToolButton[role="effect"]:focus {{ border: 2px solid {accent}; }}
QToolButton[role="effect"]::menu-indicator {{ image: none; width: 0; }}
QPlainTextEdit[problem="true"], QDateEdit[problem="true"] {{ border: 2px solid {failed}; }}
QCheckBox[problem="true"] {{ color: {failed}; }}
"""
