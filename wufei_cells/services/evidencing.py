"""Evidence: take photos and files in, put them under items, take them away, read them.

The content is on disk before the act that names it is written, so the record never speaks of a photo that was not
there. A piece that is taken away stays on disk: the step can be undone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.evidence import EvidenceFile, EvidenceId, EvidenceRow
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.evidence import pictures
from wufei_cells.evidence.media_types import HEIC, PICTURES, UNKNOWN, ending, named_a_picture
from wufei_cells.evidence.pictures import Prepared
from wufei_cells.progress import Report, silent
from wufei_cells.services import blindness, reading, returning, steps, undoing
from wufei_cells.services.saving import file_name
from wufei_cells.services.text_fields import LONGEST_NAME, LONGEST_NOTE, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, erasures, evidence_queries
from wufei_cells.store.content_files import ContentFiles
from wufei_cells.store.journal import Connection, Draft

WHOLE = ""
"""The item of what stands under the assessment as a whole."""

prepare = pictures.prepare
"""Make of a file what is kept: the slow part of taking it in, which touches nothing and may run in any thread."""
glance = pictures.taken_at_of
"""Tell when and where a picture was taken without unpacking it."""
small_picture = pictures.thumbnail_of
"""Make a small JPEG of a picture that was not taken in."""
LARGEST_FILE = pictures.LARGEST_FILE


@dataclass(frozen=True, slots=True)
class Taken:
    """A piece that stands under its items now."""

    id: EvidenceId
    new: bool
    """Whether it was put somewhere; else the same content stood under all of these items already."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of the files that were to be taken in."""

    taken: tuple[EvidenceId, ...]
    """Those that were put somewhere, each once; not those that stood there already."""
    problems: tuple[Problem, ...] = ()
    """Why some were not; the place is the file's name."""
    notes: tuple[Problem, ...] = ()
    """What a person should know of those that were."""


# --- taking in


def attach(
    workspace: Workspace,
    assessment_id: str,
    items: Sequence[str],
    files: Iterable[tuple[str, bytes]],
    *,
    keep_original: bool = False,
    strip_place: bool = False,
    progress: Report = silent,
) -> Attached:
    """Take files in and put them under items. Each is durable when the next one begins.

    Args:
        workspace: the register.
        assessment_id: the assessment; it must be open.
        items: keys of items and gates; ``WHOLE`` for the assessment itself.
        files: names and contents.
        keep_original: whether a photo is also kept as it came.
        strip_place: whether the place is taken out of photos.
        progress: told after each file; may raise to stop: what was taken in by then stays.

    Raises:
        UserError: the assessment is not open, or both options are asked for: the original says where it was taken.
        ProblemsFound: an item is not of its checklist.
    """
    if keep_original and strip_place:
        raise UserError("evidencing.original_tells_place")
    with workspace.database.reading() as connection:
        _open_items(workspace, connection, assessment_id, items)
    waiting = list(files)
    taken: list[EvidenceId] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    for done, (name, content) in enumerate(waiting, 1):
        try:
            prepared = prepare(content, keep_original=keep_original, strip_place=strip_place)
            _refuse_erased(workspace, prepared)
        except UserError as error:
            problems.append(Problem(error.code, name, error.values))
        else:
            piece = take_in(workspace, assessment_id, items, name, prepared)
            if piece.new:
                taken.append(piece.id)
            notes += notes_on(name, prepared, strip_place=strip_place, new=piece.new)
        progress(done, len(waiting))
    return Attached(tuple(dict.fromkeys(taken)), tuple(problems), tuple(notes))


def take_in(workspace: Workspace, assessment_id: str, items: Sequence[str], name: str, prepared: Prepared) -> Taken:
    """Store what was made of a file and put it under items; it is on disk when this returns.

    Raises:
        UserError: the assessment is not open.
        ProblemsFound: an item is not of its checklist.
        EnvironmentFault: the disk does not take it.
    """
    workspace.refuse_past()  # before a file is there that no act will ever name
    with workspace.database.reading() as connection:
        _open_items(workspace, connection, assessment_id, items)
    _refuse_erased(workspace, prepared)
    key = keep(workspace, prepared)
    with workspace.database.writing() as connection:
        pieces = [NewPiece(item, name, prepared) for item in items]
        drafts = link_drafts(workspace, connection, assessment_id, pieces)
        if drafts:
            undoing.write(workspace, connection, drafts, places=[assessment_id])
    return Taken(key, bool(drafts))


def _refuse_erased(workspace: Workspace, prepared: Prepared) -> None:
    """Refuse what was erased for good: the same content would be gone again with the next import."""
    key = prepared.file.id
    with workspace.database.reading() as connection:
        if key in erasures.erased(connection):
            raise UserError("evidencing.erased", file=key[:12])


def keep(workspace: Workspace, prepared: Prepared) -> EvidenceId:
    """Put what was made of a file on the disk; no act speaks of it yet.

    Raises:
        EnvironmentFault: the disk does not take it.
    """
    files = files_of(workspace)
    key = files.put(prepared.content)
    if prepared.original:
        files.put(prepared.original)
    if prepared.thumbnail:
        files.put_thumbnail(key, prepared.thumbnail)
    return key


@dataclass(frozen=True, slots=True)
class NewPiece:
    """A file that is on the disk and is to stand under an item."""

    item: str
    name: str
    prepared: Prepared


def link_drafts(
    workspace: Workspace, connection: Connection, assessment_id: str, pieces: Sequence[NewPiece]
) -> list[Draft]:
    """Enter files into the record and give the acts that put them under items; where they stand already, none.

    Raises:
        UserError: the assessment is not open.
        ProblemsFound: an item is not of its checklist.
    """
    _open_items(workspace, connection, assessment_id, [piece.item for piece in pieces])
    drafts: dict[str, Draft] = {}
    for piece in pieces:
        key = piece.prepared.file.id
        known = evidence_queries.file(connection, key)
        if known is None or (known.original is None and piece.prepared.file.original):
            workspace.write(connection, [Draft("evidence_file", key, "file", _file_document(piece.prepared.file))])
        standing = {row.item for row in _rows_of_file(connection, assessment_id, key)}
        value: JsonValue = {"name": _clean_name(piece.name), "caption": ""}
        if piece.item not in standing:
            draft = _link(assessment_id, key, piece.item, value)
            drafts.setdefault(draft.cell, draft)
    return list(drafts.values())


def notes_on(name: str, prepared: Prepared, *, strip_place: bool, new: bool = True) -> list[Problem]:
    """Say what a person should know of a file that was taken in, or was there already."""
    found: list[Problem] = []
    if not new:
        found.append(Problem("evidencing.there_already", name))
    other = other_content(name, prepared.file.media_type)
    if other:
        found.append(replace(other, place=name))
    if prepared.file.media_type == HEIC:
        found.append(Problem("evidencing.heic_kept", name))
    reencoded_or_text = prepared.file.media_type in (*PICTURES, "text/plain")
    if strip_place and (prepared.file.place is not None or not reencoded_or_text):
        found.append(Problem("evidencing.place_not_stripped", name))
    return found


def other_content(name: str, media_type: str) -> Problem | None:
    """Say that a file is called as pictures are called and holds none."""
    if not named_a_picture(name) or media_type.startswith("image/"):
        return None
    called = PurePath(name).suffix[1:]
    if media_type == UNKNOWN:
        return Problem("evidencing.unknown_content", "", {"ending": called})
    found = ending(media_type)[1:].upper() or media_type
    return Problem("evidencing.no_picture_inside", "", {"ending": called, "found": found})


# --- changing where it stands


def link(workspace: Workspace, assessment_id: str, evidence_id: str, items: Sequence[str]) -> None:
    """Put a piece that stands in an assessment under further items of it; where it stands already, nothing changes."""
    with workspace.database.writing() as connection:
        _open_items(workspace, connection, assessment_id, items)
        rows = _require_rows(connection, assessment_id, evidence_id)
        value = _said(rows[0])
        standing = {row.item for row in rows}
        drafts = [
            _link(assessment_id, evidence_id, item, value) for item in dict.fromkeys(items) if item not in standing
        ]
        if drafts:
            undoing.write(workspace, connection, drafts, places=[assessment_id])


def detach(workspace: Workspace, assessment_id: str, evidence_id: str, items: Sequence[str] | None = None) -> None:
    """Take a piece away from items; ``None``: from everything in the assessment. Its content stays."""
    with workspace.database.writing() as connection:
        _refuse_closed(workspace, connection, assessment_id)
        rows = _require_rows(connection, assessment_id, evidence_id)
        leaving = [row.item for row in rows if items is None or row.item in items]
        _refuse_closed(workspace, connection, assessment_id, leaving)
        drafts = [_link(assessment_id, evidence_id, item, None) for item in leaving]
        if drafts:
            undoing.write(workspace, connection, drafts, places=[assessment_id])


def put_back(workspace: Workspace, assessment_id: str, row: EvidenceRow) -> None:
    """Put a piece that was taken away back to where it stood, with what was said of it."""
    with workspace.database.writing() as connection:
        _open_items(workspace, connection, assessment_id, [row.item])
        draft = _link(assessment_id, row.file.id, row.item, _said(row))
        undoing.write(workspace, connection, [draft], places=[assessment_id])


def caption(
    workspace: Workspace, assessment_id: str, evidence_id: str, item: str, text: str, *, visit: str = ""
) -> None:
    """Say what a piece shows, under one item.

    Raises:
        ProblemsFound: the text is too long, or holds characters that cannot be shown.
        UserError: the assessment is not open, or the piece does not stand there.
    """
    text = require_text("caption", text, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        _refuse_closed(workspace, connection, assessment_id, [item])
        rows = [row for row in _require_rows(connection, assessment_id, evidence_id) if row.item == item]
        if not rows:
            raise UserError("evidencing.not_there", file=evidence_id[:12])
        if rows[0].caption != text:
            drafts = [_link(assessment_id, evidence_id, item, _said(replace(rows[0], caption=text)))]
            undoing.write(workspace, connection, drafts, places=[assessment_id], visit=visit)


def set_until(workspace: Workspace, assessment_id: str, evidence_id: str, until: date | None) -> None:
    """Say until which day what a piece shows holds, under all items of the assessment where it stands.

    Args:
        workspace: the register.
        assessment_id: the assessment; it must be open.
        evidence_id: the piece.
        until: the last day, as of a contract or a license; ``None``: it does not run out.

    Raises:
        UserError: the assessment is not open, the piece does not stand there, or the day lies centuries away.
    """
    if until is not None:
        steps.fitting_day(until, "evidencing.until_far")
    with workspace.database.writing() as connection:
        rows = _rows_of_file(connection, assessment_id, evidence_id)
        _refuse_closed(workspace, connection, assessment_id, [row.item for row in rows])
        changed = [row for row in _require_rows(connection, assessment_id, evidence_id) if row.until != until]
        drafts = [_link(assessment_id, evidence_id, row.item, _said(replace(row, until=until))) for row in changed]
        if drafts:
            undoing.write(workspace, connection, drafts, places=[assessment_id])


# --- reading


def evidence_of(workspace: Workspace, connection: Connection, assessment_id: str) -> tuple[EvidenceRow, ...]:
    """List the evidence of an assessment by item, within a transaction; what is not on this machine is marked."""
    files = files_of(workspace)
    rows = evidence_queries.evidence(connection, [assessment_id])
    there = {key: files.holds(key) for key in {row.file.id for row in rows}}
    gone = erasures.erased(connection)
    return tuple(
        row if there[row.file.id] else replace(row, received=False, erased=row.file.id in gone) for row in rows
    )


def list_evidence(workspace: Workspace, assessment_id: str) -> tuple[EvidenceRow, ...]:
    """List the evidence of an assessment by item."""
    with workspace.database.reading() as connection:
        reading.assessment(connection, assessment_id)
        blindness.refuse_hidden(workspace, connection, assessment_id)
        return evidence_of(workspace, connection, assessment_id)


def read(workspace: Workspace, evidence_id: str) -> bytes:
    """Give the content of a piece, proved to be what was taken in.

    Raises:
        UserError: it is not on this machine yet, or was altered.
    """
    return files_of(workspace).read(evidence_id)


def thumbnail(workspace: Workspace, evidence_id: str) -> bytes:
    """Give a small JPEG of a picture; it is made anew where there is none.

    Raises:
        UserError: it is not on this machine yet, was altered, or is no picture.
    """
    files = files_of(workspace)
    small = files.thumbnail(evidence_id)
    if small is None:
        small = pictures.thumbnail_of(files.read(evidence_id))
        files.put_thumbnail(evidence_id, small)
    return small


def view(workspace: Workspace, evidence_id: str) -> bytes:
    """Give a picture as JPEG or PNG, whatever it is kept as; of several pages the first."""
    return pictures.shown(read(workspace, evidence_id))


def readable_name(row: EvidenceRow, number: int, item_number: str) -> str:
    """Give a file name that says under which item a piece stands: 2.1-03 IMG_0412.jpg."""
    stem = PurePath(row.name.replace("\\", "/")).stem or row.file.id[:8]
    suffix = ending(row.file.media_type) or PurePath(row.name).suffix
    return file_name(f"{item_number or '0'}-{number:02d} {stem}") + suffix


def files_of(workspace: Workspace) -> ContentFiles:
    """Give the folder of the contents."""
    return ContentFiles.beside(workspace.database.path)


# --- the rest


def _open_items(workspace: Workspace, connection: Connection, assessment_id: str, items: Sequence[str]) -> None:
    """Refuse what is not open to evidence, and items that are not asked."""
    edition = _refuse_closed(workspace, connection, assessment_id, items)
    known = {entry.key for entry in reading.checklist(workspace, connection, edition).entries()}
    unknown = [item for item in items if item not in known and item != WHOLE]
    if unknown:
        raise ProblemsFound([Problem("evidencing.unknown_item", item, {"item": item}) for item in unknown])


def _refuse_closed(workspace: Workspace, connection: Connection, assessment_id: str, items: Sequence[str] = ()) -> str:
    blindness.refuse_writing(workspace, connection, assessment_id)
    standing = assessment_queries.standing(connection, assessment_id)
    if standing is None:
        raise UserError("register.unknown_assessment", assessment=assessment_id)
    if standing.stage is not Stage.SCORING:
        raise UserError("assessing.not_open", site=standing.site_name, stage=standing.stage.value)
    returning.refuse_locked(workspace, connection, standing, items)
    return standing.edition


def _rows_of_file(connection: Connection, assessment_id: str, evidence_id: str) -> list[EvidenceRow]:
    return [row for row in evidence_queries.evidence(connection, [assessment_id]) if row.file.id == evidence_id]


def _require_rows(connection: Connection, assessment_id: str, evidence_id: str) -> list[EvidenceRow]:
    rows = _rows_of_file(connection, assessment_id, evidence_id)
    if not rows:
        raise UserError("evidencing.not_there", file=evidence_id[:12])
    return rows


def _link(assessment_id: str, evidence_id: str, item: str, value: JsonValue) -> Draft:
    return Draft("evidence", assessment_id, f"evidence.{evidence_id}.{item}", value)


def _said(row: EvidenceRow) -> JsonValue:
    """Give what is said of a piece where it stands, as an act has it."""
    value: dict[str, JsonValue] = {"name": row.name, "caption": row.caption}
    return {**value, "until": row.until.isoformat()} if row.until else value


def _file_document(file: EvidenceFile) -> JsonValue:
    return {
        "media_type": file.media_type,
        "size": file.size,
        "width": file.width,
        "height": file.height,
        "taken_at": file.taken_at.isoformat() if file.taken_at else None,
        "latitude": file.place.latitude if file.place else None,
        "longitude": file.place.longitude if file.place else None,
        "likeness": file.likeness,
        "original": file.original,
    }


def _clean_name(name: str) -> str:
    """Keep a file's name as it can be shown; names on a disk may hold anything."""
    plain = PurePath(name.replace("\\", "/")).name
    shown = "".join("_" if unicodedata.category(character) in ("Cc", "Cs") else character for character in plain)
    return unicodedata.normalize("NFC", shown.strip())[-LONGEST_NAME:] or "_"
