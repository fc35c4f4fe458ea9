"""The public register as a folder of plain files: one page that needs no server, and the same rows as CSV and JSON.

What stands in it is public: names of units, categories, districts, numbers, days and states. Contacts, telephones,
addresses, assessors and remarks never get here; the data class has no room for them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from wufei_cells.domain.lifecycle import CertificateState

if TYPE_CHECKING:
    from jinja2 import Template

    from wufei_cells.wording import Wording

PAGE, STYLE, SCRIPT = "index.html", "style.css", "page.js"
CHECK_PAGE = "verify.html"
COLUMNS = ("number", "site", "category", "district", "level", "issued_on", "valid_until", "state", "since", "document")
BEGINS_FORMULA = ("=", "+", "-", "@")
"""What a table program would take for a formula when it opens the CSV."""


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """One certificate as the public sees it, in the words of the page."""

    number: str
    site: str
    category: str
    district: str
    level: str
    issued_on: date
    valid_until: date
    state: CertificateState
    since: date
    """The day from which it stands so."""
    document: str


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A public notice that runs: who is to be named, until when, and where to object."""

    title: str
    first: date
    last: date
    contact: str
    sites: tuple[tuple[str, str, str], ...]
    """Name, category and district of each."""


@dataclass(frozen=True, slots=True)
class PublicRegister:
    """Everything that is published."""

    city: str
    issuer: str
    as_of: date
    entries: tuple[PublicEntry, ...]
    notices: tuple[PublicNotice, ...] = ()
    example: bool = False
    check_page: str = ""
    """The page by which anybody checks a certificate; empty where the office has no key."""


def render_public_register(register: PublicRegister, parts: Mapping[str, str], words: Wording) -> dict[str, bytes]:
    """Give the files of the folder by name, in the language of the wording.

    Args:
        register: what is published.
        parts: the shipped template, style and script.
        words: the sentences of the page.
    """
    rows = [_plain(entry) for entry in register.entries]
    counts = {state: sum(entry.state is state for entry in register.entries) for state in CertificateState}
    page = _template(parts[PAGE]).render(
        register=register,
        rows=rows,
        counts=counts,
        categories=list(dict.fromkeys(entry.category for entry in register.entries)),
        states=[state for state in CertificateState if counts[state]],
        columns=COLUMNS,
        style=parts[STYLE],
        script=parts[SCRIPT],
        check_page=CHECK_PAGE if register.check_page else "",
        language="zh-CN" if words.language == "zh" else words.language,
        say=words.say,
    )
    files = {PAGE: page.encode(), "register.csv": _csv(rows, words), "register.json": _json(register, rows)}
    if register.check_page:
        files[CHECK_PAGE] = register.check_page.encode()
    return files


@lru_cache(maxsize=2)
def _template(source: str) -> Template:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only this page needs it

    # Escaping is on for everything: names come from people.
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source)


def _plain(entry: PublicEntry) -> dict[str, str]:
    return {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in asdict(entry).items()}


def _csv(rows: list[dict[str, str]], words: Wording) -> bytes:
    """Write a table that Excel and WPS open with the right characters and without taking a name for a formula."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([words.say(f"public.column_{name}") for name in COLUMNS])
    for row in rows:
        said = {**row, "state": words.say(f"certificatestate.{row['state']}")}
        writer.writerow([_harmless(said[name]) for name in COLUMNS])
    return target.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(BEGINS_FORMULA) else text


def _json(register: PublicRegister, rows: list[dict[str, str]]) -> bytes:
    document = {
        "format": "wufei-public-register/1",
        "city": register.city,
        "issuer": register.issuer,
        "as_of": register.as_of.isoformat(),
        "example": register.example,
        "certificates": rows,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
