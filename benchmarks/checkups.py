"""X-rays of a whole register, against reading the same answers and scoring the same files and nothing else.

Every file has 52 items and ten photos; half of them are decided and sealed. Bare is reading all answers at once and
evaluating each file: what any check of a result has to do.
"""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.register import Cell, append_all
from benchmarks.result import Result
from wufei_cells import shipped
from wufei_cells.checklists.document import edition_document, entry_hash
from wufei_cells.checklists.reading import read_document
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.checkups import Check
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.services import browsing, checkups, publishing, seals
from wufei_cells.services.workspace import Workspace, open_workspace
from wufei_cells.store import assessment_queries, checkup_queries
from wufei_cells.store.journal import Draft

FILES = 1_000
ITEMS = 52
PHOTOS = 10
ROUNDS = 3


def run() -> list[Result]:
    """Measure the whole register, and one file of it."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder), shipped.shipped_criteria(), person="bench")
        _fill(workspace)
        ours = [_all(workspace) for _round in range(ROUNDS)]
        bare = [_bare(workspace) for _round in range(ROUNDS)]
        one = [_one(workspace) for _round in range(20)]
        least = [_bare_one(workspace) for _round in range(20)]
        workspace.close()
    return [
        Result(f"X-rays of {FILES:,} files of {ITEMS} items", statistics.median(ours), statistics.median(bare)),
        Result(f"X-rays of one file among {FILES:,}", statistics.median(one), statistics.median(least)),
    ]


def _all(workspace: Workspace) -> float:
    begun = time.perf_counter()
    hints = checkups.of_register(workspace)
    taken = time.perf_counter() - begun
    assert {hint.check for hint in hints} >= {Check.PHOTO_SAME, Check.ASSESSORS_FEW}
    assert not {hint.check for hint in hints} & {Check.NOT_CHECKED, Check.SEAL_BROKEN, Check.BASIS_CHANGED}
    return taken * 1000


def _bare(workspace: Workspace) -> float:
    checklist = browsing.checklist(workspace, browsing.list_assessments(workspace)[0].edition)
    begun = time.perf_counter()
    with workspace.database.reading() as connection:
        rows = assessment_queries.assessments(connection)
        found = checkup_queries.judgements(connection, None)
    for row in rows:
        evaluate(checklist, {}, {key: judgement.answer for key, judgement in found[row.id].items()}, on=row.on)
    return (time.perf_counter() - begun) * 1000


def _one(workspace: Workspace) -> float:
    begun = time.perf_counter()
    checkups.of_file(workspace, _named(7))
    return (time.perf_counter() - begun) * 1000


def _bare_one(workspace: Workspace) -> float:
    begun = time.perf_counter()
    browsing.sheet(workspace, _named(7))
    return (time.perf_counter() - begun) * 1000


# --- the register


def _fill(workspace: Workspace) -> None:
    checklist = _checklist(workspace)
    edition = publishing.publish_file(workspace, edition_document(checklist).encode(), "bench.json")
    district = browsing.profile(workspace).districts[0].key
    spots = random.Random(7)
    cells: list[Cell] = []
    for number in range(FILES):
        site = f"site-{number:032d}"
        header = {"site": site, "edition": edition, "column": "onsite", "assessors": ["bench"], "visited_on": None}
        cells += [
            ("site", site, "name", f"单位 {number}"),
            ("site", site, "category", checklist.category.key),
            ("site", site, "district", district),
            ("assessment", _named(number), "header", header),
        ]
        for item in checklist.items():
            value = spots.choice(("yes", "yes", "yes", "no"))
            said = {"value": value, "na": None, "note": "", "entry": entry_hash(item)}
            cells.append(("answer", _named(number), f"answer.{item.key}", said))
        cells += [cell for index in range(PHOTOS) for cell in _photo(number, index, spots)]
    append_all(workspace, cells)
    _decide_half(workspace, checklist)


def _photo(number: int, index: int, spots: random.Random) -> list[Cell]:
    """Make a photo under an item; the first one of every file is that of the file before, too."""
    shared = index == 0 and number % 2 == 1
    key = f"{number - 1 if shared else number:060d}{index:04d}"
    about = {"media_type": "image/jpeg", "size": 100_000, "width": 2048, "height": 1536, "taken_at": None}
    about |= {"latitude": None, "longitude": None, "likeness": f"{spots.getrandbits(64):016x}", "original": None}
    link: Cell = ("evidence", _named(number), f"evidence.{key}.I{index}", {"name": f"{index}.jpg", "caption": ""})
    return [link] if shared else [("evidence_file", key, "file", about), link]


def _checklist(workspace: Workspace) -> Checklist:
    """Make one of 52 items out of a shipped one."""
    row = browsing.editions(workspace)[0]
    data: dict[str, Any] = json.loads(edition_document(browsing.checklist(workspace, row.id)))
    items = [
        {
            "key": f"I{number}",
            "number": str(number),
            "text": {"zh": f"条款 {number}"},
            "full": "1",
            "scoring": {"zh": "是 1 分"},
            "rule": {"yes_no": "1"},
            "verify": ["site"],
        }
        for number in range(ITEMS)
    ]
    data["groups"] = [{"key": "A", "text": {"zh": "条款"}, "full": str(ITEMS), "items": items}]
    data |= {"edition": "bench", "full": str(ITEMS), "gates": [], "facts": [], "parameters": []}
    data["scoring"] = {
        "not_applicable": "rescale",
        "grades": [{"key": "pass", "text": {"zh": "合格"}, "total_at_least": "39"}],
    }
    kept = ("format", "key", "title", "category", "official", "effective_from", "sources", "notice")
    new = ("edition", "full", "gates", "facts", "parameters", "groups", "scoring")
    return read_document(json.dumps({name: data[name] for name in (*kept, *new) if name in data}))


def _decide_half(workspace: Workspace, checklist: Checklist) -> None:
    for stage in (Stage.FINISHED, Stage.APPROVED):
        with workspace.database.writing() as connection:
            rows = [row for row in assessment_queries.assessments(connection) if int(row.id[-4:]) % 2]
            bases = checkup_queries.bases(connection, {row.id: row.site for row in rows})
            found = checkup_queries.judgements(connection, None)
            drafts: list[Draft] = []
            for row in rows:
                answers = {key: judgement.answer for key, judgement in found[row.id].items()}
                card = evaluate(checklist, {}, answers)
                state = {"stage": stage.value, "facts": {}, "total": str(card.total.low), "level": card.level}
                state |= {"passed": card.passed is True, "basis": bases[row.id]}
                if stage is Stage.APPROVED:
                    state |= {"decided_by": "office", "seal": seals.seal(connection, row)}
                drafts.append(Draft("assessment_state", row.id, "state", state))
            workspace.write(connection, drafts)


def _named(number: int) -> str:
    return f"assessment-{number:032d}"
