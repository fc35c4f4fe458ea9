"""Give the calendar out: as a file for other calendars, and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.domain.agenda import AgendaEntry, AgendaFilter
from wufei_cells.services import reading
from wufei_cells.services.agenda import WHOLE, agenda
from wufei_cells.services.workspace import Workspace

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.wording import Wording


def agenda_file(workspace: Workspace, entries: Sequence[AgendaEntry], wording: Wording) -> bytes:
    """Write entries as an .ics file, in the language of the wording."""
    from wufei_cells.documents.agenda_file import write_agenda  # noqa: PLC0415 - loads icalendar

    with workspace.database.reading() as connection:
        profile = reading.profile(connection)
    return write_agenda(entries, profile.city, wording, key=profile.key, at=workspace.now())


def agenda_pdf(
    workspace: Workspace, first: date, last: date, fonts: DocumentFonts, wording: Wording, wanted: AgendaFilter = WHOLE
) -> bytes:
    """Print the calendar of some days, in the language of the wording.

    Raises:
        UserError: the days run backwards, or are too far apart.
    """
    from wufei_cells.documents.agenda_paper import AgendaSheet, render_agenda  # noqa: PLC0415 - loads reportlab

    entries = agenda(workspace, first, last, wanted)
    with workspace.database.reading() as connection:
        city = reading.profile(connection).city
    return render_agenda(AgendaSheet(city, first, last, entries, workspace.example), fonts, wording)
