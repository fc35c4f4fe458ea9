"""What the dialog of a list of sites asks the services; everything here runs in the worker thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wufei_cells.errors import Problem, why

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ui.context import Desk
    from ui.tasks import TaskProgress
    from wufei_cells.domain.site_lists import Imported, ImportTakenBack, LastImport, ListPreview
    from wufei_cells.wording import Wording

LARGEST = 64_000_000
"""Bytes that are read into memory; the readers of workbooks refuse far smaller files with a reason."""


def load_last(desk: Desk) -> LastImport | None:
    """Ask for the import that can be taken back."""
    return desk.site_list_undoing.last_import(desk.workspace)


def read_lists(paths: Sequence[Path], wording: Wording, desk: Desk, progress: TaskProgress) -> ListPreview:
    """Read files and say what every row would do; a file that the machine does not give is told beside the others."""
    files: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            with path.open("rb") as file:
                files.append((path.name, file.read(LARGEST)))
        except OSError as error:
            problems.append(Problem("file.not_readable", "", {"path": str(path), "detail": why(error)}))
    shown = desk.site_lists.preview(desk.workspace, files, wording, progress.report)
    return replace(shown, problems=(*problems, *shown.problems))


def take_in(
    shown: ListPreview, choices: Mapping[int, str | None], wording: Wording, desk: Desk, progress: TaskProgress
) -> Imported:
    """Write the chosen rows."""
    return desk.site_lists.take_in(desk.workspace, shown, choices, wording, progress.report)


def take_back(desk: Desk, progress: TaskProgress) -> ImportTakenBack:
    """Take the last import back."""
    return desk.site_list_undoing.take_back(desk.workspace, progress.report)
