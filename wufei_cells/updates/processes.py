"""Other processes: whether they live, waiting for their end, and starting programs that outlive this one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_EVERY = 0.1
_STARTED: list[subprocess.Popen[bytes]] = []
"""What goes on without this process; Python would warn that nobody waits for it."""
WITHOUT_WINDOW = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
"""So that a program of the terminal shows no empty window on Windows."""
_QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def alive(pid: int) -> bool:
    """Tell whether a process runs."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return _alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_dead_child(pid)


def wait_until_gone(pid: int, seconds: float) -> bool:
    """Wait for the end of a process; tell whether it came."""
    until = time.monotonic() + seconds
    while alive(pid):
        if time.monotonic() > until:
            return False
        time.sleep(_EVERY)
    return True


def others_from(folder: Path) -> tuple[int, ...]:
    """Give the processes whose program lies in a folder, this one left out; only Linux tells."""
    found: list[int] = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            runs_here = (entry / "exe").readlink().is_relative_to(folder)
        except OSError:
            continue  # it ended meanwhile, or is somebody else's
        if runs_here and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return tuple(found)


def start(program: Path, arguments: Sequence[str], *, folder: Path) -> None:
    """Start a program that goes on when this one has ended; ``folder`` is where it stands, never one to be renamed."""
    apart: dict[str, object] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": WITHOUT_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    command = [str(program), *arguments]
    process = subprocess.Popen(command, cwd=folder, env=environment(), close_fds=True, **_QUIET, **apart)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType, reportUnknownMemberType]
    _STARTED.append(process)


def environment() -> dict[str, str]:
    """Give the environment without what the built program added to it for its own libraries."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("_PYI_")}
    if getattr(sys, "frozen", False):
        before = kept.pop("LD_LIBRARY_PATH_ORIG", None)
        kept.pop("LD_LIBRARY_PATH", None)
        if before:
            kept["LD_LIBRARY_PATH"] = before
        kept["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    return kept


def _is_dead_child(pid: int) -> bool:
    """Whether it has ended and only its parent has not asked for its end yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return False
    return bool(state) and state[0] == "Z"


def _alive_on_windows(pid: int) -> bool:
    import ctypes  # noqa: PLC0415 - only here

    synchronize, timeout = 0x00100000, 0x102
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
    handle = kernel.OpenProcess(synchronize, False, pid)  # noqa: FBT003  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == timeout)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    finally:
        kernel.CloseHandle(handle)  # pyright: ignore[reportUnknownMemberType]
