"""The files of this machine among what is dragged into a widget."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

PACKAGE = ".wufei"


def dropped_files(data: QMimeData) -> list[Path]:
    """Give the files that are dropped; folders and addresses are left out.

    So are packages: wherever in the window they are dropped, they are for the room of the exchange.
    """
    return [path for path in any_files(data) if path.suffix.casefold() != PACKAGE]


def dropped_packages(data: QMimeData) -> list[Path]:
    """Give the packages among the files that are dropped."""
    return [path for path in any_files(data) if path.suffix.casefold() == PACKAGE]


def any_files(data: QMimeData) -> list[Path]:
    """Give all files that are dropped."""
    return [path for url in data.urls() if url.isLocalFile() and (path := Path(url.toLocalFile())).is_file()]
