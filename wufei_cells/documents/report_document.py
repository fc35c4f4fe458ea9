"""A report of the office as PDF."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from wufei_cells.documents.canvas import A4_PORTRAIT, DocumentInfo
from wufei_cells.documents.report_frame import ReportFrame
from wufei_cells.documents.report_pages import PORTRAIT, Paper, ReportPages
from wufei_cells.documents.report_setting import Fit, Setter
from wufei_cells.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.reports.blocks import Report
    from wufei_cells.wording import Wording

SINGLE = Paper(A4_PORTRAIT, side=48.0, end=46.0)
HEIGHTS = (1.5, 1.3, 1.15, 1.0, 0.85, 0.7)
"""How high charts are set on a single page, by what they would be elsewhere: as high as there is room."""
LISTED = (36, 12, 8, 5, 4, 3, 2, 1, 0)
"""How many rows of a list are set there (no page holds more); where even none is too many, tables of parts are cut."""


def render_report(report: Report, fonts: DocumentFonts, wording: Wording, *, repeatable: bool = False) -> bytes:
    """Print a report.

    Args:
        report: everything that is in it.
        fonts: the fonts of documents.
        wording: what stands on each page beside it, in the language of the report.
        repeatable: the same report gives the same bytes, without the time of making.

    Raises:
        UserError: ``document.glyph_missing``: a text holds a character that no font has; ``report.not_one_page``: the
            words of a template for one page do not fit one.
    """
    pages = _set(report, fonts, wording)
    frame = ReportFrame(fonts, pages.paper, wording, report.title, example=report.example)
    language = "zh-CN" if report.language == "zh" else report.language
    info = DocumentInfo(report.title, report.issuer, report.subject, language)
    return pages.save(info, frame.marks, repeatable=repeatable)


def _set(report: Report, fonts: DocumentFonts, wording: Wording) -> ReportPages:
    """Set everything; on one page where it has to be one, with all rows first, then with charts as high as may be."""
    for fit in _fits() if report.one_page else (Fit(),):
        pages = ReportPages(fonts, SINGLE if report.one_page else PORTRAIT)
        Setter(pages, report, wording, fit).set()
        if not report.one_page or pages.count == 1:
            return pages
    raise UserError("report.not_one_page", title=report.title)


def _fits() -> Iterator[Fit]:
    """Give ways to set a single page, the best first: a low chart, then shorter lists, then shorter tables of parts."""
    for listed, charts in product(LISTED, HEIGHTS):
        yield Fit(charts, listed)
    for parts in LISTED[1:]:
        yield Fit(min(HEIGHTS), 0, parts)
