"""Commands on the sheets of a team: add, list, lock, compare, and take values over into the record."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.score_commands import number
from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.domain.amounts import exact
from wufei_cells.domain.checklists import Item
from wufei_cells.errors import UserError
from wufei_cells.services import teaming
from wufei_cells.services.measure_wording import score_text
from wufei_cells.services.teaming import Difference, SheetRow, SideBySide, Team


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("team", help="多人打分 / several assessors").add_subparsers(
        required=True, metavar="WHAT"
    )
    adding = group.add_parser("add", parents=[common], help="添加打分表 / add a sheet")
    adding.add_argument("assessment", metavar="ASSESSMENT")
    kind = adding.add_mutually_exclusive_group(required=True)
    kind.add_argument("--column", metavar="COLUMN", help="自评、初评等栏目 / self, first, …")
    kind.add_argument("--alone", metavar="NAME", help="单独打分的评估员 / an assessor who scores alone")
    adding.add_argument("--assessor", action="append", default=[], metavar="NAME")
    adding.set_defaults(run=add)
    listing = group.add_parser("list", parents=[common], help="各方进度 / who is how far")
    listing.add_argument("assessment", metavar="ASSESSMENT")
    listing.set_defaults(run=show_list)
    for name, handler, meaning in (
        ("lock", lock, "锁定 / lock"),
        ("unlock", unlock, "解锁 / open again"),
        ("drop", drop, "不再计入 / leave out"),
    ):
        parser = group.add_parser(name, parents=[common], help=meaning)
        parser.add_argument("sheet", metavar="SHEET")
        if name != "lock":
            parser.add_argument("--reason", default="")
        parser.set_defaults(run=handler)
    comparing = group.add_parser("differences", parents=[common], help="差异 / what they do not agree on")
    comparing.add_argument("assessment", metavar="ASSESSMENT")
    comparing.add_argument("--all", action="store_true", help="一致的也列出 / those that agree, too")
    comparing.set_defaults(run=show_differences)
    taking = group.add_parser("take", parents=[common], help="采用 / take over into the record")
    taking.add_argument("assessment", metavar="ASSESSMENT")
    taking.add_argument("chosen", nargs="*", metavar="ITEM=SHEET")
    taking.add_argument("--agreed", action="store_true", help="采用全部一致的 / everything they agree on")
    taking.set_defaults(run=take, free="chosen")


def add(session: Session, args: argparse.Namespace) -> int:
    """Add a sheet."""
    whole = find_assessment(session, args.assessment)
    alone = args.alone is not None
    column = whole.column if alone else args.column
    who = [args.alone] if alone else args.assessor
    row = teaming.add_sheet(session.workspace, whole.id, column, who, alone=alone)
    values = {"site": row.site_name, "names": row.assessors, "id": row.id}
    data = {"id": row.id, "part_of": row.part_of, "column": row.column, "assessors": list(row.assessors)}
    return session.show(data, [session.say("cli.team_added", **values), *_late_lines(session, row.id)])


def show_list(session: Session, args: argparse.Namespace) -> int:
    """Say who is how far, and what the columns make together."""
    team = teaming.team(session.workspace, find_assessment(session, args.assessment).id)
    rows = (team.whole, *team.sheets)
    lines = [line for row in rows for line in (_row_line(session, team, row), f"    {row.id}")]
    result = teaming.composite(session.workspace, team.whole.id)
    if result is not None:
        lines += teaming.composite_lines(result.checklist, result.cards, result.composite, session.wording)
    return session.show({"open": team.open, "sheets": [_row_json(row) for row in rows]}, lines)


def lock(session: Session, args: argparse.Namespace) -> int:
    """Lock a sheet."""
    row = teaming.lock(session.workspace, args.sheet)
    return session.show({"id": row.id, "stage": row.stage.value}, [session.say("cli.team_locked", site=row.site_name)])


def unlock(session: Session, args: argparse.Namespace) -> int:
    """Open a sheet again."""
    row = teaming.unlock(session.workspace, args.sheet, reason=args.reason)
    lines = [session.say("cli.team_unlocked", site=row.site_name), *_late_lines(session, row.id)]
    return session.show({"id": row.id, "stage": row.stage.value}, lines)


def drop(session: Session, args: argparse.Namespace) -> int:
    """Leave a sheet out."""
    row = teaming.drop(session.workspace, args.sheet, reason=args.reason)
    return session.show({"id": row.id, "stage": row.stage.value}, [session.say("cli.team_dropped", site=row.site_name)])


def show_differences(session: Session, args: argparse.Namespace) -> int:
    """List what the sheets do not agree on."""
    side = teaming.differences(session.workspace, find_assessment(session, args.assessment).id)
    rows = [row for row in side.rows if args.all or row.differs]
    lines = list(teaming.agreement_lines(side, session.wording))
    for row in rows:
        lines += _difference_lines(session, side, row)
    found = side.agreement
    data = {
        "compared": list(side.compared),
        "late": list(side.late),
        "agreement": {
            "compared": found.compared,
            "same_value": found.same_value,
            "scored": found.scored,
            "same_points": found.same_points,
            "difference": exact(found.difference),
            "difference_percent": exact(found.difference_share),
        },
        "items": [_difference_json(row) for row in rows],
    }
    return session.show(data, lines)


def take(session: Session, args: argparse.Namespace) -> int:
    """Take values over into the record."""
    whole = find_assessment(session, args.assessment)
    chosen = _chosen(args.chosen)
    if not chosen and not args.agreed:
        raise UserError("cli.team_nothing_chosen")
    taken = teaming.take_over(session.workspace, whole.id, chosen) if chosen else ()
    if args.agreed:
        taken += teaming.take_over_agreed(session.workspace, whole.id)
    return session.show({"taken": list(taken)}, [session.say("cli.team_taken", count=len(taken))])


def _chosen(written: list[str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for entry in written:
        key, _sign, sheet = entry.partition("=")
        if not key or not sheet:
            raise UserError("cli.team_choice", found=entry[:60])
        chosen[key] = sheet
    return chosen


def _row_line(session: Session, team: Team, row: SheetRow) -> str:
    values = {
        "column": teaming.column_name(team.checklist, row.column, session.wording),
        "names": row.assessors,
        "state": session.say(f"team.state_{state_of(row)}"),
        "answered": row.answered,
        "entries": row.entries,
        "score": session.say("team.total_hidden") if row.total is None else score_text(row.total),
    }
    line = session.say("cli.team_row", **values)
    return f"{line}  {session.say('team.late')}" if row.late else line


def _late_lines(session: Session, sheet: str) -> list[str]:
    """Say so where a sheet was added or opened again when the others' could be seen."""
    late = any(row.late for row in teaming.sheets(session.workspace, sheet) if row.id == sheet)
    return [session.say("team.late")] if late else []


def state_of(row: SheetRow) -> str:
    """Name how a sheet stands."""
    if row.whole:
        return "whole"
    if row.dropped:
        return "dropped"
    return "locked" if row.locked else "open"


def _row_json(row: SheetRow) -> dict[str, object]:
    return {
        "id": row.id,
        "column": row.column,
        "assessors": list(row.assessors),
        "state": state_of(row),
        "alone": row.blind,
        "late": row.late,
        "answered": row.answered,
        "range": None if row.total is None else [number(row.total.low), number(row.total.high)],
    }


def _difference_lines(session: Session, side: SideBySide, row: Difference) -> list[str]:
    entry = side.whole.checklist.entry(row.key)
    assert entry is not None
    lines = [f"{entry.number} {session.text(entry.text)}"]
    for opinion in row.opinions:
        sheet = side.sheet(opinion.sheet).assessment
        values = {
            "column": teaming.column_name(side.whole.checklist, sheet.column, session.wording),
            "names": sheet.assessors,
            "words": teaming.words_of(side, opinion, row.key, session.wording),
        }
        points = "" if opinion.points is None or not isinstance(entry, Item) else number(opinion.points)
        line = session.say("cli.team_opinion" if points else "cli.team_opinion_plain", points=points, **values)
        lines.append(f"{line}  {session.say('team.late')}" if opinion.sheet in side.late else line)
    return lines


def _difference_json(row: Difference) -> dict[str, object]:
    return {
        "item": row.key,
        "same_value": row.same_value,
        "same_points": row.same_points,
        "spread": None if row.spread is None else number(row.spread),
        "origin": row.origin,
        "answers": {
            opinion.sheet: {
                "value": opinion.answer.value,
                "na": opinion.answer.na,
                "note": opinion.answer.note,
                "points": None if opinion.points is None else number(opinion.points),
            }
            for opinion in row.opinions
        },
    }
