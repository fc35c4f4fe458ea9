"""The public register: a folder of files that anybody may have."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells import shipped
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.services import certifying, publishing_register, verification_page


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    publish = commands.add_parser(
        "publish", parents=[common], help="公开名录，一个文件夹 / the public register, a folder"
    )
    publish.add_argument("folder", type=Path, metavar="DIR")
    publish.set_defaults(run=publish_register)


def publish_register(session: Session, args: argparse.Namespace) -> int:
    """Write the public register, with the page for checking where the office has a key."""
    page = ""
    if certifying.signs(session.workspace):
        parts, catalogue = shipped.verifier_parts(), shipped.wording_catalogue()
        page = verification_page.page_of_register(session.workspace, parts, catalogue)
    parts = shipped.public_parts()
    files = publishing_register.publish(session.workspace, args.folder, parts, session.wording, check_page=page)
    written = [str(path) for path in files]
    return session.show({"files": written}, [session.say("cli.written", path=path) for path in written])
