"""The words of a progress report: sentences by key, and names of the data, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wufei_cells.documents.dates import say_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wufei_cells.documents.progress_data import ReportData
    from wufei_cells.domain.text import Language, Text
    from wufei_cells.wording import Wording

# The fonts hold Chinese quotation marks, which are as wide as a character; English words take the straight ones.
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


class ReportWords:
    """Everything that a report says."""

    def __init__(self, data: ReportData, wording: Wording) -> None:
        self._data = data
        self._wording = wording
        self.language: Language = "en" if wording.language == "en" else "zh"
        self.categories = self._names(data.categories, data.progress.categories)
        self.districts = self._names(data.districts, data.progress.districts)

    def say(self, key: str, **values: object) -> str:
        """Give a sentence of this area by the last part of its key."""
        return self._wording.say(f"report.{key}", **values)

    def plain(self, text: str) -> str:
        """Give a text of the data as this report writes it."""
        return text if self.language == "zh" else text.translate(STRAIGHT)

    def own(self, text: Text) -> str:
        """Give a text of the data in the report's language."""
        return self.plain(text.in_language(self.language))

    @property
    def title(self) -> str:
        """The title of the report."""
        return self.say("title", city=self.own(self._data.city))

    @property
    def as_of(self) -> str:
        """The day, and who reports."""
        on = say_date(self._wording, self._data.progress.on)
        return self.say("as_of", on=on, issuer=self.own(self._data.issuer))

    @property
    def sentence(self) -> str:
        """How far it is to the goal."""
        progress = self._data.progress
        valid, goal = progress.whole.certified, progress.goal
        kind = "reached" if valid >= goal else "overdue" if progress.on > progress.by else "open"
        by = say_date(self._wording, progress.by)
        return self.say(f"sentence.{kind}", valid=valid, goal=goal, left=goal - valid, by=by)

    def _names(self, known: Mapping[str, Text], used: Iterable[str]) -> dict[str, str]:
        """Names by key: the known ones in their order, then keys that only the tallies have."""
        names = {key: self.own(text) for key, text in known.items()}
        return names | {key: key for key in used if key not in names}
