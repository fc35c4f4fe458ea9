"""From the start of the process to the first painted window, and to a usable one (rows shown).

Against a bare PySide6 window with a label, and against a bare window that opens the same database through SQLAlchemy
and shows its sites in a table. Each run is a process of its own; runs alternate.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.register import filled_workspace
from benchmarks.result import Result

RUNS = 9
SITES = 100


def run() -> list[Result]:
    """Measure both."""
    with tempfile.TemporaryDirectory() as folder:
        workspace, _assessment = filled_workspace(Path(folder), assessments=SITES)
        workspace.close()
        times: dict[str, list[float]] = {"ours": [], "ours usable": [], "bare": [], "bare usable": []}
        for _ in range(RUNS):
            painted, usable = _run_once("ours", folder)
            times["ours"].append(painted)
            times["ours usable"].append(usable)
            times["bare"].append(_run_once("bare", folder)[0])
            times["bare usable"].append(_run_once("database", folder)[1])
    median = {name: statistics.median(values) for name, values in times.items()}
    return [
        Result("process start to first painted window", median["ours"], median["bare"]),
        Result("process start to usable window (sites shown)", median["ours usable"], median["bare usable"]),
    ]


def _run_once(kind: str, folder: str) -> tuple[float, float]:
    """Start one window, wait until it has said when it was painted and usable, in milliseconds from its start."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a person's second start has compiled modules at hand
    begun = time.time()
    command = [sys.executable, "-m", "benchmarks.window", kind, folder]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    moments = dict(line.split() for line in done.stdout.splitlines() if line.startswith(("painted", "usable")))
    painted, usable = (float(moments[name]) for name in ("painted", "usable"))
    return (painted - begun) * 1000, (usable - begun) * 1000
