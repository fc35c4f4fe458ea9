"""The README against the program: its table of commands, its examples, its pictures and its links."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import pytest

from wufei_cells.command_line.main import parser

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^wufei-cells (.+)$", README, re.MULTILINE)
PAPERS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").glob("*.md")
)


def subcommands(of: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands below a parser, by name (argparse has no public way to ask); none where it takes no further ones."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def told_commands() -> dict[str, set[str]]:
    """What the table of commands names: each command with those below it."""
    table = README.split("| command | what it does |", maxsplit=1)[1].split("\n\n", maxsplit=1)[0]
    told: dict[str, set[str]] = {}
    for cell in re.findall(r"^\| (`[^|]*?) \|", table, re.MULTILINE):
        for name, rest in re.findall(r"`([a-z-]+)(?: [A-Z ]+)?`([^`]*)", cell):
            told.setdefault(name, set()).update(re.findall(r"[a-z][a-z-]*", rest))
    return told


def test_the_table_names_every_command_and_nothing_else():
    commands = subcommands(parser())
    assert told_commands() == {name: set(subcommands(command)) for name, command in commands.items()}


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_a_command_the_program_understands(example):
    parser().parse_args(shlex.split(example, comments=True))


def test_there_are_examples():
    assert len(EXAMPLES) > 20


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_picture_and_link_leads_to_a_file(paper):
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", paper.read_text(encoding="utf-8"))
    assert [target for target in targets if "://" not in target and not (paper.parent / target).exists()] == []
