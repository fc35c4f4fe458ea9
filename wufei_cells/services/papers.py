"""The papers of certificates: printed when they are issued, kept as they were, and the same again at any time.

The PDF of a certificate is kept beside the register under the SHA-256 of its content, which its record names. Where the
file is not on this machine, it is drawn again from the record: the same program gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.domain.certificate_templates import CertificateTemplate
from wufei_cells.domain.register import CertificateRow
from wufei_cells.errors import Problem
from wufei_cells.services import certificate_templating, content_places, reading
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import certificate_queries
from wufei_cells.store.content_files import ContentFiles

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.services.verifying import Paper as Comparison
    from wufei_cells.signing.content import CertificateContent
    from wufei_cells.wording import Wording

FOLDER = content_places.PAPERS


@dataclass(frozen=True, slots=True)
class Press:
    """What certificates are printed with."""

    fonts: DocumentFonts
    wording: Wording
    """How dates and results are put, in all languages."""
    default: CertificateTemplate
    """The template of registers that chose none."""

    def draw(self, row: CertificateRow, template: CertificateTemplate) -> bytes:
        """Draw the paper of one certificate.

        Raises:
            UserError: something on it cannot be printed, or does not fit.
        """
        from wufei_cells.documents.certificate import render_certificates as render  # noqa: PLC0415 - loads reportlab

        return render([row], self.fonts, {row.template: template}, self.wording)


@dataclass(frozen=True, slots=True)
class Paper:
    """The PDF of one certificate."""

    content: bytes
    as_issued: bool
    """Whether it is, byte for byte, the file that was issued; one drawn by a newer program may look different."""


def keep(workspace: Workspace, content: bytes) -> str:
    """Keep a paper beside the register and give its SHA-256; it is on disk when this returns."""
    return ContentFiles(workspace.database.path.parent / FOLDER).put(content)


def paper_of(workspace: Workspace, press: Press, key: str) -> Paper:
    """Give the paper of a certificate as it was issued, by its id or number.

    Raises:
        UserError: there is no such certificate, or it cannot be drawn.
    """
    with workspace.database.reading() as connection:
        row = reading.certificate(workspace, connection, key)
        templates = certificate_templating.templates_of(connection, [row], press.default)
    if row.paper and (kept := content_places.sound(workspace, row.paper)) is not None:
        return Paper(kept, as_issued=True)
    content = press.draw(row, templates[row.template])
    return Paper(content, not row.paper or hashlib.sha256(content).hexdigest() == row.paper)


def print_file(workspace: Workspace, press: Press, keys: Iterable[str]) -> bytes:
    """Give one PDF of certificates: the paper as issued of a single one, a page for each of several.

    Raises:
        UserError: there is no such certificate, or one cannot be drawn.
    """
    from wufei_cells.documents.certificate import render_certificates as render  # noqa: PLC0415 - loads reportlab

    wanted = list(keys)
    if len(wanted) == 1:
        return paper_of(workspace, press, wanted[0]).content
    with workspace.database.reading() as connection:
        rows = [reading.certificate(workspace, connection, key) for key in wanted]
        templates = certificate_templating.templates_of(connection, rows, press.default)
    return render(rows, press.fonts, templates, press.wording)


def unprintable(workspace: Workspace, press: Press, assessments: Iterable[str]) -> list[Problem]:
    """List the sites whose certificates could not be printed, each with the reason, before anything is written.

    Raises:
        UserError: there is no such assessment.
    """
    from wufei_cells.services import trial_papers  # noqa: PLC0415 - it tries what is issued, and issuing keeps papers

    return trial_papers.unprintable(workspace, press, assessments)


def comparison(workspace: Workspace) -> Comparison:
    """Give what tells whether a PDF is, byte for byte, the one that was issued."""

    def compare(content: bytes, said: CertificateContent) -> tuple[Problem, ...]:
        with workspace.database.reading() as connection:
            rows = certificate_queries.certificates(connection, on=workspace.today(), certificate=said.number)
        kept = {row.paper for row in rows if row.paper}
        if not kept or hashlib.sha256(content).hexdigest() in kept:
            return ()
        here = [paper for key in kept if (paper := content_places.sound(workspace, key)) is not None]
        begun = any(map(content.startswith, here))
        code = "papers.added_to" if begun else "papers.other_file"
        return (Problem(code, said.number, {"number": said.number}),)

    return compare
