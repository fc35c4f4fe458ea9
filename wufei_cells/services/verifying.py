"""Check certificates: what is signed, how it stands, and whether this register says the same.

Works without a register, too: the keys and the list then come from files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from wufei_cells.domain.lifecycle import CertificateState
from wufei_cells.domain.register import CertificateRow
from wufei_cells.errors import Problem
from wufei_cells.evidence import pictures
from wufei_cells.evidence.media_types import PICTURES, media_type
from wufei_cells.services import office_keys, status_listing, supervising
from wufei_cells.services.status_listing import States
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing.announcements import read_announcements
from wufei_cells.signing.content import CertificateContent
from wufei_cells.signing.proofs import MARK
from wufei_cells.signing.reading_codes import texts_in_pdf, texts_in_picture, texts_in_text
from wufei_cells.signing.records import content_of
from wufei_cells.signing.status_list import Entry, Standing, StatusList, read_status_list
from wufei_cells.signing.trust import Trust, trust_in
from wufei_cells.signing.verdicts import Verdict, Verification, standing_on, verify
from wufei_cells.store import certificate_queries, key_queries
from wufei_cells.store.database import FILE_NAME

Paper = Callable[[bytes, CertificateContent], tuple[Problem, ...]]
"""Compares the bytes of a PDF with the paper that the register would print, and says what is odd."""

PDF = "application/pdf"
NO_CODE = "verify.note_no_code"
_STANDING_NOTES = {
    CertificateState.SUSPENDED: "verify.note_register_suspended",
    CertificateState.WITHDRAWN: "verify.note_register_withdrawn",
    CertificateState.EXPIRED: "verify.note_register_expired",
}


class Agreement(StrEnum):
    """What this register says of a certificate."""

    NOT_ASKED = "not_asked"
    AGREES = "agrees"
    DIFFERS = "differs"
    """It has the number, with something else in it."""
    UNKNOWN = "unknown"
    """It has no such number."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a check rests on."""

    trust: Trust
    status: StatusList | None
    today: date
    workspace: Workspace | None = None
    """The register to compare with."""
    states: States = field(default_factory=dict[str, tuple[CertificateState, date]])
    """How the register's certificates stand, by number."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found about one certificate."""

    verification: Verification
    agreement: Agreement = Agreement.NOT_ASKED
    differences: tuple[str, ...] = ()
    """The names of the fields in which the register says something else."""

    @property
    def holds(self) -> bool:
        """Whether it is genuine, in force, and nothing speaks against it."""
        return self.verification.verdict is Verdict.VALID and self.agreement is not Agreement.DIFFERS


def grounds_of(
    workspace: Workspace, *, states: States | None = None, keys: bytes | None = None, status: bytes | None = None
) -> Grounds:
    """Rest a check on a register, and on files beside it.

    Args:
        workspace: the register.
        states: how its certificates stand, by number; as the register has it today unless told otherwise.
        keys: a file of announcements that the person vouches for, such as those of another office.
        status: a file with a list; it counts where it is newer than the one the register knows.

    Raises:
        UserError: a file cannot be used.
    """
    with workspace.database.reading() as connection:
        announced = office_keys.announced(connection)
        trust = trust_in([*announced, *(read_announcements(keys) if keys is not None else ())])
        known = status_listing.newest(connection, trust)
    if status is not None:
        found, trust = read_status_list(status, trust)
        known = found if known is None or not trust.same_office(found.key, known.key) else max(known, found, key=_rank)
    today = workspace.today()
    if states is None:
        states = supervising.standing_states(workspace, today)
    return Grounds(trust, known, today, workspace, states)


def grounds_from_files(keys: bytes | None, status: bytes | None, today: date) -> Grounds:
    """Rest a check on files alone.

    Raises:
        UserError: a file cannot be used.
    """
    trust = trust_in(read_announcements(keys)) if keys is not None else Trust()
    if status is None:
        return Grounds(trust, None, today)
    listed, trust = read_status_list(status, trust)
    return Grounds(trust, listed, today)


def holds_register(folder: Path) -> bool:
    """Tell whether a folder holds a register to compare with; none is made for a check."""
    return (folder / FILE_NAME).is_file()


def is_signed_text(text: str) -> bool:
    """Tell whether what was given is meant as the text of a code, and not as the name of a file."""
    return text.strip().upper().startswith(MARK) or not text.strip()


def verify_text(grounds: Grounds, text: str) -> tuple[Checked, ...]:
    """Check what was scanned or pasted; several texts where each begins a line."""
    return tuple(_checked(grounds, one) for one in texts_in_text(text))


def verify_file(grounds: Grounds, content: bytes, *, paper: Paper | None = None) -> tuple[Checked, ...]:
    """Check a PDF, a picture of a code, or a file with signed texts; all certificates that are in it.

    Args:
        grounds: what the check rests on.
        content: the file.
        paper: compares the bytes of a PDF with what the register would print.

    Raises:
        UserError: it is a picture that cannot be read, or too large.
    """
    kind = media_type(content)
    if kind == PDF:
        texts = texts_in_pdf(content)
    elif kind in PICTURES:
        texts = texts_in_picture(*pictures.gray_pixels(content))
    else:
        texts = texts_in_text(content.decode("utf-8-sig", "replace"))
    if not texts:
        unsigned = _unsigned(grounds, content) if kind == PDF else ()
        if unsigned:
            return unsigned
        note = Problem(NO_CODE)
        return (Checked(Verification(Verdict.UNREADABLE, "", grounds.today, notes=(note,))),)
    found = tuple(_checked(grounds, text) for text in texts)
    return found if paper is None or kind != PDF else tuple(_with_paper(one, content, paper) for one in found)


def _checked(grounds: Grounds, text: str) -> Checked:
    found = verify(text, grounds.trust, grounds.status, grounds.today)
    if found.verdict is Verdict.UNREADABLE:
        return Checked(replace(found, notes=(*found.notes, *_why_unreadable(text))))
    if grounds.workspace is None or found.content is None or not found.proved:
        return Checked(found)
    agreement, differences = _compared(grounds.workspace, found.content)
    return Checked(_with_state(found, found.content, grounds, agreement), agreement, differences)


def _why_unreadable(text: str) -> list[Problem]:
    if not text.strip():
        return [Problem("verify.note_empty")]
    begun = text.strip()[: len(MARK)]
    return [Problem("verify.note_small_letters")] if begun != MARK and begun.upper() == MARK else []


def _unsigned(grounds: Grounds, content: bytes) -> tuple[Checked, ...]:
    """Find a PDF without a signed text among the papers that this register issued, by its bytes."""
    if grounds.workspace is None:
        return ()
    digest = hashlib.sha256(content).hexdigest()
    with grounds.workspace.database.reading() as connection:
        rows = [row for row in certificate_queries.certificates(connection, on=grounds.today) if row.paper == digest]
        kept = {row.id: content_of(certificate_queries.record_of(connection, row.id)) for row in rows}
    return tuple(
        Checked(
            Verification(
                Verdict.UNSIGNED, "", grounds.today, kept[row.id], since=row.since, notes=_standing_notes(row)
            ),
            Agreement.AGREES,
        )
        for row in rows
    )


def _standing_notes(row: CertificateRow) -> tuple[Problem, ...]:
    code = _STANDING_NOTES.get(row.state)
    return (Problem(code, "", {"since": row.since}),) if code else ()


def _compared(workspace: Workspace, content: CertificateContent) -> tuple[Agreement, tuple[str, ...]]:
    """Compare what was signed with what the register keeps under its number."""
    with workspace.database.reading() as connection:
        records = key_queries.records(connection, content.number)
    if not records:
        return Agreement.UNKNOWN, ()
    kept = [content_of(record) for record in records]
    if content in kept:
        return Agreement.AGREES, ()
    nearest = min((_differences(content, one) for one in kept), key=len)
    return Agreement.DIFFERS, nearest


def _differences(one: CertificateContent, other: CertificateContent) -> tuple[str, ...]:
    return tuple(part.name for part in fields(one) if getattr(one, part.name) != getattr(other, part.name))


def _with_state(
    found: Verification, content: CertificateContent, grounds: Grounds, agreement: Agreement
) -> Verification:
    """Let what the register knows of a certificate of its own count: it may have been withdrawn after the list."""
    state = status_listing.entries(grounds.states, found.judged_on).get(content.number)
    if state is None or agreement is not Agreement.AGREES:
        return found
    verdict = _graver(found.verdict, standing_on(content, state, found.judged_on))
    if verdict is found.verdict:
        return found
    withdrawn = state.standing is Standing.WITHDRAWN
    code = "verify.note_register_withdrawn" if withdrawn else "verify.note_register_suspended"
    note = Problem(code, "", {"since": state.since})
    return replace(found, verdict=verdict, since=_since(verdict, state), notes=(*found.notes, note))


def _graver(one: Verdict, other: Verdict) -> Verdict:
    order = (Verdict.WITHDRAWN, Verdict.EXPIRED, Verdict.SUSPENDED, Verdict.NOT_YET_VALID, Verdict.VALID)
    return min(one, other, key=order.index)


def _since(verdict: Verdict, state: Entry) -> date | None:
    return state.since if verdict.value == state.standing.value else None


def _with_paper(checked: Checked, content: bytes, paper: Paper) -> Checked:
    found = checked.verification
    if found.content is None:
        return checked
    odd = paper(content, found.content)
    return replace(checked, verification=replace(found, notes=(*found.notes, *odd)))


def _rank(status: StatusList) -> tuple[date, int]:
    return status.rank


def plain(checked: Checked) -> dict[str, object]:
    """Give what was found as plain data, for programs."""
    found, content = checked.verification, checked.verification.content
    said = {} if content is None else {part.name: getattr(content, part.name) for part in fields(content)}
    return {
        "verdict": found.verdict.value,
        "holds": checked.holds,
        "proved": found.proved,
        "content": {name: _plain(value) for name, value in said.items()} or None,
        "key": found.key,
        "signer": found.signer,
        "judged_on": found.judged_on.isoformat(),
        "since": found.since.isoformat() if found.since else None,
        "status_as_of": found.as_of.isoformat() if found.as_of else None,
        "status_age": found.age,
        "status_stale": found.stale,
        "register": checked.agreement.value,
        "differences": list(checked.differences),
    }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value
