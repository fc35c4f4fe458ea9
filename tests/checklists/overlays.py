"""Overlays of the town's checklist for tests."""

from __future__ import annotations

import json
from typing import Any

from tests.samples.registers import sample
from wufei_cells.checklists.document import edition_document, edition_id
from wufei_cells.checklists.overlay_reading import read_overlay
from wufei_cells.checklists.overlaying import apply_overlay
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.checklists import Checklist

TOWN = read_checklist(sample("town"), "town")
TOWN_ID = edition_id(edition_document(TOWN))


def item(key: str, full: object = 5, **fields: Any) -> dict[str, Any]:
    common = {"text": "县级条款", "scoring": "有则得分", "verify": ["site"], "rule": {"yes_no": str(full)}}
    return {"key": key, "full": str(full), **common, **fields}


def written(parent: Checklist = TOWN, parent_id: str = TOWN_ID, **parts: Any) -> bytes:
    """An overlay file that is sound but for what a test puts into it."""
    document = {
        "format": "wufei-overlay/1",
        "key": "TOWN-EAST",
        "edition": "2026.1",
        "title": {"zh": "东县标准", "en": "Checklist of East County"},
        "extends": {"key": parent.key, "edition": parent.edition, "id": parent_id[:12]},
        "districts": ["east"],
        "effective_from": "2026-03-01",
        **parts,
    }
    return json.dumps(document, ensure_ascii=False).encode()


def applied(parent: Checklist = TOWN, **parts: Any) -> Checklist:
    return apply_overlay(parent, TOWN_ID, read_overlay(written(parent, **parts), "east.yaml"))
