"""The second sheet: the rules in force, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import exact, plain, printed, with_unit
from wufei_cells.scoring.circumstances import Circumstances
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.workbooks.grid import Grid
from wufei_cells.workbooks.looks import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from wufei_cells.domain.checklists import Phase
    from wufei_cells.workbooks.looks import Look
    from wufei_cells.workbooks.scoresheets.data import ScoresheetData
    from wufei_cells.workbooks.scoresheets.words import SheetWords

WIDTHS = (26.0, 72.0)


def write_rules(sheet: Worksheet, data: ScoresheetData, words: SheetWords, looks: Mapping[Kind, Look]) -> Grid:
    """Fill the sheet; return its grid, finished."""
    grid = Grid(sheet, WIDTHS, looks)
    grid.text(1, words.say("rules.title"), Kind.TITLE, last=2)
    grid.next_row(lowest=32)
    for sentence in _warnings(data, words):
        grid.text(1, sentence, Kind.WARNING, last=2)
        grid.next_row()
    _section(grid, words.say("rules.edition"), list(_edition(data, words)))
    _section(grid, words.say("rules.passing"), list(_passing(data, words)))
    _section(grid, words.say("rules.counting"), list(_counting(data, words)))
    if not data.open:  # else they stand on top of the form, and may still change there
        _section(grid, words.say("rules.facts"), list(_facts(data, words)))
    _section(grid, words.say("rules.parameters"), list(_parameters(data, words)))
    _section(grid, words.say("rules.sources"), list(_sources(data, words)))
    grid.finish()
    return grid


def _section(grid: Grid, title: str, rows: Sequence[tuple[str, str]]) -> None:
    if not rows:
        return
    grid.text(1, title, Kind.SECTION, last=2)
    grid.next_row(lowest=22)
    for label, text in rows:
        grid.text(1, label, Kind.LABEL)
        grid.text(2, text, Kind.VALUE)
        grid.next_row()


def _warnings(data: ScoresheetData, words: SheetWords) -> Iterator[str]:
    if data.example:
        yield words.say("example")
    if not data.checklist.official:
        yield words.say("unofficial")


def _edition(data: ScoresheetData, words: SheetWords) -> Iterator[tuple[str, str]]:
    checklist = data.checklist
    yield words.say("head.checklist"), words.text(checklist.title)
    yield words.say("rules.edition_name"), checklist.edition
    yield words.say("rules.effective_from"), checklist.effective_from.isoformat()
    yield words.say("rules.fingerprint"), words.say("rules.fingerprint_text", hash=data.edition)
    if notice := words.text(checklist.notice):
        yield words.say("rules.notice"), notice


def _passing(data: ScoresheetData, words: SheetWords) -> Iterator[tuple[str, str]]:
    checklist, numbers = data.checklist, Numbers(data.checklist.parameters, data.on)
    if checklist.gates:
        yield words.say("gate"), words.say("rules.gates", count=len(checklist.gates))
    groups = {group.key: words.text(group.text) for group in checklist.groups}
    items = {item.key: f"{item.number} {words.text(item.text)}" for item in checklist.items()}
    in_force = {grade.key: grade.total_needed for grade in data.scorecard.grades}
    for grade in checklist.grades:
        lines = [words.say("rules.grade_total", total=exact(in_force[grade.key]))]
        asked = numbers.value(grade.total_at_least)
        if asked != in_force[grade.key]:
            lines.append(words.say("rules.grade_scaled", asked=exact(asked), needed=exact(in_force[grade.key])))
        if grade.groups_at_least is not None:
            lines.append(words.say("rules.grade_groups", share=exact(numbers.value(grade.groups_at_least))))
        for key, share in grade.group_exceptions:
            values = {"group": groups.get(key, key), "share": exact(numbers.value(share))}
            lines.append(words.say("rules.grade_exception", **values))
        for key, share in grade.items_at_least:
            values = {"item": items[key], "share": exact(numbers.value(share))}
            lines.append(words.say("rules.grade_item", **values))
        yield words.say("rules.grade", level=words.text(grade.text)), "\n".join(lines)
    if any(item.star for item in checklist.items()):
        yield "★", words.say("rules.star")


def _counting(data: ScoresheetData, words: SheetWords) -> Iterator[tuple[str, str]]:
    yield words.say("rules.full"), words.say("rules.full_text", full=printed(data.checklist.full))
    if data.rules:
        yield words.say("rules.settled"), "\n".join(data.rules.values())
    for key in ("unanswered", "edges", "cut", "formulas"):
        yield words.say(f"rules.{key}"), words.say(f"rules.{key}_text")


def _facts(data: ScoresheetData, words: SheetWords) -> Iterator[tuple[str, str]]:
    known = Circumstances(data.checklist, data.facts, data.on).facts
    for fact in data.checklist.facts:
        value = known.get(fact.key, "")
        written = words.fact(fact, printed(value) if isinstance(value, Fraction) else value) if value != "" else ""
        if fact.formula is not None:
            key = "rules.fact_worked_out" if written else "rules.fact_not_worked_out"
            yield words.text(fact.text), words.say(key, value=written)
        else:
            yield words.text(fact.text), written or words.say("rules.fact_unknown")


def _parameters(data: ScoresheetData, words: SheetWords) -> Iterator[tuple[str, str]]:
    for parameter in data.checklist.parameters:
        unit = words.text(parameter.unit)
        lines = [with_unit(plain(parameter.value_on(data.on)), unit)]
        if parameter.phases:
            first = words.say("rules.parameter_first", value=with_unit(plain(parameter.value), unit))
            later = (_from_day(phase, unit, words) for phase in parameter.phases)
            lines.append(words.say("then").join((first, *later)))
        yield words.text(parameter.text), "\n".join(lines)


def _from_day(phase: Phase, unit: str, words: SheetWords) -> str:
    value = with_unit(plain(phase.value), unit)
    return words.say("rules.parameter_from", day=phase.start.isoformat(), value=value)


def _sources(data: ScoresheetData, words: SheetWords) -> Iterator[tuple[str, str]]:
    for place, source in enumerate(data.checklist.sources, start=1):
        yield str(place), f"{words.text(source.title)} {source.number}".strip()
