"""Commands on workbooks that are opened in Excel or WPS: scoresheets and lists of sites."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells.command_line import site_list_commands
from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.services import exporting, saving


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser(
        "excel", help="Excel/WPS 评分表、单位名单 / scoresheets, lists of sites"
    ).add_subparsers(required=True, metavar="WHAT")
    export = group.add_parser("export", parents=[common], help="导出评分表 / write a scoresheet")
    export.add_argument("assessment", metavar="ASSESSMENT")
    export.add_argument("--output", type=Path, metavar="FILE.xlsx")
    export.set_defaults(run=export_scoresheet)
    site_list_commands.add_to(group, common)


def export_scoresheet(session: Session, args: argparse.Namespace) -> int:
    """Write an assessment's scoresheet as a workbook."""
    row = find_assessment(session, args.assessment)
    target = args.output or Path(f"{saving.file_name(row.site_name)}.xlsx")
    saving.save_file(target, exporting.scoresheet(session.workspace, row.id, session.wording))
    return session.show({"file": str(target)}, [session.say("cli.written", path=target)])
