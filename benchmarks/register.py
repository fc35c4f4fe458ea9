"""Registers of a given size to measure on, filled through the journal as an import would fill them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert

from wufei_cells import shipped
from wufei_cells.checklists.document import canonical_json
from wufei_cells.domain.register import AssessmentId
from wufei_cells.services import assessing, browsing, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import Workspace, open_workspace
from wufei_cells.store import journal, projection, tables

AT = "2026-11-01T08:00:00+00:00"
Cell = tuple[str, str, str, object]


def filled_workspace(folder: Path, *, assessments: int) -> tuple[Workspace, AssessmentId]:
    """Make a register with so many open assessments, every item answered; give it with one that people work on."""
    workspace = open_workspace(folder, shipped.shipped_criteria(), person="bench")
    category = browsing.categories(workspace)[0].key
    edition = browsing.current_edition(workspace, category)
    keys = [item.key for item in browsing.checklist(workspace, edition.id).items()]
    district = browsing.profile(workspace).districts[0].key
    cells: list[Cell] = []
    for number in range(assessments - 1):
        cells += _site_cells(number, category, district, edition.id, keys)
    _append_all(workspace, cells)
    site = registering.add_site(workspace, SiteDraft("bench site", category, district))
    return workspace, assessing.start_assessment(workspace, site.id).id


def _site_cells(number: int, category: str, district: str, edition: str, keys: list[str]) -> list[Cell]:
    site, assessment = f"site-{number:032d}", f"assessment-{number:032d}"
    header = {"site": site, "edition": edition, "column": "onsite", "assessors": ["bench"], "visited_on": None}
    cells: list[Cell] = [
        ("site", site, "name", f"单位 {number}"),
        ("site", site, "category", category),
        ("site", site, "district", district),
        ("assessment", assessment, "header", header),
    ]
    # What an item was answered with does not matter here, only that there is a row for each.
    answer = {"value": None, "na": "bench", "note": "", "entry": "0" * 64}
    return cells + [("answer", assessment, f"answer.{key}", answer) for key in keys]


def _append_all(workspace: Workspace, cells: list[Cell]) -> None:
    database = workspace.database
    with database.writing() as connection:
        seq, lamport = journal.counters(connection, database.device)
        rows = [
            {
                "device": database.device,
                "seq": seq + index,
                "kind": kind,
                "entity": entity,
                "cell": cell,
                "lamport": lamport + index,
                "at": AT,
                "author": workspace.person.id,
                "value": canonical_json(value),
                "replaced_device": None,
                "replaced_seq": None,
            }
            for index, (kind, entity, cell, value) in enumerate(cells, 1)
        ]
        if rows:
            connection.execute(insert(tables.act), rows)
            projection.rebuild(connection)
