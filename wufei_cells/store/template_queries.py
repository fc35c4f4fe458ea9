"""Read the templates of certificates, and which one is in force."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from wufei_cells.store import office_tables
from wufei_cells.store.queries import REGISTER

CHOICE = "certificate_template"
"""The cell of the register that says which template is in force."""

_template = office_tables.template
_choice = office_tables.template_choice
_DOCUMENT = select(_template.c.document).where(_template.c.id == bindparam("of_template"))
_CHOSEN = select(_choice.c.template).where(_choice.c.id == REGISTER)
_ALL = select(_template).order_by(_template.c.name, _template.c.id)


@dataclass(frozen=True, slots=True)
class StoredTemplate:
    """One template as the register keeps it."""

    id: str
    name: str
    document: str


def templates(connection: Connection) -> tuple[StoredTemplate, ...]:
    """List the templates of the register by name."""
    return tuple(StoredTemplate(row.id, row.name, row.document) for row in connection.execute(_ALL))


def document(connection: Connection, key: str) -> str | None:
    """Give the canonical document of a template; nothing where the register does not have it."""
    return connection.execute(_DOCUMENT, {"of_template": key}).scalar()


def chosen(connection: Connection) -> str | None:
    """Give the identity of the template in force; nothing where nobody chose one."""
    return connection.execute(_CHOSEN).scalar()
