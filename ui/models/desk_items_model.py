"""The list beside the scoring desk: groups with their points, and what is answered in each."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.models.desk_row import DeskRow
from ui.models.tool_tips import literal
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Gate, Verify
from wufei_cells.scoring.scorecard import Span
from wufei_cells.services.measure_wording import score_text, up_to_print

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ui.i18n import I18n
    from ui.models.scoring_session import ScoringSession
    from wufei_cells.domain.checklists import Checklist, Deductions, Group, Item
    from wufei_cells.scoring.scorecard import ItemScore

NOTHING = Span(Fraction(0), Fraction(0))
FACTS = "facts."
"""The key of the line that stands for the site's facts, and how the keys of missing facts begin."""
PRECHECK = "precheck"
"""The key of the line that stands for what must hold before anything is scored."""


class ItemState(StrEnum):
    """How far an item is; the word and the icon of each are looked up by its name."""

    UNANSWERED = "unanswered"
    PARTIAL = "partial"
    FULL = "full"
    DEDUCTED = "deducted"
    MET = "met"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"
    UNCLAIMED = "unclaimed"
    NOT_FOUND = "not_found"
    """A deduction for which nothing was found."""
    RECHECK = "recheck"
    """Answered before its words changed, not looked at since."""
    CONFLICT = "conflict"
    UNSAVED = "unsaved"


# State to icon and color role; no icon: an empty ring is drawn.
LOOKS: dict[ItemState, tuple[str, str]] = {
    ItemState.UNANSWERED: ("", "muted"),
    ItemState.PARTIAL: ("", "attention"),
    ItemState.FULL: ("check", "passed"),
    ItemState.DEDUCTED: ("alert", "attention"),
    ItemState.MET: ("check", "passed"),
    ItemState.FAILED: ("failed", "failed"),
    ItemState.NOT_APPLICABLE: ("not_applicable", "not_applicable"),
    ItemState.UNCLAIMED: ("not_applicable", "not_applicable"),
    ItemState.NOT_FOUND: ("not_applicable", "not_applicable"),
    ItemState.RECHECK: ("history", "information"),
    ItemState.CONFLICT: ("conflict", "conflict"),
    ItemState.UNSAVED: ("save", "failed"),
}


class ItemFilter(StrEnum):
    """Which items the list shows."""

    ALL = "all"
    UNANSWERED = "unanswered"
    RECHECK = "recheck"
    DEDUCTED = "deducted"
    NOT_APPLICABLE = "not_applicable"
    WITHOUT_EVIDENCE = "without_evidence"
    """What applies to the site and has no photo or file under it."""
    RETURNED = "returned"
    """What was sent back to be mended."""
    CHANGED = "changed"
    """What somebody else answered since this person looked last."""
    ATTENTION = "attention"


FILTERED: dict[ItemFilter, frozenset[ItemState]] = {
    ItemFilter.ALL: frozenset(ItemState),
    ItemFilter.UNANSWERED: frozenset({ItemState.UNANSWERED, ItemState.PARTIAL, ItemState.RECHECK}),
    ItemFilter.RECHECK: frozenset({ItemState.RECHECK}),
    ItemFilter.DEDUCTED: frozenset({ItemState.DEDUCTED, ItemState.FAILED}),
    ItemFilter.NOT_APPLICABLE: frozenset({ItemState.NOT_APPLICABLE}),
    # Evidence and news are no states: these name the states that such an item may be in.
    ItemFilter.WITHOUT_EVIDENCE: frozenset(ItemState)
    - {ItemState.NOT_APPLICABLE, ItemState.UNCLAIMED, ItemState.NOT_FOUND},
    ItemFilter.RETURNED: frozenset(ItemState),
    ItemFilter.CHANGED: frozenset(ItemState),
    ItemFilter.ATTENTION: frozenset({ItemState.CONFLICT, ItemState.UNSAVED}),
}


class DeskItemsModel(QAbstractListModel):
    """Lists the groups and items of the open assessment, as far as the filter lets them through."""

    RowRole = Qt.ItemDataRole.UserRole

    def __init__(self, session: ScoringSession, i18n: I18n, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._i18n = i18n
        self._rows: list[DeskRow] = []
        self._states: dict[str, ItemState] = {}
        self._evidence: Mapping[str, int] | None = None
        self._changed: frozenset[str] = frozenset()
        self._precheck: tuple[ItemState, str] | None = None
        self._by_verify: dict[Verify, frozenset[str]] = {}
        self._verify_of: Checklist | None = None
        self.filter = ItemFilter.ALL
        self.verify: Verify | None = None
        """Only what is checked in this way; on top of the filter."""
        self.words = ""
        """Only what holds these words in number, text or note; on top of the filter."""
        self.kept = ""
        """The item on the desk: it stays in the list although an answer has just made the filter drop it."""

    # --- public

    def update(self) -> None:
        """Take over what the session holds; the list is only rebuilt when other lines are to be shown."""
        self._states = item_states(self._session)
        if self._precheck:
            self._states[PRECHECK] = self._precheck[0]
        rows = list(self._listed())
        if [row.key for row in rows] == [row.key for row in self._rows] and rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def set_evidence_counts(self, counts: Mapping[str, int] | None) -> None:
        """Take over how many pieces of evidence stand under each entry; ``None`` while that is not known."""
        self._evidence = counts
        self.update()

    def set_changed(self, keys: Collection[str]) -> None:
        """Take over what somebody else answered since this person looked last."""
        self._changed = frozenset(keys)
        self.update()

    def set_precheck(self, precheck: tuple[ItemState, str] | None) -> None:
        """Take over how the pre-check stands, and its remark; ``None`` where nothing is asked."""
        self._precheck = precheck
        self.update()

    def state(self, key: str) -> ItemState:
        """Give the state of an item."""
        return self._states.get(key, ItemState.UNANSWERED)

    def count(self, which: ItemFilter, *, words: bool = True) -> int:
        """Count what a filter would show together with the way of checking and, if wanted, the words in force."""
        return sum(self._lets(key, which) and (not words or self._holds_words(key)) for key in self._states)

    def let_through(self) -> frozenset[str] | None:
        """Name what filter and way of checking let through, whatever the words; ``None`` while they let all."""
        if self.filter is ItemFilter.ALL and self.verify is None:
            return None
        return frozenset(key for key in self._states if self._lets(key, self.filter))

    def first_match(self) -> str:
        """Give the first line that filter, way of checking and words let through; empty when none is."""
        return next((key for key in self.keys() if self._passes(key, self.filter)), "")

    def count_verify(self, how: Verify) -> int:
        """Count what is checked in one way among what the filter shows, whatever the words."""
        return sum(key in self._checked(how) and self._fits(key, self.filter) for key in self._states)

    def keys(self) -> list[str]:
        """List what can be answered among the lines shown."""
        return [row.key for row in self._rows if row.key]

    def neighbor(self, key: str, step: int) -> str:
        """Give what stands some lines further down (or up) and can be answered; empty at either end."""
        keys = self.keys()
        place = keys.index(key) + step if key in keys else 0
        return keys[place] if 0 <= place < len(keys) else ""

    def index_of(self, key: str) -> QModelIndex:
        """Find the line of an item; an invalid index when it is not shown."""
        place = next((place for place, row in enumerate(self._rows) if row.key == key), -1)
        return self.index(place) if place >= 0 else QModelIndex()

    def key_at(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Give the key of a line; empty for headings."""
        return self._rows[index.row()].key if index.isValid() else ""

    # --- Qt overrides

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Count the lines."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the line itself to the painter, and its words to everything else."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == self.RowRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.number} {row.title}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return literal(row.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.number} {row.title} {row.spoken} {row.remark}".strip()
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let headings be passed over."""
        if not index.isValid() or self._rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # --- filtering

    def _passes(self, key: str, which: ItemFilter) -> bool:
        return self._lets(key, which) and self._holds_words(key)

    def _lets(self, key: str, which: ItemFilter) -> bool:
        return (self.verify is None or key in self._checked(self.verify)) and self._fits(key, which)

    def _fits(self, key: str, which: ItemFilter) -> bool:
        if self.state(key) not in FILTERED[which]:
            return False
        if which is ItemFilter.WITHOUT_EVIDENCE:
            return key not in (FACTS, PRECHECK) and self._evidence is not None and not self._evidence.get(key)
        if which is ItemFilter.RETURNED:
            return key in self._session.returned
        return which is not ItemFilter.CHANGED or key in self._changed

    def _checked(self, how: Verify) -> frozenset[str]:
        """Name what is checked in one way; worked out once for an edition."""
        checklist = self._session.sheet.checklist if self._session.sheet else None
        if checklist is not self._verify_of:
            self._verify_of = checklist
            entries = tuple(checklist.entries()) if checklist else ()
            self._by_verify = {
                mode: frozenset(entry.key for entry in entries if mode in entry.verify) for mode in Verify
            }
        return self._by_verify.get(how, frozenset())

    def _holds_words(self, key: str) -> bool:
        words = self.words.casefold().split()
        if not words:
            return True
        entry = self._session.sheet.checklist.entry(key) if self._session.sheet else None
        if entry is None:
            haystack = self._i18n.tr("desk.precheck_title" if key == PRECHECK else "desk.facts")
        else:
            answer = self._session.shown(key)
            haystack = "\n".join((entry.number, key, self._session.text(entry.text), answer.note, answer.na or ""))
        haystack = haystack.casefold()
        return all(word in haystack for word in words)

    # --- lines

    def _listed(self) -> Iterator[DeskRow]:
        heading: list[DeskRow] = []
        for row in self._all_rows():
            if row.heading:
                # A heading closes the headings of its own depth and below that had nothing to show.
                heading = [*(waiting for waiting in heading if waiting.depth < row.depth), row]
            elif row.key == self.kept or self._passes(row.key, self.filter):
                yield from heading
                heading = []
                yield row

    def _all_rows(self) -> Iterator[DeskRow]:
        sheet, card = self._session.sheet, self._session.scorecard
        if sheet is None or card is None:
            return
        checklist = sheet.checklist
        yield from self._precheck_rows()
        yield from self._fact_rows(card.missing)
        if checklist.gates:
            results = [gate for gate in card.gates if gate.code == "gate.condition"]
            met = self._i18n.tr("desk.gates_met", met=sum(gate.ok is True for gate in results), count=len(results))
            yield DeskRow("", "", self._i18n.tr("desk.gates"), met)
            yield from (self._gate_row(gate) for gate in checklist.gates)
        scores = {group.key: group for group in card.groups}
        items = {item.key: item for item in card.items}
        for group in checklist.groups:
            score = scores[group.key]
            yield self._group_row(group, score.got, score.full, score.needed)
            yield from self._items_of(group, items, 1)
        if checklist.bonus:
            yield self._group_row(checklist.bonus.group, card.bonus, Fraction(checklist.bonus.cap), None)
            yield from self._items_of(checklist.bonus.group, items, 1)
        if checklist.deductions:
            yield self._deductions_row(checklist.deductions, card.deductions)
            yield from self._items_of(checklist.deductions.group, items, 1, taken=True)

    def _precheck_rows(self) -> Iterator[DeskRow]:
        if self._precheck:
            state, remark = self._precheck
            title = self._i18n.tr("desk.precheck_title")
            yield DeskRow("", "", title, "")
            yield DeskRow(PRECHECK, "", self._i18n.tr("desk.precheck_entry"), remark, *LOOKS[state], depth=1)

    def _fact_rows(self, missing: tuple[str, ...]) -> Iterator[DeskRow]:
        sheet = self._session.sheet
        if sheet is None or not sheet.checklist.facts:
            return
        state = self.state(FACTS)
        icon, color = LOOKS[state]
        count = sum(key.startswith(FACTS) for key in missing)
        remark = self._i18n.tr("desk.facts_missing", count=count) if count else self._i18n.tr("desk.facts_known")
        yield DeskRow("", "", self._i18n.tr("desk.facts_group"), "")
        yield DeskRow(FACTS, "", self._i18n.tr("desk.facts"), remark, icon, color, depth=1)

    def _items_of(
        self, group: Group, scores: dict[str, ItemScore], depth: int, *, taken: bool = False
    ) -> Iterator[DeskRow]:
        for item in group.items:
            yield self._item_row(item, scores[item.key], taken=taken)
        for inner in group.groups:
            yield DeskRow("", inner.number, self._session.text(inner.text), "", depth=depth)
            yield from self._items_of(inner, scores, depth + 1, taken=taken)

    def _group_row(self, group: Group, got: Span, full: Fraction, needed: Fraction | None) -> DeskRow:
        remark = f"{score_text(got)} / {printed(full)}"
        if needed is not None:
            remark = self._i18n.tr("desk.group_needs", got=remark, needed=up_to_print(needed))
        return DeskRow("", "", self._session.text(group.text), remark, got=got, full=full, needed=needed)

    def _deductions_row(self, deductions: Deductions, got: Span) -> DeskRow:
        remark = f"{minus(got)} / {printed(deductions.cap)}"
        title = self._session.text(deductions.group.text)
        return DeskRow("", "", title, remark, got=got, full=Fraction(deductions.cap), taken=True)

    def _gate_row(self, gate: Gate) -> DeskRow:
        return self._answer_row(gate.key, gate.number, self._session.text(gate.text), "")

    def _item_row(self, item: Item, score: ItemScore, *, taken: bool) -> DeskRow:
        state = self.state(item.key)
        points = ""
        if state in (ItemState.FULL, ItemState.DEDUCTED, ItemState.PARTIAL):
            factor = Fraction(item.worth) / Fraction(item.full)
            got = score.got.scaled(factor)
            points = f"{minus(got) if taken else score_text(got)} / {printed(score.full * factor)}"
        number = f"{item.number} ★" if item.star else item.number
        return self._answer_row(item.key, number, self._session.text(item.text), points)

    def _answer_row(self, key: str, number: str, title: str, points: str) -> DeskRow:
        state = self.state(key)
        icon, color = LOOKS[state]
        word = self._i18n.tr(f"desk.state_{state.value}")
        sign, spoken = self._sign(key), [word] if points else []
        if sign:
            spoken.append(self._i18n.tr(f"desk.sign_{sign}"))
        return DeskRow(key, number, title, points or word, icon, color, " ".join(spoken), depth=1, sign=sign)

    def _sign(self, key: str) -> str:
        if self._session.locked(key):
            return "lock"
        return "undo" if key in self._session.returned else ""


def minus(span: Span) -> str:
    """Write points that are taken, with the minus people print."""
    if span.settled:
        return f"−{printed(span.low)}" if span.low else "0"
    return f"−{printed(span.high)}–{printed(span.low)}"


def item_states(session: ScoringSession) -> dict[str, ItemState]:
    """Tell how far everything is that can be answered, in printed order."""
    sheet, card = session.sheet, session.scorecard
    if sheet is None or card is None:
        return {}
    states: dict[str, ItemState] = {}
    if sheet.checklist.facts:
        unknown = any(key.startswith(FACTS) for key in card.missing)
        states[FACTS] = ItemState.UNANSWERED if unknown else ItemState.MET
    scores = {item.key: item for item in card.items}
    failed = {gate.key for gate in card.gates if gate.ok is False}
    known = {gate.key: gate.ok for gate in card.gates}
    waiting = session.rechecks()
    deductions = sheet.checklist.deductions
    taken = {item.key for item in deductions.group.all_items()} if deductions else set[str]()
    for entry in sheet.checklist.entries():
        if entry.key in session.unsaved:
            states[entry.key] = ItemState.UNSAVED
        elif entry.key in session.rows and session.rows[entry.key].values > 1:
            states[entry.key] = ItemState.CONFLICT
        elif entry.key in waiting:
            states[entry.key] = ItemState.RECHECK
        elif isinstance(entry, Gate):
            states[entry.key] = _gate_state(known[entry.key]) if entry.key in known else ItemState.NOT_APPLICABLE
        elif entry.key in failed:
            states[entry.key] = ItemState.FAILED
        else:
            given = entry.key in session.rows and session.rows[entry.key].answer.given
            states[entry.key] = _item_state(scores[entry.key], given=given, taken=entry.key in taken)
    return states


def _gate_state(ok: bool | None) -> ItemState:
    if ok is None:
        return ItemState.UNANSWERED
    return ItemState.MET if ok else ItemState.FAILED


def _item_state(score: ItemScore, *, given: bool, taken: bool) -> ItemState:
    if not score.applies:
        return ItemState.NOT_APPLICABLE
    if score.explanation.code == "explain.bonus_unclaimed":
        return ItemState.UNCLAIMED
    if score.explanation.code == "explain.nothing_deducted":
        return ItemState.NOT_FOUND
    if not score.answered or not score.got.settled:
        return ItemState.PARTIAL if given else ItemState.UNANSWERED
    lost = score.got.low if taken else score.full - score.got.low
    return ItemState.DEDUCTED if lost > 0 else ItemState.FULL
