"""Commands on workbooks: what goes to Excel and WPS, and what comes from there."""

from __future__ import annotations

import argparse

from wufei_cells.command_line import ledger_commands, scoresheet_commands, site_list_commands, template_fill_commands
from wufei_cells.command_line.session import Subparsers


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("excel", help="Excel/WPS 表格 / workbooks").add_subparsers(
        required=True, metavar="WHAT"
    )
    scoresheet_commands.add_to(group, common)
    ledger_commands.add_to(group, common)
    site_list_commands.add_to(group, common)
    template_fill_commands.add_to(group, common)
