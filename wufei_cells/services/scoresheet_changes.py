"""What a scoresheet that came back would change: what was written out, what it says, and what stands now, compared.

One answer is one judgement. Where the workbook changed any part of it and the register did too since it was written
out, both are shown and a person chooses one of them; they are never mixed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from wufei_cells.domain.answers import Answer, answer_in
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.register import ActRef
from wufei_cells.errors import Problem
from wufei_cells.scoring.answer_fields import FieldKind, fields_of, joined, split
from wufei_cells.scoring.notation_text import NO_WORD, YES_WORD
from wufei_cells.services import answering, assessing
from wufei_cells.services.reading import Sheet
from wufei_cells.store import ledger
from wufei_cells.store.journal import Connection
from wufei_cells.workbooks.scoresheets.cell_reading import CLEAR
from wufei_cells.workbooks.scoresheets.labels import Labels
from wufei_cells.workbooks.scoresheets.row_keys import answer_digest, canonical, fact_digest, seen

if TYPE_CHECKING:
    from wufei_cells.domain.text import Language
    from wufei_cells.scoring.answer_fields import AnswerField
    from wufei_cells.wording import Wording
    from wufei_cells.workbooks.scoresheets.reading import ReadEntry, ReadFact, ReadScoresheet


class ChangeState(StrEnum):
    """How a change stands to what is in the register."""

    CHANGED = "changed"
    """Nobody touched the answer since it was written out."""
    CONFLICT = "conflict"
    """Somebody changed it here, too, or it is not known what was written out."""
    RIVAL = "rival"
    """Another file says something else."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that would change, in words."""

    label: str
    exported: str
    """What was written out; empty where it was nothing, or is not known any more."""
    now: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Change:
    """One answer, or one fact of the site, that would change.

    Attributes:
        key: of the gate or item; of a fact ``facts.`` and its key.
        label: what it is called.
        place: where it stands in the workbook.
        fields: what would change in it.
        state: how that stands to the register.
        answer: the whole judgement that would be written; ``None`` for a fact.
        value: of a fact; ``None`` clears it.
        seen: the acts that stand now, of an answer.
        stands: what stands now, to notice when it has changed.
        author: who wrote that; empty where nobody did.
        at: when.
        disputed: whether it was changed here since it was written out, or it is not known what was.
    """

    key: str
    label: str
    place: str
    fields: tuple[FieldChange, ...]
    state: ChangeState
    answer: Answer | None = None
    value: str | None = None
    seen: tuple[ActRef, ...] = ()
    stands: Answer | str | None = None
    author: str = ""
    at: datetime | None = None
    disputed: bool = False

    @property
    def is_fact(self) -> bool:
        """Whether it is a fact of the site."""
        return self.answer is None

    @property
    def outcome(self) -> tuple[str, Answer | None, str | None]:
        """What would stand then, to compare files."""
        return self.key, self.answer, self.value


@dataclass(frozen=True, slots=True)
class Compared:
    """What one scoresheet would change, and why some of it cannot be."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    unchanged: int
    """Answers that the workbook leaves as they are."""


def compare(connection: Connection, sheet: Sheet, read: ReadScoresheet, wording: Wording) -> Compared:
    """Compare a scoresheet with what stands now."""
    return _Comparison(connection, sheet, wording).compare(read)


class _Comparison:
    def __init__(self, connection: Connection, sheet: Sheet, wording: Wording) -> None:
        self._connection = connection
        self._sheet = sheet
        self._wording = wording
        self._language: Language = "en" if wording.language == "en" else "zh"
        self._labels = Labels(sheet.checklist, sheet.on, wording)
        self._problems: list[Problem] = []
        self._history: tuple[ledger.HistoryRow, ...] | None = None

    def compare(self, read: ReadScoresheet) -> Compared:
        """Go through everything that the workbook says otherwise."""
        facts = [self._fact(key, fact) for key, fact in read.facts.items() if fact.touched]
        entries = [self._entry(key, entry) for key, entry in read.entries.items() if entry.touched]
        changes = tuple(change for change in (*facts, *entries) if change)
        unchanged = len(read.entries) - sum(1 for change in changes if not change.is_fact)
        return Compared(changes, tuple(self._problems), unchanged)

    # --- facts

    def _fact(self, key: str, read: ReadFact) -> Change | None:
        now = self._sheet.facts.get(key, "")
        wanted = "" if read.value == CLEAR else read.value or now
        if canonical(wanted) == canonical(now):
            return None
        fact = next(one for one in self._sheet.checklist.facts if one.key == key)
        if self._sheet.assessment.returned:
            self._problems.append(Problem("import.locked", read.place, {"label": self._labels.of(fact)}))
            return None
        state = ChangeState.CHANGED if read.digest == fact_digest(now) else ChangeState.CONFLICT
        words = {option.key: option.text.in_language(self._language) for option in fact.options}
        words |= {"yes": YES_WORD[self._language], "no": NO_WORD[self._language]}
        shown = FieldChange(self._wording.say("import.field_fact"), "", words.get(now, now), words.get(wanted, wanted))
        label = fact.text.in_language(self._language)
        disputed = state is ChangeState.CONFLICT
        value = wanted or None
        return Change(f"facts.{key}", label, read.place, (shown,), state, value=value, stands=now, disputed=disputed)

    # --- answers

    def _entry(self, key: str, read: ReadEntry) -> Change | None:
        entry = self._sheet.checklist.entry(key)
        assert entry is not None
        row = self._sheet.answers.get(key)
        standing = row.answer if row else Answer()
        answer = self._wanted(entry, standing, read)
        if answer is None or answer == standing:
            return None
        problems = self._unfit(entry, answer, read)
        if problems:
            self._problems += problems
            return None
        digest = answer_digest(split(entry, standing.value), standing.na or "", standing.note)
        known = read.digest == digest and (row is None or row.values <= 1)
        state = ChangeState.CHANGED if known else ChangeState.CONFLICT
        exported = standing if known else self._exported(entry, read.digest)
        found = self._fields(entry, exported, standing, answer)
        if not found:
            return None
        place, fields = read.places.get(found[0][0], read.place), tuple(one for _path, one in found)
        label = self._labels.of(entry)
        seen = row.heads if row else ()
        author, at = (row.author, row.at) if row else ("", None)
        return Change(key, label, place, fields, state, answer, None, seen, standing, author, at, disputed=not known)

    def _wanted(self, entry: Gate | Item, standing: Answer, read: ReadEntry) -> Answer | None:
        """Give the whole judgement that the workbook asks for; ``None`` where it says two things at once."""
        now = split(entry, standing.value)
        wanted = {path: text for path, text in {**now, **read.fields}.items() if text != CLEAR}
        answered = any(text != CLEAR for text in read.fields.values())
        reason = None if read.na == CLEAR else _anew(read.na, standing.na or "") or None
        changed = {path: canonical(text) for path, text in wanted.items()} != {
            path: canonical(text) for path, text in now.items()
        }
        if answered and read.na and reason is not None:
            values = {"label": self._labels.of(entry), "reason": reason[:40]}
            self._problems.append(Problem("import.both", read.places["na"], values))
            return None
        if changed and answered:
            reason = None  # whoever answers where a reason stood, and leaves it out, takes the item up again
        after = standing
        if reason is not None and reason != standing.na:
            after = answering.given_anew(self._sheet, entry.key, Answer(na=reason))
        elif changed or reason != standing.na:
            after = answering.given_anew(self._sheet, entry.key, Answer(joined(entry, wanted)))
        note = "" if read.note == CLEAR else _anew(read.note, standing.note) if read.note else after.note
        return replace(after, note=note)

    def _unfit(self, entry: Gate | Item, answer: Answer, read: ReadEntry) -> list[Problem]:
        """Say why an answer cannot be written: it is not among those to be mended, or it does not fit."""
        if not self._sheet.unlocked(entry.key):
            return [Problem("import.locked", read.place, {"label": self._labels.of(entry)})]
        found = assessing.unfit(self._sheet.checklist, entry.key, answer, self._sheet.on)
        place = self._wording.say("import.place_of", place=read.place, label=self._labels.of(entry))
        return [replace(problem, place=place) for problem in found]

    def _exported(self, entry: Gate | Item, digest: str) -> Answer | None:
        """Find the answer that was written out, by its hash."""
        if digest == answer_digest({}, "", ""):
            return Answer()
        if self._history is None:
            self._history = ledger.history(self._connection, self._sheet.assessment.id)
        for act in reversed(self._history):
            if act.cell == f"answer.{entry.key}" and isinstance(act.new, dict):
                answer = answer_in(act.new)
                if answer_digest(split(entry, answer.value), answer.na or "", answer.note) == digest:
                    return answer
        return None

    # --- in words

    def _fields(
        self, entry: Gate | Item, exported: Answer | None, standing: Answer, wanted: Answer
    ) -> list[tuple[str, FieldChange]]:
        """Give what would change, each with the path of its field."""
        said = [self._said(entry, one) for one in (exported or Answer(), standing, wanted)]
        labels = {one.path: self._label(one) for one in fields_of(entry)}
        labels |= {"na": self._wording.say("scoresheet.column.na"), "note": self._wording.say("scoresheet.column.note")}
        return [
            (path, FieldChange(label, *(one.get(path, "") for one in said)))
            for path, label in labels.items()
            if said[1].get(path, "") != said[2].get(path, "")
        ]

    def _said(self, entry: Gate | Item, answer: Answer) -> dict[str, str]:
        given = split(entry, answer.value) if answer.na is None else {}
        gate = isinstance(entry, Gate)
        said = {one.path: self._field(one, given[one.path], gate=gate) for one in fields_of(entry) if one.path in given}
        return said | {"na": answer.na or "", "note": answer.note}

    def _label(self, field: AnswerField) -> str:
        texts = " · ".join(text.in_language(self._language) for text in field.texts)
        return texts or self._wording.say("scoresheet.column.answer")

    def _field(self, field: AnswerField, text: str, *, gate: bool) -> str:
        if gate:
            return self._wording.say("scoresheet.gate.met" if text == "yes" else "scoresheet.gate.not_met")
        if field.kind in (FieldKind.YES_NO, FieldKind.TICK):
            return (YES_WORD if text == "yes" else NO_WORD)[self._language]
        for place, level in enumerate(field.levels, start=1):
            if level.key == text:
                return f"{place} {level.text.in_language(self._language)}"
        return text


def _anew(read: str, standing: str) -> str:
    """Give what a text is to be: what stands, unless the cell says something else than it was written."""
    return standing if not read or read == seen(standing) else read
