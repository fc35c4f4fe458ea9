"""Runs a few lines in a process of its own, whose memory is limited and measured."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST = 1500
_HEAD = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {root!r})
import wufei_cells.exchange.strict_json, wufei_cells.exchange.decompression
content = Path({file!r}).read_bytes()
resource.setrlimit(resource.RLIMIT_AS, ({most} << 20, {most} << 20))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
"""
_TAIL = """
print("grown", (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@dataclass(frozen=True)
class Done:
    """What the process said, and by how many megabytes it grew."""

    printed: str
    grown: int


def memory_of(lines: str, content: bytes = b"", *, seconds: int = 30, most: int = MOST) -> Done:
    """Run some lines, which find ``content`` as a variable."""
    with tempfile.NamedTemporaryFile(suffix=".content") as file:
        file.write(content)
        file.flush()
        head = _HEAD.format(root=str(ROOT), file=file.name, most=most)
        source = head + textwrap.dedent(lines) + _TAIL
        done = subprocess.run(
            [sys.executable, "-c", source], capture_output=True, encoding="utf-8", timeout=seconds, check=False
        )
    assert done.returncode == 0, done.stderr
    printed, _, grown = done.stdout.rpartition("grown ")
    return Done(printed.strip(), int(grown))
