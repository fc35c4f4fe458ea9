"""What became of the items that an assessment was sent back for: as they stood then, and as they stand now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer, JsonValue, answer_in
from wufei_cells.domain.checklists import Item
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.circumstances import Circumstances
from wufei_cells.services import reading
from wufei_cells.services.answer_wording import answer_in_words
from wufei_cells.services.reading import Sheet
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, return_queries
from wufei_cells.store.journal import Connection
from wufei_cells.store.return_queries import Said
from wufei_cells.wording import Wording


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of one item that was sent back."""

    item: str
    number: str
    """As it is printed; the key where it has none."""
    remark: str
    """What was to be mended."""
    before: Answer
    """As it stood when it was sent back."""
    after: Answer
    added: int = 0
    """Pieces of evidence that stand under it now and did not then."""
    removed: int = 0
    elsewhere: bool = False
    """Whether it was changed on a sheet of the team."""

    @property
    def rescored(self) -> bool:
        """Whether what was judged is another one now."""
        return (self.before.value, self.before.na) != (self.after.value, self.after.na)

    @property
    def reworded(self) -> bool:
        """Whether the note is another one now."""
        return self.before.note != self.after.note

    @property
    def touched(self) -> bool:
        """Whether anything about it changed since."""
        return self.before != self.after or bool(self.added or self.removed) or self.elsewhere


@dataclass(frozen=True, slots=True)
class MendedTold:
    """The same in words."""

    item: str
    number: str
    remark: str
    before: str
    after: str
    changes: tuple[str, ...]
    """What changed, each in a few words; that nothing did where nothing did."""
    touched: bool


def mended_of(workspace: Workspace, connection: Connection, row: AssessmentRow) -> tuple[Mended, ...]:
    """List what became of the items that the standing revision of an assessment was sent back for, in printed order.

    Nothing where this revision came about in another way.
    """
    if row.part_of is not None or row.revision < _FIRST_MENDED:
        return ()
    parts = [part.id for part in assessment_queries.parts(connection, row.id)]
    acts = return_queries.said_on(connection, [row.id, *parts])
    remarks: dict[str, str] = {}
    since: dict[str, int] = {}
    for place, act in enumerate(acts):
        for item, remark in _sent_back(act, row).items():
            remarks[item] = remark
            since.setdefault(item, place)
    checklist = reading.checklist(workspace, connection, row.edition)
    numbers = {entry.key: entry.number or entry.key for entry in checklist.entries()}
    return tuple(
        _mended(row.id, item, numbers[item], remarks[item], acts[: since[item]], acts[since[item] :])
        for item in numbers
        if item in remarks
    )


_FIRST_MENDED = 2


def _sent_back(act: Said, row: AssessmentRow) -> dict[str, str]:
    """Give the remarks of an act that sent this revision back; nothing of any other act."""
    value = act.value
    if act.sheet != row.id or act.cell != "state" or not isinstance(value, dict):
        return {}
    returned = value.get("returned")
    if value.get("revision") != row.revision or not isinstance(returned, dict):
        return {}
    return {item: str(remark) for item, remark in returned.items()}


def _mended(
    assessment: str, item: str, number: str, remark: str, earlier: Sequence[Said], later: Sequence[Said]
) -> Mended:
    own_earlier = [act for act in earlier if act.sheet == assessment]
    own = [*own_earlier, *(act for act in later if act.sheet == assessment)]
    stood, stands = _pieces(own_earlier, item), _pieces(own, item)
    others = [act for act in later if act.sheet != assessment]
    elsewhere = any(act.cell == f"answer.{item}" or _is_under(act.cell, item) for act in others)
    before, after = _answer(own_earlier, item), _answer(own, item)
    return Mended(item, number, remark, before, after, len(stands - stood), len(stood - stands), elsewhere)


def _answer(acts: Iterable[Said], item: str) -> Answer:
    value: JsonValue = None
    for act in acts:
        if act.cell == f"answer.{item}":
            value = act.value
    return answer_in(value) if isinstance(value, dict) else Answer()


def _pieces(acts: Iterable[Said], item: str) -> frozenset[str]:
    standing: dict[str, bool] = {}
    for act in acts:
        if _is_under(act.cell, item):
            standing[act.cell] = act.value is not None
    return frozenset(cell for cell, stands in standing.items() if stands)


def _is_under(cell: str, item: str) -> bool:
    """Tell whether a cell is a piece of evidence under an item: ``evidence.<file>.<item>``."""
    kind, _, rest = cell.partition(".")
    return kind == "evidence" and rest.partition(".")[2] == item


# --- in words


def tell_mended(sheet: Sheet, found: Iterable[Mended], wording: Wording) -> tuple[MendedTold, ...]:
    """Tell what became of items that were sent back."""
    return tuple(
        MendedTold(
            item=one.item,
            number=one.number,
            remark=one.remark,
            before=_told(sheet, one.item, one.before, wording),
            after=_told(sheet, one.item, one.after, wording),
            changes=tuple(_changes(one, wording)),
            touched=one.touched,
        )
        for one in found
    )


def _changes(one: Mended, wording: Wording) -> Iterable[str]:
    if not one.touched:
        yield wording.say("mending.untouched")
        return
    if one.rescored:
        yield wording.say("mending.rescored")
    if one.reworded:
        yield wording.say("mending.reworded")
    if one.added:
        yield wording.say("mending.added", count=one.added)
    if one.removed:
        yield wording.say("mending.removed", count=one.removed)
    if one.elsewhere:
        yield wording.say("mending.elsewhere")
    if not (one.rescored or one.reworded or one.added or one.removed or one.elsewhere):
        yield wording.say("mending.basis")


def _told(sheet: Sheet, key: str, answer: Answer, wording: Wording) -> str:
    """Say an answer, with the points it gives."""
    entry = sheet.checklist.entry(key)
    said = answer_in_words(entry, answer, sheet.checklist, sheet.facts, wording, on=sheet.on, brief=True)
    if not isinstance(entry, Item) or answer.value is None:
        return said
    try:
        rules = Circumstances(sheet.checklist, sheet.facts, sheet.on).rules
        mark = rules.mark(entry.rule, answer.value, Fraction(entry.full))
    except BadAnswer:
        return said
    if not mark.span.settled or mark.missing:
        return said
    return wording.say("mending.points", answer=said, points=printed(mark.span.low))
