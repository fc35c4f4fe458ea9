"""What is noted on site and the number it gives: a count, an amount, a share, a change, ticks, a calculation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.studio.fields import Bench, ChoiceField, FlagField, LineField, Part, TextField, beside
from ui.studio.rows import Group, RowsPart

if TYPE_CHECKING:
    from wufei_cells.checklists.yaml_source import Path


def measure_form(kind: str, bench: Bench, path: Path) -> Part:
    """Make the form of a measure; the path is that of the rule."""
    here = (*path, kind)
    if kind == "ticks":
        return TicksForm(bench, here)
    forms = {"count": _count, "amount": _amount, "share": _share, "change": _change, "calculated": _calculated}
    form = Group(bench, here)
    forms[kind](form, bench, here)
    return form


def _unit(bench: Bench, path: Path) -> TextField:
    return TextField(bench, (*path, "unit"), "studio.measure.unit")


def _count(form: Group, bench: Bench, path: Path) -> None:
    most = LineField(bench, (*path, "at_most"), "studio.measure.at_most", number=True)
    form.add(TextField(bench, (*path, "text"), "studio.measure.count"), beside(_unit(bench, path), most, stretch=0))


def _amount(form: Group, bench: Bench, path: Path) -> None:
    form.add(TextField(bench, (*path, "text"), "studio.measure.amount"), _unit(bench, path))


def _share(form: Group, bench: Bench, path: Path) -> None:
    smallest = LineField(bench, (*path, "smallest_whole"), "studio.measure.smallest", number=True)
    form.add(
        TextField(bench, (*path, "part"), "studio.measure.part"),
        TextField(bench, (*path, "whole"), "studio.measure.whole"),
        beside(_unit(bench, path), smallest, stretch=0),
        FlagField(bench, (*path, "may_exceed"), "studio.measure.may_exceed"),
    )


def _change(form: Group, bench: Bench, path: Path) -> None:
    options = [(value, bench.tr(f"studio.measure.relative_{value}")) for value in ("yes", "no")]
    relative = ChoiceField(bench, (*path, "relative"), "studio.measure.relative", options, usual="yes")
    form.add(
        TextField(bench, (*path, "before"), "studio.measure.before"),
        TextField(bench, (*path, "after"), "studio.measure.after"),
        beside(_unit(bench, path), relative, stretch=0),
    )


def _calculated(form: Group, bench: Bench, path: Path) -> None:
    form.add(
        TextField(bench, (*path, "text"), "studio.measure.calculated"),
        _unit(bench, path),
        InputsForm(bench, (*path, "inputs"), "studio.measure.inputs"),
        LineField(bench, (*path, "formula"), "studio.measure.formula", hint="studio.measure.formula_hint"),
    )


class TicksForm(RowsPart):
    """The things that can be ticked."""

    add_key = "studio.ticks.add"
    stem = "option"
    least = 1

    def row(self, path: Path) -> Part:
        """Show one of them."""
        return TextField(self.bench, (*path, "text"), hint="studio.ticks.text")


class InputsForm(RowsPart):
    """The raw numbers a calculation starts from."""

    add_key = "studio.inputs.add"
    stem = "n"
    least = 1

    def row(self, path: Path) -> Part:
        """Show one of them: the name it has in the formula, its words, its unit."""
        form = Group(self.bench, path)
        key = LineField(self.bench, (*path, "key"))
        key.edit.setAccessibleName(self.bench.tr("studio.inputs.key"))
        key.edit.setFixedWidth(64)
        text = TextField(self.bench, (*path, "text"), hint="studio.inputs.text")
        unit = TextField(self.bench, (*path, "unit"), hint="studio.measure.unit")
        unit.setFixedWidth(120)
        form.add(beside(key, text, unit, stretch=1))
        return form
