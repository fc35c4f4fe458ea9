"""Editions made from the small sample checklist: change what a test is about, and publish."""

from __future__ import annotations

import json
from typing import Any

from tests.samples.registers import sample
from wufei_cells.checklists.document import edition_document
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.register import EditionId
from wufei_cells.services import publishing
from wufei_cells.services.workspace import Workspace

Plain = dict[str, Any]


def small(edition: str = "2", **changed: Any) -> Plain:
    """The small checklist as plain data, with some fields changed; ``None`` takes a field away."""
    data: Plain = json.loads(edition_document(read_checklist(sample("small"), "small.yaml")))
    data = {**data, "edition": edition, "effective_from": "2026-10-01", **changed}
    return {name: value for name, value in data.items() if value is not None}


def entry(data: Plain, key: str) -> Plain:
    """The gate or item of a key, to be changed in place."""
    entries = [*data.get("gates", []), *(item for group in data["groups"] for item in group["items"])]
    return next(found for found in entries if found["key"] == key)


def without(data: Plain, key: str) -> Plain:
    """The same without an item; a group that is empty then goes with it, and the marks that were too high then."""
    groups = [{**group, "items": [item for item in group["items"] if item["key"] != key]} for group in data["groups"]]
    scoring = {**data["scoring"], "grades": [{"key": "pass", "text": "合格", "total_at_least": "1"}]}
    return {**data, "groups": [group for group in groups if group["items"]], "scoring": scoring}


def with_item(data: Plain, item: Plain, group: int = 0) -> Plain:
    """The same with one more item at the end of a group."""
    groups = [dict(found) for found in data["groups"]]
    groups[group]["items"] = [*groups[group]["items"], item]
    return {**data, "groups": groups}


def yes_no(key: str, points: str = "5", **fields: Any) -> Plain:
    """A plain item."""
    words = {"text": f"条款 {key}", "scoring": f"是 {points} 分", "verify": ["site"]}
    return {"key": key, "full": points, "rule": {"yes_no": points}, **words, **fields}


def as_file(data: Plain) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def publish(workspace: Workspace, data: Plain) -> EditionId:
    return publishing.publish_file(workspace, as_file(data), "edition.json")
