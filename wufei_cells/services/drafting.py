"""Write a checklist in the register before it is published: begin, open, save, look for problems, publish, discard.

A draft is plain data as in a checklist file, with whatever is still missing or wrong in it. Every save is one act.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from wufei_cells.checklists.document import with_parameters
from wufei_cells.checklists.draft_entries import empty_checklist, key_paths, new_edition
from wufei_cells.checklists.drafting import string_at
from wufei_cells.checklists.linting import PlacedProblem, lint
from wufei_cells.checklists.yaml_source import LARGEST_FILE, Data, Path, Source, parse_yaml
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.register import ActRef, DraftId, DraftRow, EditionId
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import edition_choice, key_reuse, publishing, reading
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import draft_queries, queries
from wufei_cells.store.journal import Connection, Draft, heads

_TAKEN = "publishing.edition_taken"
_BESIDE_OTHERS = (_TAKEN, key_reuse.CODE)
"""What is wrong only with publishing it beside the editions that there are."""
_LAST_NUMBER = re.compile(r"(.*?)(\d{1,9})")


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with what it says."""

    row: DraftRow
    data: Data


# --- reading


def list_drafts(workspace: Workspace) -> tuple[DraftRow, ...]:
    """List the drafts, the one that was saved last first."""
    with workspace.database.reading() as connection:
        return draft_queries.drafts(connection)


def open_draft(workspace: Workspace, key: str) -> OpenDraft:
    """Give a draft with what it says.

    Raises:
        UserError: there is none.
    """
    with workspace.database.reading() as connection:
        return _draft(connection, key)


def find_problems(workspace: Workspace, data: Data) -> tuple[PlacedProblem, ...]:
    """List everything that keeps a draft from being published, each with the path of its place."""
    with workspace.database.reading() as connection:
        return _problems(workspace, connection, data)[0]


def sound_checklist(workspace: Workspace, data: Data) -> Checklist:
    """Give the checklist a draft is, to look at what it would do.

    Raises:
        ProblemsFound: everything that is wrong with it; that its name is taken, or a key, is no matter yet.
    """
    with workspace.database.reading() as connection:
        problems, checklist = _problems(workspace, connection, data)
    wrong = [problem for problem in problems if problem.code not in _BESIDE_OTHERS]
    if wrong or checklist is None:
        raise ProblemsFound(told(wrong))
    return checklist


def told(problems: Iterable[PlacedProblem]) -> tuple[Problem, ...]:
    """Say problems as those of a file are said: with their places in words."""
    place = Source("").place
    return tuple(Problem(problem.code, place(problem.path).strip(), problem.values) for problem in problems)


# --- writing


def begin_draft(workspace: Workspace, data: Data, *, based_on: EditionId | None = None) -> OpenDraft:
    """Keep plain data as a new draft."""
    _refuse_huge(data)
    key = DraftId(uuid.uuid4().hex)
    with workspace.database.writing() as connection:
        workspace.write(connection, [_act(key, data, based_on)])
        return _draft(connection, key)


def begin_empty(workspace: Workspace, *, key: str, category: str, code: str) -> OpenDraft:
    """Begin a checklist with nothing in it but what every checklist needs."""
    today = workspace.today()
    return begin_draft(workspace, empty_checklist(key, f"{today.year}.1", category, code, today.isoformat()))


def begin_from_file(workspace: Workspace, content: bytes, name: str) -> OpenDraft:
    """Begin with what stands in a file, mistakes included.

    Raises:
        ProblemsFound: it is no YAML, so that nothing can be told from it.
    """
    return begin_draft(workspace, parse_yaml(content, name).data)


def begin_from_edition(workspace: Workspace, edition: str, *, name: str = "") -> OpenDraft:
    """Begin the next edition with everything that stands in a published one.

    Args:
        workspace: the register.
        edition: the published one.
        name: what the next one is called; by default the next free number.

    Raises:
        UserError: there is no such edition.
    """
    with workspace.database.reading() as connection:
        row = edition_choice.edition_row(workspace, connection, edition)
        document = queries.edition_source(connection, row.id) or ""
        taken = {other.edition for other in queries.editions(connection, of_all_cities=True) if other.key == row.key}
    data = new_edition(json.loads(document), name or _next_name(row.edition, taken), workspace.today().isoformat())
    return begin_draft(workspace, data, based_on=row.id)


def save_draft(workspace: Workspace, key: str, data: Data, *, seen: tuple[ActRef, ...] | None = None) -> DraftRow:
    """Save a draft; nothing is written when it says what it said.

    Args:
        workspace: the register.
        key: the draft.
        data: what it says now.
        seen: the acts that were loaded; if someone saved since, both stand as a conflict. ``None``: replace whatever
            stands now.

    Raises:
        UserError: there never was such a draft.
    """
    _refuse_huge(data)
    with workspace.database.writing() as connection:
        based_on = _based_on(connection, key)
        standing = draft_queries.draft(connection, key)
        same = standing is not None and draft_queries.draft_data(connection, key) == data
        if standing is None or not same or standing.values > 1:
            workspace.write(connection, [_act(key, data, based_on, seen)])
        return _draft(connection, key).row


def settle_draft(workspace: Workspace, key: str, data: Data, *, own: tuple[ActRef, ...]) -> DraftRow:
    """Let one version of a draft stand; every other one is kept as a draft of its own, so that nothing is thrown away.

    Args:
        workspace: the register.
        key: the draft.
        data: the version that stands from now on.
        own: the acts by which this version was saved so far; they are not kept apart.
    """
    _refuse_huge(data)
    with workspace.database.writing() as connection:
        based_on = _based_on(connection, key)
        others = [
            version
            for head in heads(connection, key, draft_queries.CELL)
            if ActRef(head.uuid, head.seq) not in own and (version := _version(head.value)) not in (None, data)
        ]
        kept = [_act(DraftId(uuid.uuid4().hex), version, based_on) for version in others]
        workspace.write(connection, [*kept, _act(key, data, based_on)])
        return _draft(connection, key).row


def _version(value: JsonValue) -> Data:
    """Give the data of a saved version; nothing of one that was discarded or published."""
    return value.get("data") if isinstance(value, dict) else None


def discard_draft(workspace: Workspace, key: str) -> None:
    """Take a draft out of the list. Saving it again brings it back.

    Raises:
        UserError: there is none.
    """
    with workspace.database.writing() as connection:
        row = _draft(connection, key).row
        workspace.write(connection, [Draft("draft", row.id, draft_queries.CELL, None)])


def publish_draft(workspace: Workspace, key: str, *, seen: tuple[ActRef, ...] | None = None) -> EditionId:
    """Publish a draft under the city's parameters; it is an edition then and no draft any more.

    Args:
        workspace: the register.
        key: the draft.
        seen: the acts that were loaded: what somebody saved since must not be published unread.

    Raises:
        ProblemsFound: everything that is wrong with it.
        UserError: somebody else changed it meanwhile, or the register has no profile.
    """
    with workspace.database.writing() as connection:
        draft = _draft(connection, key)
        if draft.row.values > 1 or (seen is not None and set(seen) != set(draft.row.heads)):
            raise UserError("drafting.changed_meanwhile", title=draft.row.title, author=draft.row.author)
        problems, checklist = _problems(workspace, connection, draft.data)
        if problems or checklist is None:
            raise ProblemsFound(told(problems), subject=draft.row.title)
        edition, acts = publishing.acts_to_publish(workspace, connection, checklist)
        workspace.write(connection, [*acts, Draft("draft", draft.row.id, draft_queries.CELL, None)])
        return edition


# --- parts


def _draft(connection: Connection, key: str) -> OpenDraft:
    row = draft_queries.draft(connection, key)
    if row is None:
        raise UserError("drafting.unknown", draft=key)
    return OpenDraft(row, draft_queries.draft_data(connection, key))


def _based_on(connection: Connection, key: str) -> EditionId | None:
    row = draft_queries.draft(connection, key)
    if row is None and not heads(connection, key, draft_queries.CELL):
        raise UserError("drafting.unknown", draft=key)
    return row.based_on if row else None


def _act(key: str, data: Data, based_on: EditionId | None, seen: tuple[ActRef, ...] | None = None) -> Draft:
    title = string_at(data, ("title", "zh")) or string_at(data, ("title",)) or string_at(data, ("key",))
    category = string_at(data, ("category", "key"))
    value: Data = {"title": title, "category": category, "data": data, "based_on": based_on}
    return Draft("draft", key, draft_queries.CELL, value, seen)


def _problems(
    workspace: Workspace, connection: Connection, data: Data
) -> tuple[tuple[PlacedProblem, ...], Checklist | None]:
    """Look at a draft as a file would be looked at, then under the city's numbers and beside what is published."""
    found = lint(data)
    if found.checklist is None:
        return found.problems, None
    checklist = found.checklist
    problems: list[PlacedProblem] = []
    try:
        with_parameters(checklist, reading.profile(connection).parameters)
    except ProblemsFound as under_city:
        for problem in under_city.problems:
            path = _path_of(problem.place.removeprefix(checklist.key).strip())
            problems.append(PlacedProblem(problem.code, path, problem.values))
    if checklist.overlay:
        problems.append(PlacedProblem("publishing.made_by_overlay", ("overlay",)))
    if publishing.is_taken(connection, checklist):
        values = {"checklist": checklist.key, "edition": checklist.edition}
        problems.append(PlacedProblem(_TAKEN, ("edition",), values))
    paths = key_paths(data)
    problems += (
        PlacedProblem(key_reuse.CODE, (*paths.get(reused.key, ()), "key"), reused.values)
        for reused in key_reuse.reused_keys(workspace, connection, checklist)
    )
    return tuple(problems), checklist


def _path_of(trail: str) -> Path:
    """Read the path of a place as problems write it; entries are counted from one there."""
    return tuple(int(step) - 1 if step.isdigit() else step for step in trail.split(".") if step)


def _next_name(name: str, taken: set[str]) -> str:
    """Give a free name for the next edition: the last number in the name goes up."""
    match = _LAST_NUMBER.fullmatch(name)
    before, number = (match[1], int(match[2])) if match else (f"{name}-", 1)
    number += 1
    while f"{before}{number}" in taken:
        number += 1
    return f"{before}{number}"


def _refuse_huge(data: Data) -> None:
    if len(canonical_json(data).encode("utf-8", "surrogatepass")) > LARGEST_FILE:
        raise ProblemsFound([Problem("file.too_large", "", {"limit": LARGEST_FILE // 1_000_000})])
