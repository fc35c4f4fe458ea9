"""Tables of sums: by category and county, both together, by stage and month, and what lags behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.reports.blocks import Column, Gauge, Look, Ratio, Row, TableBlock, Value
from wufei_cells.reports.vocabulary import TableKind
from wufei_cells.services import report_behind
from wufei_cells.services.report_columns import columns_of

if TYPE_CHECKING:
    from wufei_cells.board.cases import Case
    from wufei_cells.board.standing import Part
    from wufei_cells.domain.targets import Target
    from wufei_cells.reports.templates import TablePart
    from wufei_cells.services.report_facts import ReportFacts

TONES = 4


@dataclass(frozen=True, slots=True)
class _Tally:
    """One row of a table by category or county, and what its columns can ask for."""

    name: str
    part: Part
    target: int | None
    moved: Mapping[str, int]
    longest: int
    """Of all rows: what fills the width of the bars."""

    def value(self, column: str) -> Value:
        """Give what stands in a column."""
        valid = self.part.valid.count
        match column:
            case "sites" | "assessed" | "passed" | "valid":
                return getattr(self.part, column).count
            case "target":
                return self.target
            case "left":
                return None if self.target is None else max(self.target - valid, 0)
            case "share":
                return Fraction(valid, self.target) if self.target else None
            case "progress":
                target = None if self.target is None else self.target / self.longest
                return Gauge(valid / self.longest, max(self.part.passed.count, valid) / self.longest, target)
            case "category" | "county":
                return self.name
            case _:
                return self.moved[column]


def by_category(facts: ReportFacts, part: TablePart) -> TableBlock:
    """A row for each category, and their sum."""
    targets = {key: facts.target_of(key, None) for key in facts.board.categories}
    return _tallies(facts, part, facts.board.categories, facts.category, targets, lambda case: case.category)


def by_county(facts: ReportFacts, part: TablePart) -> TableBlock:
    """A row for each county, and their sum."""
    targets = {key: facts.target_of(None, key) for key in facts.board.districts}
    return _tallies(facts, part, facts.board.districts, facts.county, targets, lambda case: case.district)


def _tallies(
    facts: ReportFacts,
    part: TablePart,
    parts: Mapping[str, Part],
    name: Callable[[str], str],
    targets: Mapping[str, Target | None],
    key_of: Callable[[Case], str],
) -> TableBlock:
    """A row for each; columns of targets are left out where there are none at all."""
    wanted = {key: target.count if target else None for key, target in targets.items()}
    some = any(target is not None for target in wanted.values())
    keys = [key for key in part.columns if some or key not in ("target", "left", "share")]
    moved = {column: Counter(map(key_of, getattr(facts, column))) for column in keys if column in MOVED}
    longest = max(
        [1, *(max(one.passed.count, one.valid.count) for one in parts.values()), *filter(None, wanted.values())]
    )
    rows = [
        _Tally(name(key), one, wanted[key], {column: found[key] for column, found in moved.items()}, longest)
        for key, one in parts.items()
    ]
    cells = [Row(tuple(map(row.value, keys))) for row in rows]
    sums = Row(tuple(_sum(facts, rows, key) for key in keys), strong=True)
    bars = "progress" in keys
    legend = ("valid", "passed", *(("target",) if some else ())) if bars else ()
    return TableBlock(
        part.show,
        "",
        columns_of(facts, keys),
        (*cells, sums) if cells else (),
        facts.say("nothing.sites"),
        total=len(cells),
        legend=tuple(facts.say(f"legend.{key}") for key in legend),
    )


MOVED = ("under_way", "month_gained", "month_lost", "year_gained", "year_lost")


def _sum(facts: ReportFacts, rows: Sequence[_Tally], column: str) -> Value:
    """Add a column up; the sum of targets stands only where every row has one, or it would look like the goal."""
    if column in ("category", "county"):
        return facts.say("all")
    if column == "progress":
        return ""
    if column in ("target", "left", "share"):
        if any(row.target is None for row in rows):
            return None
        target, valid = sum(row.target or 0 for row in rows), sum(row.part.valid.count for row in rows)
        if column == "share":
            return Fraction(valid, target) if target else None
        return target if column == "target" else sum(max((row.target or 0) - row.part.valid.count, 0) for row in rows)
    return sum(value for row in rows if isinstance(value := row.value(column), int))


def matrix(facts: ReportFacts, part: TablePart) -> TableBlock:
    """Counties down, categories across: valid cells of all sites."""
    board = facts.board
    categories, counties = list(board.categories), list(board.districts)
    most = max([1, *(one.valid.count for one in board.cells.values())])

    def cell(one: Part | None, most: int = 0) -> Ratio:
        valid, sites = (one.valid.count, one.sites.count) if one else (0, 0)
        return Ratio(valid, sites, 0 if not valid or not most else min(valid * TONES // most, TONES - 1) + 1)

    rows = [
        Row(
            (
                facts.county(county),
                *(cell(board.cells.get((category, county)), most) for category in categories),
                cell(board.districts[county]),
            )
        )
        for county in counties
    ]
    valid, sites = board.valid.count, board.sites.count
    sums = (facts.say("all"), *(cell(board.categories[key]) for key in categories), Ratio(valid, sites))
    columns = (
        Column("county", facts.say("column.county"), 16, Look.TEXT),
        *(Column(key, facts.category(key), 11) for key in categories),
        Column("all", facts.say("all"), 11),
    )
    found = (*rows, Row(sums, strong=True)) if rows and board.sites.count else ()
    return TableBlock(part.show, "", columns, found, facts.say("nothing.sites"), total=len(rows) if found else 0)


def by_stage(facts: ReportFacts, part: TablePart) -> TableBlock:
    """Where sites stand, and how many have stood there too long."""

    def line(key: str) -> Callable[[object], Value]:
        return {
            "stage": lambda row: facts.wording.say(f"ui.stage.{row.stage.value}"),
            "sites": lambda row: row.sites.count,
            "stuck": lambda row: None if row.limit is None else row.stuck.count,
            "allowed": lambda row: row.limit,
        }[key]

    return _plain(facts, part, facts.board.stages if facts.board.sites.count else (), line, "nothing.sites")


def by_month(facts: ReportFacts, part: TablePart) -> TableBlock:
    """What came and went, month by month, the newest first."""

    def line(key: str) -> Callable[[object], Value]:
        return {
            "month": lambda row: f"{row.month.first:%Y-%m}",
            "gained": lambda row: row.gained.count,
            "lost": lambda row: row.lost.count,
            "valid": lambda row: row.valid.count,
        }[key]

    return _plain(facts, part, tuple(reversed(facts.board.months)), line, "nothing.months")


def behind(facts: ReportFacts, part: TablePart) -> TableBlock:
    """Targets that fall short of an even pace."""
    found = report_behind.behind(facts)

    def line(key: str) -> Callable[[object], Value]:
        return {
            "number": lambda row: found.index(row) + 1,
            "subject": lambda row: subject_text(facts, row.row.target.category, row.row.target.district),
            "valid": lambda row: row.row.valid.count,
            "target": lambda row: row.row.target.count,
            "pace": lambda row: row.pace,
            "left": lambda row: row.row.missing,
            "by": lambda row: row.row.target.by,
            "measure": lambda row: level_text(facts, row.level),
        }[key]

    empty = "nothing.behind" if facts.board.targets else "nothing.targets"
    return _plain(facts, part, found, line, empty)


def subject_text(facts: ReportFacts, category: str | None, district: str | None) -> str:
    """Name the part of the city that is spoken of."""
    county = facts.county(district) if district else ""
    names = [county, facts.category(category) if category else ""]
    return (
        facts.say("of_both", county=names[0], category=names[1]) if all(names) else "".join(names) or facts.say("whole")
    )


def level_text(facts: ReportFacts, key: str) -> str:
    """Name a level of follow-up; a dash where there is none."""
    level = facts.profile.level(key)
    return facts.said(level.text) if level else facts.fit(key) or "–"


def _plain(
    facts: ReportFacts,
    part: TablePart,
    found: Iterable[object],
    line: Callable[[str], Callable[[object], Value]],
    empty: str,
) -> TableBlock:
    values = [line(key) for key in part.columns]
    rows = tuple(Row(tuple(value(one) for value in values)) for one in found)
    return TableBlock(part.show, "", columns_of(facts, part.columns), rows, facts.say(empty), total=len(rows))


TABLES: Mapping[TableKind, Callable[[ReportFacts, TablePart], TableBlock]] = {
    TableKind.CATEGORIES: by_category,
    TableKind.COUNTIES: by_county,
    TableKind.MATRIX: matrix,
    TableKind.STAGES: by_stage,
    TableKind.MONTHS: by_month,
    TableKind.BEHIND: behind,
}
