"""Print a drawing by lot: the list before it, the protocol, and the sheets of the inspectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.services import drawing

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.domain.drawings import DrawingPlan
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.wording import Wording


def announcement(plan: DrawingPlan, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print the list that is published before the seed is known, in the language of the wording."""
    from wufei_cells.documents.drawing_protocol import render_announcement  # noqa: PLC0415 - loads reportlab

    return render_announcement(plan, fonts, wording)


def protocol(workspace: Workspace, key: str, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print the protocol of a drawing on record, in the language of the wording.

    Raises:
        UserError: there is no such drawing.
    """
    from wufei_cells.documents.drawing_protocol import render_protocol  # noqa: PLC0415 - loads reportlab

    return render_protocol(drawing.drawing(workspace, key), fonts, wording)


def visit_sheets(workspace: Workspace, key: str, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print for each inspector whom to visit, with contacts as the register has them today.

    Raises:
        UserError: there is no such drawing.
    """
    from wufei_cells.documents.drawing_protocol import VisitLine, render_visits  # noqa: PLC0415 - loads reportlab

    row = drawing.drawing(workspace, key)
    lines = [
        VisitLine(visit.site, visit.drawn.inspectors, visit.contact, visit.phone)
        for visit in drawing.visits(workspace, key)
    ]
    return render_visits(row, lines, fonts, wording)
