"""One answer: from the call that a choice makes until the new total is there and the change is on disk.

Against a bare ``sqlite3`` transaction in the same mode (WAL, FULL) that writes the same rows, at 10 and at 10,000
assessments in the register.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.register import filled_workspace
from benchmarks.result import Result
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.register import AssessmentId
from wufei_cells.services import assessing, browsing
from wufei_cells.services.workspace import Workspace

ROUNDS = 200
SIZES = (10, 10_000)


def run() -> list[Result]:
    """Measure at both sizes."""
    results: list[Result] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            workspace, assessment = filled_workspace(Path(folder), assessments=size)
            bare = _BareCommit(Path(folder) / "wufei.db")
            ours: list[float] = []
            least: list[float] = []
            for number in range(ROUNDS):
                ours.append(_our_answer(workspace, assessment, number))
                least.append(bare.commit(number))
            bare.close()
            workspace.close()
        name = f"one answer to durable and rescored, {size:,} assessments"
        results.append(Result(name, statistics.median(ours), statistics.median(least)))
    return results


def _our_answer(workspace: Workspace, assessment: AssessmentId, number: int) -> float:
    value = ("yes", "no")[number % 2]
    sheet = browsing.sheet(workspace, assessment) if number == 0 else None
    assert sheet is None or sheet.editable
    begun = time.perf_counter()
    change = assessing.record_answer(workspace, assessment, "G1", Answer(value, note=str(number)))
    taken = time.perf_counter() - begun
    assert change.scorecard.gates[0].ok is (value == "yes")
    return taken * 1000


class _BareCommit:
    """Writes rows of the same shape as one answer does, into tables of their own in the same file."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute(
            "CREATE TABLE bare_act (device INT, seq INT, entity TEXT, cell TEXT, value TEXT, at TEXT, author TEXT,"
            " PRIMARY KEY (device, seq)) WITHOUT ROWID"
        )
        self._connection.execute("CREATE INDEX bare_cell ON bare_act (entity, cell)")
        self._connection.execute(
            "CREATE TABLE bare_head (entity TEXT, cell TEXT, seq INT, PRIMARY KEY (entity, cell, seq)) WITHOUT ROWID"
        )
        self._connection.execute(
            "CREATE TABLE bare_answer (assessment TEXT, item TEXT, value TEXT, note TEXT, at TEXT,"
            " PRIMARY KEY (assessment, item)) WITHOUT ROWID"
        )
        self._connection.execute("INSERT INTO bare_answer VALUES ('a', 'G1', '', '', '')")

    def commit(self, number: int) -> float:
        """Write one answer's rows and commit; give the milliseconds."""
        run = self._connection.execute
        value = f'{{"entry":"{"0" * 64}","na":null,"note":"{number}","value":"yes"}}'
        begun = time.perf_counter()
        run("BEGIN IMMEDIATE")
        run("INSERT INTO bare_act VALUES (1, ?, 'a', 'answer.G1', ?, '2026-11-22T00:00:00', 'p')", (number, value))
        run("DELETE FROM bare_head WHERE entity = 'a' AND cell = 'answer.G1'")
        run("INSERT INTO bare_head VALUES ('a', 'answer.G1', ?)", (number,))
        run("UPDATE bare_answer SET value = ?, note = ? WHERE assessment = 'a' AND item = 'G1'", (value, str(number)))
        run("COMMIT")
        return (time.perf_counter() - begun) * 1000

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
