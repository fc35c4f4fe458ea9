"""Packages and devices as lines and as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from wufei_cells.domain.bundles import Span
from wufei_cells.domain.exchange import DeviceStanding, ImportPreview, IncomingFile
from wufei_cells.services import who_has_what
from wufei_cells.services.packing import REQUEST
from wufei_cells.services.side_view import Waiting

if TYPE_CHECKING:
    from wufei_cells.command_line.session import Session


def preview_lines(session: Session, found: ImportPreview) -> Iterable[str]:
    """Tell what taking files in would do."""
    for one in found.files:
        yield _file_line(session, one)
        yield from (f"  {session.wording.problem(problem)}" for problem in one.problems)
        if one.purpose == REQUEST:
            yield session.say("cli.incoming_request", person=one.person, files=one.wanted_files, device=one.device)
    yield session.say(
        "cli.import_preview", changed=found.changed, conflicts=found.new_conflicts, settled=found.settled_conflicts
    )
    if found.aside:
        yield session.say("cli.import_aside", count=found.aside)
    for name, parts in found.missing_parts.items():
        yield session.say("cli.parts_missing", file=name, parts=tuple(map(str, parts)))
    yield from missing_lines(session, found.missing)


def _file_line(session: Session, one: IncomingFile) -> str:
    if not one.sender and one.problems:
        return session.say("cli.incoming_bad", file=one.name)
    line = session.say(
        "cli.incoming", file=one.name, sender=one.sender, person=one.person, new=one.new_acts, known=one.known_acts
    )
    return line + session.say("cli.incoming_held", count=one.held_back) if one.held_back else line


def missing_lines(session: Session, missing: Mapping[str, tuple[Span, ...]]) -> Iterable[str]:
    """Tell which acts are missing, by device."""
    names = who_has_what.names(session.workspace)
    for device, spans in missing.items():
        yield session.say("cli.still_missing", device=names.get(device) or device[:8], acts=_told(spans))


def _told(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(f"{first}–{last}" if last > first else str(first) for first, last in spans)


def preview_json(session: Session, found: ImportPreview) -> dict[str, object]:
    """Give a preview as data."""
    return {
        "files": [_file_json(session, one) for one in found.files],
        "kinds": dict(found.counts),
        "changed": found.changed,
        "new_conflicts": found.new_conflicts,
        "settled_conflicts": found.settled_conflicts,
        "aside": found.aside,
        "changes": [
            {"kind": one.kind, "entity": one.entity, "cell": one.cell, "before": one.before, "after": one.after}
            for one in found.changes
        ],
        "missing": {device: [list(span) for span in spans] for device, spans in found.missing.items()},
        "missing_parts": {name: list(parts) for name, parts in found.missing_parts.items()},
    }


def _file_json(session: Session, one: IncomingFile) -> dict[str, object]:
    return {
        "file": one.name,
        "sender": one.sender,
        "person": one.person,
        "purpose": one.purpose,
        "new": one.new_acts,
        "known": one.known_acts,
        "held_back": one.held_back,
        "new_files": one.new_files,
        "problems": [
            {"code": problem.code, "place": problem.place, "text": session.wording.problem(problem)}
            for problem in one.problems
        ],
    }


def minute(moment: datetime | None) -> str:
    """Write a moment as it was where the person is."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else ""


def device_line(session: Session, row: DeviceStanding) -> str:
    """Tell how one device stands."""
    key = "cli.standing_own" if row.own else "cli.standing" if row.heard_at else "cli.standing_unheard"
    if row.revoked_after is not None:
        key = "cli.standing_revoked"
    values = {"name": row.called, "person": row.person, "last": row.last, "heard": minute(row.heard_at)}
    return session.say(key, **values, lacks=row.lacks or 0, after=row.revoked_after)


def waiting_line(session: Session, one: Waiting) -> str:
    """Tell of a device whose acts wait."""
    words = session.text(one.words)
    return session.say(f"cli.waiting_{one.reason}", name=one.name, device=one.device, words=words, acts=one.acts)


def device_json(row: DeviceStanding) -> dict[str, object]:
    """Give a device as data."""
    return {
        "device": row.uuid,
        "name": row.name,
        "called": row.called,
        "person": row.person,
        "own": row.own,
        "heard_at": row.heard_at.isoformat() if row.heard_at else None,
        "last": row.last,
        "held": [list(span) for span in row.held],
        "missing": [list(span) for span in row.missing],
        "lacks": row.lacks,
        "held_back": row.held_back,
        "revoked_after": row.revoked_after,
    }
