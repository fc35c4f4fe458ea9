"""The command that tells how far the city, or a part of it, is: the board in words, and the lists behind it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from wufei_cells.board.standing import Board, Figure, MonthRow, Part, RunsOut, StageRow, TargetRow
from wufei_cells.command_line.assessment_data import day
from wufei_cells.command_line.part_options import add_part, part_wanted
from wufei_cells.command_line.progress_data import board_json, listed_json
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.lifecycle import CertificateState
from wufei_cells.services import board_lists, board_reading, browsing

TOLD_MONTHS = 12
"""Months that lines tell; the JSON document has all of them."""


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser = commands.add_parser("progress", parents=[common], help="进度 / progress towards the goal")
    parser.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="截至哪一天，默认今天 / as of a day, today")
    add_part(parser)
    words = " | ".join([*board_lists.PLAIN, *board_lists.PARTED])
    parser.add_argument(
        "--list",
        nargs="+",
        default=None,
        metavar="WHAT",
        help=f"列出数字背后的单位 / list the sites behind a figure: {words}",
    )
    parser.set_defaults(run=progress)


def progress(session: Session, args: argparse.Namespace) -> int:
    """Show how far the city is, or the sites behind figures."""
    within = part_wanted(session, args)
    on = board_reading.day_that_has_come(session.workspace, args.on)
    found = board_reading.board(session.workspace, on, within=within)
    if args.list is not None:
        return _list(session, found, args.list)
    return session.show(board_json(found), _Lines(session, found).lines())


def _list(session: Session, found: Board, wanted: list[str]) -> int:
    rows = board_lists.listed(session.workspace, found, wanted)
    names = _names(session)
    lines = [
        session.say(
            "cli.board_site",
            name=row.name,
            category=names.get(row.category, row.category),
            district=names.get(row.district, row.district),
            stage=row.stage or "–",
            since=row.since or "–",
        )
        for row in rows
    ]
    lines.append(session.say("cli.board_listed", count=len(rows)))
    return session.show(listed_json(found, wanted, rows), lines)


def _names(session: Session) -> dict[str, str]:
    names = {category.key: session.text(category.text) for category in browsing.categories(session.workspace)}
    return names | {one.key: session.text(one.text) for one in browsing.profile(session.workspace).districts}


class _Lines:
    """The board in words."""

    def __init__(self, session: Session, found: Board) -> None:
        self.session, self.found, self.names = session, found, _names(session)

    def lines(self) -> Iterator[str]:
        """Give them from the whole to the parts."""
        found = self.found
        yield from self._head()
        for parts in (found.categories, found.districts):
            yield from (self._part(self.names.get(key, key), part) for key, part in parts.items())
        if found.leads:
            yield self.say("board_leads")
            yield from (self._part(self.session.text(lead.text), lead.part) for lead in found.leads)
        yield self.say("board_way")
        yield from (self._stage(row) for row in found.stages)
        if found.targets:
            yield self.say("board_targets")
            yield from (self._target(row) for row in found.targets)
        yield self.say("board_months")
        yield from (self._month(row) for row in found.months[-TOLD_MONTHS:])
        yield self.say("board_cliff", count=len(self.found.runs_out))
        yield from self._cliff()

    def say(self, key: str, **values: object) -> str:
        """Give a sentence; a figure stands in it by its number."""
        numbers = {name: value.count if isinstance(value, Figure) else value for name, value in values.items()}
        return self.session.say(f"cli.{key}", **numbers)

    def _head(self) -> Iterator[str]:
        found = self.found
        if found.goal is None:
            yield self.say("board_no_goal", on=found.on, count=found.valid)
        else:
            yield self.say("progress", count=found.valid, goal=found.goal, by=found.by, on=found.on)
        gone = found.gone
        yield self.say(
            "board_ever",
            ever=found.ever,
            expired=gone[CertificateState.EXPIRED],
            suspended=gone[CertificateState.SUSPENDED],
            withdrawn=gone[CertificateState.WITHDRAWN],
        )
        if found.needed:
            yield self._needed()
        if found.put_right.count:
            yield self.say("board_put_right", count=found.put_right)

    def _needed(self) -> str:
        found, needed = self.found, self.found.needed
        assert needed is not None
        return self.say(
            "board_needed",
            left=found.at_goal_day,
            by=found.by,
            months=printed(needed.months),
            new=needed.new,
            per_month=printed(needed.new_per_month),
            renewals=needed.renewals,
            renewals_per_month=printed(needed.renewals_per_month),
        )

    def _part(self, name: str, part: Part) -> str:
        said = self.say("tally", sites=part.sites, assessed=part.assessed, passed=part.passed, certified=part.valid)
        gone = self.say("board_gone", count=part.gone) if part.gone.count else ""
        return f"  {name}  {said}{gone}"

    def _stage(self, row: StageRow) -> str:
        if row.median_days is None:
            return self.say("board_stage_empty", stage=row.stage)
        said = self.say(
            "board_stage", stage=row.stage, count=row.sites, median=printed(row.median_days), longest=row.longest_days
        )
        return said + (self.say("board_stuck", limit=row.limit, count=row.stuck) if row.stuck.count else "")

    def _target(self, row: TargetRow) -> str:
        target = row.target
        places = [self.names.get(key, key) for key in (target.category, target.district) if key]
        where = " · ".join(places) or self.say("board_whole")
        said = {"where": where, "count": target.count, "by": target.by, "valid": row.valid, "missing": row.missing}
        if row.missing:
            return self.say("board_target_missed" if row.over else "board_target_missing", **said)
        return self.say("board_target_met", met=row.met_on, **said)

    def _month(self, row: MonthRow) -> str:
        return self.say(
            "board_month", month=f"{row.month.first:%Y-%m}", gained=row.gained, lost=row.lost, valid=row.valid
        )

    def _cliff(self) -> Iterator[str]:
        ending = [row for row in self.found.runs_out if row.sites.count]
        if not ending:
            yield self.say("board_no_cliff", count=len(self.found.runs_out))
        yield from (self._runs_out(row) for row in ending)

    def _runs_out(self, row: RunsOut) -> str:
        return self.say("board_runs_out", month=f"{row.month.first:%Y-%m}", count=row.sites, left=row.left)
