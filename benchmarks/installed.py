"""The built program as people get it: its size, its start and its memory, against a bare window built the same way.

The program is the one that ``build_installer.py`` left in OUT/installer/linux, and is built now where none is. Both are
started on a screen of their own (Xvfb) with their real platform plugin. ``cold``: the files were put out of the memory
of the system before.
"""

from __future__ import annotations

import lzma
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.register import filled_workspace
from benchmarks.result import Result
from installer import content, freezing

BUILT = content.ROOT / "OUT" / "installer" / "linux" / content.PROGRAM
RUNS = 5
SITES = 100
PATIENCE = 60  # seconds
GLANCE = 0.002
AT_REST = 3.0  # seconds after which a started program has loaded what it loads
MEGABYTE = 1_000_000


def run() -> Iterator[Result]:
    """Measure all of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = BUILT if BUILT.is_dir() else freezing.freeze([sys.executable], folder / "ours")
        bare = freezing.freeze([sys.executable], folder / "bare", spec=content.ROOT / "benchmarks" / "bare_window.spec")
        yield Result("installed size", _size(ours), _size(bare), "MB")
        yield Result("archive (tar.xz)", _packed(ours, folder), _packed(bare, folder), "MB")
        (folder / "register").mkdir()
        filled_workspace(folder / "register", assessments=SITES)[0].close()
        with _screen() as display:
            yield from _starts(_Machine(folder, display), ours, bare)


def _starts(machine: _Machine, ours: Path, bare: Path) -> Iterator[Result]:
    kinds: dict[str, Callable[[], _Started]] = {
        "ours": lambda: machine.program([str(ours / content.PROGRAM)]),
        "ours from source": lambda: machine.program([sys.executable, "-m", "ui"]),
        "bare": lambda: machine.bare(bare / content.PROGRAM),
    }
    warm = {name: _medians([start() for _ in range(RUNS)]) for name, start in kinds.items()}
    cold: dict[str, _Started] = {}
    for name, place in (("ours", ours), ("bare", bare)):
        started: list[_Started] = []
        for _ in range(RUNS):
            _forget(place)
            started.append(kinds[name]())
        cold[name] = _medians(started)
    for title, told in (("warm", warm), ("cold", cold)):
        yield Result(f"{title} start to painted window", told["ours"].painted, told["bare"].painted)
        yield Result(f"{title} start to usable window", told["ours"].usable, told["bare"].painted)
    source = warm["ours from source"]
    yield Result("warm start to usable window / from source", warm["ours"].usable, source.usable)
    yield Result("memory after the start (PSS)", warm["ours"].memory, warm["bare"].memory, "MB")


class _Started:
    """One start: milliseconds until the window was painted and usable, and the megabytes it then holds."""

    def __init__(self, painted: float, usable: float, memory: float) -> None:
        self.painted = painted
        self.usable = usable
        self.memory = memory


def _medians(started: list[_Started]) -> _Started:
    values = ([getattr(one, name) for one in started] for name in ("painted", "usable", "memory"))
    return _Started(*(statistics.median(column) for column in values))


class _Machine:
    """Where programs are started: a screen, a home of nobody, and a register."""

    def __init__(self, folder: Path, display: str) -> None:
        self._home = folder / "home"
        self._register = folder / "register"
        self._log = self._home / ".local" / "state" / content.PROGRAM / "log" / "program.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_", "WAYLAND"))}
        self._env = {**kept, "HOME": str(self._home), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self._env |= {"WUFEI_DEVICES": str(self._home / "devices"), "PYTHONDONTWRITEBYTECODE": ""}

    def program(self, command: list[str]) -> _Started:
        """Start the program; its log says when it was painted and when the register was open."""
        shutil.rmtree(self._log.parent, ignore_errors=True)
        command = [*command, "--data", str(self._register), "--language", "zh"]
        return self._start(command, lambda: self._log.read_text("utf-8") if self._log.is_file() else "")

    def bare(self, program: Path) -> _Started:
        """Start the bare window, which says itself when it was painted."""
        said = self._home / "said.txt"
        said.parent.mkdir(exist_ok=True)
        said.write_text("")
        return self._start([str(program)], said.read_text, said)

    def _start(self, command: list[str], told: Callable[[], str], said: Path | None = None) -> _Started:
        self._home.mkdir(exist_ok=True)
        output = said or self._home / "output.txt"
        begun = time.time()
        with (
            output.open("w") as stream,
            subprocess.Popen(command, env=self._env, cwd=content.ROOT, stdout=stream, stderr=stream) as process,
        ):
            try:
                painted = _until(lambda: "painted" in told(), output)
                usable = painted if said else _until(lambda: "register_opened" in told(), output)
                time.sleep(AT_REST)
                memory = _memory(process.pid)
            finally:
                process.terminate()
        return _Started((painted - begun) * 1000, (usable - begun) * 1000, memory)


def _until(condition: Callable[[], bool], output: Path) -> float:
    """Give the moment at which something is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(output.read_text("utf-8", "replace"))
        time.sleep(GLANCE)
    return time.time()


def _memory(process: int) -> float:
    """Give what a process holds, shared pages by its share, in megabytes."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / MEGABYTE


@contextmanager
def _screen() -> Iterator[str]:
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in _files(folder)) / MEGABYTE


def _packed(folder: Path, scratch: Path) -> float:
    target = scratch / "packed.tar.xz"
    with lzma.open(target, "wb", preset=6) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        tar.add(folder, folder.name)
    size = target.stat().st_size / MEGABYTE
    target.unlink()
    return size


def _forget(folder: Path) -> None:
    """Have the system put the files out of its memory, as after it was switched on."""
    os.sync()
    for path in _files(folder):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
