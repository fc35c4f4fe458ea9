"""Enter sites into the register and change what is known of them."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.register import SiteId, SiteRow
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.scoring.conditions import read_facts
from wufei_cells.services import browsing
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import queries
from wufei_cells.store.journal import Connection, Draft, append

LONGEST_NAME = 120
LONGEST_FIELD = 500
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """What is known of a site: the fields of its form."""

    name: str
    category: str
    district: str
    address: str = ""
    credit_code: str = ""
    contact: str = ""
    phone: str = ""
    note: str = ""
    facts: Mapping[str, str | None] = field(default_factory=dict[str, str | None])


TEXT_FIELDS = tuple(entry.name for entry in fields(SiteDraft) if entry.name != "facts")


def add_site(workspace: Workspace, draft: SiteDraft) -> SiteRow:
    """Enter a site.

    Raises:
        ProblemsFound: everything wrong with the form, the place being the field's name.
    """
    draft = _cleaned(draft)
    _check(workspace, draft)
    site = SiteId(uuid.uuid4().hex)
    with workspace.database.writing() as connection:
        if queries.sites_named(connection, draft.name):
            raise ProblemsFound([Problem("site.duplicate_name", "name", {"name": draft.name})])
        _append(workspace, connection, site, _values(draft))
    return browsing.site(workspace, site)


def edit_site(
    workspace: Workspace, site_id: str, *, facts: Mapping[str, str | None] | None = None, **changed: str
) -> SiteRow:
    """Change fields of a site; only what differs is written, each field as an act of its own.

    Raises:
        ProblemsFound: everything wrong with the changed form.
        TypeError: a field that sites do not have.
    """
    row = browsing.site(workspace, site_id)
    known = {**row.facts, **(facts or {})}
    before = SiteDraft(**{name: getattr(row, name) for name in TEXT_FIELDS}, facts=dict(row.facts))
    draft = _cleaned(replace(before, **changed, facts=known))
    _check(workspace, draft)
    old = _values(before)
    with workspace.database.writing() as connection:
        if draft.name != row.name and queries.sites_named(connection, draft.name):
            raise ProblemsFound([Problem("site.duplicate_name", "name", {"name": draft.name})])
        new = {cell: value for cell, value in _values(draft).items() if old.get(cell) != value}
        _append(workspace, connection, row.id, new)
    return browsing.site(workspace, row.id)


def _append(workspace: Workspace, connection: Connection, site: SiteId, values: Mapping[str, JsonValue]) -> None:
    drafts = [
        Draft("site_fact" if cell.startswith("fact.") else "site", site, cell, value) for cell, value in values.items()
    ]
    append(workspace.database, connection, drafts, author=workspace.person.id, at=workspace.now())


def _values(draft: SiteDraft) -> dict[str, JsonValue]:
    values: dict[str, JsonValue] = {name: getattr(draft, name) for name in TEXT_FIELDS if getattr(draft, name)}
    values |= {name: "" for name in TEXT_FIELDS if name not in values}
    return values | {f"fact.{key}": value or None for key, value in draft.facts.items()}


def _cleaned(draft: SiteDraft) -> SiteDraft:
    """Normalise what was typed: no stray spaces, one form for each character, capital letters in the credit code."""
    texts = {name: " ".join(unicodedata.normalize("NFC", getattr(draft, name)).split()) for name in TEXT_FIELDS}
    texts["credit_code"] = unicodedata.normalize("NFKC", texts["credit_code"]).upper()
    facts = {key: None if value is None else value.strip() for key, value in draft.facts.items()}
    return replace(draft, **texts, facts=facts)


def _check(workspace: Workspace, draft: SiteDraft) -> None:
    problems: list[Problem] = []
    if not draft.name:
        problems.append(Problem("site.no_name", "name"))
    problems += [
        Problem("field.too_long", name, {"limit": limit})
        for name in TEXT_FIELDS
        if len(getattr(draft, name)) > (limit := LONGEST_NAME if name == "name" else LONGEST_FIELD)
    ]
    problems += [
        Problem("field.control_character", name)
        for name in TEXT_FIELDS
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in getattr(draft, name))
    ]
    if draft.credit_code and not valid_credit_code(draft.credit_code):
        problems.append(Problem("site.credit_code", "credit_code", {"found": draft.credit_code}))
    problems += _place_problems(workspace, draft)
    if problems:
        raise ProblemsFound(problems)


def _place_problems(workspace: Workspace, draft: SiteDraft) -> list[Problem]:
    """Check what the profile and the category's checklist decide: district, category and facts."""
    problems: list[Problem] = []
    profile = browsing.profile(workspace)
    if profile.district(draft.district) is None:
        allowed = ", ".join(f"{district.key} {district.text.zh}" for district in profile.districts)
        problems.append(Problem("site.unknown_district", "district", {"found": draft.district, "allowed": allowed}))
    categories = {category.key: category for category in browsing.categories(workspace)}
    if draft.category not in categories:
        allowed = ", ".join(f"{category.key} {category.text.zh}" for category in categories.values())
        return [*problems, Problem("site.unknown_category", "category", {"found": draft.category, "allowed": allowed})]
    checklist = browsing.checklist(workspace, browsing.current_edition(workspace, draft.category).id)
    known = {fact.key for fact in checklist.facts}
    problems += [
        Problem("site.unknown_fact", f"facts.{key}", {"found": key, "allowed": ", ".join(sorted(known))})
        for key in draft.facts
        if key not in known
    ]
    return problems + read_facts(checklist.facts, draft.facts)[1]


def valid_credit_code(code: str) -> bool:
    """Check a unified social credit code by its check digit (GB 32100-2015)."""
    if not _CREDIT_CODE.fullmatch(code):
        return False
    total = sum(weight * _CODE_LETTERS.index(letter) for weight, letter in zip(_CODE_WEIGHTS, code, strict=False))
    return _CODE_LETTERS[-total % 31] == code[17]
