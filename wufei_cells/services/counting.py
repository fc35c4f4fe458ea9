"""Refuse to write what would count nowhere: the person is told at once, and not by others weeks later."""

from __future__ import annotations

from collections.abc import Iterable

from wufei_cells.domain.register import PersonRow
from wufei_cells.errors import UserError
from wufei_cells.signing.statements import ENROLMENT, OFFICE_KEY, REVOCATION
from wufei_cells.store.authority import REVOKED, Authority, Mode
from wufei_cells.store.authority_queries import Said
from wufei_cells.store.journal import Connection, Draft, heads

_PROVED_OTHERWISE = frozenset({ENROLMENT, REVOCATION, OFFICE_KEY})
"""Whoever writes these holds the key that signed them, and brings them to the journal with it."""
_MAY_OPEN = frozenset({"assessment", "assessment_state"})


def refuse_aside(connection: Connection, person: PersonRow, drafts: Iterable[Draft]) -> None:
    """Refuse acts that every machine would set aside, this one as well.

    Raises:
        UserError: ``trust.own_…`` says why.
    """
    authority = Authority.of(connection)
    if authority.mode is Mode.OPEN and authority.own not in authority.statements.revoked:
        return
    seq = authority.next_number()
    for number, draft in enumerate(drafts, seq):
        if draft.kind in _PROVED_OTHERWISE:
            continue
        replaces = draft.kind not in _MAY_OPEN or bool(heads(connection, draft.entity, draft.cell))
        said = Said(authority.own, number, draft.kind, draft.entity, person.id, draft.value, replaces, (authority.own,))
        code = authority.aside(said)
        if code is not None:
            raise _revoked(authority) if code == REVOKED else UserError(f"trust.own_{code}", name=person.name)


def barred(authority: Authority, person: PersonRow) -> UserError | None:
    """Say why nothing that a person writes on this device counts, whatever the office enrolled them for elsewhere.

    ``None``: it counts, or the person is enrolled nowhere, so that the others are who it is about.
    """
    if authority.mode is Mode.OPEN:
        return None
    if authority.own in authority.statements.revoked:
        return _revoked(authority)
    here = authority.statements.enrolled.get(authority.own, {})
    if person.id in here:
        return None
    # People are one by their name: on another device they may have another id.
    elsewhere = any(person.name == one.person_name for one in authority.statements.standing())
    return UserError("trust.own_not_enrolled", name=person.name) if elsewhere or not here else None


def _revoked(authority: Authority) -> UserError:
    revoked = authority.statements.revoked[authority.own]
    return UserError("trust.own_revoked", after=revoked.after, reason=revoked.reason)
