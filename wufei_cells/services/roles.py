"""Who does whose work: assessors score, the county reviews, the office decides, publishes and issues.

While a register names nobody for any role, everybody may do everything: one person alone can work with it. From the
first name on, a step asks for its role. People are known by the name they work under; whoever opens the database file
with another program can get round it, so this guards against mistakes, not against malice.

Once the office has enrolled devices (``enrolling``), roles are what it signed for: those of this person on this device.
Then every other machine judges by the same table (``domain.authority``), and malice gets nobody further.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wufei_cells.domain.authority import Sheet, roles_needed
from wufei_cells.domain.lifecycle import Role
from wufei_cells.domain.register import PersonId, PersonRow
from wufei_cells.errors import UserError
from wufei_cells.services import counting
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import office_queries, queries
from wufei_cells.store.authority import Authority, Mode
from wufei_cells.store.journal import Connection, Draft


@dataclass(frozen=True, slots=True)
class PersonRoles:
    """What the person who works here may do, and whose work everything else is."""

    name: str = ""
    held: Mapping[Role, tuple[str, ...]] = field(default_factory=dict[Role, tuple[str, ...]])
    """The names of the people who hold each role; nobody at all: everybody may do everything."""
    signed: frozenset[Role] | None = None
    """The roles that the office signed for, for this person on this device; ``None`` while it enrolls nobody."""
    barred: UserError | None = None
    """Why nothing that this person writes on this device counts, whatever their roles are elsewhere."""

    def may(self, *anyone: Role) -> bool:
        """Tell whether the person may do the work of one of these roles; of none: everybody may."""
        if self.signed is not None:
            return not anyone or not self.signed.isdisjoint(anyone)
        return not anyone or not any(self.held.values()) or self.name in self.names(*anyone)

    def names(self, *anyone: Role) -> tuple[str, ...]:
        """List who may do the work of one of these roles."""
        return tuple(dict.fromkeys(name for role in anyone for name in self.held.get(role, ())))

    def refusal(self, role: Role, *also: Role) -> UserError | None:
        """Say whose work it is, where it is not this person's; or why nobody's is here, or not theirs."""
        if self.may(role, *also):
            return None
        if self.barred is not None:
            return self.barred
        people = self.names(role, *also)
        return UserError("roles.not_yours" if people else "roles.nobody", name=self.name, role=role, people=people)


def of_person(workspace: Workspace) -> PersonRoles:
    """Give what the person who works here may do."""
    with workspace.database.reading() as connection:
        return _of_person(workspace, connection)


def writers(column: str, *, part: bool) -> tuple[Role, ...]:
    """Say who writes answers, evidence and findings on a sheet; nobody named: everybody may.

    Args:
        column: whose opinion the sheet is.
        part: whether it belongs to an assessment and is not the assessment itself.
    """
    return Sheet(column, part).writers


def holders(workspace: Workspace) -> Mapping[Role, tuple[PersonRow, ...]]:
    """Give who holds which role; nobody at all means that everybody may do everything."""
    with workspace.database.reading() as connection:
        return holders_in(connection)


def holders_in(connection: Connection) -> Mapping[Role, tuple[PersonRow, ...]]:
    """Give who holds which role, within a transaction."""
    authority = Authority.of(connection)
    if authority.mode is Mode.OPEN:
        return office_queries.holders(connection)
    found: dict[Role, dict[PersonRow, None]] = {}
    for one in authority.statements.standing():
        for role in one.held:
            found.setdefault(role, {})[PersonRow(PersonId(one.person), one.person_name)] = None
    return {role: tuple(sorted(found[role], key=lambda row: (row.name, row.id))) for role in Role if role in found}


def grant(workspace: Workspace, name: str, role: Role) -> None:
    """Let somebody do the work of a role, from now on.

    Raises:
        UserError: only the office may say so, the first name is not for the office, or roles come with enrolments.
        ProblemsFound: the name cannot be one.
    """
    person = workspace.acting_as(name).person
    with workspace.database.writing() as connection:
        _refuse_enrolled(connection)
        held = office_queries.holders(connection)
        if not held.get(Role.OFFICE):
            if role is not Role.OFFICE:
                raise UserError("roles.office_first")
        else:
            require(workspace, connection, Role.OFFICE)
        acts: list[Draft] = []
        if not queries.knows_person(connection, person.id) and person.id != workspace.person.id:
            acts.append(Draft("person", person.id, "person", {"name": person.name}))
        acts.append(Draft("role", person.id, f"role.{role.value}", value=True))
        workspace.write(connection, acts)


def withdraw(workspace: Workspace, name: str, role: Role) -> None:
    """Let somebody do the work of a role no longer.

    Raises:
        UserError: the person does not hold it, only the office may say so, or nobody would be left for the office
            while others still hold roles.
    """
    name = workspace.acting_as(name).person.name
    with workspace.database.writing() as connection:
        _refuse_enrolled(connection)
        require(workspace, connection, Role.OFFICE)
        held = office_queries.holders(connection)
        entries = [one for one in held.get(role, ()) if one.name == name]
        if not entries:
            raise UserError("roles.not_held", name=name, role=role)
        others = any(people for other, people in held.items() if other is not Role.OFFICE)
        if role is Role.OFFICE and len(held[Role.OFFICE]) == len(entries) and others:
            raise UserError("roles.last_office", name=name)
        cell = f"role.{role.value}"
        workspace.write(connection, [Draft("role", PersonId(person.id), cell, None) for person in entries])


def may(workspace: Workspace, connection: Connection, *anyone: Role) -> bool:
    """Tell whether the person who works here may do the work of one of these roles."""
    return _of_person(workspace, connection).may(*anyone)


def refuse_others(workspace: Workspace, role: Role) -> None:
    """Refuse work that is somebody else's before a person prepares it; the step itself asks again.

    Raises:
        UserError: the person who works here does not hold the role; it names who does.
    """
    with workspace.database.reading() as connection:
        require(workspace, connection, role)


def require(workspace: Workspace, connection: Connection, role: Role, *also: Role) -> None:
    """Refuse work that is somebody else's.

    Raises:
        UserError: the person who works here holds none of the roles; it names who does. Where nothing they write on
            this device counts, it says that and why.
    """
    refusal = _of_person(workspace, connection).refusal(role, *also)
    if refusal:
        raise refusal


def require_writer(workspace: Workspace, connection: Connection, column: str, *, part: bool) -> None:
    """Refuse to write on a sheet whose column is somebody else's (see ``writers``).

    Raises:
        UserError: the person who works here may not; it names who may.
    """
    anyone = writers(column, part=part)
    if anyone:
        require(workspace, connection, *anyone)


def require_for(workspace: Workspace, connection: Connection, kind: str) -> None:
    """Refuse to write a kind of act that is somebody else's work.

    Raises:
        UserError: the person who works here holds none of the roles; it names who does.
    """
    needed = roles_needed(kind, None)
    if needed:
        require(workspace, connection, *needed)


def _refuse_enrolled(connection: Connection) -> None:
    if Authority.of(connection).mode is Mode.OFFICE:
        raise UserError("trust.roles_by_enrolment")


def _of_person(workspace: Workspace, connection: Connection) -> PersonRoles:
    # By name: people who entered it on two devices before these met are two entries, and one person.
    held = {role: _names(people) for role, people in holders_in(connection).items()}
    authority = Authority.of(connection)
    signed = authority.signed_roles(workspace.person.id)
    return PersonRoles(workspace.person.name, held, signed, counting.barred(authority, workspace.person))


def _names(people: Iterable[PersonRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.name for person in people))
