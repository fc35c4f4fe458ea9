"""House rules that a machine can read: sizes, names, docstrings, nothing private, one version."""

from __future__ import annotations

import ast
import gc
import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

MODULE_LINES = 450
FUNCTION_LINES = 50
# Exceptions, each with its present size and its reason. The lists may only shrink: a figure that is too high fails too.
LONG_MODULES: dict[str, tuple[int, str]] = {}
LONG_FUNCTIONS: dict[str, tuple[int, str]] = {}

# Names that say nothing about the content.
EMPTY_WORDS = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}

PRIVATE = {
    "a path of one machine": r"(?<![\w./~])/(?:work|root|tmp|home)/|\b[A-Z]:\\Users\\",
    "a registry or a mirror": r"\bpypi\.org|files\.pythonhosted|registry\.npm|deb\.debian|\bmirrors?\.\w+\.",
}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is in the repository, or would be with the next commit."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, encoding="utf-8").stdout
    return tuple(path for name in sorted(listing.split("\0")) if name and (path := ROOT / name).is_file())


def modules() -> list[str]:
    """Every Python file, by its path from the root."""
    return [path.relative_to(ROOT).as_posix() for path in project_files() if path.suffix == ".py"]


@dataclass(frozen=True, slots=True)
class Defined:
    """A function or class of a module."""

    name: str
    """Qualified: with the functions and classes it stands in."""
    is_class: bool
    lines: int
    documented: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """What these rules ask of a module; its syntax tree is not kept, which is a hundred times as large."""

    lines: int
    documented: bool
    lazy: bool
    """Whether it reads its annotations lazily, or holds no code."""
    definitions: tuple[Defined, ...]


@cache
def outlines() -> dict[str, Outline]:
    """The outline of every module."""
    gc.disable()  # it would walk through every tree again and again while it grows
    try:
        return {module: outline((ROOT / module).read_text(encoding="utf-8")) for module in modules()}
    finally:
        gc.enable()


def outline(content: str) -> Outline:
    """The outline of one module."""
    tree = ast.parse(content)
    documented = ast.get_docstring(tree) is not None
    code = tree.body[1:] if documented else tree.body
    first = code[0] if code else None
    lazy = isinstance(first, ast.ImportFrom) and first.module == "__future__" and first.names[0].name == "annotations"
    return Outline(len(content.splitlines()), documented, lazy or not code, tuple(definitions_below(tree)))


def definitions_below(tree: ast.AST, prefix: str = "") -> Iterator[Defined]:
    """Every function and class below a node."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            is_class = isinstance(node, ast.ClassDef)
            yield Defined(f"{prefix}{node.name}", is_class, lines, ast.get_docstring(node) is not None)
            yield from definitions_below(node, f"{prefix}{node.name}.")
        elif not isinstance(node, ast.expr):  # no definition is inside an expression
            yield from definitions_below(node, prefix)


def module_sizes() -> dict[str, int]:
    """Lines of each module."""
    return {module: one.lines for module, one in outlines().items()}


def function_sizes() -> dict[str, int]:
    """Lines of each function, from its def to its end."""
    return {
        f"{module}::{defined.name}": defined.lines
        for module, one in outlines().items()
        for defined in one.definitions
        if not defined.is_class
    }


@pytest.mark.parametrize(
    ("sizes", "limit", "exceptions"),
    [(module_sizes, MODULE_LINES, LONG_MODULES), (function_sizes, FUNCTION_LINES, LONG_FUNCTIONS)],
    ids=["modules", "functions"],
)
def test_nothing_is_longer_than_a_reader_can_hold(sizes, limit, exceptions):
    too_long = {name: lines for name, lines in sizes().items() if lines > limit}
    assert too_long == {name: lines for name, (lines, _) in exceptions.items()}, "see the limits on top of this file"


def is_public(name: str) -> bool:
    """Tell whether others may call it; names in Qt's own style are overrides, which Qt documents."""
    last = name.rpartition(".")[2]
    return not any(part.startswith("_") for part in name.split(".")) and (last == last.lower() or last[0].isupper())


def test_every_module_class_and_public_function_says_what_it_is_for():
    silent = [module for module, one in outlines().items() if not one.documented]
    for module, one in outlines().items():
        if module.startswith("tests/"):
            continue  # the name of a test is its sentence
        functions = {defined.name for defined in one.definitions if not defined.is_class}
        for defined in one.definitions:
            nested = defined.name.rpartition(".")[0] in functions
            if is_public(defined.name) and not nested and not defined.documented:
                silent.append(f"{module}::{defined.name}")
    assert not silent


def test_every_module_reads_its_annotations_lazily():
    assert not [module for module, one in outlines().items() if not one.lazy]


def test_names_say_what_is_inside():
    empty = []
    for module, one in outlines().items():
        words = {word for part in Path(module).with_suffix("").parts for word in part.split("_")}
        empty += [module] if words & EMPTY_WORDS else []
        for defined in one.definitions:
            camel = {word.lower() for word in re.findall(r"[A-Z][a-z]*", defined.name.rpartition(".")[2])}
            if defined.is_class and camel & EMPTY_WORDS:
                empty.append(f"{module}::{defined.name}")
    assert not empty


@pytest.mark.parametrize("what", PRIVATE)
def test_no_file_names(what):
    found = []
    for path in project_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
            if re.search(PRIVATE[what], line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found


def test_the_changelog_tells_of_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(\d[^\]]*)\]", changelog, re.MULTILINE)
    assert released[:1] == [version]
