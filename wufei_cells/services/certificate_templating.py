"""Templates of certificates: check one, adopt it, tell which one is in force, and try it on made-up certificates.

A template that was adopted never changes: its identity is the SHA-256 of its canonical document, and every certificate
names the one it was issued with. So a certificate looks the same whenever it is printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from wufei_cells.checklists.template_document import template_document, template_id
from wufei_cells.checklists.template_elements import Files
from wufei_cells.checklists.template_reading import read_template, read_template_document
from wufei_cells.checklists.yaml_source import Data, Source, parse_yaml
from wufei_cells.domain.certificate_templates import CertificateTemplate
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import CertificateRow
from wufei_cells.domain.text import Language, Text
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import reading, roles
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, template_queries
from wufei_cells.store.journal import Connection, Draft
from wufei_cells.store.queries import REGISTER
from wufei_cells.store.template_queries import CHOICE

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.wording import Wording

CELL = "document"
SHORTEST_ID = 6
"""Characters of an identity that name a template."""


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template that the register has, or that comes with the program."""

    id: str
    key: str
    version: str
    title: Text
    languages: tuple[Language, ...]
    in_force: bool
    adopted: bool
    """Whether it is in the register."""


# --- reading


@lru_cache(maxsize=8)
def shipped_template(content: bytes, name: str) -> CertificateTemplate:
    """Read a template that comes with the program; once.

    Raises:
        ProblemsFound: every problem of the file.
    """
    return read_template(content, name)


def identity(template: CertificateTemplate) -> str:
    """Give the identity of a template."""
    return template_id(template_document(template))


def refuse_disputed(connection: Connection) -> None:
    """Refuse to print while different templates are chosen.

    Raises:
        UserError: the choice is in conflict.
    """
    if CHOICE in assessment_queries.conflicts(connection, REGISTER):
        raise UserError("conflict.template_disputed")


def template_in_force(connection: Connection, default: CertificateTemplate) -> tuple[str, CertificateTemplate]:
    """Give the template that new certificates are issued with, and its identity.

    Args:
        connection: the transaction.
        default: holds where nobody chose one.
    """
    chosen = template_queries.chosen(connection)
    document = template_queries.document(connection, chosen) if chosen else None
    if chosen is None or document is None:  # chosen on a machine whose template did not come along yet
        return identity(default), default
    return chosen, _read(document)


def keep(connection: Connection, template: CertificateTemplate) -> list[Draft]:
    """Give the act by which the register comes to hold a template; none where it does.

    Whoever issues a certificate writes it in the same transaction: the register must be able to print it again when
    the program brings another default along.
    """
    document = template_document(template)
    key = template_id(document)
    if template_queries.document(connection, key) is not None:
        return []
    return [Draft("template", key, CELL, json.loads(document))]


def templates_of(
    connection: Connection, rows: Iterable[CertificateRow], default: CertificateTemplate
) -> Mapping[str, CertificateTemplate]:
    """Give the templates of certificates by identity; under ``""`` the default, for certificates that name none.

    Raises:
        UserError: ``template.unknown``: the register does not have the template of a certificate.
    """
    found = {"": default}
    for key in {row.template for row in rows} - {""}:
        document = template_queries.document(connection, key)
        if document is None and key != identity(default):
            raise UserError("template.unknown", template=key[:12])
        found[key] = default if document is None else _read(document)
    return found


def list_templates(workspace: Workspace, default: CertificateTemplate) -> tuple[TemplateRow, ...]:
    """List the templates of the register, and the default one."""
    with workspace.database.reading() as connection:
        stored = {row.id: _read(row.document) for row in template_queries.templates(connection)}
        in_force, _template = template_in_force(connection, default)
    known = {identity(default): default, **stored}
    return tuple(
        TemplateRow(key, one.key, one.version, one.title, one.languages, key == in_force, key in stored)
        for key, one in known.items()
    )


def data_of(workspace: Workspace, key: str) -> Data:
    """Give a template as plain data in the shape of a template file, by its identity or the beginning of it.

    Raises:
        UserError: ``template.unknown``.
    """
    return json.loads(stored_document(workspace, key))


def stored_document(workspace: Workspace, key: str) -> str:
    """Give the canonical document of a template by its identity or the beginning of it.

    Raises:
        UserError: ``template.unknown``.
    """
    with workspace.database.reading() as connection:
        for row in template_queries.templates(connection):
            if row.id == key or (len(key) >= SHORTEST_ID and row.id.startswith(key)):
                return row.document
    raise UserError("template.unknown", template=key[:40])


# --- trying and adopting


def check_file(
    content: bytes,
    name: str,
    files: Files | None,
    fonts: DocumentFonts,
    wording: Wording,
    profile: Profile | None = None,
) -> CertificateTemplate:
    """Read a template file and print made-up certificates with it, the longest plausible one among them.

    Args:
        content: the file.
        name: how it is called in problems.
        files: gives the pictures beside it by name.
        fonts: the fonts of documents.
        wording: in which the made-up certificates are put, in all languages.
        profile: of the city, whose wording is tried then.

    Raises:
        ProblemsFound: everything wrong with it, each with its place.
    """
    from wufei_cells.documents.certificate_sample import trial_problems  # noqa: PLC0415 - loads reportlab

    template = read_template(content, name, files)
    problems = trial_problems(template, name, fonts, wording, profile)
    if problems:
        raise ProblemsFound(_with_lines(problems, parse_yaml(content, name)), subject=name)
    return template


def adopt_file(
    workspace: Workspace, content: bytes, name: str, files: Files | None, fonts: DocumentFonts, wording: Wording
) -> tuple[str, CertificateTemplate]:
    """Take a template file into the register; new certificates are issued with it from now on.

    Certificates that were issued keep the template they were issued with.

    Raises:
        ProblemsFound: everything wrong with it, and what cannot be printed with it; nothing is written then.
        UserError: only the office may choose a template.
    """
    template = check_file(content, name, files, fonts, wording, profile_of(workspace))
    key = identity(template)
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, "template_choice")
        drafts = keep(connection, template)
        if template_queries.chosen(connection) != key:
            drafts.append(Draft("template_choice", REGISTER, CHOICE, {"template": key}))
        if drafts:
            workspace.write(connection, drafts)
    return key, template


def preview(
    template: CertificateTemplate, fonts: DocumentFonts, wording: Wording, profile: Profile | None = None
) -> bytes:
    """Print the made-up certificates with a template: a plain one, a long one, an example, one after a model checklist.

    Raises:
        UserError: something cannot be printed.
    """
    from wufei_cells.documents.certificate import render_certificates  # noqa: PLC0415 - loads reportlab
    from wufei_cells.documents.certificate_sample import sample_certificates  # noqa: PLC0415 - the same

    return render_certificates(sample_certificates(wording, profile), fonts, {"": template}, wording)


def profile_of(workspace: Workspace) -> Profile | None:
    """Give the register's profile, whose wording a template is tried with."""
    with workspace.database.reading() as connection:
        return reading.profile(connection)


def _with_lines(problems: Iterable[Problem], source: Source) -> list[Problem]:
    """Say at which line of the file the element stands that cannot be printed."""
    found: list[Problem] = []
    for problem in problems:
        number = int(problem.place.rpartition(".")[2])
        code = "template.text_too_long" if problem.code == "document.text_too_long" else problem.code
        found.append(replace(problem, code=code, place=source.place(("elements", number - 1))))
    return found


@lru_cache(maxsize=32)
def _read(document: str) -> CertificateTemplate:
    """Read a template once; a document never changes."""
    return read_template_document(document)
