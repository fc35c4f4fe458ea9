"""Say in what two built folders differ: ``python -m installer.comparing FOLDER FOLDER``."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path


def differences(first: Path, second: Path) -> list[str]:
    """Give a line for each file that only one of two folders has, or that differs."""
    here, there = _sums(first), _sums(second)
    lines = [f"only in {first}: {name}" for name in sorted(here.keys() - there.keys())]
    lines += [f"only in {second}: {name}" for name in sorted(there.keys() - here.keys())]
    return lines + [f"differs: {name}" for name in sorted(here.keys() & there.keys()) if here[name] != there[name]]


def _sums(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main(arguments: list[str]) -> int:
    """Print the differences; the exit code says whether there are any."""
    lines = differences(Path(arguments[0]), Path(arguments[1]))
    print("\n".join(lines) if lines else "the same files with the same content")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
