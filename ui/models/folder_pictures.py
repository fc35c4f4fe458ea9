"""The pictures of a folder, newest first, to be marked: a phone's, a memory card's."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.models.picture_worker import PictureWorker
    from wufei_cells.domain.evidence import EvidenceRow

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".heic", ".heif")
MOST = 2000
"""So many pictures are listed, the newest ones."""
BEGINNING = 256 * 1024
"""So much of a file holds what the camera wrote beside the picture."""
THUMBNAIL = 64

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class FolderPicture:
    """One picture of a folder."""

    path: Path
    taken_at: datetime | None
    """As the camera says."""
    changed_at: datetime
    """When the file was last changed, for pictures that do not say when they were taken."""

    @property
    def moment(self) -> datetime:
        """When it came about, as far as can be told."""
        return self.taken_at or self.changed_at


def look_through(folder: Path) -> tuple[FolderPicture, ...]:
    """Find the newest pictures of a folder and all in it, by when they were taken."""
    found: list[tuple[float, Path]] = []
    for place, _folders, names in os.walk(folder):
        for name in names:
            if name.lower().endswith(ENDINGS) and not name.startswith("."):
                path = Path(place, name)
                try:
                    found.append((path.stat().st_mtime, path))
                except OSError:
                    continue  # it went away meanwhile
    newest = sorted(found, reverse=True)[:MOST]
    pictures = [_picture(path, changed) for changed, path in newest]
    return tuple(sorted(pictures, key=lambda one: (one.moment, one.path.name), reverse=True))


def _picture(path: Path, changed: float) -> FolderPicture:
    from wufei_cells.services import evidencing  # noqa: PLC0415 - pictures are heavy, the window starts without

    taken = None
    try:
        with path.open("rb") as file:
            known = evidencing.glance(file.read(BEGINNING))
    except OSError:
        known = None
    if known is not None:
        taken = known.taken_at
    return FolderPicture(path, taken, datetime.fromtimestamp(changed).astimezone().replace(tzinfo=None))


class FolderPicturesModel(QAbstractListModel):
    """Lists pictures with a box to mark each.

    Signals:
        marked: so many are marked now.
    """

    marked = Signal(int)

    def __init__(self, context: AppContext, worker: PictureWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._worker = worker
        self._pictures: tuple[FolderPicture, ...] = ()
        self._here: set[tuple[str, datetime | None]] = set()
        self._days: frozenset[date] = frozenset()
        self._marked: set[Path] = set()
        self._icons: dict[Path, QIcon] = {}

    def show(self, pictures: tuple[FolderPicture, ...], here: Collection[EvidenceRow], days: Collection[date]) -> None:
        """Show the pictures of a folder; those in ``here`` were taken in already."""
        self.beginResetModel()
        self._pictures = pictures
        self._here = {(row.name, row.file.taken_at) for row in here}
        self._days = frozenset(days)
        self._marked = set()
        self.endResetModel()
        self.marked.emit(0)

    def chosen(self) -> list[Path]:
        """Give the marked pictures, the oldest first, as they were taken."""
        return [picture.path for picture in reversed(self._pictures) if picture.path in self._marked]

    def picture_at(self, index: Index) -> FolderPicture:
        """Give the picture of a row."""
        return self._pictures[index.row()]

    def is_here(self, picture: FolderPicture) -> bool:
        """Tell whether a picture of this name and time was taken in already."""
        return (picture.path.name, picture.taken_at) in self._here

    def is_outside(self, picture: FolderPicture) -> bool:
        """Tell whether a picture comes from another day than the visit."""
        return bool(self._days) and picture.moment.date() not in self._days

    # --- Qt's questions

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the pictures."""
        return 0 if parent is not None and parent.isValid() else len(self._pictures)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every picture be marked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is asked for."""
        picture = self.picture_at(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(picture)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if picture.path in self._marked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole and (self.is_outside(picture) or self.is_here(picture)):
            return self._context.theme.color("muted")
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(picture.path)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Mark a picture, or take the mark away."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        path = self.picture_at(index).path
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._marked.add(path)
        else:
            self._marked.discard(path)
        self.dataChanged.emit(index, index, [role])
        self.marked.emit(len(self._marked))
        return True

    def _words(self, picture: FolderPicture) -> str:
        tr = self._context.i18n.tr
        about = [picture.moment.isoformat(" ", "minutes")]
        if picture.taken_at is None:
            about.append(tr("desk.evidence_file_time"))
        if self.is_here(picture):
            about.append(tr("desk.evidence_here_already"))
        if self.is_outside(picture):
            about.append(tr("desk.evidence_other_day"))
        return f"{picture.path.name}\n{' · '.join(about)}"

    def _icon(self, path: Path) -> QIcon:
        if path not in self._icons:
            blank = QPixmap(QSize(THUMBNAIL, THUMBNAIL))
            blank.fill(self._context.theme.color("raised"))
            self._icons[path] = QIcon(blank)
            self._worker.do(self, partial(_small, path), partial(self._on_small, path), _ignore)
        return self._icons[path]

    def _on_small(self, path: Path, image: QImage) -> None:
        self._icons[path] = QIcon(QPixmap.fromImage(image))
        for at, picture in enumerate(self._pictures):
            if picture.path == path:
                self.dataChanged.emit(self.index(at), self.index(at), [Qt.ItemDataRole.DecorationRole])


def _small(path: Path) -> QImage:
    from wufei_cells.services import evidencing  # noqa: PLC0415

    image = QImage.fromData(evidencing.small_picture(path.read_bytes()))
    side = QSize(THUMBNAIL, THUMBNAIL)
    return image.scaled(side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _ignore(_error: Exception) -> None:
    """A picture that cannot be read keeps its gray field; taking it in says why."""
