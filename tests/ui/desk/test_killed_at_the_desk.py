"""The program is killed while somebody scores, at moments nobody chose: what the window had as stored is there."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading

import pytest

from wufei_cells import shipped
from wufei_cells.services import browsing, checking, undoing
from wufei_cells.services.workspace import open_workspace

ROUNDS = 6
LONGEST = 1.2  # seconds of typing before the program is killed


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_nothing_that_was_stored_is_lost_however_often_the_program_is_killed(small_register):
    folder, assessment = small_register
    chosen = random.Random()
    said = 0
    for seed in range(ROUNDS):
        last = type_until_killed(folder, assessment, seed, after=chosen.uniform(0.05, LONGEST))
        said += len(last)
        workspace = open_workspace(folder, shipped.shipped_criteria(), person="张评估")
        written = [(row.cell, row.new) for row in browsing.history(workspace, assessment)]
        for key, document in last.items():
            assert any(cell == f"answer.{key}" and document.items() <= new.items() for cell, new in written), (
                seed,
                key,
            )
        assert checking.doctor(workspace).sound
        steps = undoing.depth(workspace, assessment)
        workspace.close()
    assert said, "the typist never got as far as storing anything"
    assert sum(steps) > 0, "what was done can still be taken back"


def type_until_killed(folder, assessment, seed, *, after):
    """Give what the window said last before it was killed."""
    command = [sys.executable, "-m", "tests.ui.desk.typist", str(folder), assessment, str(seed)]
    typist = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    )
    assert typist.stdout is not None
    assert typist.stdout.readline().strip() == "ready"
    threading.Timer(after, typist.send_signal, (signal.SIGKILL,)).start()
    with typist.stdout:
        lines = [line for line in typist.stdout if line.endswith("\n")]
    assert typist.wait() == -signal.SIGKILL
    return json.loads(lines[-1]) if lines else {}
