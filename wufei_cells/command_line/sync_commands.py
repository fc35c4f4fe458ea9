"""Commands on the exchange with others."""

from __future__ import annotations

import argparse

from wufei_cells.command_line import enrolment_commands
from wufei_cells.command_line.session import Subparsers


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("sync", help="交换 / exchange with others").add_subparsers(
        required=True, metavar="WHAT"
    )
    enrolment_commands.add_commands(group, common)
