"""The rows of a list of sites with what the person has chosen, as lines of text for a list view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from wufei_cells.domain.site_lists import NEW_SITE, Fate, ListNames, ListPreview, Outcome, PreviewRow
from wufei_cells.services.site_list_words import change_lines, fate_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ui.i18n import I18n
    from wufei_cells.errors import Problem

LOOKS: Final[Mapping[Fate, tuple[str, str]]] = {
    Fate.NEW: ("plus", "passed"),
    Fate.CHANGED: ("edit", "attention"),
    Fate.SAME: ("check", "not_applicable"),
    Fate.DOUBTFUL: ("conflict", "conflict"),
    Fate.WRONG: ("failed", "failed"),
}
"""Icon and color of each fate; the word always stands beside them."""
FILTERS: Final = ("", *Fate)
NOTES: Final = "notes"
"""The filter that shows what was passed over."""
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
BETWEEN = " · "
_NO_INDEX = QModelIndex()
_EMPTY = ListPreview((), ListNames({}, {}, {}, {}))


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph below the name of a row."""

    text: str
    tone: str = "text"
    answer: str | None = None
    """What choosing it answers: the id of a site, or ``NEW_SITE``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it is shown."""

    title: str
    word: str
    icon: str
    tone: str
    place: str
    lines: tuple[Line, ...]
    number: int = 0
    """The row's number in the list; 0 for what is no row."""
    ticks: bool = False
    """Whether it can be chosen."""


class SiteListModel(QAbstractListModel):
    """Holds the rows that a filter leaves, and which of them are to be taken in.

    Signals:
        chosen: the person has chosen otherwise.
    """

    chosen = Signal()

    def __init__(self, i18n: I18n, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self.preview = _EMPTY
        self.filter: str = ""
        self.choices: dict[int, str | None] = {}
        """By number of the row; ``None`` where it is clear what the row means."""
        self._shown: Sequence[PreviewRow | Problem] = ()
        self._entries: dict[int, Entry] = {}

    # --- what is shown

    def show(self, preview: ListPreview) -> None:
        """Show a list; what is new or changed is chosen, what is doubtful waits for an answer."""
        self.preview = preview
        self.choices = {row.number: None for row in preview.rows if row.certain}
        self.set_filter("")
        self.chosen.emit()

    def set_filter(self, name: str) -> None:
        """Show the rows of a fate, all rows (``""``), or what was passed over."""
        self.beginResetModel()
        self.filter = name
        self._entries.clear()
        if name == NOTES:
            self._shown = (*self.preview.problems, *self.preview.notes)
        else:
            self._shown = tuple(row for row in self.preview.rows if name in ("", row.fate))
        self.endResetModel()

    def count(self, name: str) -> int:
        """Count what a filter would show."""
        if name == NOTES:
            return len(self.preview.problems) + len(self.preview.notes)
        return sum(1 for row in self.preview.rows if name in ("", row.fate))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """Count what is shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a row, or what stands for it where it is read out."""
        if not index.isValid():
            return None
        if role == LINE_ROLE:
            return self.entry(index.row())
        if role == Qt.ItemDataRole.CheckStateRole and self.entry(index.row()).ticks:
            return Qt.CheckState.Checked if self.is_chosen(index.row()) else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            entry = self.entry(index.row())
            return BETWEEN.join((entry.word, entry.title, *(line.text for line in entry.lines), entry.place))
        return None

    def entry(self, place: int) -> Entry:
        """Give what is shown at a place; written when somebody first looks."""
        if place not in self._entries:
            shown = self._shown[place]
            self._entries[place] = self._of_row(shown) if isinstance(shown, PreviewRow) else self._of_note(shown)
        return self._entries[place]

    def words(self) -> list[str]:
        """Give every word that tells what becomes of a row."""
        notes = [self._i18n.tr(key) for key in ("site_list.ui_not_read", "site_list.ui_passed_over")]
        return [*(fate_word(fate, self._i18n.wording) for fate in Fate), *notes]

    # --- choosing

    def is_chosen(self, place: int) -> bool:
        """Whether a row is to be taken in."""
        return self.entry(place).number in self.choices

    def answer(self, place: int) -> str | None:
        """Give which site a doubtful row was said to mean."""
        return self.choices.get(self.entry(place).number)

    def toggle(self, place: int) -> None:
        """Choose a row, or choose it no more; one that is doubtful goes from answer to answer."""
        row = self._shown[place]
        if not isinstance(row, PreviewRow) or not self.entry(place).ticks:
            return
        if row.certain:
            self._put(place, row.number, None, wanted=row.number not in self.choices)
            return
        answers = _answers(row)
        known = self.choices.get(row.number)
        following = answers.index(known) + 1 if known in answers else 0
        wanted = following < len(answers)
        self._put(place, row.number, answers[following] if wanted else None, wanted=wanted)

    def choose_answer(self, place: int, answer: str) -> None:
        """Say which site a doubtful row means; the same once more takes it back."""
        row = self._shown[place]
        if isinstance(row, PreviewRow) and answer in _answers(row):
            self._put(place, row.number, answer, wanted=self.choices.get(row.number) != answer)

    def tick_shown(self, *, wanted: bool) -> None:
        """Choose all rows that are shown and clear, or none of those that are shown."""
        for row in self._shown:
            if isinstance(row, PreviewRow) and wanted and row.certain:
                self.choices[row.number] = None
            elif isinstance(row, PreviewRow) and not wanted:
                self.choices.pop(row.number, None)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))
        self.chosen.emit()

    def _put(self, place: int, number: int, answer: str | None, *, wanted: bool) -> None:
        if wanted:
            self.choices[number] = answer
        else:
            self.choices.pop(number, None)
        self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
        self.chosen.emit()

    # --- words

    def _of_row(self, row: PreviewRow) -> Entry:
        icon, tone = LOOKS[row.fate]
        lines = [*self._outcome_lines(row), *self._problem_lines(row)]
        word = fate_word(row.fate, self._i18n.wording)
        ticks = row.certain or row.fate is Fate.DOUBTFUL
        return Entry(row.name or "–", word, icon, tone, row.place, tuple(lines), row.number, ticks)

    def _outcome_lines(self, row: PreviewRow) -> list[Line]:
        if row.fate is Fate.DOUBTFUL:
            questions = [Line(self._placed(remark, row.place), "attention") for remark in row.remarks]
            return [*questions, *(self._answer_line(outcome) for outcome in row.outcomes)]
        if not row.outcomes:
            return []
        words = self._changes(row.outcomes[0])
        if row.fate is Fate.NEW:
            return [Line(BETWEEN.join(words))] if words else []
        return [Line(word) for word in words]

    def _answer_line(self, outcome: Outcome) -> Line:
        words = BETWEEN.join(self._changes(outcome))
        if outcome.site is None:
            return Line(self._i18n.tr("site_list.ui_as_new", changes=words), answer=NEW_SITE)
        key = "site_list.ui_as_known" if words else "site_list.ui_as_same"
        return Line(self._i18n.tr(key, name=outcome.name, changes=words), answer=outcome.site)

    def _changes(self, outcome: Outcome) -> list[str]:
        return change_lines(outcome, self.preview.names, self._i18n.wording)

    def _problem_lines(self, row: PreviewRow) -> list[Line]:
        lines = [Line(self._placed(problem, row.place), "failed") for problem in row.problems]
        remarks = row.remarks if row.fate is not Fate.DOUBTFUL else ()
        return lines + [Line(self._placed(remark, row.place), "muted") for remark in remarks]

    def _placed(self, problem: Problem, row: str) -> str:
        """Say what is wrong and where; the row's own place stands beside its name already."""
        place = problem.place.removeprefix(row).strip(" ,")
        sentence = self._i18n.problem(problem)
        return f"{place}  {sentence}" if place else sentence

    def _of_note(self, problem: Problem) -> Entry:
        failed = problem in self.preview.problems
        icon, tone = ("failed", "failed") if failed else ("information", "information")
        word = self._i18n.tr("site_list.ui_not_read" if failed else "site_list.ui_passed_over")
        return Entry(problem.place or "–", word, icon, tone, "", (Line(self._i18n.problem(problem)),))


def _answers(row: PreviewRow) -> list[str]:
    return [outcome.site or NEW_SITE for outcome in row.outcomes]
