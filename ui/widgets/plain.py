"""Labels and scroll areas as this window makes them: data is never read as markup, roles say how they look."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget


def plain_label(role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Make a label that shows text as it is; the role is one of the style sheet's."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def literal(text: str) -> str:
    """Write data for where Qt guesses whether a text is markup, such as tool tips."""
    return f"<span>{escape(text)}</span>" if "<" in text else text


def caption(text: str) -> str:
    """Write data for a button, where an ampersand would mark a key."""
    return text.replace("&", "&&")


def problem_label() -> QLabel:
    """Make the label under a field that says what is wrong with it; hidden while nothing is."""
    label = plain_label("problem", wrap=True)
    label.hide()
    return label


def show_problem(field: QWidget, label: QLabel, sentence: str) -> None:
    """Say what is wrong with a field, or with nothing to say take it back."""
    label.setText(sentence)
    label.setVisible(bool(sentence))
    field.setAccessibleDescription(sentence)
    field.setProperty("problem", bool(sentence))
    field.style().polish(field)


def scrolling(inside: QWidget) -> QScrollArea:
    """Put a widget into a scroll area without a frame that never scrolls sideways on purpose."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    return area


def thin_line() -> QFrame:
    """Make a line that parts what is above it from what is below."""
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line
