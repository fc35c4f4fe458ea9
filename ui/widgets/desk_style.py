"""The looks that only the scoring desk has, in the colors in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.theme import COLORS

if TYPE_CHECKING:
    from ui.theme import Theme


def desk_style(theme: Theme) -> str:
    """Give the desk's style sheet; set it anew when the theme changes."""
    colors = {name: theme.color(name).name() for name in COLORS}
    return STYLE_SHEET.format_map({**colors, "caption_size": f"{theme.pixels('caption')}px"})


STYLE_SHEET: Final = """
QFrame[role="choice"] {{ border: 1px solid transparent; border-radius: 6px; background: transparent; }}
QFrame[role="choice"]:hover {{ background: {raised}; }}
QFrame[role="choice"][chosen="true"] {{ background: {selection}; border-color: {accent}; }}
QLabel[role="key"] {{
    color: {muted}; border: 1px solid {line}; border-radius: 4px; font-size: {caption_size}; background: {card};
}}
QLabel[role="points"] {{ color: {muted}; }}
QLabel[role="unit"] {{ color: {muted}; font-size: {caption_size}; }}
QLabel[role="derived"] {{ color: {text}; font-weight: 700; }}
QLabel[role="part_title"] {{ font-weight: 700; }}
QLabel[role="part_title"][muted="true"] {{ color: {muted}; font-weight: 400; }}
QLabel[role="attention"] {{ color: {attention}; }}
QLabel[role="passed"] {{ color: {passed}; }}
QLabel[role="failed"] {{ color: {failed}; }}
QLabel[role="conflict"] {{ color: {conflict}; }}
QLabel[role="information"] {{ color: {information}; }}
QFrame[role="part"] {{ border: 1px solid {line}; border-radius: 6px; background: transparent; }}
QFrame[role="part"][current="true"] {{ border-color: {accent}; }}
QFrame[role="banner"] {{ background: {raised}; border: none; border-radius: 6px; }}
QFrame[role="desk_bar"] {{ background: {card}; border-top: 1px solid {line}; border-radius: 0; }}
QFrame[role="card"]:focus {{ border: 1px solid {accent}; }}
QPushButton[role="tab"] {{
    border: none; border-bottom: 2px solid transparent; border-radius: 0; background: transparent;
    color: {muted}; padding: 4px 8px;
}}
QPushButton[role="tab"][narrow="true"] {{ padding: 4px 3px; }}
QPushButton[role="tab"]:hover {{ color: {text}; }}
QPushButton[role="tab"]:checked {{ color: {text}; border-bottom-color: {accent}; }}
QPushButton[role="tab"]:focus {{ color: {accent}; border-bottom-color: {accent}; }}
QTableView QLineEdit {{ min-height: 0; border: none; border-radius: 0; padding: 0 2px; background: {raised}; }}
QTableView QLineEdit:focus {{ border: 1px solid {accent}; padding: 0 1px; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {raised}; border-color: transparent; color: {text}; }}
QToolButton[role="step"] {{ padding: 0; min-height: 26px; min-width: 26px; }}
"""
