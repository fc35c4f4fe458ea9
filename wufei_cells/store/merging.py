"""Take acts of other devices into the journal: a union, whatever the order, however often, whatever is missing.

What stands in a cell are its acts that no act of the same cell replaces. An act can arrive after the one that replaces
it: then its number is *awaited*, and it is dead on arrival. Nothing here asks a clock.

One run is one step: its acts go into the journal, and the heads of their cells are read once. Where an act simply takes
the place of the one before it, its head and its row are written; elsewhere the heads are moved in memory first. Cells
where acts stand side by side are read anew from the journal (``projection.project_cells``), the one home of the rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, insert, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import ActRun
from wufei_cells.store import readable_answers, tables
from wufei_cells.store.projecting import Head, Row
from wufei_cells.store.projection import project_cells
from wufei_cells.store.readable_acts import fills_alone, readable_row
from wufei_cells.store.readable_answers import Line, answer_lines
from wufei_cells.store.row_writing import delete_rows, insert_rows, rekey_rows, upsert_lines, write_rows
from wufei_cells.store.touched_cells import Cell, Name, read_heads

Judge = Callable[[int, str, str, JsonValue], str | None]
"""Says of an act (number, kind, author, value) why it does not count; ``None``: it does."""

UNREADABLE = "unreadable"
_ACT_COLUMNS = tuple(column.name for column in tables.act.columns)
_HEAD_COLUMNS = ("entity", "cell", "device", "seq")
_FURTHER_COLUMNS = ("device", "seq", "replaced_device", "replaced_seq")
_AT_ONCE = 400


class Contradiction(Exception):
    """Somebody gave one number of a device to two different acts: a copy of its register wrote on, or a forger."""


@dataclass(slots=True)
class Merged:
    """What became of a run of acts."""

    new: list[int] = field(default_factory=list[int])
    """The numbers of those that were not here."""
    aside: int = 0
    """How many of them do not count."""


def merge_run(connection: Connection, run: ActRun, judge: Judge | None = None) -> Merged:
    """Take a run of acts into the journal and bring the readable tables up to date.

    Args:
        connection: the transaction.
        run: the acts.
        judge: says which of them do not count; without one all do that can be read.

    Raises:
        Contradiction: a number is taken by another act; nothing was written.
    """
    step = _Step(connection, run)
    step.leave_out_known()
    if step.places:
        step.judge(judge)
        step.write_acts()
        step.move_heads()
    return Merged([run.first + place for place in step.places], len(step.aside))


def number_devices(connection: Connection, uuids: Iterable[str]) -> dict[str, int]:
    """Give the numbers by which this database knows devices; those it hears of for the first time get one."""
    wanted = set(uuids)
    device = tables.device
    query = select(device.c.uuid, device.c.id)
    found = {row.uuid: row.id for row in connection.execute(query)}
    missing = sorted(wanted - found.keys())
    if missing:
        connection.execute(insert(device), [{"uuid": uuid, "name": ""} for uuid in missing])
        found = {row.uuid: row.id for row in connection.execute(query)}
    return found


class _Step:
    """One run on its way into the journal."""

    def __init__(self, connection: Connection, run: ActRun) -> None:
        self.connection = connection
        self.run = run
        named = {device for names in run.replaced for device, _seq in names}
        self.numbers = number_devices(connection, {run.device, *named})
        self.device = self.numbers[run.device]
        self.places: Sequence[int] = range(len(run))
        """Which acts of the run are new."""
        self.names: list[list[Name]] = [
            [(self.numbers[device], seq) for device, seq in names] for names in run.replaced
        ]
        """The acts that each act of the run replaces, as this database numbers devices."""
        self.lines: Mapping[int, Line] = {}
        """What answers fill, as lines of their table; all other acts fill rows."""
        self.rows: dict[int, Row] = {}
        self.aside: dict[int, str] = {}

    # --- what is here already

    def leave_out_known(self) -> None:
        act, run = tables.act, self.run
        query = select(act).where(act.c.device == self.device, act.c.seq.between(run.first, run.last))
        known = {int(row.seq): row for row in self.connection.execute(query)}
        if not known:
            return
        further = self._further_of_known()
        for seq, row in known.items():
            place = seq - run.first
            first = ((row.replaced_device, row.replaced_seq),) if row.replaced_device is not None else ()
            there = (row.kind, row.entity, row.cell, row.lamport, row.at, row.author, row.value)
            if there != self._said(place) or {*first, *further.get(seq, ())} != set(self.names[place]):
                raise Contradiction(seq)
        self.places = [place for place in range(len(run)) if run.first + place not in known]

    def _said(self, place: int) -> tuple[str | int, ...]:
        run = self.run
        words = (run.kinds[place], run.entities[place], run.cells[place])
        return (*words, run.lamports[place], run.times[place], run.authors[place], run.texts[place])

    def _further_of_known(self) -> dict[int, list[Name]]:
        further, run = tables.further_replacement, self.run
        query = select(further).where(further.c.device == self.device, further.c.seq.between(run.first, run.last))
        found: dict[int, list[Name]] = {}
        for row in self.connection.execute(query):
            found.setdefault(row.seq, []).append((row.replaced_device, row.replaced_seq))
        return found

    # --- what counts

    def judge(self, judge: Judge | None) -> None:
        run, kinds = self.run, self.run.kinds
        self.lines = answer_lines(run, [place for place in self.places if kinds[place] == readable_answers.KIND])
        for place in self.places if judge or len(self.lines) < len(self.places) else ():
            reason = judge(run.first + place, kinds[place], run.authors[place], run.values[place]) if judge else None
            if reason is None and place not in self.lines:
                reason = self._read(place)
            if reason is not None:
                self.aside[place] = reason

    def _read(self, place: int) -> str | None:
        row, readable = readable_row(self.run.entities[place], self.run.cells[place], self._head(place))
        if readable and row:
            self.rows[place] = row
        return None if readable else UNREADABLE

    def _head(self, place: int) -> Head:
        run = self.run
        return Head(
            self.device,
            run.first + place,
            run.device,
            run.kinds[place],
            run.lamports[place],
            run.times[place],
            run.authors[place],
            run.values[place],
        )

    # --- into the journal

    def write_acts(self) -> None:
        run, device, places = self.run, self.device, self.places
        firsts = [names[0] if names else (None, None) for names in self.names]
        columns: list[Sequence[JsonValue]] = [
            [device] * len(run),
            range(run.first, run.last + 1),
            *(run.kinds, run.entities, run.cells, run.lamports, run.times, run.authors, run.texts),
            [name[0] for name in firsts],
            [name[1] for name in firsts],
            [self.aside.get(place) for place in range(len(run))],
        ]
        lines = list(zip(*columns, strict=True))
        insert_rows(self.connection, tables.act, _ACT_COLUMNS, [lines[place] for place in places])
        further = [
            (device, run.first + place, other, number) for place in places for other, number in self.names[place][1:]
        ]
        insert_rows(self.connection, tables.further_replacement, _FURTHER_COLUMNS, further)

    # --- heads

    def move_heads(self) -> None:
        # In the order of cells: neighbours lie on one page, which halves the time of large imports.
        cells = list(zip(self.run.entities, self.run.cells, strict=True))
        counting = sorted((place for place in self.places if place not in self.aside), key=cells.__getitem__)
        times = Counter(cells[place] for place in counting)
        before = read_heads(self.connection, times)
        dead = self._awaited_here()
        doubtful = {cell for cell, _seq in dead}
        if len(times) < len(counting):
            doubtful |= {cell for cell, often in times.items() if often > 1}
        plain: list[int] = []
        others: list[int] = []
        for place in counting:
            cell = cells[place]
            follows = cell not in doubtful and self._follows(place, before.get(cell, []))
            (plain if follows else others).append(place)
        self._follow(plain, before)
        self._follow(self._move(others, before, dead), before)

    def _follows(self, place: int, stood: list[Name]) -> bool:
        """Tell whether an act simply takes the place of the one that stood in its cell, or is the first there."""
        names = self.names[place]
        return stood == names and (not names or (len(names) == 1 and self._fills_alone(place)))

    def _fills_alone(self, place: int) -> bool:
        """Tell whether an act fills the row that the one before it filled, whatever that one was."""
        return place in self.lines or (place in self.rows and fills_alone(self.run.kinds[place]))

    def _follow(self, places: Sequence[int], before: Mapping[Cell, Sequence[Name]]) -> None:
        run, device = self.run, self.device
        moved: list[tuple[JsonValue, ...]] = []
        new: list[tuple[JsonValue, ...]] = []
        for place in places:
            entity, cell, seq = run.entities[place], run.cells[place], run.first + place
            if stood := before.get((entity, cell)):
                moved.append((entity, cell, device, seq, entity, cell, *stood[0]))
            else:
                new.append((entity, cell, device, seq))
        rekey_rows(self.connection, tables.head, moved)
        insert_rows(self.connection, tables.head, _HEAD_COLUMNS, new)
        lines = [self.lines[place] for place in places if place in self.lines]
        upsert_lines(self.connection, tables.answer, readable_answers.COLUMNS, lines)
        write_rows(self.connection, (self.rows[place] for place in places if place in self.rows))

    def _move(
        self, others: Sequence[int], before: Mapping[Cell, Sequence[Name]], dead: Collection[tuple[Cell, int]]
    ) -> list[int]:
        """Move heads where there is more to it; give the acts that take the place of what stood there after all."""
        run, device = self.run, self.device
        heads = {cell: set(before.get(cell, ())) for cell in {(run.entities[one], run.cells[one]) for one in others}}
        unknown: list[tuple[Cell, Name]] = []
        for place in others:
            cell, seq = (run.entities[place], run.cells[place]), run.first + place
            standing = heads[cell]
            for name in self.names[place]:
                if name in standing:
                    standing.remove(name)
                else:
                    unknown.append((cell, name))
            if (cell, seq) not in dead:
                standing.add((device, seq))
        self._await(unknown)
        alone = {cell: place for place in others if (cell := self._stands_alone(place, heads, before))}
        # What stands side by side is read anew from the journal. Where acts name each other in a circle, one more that
        # is dead on arrival changes what stands, too.
        stood = ((cell, before.get(cell, ())) for cell in heads if cell not in alone)
        project_cells(self.connection, (cell for cell, names in stood if heads[cell] != set(names) or len(names) > 1))
        return list(alone.values())

    def _stands_alone(
        self, place: int, heads: Mapping[Cell, set[Name]], before: Mapping[Cell, Sequence[Name]]
    ) -> Cell | None:
        """Give the cell of an act if it is all that stands there, and fills the row that the one before it filled."""
        cell = (self.run.entities[place], self.run.cells[place])
        stood = before.get(cell, ())
        if heads[cell] != {(self.device, self.run.first + place)} or len(stood) > 1:
            return None
        return cell if not stood or self._fills_alone(place) else None

    def _awaited_here(self) -> set[tuple[Cell, int]]:
        """Give the acts of this run that others replace already, by cell; from now on they are here."""
        awaited, new = tables.awaited, {self.run.first + place for place in self.places}
        query = select(awaited).where(
            awaited.c.device == self.device, awaited.c.seq.between(self.run.first, self.run.last)
        )
        found = [row for row in self.connection.execute(query) if row.seq in new]
        delete_rows(self.connection, awaited, [tuple(row) for row in found])
        return {((row.entity, row.cell), row.seq) for row in found}

    def _await(self, unknown: Sequence[tuple[Cell, Name]]) -> None:
        """Note what is replaced and not here."""
        here = set(_known_names(self.connection, {name for _cell, name in unknown}))
        missing = [(cell, name) for cell, name in unknown if name not in here]
        keys: list[dict[str, JsonValue]] = [
            {"entity": cell[0], "cell": cell[1], "device": name[0], "seq": name[1]} for cell, name in missing
        ]
        write_rows(self.connection, (Row(tables.awaited, key, {}) for key in keys))


def _known_names(connection: Connection, names: set[Name]) -> Iterator[Name]:
    """Give those acts that are in the journal."""
    act = tables.act
    by_device: dict[int, list[int]] = {}
    for device, seq in names:
        by_device.setdefault(device, []).append(seq)
    for device, numbers in by_device.items():
        numbers.sort()
        for start in range(0, len(numbers), _AT_ONCE):
            part = numbers[start : start + _AT_ONCE]
            for seq in connection.execute(
                select(act.c.seq).where(and_(act.c.device == device, act.c.seq.in_(part)))
            ).scalars():
                yield device, seq
