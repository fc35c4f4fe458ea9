"""The board at 1,000, 10,000 and 100,000 sites: the first time, after one change, and against the same sums in SQL.

The bare least are the few queries that give the same aggregates from the tables and the journal, without the lists
behind them, the medians and the days that are put right. After one change they have to be asked anew.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.board_register import TODAY, board_register
from benchmarks.result import Result
from wufei_cells.services import board_reading, browsing, registering
from wufei_cells.services.board_memory import BoardMemory
from wufei_cells.services.workspace import Workspace

SIZES = (1_000, 10_000, 100_000)
CHANGES = 7
PROMISED = 50.0
"""Milliseconds for the board after one change at 10,000 sites."""

_LATEST = """FROM site LEFT JOIN assessment a ON a.site = site.id AND a.part_of IS NULL AND NOT EXISTS (
    SELECT 1 FROM assessment b WHERE b.site = a.site AND b.part_of IS NULL AND (b.lamport, b.id) > (a.lamport, a.id))
    WHERE site.name <> ''"""
_HOLDING = """c.issued_on <= :today AND c.valid_until >= :today AND NOT EXISTS (
    SELECT 1 FROM certificate_event e WHERE e.certificate = c.id AND e.kind IN ('suspend', 'withdraw')
    AND e."on" <= :today)"""
QUERIES = (
    f"SELECT category, district, coalesce(a.stage, 'registered'), count(*) {_LATEST} GROUP BY 1, 2, 3",
    f"""SELECT site.category, site.district, count(DISTINCT site.id) FROM site
        JOIN certificate c ON c.site = site.id WHERE {_HOLDING} GROUP BY 1, 2""",
    "SELECT substr(issued_on, 1, 7), count(DISTINCT site) FROM certificate GROUP BY 1",
    "SELECT substr(valid_until, 1, 7), count(DISTINCT site) FROM certificate GROUP BY 1",
    """SELECT stage, since, count(*) FROM (
        SELECT a.id, a.stage, max(substr(act.at, 1, 10)) AS since FROM assessment a
        JOIN act ON act.entity = a.id AND act.cell IN ('header', 'state') WHERE a.part_of IS NULL GROUP BY a.id
    ) GROUP BY 1, 2""",
)


def run() -> list[Result]:
    """Measure each size."""
    return [result for size in SIZES for result in _at(size)]


def _at(size: int) -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = board_register(Path(folder), size)
        try:
            bare = median(_timed(lambda: _bare(workspace)) for _ in range(3))
            first = median(_timed(lambda: _first(workspace)) for _ in range(3))
            changed = _after_changes(workspace)
            other = _timed(lambda: board_reading.board(workspace, TODAY - timedelta(days=200)))
            many = f"{size:,} sites"
        finally:
            workspace.close()
    results = [
        Result(f"board, first time, {many} / in SQL", first, bare),
        Result(f"board after one change, {many} / in SQL", changed, bare),
        Result(f"board of another day, {many} / in SQL", other, bare),
    ]
    if size == SIZES[1]:
        results.append(Result(f"board after one change, {many} / promised", changed, PROMISED))
    return results


def _first(workspace: Workspace) -> None:
    board_reading.board(replace(workspace, board_memory=BoardMemory()))


def _after_changes(workspace: Workspace) -> float:
    """Give the median of several changes, each by a service as people make them."""
    district = browsing.profile(workspace).districts[0].key
    board_reading.board(workspace)
    taken: list[float] = []
    for number in range(CHANGES):
        registering.edit_site(workspace, f"site-{number:027d}", district=district)
        taken.append(_timed(lambda: board_reading.board(workspace)))
    return median(taken)


def _bare(workspace: Workspace) -> None:
    connection = sqlite3.connect(workspace.database.path)
    for query in QUERIES:
        connection.execute(query, {"today": TODAY.isoformat()} if ":today" in query else {}).fetchall()
    connection.close()


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
