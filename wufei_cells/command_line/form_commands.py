"""Commands on papers for the field: the form to fill in by pen, and a sheet as it was filled in."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.services import printing_forms, saving


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("form", help="现场用纸质表 / papers for the field").add_subparsers(
        required=True, metavar="WHAT"
    )
    printing = group.add_parser("blank", parents=[common], help="空白评估表 / a form to fill in by pen")
    printing.add_argument("category", nargs="?", metavar="CATEGORY", help="类别 / category of sites")
    printing.add_argument("--site", metavar="SITE", help="单位 / for this site, with what is known of it")
    printing.add_argument("--edition", metavar="ID", help="标准版本 / an edition other than the one in force")
    printing.set_defaults(run=print_blank)
    reprinting = group.add_parser("filled", parents=[common], help="已填评估表 / an assessment as it stands")
    reprinting.add_argument("assessment", metavar="ASSESSMENT")
    reprinting.set_defaults(run=print_filled)
    for parser in (printing, reprinting):
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")


def print_blank(session: Session, args: argparse.Namespace) -> int:
    """Write the form to fill in."""
    content = printing_forms.blank_form(
        session.workspace,
        session.fonts,
        session.wording,
        category=args.category,
        site=args.site,
        edition=args.edition,
    )
    return _saved(session, args.output, content)


def print_filled(session: Session, args: argparse.Namespace) -> int:
    """Write an assessment as it stands."""
    row = find_assessment(session, args.assessment)
    content = printing_forms.filled_form(session.workspace, row.id, session.fonts, session.wording)
    return _saved(session, args.output, content)


def _saved(session: Session, path: Path, content: bytes) -> int:
    saving.save_file(path, content)
    return session.show({"file": str(path)}, [session.say("cli.written", path=path)])
