"""The lock files fit pyproject.toml and each other, and say nothing about where packages come from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = {
    "requirements.lock": [],
    "requirements-dev.lock": ["dev", "installer"],
    "requirements-installer.lock": ["installer"],
}
LOCKS = list(GROUPS)


def pins(lock: str) -> dict[str, set[tuple[str, str]]]:
    """Locked versions by package name, each with the environment it is for."""
    found: dict[str, set[tuple[str, str]]] = {}
    for line in re.findall(r"^[a-z0-9].*==.*(?= \\$)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE):
        requirement = Requirement(line)
        version = str(requirement.specifier).removeprefix("==")
        found.setdefault(canonicalize_name(requirement.name), set()).add((version, str(requirement.marker or "")))
    return found


def wanted(lock: str) -> list[Requirement]:
    """What pyproject.toml asks of a lock."""
    groups = SETTINGS["dependency-groups"]
    lines = SETTINGS["project"]["dependencies"] + groups["build"] + SETTINGS["build-system"]["requires"]
    lines += [line for name in GROUPS[lock] for line in groups[name] if isinstance(line, str)]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_a_fitting_version_of_everything_asked_for(lock):
    locked = pins(lock)
    for requirement in wanted(lock):
        versions = {version for version, _ in locked.get(canonicalize_name(requirement.name), set())}
        assert versions, f"{requirement} is not in {lock}: run python3 dev.py lock"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: {versions}"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes_and_none_has_an_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    header, *packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    assert "python3 dev.py lock" in header
    assert len(packages) > len(wanted(lock))
    assert [block for block in packages if "--hash=sha256:" not in block] == []
    assert re.findall(r"://|--\S*index\S*|--find-links|--trusted-host", text) == []


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_tests_and_installers_run_with_exactly_what_users_run_with(lock):
    users, others = pins("requirements.lock"), pins(lock)
    assert {name: others.get(name) for name in users} == users


def test_qt_is_the_one_that_starts_on_the_oldest_desktops():
    assert ("6.9.3", 'python_full_version < "3.14"') in pins("requirements.lock")["pyside6-essentials"]
