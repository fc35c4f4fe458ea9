"""The words of an assessment report: its own, and those of forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.form_words import FormWords
from wufei_cells.documents.punctuation import GETA

if TYPE_CHECKING:
    from wufei_cells.documents.assessment_report_data import AssessmentReportData
    from wufei_cells.documents.form_data import FilledSheet
    from wufei_cells.wording import Wording

LINE_ENDS = "\r\n\t"


class ReportWords(FormWords):
    """Everything that a report says. A finished sheet cannot be retyped: an odd character does not stop its paper."""

    def __init__(self, data: AssessmentReportData, fonts: DocumentFonts, wording: Wording) -> None:
        self.report = data
        self._fonts = fonts
        super().__init__(data.form, wording)

    @property
    def filled(self) -> FilledSheet:
        """The sheet that was filled in."""
        assert self.data.filled is not None
        return self.data.filled

    def say(self, key: str, /, **values: object) -> str:
        """Give a sentence: the report's own where it has one, else that of forms."""
        own = f"paper.report_{key}"
        return self.plain(self.wording.say(own, **values)) if own in self.wording else super().say(key, **values)

    def plain(self, text: str) -> str:
        """Give a text as this paper writes it, with a sign in place of every character that no font has."""
        missing = [char for char in self._fonts.missing(text, Face.SANS) if char not in LINE_ENDS]
        return super().plain(text.translate(dict.fromkeys(map(ord, missing), GETA)) if missing else text)

    @property
    def title(self) -> str:
        """The title of the paper."""
        return self.say("title", category=self.text(self.data.checklist.category.text))
