"""Charts that leave the window: as a picture on a light ground, as a table, as a file."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QColor, QImage, QPainter

from ui.widgets.picture_painting import PicturePainter, TextMeasure, inks_of
from wufei_cells.charts.framing import framed
from wufei_cells.charts.layout import lay_out
from wufei_cells.charts.svg import as_svg

if TYPE_CHECKING:
    from ui.theme import Theme
    from wufei_cells.charts.layout import Chart
    from wufei_cells.charts.marks import Picture

WIDTH = 880.0
SIZE = 14.0
SHARPNESS = 3  # pixels for each logical one
INCH = 39.37  # to the meter
SCREEN = 96  # pixels to the inch
FAMILIES = "'Wufei Sans SC', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif"


def as_image(chart: Chart, theme: Theme) -> QImage:
    """Paint a chart with its title, sharp enough for print, dark on light whatever the window looks like."""
    measure = TextMeasure(theme)
    picture = _framed(chart, measure)
    size = (math.ceil(picture.width * SHARPNESS), math.ceil(picture.height * SHARPNESS))
    image = QImage(*size, QImage.Format.Format_RGB32)
    inks = inks_of(theme, dark=False)
    image.fill(QColor(inks.paper))
    painter = QPainter(image)
    painter.scale(SHARPNESS, SHARPNESS)
    PicturePainter(painter, inks, measure).paint(picture)
    painter.end()
    dots = round(SCREEN * SHARPNESS * INCH)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    return image


def as_png(chart: Chart, theme: Theme) -> bytes:
    """Give the picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    as_image(chart, theme).save(buffer, "PNG")  # pyright: ignore[reportArgumentType, reportCallIssue]  # str is taken
    return bytes(buffer.data().data())


def as_svg_file(chart: Chart, theme: Theme) -> bytes:
    """Give the picture as an SVG file, its text as text."""
    picture = _framed(chart, TextMeasure(theme))
    return as_svg(picture, inks_of(theme, dark=False), FAMILIES, chart.title, chart.said).encode()


def as_table(chart: Chart) -> QMimeData:
    """Give the figures for the clipboard: for spreadsheets and for word processors."""
    table = chart.table()
    data = QMimeData()
    data.setText(table.as_text())
    data.setHtml(table.as_html())
    return data


def _framed(chart: Chart, measure: TextMeasure) -> Picture:
    return framed(lay_out(chart, WIDTH, None, SIZE, measure), chart.title, SIZE, measure)
