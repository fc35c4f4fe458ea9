"""The office's answer to a device that joins: given at the office, taken in there; and again after a lost key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.enrolments import Enrolment
from wufei_cells.domain.text import Text
from wufei_cells.errors import UserError
from wufei_cells.services import office_keys, stating
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing import joining
from wufei_cells.signing.announcements import Announcement
from wufei_cells.signing.fingerprints import fingerprint, same
from wufei_cells.signing.joining import JoinAnswer
from wufei_cells.signing.office_chain import office_chain
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.signing.statements import ENROLMENT, OFFICE_KEY, REVOCATION, Statements, statements_in
from wufei_cells.store import authority_queries
from wufei_cells.store.authority import Authority, Mode
from wufei_cells.store.journal import Connection, Draft

_CELL = "announcement"


@dataclass(frozen=True, slots=True)
class Offer:
    """What an answer says to this machine, before it is taken in."""

    root: Announcement
    """The office's first key."""
    words: Text
    """Its words: the person has the office read them out."""
    pinned: bool
    """Whether this machine has pinned that key already, so that nothing needs to be compared."""
    enrolments: tuple[Enrolment, ...]
    """Who is enrolled on this machine."""
    answer: JoinAnswer
    statements: Statements


# --- at the office


def answer(workspace: Workspace, device: str = "") -> bytes:
    """Give the file that a device takes in to take part: the office's keys, and what it has said of all devices.

    Args:
        workspace: the register.
        device: only what concerns this device and the office's own, so that it fits into a QR code.

    Raises:
        UserError: the office enrols nobody yet.
    """
    with workspace.database.reading() as connection:
        authority = Authority.of(connection)
        if authority.mode is Mode.OPEN:
            raise UserError("trust.not_begun")
        statements = [one for one in authority.statements.sealed if not device or one.device in (device, authority.own)]
        keys = {one.id: one for one in authority.statements.chain.accepted if one.id in authority.statements.chain.keys}
    return joining.write_answer(_in_order(keys.values()), statements)


def start_over(workspace: Workspace, passphrase: str, *, issuer: str = "", since: date | None = None) -> SigningKey:
    """Make a new first key after the office has lost its key, and say everything with it that was said before.

    Others hear of it by a new answer, and pin the new key by its words (``repin``). Until then they go on as before.
    What the lost key signed, such as certificates, stays genuine.

    Raises:
        UserError: the passphrase is too short, there was no key, or the person is not of the office.
        EnvironmentFault: the key's file cannot be written.
    """
    return office_keys.make_first_again(workspace, passphrase, issuer=issuer, since=since)


# --- on the device


def read_answer(workspace: Workspace, content: bytes) -> Offer:
    """Read an answer, to be shown with the words that are to be compared.

    Raises:
        UserError: it is none, it is not signed as it should be, or it does not enrol this device.
    """
    found = joining.read_answer(content)
    roots = [one for one in found.keys if one.predecessor is None and one.signed_by(one.key)]
    said: list[tuple[str, str, JsonValue]] = [
        (ENROLMENT if isinstance(one, Enrolment) else REVOCATION, one.device, one.document())
        for one in found.statements
    ]
    said += [(OFFICE_KEY, one.id, cast("JsonValue", one.document())) for one in found.keys]
    for root in roots:
        statements = statements_in(said, [root.id])
        mine = [one for one in statements.standing() if one.device == workspace.database.device_uuid]
        if mine:
            with workspace.database.reading() as connection:
                pinned = authority_queries.pins(connection)[-1:] == (root.id,)
            return Offer(root, fingerprint(root.key), pinned, tuple(mine), found, statements)
    raise UserError("trust.answer_not_for_us")


def take_answer(workspace: Workspace, content: bytes, *, words: str = "") -> Offer:
    """Take part: pin the office's key, and count from now on whom it enrols.

    Args:
        workspace: the register.
        content: the answer.
        words: of the office's first key, as the office read them out; not needed where it is pinned already.

    Raises:
        UserError: as with ``read_answer``; the words differ, or this machine trusts another office.
    """
    return _take(workspace, content, words, again=False)


def repin(workspace: Workspace, content: bytes, *, words: str) -> Offer:
    """Trust another first key of the office from now on, after it has lost the one before.

    Raises:
        UserError: as with ``take_answer``.
    """
    return _take(workspace, content, words, again=True)


def _take(workspace: Workspace, content: bytes, words: str, *, again: bool) -> Offer:
    offer = read_answer(workspace, content)
    if not offer.pinned and not same(offer.root.key, words):
        raise UserError("trust.other_office_words")
    with workspace.database.writing() as connection:
        pins = authority_queries.pins(connection)
        if pins and pins[-1] != offer.root.id and not again:
            raise UserError("trust.other_office")
        # First what it says, then the pin: the acts that bring it are no work of anybody's.
        stating.append(workspace, connection, _missing(connection, offer))
        stating.pin(connection, offer.root.id)
        stating.judge(connection)
    return offer


def _missing(connection: Connection, offer: Offer) -> list[Draft]:
    """Give the acts that bring what the answer says and the journal does not have."""
    genuine = office_chain([offer.root.id], offer.answer.keys).accepted
    drafts = [Draft(OFFICE_KEY, one.id, _CELL, cast("JsonValue", one.document())) for one in _in_order(genuine)]
    drafts += [stating.draft_of(one) for one in offer.answer.statements]
    there = {
        (kind, entity, canonical_json(value)) for kind, entity, value in authority_queries.statement_acts(connection)
    }
    return [draft for draft in drafts if (draft.kind, draft.entity, canonical_json(draft.value)) not in there]


def _in_order(announcements: Iterable[Announcement]) -> list[Announcement]:
    return sorted(announcements, key=lambda one: (one.since, one.id))


def answer_text(content: bytes) -> str:
    """Give an answer as the text of a QR code."""
    return joining.answer_text(content)
