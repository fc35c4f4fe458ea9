"""What a program asks the disk to do, step by step, as strace saw it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

POSSIBLE = sys.platform == "linux" and shutil.which("strace") is not None
DONE = b"the import is done"
_CALLS = "openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,lseek"
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)", re.DOTALL)
_FILE = re.compile(r"(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Step:
    """One thing that the disk was asked to do."""

    what: str
    """``create``, ``write``, ``truncate``, ``sync``, ``rename``, ``unlink``, or ``done``: the program said so."""
    path: str = ""
    offset: int = 0
    content: bytes = b""
    to: str = ""


def record(folder: Path, *program: str) -> list[Step]:
    """Run a module of Python in a process that is watched; give its steps on files under a folder.

    Raises:
        RuntimeError: it failed, or this machine does not let a process be watched.
    """
    with tempfile.NamedTemporaryFile(prefix="trace-") as trace:
        watched = ["strace", "-f", "-y", "-xx", "-s", "100000000", "-e", f"trace={_CALLS}", "-o", trace.name]
        command = [*watched, sys.executable, "-m", *program]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
        if done.returncode:
            raise RuntimeError(done.stderr)
        reader = _Reader(f"{folder.resolve()}/")
        for line in _whole(Path(trace.name).read_text("ascii").splitlines()):
            reader.read(line)
    return reader.steps


def _whole(lines: Sequence[str]) -> Iterator[str]:
    """Put calls together that others interrupted in the list."""
    begun: dict[str, str] = {}
    for line in lines:
        process = line.split(" ", 1)[0]
        if line.endswith("<unfinished ...>"):
            begun[process] = line.removesuffix("<unfinished ...>").rstrip()
        elif " resumed>" in line:
            yield begun.pop(process, "") + line.split(" resumed>", 1)[1]
        else:
            yield line


class _Reader:
    """Reads the list of calls."""

    def __init__(self, under: str) -> None:
        self.steps: list[Step] = []
        self._under = under
        self._places: dict[int, int] = {}  # by descriptor: where in the file it is

    def read(self, line: str) -> None:
        call = _LINE.match(line)
        if not call or int(call.group(3)) < 0:
            return
        name, said, result = call.group(1), call.group(2), int(call.group(3))
        texts = [_bytes(text) for text in _TEXT.findall(said)]
        found = _FILE.match(said)
        if name == "openat":
            self._opened(said, texts[0].decode(), result)
        elif name.startswith("rename"):
            self._note(Step("rename", texts[0].decode(), to=texts[1].decode().removeprefix(self._under)))
        elif name.startswith("unlink"):
            self._note(Step("unlink", texts[0].decode()))
        elif found:
            self._on_file(name, said, result, texts, (int(found.group(1)), _path(found.group(2))))

    def _opened(self, said: str, path: str, number: int) -> None:
        self._places[number] = 0
        if "O_CREAT" in said:
            self._note(Step("create", path))
        if "O_TRUNC" in said:
            self._note(Step("truncate", path))

    def _on_file(self, name: str, said: str, result: int, texts: list[bytes], file: tuple[int, str]) -> None:
        number, path = file
        if name == "lseek":
            self._places[number] = result
        elif name == "ftruncate":
            self._note(Step("truncate", path, int(said.rsplit(", ", 1)[1])))
        elif name in ("fsync", "fdatasync"):
            self._note(Step("sync", path))
        elif name == "pwrite64":
            self._note(Step("write", path, int(said.rsplit(", ", 1)[1]), texts[0][:result]))
        elif texts[0] == DONE:
            self.steps.append(Step("done"))
        else:
            self._note(Step("write", path, self._places.get(number, 0), texts[0][:result]))
            self._places[number] = self._places.get(number, 0) + result

    def _note(self, step: Step) -> None:
        path = f"{step.path}/" if f"{step.path}/" == self._under else step.path
        # The index of the log lies in memory only; SQLite makes it anew.
        if path.startswith(self._under) and not path.endswith("-shm"):
            self.steps.append(Step(step.what, path.removeprefix(self._under), step.offset, step.content, step.to))


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _path(text: str) -> str:
    return _bytes(text).decode() if text.startswith("\\x") else text
