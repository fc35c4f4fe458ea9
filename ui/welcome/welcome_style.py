"""How the welcome looks beyond what all windows share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.theme import Theme


def welcome_style(theme: Theme) -> str:
    """Give the style sheet of the window."""
    colors = {name: theme.color(name).name() for name in ("card", "line", "field", "accent", "selection", "attention")}
    return """
    QFrame[role="way"] {{ background: {card}; border: 1px solid {line}; padding: 1px; border-radius: 6px; }}
    QFrame[role="way"]:hover {{ border-color: {field}; }}
    QFrame[role="way"][chosen="true"] {{ background: {selection}; border: 1px solid {accent}; }}
    QFrame[role="way"][framed="true"] {{ border: 2px solid {accent}; padding: 0; }}
    QFrame[role="way"] QRadioButton {{ background: transparent; font-weight: 700; outline: none; }}
    QLabel[role="attention"] {{ color: {attention}; }}
    """.format_map(colors)
