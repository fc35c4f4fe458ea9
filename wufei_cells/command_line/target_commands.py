"""Commands on targets: how many cells of a category, in a county, by a day."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.assessment_data import day
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.targets import Target
from wufei_cells.services import board_reading, browsing, targeting
from wufei_cells.services.targeting import TargetNote, TargetRow, TargetsInForce


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("target", help="目标数量 / targets").add_subparsers(required=True, metavar="WHAT")
    listing = group.add_parser("list", parents=[common], help="列出目标 / those in force")
    listing.set_defaults(run=list_targets)
    setting = group.add_parser("set", parents=[common], help="定目标 / lay one down")
    setting.add_argument("count", type=int, metavar="COUNT")
    setting.set_defaults(run=set_target)
    removing = group.add_parser("remove", parents=[common], help="删目标 / take one out")
    removing.add_argument("--to-profile", action="store_true", help="恢复城市设置里的 / as the profile has it")
    removing.set_defaults(run=remove)
    for parser in (setting, removing):
        parser.add_argument("--category", metavar="CATEGORY", help="不写为全部类别 / all when not given")
        parser.add_argument(
            "--county", "--district", dest="district", metavar="COUNTY", help="不写为全市 / all when not given"
        )
        parser.add_argument("--by", type=day, required=True, metavar="YYYY-MM-DD", help="到哪天 / by which day")


def list_targets(session: Session, _args: argparse.Namespace) -> int:
    """List the targets in force."""
    return _show(session, targeting.in_force(session.workspace))


def set_target(session: Session, args: argparse.Namespace) -> int:
    """Lay a target down."""
    category, district = board_reading.part_named(session.workspace, args.category, args.district)
    found = targeting.set_target(session.workspace, args.count, by=args.by, category=category, district=district)
    return _show(session, found)


def remove(session: Session, args: argparse.Namespace) -> int:
    """Let a target hold no longer."""
    category, district = board_reading.part_named(session.workspace, args.category, args.district)
    found = targeting.remove_target(
        session.workspace, by=args.by, category=category, district=district, to_profile=args.to_profile
    )
    return _show(session, found)


def _show(session: Session, found: TargetsInForce) -> int:
    data = {"targets": [_json(row) for row in found.rows], "notes": [_note_json(note) for note in found.notes]}
    data["notes"] += [_past_json(target) for target in found.past]
    lines = [_line(session, row) for row in found.rows] or [session.say("target.cli_none")]
    lines += [session.say("target.note.past", part=part_name(session, one), by=one.by) for one in found.past]
    return session.show(data, [*lines, *(_note_line(session, note) for note in found.notes)])


def _line(session: Session, row: TargetRow) -> str:
    told = session.say(f"target.origin.{row.origin.value}")
    if row.instead_of is not None:
        told = session.say("target.cli_instead", origin=told, count=row.instead_of)
    target, part = row.target, part_name(session, row.target)
    return session.say("target.cli_line", by=target.by, part=part, count=target.count, origin=told)


def _note_line(session: Session, note: TargetNote) -> str:
    whole = note.whole
    part = part_name(session, whole)
    code = f"target.note.{note.over}.{note.kind.value}"
    return session.say(code, part=part, by=whole.by, parts=note.parts, count=whole.count)


def part_name(session: Session, of: Target) -> str:
    """Name the part of the city that a target is for."""
    profile = browsing.profile(session.workspace)
    categories = {one.key: one.text for one in browsing.categories(session.workspace)}
    named = [session.text(categories[of.category]) if of.category in categories else of.category or ""]
    district = profile.district(of.district) if of.district else None
    named.append(session.text(district.text) if district else of.district or "")
    return " · ".join(name for name in named if name) or session.text(profile.city)


def _json(row: TargetRow) -> dict[str, object]:
    target = row.target
    return {
        "category": target.category,
        "district": target.district,
        "by": target.by.isoformat(),
        "count": target.count,
        "origin": row.origin.value,
        "instead_of": row.instead_of,
        "author": row.author or None,
        "at": row.at.isoformat() if row.at else None,
    }


def _past_json(target: Target) -> dict[str, object]:
    return {
        "kind": "past",
        "over": None,
        "category": target.category,
        "district": target.district,
        "by": target.by.isoformat(),
        "count": target.count,
        "parts": None,
    }


def _note_json(note: TargetNote) -> dict[str, object]:
    whole = note.whole
    return {
        "kind": note.kind.value,
        "over": note.over,
        "category": whole.category,
        "district": whole.district,
        "by": whole.by.isoformat(),
        "count": whole.count,
        "parts": note.parts,
    }
