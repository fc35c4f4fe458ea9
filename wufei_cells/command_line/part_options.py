"""Options that restrict what is told to a part of the city."""

from __future__ import annotations

import argparse

from wufei_cells.board.standing import Within
from wufei_cells.command_line.session import Session
from wufei_cells.services import board_reading


def add_part(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "--category", action="append", default=[], metavar="KEY", help="只看某一类别，可多次 / of a category"
    )
    parser.add_argument(
        "--county",
        "--district",
        dest="district",
        action="append",
        default=[],
        metavar="KEY",
        help="只看某一县区，可多次 / of a county",
    )


def part_wanted(session: Session, args: argparse.Namespace) -> Within:
    """Give the part that is named, by keys or names.

    Raises:
        ProblemsFound: there are no such categories or counties.
    """
    return board_reading.within_named(session.workspace, args.category, args.district)
