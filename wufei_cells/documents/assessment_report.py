"""The assessment report as PDF: what came out, how it came about, and everything it rests on, for whoever decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.documents.assessment_report_findings import finding_rows, findings_table
from wufei_cells.documents.assessment_report_head import ReportHead
from wufei_cells.documents.assessment_report_items import ReportItems
from wufei_cells.documents.assessment_report_photos import ReportPhotos
from wufei_cells.documents.assessment_report_words import ReportWords
from wufei_cells.documents.canvas import DocumentInfo
from wufei_cells.documents.form_frame import FormFrame
from wufei_cells.documents.form_signatures import FormSignatures
from wufei_cells.documents.report_pages import PORTRAIT, ReportPages

if TYPE_CHECKING:
    from wufei_cells.documents.assessment_report_data import AssessmentReportData
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.wording import Wording


def render_assessment_report(data: AssessmentReportData, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print the report, in the language of the wording.

    The same data give the same bytes: what a paper is about is on it, when it was printed is not. A character that no
    font has is printed as ``〓``.
    """
    words = ReportWords(data, fonts, wording)
    pages = ReportPages(fonts, PORTRAIT)
    head = ReportHead(pages, words)
    head.set()
    _judgements(pages, words, head)
    if words.filled.findings:
        head.section("findings", findings_table(pages, words), finding_rows(words))
    ReportPhotos(pages, words, head).set()
    FormSignatures(pages, words).set()
    assert data.form.site is not None
    title = words.say("file_title", title=words.title, name=words.plain(data.form.site.name))
    info = DocumentInfo(title, "", words.edition, "en" if words.language == "en" else "zh-CN")
    return pages.save(info, FormFrame(pages, words).marks, repeatable=True)


def _judgements(pages: ReportPages, words: ReportWords, head: ReportHead) -> None:
    """Preconditions, items, and what does not apply."""
    items = ReportItems(pages, words)
    if words.data.checklist.gates:
        head.section("gates", items.gate_table(), items.gate_rows())
    head.section("items", items.item_table(), items.item_rows())
    set_aside = items.set_aside_rows()
    if set_aside:
        head.section("set_aside", items.set_aside_table(), set_aside, count=len(set_aside))
