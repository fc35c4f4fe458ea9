"""Get a passphrase: from a file, from the environment, or typed unseen.

Never from the arguments, which others at the machine can read.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from wufei_cells.command_line.session import Session, read_input
from wufei_cells.errors import UserError

VARIABLE = "WUFEI_PASSPHRASE"
NEW_VARIABLE = "WUFEI_NEW_PASSPHRASE"


def add_option(parser: argparse.ArgumentParser) -> None:
    """Let a passphrase be read from a file."""
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help=f"口令所在文件 / else {VARIABLE}, else it is asked for"
    )


def add_new_option(parser: argparse.ArgumentParser) -> None:
    """Let the passphrase of a new key be read from a file."""
    parser.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help=f"新口令所在文件 / else {NEW_VARIABLE}, else asked for"
    )


def passphrase(session: Session, args: argparse.Namespace, *, repeat: bool = False) -> str:
    """Get the passphrase of a key that is there, or (``repeat``) one that is thought up now and typed twice.

    Raises:
        UserError: there is none, nobody to ask, or what was typed differs.
        EnvironmentFault: the file cannot be read.
    """
    given = _given(args.passphrase_file, VARIABLE)
    return given or _asked(session.say("cli.key_passphrase"), session, VARIABLE, repeat=repeat)


def new_passphrase(session: Session, args: argparse.Namespace) -> str:
    """Get the passphrase of a key that follows another.

    Raises:
        UserError: there is none, nobody to ask, or what was typed differs.
        EnvironmentFault: the file cannot be read.
    """
    given = _given(args.new_passphrase_file, NEW_VARIABLE)
    return given or _asked(session.say("cli.key_new_passphrase"), session, NEW_VARIABLE, repeat=True)


def _given(file: Path | None, variable: str) -> str:
    if file is None:
        return os.environ.get(variable, "")
    text = read_input(file).decode("utf-8-sig", "replace")
    return text.splitlines()[0] if text else ""


def _asked(prompt: str, session: Session, variable: str, *, repeat: bool) -> str:
    if not sys.stdin.isatty():
        option = "--passphrase-file" if variable == VARIABLE else "--new-passphrase-file"
        raise UserError("office_key.no_passphrase", variable=variable, option=option)
    typed = getpass.getpass(f"{prompt} ")
    if repeat and getpass.getpass(f"{session.say('cli.key_again')} ") != typed:
        raise UserError("office_key.typed_differently")
    return typed
