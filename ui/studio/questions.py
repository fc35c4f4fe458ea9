"""Rules that ask a question: yes or no, and named levels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from ui.studio.fields import Bench, Field, FlagField, Part, TextField, flowing, word
from ui.studio.quantity_field import QuantityField
from ui.studio.rows import Group, RowsPart
from ui.widgets.answer_editor import tight
from wufei_cells.checklists.draft_entries import own_key
from wufei_cells.checklists.draft_rules import outcome
from wufei_cells.checklists.drafting import fields_at, string_at

if TYPE_CHECKING:
    from wufei_cells.checklists.yaml_source import Data, Path

ICON_ONLY, WIDEST_EFFECT = 28, 200  # pixels
EFFECTS = ("", "veto", "zero_total")


class EffectField(Field):
    """What follows from an outcome beyond its points: seldom anything, so it is a small button with a menu."""

    effects: tuple[str, ...] = EFFECTS

    def __init__(
        self,
        bench: Bench,
        path: Path,
        read: Callable[[Data], str] | None = None,
        write: Callable[[Data, str], Data] | None = None,
    ) -> None:
        """Build the button; ``read`` and ``write`` find the effect in a part that is more than the effect."""
        super().__init__(bench, path)
        self._read, self._write = read, write
        self.button = QToolButton(self)
        self.button.setProperty("role", "effect")
        self.button.setIconSize(QSize(16, 16))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setEnabled(not self.read_only)
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)
        self.hold(self.button)
        self.refresh()

    def widgets(self) -> Sequence[QWidget]:
        """Give the button."""
        return (self.button,)

    def read(self) -> str:
        """Give the effect in the draft."""
        return self._read(self.data) if self._read else string_at(self.data, ())

    def refresh(self) -> None:
        """Show the effect, if there is one."""
        effect, tr = self.read(), self.bench.tr
        word = tr(f"studio.effect.{effect or 'none'}")
        self.button.setText(word if effect else "")
        self.button.setMaximumWidth(WIDEST_EFFECT if effect else ICON_ONLY)
        self.button.setIcon(QIcon() if effect else self.bench.theme.icon("more", "muted"))
        self.button.setToolTip(tr("studio.effect.now", effect=word))
        self.button.setAccessibleName(tr("studio.effect.now", effect=word))

    def choose(self, effect: str) -> None:
        """Let something else follow."""
        if effect != self.read():
            self.write(self._write(self.data, effect) if self._write else effect)

    def _fill(self) -> None:
        self.menu.clear()
        for effect in self.effects:
            action = self.menu.addAction(self.bench.tr(f"studio.effect.{effect or 'none'}"))
            action.setCheckable(True)
            action.setChecked(effect == self.read())
            action.setData(effect)
            action.triggered.connect(self._on_triggered)

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.choose(str(action.data()))


# --- yes or no


def side_of(yes_no: Data, side: str) -> dict[str, Data]:
    """Give what yes or no is worth, written in full."""
    if isinstance(yes_no, dict):
        return outcome(yes_no.get(side, "0"))
    return outcome(yes_no if side == "yes" else "0")


def with_side(yes_no: Data, side: str, changed: dict[str, Data]) -> Data:
    """Write both sides as shortly as they can be written."""
    sides = {name: changed if name == side else side_of(yes_no, name) for name in ("yes", "no")}
    short = {name: one if string_at(one, ("effect",)) else string_at(one, ("points",)) for name, one in sides.items()}
    if isinstance(short["yes"], str) and short["yes"] and short["no"] == "0":
        return short["yes"]
    return dict(short)


class YesNoForm(Group):
    """Two sentences: what yes gives, and what no gives."""

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path)
        for side in ("yes", "no"):
            points = QuantityField(
                bench, path, name=f"studio.yes_no.{side}", read=_points_of(side), write=_with_points(side)
            )
            effect = EffectField(bench, path, _effect_of(side), _with_effect(side))
            self.add(flowing(word(bench.tr(f"studio.yes_no.{side}")), points, word(bench.tr("studio.points")), effect))


def _points_of(side: str) -> Callable[[Data], str]:
    return lambda data: string_at(side_of(data, side), ("points",))


def _with_points(side: str) -> Callable[[Data, str], Data]:
    return lambda data, written: with_side(data, side, {**side_of(data, side), "points": written})


def _effect_of(side: str) -> Callable[[Data], str]:
    return lambda data: string_at(side_of(data, side), ("effect",))


def _with_effect(side: str) -> Callable[[Data, str], Data]:
    def change(data: Data, effect: str) -> Data:
        points: dict[str, Data] = {"points": side_of(data, side).get("points")}
        return with_side(data, side, {**points, **({"effect": effect} if effect else {})})

    return change


# --- levels


class LevelsForm(RowsPart):
    """The levels, the best one on top as a rule."""

    add_key = "studio.levels.add"
    stem = "level"
    framed = True
    least = 1

    def row(self, path: Path) -> Part:
        """Show one level."""
        return LevelForm(self.bench, path)

    def template(self, entries: list[Data]) -> Data:
        """Begin a level that gives nothing."""
        return {"key": own_key(entries, self.stem), "points": "0"}


class LevelForm(Part):
    """One level: its words, its points, and whether the assessor may choose within a range."""

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path)
        self.text = TextField(bench, (*path, "text"), hint="studio.levels.text")
        self.points = QuantityField(bench, (*path, "points"), name="studio.levels.points")
        self.effect = EffectField(bench, (*path, "effect"))
        self.ranged = RangeFlag(bench, (*path, "lowest"))
        self.lowest = QuantityField(bench, (*path, "lowest"), name="studio.levels.lowest")
        column = tight(QVBoxLayout(self), 4)
        column.addWidget(self.text)
        column.addWidget(
            flowing(word(bench.tr("studio.gives")), self.points, word(bench.tr("studio.points")), self.effect)
        )
        column.addWidget(flowing(self.ranged, self.lowest))
        self.refresh()

    def refresh(self) -> None:
        """Show the level; the lowest points only where the assessor may choose."""
        for part in (self.text, self.points, self.effect, self.ranged, self.lowest):
            part.refresh()
        self.lowest.setVisible("lowest" in fields_at(self.data, ()))


class RangeFlag(FlagField):
    """Whether the assessor sets the points of a level within a range."""

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path, "studio.levels.ranged")

    def read(self) -> bool:
        """Tell whether a lowest number is written."""
        return self.data is not None

    def _on_toggled(self, ticked: bool) -> None:
        if ticked != self.read():
            self.write("0" if ticked else None)
