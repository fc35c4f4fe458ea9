"""Who does whose work: assessors score, the county reviews, the office decides, publishes and issues.

While a register names nobody for any role, everybody may do everything: one person alone can work with it. From the
first name on, a step asks for its role. People are known by the name they work under; whoever opens the database file
with another program can get round it, so this guards against mistakes, not against malice.
"""

from __future__ import annotations

from collections.abc import Mapping

from wufei_cells.domain.lifecycle import Role
from wufei_cells.domain.register import PersonId, PersonRow
from wufei_cells.errors import UserError
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import office_queries, queries
from wufei_cells.store.journal import Connection, Draft


def holders(workspace: Workspace) -> Mapping[Role, tuple[PersonRow, ...]]:
    """Give who holds which role; nobody at all means that everybody may do everything."""
    with workspace.database.reading() as connection:
        return office_queries.holders(connection)


def grant(workspace: Workspace, name: str, role: Role) -> None:
    """Let somebody do the work of a role, from now on.

    Raises:
        UserError: only the office may say so, or the first name is not for the office.
        ProblemsFound: the name cannot be one.
    """
    person = workspace.acting_as(name).person
    with workspace.database.writing() as connection:
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
    held = office_queries.holders(connection)
    # By name: people who entered it on two devices before these met are two entries, and one person.
    allowed = {person.name for role in anyone for person in held.get(role, ())}
    return not any(held.values()) or workspace.person.name in allowed


def require(workspace: Workspace, connection: Connection, role: Role, *also: Role) -> None:
    """Refuse work that is somebody else's.

    Raises:
        UserError: the person who works here holds none of the roles; it names who does.
    """
    if may(workspace, connection, role, *also):
        return
    held = office_queries.holders(connection)
    people = tuple(dict.fromkeys(person.name for one in (role, *also) for person in held.get(one, ())))
    code = "roles.not_yours" if people else "roles.nobody"
    raise UserError(code, name=workspace.person.name, role=role, people=people)
