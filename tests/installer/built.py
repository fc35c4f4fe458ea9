"""The built program for all tests that ask for it: frozen once in a run, kept while nothing of it changed.

A test module takes the fixture by ``from tests.installer.built import built_program``.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

from installer import content, freezing

ROOT = content.ROOT
FOLDER = ROOT / "OUT" / "installer" / "for-tests"
PARTS = (*content.PACKAGES, "installer")
FILES = ("pyproject.toml", "requirements-installer.lock", "requirements-dev.lock")


@pytest.fixture(scope="session")
def built_program():
    """Give the folder of the built program; it is shared and must not be changed: copy it to try what writes into it.

    It is frozen from this checkout with the Python that runs the tests, in half a minute, unless it was frozen before
    from exactly the same files.
    """
    if find_spec("PyInstaller") is None:
        pytest.fail("PyInstaller is missing: python3 dev.py setup")
    stamp = FOLDER / "made-from.txt"
    wanted = _fingerprint()
    with _one_at_a_time():
        if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
            freezing.freeze([sys.executable], FOLDER)
            stamp.write_text(wanted, encoding="utf-8")
    return FOLDER / content.PROGRAM


@contextmanager
def _one_at_a_time():
    """Let a second worker of the same run wait for the first."""
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with (FOLDER.parent / "for-tests.lock").open("w") as file:
        if os.name != "nt":
            import fcntl  # noqa: PLC0415 - only there

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fingerprint() -> str:
    """Say what the program is made from; a content that was looked at before is known by its size and time."""
    found = hashlib.sha256(sys.version.encode())
    for part in PARTS:
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(ROOT).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    for name in FILES:
        found.update((ROOT / name).read_bytes())
    return f"{found.hexdigest()} {os.name}"
