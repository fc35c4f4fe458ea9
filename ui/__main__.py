"""Start of the program: with a command it answers in the terminal, without one it opens the window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from wufei_cells.updates.starting import at_start


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command without ever loading Qt, or open the window; return the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    if (ended := at_start(given)) is not None:  # before anything asks where the data lies
        return ended
    if "--self-check" in given:
        from ui.self_check import main as check  # noqa: PLC0415 - loads everything there is

        return check(given)
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--language", choices=("zh", "en"))
    parser.add_argument("--person", "--as")
    parser.add_argument("--as-of", dest="as_of", type=date.fromisoformat)
    options, others = parser.parse_known_args(given)
    if others:  # a command, --help, --version: the command line knows them all
        from wufei_cells.command_line.main import main as run_command  # noqa: PLC0415 - not loaded for the window

        return run_command(given)
    from ui.app import run  # noqa: PLC0415 - Qt is loaded only for the window

    return run(data=options.data, language=options.language, person=options.person, as_of=options.as_of)


if __name__ == "__main__":
    sys.exit(main())
