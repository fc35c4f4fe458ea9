"""Make the signed list of certificates that are suspended or withdrawn, and take in the list of another machine."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date
from typing import cast

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.lifecycle import CertificateState
from wufei_cells.errors import UserError
from wufei_cells.services import office_keys, supervising
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.signing.status_list import Entry, Standing, StatusList, make_status_list, newer, read_status_list
from wufei_cells.signing.trust import Trust
from wufei_cells.store import key_queries
from wufei_cells.store.journal import Connection, Draft

States = Mapping[str, tuple[CertificateState, date]]
"""How certificates stand, and since when, by number."""

ENTITY = "status_list"
_LISTED = {standing.value for standing in Standing}


def make_list(workspace: Workspace, key: SigningKey, states: States | None = None) -> StatusList:
    """Sign the list of what is suspended or withdrawn today, and keep it: it is the newest that this register knows.

    Args:
        workspace: the register.
        key: opened by the caller.
        states: how the certificates stand; as the register has it today unless told otherwise.

    Raises:
        UserError: the key is not announced in this register, or another has taken over; or the clock of this machine
            is behind the list that is known.
    """
    today = workspace.today()
    if states is None:
        states = supervising.standing_states(workspace, today)
    with workspace.database.writing() as connection:
        trust = office_keys.trust_of(connection)
        issuer = office_keys.require_in_use(trust, key.id, today).issuer
        known = _known(connection, trust)
        if any(one.as_of > today for one in known):
            # Nobody who has that one would take ours in.
            raise UserError("status_list.clock_slow", today=today, known=max(one.as_of for one in known))
        serial = 1 + max((one.serial for one in known), default=0)
        announced = office_keys.announced(connection)
        made = make_status_list(key, issuer, today, entries(states, today), announced, serial=serial)
        _keep(workspace, connection, made)
    return made


def entries(states: States, on: date) -> dict[str, Entry]:
    """Give what of the states belongs into a list of a day."""
    return {
        number: Entry(Standing(state.value), since)
        for number, (state, since) in sorted(states.items())
        if state.value in _LISTED and since <= on
    }


def take_in(workspace: Workspace, content: bytes) -> StatusList:
    """Keep a list that another machine made; it travels with the register from now on.

    Raises:
        UserError: it is no list, was altered, is signed by a key that is not the office's, or is older than the one
            that is known; that one stays.
    """
    with workspace.database.writing() as connection:
        trust = office_keys.trust_of(connection)
        found, _ = read_status_list(content, trust)
        kept = newer(newest(connection, trust), found)
        _keep(workspace, connection, kept)
    return kept


def _keep(workspace: Workspace, connection: Connection, listed: StatusList) -> None:
    workspace.write(connection, [Draft("status_list", ENTITY, listed.key, cast("JsonValue", listed.document()))])


def newest(connection: Connection, trust: Trust) -> StatusList | None:
    """Give the newest list that was made here or taken in, and can be trusted, within a transaction."""
    return max(_known(connection, trust), key=lambda one: one.rank, default=None)


def _known(connection: Connection, trust: Trust) -> list[StatusList]:
    found: list[StatusList] = []
    for document in key_queries.status_lists(connection):
        with contextlib.suppress(UserError):  # of a key that this register does not know
            found.append(read_status_list(canonical_json(document).encode(), trust)[0])
    return found
