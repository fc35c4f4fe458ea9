"""How wide the columns of the list of sites are, so that their usual words fit in the language that is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.models.sites_model import Column
from ui.theme import STATE_LOOKS
from wufei_cells.domain.lifecycle import Stage

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics

    from ui.context import Places
    from ui.i18n import I18n

# The widest usual content of columns whose texts are not known beforehand.
SAMPLES = {Column.SCORE: "100.00", Column.CERTIFICATE: "JZ-WF-XX-2026-0000", Column.VALID_UNTIL: "2026-11-21"}
IMPORTANCE = (Column.STAGE, Column.SCORE, Column.CATEGORY, Column.DISTRICT, Column.CERTIFICATE, Column.VALID_UNTIL)
WIDEST = 170  # pixels; longer names of categories and districts are elided


def column_widths(i18n: I18n, metrics: QFontMetrics, places: Places, scale: float) -> dict[int, int]:
    """Give the widths in pixels, the most important column first; measuring 10,000 rows instead would take long.

    Args:
        i18n: the language.
        metrics: of the table's font.
        places: the city's categories and districts.
        scale: how much larger than usual the type is.
    """
    words = {column: [sample] for column, sample in SAMPLES.items()}
    words[Column.CATEGORY] = [i18n.text(name) for name in places.categories.values()]
    words[Column.DISTRICT] = [i18n.text(name) for name in places.districts.values()]
    keys = [f"ui.stage.{stage.value}" for stage in Stage]
    keys += [f"ui.certificate_state.{state.value}" for state in STATE_LOOKS]
    words[Column.STAGE] = [f"{i18n.tr(key)}国国" for key in keys]  # and the icon
    widths: dict[int, int] = {}
    for column in IMPORTANCE:
        header = f"{i18n.tr(f'sites.column.{column.name.lower()}')}国"  # and the arrow of sorting
        width = max(metrics.horizontalAdvance(text) for text in (*words[column], header)) + 24
        widths[column] = min(width, round(WIDEST * scale))
    return widths
