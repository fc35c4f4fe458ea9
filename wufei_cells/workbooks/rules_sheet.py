"""The second sheet: the rules in force, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import exact, plain, printed
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.workbooks.grid import Grid
from wufei_cells.workbooks.looks import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from wufei_cells.workbooks.looks import Look
    from wufei_cells.workbooks.scoresheet_data import ScoresheetData
    from wufei_cells.workbooks.sheet_words import SheetWords

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
    checklist, numbers = data.checklist, Numbers(data.checklist.parameters)
    if checklist.gates:
        yield words.say("gate"), words.say("rules.gates", count=len(checklist.gates))
    groups = {group.key: words.text(group.text) for group in checklist.groups}
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
        yield words.say("rules.grade", level=words.text(grade.text)), "\n".join(lines)
    if any(item.star for item in checklist.items()):
        yield "★", words.say("rules.star")


def _counting(data: ScoresheetData, words: SheetWords) -> Iterator[tuple[str, str]]:
    checklist = data.checklist
    full = printed(checklist.full)
    yield words.say("rules.full"), words.say("rules.full_text", full=full)
    yield words.say("na"), words.say(f"na_policy.{checklist.scoring.na_policy.value}", full=full)
    if checklist.bonus:
        counts = words.say("bonus_counts" if checklist.bonus.counts_for_pass else "bonus_counts_not")
        cap = words.say("rules.bonus_text", cap=printed(checklist.bonus.cap))
        yield words.text(checklist.bonus.group.text), f"{cap}\n{counts}"
    for key in ("unanswered", "edges", "cut", "formulas"):
        yield words.say(f"rules.{key}"), words.say(f"rules.{key}_text")


def _facts(data: ScoresheetData, words: SheetWords) -> Iterator[tuple[str, str]]:
    for fact in data.checklist.facts:
        value = data.facts.get(fact.key, "")
        yield words.text(fact.text), words.fact(fact, value) if value else words.say("rules.fact_unknown")


def _parameters(data: ScoresheetData, words: SheetWords) -> Iterator[tuple[str, str]]:
    for parameter in data.checklist.parameters:
        yield words.text(parameter.text), f"{plain(parameter.value)} {words.text(parameter.unit)}".strip()


def _sources(data: ScoresheetData, words: SheetWords) -> Iterator[tuple[str, str]]:
    for place, source in enumerate(data.checklist.sources, start=1):
        yield str(place), f"{words.text(source.title)} {source.number}".strip()
