"""Registers with half a million answers, and changes to them by other devices, as packages and as plain tables."""

from __future__ import annotations

import hashlib
import io
import random
import sqlite3
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from wufei_cells import shipped
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import ActRun, Bundle
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.exchange.bundles import MOST_ACTS, Seal, seal
from wufei_cells.exchange.manifest import BundleEntry, FileEntry, Manifest, Sender
from wufei_cells.exchange.packages import write_package
from wufei_cells.services.bundling import seal_pending
from wufei_cells.services.enrolling import accept_unknown
from wufei_cells.services.workspace import Workspace, open_workspace
from wufei_cells.signing.signing_key import SigningKey, device_id, generate, genuine
from wufei_cells.store.database import FILE_NAME
from wufei_cells.store.migrations import copy_database

ASSESSMENTS, ITEMS = 10_000, 50
ANSWERS = ASSESSMENTS * ITEMS
START = datetime(2026, 11, 2, tzinfo=UTC)
UPDATE = (
    "UPDATE answer SET value=?, na=?, note=?, more=?, entry_hash=?, author=?, at=?, lamport=? "
    "WHERE assessment=? AND item=?"
)
ANSWER_COLUMNS = "assessment, item, value, na, note, more, entry_hash, author, at, lamport"


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer that a device changes."""

    number: int
    choice: str
    note: str

    @property
    def place(self) -> tuple[str, str]:
        """Assessment and item."""
        return _assessment(self.number // ITEMS), f"item{self.number % ITEMS}"


@dataclass(frozen=True, slots=True)
class Laptop:
    """A device that changes answers."""

    key: SigningKey
    changes: tuple[Changed, ...]
    base: str
    """The device whose acts it replaces."""
    before: int
    """How many acts of that device come before the first answer."""

    @property
    def device(self) -> str:
        """Its id."""
        return device_id(self.key.public)

    def runs(self) -> list[ActRun]:
        """Give its acts."""
        return [
            self._run(start, self.changes[start : start + MOST_ACTS])
            for start in range(0, len(self.changes), MOST_ACTS)
        ]

    def _run(self, start: int, changes: Sequence[Changed]) -> ActRun:
        values: list[JsonValue] = [_value(one.number, one.choice, one.note) for one in changes]
        return ActRun(
            device=self.device,
            first=start + 1,
            kinds=["answer"] * len(changes),
            entities=[one.place[0] for one in changes],
            cells=[f"answer.{one.place[1]}" for one in changes],
            lamports=[ANSWERS + 1000 + start + place for place in range(len(changes))],
            times=[(START + timedelta(seconds=7 * (start + place))).isoformat() for place in range(len(changes))],
            authors=[self.device] * len(changes),
            values=values,
            texts=[canonical_json(value) for value in values],
            replaced=[((self.base, self.before + one.number + 1),) for one in changes],
        )

    def package(self, target: Path, city: str) -> Path:
        """Write a package with all of its acts."""
        bundles: list[Bundle] = []
        for run in self.runs():
            previous = bundles[-1].hash if bundles else ""
            bundles.append(seal(run, previous, Seal(self.key, self.device, "laptop", "bench")))
        contents = {bundle.hash: bundle.content for bundle in bundles}
        entries = tuple(
            BundleEntry(one.hash, len(one.content), self.device, one.run.first, one.run.last) for one in bundles
        )
        sender = Sender(self.device, "laptop", "bench")
        manifest = Manifest("bench", "changes", city, sender, START, uuid.uuid4().hex, bundles=entries)

        def give(entry: BundleEntry | FileEntry) -> BinaryIO:
            return io.BytesIO(contents[entry.sha256])

        return write_package(target, manifest, give, self.key, genuine).path


def base_register(folder: Path) -> Workspace:
    """Make a register with half a million answers, all of its own device, and sealed."""
    workspace = open_workspace(folder, shipped.shipped_criteria(), person="bench", devices=folder / "devices")
    with sqlite3.connect(workspace.database.path) as connection:
        (before,) = connection.execute("SELECT max(seq) FROM act").fetchone()
        rows = [_line(workspace.database.device, before + 1 + number, number) for number in range(ANSWERS)]
        act = ",".join("?" * 12)
        connection.executemany(f"INSERT INTO act VALUES ({act})", (one[0] for one in rows))
        connection.executemany("INSERT INTO head VALUES (?,?,?,?)", sorted(one[1] for one in rows))
        marks = ",".join("?" * 10)
        connection.executemany(
            f"INSERT INTO answer ({ANSWER_COLUMNS}) VALUES ({marks})", sorted(one[2] for one in rows)
        )
    connection.close()
    seal_pending(workspace)
    return workspace


def copied(base: Workspace, folder: Path) -> Workspace:
    """Open a copy of a register, as a device of its own."""
    folder.mkdir()
    copy_database(base.database.path, folder / FILE_NAME)
    devices = folder / "devices"
    opened = open_workspace(folder, shipped.shipped_criteria(), person="bench", devices=devices)
    if opened.database.device_uuid == base.database.device_uuid:
        raise AssertionError("a copy must be a device of its own")
    return opened


def laptop(base: Workspace, numbers: Sequence[int], seed: int) -> Laptop:
    """Give a device that changes these answers, every second one with a new note."""
    chance = random.Random(seed)
    with base.database.reading() as connection:
        before = connection.exec_driver_sql("SELECT max(seq) FROM act WHERE device = 1").scalar()
    changes = tuple(
        Changed(number, str(chance.randrange(4)), _note(chance) if place % 2 else "")
        for place, number in enumerate(numbers)
    )
    return Laptop(generate(), changes, base.database.device_uuid, int(str(before)) - ANSWERS)


def admit(office: Workspace, *laptops: Laptop) -> None:
    """Let the acts of devices count."""
    for one in laptops:
        accept_unknown(office, one.device)


def answers_only(target: Path, changed: Sequence[Changed], at: str = "base") -> Path:
    """Make a database with nothing but the answers, as plain tables are merged by others."""
    connection = sqlite3.connect(target)
    connection.execute(
        "CREATE TABLE answer (id INTEGER PRIMARY KEY, assessment TEXT, item TEXT, value TEXT, na TEXT, note TEXT, "
        "more TEXT, entry_hash TEXT, author TEXT, at TEXT, lamport INTEGER)"
    )
    rows = ((number + 1, *_line(1, number + 1, number)[2]) for number in range(ANSWERS))
    connection.executemany(f"INSERT INTO answer VALUES ({','.join('?' * 11)})", rows)
    edits = [
        (canonical_json({"choice": one.choice}), one.note, at, ANSWERS + place, one.number + 1)
        for place, one in enumerate(changed)
    ]
    connection.executemany("UPDATE answer SET value=?, note=?, author=?, lamport=? WHERE id=?", edits)
    connection.commit()
    connection.close()
    return target


def floor_rows(laptop_: Laptop, device: int) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Give the same acts as rows for the journal, and the same answers as rows to be changed."""
    acts: list[tuple[object, ...]] = []
    answers: list[tuple[object, ...]] = []
    for run in laptop_.runs():
        for place, change in enumerate(laptop_.changes[run.first - 1 : run.last]):
            head = (run.entities[place], run.cells[place], run.lamports[place], run.times[place], run.authors[place])
            replaced = run.replaced[place][0][1]
            acts.append((device, run.first + place, "answer", *head, run.texts[place], 1, replaced, None))
            said = (canonical_json({"choice": change.choice}), None, change.note, None, _entry(change.number))
            answers.append((*said, head[4], head[3], head[2], *change.place))
    return acts, answers


# --- what stands in them


def _line(device: int, seq: int, number: int) -> tuple[tuple[object, ...], tuple[object, ...], tuple[object, ...]]:
    """Give the rows of an act, of its head, and of the answer: another choice each, every fifth with a note."""
    assessment, item = _assessment(number // ITEMS), f"item{number % ITEMS}"
    chance = random.Random(number)
    value = _value(number, str(chance.randrange(4)), _note(chance) if not number % 5 else "")
    moment = (START + timedelta(seconds=11 * number)).isoformat()
    said = (canonical_json(value["value"]), None, value["note"], None, value["entry"], "p1", moment, seq)
    act = (device, seq, "answer", assessment, f"answer.{item}", seq, moment, "p1", canonical_json(value))
    return (*act, None, None, None), (assessment, f"answer.{item}", device, seq), (assessment, item, *said)


def _value(number: int, choice: str, note: str) -> dict[str, JsonValue]:
    return {"entry": _entry(number), "na": None, "note": note, "value": {"choice": choice}}


def _entry(number: int) -> str:
    return hashlib.sha256(str(number % ITEMS).encode()).hexdigest()


def _assessment(number: int) -> str:
    return hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest()


def _note(chance: random.Random) -> str:
    """Write a note of fourteen words of two characters, out of a thousand that an assessor uses."""
    return "".join(chance.choices(_WORDS, k=14))


_CHARACTERS = [chr(code) for code in range(0x4E00, 0x5200)]
_WORDS = ["".join(random.Random(place).choices(_CHARACTERS, k=2)) for place in range(1000)]
