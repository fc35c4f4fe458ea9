"""The parser of the command line: what it does not understand is said in the person's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from wufei_cells import shipped
from wufei_cells.command_line.session import language_of
from wufei_cells.wording import Wording

VALUE = re.compile(r"argument (?P<argument>.+?): invalid (?P<type>\w+) value: '(?P<found>.*)'", re.DOTALL)
KINDS = {
    "day": "arguments.day",
    "fromisoformat": "arguments.day",
    "_month": "arguments.month",
    "clock_time": "arguments.time",
    "int": "arguments.whole",
    "_count": "arguments.count",
    "number": "arguments.number",
    "float": "arguments.number",
}
"""What is asked for, by the name of the function that reads it."""
OTHERS = (
    (
        "arguments.choice",
        re.compile(r"argument (?P<argument>.+?): invalid choice: '?(?P<found>.*?)'? \(choose from (?P<allowed>.*)\)"),
    ),
    ("arguments.missing", re.compile(r"the following arguments are required: (?P<allowed>.*)")),
    ("arguments.one_of", re.compile(r"one of the arguments (?P<allowed>.*) is required")),
    ("arguments.no_value", re.compile(r"argument (?P<argument>.+?): expected (?:one|at least one) argument")),
    ("arguments.unknown", re.compile(r"unrecognized arguments: (?P<found>.*)", re.DOTALL)),
)


class NotUnderstood(Exception):
    """A command that was not understood: the parser that stopped, and its message."""

    def __init__(self, parser: argparse.ArgumentParser, message: str) -> None:
        super().__init__(message)
        self.parser, self.message = parser, message


class Parser(argparse.ArgumentParser):
    """Leaves to others how it is said that something was not understood."""

    def error(self, message: str) -> NoReturn:
        """Stop.

        Raises:
            NotUnderstood: always.
        """
        raise NotUnderstood(self, message)


def refuse(stopped: NotUnderstood, argv: Sequence[str]) -> NoReturn:
    """Say what was not understood, and end the program.

    Raises:
        SystemExit: with code 2.
    """
    wording = Wording(shipped.wording_catalogue(), language_of(_language(argv)))
    parser = stopped.parser
    parser.exit(2, f"{parser.format_usage()}{parser.prog}: {_told(wording, stopped.message)}\n")


def _told(wording: Wording, message: str) -> str:
    """Word a message of argparse; one that is not known here stays as it is."""
    if found := VALUE.fullmatch(message):
        code = KINDS.get(found["type"], "arguments.value")
        return wording.say(code, argument=found["argument"], found=found["found"])
    matches = ((code, pattern.fullmatch(message)) for code, pattern in OTHERS)
    return next((wording.say(code, **found.groupdict()) for code, found in matches if found), message)


def _language(argv: Sequence[str]) -> str | None:
    """Find the language asked for: the arguments as a whole were not understood."""
    for word, following in zip(argv, [*argv[1:], ""], strict=True):
        if word == "--language":
            return following
        if word.startswith("--language="):
            return word.partition("=")[2]
    return None
