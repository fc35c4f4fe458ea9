"""Checklists as files that people write: read one into a draft, write a draft or an edition out again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wufei_cells.checklists.defaults import without_defaults
from wufei_cells.checklists.yaml_source import Data, parse_yaml
from wufei_cells.checklists.yaml_writing import yaml_text
from wufei_cells.errors import Problem
from wufei_cells.services import authoring, saving
from wufei_cells.wording import Wording

WORKBOOK = ".xlsx"


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file says, as plain data with whatever is still wrong in it."""

    name: str
    data: Data
    remarks: tuple[Problem, ...] = ()
    """Of a workbook: what is wrong in which cell, what was passed over, what was decided for the person."""


def content_of(path: Path) -> bytes:
    """Give the bytes of a file; one that no checklist could fill is refused without being read.

    Raises:
        ProblemsFound: it is too large.
        OSError: the machine does not give the file.
    """
    from wufei_cells.workbooks.reading.workbook import file_content  # noqa: PLC0415 - readers take their time to load

    return file_content(path)


def read_file(content: bytes, name: str, wording: Wording) -> FileRead:
    """Read a workbook, YAML or JSON, mistakes included.

    Raises:
        ProblemsFound: nothing can be told from it.
    """
    if not authoring.is_workbook(content, name):
        return FileRead(name, parse_yaml(content, name).data)
    imported = authoring.import_workbook(content, name, wording)
    return FileRead(name, imported.data, (*imported.problems, *imported.cautions))


def write_file(path: Path, data: Data, wording: Wording) -> Path:
    """Write a checklist into a file that can be read again; the ending says what kind of file it is.

    Raises:
        UserError: a register stands there.
        EnvironmentFault: the folder or the disk does not take it.
    """
    if path.suffix.lower() == WORKBOOK:
        return saving.save_file(path, authoring.workbook_of(data, wording))
    return saving.save_file(path, yaml_text(without_defaults(data)).encode())
