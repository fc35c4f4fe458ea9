"""Start of the program: a command answers in the terminal; files, or nothing at all, open the window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ui.models.opened_files import known_ending
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
    if others and not _are_files(others):  # a command, --help, --version: the command line knows them all
        from wufei_cells.command_line.main import main as run_command  # noqa: PLC0415 - not loaded for the window

        return run_command(given)
    from ui.start import Choices, run  # noqa: PLC0415 - Qt is loaded only for the window

    choices = Choices(options.data, options.language, options.person, options.as_of)
    return run(choices, [Path(os.path.abspath(name)) for name in others])  # noqa: PTH100 - where links lead is not asked


def _are_files(words: Sequence[str]) -> bool:
    """Tell whether what was given are files: by the first one, and a command wins over a file of its name."""
    first = words[0]
    if first.startswith("-") or not (known_ending(first) or os.path.exists(first)):  # noqa: PTH110 - any name may come
        return False
    if Path(first).name != first or "." in first:
        return True
    from wufei_cells.command_line.main import command_words  # noqa: PLC0415 - only for a file named like a command

    return first not in command_words()


if __name__ == "__main__":
    sys.exit(main())
