"""The list of the room of checklists: drafts and published editions of every category, as they stand today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ui.context import Places, load_places
from ui.models.certificates_model import TableColumn
from wufei_cells.checklists.drafting import string_at
from wufei_cells.checklists.outline import outline, text_at
from wufei_cells.domain.register import EditionState
from wufei_cells.domain.text import Text

if TYPE_CHECKING:
    from ui.context import Desk
    from ui.i18n import I18n
    from wufei_cells.domain.register import DraftRow, EditionRow

DRAFT = "draft"
STATE_LOOKS: dict[str, tuple[str, str]] = {
    DRAFT: ("draft", "information"),
    EditionState.TO_COME: ("history", "attention"),
    EditionState.IN_FORCE: ("check", "passed"),
    EditionState.SUPERSEDED: ("archive", "not_applicable"),
    EditionState.EXPIRED: ("archive", "not_applicable"),
    EditionState.RETIRED: ("archive", "failed"),
}
"""How each state looks: its icon and its tone. The word always stands beside them."""


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One draft or one published edition."""

    id: str
    key: str
    edition: str
    title: Text
    category: str
    category_text: Text
    state: str
    """``draft``, or how the edition stands today."""
    effective_from: date | None
    official: bool
    items: int
    gates: int
    full: Decimal
    districts: tuple[str, ...] = ()
    draft: DraftRow | None = None
    published: EditionRow | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.draft is not None


@dataclass(frozen=True, slots=True)
class Checklists:
    """Everything the room shows."""

    rows: tuple[ChecklistRow, ...]
    places: Places
    running: dict[str, int]
    """By category: how many assessments are being scored."""


def load_checklists(desk: Desk) -> Checklists:
    """Ask for drafts and editions; runs in the worker thread."""
    from wufei_cells.domain.lifecycle import Stage  # noqa: PLC0415 - only this question needs it

    workspace = desk.workspace
    places = load_places(desk)
    rows = [_draft_row(desk, row, places) for row in desk.drafting.list_drafts(workspace)]
    rows += [_edition_row(desk, row) for row in desk.browsing.editions(workspace)]
    order = {key: place for place, key in enumerate(places.categories)}
    rows.sort(key=lambda row: order.get(row.category, len(order)))  # the order within a category stays
    running: dict[str, int] = {}
    for assessment in desk.browsing.list_assessments(workspace):
        if assessment.stage is Stage.SCORING:
            running[assessment.category] = running.get(assessment.category, 0) + 1
    return Checklists(tuple(rows), places, running)


def _draft_row(desk: Desk, row: DraftRow, places: Places) -> ChecklistRow:
    data = desk.drafting.open_draft(desk.workspace, row.id).data
    whole = outline(data)
    key = string_at(data, ("category", "key"))
    written = string_at(data, ("effective_from",))
    return ChecklistRow(
        id=row.id,
        key=whole.key,
        edition=whole.number,
        title=whole.text or Text(whole.key),
        category=key,
        category_text=text_at(data, ("category", "text")) or places.category(key),
        state=DRAFT,
        effective_from=_day(written),
        official=string_at(data, ("official",)) == "yes",
        items=whole.count_items(),
        gates=sum(child.kind == "gates" for child in whole.children),
        full=whole.points,
        draft=row,
    )


def _edition_row(desk: Desk, row: EditionRow) -> ChecklistRow:
    checklist = desk.browsing.checklist(desk.workspace, row.id)
    return ChecklistRow(
        id=row.id,
        key=row.key,
        edition=row.edition,
        title=checklist.title,
        category=row.category,
        category_text=checklist.category.text,
        state=row.state.value,
        effective_from=row.effective_from,
        official=checklist.official,
        items=sum(1 for _item in checklist.items()),
        gates=len(checklist.gates),
        full=checklist.full,
        districts=row.districts,
        published=row,
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


# --- columns


def checklist_columns() -> tuple[TableColumn[ChecklistRow], ...]:
    """Declare the columns of the list."""
    return (
        TableColumn("checklists.column.title", _title, 0),
        TableColumn("checklists.column.state", _state, 6, look=_state_look),
        TableColumn("checklists.column.edition", _edition, 3.8),
        TableColumn("checklists.column.day", _effective, 5.6),
        TableColumn("checklists.column.category", _category, 5.5),
        TableColumn("checklists.column.items", _items, 2.6, right=True),
        TableColumn("checklists.column.scope", _scope, 3.4),
    )


def state_word(i18n: I18n, row: ChecklistRow) -> str:
    """Say how a row stands."""
    return i18n.tr("checklists.draft") if row.is_draft else i18n.tr(f"edition_state.{row.state}")


def scope_word(i18n: I18n, places: Places, row: ChecklistRow) -> str:
    """Say where a row holds."""
    if not row.districts:
        return i18n.tr("checklists.whole_city")
    return i18n.tr("studio.list_comma").join(i18n.text(places.district(key)) for key in row.districts)


def _title(i18n: I18n, _places: Places, row: ChecklistRow) -> str:
    return i18n.text(row.title)


def _state(i18n: I18n, _places: Places, row: ChecklistRow) -> str:
    return state_word(i18n, row)


def _state_look(row: ChecklistRow) -> tuple[str, str]:
    return STATE_LOOKS[row.state]


def _edition(_i18n: I18n, _places: Places, row: ChecklistRow) -> str:
    return row.edition


def _effective(i18n: I18n, _places: Places, row: ChecklistRow) -> str:
    return i18n.day(row.effective_from)


def _category(i18n: I18n, _places: Places, row: ChecklistRow) -> str:
    return i18n.text(row.category_text)


def _items(_i18n: I18n, _places: Places, row: ChecklistRow) -> str:
    return str(row.items)


def _scope(i18n: I18n, places: Places, row: ChecklistRow) -> str:
    return scope_word(i18n, places, row)
