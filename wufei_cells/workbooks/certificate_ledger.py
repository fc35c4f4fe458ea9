"""The ledger of certificates as a workbook: one plain table to sort, to filter and to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.worksheet.page import PageMargins, PrintPageSetup
from openpyxl.worksheet.properties import PageSetupProperties

from wufei_cells.workbooks.archive import workbook_bytes
from wufei_cells.workbooks.cell_text import clean_text, page_text
from wufei_cells.workbooks.grid import Grid
from wufei_cells.workbooks.looks import Kind, looks
from wufei_cells.workbooks.main_font import set_main_font

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from wufei_cells.wording import Wording

COLUMNS = (
    ("order", 6),
    ("category", 13),
    ("site", 32),
    ("district", 11),
    ("leads", 20),
    ("assessed_on", 12),
    ("total", 8),
    ("level", 9),
    ("document", 20),
    ("batch", 16),
    ("number", 20),
    ("valid_until", 12),
    ("state", 10),
)
"""Names and widths in characters, in the order in which they stand."""
A4 = 9  # Excel's number for the paper
FOOT_ROOM = 40.0  # characters in a third of the page's foot
MARGIN = 0.4  # inches
DAY = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line: a certificate, or an approved site on its way to one. Texts are in the reader's language."""

    category: str
    site: str
    district: str
    leads: str
    """Lead departments of the category."""
    assessed_on: date | None
    total: Fraction | None
    """Points as decided on."""
    level: str
    document: str
    batch: str
    number: str
    """Of the certificate; empty while there is none."""
    valid_until: date | None
    state: str


@dataclass(frozen=True, slots=True)
class CertificateLedger:
    """What the workbook says."""

    city: str
    issuer: str
    as_of: date
    entries: tuple[LedgerEntry, ...]
    example: bool = False


def write_certificate_ledger(ledger: CertificateLedger, wording: Wording) -> bytes:
    """Write the ledger as an .xlsx file; the same data and wording give the same bytes."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = wording.say("ledger.sheet")
    language = "en" if wording.language == "en" else "zh"
    styles = looks(language)
    set_main_font(workbook, styles[Kind.TEXT].font)
    grid = Grid(sheet, [width for _name, width in COLUMNS], styles)
    title = wording.say("ledger.title", city=ledger.city)
    grid.text(1, title, Kind.TITLE, last=grid.columns)
    grid.next_row(lowest=32)
    if ledger.example:
        grid.text(1, wording.say("ledger.example"), Kind.WARNING, last=grid.columns)
        grid.next_row()
    about = wording.say("ledger.about", issuer=ledger.issuer, as_of=ledger.as_of, count=len(ledger.entries))
    grid.text(1, about, Kind.PLAIN, last=grid.columns)
    grid.next_row(lowest=24)
    head = grid.row
    for place, (name, _width) in enumerate(COLUMNS, start=1):
        grid.text(place, wording.say(f"ledger.column_{name}"), Kind.HEAD)
    grid.next_row(lowest=24)
    for order, entry in enumerate(ledger.entries, start=1):
        _write_entry(grid, order, entry)
    grid.finish()
    last = grid.place(grid.columns, max(grid.row - 1, head))
    sheet.auto_filter.ref = f"A{head}:{last}"
    sheet.freeze_panes = f"D{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = f"A1:{last}"
    _set_pages(sheet, title, ledger, wording)
    workbook.properties.title = clean_text(title)
    workbook.properties.creator = "wufei-cells"
    written = datetime(ledger.as_of.year, ledger.as_of.month, ledger.as_of.day, tzinfo=UTC).replace(tzinfo=None)
    return workbook_bytes(workbook, {}, written=written)


def _write_entry(grid: Grid, order: int, entry: LedgerEntry) -> None:
    values: Sequence[str | date | Fraction | None] = (
        *(Fraction(order), entry.category, entry.site, entry.district, entry.leads, entry.assessed_on),
        *(entry.total, entry.level, entry.document, entry.batch, entry.number, entry.valid_until, entry.state),
    )
    for place, ((name, _width), value) in enumerate(zip(COLUMNS, values, strict=True), start=1):
        if isinstance(value, Fraction):
            grid.number(place, value, Kind.CENTER)
        elif isinstance(value, date):
            grid.day(place, value, DAY, Kind.CENTER)
        else:
            grid.text(place, value or "", Kind.TEXT if name in ("site", "leads") else Kind.CENTER)
    grid.next_row()


def _set_pages(sheet: Worksheet, title: str, ledger: CertificateLedger, wording: Wording) -> None:
    sheet.page_setup = PrintPageSetup(orientation="landscape", paperSize=A4, fitToWidth=1, fitToHeight=0)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(MARGIN, MARGIN, top=MARGIN, bottom=0.6, header=0.28, footer=0.28)
    foot: Any = sheet.oddFooter
    foot.left.text = page_text(title, FOOT_ROOM)
    foot.center.text = wording.say("ledger.page")
    foot.right.text = ledger.as_of.isoformat()
    for part in (foot.left, foot.center, foot.right):
        part.size = 9
