"""Scoresheets on their way out and back: written by the program, changed as people change them, previewed."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.workbooks.filling import FilledSheet
from wufei_cells.services import browsing, exporting
from wufei_cells.services.importing_scoresheets import ImportPreview, preview
from wufei_cells.services.workspace import Workspace
from wufei_cells.wording import Wording
from wufei_cells.workbooks.scoresheets.row_keys import RowKey

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


A2_PART, A2_WHOLE = RowKey("entry", "A2", "/part"), RowKey("entry", "A2", "/whole")
PLAN = RowKey("entry", "A1", "plan")
STAFF = RowKey("fact", "staff")


def put(key, value, column="answer"):
    """Give what writes a value into a row of a sheet."""

    def change(sheet):
        sheet.cell(sheet.rows[key], column).value = value

    return change


def only(found):
    """The one scoresheet of a preview in which nothing was wrong."""
    assert not found.problems, found.problems
    (sheet,) = found.sheets
    return sheet


def answers(workspace, row):
    return {key: one.answer for key, one in browsing.sheet(workspace, row.id).answers.items()}


def codes(problems):
    return [problem.code for problem in problems]
