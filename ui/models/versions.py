"""Drafts and editions as things to hold against each other; questions about them run in the worker thread."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.domain.register import EditionState
from wufei_cells.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import Desk
    from ui.i18n import I18n
    from ui.models.editions_model import ChecklistRow
    from wufei_cells.checklists.comparison import Comparison
    from wufei_cells.checklists.yaml_source import Data
    from wufei_cells.domain.checklists import Checklist


@dataclass(frozen=True, slots=True)
class Version:
    """A draft or an edition by its id, and how a list names it."""

    id: str
    label: str
    draft: bool
    category: str
    in_force: bool = False


def version_of(row: ChecklistRow, i18n: I18n) -> Version:
    """Name a row of the list."""
    state = i18n.tr("checklists.draft") if row.is_draft else i18n.tr(f"edition_state.{row.state}")
    label = i18n.tr("checklists.version", title=i18n.text(row.title), edition=row.edition, state=state)
    return Version(row.id, label, row.is_draft, row.category, row.state == EditionState.IN_FORCE and not row.districts)


def in_force_beside(versions: Sequence[Version], one: Version) -> Version | None:
    """Give what a version is best held against: the edition in force of its category, or the next one of it."""
    others = [other for other in versions if other.category == one.category and other.id != one.id]
    published = [other for other in others if not other.draft]
    return next((other for other in published if other.in_force), None) or next(iter(published or others), None)


def read_version(desk: Desk, version: Version) -> Checklist:
    """Read a draft or an edition under the city's numbers.

    Raises:
        UserError: something is wrong with the draft, so that it cannot be read as a checklist.
    """
    if not version.draft:
        return desk.browsing.checklist(desk.workspace, version.id)
    draft = desk.drafting.open_draft(desk.workspace, version.id)
    checklist = sound(desk, draft.data)
    if checklist is None:
        raise UserError("checklists.unsound", title=draft.row.title)
    return checklist


def version_data(desk: Desk, version: Version) -> Data:
    """Give a draft or an edition as plain data, as a file would have it."""
    from wufei_cells.checklists.document import edition_document  # noqa: PLC0415

    if version.draft:
        return desk.drafting.open_draft(desk.workspace, version.id).data
    return json.loads(edition_document(desk.browsing.checklist(desk.workspace, version.id)))


def sound(desk: Desk, data: Data) -> Checklist | None:
    """Give the checklist that a draft says, under the city's numbers; ``None`` while something is wrong with it."""
    from wufei_cells.checklists.document import with_parameters  # noqa: PLC0415 - loaded with the first question
    from wufei_cells.checklists.linting import lint  # noqa: PLC0415

    checklist = lint(data).checklist
    if checklist is None:
        return None
    return with_parameters(checklist, desk.browsing.profile(desk.workspace).parameters)


def keys_of_earlier(desk: Desk, key: str) -> frozenset[str]:
    """Give the keys that any edition of a checklist ever used; they keep their meaning for ever."""
    rows = [row for row in desk.browsing.editions(desk.workspace) if row.key == key]
    checklists = [desk.browsing.checklist(desk.workspace, row.id) for row in rows]
    entries = {entry.key for checklist in checklists for entry in checklist.entries()}
    return frozenset(entries | {group.key for checklist in checklists for group in checklist.groups})


def compare_versions(old: Version, new: Version, desk: Desk) -> Comparison:
    """Compare two versions."""
    return desk.comparing_editions.compare(read_version(desk, old), read_version(desk, new))
