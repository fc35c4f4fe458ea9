"""Compare editions that the register holds, or one of them with a file that may become the next."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from wufei_cells.checklists.comparing import compare
from wufei_cells.checklists.comparison import AnswerCount, Comparison, EntryChange, FieldChange, PartChange
from wufei_cells.checklists.document import edition_document, edition_id, with_parameters
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.documents.change_lines import change_lines
from wufei_cells.documents.change_sections import ChangeNotice, ChangeRow, ChangeSection, change_notice
from wufei_cells.documents.punctuation import GETA
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.register import EditionRow
from wufei_cells.errors import UserError
from wufei_cells.services import reading, saving
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import queries
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts

__all__ = [
    "AnswerCount",
    "ChangeNotice",
    "ChangeRow",
    "ChangeSection",
    "Comparison",
    "change_lines",
    "change_notice",
    "compare",
    "comparison_data",
    "draft_in_force",
    "find_edition",
    "render_notice",
    "save_notice",
    "stored_edition",
]

SHORTEST_ID = 6


def find_edition(workspace: Workspace, name: str) -> EditionRow:
    """Find a stored edition by the beginning of its identity, or by its key and, behind a space, its edition.

    Of several that were published under the same name, with other numbers of the city, the newest is meant.

    Raises:
        UserError: there is none, or the beginning fits several.
    """
    with workspace.database.reading() as connection:
        rows = queries.editions(connection)
    key, _space, edition = name.strip().partition(" ")
    named = [row for row in rows if row.key == key and edition.strip() in ("", row.edition)]
    if named:
        return named[0]
    found = [row for row in rows if len(name) >= SHORTEST_ID and row.id.startswith(name)]
    if len(found) > 1:
        raise UserError("comparing.several_editions", name=name, count=len(found))
    if not found:
        raise UserError("comparing.unknown_edition", name=name)
    return found[0]


def stored_edition(workspace: Workspace, name: str) -> Checklist:
    """Give a stored edition by the beginning of its identity, or by its key and edition.

    Raises:
        UserError: there is none, or the beginning fits several.
    """
    row = find_edition(workspace, name)
    with workspace.database.reading() as connection:
        return reading.checklist(workspace, connection, row.id)


def draft_in_force(workspace: Workspace, content: bytes, name: str) -> Checklist:
    """Read a checklist file as it would be in force here: under the city's own numbers.

    Raises:
        ProblemsFound: everything wrong with the file, or numbers of the city that do not fit it.
    """
    checklist = read_checklist(content, name)
    with workspace.database.reading() as connection:
        profile = reading.profile(connection)
    return with_parameters(checklist, dict(profile.parameters))


def render_notice(comparison: Comparison, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Write the change notice as PDF; a character that no font has must not keep the whole notice back."""
    from wufei_cells.documents.change_notice import render_change_notice  # noqa: PLC0415 - loads reportlab

    return render_change_notice(comparison, fonts, wording, stand_in=GETA)


def save_notice(comparison: Comparison, path: Path, fonts: DocumentFonts, wording: Wording) -> Path:
    """Write the change notice into a PDF file: whole, or not at all."""
    saving.refuse_register(path)
    return saving.save_file(path, render_notice(comparison, fonts, wording))


def comparison_data(comparison: Comparison) -> dict[str, object]:
    """Give a comparison as plain data: fields as in the checklist format, values as in the canonical documents."""
    count = comparison.answers
    return {
        "old": _edition(comparison.old),
        "new": _edition(comparison.new),
        "equal": not comparison,
        "answers": {
            "carried": count.carried,
            "to_check": count.to_check,
            "new": count.new,
            "archived": count.archived,
        },
        "entries": [_entry(entry) for entry in comparison.entries],
        "groups": [_part(part) for part in comparison.groups],
        "parts": [_part(part) for part in comparison.parts],
        "settings": _fields(comparison.settings),
    }


def _edition(checklist: Checklist) -> dict[str, object]:
    return {
        "id": edition_id(edition_document(checklist)),
        "key": checklist.key,
        "edition": checklist.edition,
        "title": {"zh": checklist.title.zh, "en": checklist.title.en},
        "effective_from": checklist.effective_from.isoformat(),
        "full": str(checklist.full),
    }


def _entry(entry: EntryChange) -> dict[str, object]:
    return {
        "key": entry.key,
        "number": entry.standing.entry.number,
        "section": entry.standing.section.value,
        "group": entry.standing.group or None,
        "change": entry.change.value,
        "from": [{"key": key, "relation": relation.value} for key, relation in entry.origins],
        "answers_carry": entry.answers_carry,
        "fields": _fields(entry.fields),
    }


def _part(part: PartChange) -> dict[str, object]:
    return {
        "section": part.section.value,
        "key": part.key,
        "change": part.change.value,
        "used_by": list(part.used_by),
        "fields": _fields(part.fields),
    }


def _fields(changes: Iterable[FieldChange]) -> list[dict[str, object]]:
    return [
        {"field": change.field, "aspect": change.aspect.value, "old": change.old, "new": change.new}
        for change in changes
    ]
