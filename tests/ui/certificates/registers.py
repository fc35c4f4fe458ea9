"""A register for tests of the room of certificates: a site at every step of the way, and certificates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QItemSelectionModel

from tests.samples.registers import (
    OFFICE,
    HandClock,
    add_site,
    brought,
    criteria_with_process,
    open_register,
    published,
    scored,
)
from wufei_cells import shipped
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import certificate_templating, certifying
from wufei_cells.services.papers import Press
from wufei_cells.wording import Wording

WAIT = 15_000
PLACES = {
    "to_notice": ("东区税务局", "东区档案馆"),
    "notices": ("东区图书馆",),
    "to_name": ("东区民政局",),
    "ready": ("焦作市城市管理局", "䶮㳇鿍𬇙街道办事处", "博爱县自然资源局"),
}


def opened(folder, *, days_ago=0, person="王敏"):
    """The register as another program beside the window opens it, on this machine's day or before."""
    clock = HandClock(datetime.now(UTC) - timedelta(days=days_ago))
    return open_register(folder, clock, person=person, given=criteria_with_process())


def build(folder):
    """Bring a site to every place that a site can wait at."""
    folder.mkdir()
    workspace = opened(folder, days_ago=7 * (len(PLACES["ready"]) + 1))  # so many notices run out on the way
    rows = {
        place: [brought(workspace, scored(workspace, add_site(workspace, name)).id, _stage(place)).id for name in names]
        for place, names in PLACES.items()
    }
    published(workspace.acting_as(OFFICE), rows["to_name"], title="第一批", ended=True)
    published(workspace.acting_as(OFFICE), rows["notices"], title="第二批")
    workspace.close()
    return folder


def issue(workspace, rows, **how):
    """Issue the certificates of assessments beside the window."""
    office = workspace.acting_as(OFFICE)
    return [certifying.issue_certificate(office, row.id, press=press(), **how) for row in rows]


def press():
    """What certificates are printed with."""
    name, content = next(iter(shipped.certificate_templates().items()))
    template = certificate_templating.shipped_template(content, name)
    fonts = DocumentFonts({Face(face): file for face, file in shipped.font_files().items()})
    return Press(fonts, Wording(shipped.wording_catalogue(), "zh"), template)


def select(page, name, *places):
    """Select lines of a list."""
    page.show_list(name)
    table = page.room.table
    table.selectionModel().clear()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for place in places:
        table.selectionModel().setCurrentIndex(table.model().index(place, 0), flags)


def names_in(page, name):
    """The sites of a list."""
    model = page.models[name]
    return {model.index(place, 0).data() for place in range(model.rowCount())}


def wait_for(qtbot, page, kind):
    """Wait for a dialog of the page and give it."""

    def found():
        return [each for each in page.window().findChildren(kind) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=WAIT)
    return found()[-1]


def wait_for_paper(qtbot, page):
    """Wait until a certificate is shown as it prints."""
    preview = page.room.preview
    qtbot.waitUntil(lambda: preview.showing_pdf and preview.pdf_view.page_count > 0, timeout=WAIT)
    page.settle()


def _stage(place):
    return Stage.NAMED if place == "ready" else Stage.APPROVED
