"""Commands by which the office steers: targets, indicators, follow-ups, visits, the calendar."""

from __future__ import annotations

import argparse

from wufei_cells.command_line import (
    agenda_commands,
    follow_up_commands,
    indicator_commands,
    target_commands,
    visit_commands,
)
from wufei_cells.command_line.session import Subparsers


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    for group in (target_commands, indicator_commands, follow_up_commands, visit_commands, agenda_commands):
        group.add_commands(commands, common)
