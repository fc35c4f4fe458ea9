"""Read what a person wants to draw: everything wrong with it at once, names made ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wufei_cells.domain.drawings import Choice, ConflictOn, Declared, Pool, one_line
from wufei_cells.domain.register import SiteRow
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.services import reading
from wufei_cells.services.drawing_population import named_sites
from wufei_cells.services.text_fields import LONGEST_LINE, LONGEST_NAME, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.journal import Connection

MOST_MONTHS = 240
WHOLE = 100
"""Percent."""


def read_choice(workspace: Workspace, connection: Connection, choice: Choice, sites: Sequence[SiteRow]) -> Choice:
    """Give a choice with clean names and with ids in place of the names of sites.

    Raises:
        ProblemsFound: everything that is wrong with it.
    """
    cleaned = replace(
        choice,
        title=one_line(choice.title),
        inspectors=tuple(sorted(one_line(name) for name in choice.inspectors if one_line(name))),
        stage=choice.stage if choice.pool is Pool.FILES else None,
        left_out={_id(sites, key): one_line(reason) for key, reason in choice.left_out.items()},
        declared=tuple(_declared(sites, said) for said in choice.declared),
    )
    found = [
        *_plain_problems(cleaned),
        *_filter_problems(workspace, connection, cleaned),
        *_people_problems(cleaned),
        *_left_out_problems(cleaned, sites),
        *(problem for said in cleaned.declared for problem in _conflict_problems(connection, cleaned, said, sites)),
    ]
    if found:
        raise ProblemsFound(found)
    return cleaned


def _id(sites: Sequence[SiteRow], key: str) -> str:
    found = named_sites(sites, key)
    return found[0].id if len(found) == 1 else key


def _declared(sites: Sequence[SiteRow], said: Declared) -> Declared:
    subject = _id(sites, said.subject) if said.on is ConflictOn.SITE else said.subject.strip()
    return Declared(one_line(said.inspector), said.on, subject, one_line(said.reason))


def _plain_problems(choice: Choice) -> Iterator[Problem]:
    if not choice.title:
        yield Problem("drawing.no_title", "title")
    yield from text_problems("title", choice.title, limit=LONGEST_NAME)
    if (choice.number is None) == (choice.percent is None):
        yield Problem("drawing.number_or_percent", "number")
    elif choice.number is not None and choice.number < 1:
        yield Problem("drawing.number_range", "number", {"found": choice.number})
    elif choice.percent is not None and not 1 <= choice.percent <= WHOLE:
        yield Problem("drawing.percent_range", "percent", {"found": choice.percent})
    if not 0 <= choice.checked_months <= MOST_MONTHS:
        yield Problem("drawing.months_range", "checked_months", {"found": choice.checked_months, "most": MOST_MONTHS})


def _filter_problems(workspace: Workspace, connection: Connection, choice: Choice) -> Iterator[Problem]:
    if choice.pool is Pool.FILES and choice.stage is None:
        yield Problem("drawing.no_stage", "stage")
    categories = tuple(one.key for one in reading.categories(workspace, connection))
    districts = tuple(one.key for one in reading.profile(connection).districts)
    for place, key, allowed in (("category", choice.category, categories), ("district", choice.district, districts)):
        if key is not None and key not in allowed:
            yield Problem("field.not_choice", place, {"found": key, "allowed": allowed})


def _people_problems(choice: Choice) -> Iterator[Problem]:
    if not choice.per_site >= 1:
        yield Problem("drawing.per_site_range", "per_site", {"found": choice.per_site})
    for name, times in Counter(choice.inspectors).items():
        if times > 1:
            yield Problem("drawing.inspector_twice", "inspectors", {"name": name})
        yield from text_problems("inspectors", name, limit=LONGEST_NAME)
    people = len(set(choice.inspectors))
    if people < choice.per_site:
        yield Problem("drawing.few_inspectors", "inspectors", {"found": people, "needed": choice.per_site})


def _left_out_problems(choice: Choice, sites: Sequence[SiteRow]) -> Iterator[Problem]:
    known = {site.id for site in sites}
    for key, reason in choice.left_out.items():
        if key not in known:
            yield _unknown(sites, "left_out", key)
        if not reason:
            yield Problem("drawing.left_out_reason", "left_out", {"site": key})
        yield from text_problems("left_out", reason, limit=LONGEST_LINE)


def _conflict_problems(
    connection: Connection, choice: Choice, said: Declared, sites: Sequence[SiteRow]
) -> Iterator[Problem]:
    if said.inspector not in choice.inspectors:
        yield Problem("drawing.conflict_stranger", "declared", {"name": said.inspector})
    if not said.reason:
        yield Problem("drawing.conflict_reason", "declared", {"name": said.inspector})
    yield from text_problems("declared", said.reason, limit=LONGEST_LINE)
    if said.on is ConflictOn.DISTRICT:
        allowed = tuple(one.key for one in reading.profile(connection).districts)
        if said.subject not in allowed:
            yield Problem("field.not_choice", "declared", {"found": said.subject, "allowed": allowed})
    elif said.on is ConflictOn.UNIT:
        if said.subject not in {site.credit_code for site in sites if site.credit_code}:
            yield Problem("drawing.unknown_unit", "declared", {"found": said.subject})
    elif said.subject not in {site.id for site in sites}:
        yield _unknown(sites, "declared", said.subject)


def _unknown(sites: Sequence[SiteRow], place: str, key: str) -> Problem:
    several = len(named_sites(sites, key))
    if several > 1:
        return Problem("register.several_sites", place, {"name": key, "count": several})
    return Problem("register.unknown_site", place, {"site": key})
