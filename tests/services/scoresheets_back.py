"""Scoresheets on their way out and back: written by the program, changed as people change them, previewed."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.workbooks.filling import FilledSheet
from wufei_cells.services import exporting
from wufei_cells.services.importing_scoresheets import ImportPreview, preview
from wufei_cells.services.workspace import Workspace
from wufei_cells.wording import Wording

WORDING = Path(__file__).resolve().parents[2] / "resources" / "wording"


@cache
def zh() -> Wording:
    texts = (json.loads(path.read_text("utf-8")) for path in WORDING.glob("*.json"))
    return Wording({key: said for text in texts for key, said in text.items()}, "zh")


def exported(workspace: Workspace, assessment: str, wording: Wording | None = None) -> bytes:
    return exporting.scoresheet(workspace, assessment, wording or zh())


def changed(content: bytes, change: Callable[[FilledSheet], None]) -> bytes:
    """Open the workbook, change it, save it."""
    sheet = FilledSheet(content)
    change(sheet)
    return sheet.saved()


def came_back(workspace: Workspace, *contents: bytes, name: str = "表{}.xlsx") -> ImportPreview:
    return preview(workspace, [(name.format(number), one) for number, one in enumerate(contents, start=1)], zh())


def jpeg(colour: str = "green") -> bytes:
    target = BytesIO()
    Image.new("RGB", (80, 60), colour).save(target, "JPEG")
    return target.getvalue()
