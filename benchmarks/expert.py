"""An expert at the desk who uses nothing but the keyboard, and a count of what was pressed.

The keys go to the window as the system would send them and are counted where they arrive. A chord (Ctrl and Enter) is
one press. A sentence in Chinese comes from an input method and counts as its characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.desk_view import typing_text
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.rules import Best, Calculated, Change, Levels, Measured, Share, Sum, Ticks

if TYPE_CHECKING:
    from ui.desk.scoring_desk import ScoringDesk
    from wufei_cells.domain.answers import Answer, JsonValue
    from wufei_cells.domain.rules import Measure, Rule

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
MODIFIERS = (KEY.Key_Control, KEY.Key_Shift, KEY.Key_Alt, KEY.Key_Meta)
Stroke = str | Qt.Key


class KeyCount(QObject):
    """Counts the keys that arrive at a window, each once however many widgets look at it."""

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self.keys = 0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count a key; one that only changes the next is part of a chord."""
        if event.type() is QEvent.Type.KeyPress and cast("QKeyEvent", event).key() not in MODIFIERS:
            self.keys += 1
        return super().eventFilter(watched, event)


class Expert:
    """Scores an assessment at the desk by keys alone: keys that need no looking for, and no more than are needed."""

    def __init__(self, window: QWidget, desk: ScoringDesk, settle: Callable[[], object]) -> None:
        """Sit down at a desk with an open assessment; ``settle`` waits until all is stored and painted."""
        handle = window.windowHandle()
        assert handle is not None, "the window is not shown"
        self._window = handle
        self._desk = desk
        self._settle = settle
        self._count = KeyCount(handle)
        self._composed = 0

    @property
    def presses(self) -> int:
        """Everything pressed so far."""
        return self._count.keys + self._composed

    # --- both views

    def score_items(self, answers: Mapping[str, Answer]) -> None:
        """Score item by item; the desk goes on to the next open one, and what is optional is gone to."""
        self._settle()
        entries, optional = self._entries(answers), self._optional()
        for entry, following in zip(entries, [*entries[1:], None], strict=True):
            assert self._desk.key == entry.key, f"{self._desk.key} is on the desk, not {entry.key}"
            self._answer(entry, answers[entry.key])
            if following is not None and following.key in optional:
                self._leave_field()
                self.press("j")
            elif following is not None or typing_text():
                self.press(KEY.Key_Return)
            self._settle()

    def score_grid(self, answers: Mapping[str, Answer]) -> None:
        """Score in the grid, down the column of answers; a note stands beside its answer."""
        self._settle()
        self.press("v")
        self._settle()
        self._leave_field()
        for entry in self._entries(answers):
            grid = self._desk.panels.built["grid"]
            assert grid.current_key == entry.key, f"the grid is at {grid.current_key}, not {entry.key}"
            answer = answers[entry.key]
            self.press(short_form(entry, answer))
            self.press(*((KEY.Key_Tab, answer.note, KEY.Key_Tab) if answer.note else (KEY.Key_Return,)))
            self._settle()

    def finish(self) -> None:
        """Close the assessment; once more, since evidence that is wanting is named first."""
        for _ in range(2):
            QTest.keyClick(self._window, KEY.Key_Return, CONTROL)
            self._settle()

    # --- keys

    def press(self, *strokes: Stroke) -> None:
        """Press keys one after the other; what no keyboard has comes from an input method."""
        for stroke in strokes:
            if isinstance(stroke, Qt.Key):
                QTest.keyClick(self._window, stroke)
                continue
            for character in stroke:
                if character.isascii():
                    QTest.keyClick(self._window, ord(character))
                else:
                    self._compose(character)

    def _compose(self, character: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing in the window has the keyboard"
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(focused, event)
        self._composed += 1

    # --- parts

    def _answer(self, entry: Gate | Item, answer: Answer) -> None:
        if answer.na is not None:
            self.press("n", answer.na)
            return
        for stroke in strokes_of(None if isinstance(entry, Gate) else entry.rule, answer.value):
            self.press(stroke)
        if answer.note:
            if typing_text():
                QTest.keyClick(self._window, KEY.Key_M, ALT)
            else:
                self.press("m")
            self.press(answer.note)

    def _leave_field(self) -> None:
        if typing_text():
            self.press(KEY.Key_Escape)

    def _entries(self, answers: Mapping[str, Answer]) -> Sequence[Gate | Item]:
        sheet = self._desk.session.sheet
        assert sheet is not None
        return [entry for entry in sheet.checklist.entries() if entry.key in answers]

    def _optional(self) -> set[str]:
        sheet = self._desk.session.sheet
        bonus = sheet.checklist.bonus if sheet else None
        return {item.key for item in bonus.group.all_items()} if bonus else set()


# --- which keys say an answer


def strokes_of(rule: Rule | None, value: JsonValue) -> list[Stroke]:
    """Give the keys that say a value in the form of its item; the key that goes on to the next item is not among them.

    Args:
        rule: of the item; a gate has none and is answered like a question.
        value: as it is stored.
    """
    match rule:
        case Levels():
            return _level(rule, value)
        case Measured():
            return _measure(rule.measure, value)
        case Sum() | Best():
            given = [(part.rule, _at(value, part.key)) for part in rule.parts if _at(value, part.key) is not None]
            strokes: list[Stroke] = []
            for place, (inner, answered) in enumerate(given):
                strokes += strokes_of(inner, answered)
                if place < len(given) - 1 and _ends_in_field(inner):
                    strokes.append(KEY.Key_Escape)
            return strokes
        case _:
            return ["1" if value == "yes" else "2"]


def short_form(entry: Gate | Item, answer: Answer) -> str:
    """Give the fewest characters that say an answer in a cell of the grid."""
    if answer.na is not None:
        return f"n{answer.na}"
    return _short(None if isinstance(entry, Gate) else entry.rule, answer.value)


def _short(rule: Rule | None, value: JsonValue) -> str:
    match rule:
        case Sum() | Best():
            pieces = [_short(part.rule, _at(value, part.key)) for part in rule.parts]
            return ";".join(pieces).rstrip(";")
        case Measured(measure=Ticks()):
            return str(*strokes_of(rule, value)) if value else "0"
        case Measured():
            signs = {Share: "/", Change: ">", Calculated: ";"}
            sign = signs.get(type(rule.measure), "")
            return _typed(strokes_of(rule, value), sign) if value is not None else ""
        case Levels() if isinstance(value, dict):
            position, points, _enter, reason = strokes_of(rule, value)
            return f"{position}:{points}{reason}"
        case _:
            return "" if value is None else str(*strokes_of(rule, value))


def _typed(strokes: Iterable[Stroke], sign: str) -> str:
    return "".join(stroke if isinstance(stroke, str) else sign for stroke in strokes)


def _level(rule: Levels, value: JsonValue) -> list[Stroke]:
    given = value if isinstance(value, dict) else {"level": value}
    position = str([level.key for level in rule.levels].index(str(given["level"])) + 1)
    return [position, str(given["points"]), KEY.Key_Return, str(given["reason"])] if "points" in given else [position]


def _measure(measure: Measure, value: JsonValue) -> list[Stroke]:
    match measure:
        case Ticks():
            keys = [option.key for option in measure.options]
            ticked = value if isinstance(value, list) else []
            places = [keys.index(str(key)) + 1 for key in ticked] or [len(keys) + 1]
            return ["".join(map(str, places))]
        case Share():
            names = ["part", "whole"]
        case Change():
            names = ["before", "after"]
        case Calculated():
            names = [entry.key for entry in measure.inputs]
        case _:
            return [str(value)]
    strokes: list[Stroke] = []
    for name in names:
        strokes += [str(_at(value, name)), KEY.Key_Return]
    return strokes[:-1]


def _ends_in_field(rule: Rule) -> bool:
    return isinstance(rule, Measured) and not isinstance(rule.measure, Ticks)


def _at(value: JsonValue, key: str) -> JsonValue:
    return value.get(key) if isinstance(value, dict) else None
