"""The group of commands for exchanging with others; each part of it has a module of its own."""

from __future__ import annotations

import argparse

from wufei_cells.command_line import conflict_commands, enrolment_commands, exchange_commands
from wufei_cells.command_line.session import Subparsers

PARTS = (exchange_commands, conflict_commands, enrolment_commands)
"""Modules that add their commands to the group."""


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("sync", help="交换 / exchange with others")
    parsers = group.add_subparsers(required=True, metavar="WHAT")
    for part in PARTS:
        part.add_commands(parsers, common)
