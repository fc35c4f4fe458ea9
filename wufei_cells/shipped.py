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


def shipped_criteria(profile: str = criteria.DEFAULT_PROFILE) -> Criteria:
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


def font_files() -> dict[str, Traversable]:
    """Give the font files by the name of their face; each is read only when somebody needs it."""
    entries = (files(resources) / "fonts").iterdir()
    return {entry.name.removesuffix(".ttf"): entry for entry in entries if entry.name.endswith(".ttf")}


def icon(name: str) -> bytes:
    """Give an icon as SVG."""
    return (files(resources) / "icons" / f"{name}.svg").read_bytes()


def demo_story() -> bytes:
    """Give the story that the demo plays."""
    return (files(resources) / "demo" / "story.yaml").read_bytes()


def _contents(folder: Traversable, ending: str) -> Iterator[tuple[str, bytes]]:
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    yield from ((entry.name, entry.read_bytes()) for entry in entries if entry.name.endswith(ending))
