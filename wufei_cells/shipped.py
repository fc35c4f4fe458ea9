"""The only reader of ``criteria`` and ``resources``.

They are imported as modules, not named as strings, so that a frozen program finds them too. Everything else gets
what it needs handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import criteria
import resources
from wufei_cells.domain.criteria import Criteria
from wufei_cells.wording import Catalogue

DEFAULT_PROFILE = "jiaozuo"


def shipped_criteria(profile: str = DEFAULT_PROFILE) -> Criteria:
    """Give the shipped checklists and one city's profile."""
    root = files(criteria)
    return Criteria(
        tuple(_contents(root / "checklists", ".yaml")),
        (f"{profile}.yaml", (root / "profiles" / f"{profile}.yaml").read_bytes()),
    )


def wording_catalogue() -> Catalogue:
    """Give every sentence of the program."""
    catalogue: dict[str, dict[str, str]] = {}
    for _name, content in _contents(files(resources) / "wording", ".json"):
        catalogue.update(json.loads(content))
    return catalogue


def font(name: str) -> bytes:
    """Give a font file."""
    return (files(resources) / "fonts" / name).read_bytes()


def fonts() -> dict[str, bytes]:
    """Give all font files by name."""
    return dict(_contents(files(resources) / "fonts", ".ttf"))


def icon(name: str) -> bytes:
    """Give an icon as SVG."""
    return (files(resources) / "icons" / f"{name}.svg").read_bytes()


def demo_story() -> bytes:
    """Give the story that the demo plays."""
    return (files(resources) / "demo" / "story.yaml").read_bytes()


def _contents(folder: Traversable, ending: str) -> Iterator[tuple[str, bytes]]:
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    yield from ((entry.name, entry.read_bytes()) for entry in entries if entry.name.endswith(ending))
