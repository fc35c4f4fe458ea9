"""The keys an expert presses to score 52 items at the desk, against the same result in the exported Excel sheet.

At the desk every key is really pressed in the real window, item by item and once more in the grid, and afterwards the
stored answers are held against those that were meant. In the sheet the keys are counted, from what is empty in it
before and what stands in it afterwards. The rules, which favor the sheet where there is a choice:

- A chord (Ctrl and S) is one press. Chinese comes from an input method and counts as its characters, on both sides.
- Facts of the site and the pre-check are there on both sides; opening file or window is not counted, going to the
  first entry is.
- The person in the sheet makes no detour: F5 to the first cell, Enter down the column (also over the sums between the
  groups), Tab to a reason and Enter back below the points; Ctrl+D where a cell repeats the one above; Ctrl+S once.
  Questions that the sheet asks about the word for "not applicable" are not counted.
- Both sides record points and the same reasons. The desk records besides what the points rest on (46 of 50 bins, which
  kinds are missing); a second line counts the sheet with that written down too, in its shortest form.
- The sheet gets points that somebody worked out. How often that is, in the head or on a calculator, has a line of its
  own: no key is counted for it. Neither is one for the level, which the sheet cannot find by itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.expert_answers import FACTS, intended
from benchmarks.expert_sheet import SheetKeys, sheet_keys
from benchmarks.lint import draft
from benchmarks.register import filled_workspace
from benchmarks.result import Result
from wufei_cells import shipped
from wufei_cells.domain.criteria import Criteria
from wufei_cells.services import browsing, exporting, prechecking, registering
from wufei_cells.services.workspace import open_workspace
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from wufei_cells.domain.answers import Answer
    from wufei_cells.services.workspace import Workspace

ITEMS = 52
VIEWS = ("items", "grid")
UNIT = "keys"


def run() -> list[Result]:
    """Score in both views, count the sheet once, and compare."""
    pressed, sheets = zip(*(_scored(view) for view in VIEWS), strict=True)
    assert len(set(sheets)) == 1, "the same answers gave two sheets"
    sheet = sheets[0]
    results: list[Result] = []
    for view, presses in zip(VIEWS, pressed, strict=True):
        results.append(Result(f"{ITEMS} items, view “{view}” / sheet", presses, sheet.presses, UNIT))
        results.append(
            Result(f"{ITEMS} items, view “{view}” / sheet with its numbers", presses, sheet.with_numbers, UNIT)
        )
    results.append(Result("points worked out by hand, desk / sheet", 0, sheet.worked_out, "items"))
    results.append(Result("… of these with a division", 0, sheet.divisions, "items"))
    return results


def _scored(view: str) -> tuple[int, SheetKeys]:
    """Let the expert score a new assessment; give the presses, and what the sheet of it takes."""
    with tempfile.TemporaryDirectory() as folder:
        criteria = Criteria((("bench.json", json.dumps(draft(ITEMS)).encode()),), shipped.shipped_criteria().profile)
        workspace, assessment = filled_workspace(Path(folder), assessments=1, criteria=criteria)
        with closing(workspace):
            site = browsing.sheet(workspace, assessment).site
            registering.edit_site(workspace, site.id, facts=FACTS)
            found = prechecking.all_hold(prechecking.questions(workspace, assessment))
            prechecking.record_precheck(workspace, assessment, found)
            meant = intended(browsing.sheet(workspace, assessment).checklist)
            blank = exporting.scoresheet(workspace, assessment, _wording())
        presses = _pressed(folder, assessment, view)
        with closing(open_workspace(Path(folder), criteria, person="bench")) as scored:
            _check(scored, assessment, meant)
            filled = exporting.scoresheet(scored, assessment, _wording())
            entries = list(browsing.sheet(scored, assessment).checklist.entries())
        return presses, sheet_keys(blank, filled, entries, meant)


def _wording() -> Wording:
    return Wording(shipped.wording_catalogue(), "zh")


def _pressed(folder: str, assessment: str, view: str) -> int:
    command = [sys.executable, "-m", "benchmarks.desk_window", folder, assessment, view]
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return int(json.loads(done.stdout.splitlines()[-1]))


def _check(workspace: Workspace, assessment: str, meant: dict[str, Answer]) -> None:
    """Make sure that everything meant is stored and nothing else, and that whatever lost points says why."""
    sheet = browsing.sheet(workspace, assessment)
    stored = {
        key: replace(meant[key], value=row.answer.value, na=row.answer.na, note=row.answer.note)
        for key, row in sheet.answers.items()
    }
    assert stored == meant, {key: (stored.get(key), meant[key]) for key in meant if stored.get(key) != meant[key]}
    assert not sheet.scorecard.missing, sheet.scorecard.missing
    bonus = sheet.checklist.bonus
    optional = {item.key for item in bonus.group.all_items()} if bonus else set[str]()
    lost = {item.key for item in sheet.scorecard.items if item.applies and item.got.low < item.full} - optional
    silent = {key for key in lost if not (meant[key].note or meant[key].na)}
    assert not silent, f"no reason is given at {sorted(silent)}"
