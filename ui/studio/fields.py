"""Fields of the studio: each shows one part of the draft and writes what is typed back into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from ui.studio.edits import DraftLine, GrowingEdit
from ui.studio.tick_box import TickBox
from ui.widgets.answer_editor import set_look, tight
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label
from wufei_cells.checklists.drafting import entries_at, string_at
from wufei_cells.checklists.outline import text_at

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from ui.context import AppContext
    from ui.studio.draft_session import DraftSession
    from wufei_cells.checklists.yaml_source import Data, Path

NUMBER_WIDTH = 76
PROBLEM_WIDTH = 200  # pixels: a sentence under a narrow field is not set word by word
WIDEST_LINE = 220
LANGUAGES = ("zh", "en")
NO_DAY = QDate(1999, 12, 31)


class Bench:
    """What every part of a form works with: the draft, the words, the looks."""

    def __init__(self, session: DraftSession, context: AppContext) -> None:
        self.session = session
        self.context = context
        self.i18n = context.i18n
        self.theme = context.theme

    def tr(self, key: str, **values: object) -> str:
        """Give a sentence in the language of the window."""
        return self.i18n.tr(key, **values)


class Part(QWidget):
    """A part of a form that shows a part of the draft."""

    def __init__(self, bench: Bench, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.path = path

    @property
    def data(self) -> Data:
        """The part of the draft that is shown."""
        return self.bench.session.value(self.path)

    @property
    def read_only(self) -> bool:
        """Whether the draft can only be looked at."""
        return self.bench.session.read_only

    def refresh(self) -> None:
        """Show the draft as it is now; not an edit."""
        raise NotImplementedError


class Field(Part):
    """One field with its caption above and what is wrong with it below."""

    def __init__(self, bench: Bench, path: Path, caption: str = "", parent: QWidget | None = None) -> None:
        """Build a field; the caption is a key of the wording."""
        super().__init__(bench, path, parent)
        self.caption_key = caption
        self.problem_label: QLabel | None = None
        self._column = tight(QVBoxLayout(self), 2)
        if caption:
            label = plain_label("caption")
            label.setText(bench.tr(caption))
            self._column.addWidget(label)

    # --- for the kinds of fields

    def hold(self, inside: QWidget) -> None:
        """Put the widgets of the field between its caption and its problem."""
        self._column.addWidget(inside)
        self._name(self.widgets())

    def widen(self, edit: QWidget, text: str, least: int, beside: int = 28) -> None:
        """Give a narrow line the width of what stands in it, up to a limit."""
        wide = edit.fontMetrics().horizontalAdvance(text) + beside
        edit.setFixedWidth(max(least, min(wide, WIDEST_LINE)))

    def widgets(self) -> Sequence[QWidget]:
        """Give what can be filled in, in order."""
        raise NotImplementedError

    def write(self, value: Data, *, typing: bool = False) -> None:
        """Write into the draft."""
        self.bench.session.write(self.path, value, typing=typing)

    # --- public

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong; nothing takes it back."""
        if sentence == self.problem:
            return
        if self.problem_label is None:
            self.problem_label = plain_label("problem", wrap=True)  # few fields ever need one
            self._column.addWidget(self.problem_label)
        self.problem_label.setText(sentence)
        self.problem_label.setVisible(bool(sentence))
        self.problem_label.setMinimumWidth(PROBLEM_WIDTH if sentence else 0)
        for widget in self.widgets():
            set_look(widget, "problem", on=bool(sentence))
            widget.setAccessibleDescription(sentence)

    @property
    def problem(self) -> str:
        """What is said to be wrong."""
        return self.problem_label.text() if self.problem_label is not None else ""

    def begin(self) -> None:
        """Put the keyboard here."""
        widget = next(iter(self.widgets()), None)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self, widgets: Sequence[QWidget]) -> None:
        for widget in widgets:
            if not widget.accessibleName() and self.caption_key:
                widget.setAccessibleName(self.bench.tr(self.caption_key))


class LineField(Field):
    """One line of text or a number, as it is written."""

    def __init__(self, bench: Bench, path: Path, caption: str = "", *, number: bool = False, hint: str = "") -> None:
        super().__init__(bench, path, caption)
        self.edit = DraftLine(self)
        self.edit.setReadOnly(self.read_only)
        self.edit.setPlaceholderText(bench.tr(hint) if hint else "")
        if number:
            self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.edit.setFixedWidth(NUMBER_WIDTH)
        self.edit.textEdited.connect(self._on_typed)
        self.edit.left.connect(bench.session.settle)
        self.hold(self.edit)
        self.refresh()

    def widgets(self) -> Sequence[QWidget]:
        """Give the line."""
        return (self.edit,)

    def read(self) -> str:
        """Give what the draft holds, as text."""
        return string_at(self.data, ())

    def refresh(self) -> None:
        """Show what the draft holds."""
        self.edit.show_text(self.read())

    def take(self, text: str) -> None:
        """Write what was typed."""
        self.write(text.strip(), typing=True)

    def _on_typed(self, text: str) -> None:
        if text.strip() != self.read():
            self.take(text)


class TextField(Field):
    """One text in both languages, side by side."""

    def __init__(self, bench: Bench, path: Path, caption: str = "", *, lines: int = 1, hint: str = "") -> None:
        super().__init__(bench, path, caption)
        self.edits: dict[str, DraftLine | GrowingEdit] = {}
        inside = QWidget(self)
        row = tight(QHBoxLayout(inside))
        for language in LANGUAGES:
            edit = DraftLine(self) if lines == 1 else GrowingEdit(lines - 1, self)
            edit.setReadOnly(self.read_only)
            word = bench.tr(f"studio.language.{language}")
            edit.setPlaceholderText(word)
            edit.setAccessibleName(f"{bench.tr(caption or hint)} {word}" if caption or hint else word)
            if isinstance(edit, DraftLine):
                edit.textEdited.connect(self._on_typed)
            else:
                edit.typed.connect(self._on_typed)
            edit.left.connect(bench.session.settle)
            self.edits[language] = edit
            row.addWidget(edit, 1, Qt.AlignmentFlag.AlignTop)
        self.hold(inside)
        self.refresh()

    def widgets(self) -> Sequence[QWidget]:
        """Give both edits."""
        return tuple(self.edits.values())

    def refresh(self) -> None:
        """Show what the draft holds."""
        text = text_at(self.data, ())
        self.edits["zh"].show_text(text.zh)
        self.edits["en"].show_text(text.en)

    def begin_language(self, language: str) -> None:
        """Put the keyboard into one language."""
        self.edits[language].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self, *_text: object) -> None:
        texts: dict[str, Data] = {name: edit.text() for name, edit in self.edits.items() if edit.text().strip()}
        before = text_at(self.data, ())
        if (texts.get("zh", ""), texts.get("en", "")) != (before.zh, before.en):
            self.write(texts or None, typing=True)


class Choice(QComboBox):
    """A box that the wheel of the mouse passes over: a form is scrolled, not changed."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        event.ignore()


class ChoiceField(Field):
    """One of a few words; the usual one is not written down."""

    def __init__(
        self, bench: Bench, path: Path, caption: str, options: Sequence[tuple[str, str]], *, usual: str = ""
    ) -> None:
        """Build a box of (value, word); ``usual`` is what a missing field means."""
        super().__init__(bench, path, caption)
        self._usual = usual
        self.box = Choice(self)
        for value, word in options:
            self.box.addItem(word, value)
        self.box.setEnabled(not self.read_only)
        self.box.activated.connect(self._on_chosen)
        self.hold(beside(self.box))
        self.refresh()

    def widgets(self) -> Sequence[QWidget]:
        """Give the box."""
        return (self.box,)

    def read(self) -> str:
        """Give the value in the draft, or what a missing one means."""
        return string_at(self.data, ()) or self._usual

    def refresh(self) -> None:
        """Show what the draft holds."""
        self.box.setCurrentIndex(self.box.findData(self.read()))

    def take(self, value: str) -> None:
        """Write what was chosen."""
        self.write(None if value == self._usual else value)

    def _on_chosen(self, _place: int) -> None:
        value = str(self.box.currentData() or "")
        if value != self.read():
            self.take(value)


class FlagField(Field):
    """Yes or no, as a box to tick; the usual one is not written down."""

    def __init__(self, bench: Bench, path: Path, words: str, *, usual: bool = False, always: bool = False) -> None:
        """Build a box with its words; ``always`` writes the usual value down too."""
        super().__init__(bench, path)
        self._usual, self._always = usual, always
        self.box = TickBox(bench.tr(words), self)
        self.box.setEnabled(not self.read_only)
        self.box.toggled.connect(self._on_toggled)
        self.hold(self.box)
        self.refresh()

    def widgets(self) -> Sequence[QWidget]:
        """Give the box."""
        return (self.box,)

    def read(self) -> bool:
        """Give the value in the draft."""
        written = string_at(self.data, ()).lower()
        return written in ("yes", "true", "是") if written else self._usual

    def refresh(self) -> None:
        """Show what the draft holds."""
        self.box.setChecked(self.read())

    def _on_toggled(self, ticked: bool) -> None:
        if ticked != self.read():
            usual = ticked == self._usual and not self._always
            self.write(None if usual else "yes" if ticked else "no")


class TicksField(Field):
    """Some of a few words, as boxes to tick."""

    def __init__(self, bench: Bench, path: Path, caption: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__(bench, path, caption)
        inside = QWidget(self)
        row = tight(QHBoxLayout(inside), 16)
        self.boxes: dict[str, TickBox] = {}
        for value, word in options:
            box = TickBox(word, self)
            box.setEnabled(not self.read_only)
            box.toggled.connect(self._on_toggled)
            self.boxes[value] = box
            row.addWidget(box)
        row.addStretch(1)
        self.hold(inside)
        self.refresh()

    def widgets(self) -> Sequence[QWidget]:
        """Give the boxes."""
        return tuple(self.boxes.values())

    def refresh(self) -> None:
        """Show what the draft holds."""
        chosen = {str(entry) for entry in entries_at(self.data, ())}
        for value, box in self.boxes.items():
            blocked = box.blockSignals(True)
            box.setChecked(value in chosen)
            box.blockSignals(blocked)

    def _on_toggled(self, _ticked: bool) -> None:
        self.write([value for value, box in self.boxes.items() if box.isChecked()])


class DayField(Field):
    """A day; one that may be missing has a box to tick."""

    def __init__(self, bench: Bench, path: Path, caption: str, *, optional: str = "") -> None:
        """Build the field; ``optional`` is the key of the word shown while there is no day."""
        super().__init__(bench, path, caption)
        self._optional = bool(optional)
        self.edit = QDateEdit(self)
        self.edit.setCalendarPopup(True)
        self.edit.setDisplayFormat("yyyy-MM-dd")
        self.edit.setMinimumDate(NO_DAY)
        self.edit.setSpecialValueText(bench.tr(optional) if optional else " ")
        self.edit.setReadOnly(self.read_only)
        self.edit.dateChanged.connect(self._on_changed)
        self.hold(self.edit)
        self.refresh()

    def widgets(self) -> Sequence[QWidget]:
        """Give the field."""
        return (self.edit,)

    def refresh(self) -> None:
        """Show what the draft holds."""
        day = QDate.fromString(string_at(self.data, ()), Qt.DateFormat.ISODate)
        blocked = self.edit.blockSignals(True)
        self.edit.setDate(day if day.isValid() else NO_DAY)
        self.edit.blockSignals(blocked)

    def _on_changed(self, day: QDate) -> None:
        written = "" if day == NO_DAY else day.toString(Qt.DateFormat.ISODate)
        self.write(written, typing=True)


def discard(widget: QWidget) -> None:
    """Take a widget out of its form. It lives on until what it may be doing right now is done."""
    widget.setProperty("leaving", True)
    widget.hide()
    widget.deleteLater()


def beside(*widgets: QWidget, stretch: int = -1, spacing: int = 8) -> QWidget:
    """Put widgets beside each other; the one at ``stretch`` takes the room that is left."""
    inside = QWidget()
    row = tight(QHBoxLayout(inside), spacing)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 1 if place == stretch else 0, Qt.AlignmentFlag.AlignTop)
    if stretch < 0:
        row.addStretch(1)
    return inside


def flowing(*widgets: QWidget) -> QWidget:
    """Put widgets beside each other like words: where they do not fit they go on in the next line."""
    inside = QWidget()
    flow = FlowLayout(inside, spacing=5)
    for widget in widgets:
        flow.addWidget(widget)
    return inside


def word(text: str, role: str = "") -> QLabel:
    """Make a word that stands in a sentence between fields."""
    label = plain_label(role)
    label.setText(text)
    label.setMinimumHeight(28)
    return label
