"""What was dropped or pasted, as files to be taken in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage

from ui.desk.evidence_jobs import Incoming

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


def incoming_from(data: QMimeData | None, name: str) -> list[Incoming]:
    """Give the files, or the picture, of a drop; ``None``: of the clipboard.

    Files go before a picture: a file manager offers both, and only the file says when it was taken.
    """
    held = QGuiApplication.clipboard().mimeData() if data is None else data
    if held is None:
        return []
    paths = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()] if held.hasUrls() else []
    files = [inside for path in paths for inside in _files(path)]
    if files:
        return [Incoming(path.name, path) for path in files]
    if not held.hasImage():
        return []
    image = QGuiApplication.clipboard().image() if data is None else QImage(held.imageData())
    content = _as_png(image)
    moment = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    return [Incoming(f"{name} {moment}.png", content)] if content else []


def _files(path: Path) -> list[Path]:
    """Give a file, or what lies in a folder that was dropped."""
    if path.is_dir():
        return sorted(inside for inside in path.iterdir() if inside.is_file() and not inside.name.startswith("."))
    return [path]


def _as_png(image: QImage) -> bytes:
    if image.isNull():
        return b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType] - as Qt itself names it
    return bytes(buffer.data().data())
