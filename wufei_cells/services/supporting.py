"""What a person may hand to whoever helps: everything about the program, nothing about people.

The text is made of parts that cannot hold anything personal (versions, counts, the log, the upper part of crash
reports, codes of failed checks). All that was written by a machine is gone through once more all the same: names that
the register knows, folders, the user, the computer, addresses and numbers of telephones become ‹1›, ~, ‹data›.
"""

from __future__ import annotations

import contextlib
import getpass
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wufei_cells import logs, paths
from wufei_cells.errors import WufeiError
from wufei_cells.release import program_version
from wufei_cells.services import crash_reports
from wufei_cells.services.anonymizing import Anonymizer
from wufei_cells.services.self_checking import Outcome
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import support_queries
from wufei_cells.store.migrations import CURRENT
from wufei_cells.wording import Wording

LOG_LINES = 200
CRASHES = 3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the program keeps things, and what is known of the machine beside what the core knows."""

    data_folder: Path
    log_file: Path
    more: Mapping[str, str] = field(default_factory=dict[str, str])
    """Such as the version of Qt and the sizes of screens."""


def note_opened(workspace: Workspace, seconds: float) -> None:
    """Write into the log that a register was opened, and how much is in it; a fault in it comes out later."""
    with contextlib.suppress(WufeiError, OSError):
        sizes = support_queries.sizes(workspace.database)
        versions = {"program": program_version(), "schema": str(CURRENT)}
        logs.note("register_opened", **versions, **sizes, seconds=seconds)


def support_text(
    workspace: Workspace | WufeiError, around: Surroundings, outcomes: Sequence[Outcome], wording: Wording
) -> str:
    """Write everything that helps to find a fault, without a word about people, sites and folders.

    Args:
        workspace: the register, or why it could not be opened.
        around: where things are.
        outcomes: of the self-check.
        wording: the language of headings and of failed checks.
    """
    names: frozenset[str] = frozenset()
    if isinstance(workspace, Workspace):
        with workspace.database.reading() as connection:
            names = support_queries.names(connection)
    told = anonymizer(around, names)
    parts = [
        ("program", [*crash_reports.machine(around.more), *_places(around)]),
        ("register", _register(workspace)),
        ("self_check", [told(line) for line in _checks(outcomes, wording)]),
        ("log", [told(line) for line in logs.last_lines(around.log_file, LOG_LINES)]),
    ]
    recent = crash_reports.recent(around.log_file.parent, CRASHES)
    parts += (("crash", [one.name, *told(crash_reports.impersonal(one)).splitlines()]) for one in recent)
    sections = (f"## {wording.say(f'support.part.{key}')}\n" + "\n".join(lines or ["-"]) for key, lines in parts)
    return "\n\n".join([wording.say("support.head"), *sections]) + "\n"


def anonymizer(around: Surroundings, names: Iterable[str]) -> Anonymizer:
    """Make what takes everything personal out of a text, knowing this machine and the names of a register."""
    folders = {str(around.data_folder.absolute()): "‹data›", str(around.log_file.parent.absolute()): "‹log›"}
    folders |= {str(paths.device_folder()): "‹devices›", str(paths.settings_folder()): "‹settings›"}
    folders[str(Path.home())] = "~"
    return Anonymizer(folders, {_user(): "‹user›", platform.node(): "‹computer›"}, names)


def _places(around: Surroundings) -> list[str]:
    """Say of the folder of the register what may matter, without naming it."""
    folder = str(around.data_folder.absolute())
    portable = "yes" if paths.portable_folder() else "no"
    shape = f"{len(folder)} characters, {'ASCII' if folder.isascii() else 'not ASCII'}"
    usual = "usual" if around.data_folder == paths.data_folder() else "chosen"
    return [f"data folder: {usual}, {shape}", f"portable: {portable}"]


def _register(workspace: Workspace | WufeiError) -> list[str]:
    if isinstance(workspace, WufeiError):
        return [f"not opened: {type(workspace).__name__} {workspace.code}"]
    with workspace.database.reading() as connection:
        counts = support_queries.row_counts(connection)
    size = support_queries.size(workspace.database)
    return [f"schema: {CURRENT}", f"bytes: {size}", *(f"{name}: {count}" for name, count in counts.items())]


def _checks(outcomes: Sequence[Outcome], wording: Wording) -> list[str]:
    """Give the outcomes; of a failed one what is our own word, and no word that came with an exception."""
    lines: list[str] = []
    for one in outcomes:
        ours = one.passed or not one.foreign
        said = one.sentence(wording).replace("\n", " ") if ours else one.code
        lines.append(f"{'ok' if one.passed else 'FAILED'} {one.name} {one.seconds:.2f} s: {said}")
    return lines


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return ""
