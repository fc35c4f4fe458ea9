"""The lines of the grid: what stands in each of them, read off the session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from ui.models.desk_items_model import LOOKS, ItemState, item_states
from ui.models.desk_reading import DeskReading
from wufei_cells.domain.checklists import Gate
from wufei_cells.scoring.scorecard import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.desk.grid_answers import GridAnswers
    from ui.i18n import I18n
    from ui.models.scoring_session import ScoringSession
    from wufei_cells.domain.checklists import Group, Item

HEADING = "/"
"""How the keys of headings begin; no key of an entry does."""
GATES = f"{HEADING}gates"


@dataclass(frozen=True, slots=True)
class GridLine:
    """One line: a group, or something to answer."""

    key: str
    number: str
    title: str
    depth: int = 0
    full: Fraction | None = None
    answer: str = ""
    points: Span | None = None
    lost: Fraction | None = None
    """What is missing to full marks; of a deduction, what it takes off."""
    note: str = ""
    set_aside: bool = False
    author: str = ""
    at: datetime | None = None
    evidence: int | None = None
    state: ItemState = ItemState.UNANSWERED
    problem: str = ""
    unread: bool = False
    """Whether the text in the cell of the answer could not be read."""
    editable: bool = False
    taken: bool = False
    """Whether its points are taken off the total."""
    excluded: bool = False
    """Whether the facts of the site leave it out."""
    note_problem: str = ""
    """Why the note in the cell is not stored."""
    locked: bool = False
    """Whether it cannot be written although the assessment is open: other items were sent back, or others score."""

    @property
    def heading(self) -> bool:
        """Whether this is a group."""
        return self.key.startswith(HEADING)

    @property
    def look(self) -> tuple[str, str]:
        """Icon and color role of the state."""
        return ("alert", "failed") if self.problem else LOOKS[self.state]

    @property
    def searched(self) -> str:
        """What words are looked for in."""
        return f"{self.number}\n{self.title}\n{self.answer}\n{self.note}".casefold()


class GridReader:
    """Makes the lines of the open assessment."""

    def __init__(self, session: ScoringSession, answers: GridAnswers, i18n: I18n) -> None:
        self._session = session
        self._answers = answers
        self._i18n = i18n
        self._reading = DeskReading(session, i18n)
        self.evidence: dict[str, int] = {}
        """How many pieces of evidence stand under each entry, as far as that was told."""

    def all_lines(self) -> Iterator[GridLine]:
        """Give all lines in printed order."""
        sheet, card = self._session.sheet, self._session.scorecard
        if sheet is None or card is None:
            return
        states = item_states(self._session)
        checklist = sheet.checklist
        if checklist.gates:
            yield GridLine(GATES, "", self._i18n.tr("desk.gates"))
            yield from (self._line(gate, states) for gate in checklist.gates)
        scores = {group.key: group for group in card.groups}
        for group in checklist.groups:
            score = scores[group.key]
            yield self._heading(group, 0, score.full, score.got)
            yield from self._inside(group, 1, states)
        if checklist.bonus:
            yield self._heading(checklist.bonus.group, 0, Fraction(checklist.bonus.cap), card.bonus)
            yield from self._inside(checklist.bonus.group, 1, states)
        if checklist.deductions:
            limit = Fraction(checklist.deductions.cap)
            yield self._heading(checklist.deductions.group, 0, limit, card.deductions, taken=True)
            yield from self._inside(checklist.deductions.group, 1, states)

    def line(self, key: str, depth: int) -> GridLine | None:
        """Make the line of one entry anew."""
        entry = self._answers.entry(key)
        return None if entry is None else self._line(entry, item_states(self._session), depth)

    # --- parts

    def _inside(self, group: Group, depth: int, states: dict[str, ItemState]) -> Iterator[GridLine]:
        yield from (self._line(item, states, depth) for item in group.items)
        for inner in group.groups:
            yield self._heading(inner, depth, None, None)
            yield from self._inside(inner, depth + 1, states)

    def _heading(
        self, group: Group, depth: int, full: Fraction | None, got: Span | None, *, taken: bool = False
    ) -> GridLine:
        title = self._session.text(group.text)
        key = f"{HEADING}{group.key}"
        return GridLine(key, group.number, title, depth, full, points=got, taken=taken)

    def _line(self, entry: Gate | Item, states: dict[str, ItemState], depth: int = 1) -> GridLine:
        key = entry.key
        answer, row = self._session.shown(key), self._session.rows.get(key)
        taken = self._reading.is_taken(entry)
        full, points, lost = (None, None, None) if isinstance(entry, Gate) else self._figures(entry, taken=taken)
        return GridLine(
            key,
            f"{entry.number} ★" if not isinstance(entry, Gate) and entry.star else entry.number,
            self._session.text(entry.text).replace("\n", " "),
            depth,
            full,
            self._answers.text(key),
            points,
            lost,
            self._answers.note(key),
            answer.na is not None,
            row.author if row else "",
            row.at if row else None,
            self.evidence.get(key),
            states.get(key, ItemState.UNANSWERED),
            self._answers.problem(key),
            self._answers.unread(key) is not None,
            self._answers.editable(key),
            taken,
            self._answers.excluded(key),
            self._answers.note_problem(key),
            self._session.locked(key) or bool(self._reading.view_only()),
        )

    def _figures(self, item: Item, *, taken: bool) -> tuple[Fraction, Span | None, Fraction | None]:
        """Give full marks, points and what is lost, as they count in the item's group."""
        factor = Fraction(item.worth) / Fraction(item.full)
        full = Fraction(item.worth)
        points = self._points(item)
        if points is None:
            return full, None, None
        points = points.scaled(factor)
        if taken:
            return full, points, points.low if points.settled else None
        counts = points.settled and not self._reading.is_bonus(item) and self._session.shown(item.key).na is None
        return full, points, full - points.low if counts else None

    def _points(self, item: Item) -> Span | None:
        card = self._session.scorecard
        score = card.item(item.key) if card else None
        answer = self._session.shown(item.key)
        if score is not None and (answer.na is not None or self._reading.excluded(item.key)):
            return score.got if score.got.low else None
        mark = self._session.mark(item.key)
        return mark.span if mark is not None and answer.given else None
