"""A register in the middle of a city's campaign: some hundred sites, two years, everything that happens on the way.

Made for looking at and for measuring: the same seed and day give the same register. A few pilots have certificates that
run out, batches are named every quarter, some files lie too long, some sites fail.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert

from wufei_cells import shipped
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.lifecycle import CHAIN, Stage
from wufei_cells.services import browsing
from wufei_cells.services.workspace import Workspace, open_workspace
from wufei_cells.store import journal, projection, tables

YEARS = 2
PILOTS = 12
"""Sites that were certified before the campaign and whose certificates run out in it."""
PASSING = 0.82
BATCH = 91
"""Days from one batch of names to the next."""
DAYS = {Stage.APPLIED: 9, Stage.SCORING: 30, Stage.FINISHED: 12, Stage.REVIEWED: 9, Stage.APPROVED: 20}
KINDS = ("小区", "公司", "机关大院", "商场", "景区", "园区")
PLACES = (
    "龙源",
    "东方红",
    "建设路",
    "沁河",
    "太行",
    "云台",
    "韩愈",
    "竹林",
    "青年",
    "解放",
    "新华",
    "山阳",
    "丹河",
    "凤凰",
)
Cell = tuple[str, str, str, object, date]


@dataclass(frozen=True, slots=True)
class City:
    """What the register's city has."""

    categories: tuple[str, ...]
    districts: tuple[str, ...]
    edition: str
    stages: tuple[Stage, ...]
    """Those that it uses, in order."""


def campaign(folder: Path, sites: int = 300, *, today: date, seed: int = 8, example: bool = False) -> Workspace:
    """Make the register, and give it open."""
    workspace = open_workspace(folder, shipped.shipped_criteria(), person="周主任", create_folder=True, example=example)
    profile = browsing.profile(workspace)
    used = tuple(stage for stage in CHAIN if profile.process.uses(stage))
    city = City(
        tuple(category.key for category in browsing.categories(workspace)),
        tuple(district.key for district in profile.districts),
        browsing.editions(workspace)[0].id,
        used,
    )
    chance = random.Random(seed)
    cells = [cell for number in range(sites) for cell in _site(number, city, chance, today)]
    _append(workspace, sorted(cells, key=lambda cell: cell[4]))
    return workspace


def _site(number: int, city: City, chance: random.Random, today: date) -> Iterator[Cell]:
    site = f"site-{number:05d}"
    category = chance.choices(city.categories, weights=range(len(city.categories) + 2, 2, -1))[0]
    district = chance.choices(city.districts, weights=range(len(city.districts) + 3, 3, -1))[0]
    pilot = number < PILOTS
    begun = today - timedelta(days=1460 - 45 * number if pilot else round(YEARS * 365 * chance.random() ** 1.2))
    name = f"{PLACES[number % len(PLACES)]}{KINDS[city.categories.index(category) % len(KINDS)]}{number + 1}"
    for cell, value in (("name", name), ("category", category), ("district", district)):
        yield "site", site, cell, value, begun
    started = begun + timedelta(days=round(chance.expovariate(1 / 30 if pilot else 1 / 700)))
    if started < today and chance.random() < 0.9:
        place = (site, category, district, name)
        last = yield from _way(number, place, city, chance, started, today)
        if pilot and last and number % 3 == 0:  # assessed anew in time
            yield from _way(number + 10_000, place, city, chance, today - timedelta(days=70), today)


def _way(
    number: int, place: tuple[str, str, str, str], city: City, chance: random.Random, day: date, today: date
) -> Iterator[Cell]:
    """Walk through the stages as far as time allows; give the day of the certificate."""
    site, sheet = place[0], f"sheet-{number:05d}"
    header = {"site": site, "edition": city.edition, "column": "onsite", "assessors": ["李晓明"], "visited_on": None}
    yield "assessment", sheet, "header", header, day
    for stage in city.stages:
        if day > today:
            return None
        if stage is not Stage.SCORING or city.stages[0] is not stage:
            yield "assessment_state", sheet, "state", _state(stage, sheet), day
        if stage is Stage.REVIEWED and chance.random() > PASSING:
            day += timedelta(days=8)
            if day <= today:
                yield "assessment_state", sheet, "state", _state(Stage.REJECTED, sheet), day
            return None
        if stage is Stage.CERTIFIED:
            yield _certificate(number, place, sheet, day)
            return day
        day = _next(stage, day, chance, today)
    return None


def _state(stage: Stage, sheet: str) -> dict[str, object]:
    if stage in (Stage.APPLIED, Stage.SCORING):
        return {"stage": stage.value}
    passed = stage is not Stage.REJECTED
    return {"stage": stage.value, "basis": sheet, "facts": {}, "total": "86" if passed else "71", "passed": passed}


def _next(stage: Stage, day: date, chance: random.Random, today: date) -> date:
    """Give the day on which a file goes on; batches are named on one day."""
    if stage is Stage.APPROVED:
        left = (today - day).days % BATCH
        return day + timedelta(days=left + 5)
    if stage in (Stage.NOTICED, Stage.NAMED):
        return day + timedelta(days=8)
    slow = 5 if chance.random() < 0.06 else 1
    return day + timedelta(days=1 + round(slow * chance.gammavariate(2, DAYS[stage] / 2)))


def _certificate(number: int, place: tuple[str, str, str, str], sheet: str, on: date) -> Cell:
    site, category, district, name = place
    until = on.replace(year=on.year + 3) if (on.month, on.day) != (2, 29) else date(on.year + 3, 2, 28)
    empty = {"zh": "", "en": ""}
    record: dict[str, object] = {
        "number": f"JZ-WF-{on.year}-{number:04d}",
        "site": site,
        "assessment": sheet,
        "site_name": name,
        "category": category,
        "category_text": {"zh": category, "en": category},
        "district": district,
        "total": "86",
        "edition": "2026.1",
        "issued_on": on.isoformat(),
        "valid_until": (until - timedelta(days=1)).isoformat(),
        "document_number": "",
        "basis": sheet,
        "wording": {},
        "example": True,
    }
    record |= dict.fromkeys(("issuer", "city", "checklist", "level"), empty)
    return "certificate", f"certificate-{number:05d}", "record", record, on


def _append(workspace: Workspace, cells: list[Cell]) -> None:
    """Write an act for each cell; one that was written before is replaced."""
    database = workspace.database
    before: dict[tuple[str, str], int] = {}
    with database.writing() as connection:
        seq, lamport = journal.counters(connection, database.device)
        rows: list[dict[str, object]] = []
        for index, (kind, entity, cell, value, day) in enumerate(cells, 1):
            replaced = before.get((entity, cell))
            before[entity, cell] = seq + index
            row = {"device": database.device, "seq": seq + index, "kind": kind, "entity": entity, "cell": cell}
            row |= {"lamport": lamport + index, "at": f"{day.isoformat()}T04:00:00+00:00"}
            row |= {"author": workspace.person.id, "value": canonical_json(value)}
            row |= {"replaced_device": database.device if replaced else None, "replaced_seq": replaced}
            rows.append(row)
        connection.execute(insert(tables.act), rows)
        projection.rebuild(connection)
