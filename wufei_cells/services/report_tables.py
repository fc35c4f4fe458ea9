"""Tables of sums: by category and county, both together, by stage and month, and what lags behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.reports.blocks import Column, Gauge, Look, Ratio, Row, TableBlock, Value
from wufei_cells.reports.vocabulary import TableKind
from wufei_cells.services.report_columns import Line, columns_of, table_of

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
    aim: Target | None
    moved: Mapping[str, int]

    @property
    def target(self) -> int | None:
        """How many there shall be."""
        return self.aim.count if self.aim else None

    def value(self, column: str) -> Value:
        """Give what stands in a column."""
        valid, target = self.part.valid.count, self.target
        values: dict[str, Value] = {
            **dict.fromkeys(("category", "county"), self.name),
            "sites": self.part.sites.count,
            "assessed": self.part.assessed.count,
            "passed": self.part.passed.count,
            "valid": valid,
            "target": target,
            "by": self.aim.by if self.aim else None,
            "left": None if target is None else max(target - valid, 0),
            "share": Fraction(valid, target) if target else None,
            "progress": self._gauge(),
            **self.moved,
        }
        return values[column]

    def _gauge(self) -> Gauge:
        """Measure by the target, by more where more is there, and by all sites where there is no target."""
        valid, target = self.part.valid.count, self.target
        soft = max(self.part.passed.count, valid)
        whole = max(1, soft, self.part.sites.count if target is None else target)
        return Gauge(valid / whole, soft / whole, None if target is None else target / whole)


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
    """A row for each, and their sum."""
    keys = _columns(part.columns, some=any(targets.values()))
    moved = {column: Counter(map(key_of, getattr(facts, column))) for column in keys if column in MOVED}
    rows = [
        _Tally(name(key), one, targets[key], {column: found[key] for column, found in moved.items()})
        for key, one in parts.items()
    ]
    cells = [Row(tuple(map(row.value, keys))) for row in rows]
    sums = Row(tuple(_sum(facts, rows, key) for key in keys), strong=True)
    return TableBlock(
        part.show,
        "",
        columns_of(facts, keys),
        (*cells, sums) if cells else (),
        facts.say("nothing.sites"),
        total=len(cells),
        legend=_legend(facts, rows) if "progress" in keys else (),
    )


def _columns(asked: Sequence[str], *, some: bool) -> list[str]:
    """Leave out columns of targets where there are none at all; say with a target by which day."""
    if not some:
        return [key for key in asked if key not in ("target", "by", "left", "share")]
    return [key for one in asked for key in ((one, "by") if one == "target" and "by" not in asked else (one,))]


def _legend(facts: ReportFacts, rows: Sequence[_Tally]) -> tuple[str, ...]:
    """Say what the colors mean, and what fills the width of a bar."""
    without = [row.aim is None for row in rows]
    target = "" if all(without) else "target"
    width = "" if not any(without) else "width_sites" if all(without) else "width_both"
    return tuple(facts.say(f"legend.{key}") if key else "" for key in ("valid", "passed", target, width))


MOVED = ("under_way", "month_gained", "month_lost", "year_gained", "year_lost")


def _sum(facts: ReportFacts, rows: Sequence[_Tally], column: str) -> Value:
    """Add a column up."""
    if column in ("category", "county"):
        return facts.say("all")
    if column == "progress":
        return ""
    if column in ("target", "by", "left", "share"):
        return _sum_of_targets(rows, column)
    return sum(value for row in rows if isinstance(value := row.value(column), int))


def _sum_of_targets(rows: Sequence[_Tally], column: str) -> Value:
    """Add targets up only where every row has one, and for the same day; else the sum would look like the goal."""
    aims = [row.aim for row in rows if row.aim]
    if len(aims) < len(rows) or len({aim.by for aim in aims}) != 1:
        return None
    target, valid = sum(aim.count for aim in aims), sum(row.part.valid.count for row in rows)
    left = sum(max(aim.count - row.part.valid.count, 0) for aim, row in zip(aims, rows, strict=True))
    sums: Mapping[str, Value] = {"target": target, "by": aims[0].by, "left": left}
    return sums[column] if column in sums else Fraction(valid, target) if target else None


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
    lines: Iterable[Line] = (
        {
            "stage": facts.wording.say(f"ui.stage.{row.stage.value}"),
            "sites": row.sites.count,
            "stuck": None if row.limit is None else row.stuck.count,
            "allowed": row.limit,
        }
        for row in (facts.board.stages if facts.board.sites.count else ())
    )
    return table_of(facts, part, lines, "nothing.sites")


def by_month(facts: ReportFacts, part: TablePart) -> TableBlock:
    """What came and went, month by month, the newest first."""
    lines: Iterable[Line] = (
        {
            "month": f"{row.month.first:%Y-%m}",
            "gained": row.gained.count,
            "lost": row.lost.count,
            "valid": row.valid.count,
        }
        for row in reversed(facts.board.months)
    )
    return table_of(facts, part, lines, "nothing.months")


def behind(facts: ReportFacts, part: TablePart) -> TableBlock:
    """Targets that fall short of an even pace."""
    lines: Iterable[Line] = (
        {
            "number": number,
            "subject": subject_text(facts, one.target.category, one.target.district),
            "valid": one.valid,
            "target": one.target.count,
            "pace": one.pace,
            "left": one.left,
            "by": one.target.by,
            "measure": level_text(facts, one.level),
        }
        for number, one in enumerate(facts.behind, 1)
    )
    return table_of(
        facts, part, lines, "nothing.behind" if facts.board.targets or facts.board.goal else "nothing.targets"
    )


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


TABLES: Mapping[TableKind, Callable[[ReportFacts, TablePart], TableBlock]] = {
    TableKind.CATEGORIES: by_category,
    TableKind.COUNTIES: by_county,
    TableKind.MATRIX: matrix,
    TableKind.STAGES: by_stage,
    TableKind.MONTHS: by_month,
    TableKind.BEHIND: behind,
}
