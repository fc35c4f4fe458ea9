"""Checklists as workbooks: out to Excel or WPS for people to edit, and back with every mistake told by its cell."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from wufei_cells.checklists.defaults import without_defaults
from wufei_cells.checklists.reading import read_source
from wufei_cells.checklists.yaml_source import Data, parse_yaml
from wufei_cells.checklists.yaml_writing import yaml_text
from wufei_cells.domain.checklists import Checklist
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.services.comparing_editions import find_edition
from wufei_cells.store import queries
from wufei_cells.workbooks.reading.file_kinds import OLE_BEGINS, ZIP_BEGINS

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.wording import Wording

WORKBOOK_ENDINGS = {".xlsx", ".xlsm", ".xls", ".et", ".ett", ".ods"}
"""How the names of workbooks end; what is in them is told by their content."""


@dataclass(frozen=True, slots=True)
class ImportedWorkbook:
    """What was read from a workbook."""

    data: Data
    """A checklist in the shape of its file, with the mistakes that it still has."""
    checklist: Checklist | None
    """The edition, when nothing is wrong with it."""
    problems: tuple[Problem, ...]
    cautions: tuple[Problem, ...]
    """What was passed over, and what was decided for the person."""

    def yaml(self) -> bytes:
        """Write it as a file; reading that gives the same checklist."""
        return yaml_text(without_defaults(self.data)).encode()


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A checklist as the text file that the program reads, and what is to be told of the workbook it came from."""

    content: bytes
    cautions: tuple[Problem, ...] = ()
    """What was passed over, and what was decided for the person; nothing for a file that was a text file already."""


def is_workbook(content: bytes, name: str = "") -> bool:
    """Whether a file is a workbook, or claims to be one by its name, so that it is read or refused as one."""
    return content.startswith((ZIP_BEGINS, OLE_BEGINS)) or PurePath(name).suffix.lower() in WORKBOOK_ENDINGS


def import_workbook(content: bytes, name: str, wording: Wording) -> ImportedWorkbook:
    """Read a workbook and check the checklist in it.

    Raises:
        ProblemsFound: it is no workbook that can be read, or none of ours.
    """
    from wufei_cells.workbooks.authoring.workbook_reading import (  # noqa: PLC0415 - openpyxl takes its time to load
        read_checklist_workbook,
    )

    source = read_checklist_workbook(content, name, wording)
    try:
        checklist = read_source(source)
    except ProblemsFound as found:
        return ImportedWorkbook(source.data, None, found.problems, tuple(source.cautions))
    return ImportedWorkbook(source.data, checklist, (), tuple(source.cautions))


def opened(content: bytes, name: str, wording: Wording) -> OpenedFile:
    """Give a checklist as the text file that the program reads: a workbook is turned into one, a file stays itself.

    Raises:
        ProblemsFound: everything wrong with a workbook.
    """
    if not is_workbook(content, name):
        return OpenedFile(content)
    imported = import_workbook(content, name, wording)
    if imported.problems:
        raise ProblemsFound(imported.problems, subject=name)
    return OpenedFile(imported.yaml(), imported.cautions)


def workbook_of(data: Data, wording: Wording, *, name: str = "") -> bytes:
    """Write a checklist, finished or not, as a workbook.

    Args:
        data: the checklist in the shape of its file or of its canonical document.
        wording: the words and the language of the workbook.
        name: what stands at the foot of each page; by default the title.
    """
    from wufei_cells.workbooks.authoring.workbook import (  # noqa: PLC0415 - openpyxl takes its time to load
        write_checklist_workbook,
    )

    return write_checklist_workbook(data, wording, name=name)


def workbook_of_file(content: bytes, name: str, wording: Wording) -> bytes:
    """Write a checklist file as a workbook, also one that has mistakes; a workbook is written anew.

    Raises:
        ProblemsFound: nothing can be told from the file.
    """
    if is_workbook(content, name):
        return workbook_of(import_workbook(content, name, wording).data, wording)
    return workbook_of(parse_yaml(content, name).data, wording)


def workbook_of_edition(workspace: Workspace, name: str, wording: Wording) -> bytes:
    """Write a stored edition as a workbook, as its file had it, without the city's own numbers.

    Raises:
        UserError: there is no such edition.
    """
    row = find_edition(workspace, name)
    with workspace.database.reading() as connection:
        document = queries.edition_source(connection, row.id)
    assert document is not None
    return workbook_of(json.loads(document), wording)
