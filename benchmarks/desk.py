"""The desk as a person meets it: 52 items, 10 and 1,000 sites, each thing done again and again in a real window.

Every figure is the 95th percentile from the event to the painted result, held against what the desk promises: 100 ms
for whatever is asked for, 16 ms for a letter. A second line holds 1,000 sites against 10. The windows are processes of
their own (``benchmarks.desk_window``).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.lint import draft
from benchmarks.register import filled_workspace
from benchmarks.result import Result
from wufei_cells import shipped

ITEMS = 52
SIZES = (10, 1_000)
PROMISED = 100.0
FRAME = 16.0


def run() -> list[Result]:
    """Measure at both sizes."""
    few, many = (_measured(size) for size in SIZES)
    results: list[Result] = []
    for what, taken in many.items():
        limit = FRAME if what == "a letter typed" else PROMISED
        results.append(Result(f"{what}, p95 at 1,000 sites / promised", taken, limit))
        results.append(Result(f"{what}, p95 at 1,000 sites / at 10", taken, few[what]))
    return results


def _measured(size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        shipped_criteria = shipped.shipped_criteria()
        criteria = replace(shipped_criteria, checklists=(("bench.json", json.dumps(draft(ITEMS)).encode()),))
        workspace, assessment = filled_workspace(Path(folder), assessments=size, criteria=criteria)
        workspace.close()
        command = [sys.executable, "-m", "benchmarks.desk_window", folder, assessment]
        environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return json.loads(done.stdout.splitlines()[-1])
