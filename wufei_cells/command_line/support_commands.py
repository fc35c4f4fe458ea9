"""``support``: what to send to whoever helps, without anything personal in it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wufei_cells import logs, paths, shipped
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.errors import UserError, WufeiError
from wufei_cells.services import saving, self_checking, supporting
from wufei_cells.services.supporting import Surroundings


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Add the command."""
    about = "诊断信息，不含姓名和单位 / what helps to find a fault, without names of people and sites"
    support = commands.add_parser("support", parents=[common], help=about, description=about)
    support.add_argument("-o", "--output", type=Path, metavar="FILE", help="写入文件 / write it into a file")
    support.set_defaults(run=_support)


def _support(session: Session, args: argparse.Namespace) -> int:
    try:
        workspace = session.workspace if session.has_register else _no_register(session)
    except WufeiError as error:  # a register that does not open is what support is asked about
        workspace = error
    around = Surroundings(session.folder, paths.log_folder() / logs.FILE_NAME)
    outcomes = self_checking.run(self_checking.core_checks(shipped.everything()))
    text = supporting.support_text(workspace, around, outcomes, session.wording)
    if args.output is None:
        return session.show({"text": text}, [text.rstrip()])
    saving.save_file(args.output, text.encode())
    return session.show({"file": str(args.output)}, [session.say("support.saved", path=str(args.output))])


def _no_register(session: Session) -> UserError:
    """Say that there is none, wherever it was looked for: who asks what is wrong begins nothing."""
    error = UserError("workspace.no_register", path=str(session.folder))
    print(session.wording.error(error), file=sys.stderr)  # not into the text: the folder may name somebody
    return error
