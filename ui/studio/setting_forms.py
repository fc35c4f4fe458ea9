"""What holds for the whole checklist: what it is, how it is scored, levels, numbers, facts, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from ui.studio.entry_fields import KeyField
from ui.studio.entry_forms import QuantityLine, hint, section
from ui.studio.fields import Bench, ChoiceField, DayField, FlagField, LineField, Part, TextField, beside, flowing
from ui.studio.mapping_form import MappingForm
from ui.studio.quantity_field import QuantityField
from ui.studio.rows import Group, RowsPart
from ui.widgets.answer_editor import tight
from wufei_cells.checklists.draft_entries import entry_paths, own_key
from wufei_cells.checklists.drafting import entries_at, string_at
from wufei_cells.checklists.outline import text_at
from wufei_cells.domain.checklists import NaPolicy, RoundingMode, Subject, WhenAbsent

if TYPE_CHECKING:
    from collections.abc import Callable

    from wufei_cells.checklists.yaml_source import Data, Path

MOST_PLACES = 4


def setting_form(bench: Bench, name: str) -> Group:
    """Make the form of one section of the settings."""
    form = Group(bench, ())
    SECTIONS[name](form, bench)
    return form


def section_of(path: Path) -> str:
    """Say in which section of the settings a place is."""
    if path[:2] == ("scoring", "grades"):
        return "grades"
    first = str(path[0]) if path else ""
    return first if first in SECTIONS else "basics"


# --- what it is


def _basics(form: Group, bench: Bench) -> None:
    options = [(subject.value, bench.tr(f"studio.subject.{subject.value}")) for subject in Subject]
    form.add(
        TextField(bench, ("title",), "studio.field.title", lines=2),
        flowing(
            LineField(bench, ("key",), "studio.basics.key"),
            LineField(bench, ("edition",), "studio.field.edition"),
            QuantityLine(bench, ("full",), "studio.basics.full", hint="studio.group.full_hint"),
        ),
        flowing(
            DayField(bench, ("effective_from",), "studio.field.effective_from"),
            DayField(bench, ("effective_until",), "studio.field.effective_until", optional="studio.day.open"),
        ),
        FlagField(bench, ("official",), "studio.basics.official", always=True),
        section(bench, "studio.section.category"),
        TextField(bench, ("category", "text"), "studio.basics.category"),
        flowing(
            LineField(bench, ("category", "key"), "studio.basics.category_key"),
            LineField(bench, ("category", "code"), "studio.basics.category_code"),
            ChoiceField(bench, ("category", "subject"), "studio.field.subject", options, usual="site"),
        ),
        section(bench, "studio.section.notice"),
        TextField(bench, ("notice",), "studio.field.notice", lines=4),
    )


# --- how it is scored


def _scoring(form: Group, bench: Bench) -> None:
    policies = [(policy.value, bench.tr(f"studio.policy.{policy.value}")) for policy in NaPolicy]
    absent = [(when.value, bench.tr(f"studio.absent.{when.value}")) for when in WhenAbsent]
    here = ("scoring",)
    form.add(
        hint(bench, "studio.scoring.hint"),
        ChoiceField(bench, (*here, "not_applicable"), "studio.field.not_applicable_policy", policies),
        flowing(
            QuantityField(bench, (*here, "not_applicable_share"), "studio.field.not_applicable_share"),
            QuantityField(bench, (*here, "not_applicable_at_most"), "studio.field.not_applicable_at_most"),
        ),
        ChoiceField(bench, (*here, "group_not_applicable"), "studio.field.group_not_applicable", absent, usual="met"),
        ChoiceField(bench, (*here, "star_not_applicable"), "studio.field.star_not_applicable", absent, usual="met"),
        RoundingForm(bench, (*here, "rounding")),
        QuantityLine(bench, (*here, "out_of"), "studio.field.out_of"),
        section(bench, "studio.section.columns"),
        hint(bench, "studio.columns.hint"),
        ColumnsForm(bench, (*here, "columns")),
    )


class RoundingForm(Part):
    """How totals are rounded: not at all, or to so many places in some way."""

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path)
        places = [("", bench.tr("studio.rounding.none"))]
        places += [(str(count), bench.tr("studio.rounding.places", count=count)) for count in range(MOST_PLACES + 1)]
        self.places = PlacesField(bench, path, "studio.field.rounding", places)
        modes = [(mode.value, bench.tr(f"studio.rounding.{mode.value}")) for mode in RoundingMode]
        self.mode = ChoiceField(bench, (*path, "mode"), "studio.field.mode", modes, usual="half_up")
        self._line = flowing(self.places, self.mode)
        self._line.setParent(self)
        tight(QHBoxLayout(self)).addWidget(self._line)
        self.refresh()

    def refresh(self) -> None:
        """Show the rounding; its way only where there is one."""
        self.places.refresh()
        self.mode.refresh()
        self.mode.setVisible(self.data is not None)


class PlacesField(ChoiceField):
    """To how many places totals are rounded; none means that there is no rounding."""

    def read(self) -> str:
        """Give the places."""
        return string_at(self.data, ("places",))

    def take(self, value: str) -> None:
        """Round to other places, or not at all."""
        mode = string_at(self.data, ("mode",)) or "half_up"
        self.write({"places": value, "mode": mode} if value else None)


class ColumnsForm(RowsPart):
    """Scores of several that make up the result together."""

    add_key = "studio.columns.add"
    stem = "column"

    def row(self, path: Path) -> Part:
        """Show one column."""
        form = Group(self.bench, path)
        text = TextField(self.bench, (*path, "text"), "studio.columns.text")
        form.add(beside(text, QuantityLine(self.bench, (*path, "weight"), "studio.field.weight"), stretch=0))
        return form

    def template(self, entries: list[Data]) -> Data:
        """Begin a column."""
        return {"key": own_key(entries, self.stem), "weight": "50"}


# --- levels


def _grades(form: Group, bench: Bench) -> None:
    form.add(hint(bench, "studio.grades.hint"), GradesForm(bench, ("scoring", "grades")))


class GradesForm(RowsPart):
    """The levels, from the pass mark to the highest."""

    add_key = "studio.grades.add"
    stem = "grade"
    framed = True
    least = 1

    def row(self, path: Path) -> Part:
        """Show one level."""
        bench = self.bench
        form = Group(bench, path)
        form.add(
            TextField(bench, (*path, "text"), "studio.grades.text"),
            flowing(
                QuantityField(bench, (*path, "total_at_least"), "studio.field.total_at_least"),
                QuantityField(bench, (*path, "groups_at_least"), "studio.field.groups_at_least"),
            ),
            MappingForm(bench, (*path, "group_exceptions"), "studio.grades.exceptions", groups_of(bench)),
            MappingForm(bench, (*path, "items_at_least"), "studio.grades.items", items_of(bench)),
        )
        return form

    def template(self, entries: list[Data]) -> Data:
        """Begin a level above the others."""
        return {"key": own_key(entries, self.stem), "total_at_least": "90"}


def groups_of(bench: Bench) -> Callable[[], list[tuple[str, str]]]:
    """List the top groups: key and name."""

    def names() -> list[tuple[str, str]]:
        groups = entries_at(bench.session.data, ("groups",))
        return [_named(bench, group) for group in groups]

    return names


def items_of(bench: Bench) -> Callable[[], list[tuple[str, str]]]:
    """List the items of the groups: key and name."""

    def names() -> list[tuple[str, str]]:
        data = bench.session.data
        paths = [path for path in entry_paths(data) if path[0] == "groups" and path[-2] == "items"]
        return [_named(bench, bench.session.value(path)) for path in paths]

    return names


def _named(bench: Bench, entry: Data) -> tuple[str, str]:
    key = string_at(entry, ("key",))
    return key, f"{string_at(entry, ('number',)) or key} {bench.i18n.text(text_at(entry, ('text',)))}".strip()


# --- numbers, facts, documents


def _parameters(form: Group, bench: Bench) -> None:
    form.add(hint(bench, "studio.parameters.hint"), ParametersForm(bench, ("parameters",)))


class ParametersForm(RowsPart):
    """The numbers a city may set."""

    add_key = "studio.parameters.add"
    stem = "number"
    framed = True

    def row(self, path: Path) -> Part:
        """Show one of them."""
        bench = self.bench
        form = Group(bench, path)
        form.add(
            TextField(bench, (*path, "text"), "studio.parameters.text"),
            beside(
                KeyField(bench, path, "studio.parameters.key"),
                QuantityLine(bench, (*path, "value"), "studio.field.value"),
                TextField(bench, (*path, "unit"), "studio.measure.unit"),
                stretch=2,
            ),
            PhasesForm(bench, (*path, "phases"), "studio.parameters.phases"),
        )
        return form

    def template(self, entries: list[Data]) -> Data:
        """Begin a number."""
        return {"key": own_key(entries, self.stem), "value": "0"}


class PhasesForm(RowsPart):
    """Later values of a number, by the day from which they hold."""

    add_key = "studio.parameters.add_phase"

    def row(self, path: Path) -> Part:
        """Show one of them."""
        form = Group(self.bench, path)
        day = DayField(self.bench, (*path, "from"), "studio.parameters.from")
        form.add(flowing(day, QuantityLine(self.bench, (*path, "value"), "studio.field.value")))
        return form

    def template(self, entries: list[Data]) -> Data:
        """Begin with the value there is."""
        del entries
        data = self.bench.session.data
        day = string_at(data, ("effective_from",))
        later = f"{int(day[:4]) + 1}-01-01" if day[:4].isdigit() else "2030-01-01"
        return {"from": later, "value": string_at(self.bench.session.value(self.path[:-1]), ("value",)) or "0"}


def _facts(form: Group, bench: Bench) -> None:
    form.add(hint(bench, "studio.facts.hint"), FactsRows(bench, ("facts",)))


class FactsRows(RowsPart):
    """What has to be known about a site before it is clear which entries apply."""

    add_key = "studio.facts.add"
    stem = "fact"
    framed = True

    def row(self, path: Path) -> Part:
        """Show one fact."""
        return FactForm(self.bench, path)

    def template(self, entries: list[Data]) -> Data:
        """Begin a question to be answered yes or no."""
        return {"key": own_key(entries, self.stem), "ask": "yes_no"}


class FactForm(Group):
    """One fact: its question, and what its kind asks for."""

    def __init__(self, bench: Bench, path: Path) -> None:
        super().__init__(bench, path)
        options = [(kind, bench.tr(f"studio.ask.{kind}")) for kind in ("yes_no", "number", "choice")]
        self.unit = TextField(bench, (*path, "unit"), "studio.measure.unit")
        self.formula = LineField(bench, (*path, "formula"), "studio.facts.formula", hint="studio.facts.formula_hint")
        self.options = OptionsForm(bench, (*path, "options"), "studio.facts.options")
        self.add(
            TextField(bench, (*path, "text"), "studio.facts.text"),
            flowing(
                ChoiceField(bench, (*path, "ask"), "studio.field.ask", options),
                KeyField(bench, path, "studio.facts.key"),
            ),
            self.unit,
            self.formula,
            self.options,
        )
        self.refresh()

    def refresh(self) -> None:
        """Show the fact; a unit only for numbers, options only for choices."""
        super().refresh()
        asked = string_at(self.data, ("ask",))
        for part, wanted, name in (
            (self.unit, "number", "unit"),
            (self.formula, "number", "formula"),
            (self.options, "choice", "options"),
        ):
            part.setVisible(asked == wanted or self.bench.session.value((*self.path, name)) is not None)


class OptionsForm(RowsPart):
    """The possible answers to a choice."""

    add_key = "studio.facts.add_option"
    stem = "option"

    def row(self, path: Path) -> Part:
        """Show one of them."""
        return TextField(self.bench, (*path, "text"), hint="studio.facts.option")


def _sources(form: Group, bench: Bench) -> None:
    form.add(hint(bench, "studio.sources.hint"), SourcesRows(bench, ("sources",)))


class SourcesRows(RowsPart):
    """The documents the checklist rests on."""

    add_key = "studio.sources.add"
    stem = "DOC"
    framed = True

    def row(self, path: Path) -> Part:
        """Show one document."""
        bench = self.bench
        form = Group(bench, path)
        form.add(
            TextField(bench, (*path, "title"), "studio.sources.title"),
            beside(
                LineField(bench, (*path, "number"), "studio.sources.number"),
                KeyField(bench, path, "studio.sources.key"),
                stretch=0,
            ),
        )
        return form


SECTIONS: dict[str, Callable[[Group, Bench], None]] = {
    "basics": _basics,
    "scoring": _scoring,
    "grades": _grades,
    "parameters": _parameters,
    "facts": _facts,
    "sources": _sources,
}
