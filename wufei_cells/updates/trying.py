"""Start an unpacked program once before it takes the place of another."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from wufei_cells.errors import UserError
from wufei_cells.updates import processes

_CHECK_SECONDS = 300
"""A first start on a slow laptop, with a virus scanner that reads every file."""


def try_program(program: Path, arguments: Sequence[str], version: str) -> None:
    """Start an unpacked program, to see whether this machine runs it and whether it finds itself in order.

    Raises:
        UserError: it does not start, reports a fault, or is another version.
    """
    said = _said(program, ("--version",))
    if said.split()[-1:] != [version]:
        raise UserError("update.other_version", found=said[-80:], version=version)
    if arguments:
        _said(program, arguments)


def _said(program: Path, arguments: Sequence[str]) -> str:
    """Run a program to its end and give what it printed.

    It prints into a file: the end of a pipe only comes when everybody has closed it, and what the program started, or
    the console that Windows gives it, may live on.
    """
    with tempfile.TemporaryFile() as printed:
        try:
            ended = subprocess.run(
                [str(program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                timeout=_CHECK_SECONDS,
                check=False,
                cwd=program.parent.parent,
                env=processes.environment(),
                creationflags=processes.WITHOUT_WINDOW,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UserError("update.does_not_start", detail=str(error)) from error
        printed.seek(0)
        said = printed.read().decode("utf-8", "replace").strip()
    if ended.returncode != 0:
        raise UserError("update.does_not_start", detail=said[-400:] or str(ended.returncode))
    return said
