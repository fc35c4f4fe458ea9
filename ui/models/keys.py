"""Which keys do what, each listed once: the window makes its shortcuts from this, and the sheet of keys shows it.

Most keys of the scoring desk stand where they are pressed (``ui.widgets.desk_view``); here are those beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

WINDOW: Mapping[str, str] = {"search": "Ctrl+K", "back": "Alt+Left", "guide": "F1", "keys": "?"}
"""By what they do anywhere in the window."""
FULL_WIDTH = {"keys": "？"}
"""What a Chinese input method makes of them."""
SYMBOLS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "⏎", "Enter": "⏎", "Backspace": "⌫"}


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the sheet."""

    keys: tuple[str, ...]
    """Each does the same; a dash between two means all from one to the other."""
    name: str
    """Of its sentence."""


def room_key(number: int) -> str:
    """Give the key of a room, counted from 0."""
    return f"Ctrl+{number + 1}"


def window_lines(rooms: int) -> tuple[KeyLine, ...]:
    """List the keys that work anywhere."""
    first = KeyLine((room_key(0), "–", room_key(rooms - 1)), "keys.window.rooms")
    return (first, *(KeyLine((keys,), f"keys.window.{name}") for name, keys in WINDOW.items()))


GROUPS: Mapping[str, tuple[KeyLine, ...]] = {
    "desk": (
        KeyLine(("1", "–", "9"), "keys.desk.choose"),
        KeyLine(("Return",), "keys.desk.next"),
        KeyLine(("Ctrl+Return",), "keys.desk.finish"),
        KeyLine(("Esc",), "keys.desk.leave"),
    ),
    "assessments": (KeyLine(("Return",), "keys.assessments.open"),),
    "board": (
        KeyLine(("Left", "Right"), "keys.board.figure"),
        KeyLine(("Return",), "keys.board.open"),
        KeyLine(("T",), "keys.board.table"),
        KeyLine(("Ctrl+C",), "keys.board.copy"),
        KeyLine(("Ctrl+Shift+C",), "keys.board.copy_picture"),
    ),
    "sites": (KeyLine(("Ctrl+N",), "keys.sites.new"), KeyLine(("Return",), "keys.sites.step")),
    "certificates": (KeyLine(("Ctrl+P",), "keys.certificates.print"), KeyLine(("Ctrl+S",), "keys.certificates.save")),
    "checklists": (KeyLine(("Ctrl+N",), "keys.checklists.new"), KeyLine(("Return",), "keys.checklists.open")),
    "studio": (
        KeyLine(("Alt+Up", "Alt+Down"), "keys.studio.move"),
        KeyLine(("Ins",), "keys.studio.add"),
        KeyLine(("Shift+Ins",), "keys.studio.add_group"),
        KeyLine(("Ctrl+D",), "keys.studio.duplicate"),
        KeyLine(("Del",), "keys.studio.remove"),
        KeyLine(("Return",), "keys.studio.fill_in"),
        KeyLine(("F8",), "keys.studio.problem"),
        KeyLine(("Ctrl+S",), "keys.studio.save"),
        KeyLine(("Ctrl+Z",), "keys.studio.undo"),
        KeyLine(("Ctrl+Y", "Ctrl+Shift+Z"), "keys.studio.redo"),
    ),
}
"""By the part of the window in which they work."""

OF_ROOM: Mapping[str, tuple[str, ...]] = {
    "overview": ("board",),
    "sites": ("sites",),
    "assessment": ("desk", "assessments"),
    "certificates": ("certificates",),
    "checklists": ("checklists", "studio"),
}
"""The groups that a room has keys of."""


def gathered(commands: Mapping[str, Mapping[Qt.Key, str]], part: str) -> tuple[KeyLine, ...]:
    """Make lines of keys and commands, by what is held down with them: keys that do the same share a line."""
    by_command: dict[str, list[str]] = {}
    for before, table in commands.items():
        for key, command in table.items():
            by_command.setdefault(command, []).append(f"{before}{QKeySequence(key).toString()}")
    return tuple(KeyLine(tuple(keys), f"keys.{part}.{command}") for command, keys in by_command.items())


def shown(keys: str) -> tuple[str, ...]:
    """Give what stands on the caps of a combination."""
    parts = keys.split("+") if keys != "+" else [keys]
    return tuple(SYMBOLS.get(part, part) for part in parts)
