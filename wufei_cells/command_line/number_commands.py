"""Commands on certificate numbers: what became of each, blocks for other devices, which device keeps them."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.numbering import NumberRange
from wufei_cells.services import browsing, numbering


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("number", help="证书编号 / certificate numbers").add_subparsers(
        required=True, metavar="WHAT"
    )
    listing = group.add_parser("list", parents=[common], help="编号去向 / what became of each")
    listing.set_defaults(run=list_numbers)
    handing = group.add_parser("hand-out", parents=[common], help="分一段号 / give another device a block")
    handing.add_argument("category", metavar="CATEGORY")
    handing.add_argument("device", metavar="DEVICE", help="电脑名或编号 / its name or uuid")
    handing.add_argument("count", type=int, metavar="COUNT")
    handing.add_argument("--year", type=int, help="默认今年 / this year")
    handing.set_defaults(run=hand_out)
    keeping = group.add_parser("keep", parents=[common], help="由哪台电脑保管 / which device keeps them")
    keeping.add_argument("device", metavar="DEVICE")
    keeping.add_argument("--lost", default="", metavar="REASON", help="原来那台不能用了 / the one before is lost")
    keeping.set_defaults(run=keep)


def list_numbers(session: Session, _args: argparse.Namespace) -> int:
    """Say of every serial number what became of it, and who keeps them."""
    rows = numbering.ledger(session.workspace)
    keeper = numbering.keeper(session.workspace)
    lines = [_line(session, row) for row in rows] or [session.say("cli.no_numbers")]
    if keeper:
        lines.append(session.say("cli.number_keeper", device=keeper[1], id=keeper[0]))
    data = {
        "keeper": keeper[0] if keeper else None,
        "ranges": [
            {
                "series": row.series,
                "first": row.first,
                "last": row.last,
                "use": row.use.value,
                "device": row.device_name,
            }
            for row in rows
        ],
    }
    return session.show(data, lines)


def hand_out(session: Session, args: argparse.Namespace) -> int:
    """Give a block of numbers to another device."""
    category = browsing.checklist(
        session.workspace, browsing.current_edition(session.workspace, args.category).id
    ).category
    year = session.workspace.today().year if args.year is None else args.year
    block = numbering.hand_out(session.workspace, category.code, year, args.device, args.count)
    values = {"series": block.series, "first": block.first, "last": block.last}
    line = session.say("cli.number_handed_out", device=block.device_name, **values)
    return session.show({"id": block.id, **values, "device": block.device}, [line])


def keep(session: Session, args: argparse.Namespace) -> int:
    """Say which device keeps the numbers from now on."""
    numbering.keep_numbers(session.workspace, args.device, lost=args.lost)
    return list_numbers(session, args)


def _line(session: Session, row: NumberRange) -> str:
    values = {"series": row.series, "first": row.first, "last": row.last, "device": row.device_name}
    return session.say(f"number.use.{row.use.value}", **values)
