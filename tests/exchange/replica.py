"""One register of a simulated exchange: a real database, and beside it what the oracle says that it knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, select, update

from tests.exchange.cells_written import Place, rows_expected, rows_told
from tests.exchange.oracle import Cell, Fact, Name, Standing, standing
from wufei_cells.domain.register import ActRef
from wufei_cells.exchange.bundles import Seal, read_bundle, seal
from wufei_cells.store import arrivals, bundles, device_identity, ledger, tables
from wufei_cells.store.journal import Draft, Written
from wufei_cells.store.merging import UNREADABLE, merge_run
from wufei_cells.store.projection import project_cells

if TYPE_CHECKING:
    from wufei_cells.domain.answers import JsonValue
    from wufei_cells.store.database import Database

NOT_TRUSTED = "not_trusted"
_act, _device = tables.act, tables.device


class Replica:
    """A register with the people at it."""

    def __init__(self, database: Database, facts: dict[Name, Fact], author: str) -> None:
        self.database = database
        self.facts = facts  # all there are, of all replicas
        self.author = author
        self.known: set[Name] = set()
        self.distrusted: set[str] = set()
        self.forms: list[tuple[Place, tuple[ActRef, ...]]] = []
        self.came_new: dict[bytes, None] = {}  # bundles none of whose acts was here when they came

    @property
    def uuid(self) -> str:
        return self.database.device_uuid

    def expected(self) -> Standing:
        """Say by the oracle what should stand here."""
        known = [self.facts[name] for name in self.known]
        return standing(known, frozenset(f.name for f in known if not f.readable or f.author in self.distrusted))

    def copied(self, database: Database, author: str) -> Replica:
        """Give the register that lies in a copy of the database: it knows the same."""
        copy = Replica(database, self.facts, author)
        copy.known, copy.distrusted, copy.forms = set(self.known), set(self.distrusted), list(self.forms)
        copy.came_new = dict(self.came_new)
        return copy

    # --- writing and sealing

    def note_many(self, drafts: Sequence[Draft], at: datetime) -> None:
        """Tell the oracle what was written in bulk."""
        query = "SELECT seq, lamport FROM act WHERE device = ? ORDER BY seq DESC LIMIT ?"
        with self.database.reading() as connection:
            written = connection.exec_driver_sql(query, (self.database.device, len(drafts))).all()
        before = self.expected().heads
        for draft, (seq, lamport) in zip(reversed(drafts), written, strict=True):
            name, place = (self.uuid, seq), (draft.kind, draft.entity, draft.cell)
            moment, replaces = at.isoformat(timespec="seconds"), before.get(place[1:], frozenset())
            assert name not in self.facts, f"{name} was given to two acts"
            self.facts[name] = Fact(*name, *place, lamport, moment, self.author, draft.value, replaces)
            self.known.add(name)

    def note(self, drafts: Sequence[Draft], written: Sequence[Written], at: datetime) -> None:
        """Tell the oracle what was written."""
        for draft, one in zip(drafts, written, strict=True):
            if draft.seen is None:
                replaces = self.expected().heads.get((draft.entity, draft.cell), frozenset())
            else:
                replaces = frozenset((ref.device, ref.seq) for ref in draft.seen)
            place, moment = (draft.kind, draft.entity, draft.cell), at.isoformat(timespec="seconds")
            name = (one.act.device, one.act.seq)
            assert name not in self.facts, f"{name} was given to two acts"
            self.facts[name] = Fact(*name, *place, one.lamport, moment, self.author, draft.value, replaces)
            self.known.add(name)
            now = self.expected()
            assert {(ref.device, ref.seq) for ref in one.heads} == now.heads[draft.entity, draft.cell]
            assert one.values == now.distinct.get((draft.entity, draft.cell), 1)

    def seal(self, most: int) -> list[bytes]:
        """Seal what nobody has sealed, in bundles of no more than so many acts."""
        identity, made = self.database.identity, []
        by = Seal(identity.key, identity.uuid, self.author, "0.6.0")
        with self.database.writing() as connection:
            for device, span in bundles.unsealed(connection).items():
                for run in bundles.runs(connection, device, span, most):
                    bundle = seal(run, bundles.last_hash(connection, device, run.first), by)
                    bundles.keep(connection, bundle)
                    made.append(bundle.content)
                if device == identity.uuid:
                    device_identity.note_sealed(self.database.devices, identity, span[1])
        return made

    # --- taking in

    def receive(self, contents: Iterable[bytes]) -> None:
        """Take bundles in, in one transaction; those known merge once more, which must change nothing."""
        with self.database.writing() as connection:
            for content in contents:
                bundle = _read(content)
                names = {(bundle.run.device, seq) for seq in range(bundle.run.first, bundle.run.last + 1)}
                if not bundles.known(connection, [bundle.hash]):
                    bundles.keep(connection, bundle, arrival=bundle.hash)
                    if not names & self.known:
                        self.came_new[content] = None
                found = merge_run(connection, bundle.run, self._judge)
                assert set(found.new) == {seq for _device, seq in names - self.known}
                self.known |= names
                assert found.aside == sum(self._reason(self.facts[bundle.run.device, seq]) != "" for seq in found.new)

    def _judge(self, _seq: int, _kind: str, author: str, _value: JsonValue) -> str | None:
        return NOT_TRUSTED if author in self.distrusted else None

    def _reason(self, fact: Fact) -> str:
        return NOT_TRUSTED if fact.author in self.distrusted else "" if fact.readable else UNREADABLE

    # --- what later imports and trust do to acts that are here

    def judge_again(self, distrusted: set[str]) -> None:
        """Let the acts of some people count no more, and those of others again."""
        changed = [name for name in self.known if self.facts[name].author in distrusted ^ self.distrusted]
        self.distrusted = set(distrusted)
        with self.database.writing() as connection:
            for name in changed:
                fact = self.facts[name]
                place = _is(connection, name)
                connection.execute(update(_act).where(place).values(aside=self._reason(fact) or None))
            project_cells(connection, {self.facts[name].place for name in changed})

    def give_back(self, content: bytes) -> None:
        """Take back an import: its acts leave the journal, but for those that came in other ways, too."""
        bundle = _read(content)
        names = {(bundle.run.device, seq) for seq in range(bundle.run.first, bundle.run.last + 1)}
        with self.database.writing() as connection:
            others = [row for row in bundles.rows(connection) if row.hash != bundle.hash]
            count = arrivals.take_out(connection, bundle.hash, "2026-11-02T08:00:00+00:00")
            assert bundles.rows(connection) == tuple(others)
        gone = names - {(row.device, seq) for row in others for seq in range(row.first, row.last + 1)}
        assert count == len(gone)
        self.known -= gone
        del self.came_new[content]

    # --- held against the oracle

    def check(self, *, whole: bool = False) -> Standing:
        """Compare all tables of what stands with the oracle; ``whole``: and with the journal, by our own proof."""
        should = self.expected()
        with self.database.reading() as connection:
            heads = {(cell, name) for cell, names in should.heads.items() for name in names}
            assert told(connection, "head") == heads
            assert told(connection, "awaited") == should.awaited
            conflicts = connection.exec_driver_sql("SELECT entity, cell, distinct_values, kind FROM conflict")
            found = {(entity, cell): (distinct, kind) for entity, cell, distinct, kind in conflicts}
            assert found == {cell: (count, should.shown[cell].kind) for cell, count in should.distinct.items()}
            assert rows_told(connection) == rows_expected(should.shown)
            if whole:
                assert ledger.projection_differences(connection) == ()
        return should

    def held(self) -> list[bytes]:
        """Give the bundles that this register could hand on, those first that were sealed here."""
        with self.database.reading() as connection:
            return [row[0] for row in connection.exec_driver_sql("SELECT content FROM bundle ORDER BY hash")]


def told(connection: Connection, table: str) -> set[tuple[Cell, Name]]:
    """Read a table of cells and names."""
    # Said in SQL: this is asked after every step, and building the question takes longer than answering it.
    query = f"SELECT entity, cell, uuid, seq FROM {table} JOIN device ON device.id = {table}.device"
    return {((entity, cell), (uuid, seq)) for entity, cell, uuid, seq in connection.exec_driver_sql(query)}


_read = lru_cache(maxsize=4096)(read_bundle)
"""A bundle says the same to everybody."""


def _is(connection: Connection, name: Name):
    return and_(_act.c.device == _number(connection, name[0]), _act.c.seq == name[1])


def _number(connection: Connection, uuid: str) -> int:
    return int(connection.execute(select(_device.c.id).where(_device.c.uuid == uuid)).scalar_one())
