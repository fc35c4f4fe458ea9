"""The page by which anybody checks certificates: one HTML file, with the office's keys and status list in it."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells import shipped
from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.services import saving, verification_page


def add_page(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command, among those on certificates."""
    page = group.add_parser(
        "page", parents=[common], help="核验页，一个 HTML 文件 / the page to check certificates with"
    )
    page.add_argument("--output", type=Path, required=True, metavar="FILE.html")
    page.add_argument("--status", type=Path, metavar="LIST.json", help="状态名单 / status list to put in")
    page.set_defaults(run=write_page)


def write_page(session: Session, args: argparse.Namespace) -> int:
    """Write the page."""
    status = read_input(args.status) if args.status else None
    parts, catalogue = shipped.verifier_parts(), shipped.wording_catalogue()
    page = verification_page.page_of_register(session.workspace, parts, catalogue, status=status)
    saving.save_file(args.output, page.encode())
    return session.show({"file": str(args.output)}, [session.say("cli.written", path=args.output)])
