"""Checks of what was shipped, and of the machine it was shipped to."""

from __future__ import annotations

import json
import platform
import re
import sqlite3
import string
import sys
import tempfile
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wufei_cells.checklists.profile_reading import read_profile
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.checklists.yaml_source import parse_yaml
from wufei_cells.domain.text import LANGUAGES
from wufei_cells.services import certificate_templating, reporting
from wufei_cells.services.self_checking import RARE, Check, Found, Shipped, Unsound
from wufei_cells.updates import signatures
from wufei_cells.wording import Catalogue

LEAST_SQLITE = (3, 24, 0)
"""The store changes rows that are there already in one statement (ON CONFLICT … DO UPDATE, 3.24) and compares rows
(3.15); tables without row ids (3.8.2), partial indexes (3.8.0) and the write-ahead log (3.7.0) are older."""
SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)
_PICTURE = re.compile(r"\]\((?:[^)]*/)?pictures/([^)]+)\)")
CHINA = timedelta(hours=8)


def shipped_checks(shipped: Shipped) -> Iterator[Check]:
    """Check what comes with the program."""
    yield "program", lambda: _program(shipped.version)
    yield "wording", lambda: _wording(shipped.catalogue)
    yield "checklists", lambda: _checklists(shipped)
    yield "templates", lambda: _templates(shipped)
    yield "pages", lambda: _pages(shipped)
    yield "guide", lambda: _guide(shipped)
    yield "updates", lambda: _updates(shipped.program_folder)
    yield "fonts", lambda: _fonts(shipped)


def machine_checks(shipped: Shipped) -> Iterator[Check]:
    """Check what the machine and the libraries give."""
    yield "sqlite", _sqlite
    yield "time_zones", _time_zones
    yield "folders", lambda: _folders(shipped)


def _program(version: str) -> Found:
    if not version:
        raise Unsound("no_version")
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return {
        "version": version,
        "python": platform.python_version(),
        "system": system,
        "frozen": bool(getattr(sys, "frozen", False)),
    }


def _wording(catalogue: Catalogue) -> Found:
    missing = [key for key, said in catalogue.items() if not all(said.get(language) for language in LANGUAGES)]
    broken = [key for key, said in catalogue.items() if not all(_readable(sentence) for sentence in said.values())]
    if missing or broken or not catalogue:
        raise Unsound("wording", keys=tuple([*missing, *broken][:5]), count=len(missing) + len(broken))
    return {"count": len(catalogue)}


def _readable(sentence: str) -> bool:
    try:
        return bool(list(string.Formatter().parse(sentence)))
    except ValueError:
        return False


def _checklists(shipped: Shipped) -> Found:
    count = 0
    for get in shipped.cities.values():
        criteria = get()
        read_profile(criteria.profile[1], criteria.profile[0])
        for name, content in criteria.checklists:
            read_checklist(content, name)
            count += 1
    if not count:
        raise Unsound("no_checklists")
    return {"count": count, "cities": len(shipped.cities)}


def _templates(shipped: Shipped) -> Found:
    for name, content in shipped.certificate_templates.items():
        certificate_templating.shipped_template(content, name)
    for name, content in shipped.report_templates.items():
        reporting.template(content, name)
    if not (shipped.certificate_templates and shipped.report_templates):
        raise Unsound("no_templates")
    return {"certificates": len(shipped.certificate_templates), "reports": len(shipped.report_templates)}


def _pages(shipped: Shipped) -> Found:
    empty = [name for name, text in shipped.pages.items() if not text.strip()]
    if empty or not shipped.pages:
        raise Unsound("pages", names=tuple(empty))
    for text in shipped.schemas.values():
        json.loads(text)
    parse_yaml(shipped.story, "story.yaml")
    return {"count": len(shipped.pages), "schemas": len(shipped.schemas)}


def _guide(shipped: Shipped) -> Found:
    names = {name for text in shipped.guide.values() for name in _PICTURE.findall(text)}
    missing = sorted(name for name in names if not shipped.guide_picture(name))
    if missing or not all(text.strip() for text in shipped.guide.values()) or not shipped.guide:
        raise Unsound("guide", names=tuple(missing[:5]))
    return {"chapters": len(shipped.guide), "pictures": len(names)}


def _updates(program: Path | None) -> Found:
    keys = signatures.trusted_keys(program / signatures.FOLDER) if program else {}
    return {"keys": len(keys)}


def _fonts(shipped: Shipped) -> Found:
    from wufei_cells.documents.fonts import Face  # noqa: PLC0415 - loads reportlab

    fonts = shipped.fonts()
    for face in Face:
        if face is Face.FALLBACK:  # stands in for the others, and holds nothing that they hold
            continue
        if missing := fonts.missing(f"无废细胞 Aa1，{RARE}", face):
            raise Unsound("font", face=face.value, characters=missing)
    return {"count": len(Face), "characters": RARE}


def _sqlite() -> Found:
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        raise Unsound("sqlite", version=sqlite3.sqlite_version, least=_dotted(LEAST_SQLITE))
    return {"version": sqlite3.sqlite_version, "least": _dotted(LEAST_SQLITE)}


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)


def _time_zones() -> Found:
    zone = zoneinfo.ZoneInfo("Asia/Shanghai")
    if SUMMER.astimezone(zone).utcoffset() != CHINA:
        raise Unsound("time_zones")
    return {"here": datetime.now().astimezone().strftime("%z")}


def _folders(shipped: Shipped) -> Found:
    closed = [name for name, folder in shipped.folders.items() if not _takes_files(folder)]
    if closed:
        raise Unsound("folders", folders=tuple(str(shipped.folders[name]) for name in closed))
    return {"count": len(shipped.folders)}


def _takes_files(folder: Path) -> bool:
    """Write a file where the folder is, or where it would be made."""
    there = next((one for one in (folder, *folder.parents) if one.exists()), None)
    if there is None or not there.is_dir():
        return False
    try:
        with tempfile.TemporaryFile(dir=there, prefix=".wufei-") as file:
            file.write(b"wufei")
    except OSError:
        return False
    return True
