"""Holds one form of the studio: shows it, keeps it up to date, marks what is wrong in it, and leads to a field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.studio.fields import Field, discard
from ui.studio.place_words import PlaceWords
from ui.widgets.plain import plain_label, scrolling

if TYPE_CHECKING:
    from ui.studio.fields import Bench
    from ui.studio.rows import Group
    from wufei_cells.checklists.yaml_source import Path

Make = Callable[[], "Group"]
MARGIN = 60  # pixels that stay visible around a field somebody is led to


class FormPane(QFrame):
    """A form in a card that scrolls."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._bench = bench
        self._words = PlaceWords(bench.i18n)
        self.form: Group | None = None
        self.title_label = plain_label("section", wrap=True)
        self.message_label = plain_label("muted", wrap=True)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(12, 12, 12, 16)
        self._column.setSpacing(8)
        self._column.addWidget(self.title_label)
        self._column.addWidget(self.message_label)
        self._column.addStretch(1)
        self.area: QScrollArea = scrolling(self._inside)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self.area)

    # --- public

    def show_form(self, title: str, make: Make | None, message: str = "") -> None:
        """Show another form, or only a message."""
        self._drop_form()
        self.title_label.setText(title)
        self.message_label.setText(message)
        self.message_label.setVisible(bool(message))
        self.form = make() if make else None
        if self.form is not None:
            self._column.insertWidget(2, self.form)
        self.area.verticalScrollBar().setValue(0)
        self.mark_problems()

    def set_title(self, title: str) -> None:
        """Name the form anew; what it shows stays."""
        self.title_label.setText(title)

    def refresh(self) -> None:
        """Show the draft as it is now."""
        if self.form is not None:
            self.form.refresh()

    def mark_problems(self) -> None:
        """Say at each field what is wrong with it."""
        if self.form is None:
            return
        session = self._bench.session
        fields = self.fields()
        wrong: dict[Field, list[str]] = {}
        for problem in session.problems:
            field = nearest(fields, problem.path)
            if field is not None:
                wrong.setdefault(field, []).append(self._words.problem(session.data, problem))
        for field in fields:
            field.show_problem("\n".join(wrong.get(field, ())))

    def jump(self, path: Path) -> bool:
        """Put the keyboard into the field of a place; tells whether there is one."""
        fields = self.fields()
        field = nearest(fields, path) or next((each for each in fields if each.path[: len(path)] == path), None)
        if field is None:
            return False
        for parent in _parents(field, self):
            parent.setVisible(True)
        language = path[-1:]
        if language in (("zh",), ("en",)) and hasattr(field, "begin_language"):
            field.begin_language(language[0])  # type: ignore[attr-defined]  # asked for just above
        else:
            field.begin()
        QApplication.sendPostedEvents()
        self.area.ensureWidgetVisible(field, MARGIN, MARGIN)
        return True

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        field = next(iter(self.fields()), None)
        if field is not None:
            field.begin()

    def fields(self) -> list[Field]:
        """Give every field of the form, from top to bottom."""
        if self.form is None:
            return []
        return [field for field in self.form.findChildren(Field) if not _leaving(field, self)]

    # --- the rest

    def _drop_form(self) -> None:
        if self.form is not None:
            if self.form.isAncestorOf(QApplication.focusWidget() or self):
                self.setFocus(Qt.FocusReason.OtherFocusReason)  # a field that is left still writes what it holds
            self._column.removeWidget(self.form)
            discard(self.form)
            self.form = None


def nearest(fields: list[Field], path: Path) -> Field | None:
    """Give the field that is closest to a place: the one with the longest path that leads there."""
    leading = [field for field in fields if path[: len(field.path)] == field.path and field.path]
    found = max(leading, key=lambda field: len(field.path), default=None)
    if found is not None:
        return found
    # A place without a field of its own, such as a bound that is written together with its number.
    return next((field for field in fields if field.path[: len(path)] == path and len(path) > 1), None)


def _parents(field: QWidget, top: QWidget) -> list[QWidget]:
    parents: list[QWidget] = []
    parent = field.parentWidget()
    while parent is not None and parent is not top:
        if parent.isHidden():
            parents.append(parent)
        parent = parent.parentWidget()
    return parents


def _leaving(field: QWidget, top: QWidget) -> bool:
    """Whether a field belongs to a part that was replaced and is only waiting to be deleted."""
    parent: QWidget | None = field
    while parent is not None and parent is not top:
        if parent.property("leaving"):
            return True
        parent = parent.parentWidget()
    return parent is None
