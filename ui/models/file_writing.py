"""Write a file that a person asked for: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from wufei_cells.errors import EnvironmentFault

FORBIDDEN = '\\/:*?"<>|'
LONGEST_NAME = 80


def write_file(path: Path, content: bytes) -> Path:
    """Write beside the place first and move the file there when it is complete.

    Raises:
        EnvironmentFault: the folder or the disk does not take it; whatever was there is unchanged.
    """
    part: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            part = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise EnvironmentFault("file.not_writable", path=str(path), detail=error.strerror or "") from error
    return path


def safe_name(text: str) -> str:
    """Make a file name, without its ending, that every file system takes."""
    kept = "".join("_" if character in FORBIDDEN or ord(character) < 32 else character for character in text)
    return kept.strip(" .")[:LONGEST_NAME] or "_"
