"""Where photos and papers lie on this machine, whichever of the two a content is."""

from __future__ import annotations

from pathlib import Path

from wufei_cells.services import papers
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.content_files import ContentFiles


def places(workspace: Workspace) -> tuple[ContentFiles, ContentFiles]:
    """Give the folder of evidence and that of papers."""
    register = workspace.database.path
    return ContentFiles.beside(register), ContentFiles(register.parent / papers.FOLDER)


def path_of(workspace: Workspace, sha256: str) -> Path | None:
    """Give the file of a content; ``None`` when it is not on this machine."""
    return next((place.path_of(sha256) for place in places(workspace) if place.holds(sha256)), None)
