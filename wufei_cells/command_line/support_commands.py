"""``support``: what to send to whoever helps, without anything personal in it."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells import logs, paths, shipped
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.errors import WufeiError
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
        workspace = session.workspace
    except WufeiError as error:  # a register that does not open is what support is asked about
        workspace = error
    folder: Path = getattr(args, "data", None) or paths.data_folder()
    around = Surroundings(folder, paths.log_folder() / logs.FILE_NAME)
    outcomes = self_checking.run(self_checking.core_checks(shipped.everything()))
    text = supporting.support_text(workspace, around, outcomes, session.wording)
    if args.output is None:
        return session.show({"text": text}, [text.rstrip()])
    saving.save_file(args.output, text.encode())
    return session.show({"file": str(args.output)}, [session.say("support.saved", path=str(args.output))])
