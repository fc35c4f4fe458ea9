"""Tiles share a row as long as there is room, and even rows where there is not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from ui.widgets.tile_layout import TileLayout


@pytest.mark.parametrize(
    ("width", "columns", "height"),
    [(1088, 10, 50), (1000, 5, 112), (538, 5, 112), (537, 4, 174), (90, 1, 608)],
)
def test_ten_tiles_stand_in_as_few_rows_as_fit(qtbot, width, columns, height):
    parent = QWidget()
    qtbot.addWidget(parent)
    tiles = TileLayout(spacing=12)
    parent.setLayout(tiles)
    for number in range(11):
        tile = QWidget()
        tile.setMinimumSize(98, 50)
        tile.setHidden(number == 3)  # what is hidden takes no place
        tiles.addWidget(tile)
    assert tiles.columns(width) == columns
    assert tiles.heightForWidth(width) == height
