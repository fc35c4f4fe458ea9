"""Whose acts count: read from the journal and from the office's key that this machine has pinned, and nothing else.

Two modes:

- *open*: nothing signed by the pinned office speaks of devices, or nothing is pinned. People accept a device by its
  words, which is an act; every act of an accepted device counts.
- *office*: the office has enrolled devices. An act counts if its author is enrolled on the device that signed it, in a
  role whose work the act is, and the device is not revoked from an earlier act on.

The office begins with the enrolment of its own device. That statement carries, in ``known``, how far the office had the
acts of every device by then; these count whoever wrote them. What a device had written and the office had not seen yet
counts as soon as its author is enrolled on it: enrolments reach back to a device's first act.

Which acts count depends on the set of acts and on the pin, never on the order in which acts came.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.authority import (
    BROUGHT_KINDS,
    SHEET_KINDS,
    WHOLE,
    Roles,
    Sheet,
    header_sheet,
    roles_needed,
)
from wufei_cells.domain.bundles import ActRun, Span
from wufei_cells.domain.enrolments import LARGEST_NUMBER
from wufei_cells.domain.lifecycle import Role
from wufei_cells.signing.statements import ENROLMENT, OFFICE_KEY, REVOCATION, Statements, statements_in
from wufei_cells.store import authority_queries, device_identity
from wufei_cells.store.authority_queries import HEADER, PROFILE, Said, Signers

NOT_ENROLLED, NOT_AUTHORIZED, REVOKED = "not_enrolled", "not_authorized", "revoked"
CODES = frozenset({NOT_ENROLLED, NOT_AUTHORIZED, REVOKED})
"""Why acts are set aside here; other codes in the column are others'."""

_STATEMENTS = frozenset({ENROLMENT, REVOCATION, OFFICE_KEY})
AFFECTS = frozenset({*_STATEMENTS, "profile"})
"""Kinds of acts after whose arrival the whole journal has to be judged again."""
AFFECTS_SHEET = frozenset({"assessment", "finding"})
"""Kinds after whose arrival, in office mode, the acts on the same entity have to be judged again."""


class Mode(StrEnum):
    """Who says whose acts count."""

    OPEN = "open"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Authority:
    """Whose acts count, as the journal stands; it holds as long as nothing is written."""

    connection: Connection
    own: str
    """The device that this machine is."""
    statements: Statements
    signers: Signers
    sheets: dict[str, Sheet] = field(default_factory=dict[str, Sheet])
    """What was found out about assessments."""
    found: dict[str, bool] = field(default_factory=dict[str, bool])
    """What else was found out."""

    @classmethod
    def of(cls, connection: Connection) -> Authority:
        """Read it within a transaction."""
        pins = authority_queries.pins(connection)
        statements = statements_in(authority_queries.statement_acts(connection), pins)
        return cls(connection, device_identity.own_device(connection), statements, Signers(connection))

    @property
    def mode(self) -> Mode:
        """Tell who says whose acts count."""
        return Mode.OFFICE if self.statements.signed else Mode.OPEN

    def admits(self, signer: str, device: str = "") -> bool:
        """Tell whether what a device signed is taken in; what others signed waits in a side view.

        Args:
            signer: the device that signed it.
            device: whose acts they are, where it hands on those of another one. Where the office enrols, it has to have
                said so: or somebody could take the numbers of acts that are still on their way.
        """
        if signer == self.own:
            return True
        if self.mode is Mode.OPEN:
            return signer in self.statements.accepted
        known = self.statements.known
        if device in ("", signer) or (device in known and signer in known):
            return signer in self.statements.enrolled or signer in known
        return self.statements.hands_on(signer, device, 0)

    def next_number(self) -> int:
        """Give the number that this machine's next act will have."""
        return authority_queries.last_number(self.connection, self.own) + 1

    def enrolled_here(self, name: str) -> str | None:
        """Give the id under which somebody of a name is enrolled on this machine; elsewhere they may have others."""
        here = [one.person for one in self.statements.standing() if (one.device, one.person_name) == (self.own, name)]
        return min(here, default=None)

    def signed_roles(self, person: str) -> frozenset[Role] | None:
        """Give the roles in which a person's next act on this machine counts; ``None`` while everybody's do."""
        if self.mode is Mode.OPEN:
            return None
        if self.own in self.statements.revoked:
            return frozenset()
        return self.statements.roles(self.own, person, LARGEST_NUMBER) or frozenset()

    def aside(self, act: Said) -> str | None:
        """Tell why an act does not count; ``None``: it does."""
        code = self._strict(act)
        if code == NOT_AUTHORIZED and act.kind in BROUGHT_KINDS and not self._has_profile_of_office():
            return None
        return code

    def judge(self, run: ActRun, signer: str) -> Callable[[int, str, str, JsonValue], str | None]:
        """Give what tells of the acts of a run that a device signed why they do not count, before they are here.

        Once they are, ``judging.judge_arrived`` asks again about those whose answer depends on the others.
        """
        scoring: dict[str, bool] = {}

        def reason(seq: int, kind: str, author: str, value: JsonValue) -> str | None:
            if kind in SHEET_KINDS:  # nearly all acts there are: asked once for each author
                if author not in scoring:
                    scoring[author] = self.scores_throughout(run.device, signer, author, (run.first, run.last))
                if scoring[author]:
                    return None
            place = seq - run.first
            entity, replaces = run.entities[place], bool(run.replaced[place])
            return self.aside(Said(run.device, seq, kind, entity, author, value, replaces, (signer,)))

        return reason

    def scores_throughout(self, device: str, signer: str, author: str, span: Span) -> bool:
        """Tell whether somebody is an assessor at every act of a span; assessors write on every sheet."""
        if self.mode is Mode.OPEN:
            return device not in self.statements.revoked
        if signer != device or device in self.statements.revoked:
            return False
        held, (first, last) = self.statements.enrolled.get(device, {}).get(author, ()), span
        whole = all(not first <= one.after <= last for one in held)
        return whole and Role.ASSESSOR in (self.statements.roles(device, author, first) or ())

    def _strict(self, act: Said) -> str | None:
        if act.kind in _STATEMENTS:
            return None if self.statements.proves_itself(act.kind, act.entity, act.value) else NOT_AUTHORIZED
        revoked = self.statements.revoked.get(act.device)
        if revoked and revoked.after is not None and act.seq > revoked.after:
            return REVOKED
        if self.mode is Mode.OPEN or self._vouched_for(act):
            return None
        held = [roles for signer in act.signers if (roles := self._held(signer, act)) is not None]
        if not held:
            return NOT_ENROLLED
        if act.kind in SHEET_KINDS and any(Role.ASSESSOR in roles for roles in held):
            return None  # assessors write on every sheet, so that there is no need to look which one it is
        needed = self._needed(act)
        return None if not needed or any(roles & {*needed} for roles in held) else NOT_AUTHORIZED

    def _has_profile_of_office(self) -> bool:
        if "profile" not in self.found:
            profiles = authority_queries.acts_of_cell(self.connection, *PROFILE, self.signers)
            self.found["profile"] = any(self._strict(one) is None for one in profiles)
        return self.found["profile"]

    def _vouched_for(self, act: Said) -> bool:
        """Whether the office vouches for it from the time before there were enrolments; not for strangers' copies."""
        known = self.statements.known
        return act.seq <= known.get(act.device, 0) and any(one == act.device or one in known for one in act.signers)

    def _held(self, signer: str, act: Said) -> frozenset[Role] | None:
        """Give the roles of the author on a device that signed it: its own act, or of one whose place it took."""
        if signer == act.device:
            return self.statements.roles(signer, act.author, act.seq)
        # The numbers of one device say nothing about the other's: what was handed on is older than all that is its own.
        return self.statements.roles(signer, act.author, 1) if self.statements.hands_on(signer, *act[:2]) else None

    def _needed(self, act: Said) -> Roles:
        sheet = WHOLE
        if act.kind == "finding":
            sheet = self._sheet_of_finding(act)
        elif act.kind in SHEET_KINDS or act.kind == "assessment_state":
            sheet = self._sheet(act.entity)
        return roles_needed(act.kind, act.value, sheet, opens=not act.replaces)

    def _sheet_of_finding(self, act: Said) -> Sheet:
        named = authority_queries.assessments_of_finding(self.connection, act.entity)
        if isinstance(act.value, dict):
            named.add(str(act.value.get("assessment")))
        return _strictest([self._sheet(one) for one in sorted(named)])

    def _sheet(self, assessment: str) -> Sheet:
        """Find what an assessment is; while its header has not come, the whole one, on which fewest may write."""
        if assessment not in self.sheets:
            headers = authority_queries.acts_of_cell(self.connection, assessment, HEADER, self.signers)
            counting = [one for one in headers if one.kind == "assessment" and self.aside(one) is None]
            self.sheets[assessment] = _strictest([header_sheet(one.value) for one in counting])
        return self.sheets[assessment]


def _strictest(sheets: list[Sheet]) -> Sheet:
    found = sheets[0] if sheets else WHOLE
    for other in sheets[1:]:
        found = found.strictest(other)
    return found
