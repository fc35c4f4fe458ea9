"""Impact preview: what a draft would mean for 1,000 sites, against scoring each of them twice and nothing else."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.register import filled_workspace
from benchmarks.result import Result
from wufei_cells.checklists.document import edition_document
from wufei_cells.checklists.reading import read_document
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.services import browsing
from wufei_cells.services.impact import impact
from wufei_cells.services.workspace import Workspace

CELLS = 1_000
ROUNDS = 3


def run() -> list[Result]:
    """Measure one preview over all sites."""
    with tempfile.TemporaryDirectory() as folder:
        workspace, _assessment = filled_workspace(Path(folder), assessments=CELLS)
        edition = browsing.current_edition(workspace, browsing.categories(workspace)[0].key)
        present = browsing.checklist(workspace, edition.id)
        draft = _draft(present)
        ours = [_preview(workspace, draft) for _round in range(ROUNDS)]
        least = [_bare(workspace, present, draft) for _round in range(ROUNDS)]
        workspace.close()
    return [Result(f"impact of a draft on {CELLS:,} sites", statistics.median(ours), statistics.median(least))]


def _draft(present: Checklist) -> Checklist:
    """Make the next edition: the first item of every group reworded, the second one renumbered."""
    data = json.loads(edition_document(present))
    data["edition"] = f"{present.edition} next"
    for group in data["groups"]:
        items = group.get("items", [])
        for item in items[:1]:
            item["text"] = {"zh": "改过的条款"}
        for item in items[1:2]:
            item["from"] = [{"key": item["key"], "relation": "same"}]
            item["key"] = item["number"] = f"N-{item['key']}"
    return read_document(json.dumps(data))


def _preview(workspace: Workspace, draft: Checklist) -> float:
    begun = time.perf_counter()
    found = impact(workspace, draft)
    taken = time.perf_counter() - begun
    assert len(found.cells) == CELLS
    return taken * 1000


def _bare(workspace: Workspace, present: Checklist, draft: Checklist) -> float:
    """Score every site twice, with everything in memory already."""
    sheets = [browsing.sheet(workspace, row.id) for row in browsing.list_assessments(workspace)]
    known = {entry.key for entry in draft.entries()}
    cells: list[tuple[dict[str, str], dict[str, Answer], dict[str, Answer]]] = []
    for sheet in sheets:
        answers = {key: row.answer for key, row in sheet.answers.items()}
        cells.append((dict(sheet.facts), answers, {key: answers[key] for key in answers if key in known}))
    begun = time.perf_counter()
    for facts, before, after in cells:
        evaluate(present, facts, before)
        evaluate(draft, facts, after)
    return (time.perf_counter() - begun) * 1000
