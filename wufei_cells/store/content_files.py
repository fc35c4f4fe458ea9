"""Evidence and issued papers, as files beside the database: each is called by the SHA-256 of its content.

A file is complete or not there. Nothing but its own name says what it is, so the same photo is kept once, and what
was written without an act that names it (a program that was killed in between) harms nobody.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from wufei_cells.domain.evidence import EvidenceId
from wufei_cells.errors import UserError
from wufei_cells.store.faults import faults

FOLDER = "evidence"
_THUMBNAILS = "thumbnails"
_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ContentFiles:
    """A folder with contents that a register names."""

    folder: Path

    @classmethod
    def beside(cls, database: Path) -> ContentFiles:
        """Give the folder with the evidence of a database."""
        return cls(database.parent / FOLDER)

    def put(self, content: bytes) -> EvidenceId:
        """Store some content; it is on disk when this returns.

        Raises:
            EnvironmentFault: the disk does not take it; nothing of it is left.
        """
        key = EvidenceId(hashlib.sha256(content).hexdigest())
        if self.state(key) != "":
            path = self.path_of(key)
            with faults(self.folder):
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, content, durable=True)
                _settle_folder(path.parent)
        return key

    def read(self, key: str) -> bytes:
        """Give some content, after proving that it is what was stored.

        Raises:
            UserError: it is not on this machine yet, or the file is no longer what was stored.
            EnvironmentFault: the disk does not give it.
        """
        if not self.holds(key):
            raise UserError("evidencing.not_received", file=key[:12])
        with faults(self.folder):
            content = self.path_of(key).read_bytes()
        if hashlib.sha256(content).hexdigest() != key:
            raise UserError("evidencing.altered", file=key[:12])
        return content

    def holds(self, key: str) -> bool:
        """Tell whether some content is on this machine."""
        return bool(_NAME.fullmatch(key)) and self.path_of(key).is_file()

    def state(self, key: str) -> str:
        """Say what is wrong with some content: ``missing``, ``altered``, or nothing."""
        if not self.holds(key):
            return "missing"
        try:
            with self.path_of(key).open("rb") as file:
                sound = hashlib.file_digest(file, "sha256").hexdigest() == key
        except OSError:
            sound = False
        return "" if sound else "altered"

    def remove(self, key: str) -> bool:
        """Remove some content and its small picture for good; tell whether it was there.

        Raises:
            EnvironmentFault: the disk does not let it go.
        """
        there = self.holds(key)
        if _NAME.fullmatch(key):
            with faults(self.folder):
                self.path_of(key).unlink(missing_ok=True)
                self._thumbnail_path(key).unlink(missing_ok=True)
        return there

    # --- small pictures, which can be made anew at any time

    def thumbnail(self, key: str) -> bytes | None:
        """Give the small picture of a piece; ``None`` when it has to be made."""
        if not _NAME.fullmatch(key):
            return None
        try:
            return self._thumbnail_path(key).read_bytes() or None
        except OSError:
            return None

    def put_thumbnail(self, key: str, content: bytes) -> None:
        """Keep a small picture; when there is no room for it, it is made anew the next time."""
        path = self._thumbnail_path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content, durable=False)

    # --- places

    def path_of(self, key: str) -> Path:
        """Give the place of some content, whether it is there or not."""
        return self.folder / key[:2] / key

    def _thumbnail_path(self, key: str) -> Path:
        return self.folder / _THUMBNAILS / key[:2] / f"{key}.jpg"


def _write(path: Path, content: bytes, *, durable: bool) -> None:
    """Write beside the place first, and move the file there when it is complete."""
    part: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as file:
            part = Path(file.name)
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        if part is not None:
            part.unlink(missing_ok=True)
        raise


def _settle_folder(folder: Path) -> None:
    """Let the new name survive a power cut, too, where the system lets folders be flushed."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
