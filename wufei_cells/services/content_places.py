"""Where photos and papers lie on this machine, whichever of the two a content is."""

from __future__ import annotations

from pathlib import Path

from wufei_cells.services.workspace import Workspace
from wufei_cells.store.content_files import ContentFiles

PAPERS = "papers"
"""The folder of issued papers, beside the register."""


def places(workspace: Workspace) -> tuple[ContentFiles, ContentFiles]:
    """Give the folder of evidence and that of papers."""
    register = workspace.database.path
    return ContentFiles.beside(register), ContentFiles(register.parent / PAPERS)


def path_of(workspace: Workspace, sha256: str) -> Path | None:
    """Give the file of a content; ``None`` when it is not on this machine."""
    return next((place.path_of(sha256) for place in places(workspace) if place.holds(sha256)), None)


def sound(workspace: Workspace, sha256: str) -> bytes | None:
    """Give a content that is here and is what its name says; a paper that came in a package lies with the evidence.

    Raises:
        EnvironmentFault: the disk does not give it.
    """
    found = next((place for place in places(workspace) if not place.state(sha256)), None)
    return found.read(sha256) if found else None
