"""Install what a lock names for Windows, from any system."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from packaging.markers import Marker

# What conditions of a lock compare with; pip would ask this machine instead, and leave out what only Windows needs.
WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9][^ ;\\]*)(?: *; *(?P<condition>[^\\]*?))? *\\?$")


def for_windows(lock: str) -> str:
    """Give the entries of a lock that hold on Windows, without their conditions."""
    kept: list[str] = []
    taken = False
    for line in lock.splitlines():
        entry = _ENTRY.match(line)
        if entry:
            taken = not entry["condition"] or Marker(entry["condition"]).evaluate(WINDOWS)
            kept += [f"{entry['name']} \\"] if taken else []
        elif taken and line.strip().startswith("--hash"):
            kept.append(line)
    return "\n".join(kept) + "\n"


def install(lock: Path, folder: Path) -> None:
    """Put exactly the wheels of a lock into a folder, each checked by its hash; nothing when they are there."""
    wanted = for_windows(lock.read_text("utf-8"))
    key = hashlib.sha256(wanted.encode()).hexdigest()
    stamp = folder / "made-from.txt"
    if stamp.is_file() and stamp.read_text("utf-8") == key:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    entries = folder / "requirements.txt"
    entries.write_text(wanted, encoding="utf-8")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq"]
    command += [
        "--platform",
        "win_amd64",
        "--python-version",
        "3.11",
        "--only-binary=:all:",
        "--no-deps",
        "--no-compile",
    ]
    subprocess.run(
        [*command, "--require-hashes", "--requirement", str(entries), "--target", str(folder)],
        check=True,
        stdin=subprocess.DEVNULL,
    )
    stamp.write_text(key, encoding="utf-8")
