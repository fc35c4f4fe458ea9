"""Registers of a given size to measure on, filled through the journal as an import would fill them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert

from wufei_cells import shipped
from wufei_cells.checklists.document import entry_hash
from wufei_cells.checklists.drafting import fields_at
from wufei_cells.checklists.yaml_source import parse_yaml
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.conditions import FactKind
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.register import AssessmentId
from wufei_cells.services import assessing, browsing, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import Workspace, open_workspace
from wufei_cells.store import journal, projection, tables

AT = "2026-11-01T08:00:00+00:00"
Cell = tuple[str, str, str, object]


def filled_workspace(
    folder: Path, *, assessments: int, criteria: Criteria | None = None
) -> tuple[Workspace, AssessmentId]:
    """Make a register with so many open assessments, all answered; give it with one that people work on.

    Args:
        folder: where to.
        assessments: how many.
        criteria: the checklists to use instead of the shipped ones; the first category is assessed.
    """
    workspace = open_workspace(folder, criteria or shipped.shipped_criteria(), person="bench")
    category = browsing.categories(workspace)[0].key
    edition = browsing.current_edition(workspace, category)
    checklist = browsing.checklist(workspace, edition.id)
    common = {**_fact_cells(checklist), **_answer_cells(checklist)}
    district = browsing.profile(workspace).districts[0].key
    cells: list[Cell] = []
    for number in range(assessments - 1):
        cells += _site_cells(number, category, district, edition.id, common)
    append_all(workspace, cells)
    site = registering.add_site(workspace, SiteDraft("bench site", category, district))
    return workspace, assessing.start_assessment(workspace, site.id).id


def _site_cells(number: int, category: str, district: str, edition: str, common: dict[str, object]) -> list[Cell]:
    site, assessment = f"site-{number:032d}", f"assessment-{number:032d}"
    header = {"site": site, "edition": edition, "column": "onsite", "assessors": ["bench"], "visited_on": None}
    cells: list[Cell] = [
        ("site", site, "name", f"单位 {number}"),
        ("site", site, "category", category),
        ("site", site, "district", district),
        ("assessment", assessment, "header", header),
    ]
    for cell, value in common.items():
        is_fact = cell.startswith("fact.")
        cells.append(("site_fact", site, cell, value) if is_fact else ("answer", assessment, cell, value))
    return cells


def _fact_cells(checklist: Checklist) -> dict[str, object]:
    usual = {FactKind.YES_NO: "yes", FactKind.NUMBER: "100"}
    return {f"fact.{fact.key}": usual.get(fact.kind) or fact.options[0].key for fact in checklist.facts}


def _answer_cells(checklist: Checklist) -> dict[str, object]:
    """Give the answers of the demo's story, the same for every site."""
    story = parse_yaml(shipped.demo_story(), "story.yaml").data
    noted = fields_at(story, ("answers", checklist.category.key))
    return {
        f"answer.{entry.key}": {"value": noted.get(entry.key), "na": None, "note": "", "entry": entry_hash(entry)}
        for entry in checklist.entries()
    }


def append_all(workspace: Workspace, cells: list[Cell]) -> None:
    """Write an act for each cell (kind, entity, cell, value), none of which was written before."""
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
