"""What a killed program left of its example data goes at the next start; what a running one makes stays."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wufei_cells.services import half_made

ROOT = Path(__file__).resolve().parents[2]
MAKES = """
import sys, time
from pathlib import Path
from wufei_cells.services import half_made
with half_made.making(Path(sys.argv[1])) as folder:
    (folder / "photos").mkdir()
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other(tmp_path):
    """Another program that makes an example in a folder, and that folder."""
    command = [sys.executable, "-c", MAKES, str(tmp_path / "示例")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as program:
        yield program, Path(program.stdout.readline().strip())
        program.kill()


def test_what_a_running_program_makes_stays_and_what_a_killed_one_left_goes(other, tmp_path):
    program, folder = other
    half_made.clear(tmp_path / "示例")
    assert (folder / "photos").is_dir()
    program.kill()
    program.wait()
    half_made.clear(tmp_path / "示例")
    assert list(tmp_path.iterdir()) == []


def test_what_was_made_and_what_is_not_ours_stays(tmp_path):
    for name in ("示例", "示例-earlier-1", "示例-mine", "别的-abcdefgh"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0))
    half_made.clear(tmp_path / "示例")
    assert {path.name for path in tmp_path.iterdir()} == {"示例", "示例-earlier-1", "示例-mine", "别的-abcdefgh"}


def test_a_leftover_of_an_earlier_version_goes_when_it_is_old(tmp_path):
    for name, age in (("示例-abcd_012", half_made.OLD + 60), ("示例-abcd_345", 0)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    half_made.clear(tmp_path / "示例")
    assert [path.name for path in tmp_path.iterdir()] == ["示例-abcd_345"]


def test_nothing_is_left_when_making_fails_and_everything_when_it_was_put_in_place(tmp_path):
    with pytest.raises(RuntimeError), half_made.making(tmp_path / "示例"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with half_made.making(tmp_path / "示例") as folder:
        (folder / "photo").write_text("", "utf-8")
        folder.replace(tmp_path / "示例")
    assert [path.name for path in tmp_path.rglob("*")] == ["示例", "photo"]


def test_a_place_that_is_not_there_is_clear(tmp_path):
    half_made.clear(tmp_path / "nothing" / "示例")


def test_a_start_that_clears_loads_nothing_heavy(tmp_path):
    script = "import sys; from wufei_cells.services import half_made; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT).returncode == 0
