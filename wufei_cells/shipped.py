"""The only reader of ``criteria`` and ``resources``.

They are imported as modules, not named as strings, so that a frozen program finds them too. Everything else gets
what it needs handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

import criteria
import resources
from wufei_cells import paths
from wufei_cells.domain.criteria import Cities, Criteria
from wufei_cells.domain.text import LANGUAGES
from wufei_cells.wording import Catalogue

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.services.self_checking import Shipped


def shipped_cities() -> Cities:
    """Give the cities that come with the program, the one a new register starts with first."""
    found = sorted(entry.name for entry in files(criteria).iterdir() if (entry / criteria.PROFILE).is_file())
    found.sort(key=lambda city: city != criteria.DEFAULT_CITY)
    return {city: partial(shipped_criteria, city) for city in found}


@cache
def shipped_criteria(city: str = criteria.DEFAULT_CITY) -> Criteria:
    """Give the checklists and the profile of a city that comes with the program."""
    profile = f"{city}/{criteria.PROFILE}"
    contents = {f"{city}/{name}": content for name, content in _contents(files(criteria) / city, ".yaml")}
    return Criteria(
        tuple((name, content) for name, content in contents.items() if name != profile),
        (profile, contents[profile]),
    )


@cache
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


def icons() -> dict[str, bytes]:
    """Give all icons by name, as SVG."""
    found = _contents(files(resources) / "icons", ".svg")
    return {name.removesuffix(".svg"): content for name, content in found}


def verifier_parts() -> dict[str, str]:
    """Give the parts of the verification page (template, style, scripts) by their names."""
    endings = (".html", ".css", ".js")
    entries = (files(resources) / "verifier").iterdir()
    return {entry.name: entry.read_text("utf-8") for entry in entries if entry.name.endswith(endings)}


def public_parts() -> dict[str, str]:
    """Give the parts of the public register's page (template, style, script) by their names."""
    return {entry.name: entry.read_text("utf-8") for entry in (files(resources) / "public").iterdir()}


def certificate_templates() -> dict[str, bytes]:
    """Give the templates of certificates that come with the program, the one that holds by default first."""
    contents = dict(_contents(files(resources) / "templates", ".yaml"))
    names = sorted(contents, key=lambda name: (name != resources.DEFAULT_TEMPLATE, name))
    return {name.removesuffix(".yaml"): contents[name] for name in names}


def report_templates() -> dict[str, bytes]:
    """Give the templates of reports that come with the program, by the kind of report."""
    found = _contents(files(resources) / "templates" / "reports", ".yaml")
    return {name.removesuffix(".yaml"): content for name, content in found}


def demo_story() -> bytes:
    """Give the story that the demo plays."""
    return (files(resources) / "demo" / "story.yaml").read_bytes()


@cache
def guide_chapters(language: str) -> dict[str, str]:
    """Give the chapters of the guide in a language, as Markdown by the names of their files, in their order."""
    found = _contents(files(resources) / "guide" / language, ".md")
    return {name.removesuffix(".md"): content.decode("utf-8") for name, content in found}


def guide_picture(name: str) -> bytes | None:
    """Give a picture of the guide as a file; ``None`` where there is none of that name."""
    entry = files(resources) / "guide" / "pictures" / name
    return entry.read_bytes() if entry.is_file() else None


def schema_names() -> tuple[str, ...]:
    """Name the kinds of files that have a JSON Schema."""
    names = (entry.name for entry in (files(resources) / "schema").iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def schema(name: str) -> str:
    """Give the JSON Schema of a kind of file."""
    return (files(resources) / "schema" / f"{name}.json").read_text("utf-8")


def everything() -> Shipped:
    """Give all that comes with the program, and where it writes, to be checked."""
    from wufei_cells.release import program_version  # noqa: PLC0415 - few runs check themselves
    from wufei_cells.services.self_checking import Shipped  # noqa: PLC0415 - the same

    return Shipped(
        version=program_version(),
        catalogue=wording_catalogue(),
        cities=shipped_cities(),
        fonts=_document_fonts,
        font_files=font_files(),
        icons=icons(),
        certificate_templates=certificate_templates(),
        report_templates=report_templates(),
        pages={**verifier_parts(), **public_parts()},
        guide={f"{language}/{name}": text for language in LANGUAGES for name, text in guide_chapters(language).items()},
        guide_picture=guide_picture,
        program_folder=paths.program_folder(),
        schemas={name: schema(name) for name in schema_names()},
        story=demo_story(),
        folders={
            "data": paths.data_folder(),
            "devices": paths.device_folder(),
            "settings": paths.settings_folder(),
            "log": paths.log_folder(),
        },
    )


@cache
def _document_fonts() -> DocumentFonts:
    from wufei_cells.documents.fonts import DocumentFonts, Face  # noqa: PLC0415 - loads reportlab

    return DocumentFonts({Face(name): file for name, file in font_files().items()})


def _contents(folder: Traversable, ending: str) -> Iterator[tuple[str, bytes]]:
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    yield from ((entry.name, entry.read_bytes()) for entry in entries if entry.name.endswith(ending))
