"""Checklists as files that people write: read one into a draft, write a draft or an edition out again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wufei_cells.checklists.yaml_source import Data, parse_yaml
from wufei_cells.checklists.yaml_writing import yaml_text
from wufei_cells.errors import Problem
from wufei_cells.services import saving
from wufei_cells.wording import Wording

WORKBOOK = ".xlsx"


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file says, as plain data with whatever is still wrong in it."""

    name: str
    data: Data
    losses: tuple[Problem, ...] = ()
    """What stands in cells and could not be taken over, and what was decided for the person."""


def read_file(content: bytes, name: str, wording: Wording) -> FileRead:
    """Read a workbook, YAML or JSON, mistakes included.

    Raises:
        ProblemsFound: nothing can be told from it.
    """
    if Path(name).suffix.lower() != WORKBOOK:
        return FileRead(name, parse_yaml(content, name).data)
    from wufei_cells.workbooks.checklist_workbook_reading import (  # noqa: PLC0415 - openpyxl takes its time to load
        read_checklist_workbook,
    )

    source = read_checklist_workbook(content, name, wording)
    wrong = source.in_order(problem for _path, problem in source.noted)
    return FileRead(name, source.data, (*wrong, *source.cautions))


def write_file(path: Path, data: Data, wording: Wording) -> Path:
    """Write a checklist into a file that can be read again; the ending says what kind of file it is.

    Raises:
        UserError: a register stands there.
        EnvironmentFault: the folder or the disk does not take it.
    """
    if path.suffix.lower() == WORKBOOK:
        from wufei_cells.workbooks.checklist_workbook import (  # noqa: PLC0415 - openpyxl takes its time to load
            write_checklist_workbook,
        )

        return saving.save_file(path, write_checklist_workbook(data, wording, name=path.stem))
    return saving.save_file(path, yaml_text(data).encode())
