"""Enter sites into the register and change what is known of them."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.editions import leading
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import EditionId, SiteId, SiteRow
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.scoring.conditions import read_facts
from wufei_cells.services import reading
from wufei_cells.services.text_fields import LONGEST_LINE, LONGEST_NAME, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, queries
from wufei_cells.store.journal import Connection, Draft

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


# The name stands first.
TEXT_FIELDS = tuple(entry.name for entry in fields(SiteDraft) if entry.name != "facts")
FREE_STAGES = (Stage.REGISTERED, Stage.STOPPED, Stage.REJECTED)
"""Where a site may still be given another category."""


class SiteRules:
    """What sites have to keep to, as the register stands in a transaction: read once, asked for any number of them."""

    def __init__(self, workspace: Workspace, connection: Connection) -> None:
        self._workspace, self._connection = workspace, connection
        self.profile = reading.profile(connection)
        self.categories = reading.categories(workspace, connection)
        self._editions = queries.editions(connection)
        self._in_force: dict[tuple[str, str], tuple[EditionId, ...]] = {}

    def problems(self, draft: SiteDraft, taken: Callable[[str], object]) -> list[Problem]:
        """List what is wrong with the fields other than facts; ``taken`` tells whether another site bears a name."""
        problems = text_problems("name", draft.name, limit=LONGEST_NAME)
        if not draft.name:
            problems.append(Problem("site.no_name", "name"))
        elif not problems and taken(draft.name):
            problems.append(Problem("site.duplicate_name", "name", {"name": draft.name}))
        for name in TEXT_FIELDS[1:]:
            problems += text_problems(name, getattr(draft, name), limit=LONGEST_LINE)
        if draft.credit_code and not valid_credit_code(draft.credit_code):
            problems.append(Problem("site.credit_code", "credit_code", {"found": draft.credit_code}))
        if self.profile.district(draft.district) is None:
            allowed = ", ".join(f"{district.key} {district.text.zh}" for district in self.profile.districts)
            problems.append(Problem("site.unknown_district", "district", {"found": draft.district, "allowed": allowed}))
        if draft.category not in {category.key for category in self.categories}:
            allowed = ", ".join(f"{category.key} {category.text.zh}" for category in self.categories)
            problems.append(Problem("site.unknown_category", "category", {"found": draft.category, "allowed": allowed}))
        return problems

    def asking(self, category: str, district: str, pinned: EditionId | None = None) -> list[Checklist]:
        """Give the checklists that ask for facts: the edition in effect, and one that an assessment is pinned to."""
        if (category, district) not in self._in_force:
            rows = [row for row in self._editions if row.category == category]
            in_force = leading(rows, self._workspace.today(), district)
            self._in_force[category, district] = tuple(row.id for row in ([in_force] if in_force else rows[:1]))
        wanted = [*self._in_force[category, district], *([pinned] if pinned else [])]
        return [reading.checklist(self._workspace, self._connection, edition) for edition in dict.fromkeys(wanted)]

    def facts_problems(self, draft: SiteDraft, pinned: EditionId | None = None) -> list[Problem]:
        """Check facts against what is asked for."""
        asking = self.asking(draft.category, draft.district, pinned)
        problems: list[Problem] = []
        for key, value in draft.facts.items():
            declared = [checklist.facts for checklist in asking if any(fact.key == key for fact in checklist.facts)]
            found = [read_facts(facts, {key: value})[1] for facts in declared]
            if asking and not declared:
                known = ", ".join(sorted({fact.key for checklist in asking for fact in checklist.facts}))
                problems.append(Problem("site.unknown_fact", f"facts.{key}", {"found": key, "allowed": known}))
            elif found and all(found):  # a value that one of the editions can read is right for that one
                problems += found[0]
        return problems


def add_site(workspace: Workspace, draft: SiteDraft) -> SiteRow:
    """Enter a site.

    Raises:
        ProblemsFound: everything wrong with the form, the place being the field's name.
    """
    draft = cleaned(draft)
    site = SiteId(uuid.uuid4().hex)
    with workspace.database.writing() as connection:
        rules = SiteRules(workspace, connection)
        problems = rules.problems(draft, partial(queries.sites_named, connection))
        problems += rules.facts_problems(draft)
        if problems:
            raise ProblemsFound(problems)
        workspace.write(connection, site_acts(site, {cell: value for cell, value in _values(draft).items() if value}))
        return reading.site_on(workspace, connection, site)


def edit_site(
    workspace: Workspace, site_id: str, *, facts: Mapping[str, str | None] | None = None, **changed: str
) -> SiteRow:
    """Change fields of a site; only what differs is written, each field as an act of its own.

    A field in conflict is written whenever it is named, also with the value that is shown: that settles it.

    Raises:
        ProblemsFound: everything wrong with the changed fields.
        TypeError: a field that sites do not have.
    """
    with workspace.database.writing() as connection:
        row = reading.site(connection, site_id)
        change_site(workspace, connection, row, facts or {}, changed)
        return reading.site_on(workspace, connection, row.id)


def change_site(
    workspace: Workspace,
    connection: Connection,
    row: SiteRow,
    facts: Mapping[str, str | None],
    changed: Mapping[str, str] | None = None,
) -> None:
    """Change facts and fields of a site within a transaction."""
    before = SiteDraft(**{name: getattr(row, name) for name in TEXT_FIELDS}, facts=row.facts)
    draft = cleaned(replace(before, **(changed or {}), facts=facts))
    named = {*(changed or {}), *(f"fact.{key}" for key in facts)}
    rules = SiteRules(workspace, connection)
    found = rules.problems(draft, lambda name: name != row.name and queries.sites_named(connection, name))
    problems = [problem for problem in found if problem.place in named]
    pinned = reading.assessment(connection, row.assessment).edition if row.assessment else None
    problems += rules.facts_problems(draft, pinned)
    if draft.category != row.category and row.stage not in FREE_STAGES:
        problems.append(Problem("site.category_in_use", "category", {"site": row.name}))
    if problems:
        raise ProblemsFound(problems)
    held = _values(before)
    disputed = named.intersection(assessment_queries.conflicts(connection, row.id))
    new = {cell: value for cell, value in _values(draft).items() if held.get(cell) != value or cell in disputed}
    if new:
        workspace.write(connection, site_acts(row.id, new))


def site_acts(site: SiteId, values: Mapping[str, JsonValue]) -> list[Draft]:
    """Give the acts by which cells of a site get their values."""
    return [
        Draft("site_fact" if cell.startswith("fact.") else "site", site, cell, value) for cell, value in values.items()
    ]


def _values(draft: SiteDraft) -> dict[str, JsonValue]:
    """Give what each cell says: an emptied text is empty, an emptied fact is not known."""
    values: dict[str, JsonValue] = {name: getattr(draft, name) for name in TEXT_FIELDS}
    return values | {f"fact.{key}": value or None for key, value in draft.facts.items()}


def cleaned(draft: SiteDraft) -> SiteDraft:
    """Normalise what was typed: no stray spaces, one form for each character, capital letters in the credit code."""
    texts = {name: " ".join(unicodedata.normalize("NFC", getattr(draft, name)).split()) for name in TEXT_FIELDS}
    texts["credit_code"] = unicodedata.normalize("NFKC", texts["credit_code"]).upper()
    facts = {key: None if value is None else value.strip() for key, value in draft.facts.items()}
    return replace(draft, **texts, facts=facts)


def valid_credit_code(code: str) -> bool:
    """Check a unified social credit code by its check digit (GB 32100-2015)."""
    if not _CREDIT_CODE.fullmatch(code):
        return False
    total = sum(weight * _CODE_LETTERS.index(letter) for weight, letter in zip(_CODE_WEIGHTS, code, strict=False))
    return _CODE_LETTERS[-total % 31] == code[17]
