"""Dual-random sampling (双随机抽查): make the list, draw sites and inspectors from it by lot, and check a drawing.

The list can be published by its hash before the seed is known; a drawing then says which list it was announced with,
and is refused when the register would give another one. A list is drawn from once: whoever does not like the result
cannot draw again under the same title.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from wufei_cells.domain.drawing_document import drawing_document, drawing_in
from wufei_cells.domain.drawings import (
    Candidate,
    Choice,
    Declared,
    Drawing,
    DrawingPlan,
    DrawingRow,
    Drawn,
    one_line,
)
from wufei_cells.domain.register import SiteRow
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.scoring import drawing as lots
from wufei_cells.scoring.drawing import Verification
from wufei_cells.services import reading, roles
from wufei_cells.services.drawing_choice import read_choice
from wufei_cells.services.drawing_conflicts import Conflicts
from wufei_cells.services.drawing_population import VISITS, Population
from wufei_cells.services.text_fields import LONGEST_LINE, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, certificate_queries, drawing_queries, queries
from wufei_cells.store.journal import Connection, Draft

SHORTEST_HASH = 16
"""So many characters of a hash must be named at least when a list was announced."""


# --- before the draw


def plan(workspace: Workspace, choice: Choice) -> DrawingPlan:
    """Make the list as it stands today, with the reasons of all weights, exclusions and conflicts; nothing is written.

    Raises:
        ProblemsFound: everything that is wrong with the choice; or the sites that would find too few inspectors.
    """
    with workspace.database.reading() as connection:
        return _plan(workspace, connection, choice)


def survey(workspace: Workspace, choice: Choice) -> DrawingPlan:
    """See who could be drawn, whoever would visit them; nothing can be drawn from this."""
    day = workspace.today()
    with workspace.database.reading() as connection:
        bare = replace(choice, inspectors=(), declared=())
        candidates, exclusions = Population(workspace, connection, bare, day).sorted_out()
        texts = _texts(workspace, connection, candidates)
        return DrawingPlan(bare, day, candidates, exclusions, (), 0, texts, workspace.example)


def announced_text(plan: DrawingPlan) -> str:
    """Write the list as it is hashed and published before the draw."""
    return lots.list_text(plan.lists)


def announced_hash(plan: DrawingPlan) -> str:
    """Give the hash of the list."""
    return lots.list_hash(plan.lists)


def known_people(workspace: Workspace) -> tuple[str, ...]:
    """List the people of the register who could inspect, by name."""
    with workspace.database.reading() as connection:
        return tuple(sorted({one_line(name) for name in queries.people(connection).values()} - {""}))


def earlier_conflicts(workspace: Workspace) -> tuple[Declared, ...]:
    """Give the conflicts of interest that were declared for the last drawing."""
    rows = drawings(workspace)
    return rows[0].drawing.plan.choice.declared if rows else ()


# --- the draw


def draw(workspace: Workspace, choice: Choice, *, seed: str, seed_source: str, announced: str = "") -> DrawingRow:
    """Draw, and put everything that decided it on record.

    Args:
        workspace: the register.
        choice: what is drawn from what.
        seed: what nobody could choose alone, such as the numbers of a lottery of a day to come.
        seed_source: where others can look it up.
        announced: hash of the list that was published before, or its beginning; the list must be that one.

    Raises:
        ProblemsFound: everything that is wrong with the choice and the seed.
        UserError: the list is another one by now, or was drawn from already; or the person is not of the office.
    """
    seed, seed_source = one_line(seed), one_line(seed_source)
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, "drawing")
        found = _seed_problems(seed, seed_source)
        try:
            made = _plan(workspace, connection, choice)
        except ProblemsFound as error:
            raise ProblemsFound([*error.problems, *found]) from None
        if found:
            raise ProblemsFound(found)
        of_list = lots.list_hash(made.lists)
        _refuse_other_list(of_list, announced)
        _refuse_again(connection, of_list)
        drawing = Drawing(made, seed, seed_source, of_list, lots.draw(made.lists, seed))
        key = uuid.uuid4().hex
        workspace.write(connection, [Draft("drawing", key, drawing_queries.CELL, drawing_document(drawing))])
        return drawing_queries.beginning(connection, key)[0]


# --- after the draw


def drawings(workspace: Workspace) -> tuple[DrawingRow, ...]:
    """List the drawings on record, newest first."""
    with workspace.database.reading() as connection:
        return drawing_queries.drawings(connection)


def drawing(workspace: Workspace, key: str) -> DrawingRow:
    """Give one drawing by its id or its beginning, or by its title.

    Raises:
        UserError: there is none, or several are called so.
    """
    with workspace.database.reading() as connection:
        return _require(connection, key)


def verify(workspace: Workspace, key: str) -> Verification:
    """Repeat a drawing on record from its list and its seed, and compare.

    Raises:
        UserError: there is none.
    """
    return lots.verify(drawing(workspace, key).drawing)


def verify_document(document: object) -> Verification:
    """Repeat a drawing that came as a file.

    Raises:
        UserError: it is none.
    """
    return lots.verify(drawing_in(document))


@dataclass(frozen=True, slots=True)
class Visit:
    """A site that was drawn, whom to ask there, and whether somebody has been there since."""

    drawn: Drawn
    site: Candidate
    contact: str
    phone: str
    certificate: str
    """Id of the certificate to record the check under; empty where there is none."""
    done_on: date | None = None


def visits(workspace: Workspace, key: str) -> tuple[Visit, ...]:
    """List the visits of a drawing in the order of drawing, with contacts as the register has them today.

    A visit counts as done from the first spot check or order that is on record for the site's certificate, or the
    first visit of an assessment, on the day of the drawing or after it.

    Raises:
        UserError: there is no such drawing.
    """
    with workspace.database.reading() as connection:
        found = _require(connection, key).drawing
        days = _days_there(connection, found)
        held = {row.number: row.id for row in certificate_queries.certificates(connection, on=workspace.today())}
        return tuple(_visit(connection, found, one, days, held) for one in found.drawn)


def _visit(
    connection: Connection, found: Drawing, one: Drawn, days: Mapping[str, list[date]], held: Mapping[str, str]
) -> Visit:
    site = found.site(one.site)
    row = queries.site(connection, one.site)
    return Visit(
        one,
        site,
        contact=row.contact if row else "",
        phone=row.phone if row else "",
        certificate=held.get(site.certificate, ""),
        done_on=min(days.get(one.site, ()), default=None),
    )


def _days_there(connection: Connection, found: Drawing) -> Mapping[str, list[date]]:
    """Give by site the days on which somebody was there since the drawing."""
    days: dict[str, list[date]] = {}
    for one in found.drawn:
        certificates = certificate_queries.certificates_of(connection, one.site)
        events = certificate_queries.events_of(connection, certificates)
        told = [row.event for rows in events.values() for row in rows]
        there = [event.on for event in told if event.kind in VISITS]
        there += [row.visited_on for row in assessment_queries.assessments(connection, site=one.site) if row.visited_on]
        days[one.site] = [day for day in there if day >= found.plan.on]
    return days


# --- parts


def _plan(workspace: Workspace, connection: Connection, choice: Choice) -> DrawingPlan:
    day = workspace.today()
    sites = queries.sites(connection)
    cleaned = read_choice(workspace, connection, choice, sites)
    population = Population(workspace, connection, cleaned, day)
    candidates, exclusions = population.sorted_out()
    if not candidates:
        raise ProblemsFound([Problem("drawing.nobody", "pool", {"left_out": len(exclusions)})])
    of_site: dict[str, SiteRow] = {site.id: site for site in sites}
    known = Conflicts(connection, cleaned.inspectors, cleaned.declared, of_site, population.assessments)
    made = DrawingPlan(
        choice=cleaned,
        on=day,
        candidates=candidates,
        exclusions=exclusions,
        conflicts=known.of(candidates),
        count=_count(cleaned, len(candidates)),
        texts=_texts(workspace, connection, candidates),
        example=workspace.example,
    )
    lots.refuse_short(made.lists)
    return made


def _count(choice: Choice, candidates: int) -> int:
    """Give how many sites are drawn; a share is rounded up."""
    number = -(-candidates * choice.percent // 100) if choice.percent is not None else choice.number or 0
    if number > candidates:
        raise ProblemsFound([Problem("drawing.too_many", "number", {"number": number, "candidates": candidates})])
    return number


def _texts(
    workspace: Workspace, connection: Connection, candidates: tuple[Candidate, ...]
) -> dict[str, Mapping[str, str]]:
    """Keep the names that are printed, so that the same record always gives the same paper."""
    profile = reading.profile(connection)
    categories = {one.key: one.text for one in reading.categories(workspace, connection)}
    districts = {one.key: one.text for one in profile.districts}
    named = {"issuer": profile.issuer}
    for one in candidates:
        if one.category in categories:
            named[f"category.{one.category}"] = categories[one.category]
        if one.district in districts:
            named[f"district.{one.district}"] = districts[one.district]
    return {key: {"zh": text.in_language("zh"), "en": text.in_language("en")} for key, text in sorted(named.items())}


def _seed_problems(seed: str, source: str) -> list[Problem]:
    found = [Problem("drawing.no_seed", "seed")] if not seed else []
    if not source:
        found.append(Problem("drawing.no_seed_source", "seed_source"))
    found += text_problems("seed", seed, limit=LONGEST_LINE)
    return [*found, *text_problems("seed_source", source, limit=LONGEST_LINE)]


def _refuse_other_list(of_list: str, announced: str) -> None:
    said = announced.strip().lower()
    if not said:
        return
    if len(said) < SHORTEST_HASH:
        raise UserError("drawing.announced_short", least=SHORTEST_HASH, found=announced)
    if not of_list.startswith(said):
        raise UserError("drawing.list_changed", announced=said, found=of_list)


def _refuse_again(connection: Connection, of_list: str) -> None:
    for row in drawing_queries.drawings(connection):
        if row.drawing.list_hash == of_list:
            plan = row.drawing.plan
            raise UserError("drawing.drawn_already", title=plan.choice.title, on=plan.on, name=row.author)


def _require(connection: Connection, key: str) -> DrawingRow:
    rows = drawing_queries.drawings(connection)
    short = [row for row in rows if len(key) >= reading.SHORTEST_ID and row.id.startswith(key)]
    found = short or [row for row in rows if row.drawing.plan.choice.title == one_line(key)]
    if len(found) > 1:
        raise UserError("drawing.several", drawing=key, count=len(found))
    if not found:
        raise UserError("drawing.unknown", drawing=key)
    return found[0]
