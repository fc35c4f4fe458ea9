"""What the dialog of a list of sites asks the services; everything here runs in the worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ui.context import Desk
    from ui.tasks import TaskProgress
    from wufei_cells.domain.site_lists import Imported, ImportTakenBack, LastImport, ListPreview
    from wufei_cells.wording import Wording


def load_last(desk: Desk) -> LastImport | None:
    """Ask for the import that can be taken back."""
    return desk.site_list_undoing.last_import(desk.workspace)


def read_lists(paths: Sequence[Path], wording: Wording, desk: Desk, progress: TaskProgress) -> ListPreview:
    """Read files and say what every row would do."""
    return desk.site_lists.preview_files(desk.workspace, paths, wording, progress.report)


def take_in(
    shown: ListPreview, choices: Mapping[int, str | None], wording: Wording, desk: Desk, progress: TaskProgress
) -> Imported:
    """Write the chosen rows."""
    return desk.site_lists.take_in(desk.workspace, shown, choices, wording, progress.report)


def take_back(desk: Desk, progress: TaskProgress) -> ImportTakenBack:
    """Take the last import back."""
    return desk.site_list_undoing.take_back(desk.workspace, progress.report)
