"""The papers of an assessment as PDF: the form to fill in by pen on site, and the sheet that was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.documents.canvas import A4_LANDSCAPE, DocumentInfo
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.documents.form_frame import FormFrame
from wufei_cells.documents.form_head import FormHead
from wufei_cells.documents.form_items import FormItems
from wufei_cells.documents.form_results import FormResults
from wufei_cells.documents.form_signatures import FormSignatures
from wufei_cells.documents.form_words import FormWords
from wufei_cells.documents.report_pages import Paper, ReportPages

if TYPE_CHECKING:
    from wufei_cells.documents.form_data import FormData
    from wufei_cells.wording import Wording

FORM_PAPER = Paper(A4_LANDSCAPE, side=32.0, end=42.0)


def render_form(data: FormData, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print the form, or the sheet that was filled in, in the language of the wording.

    The same data give the same bytes: what a paper is about is on it, when it was printed is not.

    Raises:
        UserError: ``document.glyph_missing``: a text holds a character that no font has.
    """
    return _Form(data, fonts, wording).render()


class _Form:
    """One form on its way to paper."""

    def __init__(self, data: FormData, fonts: DocumentFonts, wording: Wording) -> None:
        self.data = data
        self.words = FormWords(data, wording)
        self.pages = ReportPages(fonts, FORM_PAPER)

    def render(self) -> bytes:
        head = FormHead(self.pages, self.words)
        head.set()
        items = FormItems(self.pages, self.words)
        if self.data.checklist.gates:
            head.section("gates", items.gate_table(), items.gate_rows())
        head.section("items", items.item_table(), items.item_rows())
        FormResults(self.pages, self.words, head).set()
        FormSignatures(self.pages, self.words).set()
        words = self.words
        name = words.plain(self.data.site.name) if self.data.site else words.edition
        title = words.say("file_title", title=words.title, name=name)
        info = DocumentInfo(title, "", words.edition, "en" if words.language == "en" else "zh-CN")
        return self.pages.save(info, FormFrame(self.pages, words).marks, repeatable=True)
