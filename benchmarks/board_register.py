"""Registers with thousands of sites on their way to a certificate and after it, filled by the driver itself."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from wufei_cells import shipped
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.lifecycle import CHAIN, Stage
from wufei_cells.services import browsing
from wufei_cells.services.workspace import Workspace, open_workspace

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
_WAY = tuple(stage for stage in CHAIN if stage is not Stage.APPLIED)
_TABLES = {"act": 12, "head": 4, "site": 9, "assessment": 20, "certificate": 10, "certificate_event": 11}
Row = tuple[object, ...]


def board_register(folder: Path, sites: int) -> Workspace:
    """Make a register with so many sites: each at some stage, two in five with a certificate, some without it again."""
    workspace = open_workspace(folder, shipped.shipped_criteria(), person="bench", clock=lambda: NOW)
    with sqlite3.connect(workspace.database.path) as connection:
        (before,) = connection.execute("SELECT max(seq) FROM act").fetchone()
        rows = _Rows(workspace, before)
        for number in range(sites):
            rows.add(number)
        for table, marks in _TABLES.items():
            _insert(connection, table, marks, rows.of[table])
    connection.close()
    return workspace


def _insert(connection: sqlite3.Connection, table: str, marks: int, rows: Iterable[Row]) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")][:marks]
    names = ",".join(f'"{name}"' for name in columns)
    connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({','.join('?' * len(columns))})", rows)


class _Rows:
    """The rows of all tables, site after site; what a site is follows from its number."""

    def __init__(self, workspace: Workspace, before: int) -> None:
        self.of: dict[str, list[Row]] = {table: [] for table in _TABLES}
        self._device, self._seq = workspace.database.device, before
        self._categories = [category.key for category in browsing.categories(workspace)]
        self._districts = [district.key for district in browsing.profile(workspace).districts]
        self._edition = browsing.editions(workspace)[0].id

    def add(self, number: int) -> None:
        """Add one site with its assessment and, when it came so far, its certificate."""
        chance = random.Random(number)
        site, sheet = f"site-{number:027d}", f"sheet-{number:026d}"
        category, district = chance.choice(self._categories), chance.choice(self._districts)
        day = TODAY - timedelta(days=chance.randrange(40, 1400))
        for cell, value in (("name", f"单位 {number}"), ("category", category), ("district", district)):
            self._act("site", site, cell, value, day)
        self.of["site"].append((site, f"单位 {number}", category, district, "", "", "", "", ""))
        reached = chance.randrange(-1, len(_WAY) + 4)
        if reached >= 0:
            self._way(sheet, site, _WAY[: min(reached, len(_WAY) - 1) + 1], day, chance)
        if reached >= len(_WAY) - 1:
            self._certificate(number, site, (sheet, category, district), chance)

    def _way(self, sheet: str, site: str, stages: Iterable[Stage], day: date, chance: random.Random) -> None:
        header = {"site": site, "edition": self._edition, "column": "onsite", "assessors": ["bench"]}
        self._act("assessment", sheet, "header", {**header, "visited_on": None}, day)
        started, lamport, stage = _moment(day), self._seq, Stage.SCORING
        for stage in stages:
            if stage is not Stage.SCORING:
                day = min(day + timedelta(days=chance.randrange(0, 20)), TODAY)
                self._act("assessment_state", sheet, "state", {"stage": stage.value, "remarks": "", "basis": site}, day)
        empty = ("[]", stage.value, *[None] * 7, "", "{}")
        row = (sheet, site, self._edition, "onsite", None, "[]", None, started, lamport, *empty)
        self.of["assessment"].append(row)

    def _certificate(self, number: int, site: str, of: tuple[str, str, str], chance: random.Random) -> None:
        key, issued = f"certificate-{number:020d}", TODAY - timedelta(days=chance.randrange(1400))
        until = issued + timedelta(days=1095)
        self._act("certificate", key, "record", {"issued_on": issued.isoformat()}, issued)
        days = (issued.isoformat(), until.isoformat())
        self.of["certificate"].append((key, f"B-{number}", site, *of, *days, self._seq, "{}"))
        if number % 25 == 0:
            self._suspend(key, issued + timedelta(days=100))

    def _suspend(self, certificate: str, on: date) -> None:
        self._act("certificate_event", certificate, "event.1", {"kind": "suspend"}, on)
        said = (certificate, "1", "suspend", on.isoformat(), None, None, "", "", "bench", _moment(on), self._seq)
        self.of["certificate_event"].append(said)

    def _act(self, kind: str, entity: str, cell: str, value: object, day: date) -> None:
        self._seq += 1
        place = (kind, entity, cell, self._seq, _moment(day), "bench", canonical_json(value))
        self.of["act"].append((self._device, self._seq, *place, None, None, None))
        self.of["head"].append((entity, cell, self._device, self._seq))


def _moment(day: date) -> str:
    return f"{day.isoformat()}T04:00:00+00:00"
