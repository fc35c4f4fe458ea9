"""Tell a conflict: every value in words with who says it, how it came about, and what it could become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from wufei_cells.domain.answers import Answer, JsonValue, answer_in
from wufei_cells.domain.conflicts import ConflictRow, ConflictTold, HistoryLine, Holder, Line, ValueTold
from wufei_cells.domain.register import ActRef
from wufei_cells.errors import UserError, WufeiError
from wufei_cells.scoring.evaluate import answer_problems
from wufei_cells.services import device_naming, reading
from wufei_cells.services.answer_wording import answer_in_words
from wufei_cells.services.conflict_merging import merge, predecessor
from wufei_cells.services.conflict_places import Places, shown_first
from wufei_cells.services.conflict_words import ValueWords
from wufei_cells.services.reading import Sheet
from wufei_cells.services.standing_answers import points_of
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import conflict_queries, evidence_queries, resolution_queries, withdrawal_queries
from wufei_cells.store.conflict_queries import CellAct
from wufei_cells.store.journal import Connection
from wufei_cells.store.withdrawal_queries import KIND, Against
from wufei_cells.wording import Wording

WITHDRAW, KEEP = 0, 1
"""The two ways to settle an edit against a withdrawal, as the places of its values."""


class Teller:
    """Tells conflicts in one language, within a transaction; sheets that were read once are kept."""

    def __init__(self, workspace: Workspace, connection: Connection, wording: Wording) -> None:
        self._workspace, self._connection, self._wording = workspace, connection, wording
        self.places = Places(workspace, connection)
        self._words = ValueWords(workspace, connection, wording)
        self._sheets: dict[str, Sheet | None] = {}

    def tell(self, row: ConflictRow) -> ConflictTold:
        """Tell one conflict.

        Raises:
            UserError: it is settled already.
        """
        return self._tell_withdrawn(row) if row.cell == KIND else self._tell_cell(row)

    def title(self, row: ConflictRow) -> str:
        """Name a conflict in one line."""
        return title(row, self._wording)

    def in_words(self, row: ConflictRow, value: JsonValue) -> str:
        """Say in a line what a cell says, with its note."""
        said = self._value(row, value)
        return " · ".join(filter(None, (said.headline, said.note)))

    # --- cells

    def _tell_cell(self, row: ConflictRow) -> ConflictTold:
        acts = self._acts(row.entity, row.cell)
        groups = _by_value(shown_first(acts))
        if len(groups) < 2:  # one value is no conflict
            raise UserError("conflict.settled", what=self.title(row))
        start = predecessor(acts, [act.ref for group in groups for act in group])
        merged = merge(row.kind, start.value, [group[0].value for group in groups]) if start else None
        values = [group[0].value for group in groups]
        extra = [start.value] if start else []
        told = [self._value(row, value) for value in values]
        marked = self._with_lines(row, told, [*values, *extra, *([merged] if merged is not None else [])])
        with_holders = tuple(
            self._held(row, one, group, acts) for one, group in zip(marked[: len(groups)], groups, strict=True)
        )
        rest = marked[len(groups) :]
        merged_told = rest[-1] if merged is not None else None
        return ConflictTold(
            row=row,
            title=self.title(row),
            values=with_holders,
            history=self._history(row, acts),
            before=replace(rest[0], holders=(_holder(start),), kind=start.kind) if start else None,
            merged=merged_told if merged_told is not None and merged_told.problem is None else None,
            assessors=self._assessors(row),
        )

    def _with_lines(
        self, row: ConflictRow, told: Sequence[ValueTold], values: Sequence[JsonValue]
    ) -> tuple[ValueTold, ...]:
        """Put the fields beside each other; what differs is marked by the standing values alone."""
        lines = self._words.lines(row.kind, values[: len(told)], values[len(told)] if len(values) > len(told) else None)
        others = [self._value(row, value) for value in values[len(told) :]]
        shown = {line.field: line.differs for one in lines for line in one}
        found: list[ValueTold] = [
            replace(one, lines=tuple(_answer_said(one, line) for line in of))
            for one, of in zip(told, lines, strict=True)
        ]
        for one, value in zip(others, values[len(told) :], strict=True):
            said = {line.field: line for line in self._words.lines(row.kind, [value, *values[: len(told)]])[0]}
            marked = (replace(said[name], differs=differs) for name, differs in shown.items() if name in said)
            found.append(replace(one, lines=tuple(_answer_said(one, line) for line in marked)))
        return tuple(found)

    def _value(self, row: ConflictRow, value: JsonValue) -> ValueTold:
        told = ValueTold(self._words.headline(row.kind, row.cell, value), (), value, kind=row.kind)
        if row.kind != "answer" or not isinstance(value, dict):
            return told
        answer, sheet = answer_in(value), self._sheet(row.assessment)
        if sheet is None:
            return replace(told, note=answer.note)
        return self._answer(row, sheet, answer, told)

    def _answer(self, row: ConflictRow, sheet: Sheet, answer: Answer, told: ValueTold) -> ValueTold:
        entry = sheet.checklist.entry(row.item)
        said = answer_in_words(entry, answer, sheet.checklist, sheet.facts, self._wording, on=sheet.on, brief=True)
        problems = answer_problems(sheet.checklist, row.item, answer, on=sheet.on) if entry else ()
        points = points_of(sheet, row.item, answer)
        return replace(told, headline=said, points=points, note=answer.note, problem=next(iter(problems), None))

    def _held(self, row: ConflictRow, told: ValueTold, group: Sequence[CellAct], acts: Sequence[CellAct]) -> ValueTold:
        holders = tuple(_holder_of(act, acts) for act in group)
        heads = tuple(act.ref for act in group)
        return replace(told, holders=holders, heads=heads, evidence=self._pictures(row, holders), kind=group[0].kind)

    def _pictures(self, row: ConflictRow, holders: Sequence[Holder]) -> tuple[str, ...]:
        """Name the pictures that who says a value put beside the item; of evidence in conflict, the piece itself."""
        if row.kind == "evidence":
            return (row.cell.split(".", 2)[1],)
        if row.kind != "answer":
            return ()
        names = {holder.author for holder in holders}
        found = evidence_queries.evidence(self._connection, [row.assessment])
        pictures = (one for one in found if one.item == row.item and one.file.media_type.startswith("image/"))
        return tuple(str(one.file.id) for one in pictures if one.author in names)

    # --- something taken out here and worked on there

    def _tell_withdrawn(self, row: ConflictRow) -> ConflictTold:
        found = next(iter(withdrawal_queries.against(self._connection, [row.entity])), None)
        if found is None:
            raise UserError("conflict.settled", what=self.title(row))
        acts = {act.ref: act for act in self._acts_around(found)}
        say, kind = self._wording.say, row.kind
        kept = self.places.said_last(row.entity, found.cell)
        edits = [acts[one.act] for one in found.edits]
        lines = tuple(self._edit_line(row, one.entity, one.cell, acts[one.act]) for one in found.edits)
        out = ValueTold(
            headline=say(f"conflict.gone.{kind}"),
            lines=(),
            value=None if kind == "finding" else "",
            holders=tuple(_holder(acts[ref]) for ref in found.withdrawn),
            heads=found.withdrawn,
            kind=kind,
        )
        keep = ValueTold(
            headline=say("conflict.keep", name=self._words.headline(kind, found.cell, kept)),
            lines=lines,
            value=kept,
            holders=tuple(_distinct(_holder(act) for act in edits)),
            heads=tuple(one.act for one in found.edits),
            kind=kind,
        )
        history = self._history(row, sorted(acts.values(), key=_written))
        return ConflictTold(row, self.title(row), (out, keep), history, assessors=self._assessors(row))

    def _acts_around(self, found: Against) -> Iterable[CellAct]:
        cells = dict.fromkeys([(found.entity, found.cell), *((one.entity, one.cell) for one in found.edits)])
        for entity, cell in cells:
            yield from self._acts(entity, cell)

    def _edit_line(self, row: ConflictRow, entity: str, cell: str, act: CellAct) -> Line:
        of = self.places.row(conflict_queries.OpenCell(entity, cell, act.kind, 1))
        label = what_in_words(of, self._wording)
        said = self._value(of, act.value).headline
        return Line(f"{entity}.{cell}" if entity != row.entity else cell, label, said, differs=True)

    # --- parts

    def _acts(self, entity: str, cell: str) -> tuple[CellAct, ...]:
        """Give the acts of a cell, with what their devices are called here: no two look alike."""
        found = conflict_queries.acts_of(self._connection, entity, cell)
        return tuple(replace(act, device=self._devices.get(act.ref.device) or act.ref.device[:8]) for act in found)

    @cached_property
    def _devices(self) -> Mapping[str, str]:
        return device_naming.names(self._connection)

    def _history(self, row: ConflictRow, acts: Sequence[CellAct]) -> tuple[HistoryLine, ...]:
        notes = resolution_queries.notes(self._connection, row.id)
        return tuple(
            HistoryLine(act.at, act.author, act.device, self._said(row, act), act.standing, notes.get(act.ref, ""))
            for act in acts
        )

    def _said(self, row: ConflictRow, act: CellAct) -> str:
        said = self._value(replace(row, kind=act.kind), act.value)
        points = self._wording.say("conflict.points", points=said.points) if said.points else ""
        return " · ".join(filter(None, (said.headline, points, said.note)))

    def _assessors(self, row: ConflictRow) -> tuple[str, ...]:
        file = self.places.file(row.assessment) if row.assessment else None
        return file.assessors if file else ()

    def _sheet(self, assessment: str) -> Sheet | None:
        if assessment not in self._sheets:
            try:
                self._sheets[assessment] = reading.sheet(self._workspace, self._connection, assessment)
            except WufeiError:  # its site has left the register, or its header is still to come
                self._sheets[assessment] = None
        return self._sheets[assessment]


def title(row: ConflictRow, wording: Wording) -> str:
    """Name a conflict in one line: whose, and what."""
    return " · ".join(filter(None, (row.site_name, what_in_words(row, wording))))


def what_in_words(row: ConflictRow, wording: Wording) -> str:
    """Name what is in conflict, without the site."""
    kind = wording.say("conflict.listed", items=(row.what,))
    about = wording.say("conflict.listed", items=(row.about,)) if row.about else ""
    return " ".join(filter(None, (kind, about)))


def _answer_said(told: ValueTold, line: Line) -> Line:
    """Say the answer in a line as the headline says it; as it is stored, only programs read it."""
    return replace(line, text=told.headline) if (told.kind, line.field) == ("answer", "value") else line


def _by_value(standing: Sequence[CellAct]) -> list[list[CellAct]]:
    groups: dict[str, list[CellAct]] = {}
    for act in standing:
        groups.setdefault(act.said, []).append(act)
    return list(groups.values())


def _written(act: CellAct) -> tuple[int, str, int]:
    return act.lamport, act.ref.device, act.ref.seq


def _holder(act: CellAct) -> Holder:
    return Holder(act.author, act.at, act.device)


def _holder_of(act: CellAct, acts: Sequence[CellAct]) -> Holder:
    """Name who said it: of a value that was put back, who said it first and who put it back."""
    by_ref: Mapping[ActRef, CellAct] = {one.ref: one for one in acts}
    over = [by_ref[ref] for ref in act.replaces if ref in by_ref]
    settled = [one for one in over if len(one.replaces) > 1 and one.ref.device == act.ref.device]
    origins = [by_ref[ref] for one in settled for ref in one.replaces if ref in by_ref and by_ref[ref].said == act.said]
    if not origins:
        return _holder(act)
    first = _holder_of(min(origins, key=_written), acts)
    return replace(first, restored_by=act.author)


def _distinct(holders: Iterable[Holder]) -> dict[Holder, None]:
    return dict.fromkeys(holders)
