"""Saves pictures of charts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui.dialogs.paper_writing import PaperWriting

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress
    from ui.widgets.chart_pane import ChartPane


class ChartSaving(QObject):
    """Asks where the pictures of some charts are to be saved, and writes them."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._writing = PaperWriting(context, parent)

    def serve(self, pane: ChartPane) -> None:
        """Save the pictures of a chart when they are asked for."""
        pane.save_requested.connect(self._on_requested)

    @Slot(str, str, object)
    def _on_requested(self, name: str, ending: str, content: bytes) -> None:
        self._writing.save(name, ending, partial(_ready, content))


def _ready(content: bytes, _desk: Desk, _progress: TaskProgress) -> bytes:
    return content
