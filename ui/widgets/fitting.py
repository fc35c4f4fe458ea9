"""Make a dialog high enough for its wrapped words, which Qt only knows once their width is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def fit_to_words(dialog: QWidget, width: int) -> None:
    """Give a dialog the height its words need at this width; never make it lower than it is."""
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    wide = max(width, dialog.width() if dialog.isVisible() else 0)
    needed = max(layout.totalHeightForWidth(wide), layout.totalMinimumSize().height())
    dialog.resize(wide, max(needed, dialog.height() if dialog.isVisible() else 0))
