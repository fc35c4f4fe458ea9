"""A picture that can be zoomed, moved and turned; what is stored stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QWheelEvent

STEP = 1.25
MOST = 8.0


class PictureView(QGraphicsView):
    """Shows a picture as large as there is room, until somebody zooms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.scene().addItem(self._item)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fitting = True
        self.turned = 0

    def show_image(self, image: QImage) -> None:
        """Show another picture, whole and as it is stored."""
        self._item.setPixmap(QPixmap.fromImage(image))
        self.turned = 0
        self.scene().setSceneRect(self._item.boundingRect())
        self.fit()

    def clear(self) -> None:
        """Show nothing."""
        self._item.setPixmap(QPixmap())

    def zoom(self, *, closer: bool) -> None:
        """Go closer or further away."""
        factor = STEP if closer else 1 / STEP
        now = abs(self.transform().m11()) + abs(self.transform().m12())
        if self._smallest() <= now * factor <= MOST:
            self._fitting = False
            self.scale(factor, factor)
        elif not closer:
            self.fit()

    def fit(self) -> None:
        """Show all of it."""
        self._fitting = True
        self.resetTransform()
        self.rotate(self.turned)
        share = self._smallest()
        self.scale(share, share)

    def turn(self) -> None:
        """Turn by a quarter, to the right."""
        self.turned = (self.turned + 90) % 360
        self.fit()

    def _smallest(self) -> float:
        """Give the scale at which all of the picture is in view; small pictures are not blown up."""
        size = self._item.pixmap().size()
        if self.turned % 180:
            size = size.transposed()
        if size.isEmpty():
            return 1.0
        room = self.viewport().size()
        return min(1.0, room.width() / size.width(), room.height() / size.height())

    # --- Qt events

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with the wheel."""
        if event.angleDelta().y():
            self.zoom(closer=event.angleDelta().y() > 0)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all of it in view, unless somebody zoomed."""
        super().resizeEvent(event)
        if self._fitting:
            self.fit()
