"""Save a workbook so that the same content gives the same bytes, and so that formulas show their values at once.

openpyxl stamps the time of saving into the file, and writes formulas without a result: a reader that does not
calculate (a phone's preview, a script) would find them empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.writer.excel import ExcelWriter

if TYPE_CHECKING:
    from openpyxl import Workbook

CellValue = Decimal | str
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can name
_FORMULA_CELL = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*)</f><v\s*(?:/>|></v>)</c>')


def workbook_bytes(workbook: Workbook, results: Mapping[str, Mapping[str, CellValue]], *, written: datetime) -> bytes:
    """Write a workbook.

    Args:
        workbook: the content.
        results: what each formula gives, by title of the sheet and coordinate of the cell.
        written: the moment the file's properties name.
    """
    workbook.properties.created = written
    workbook.properties.modified = written
    names = enumerate(workbook.sheetnames, start=1)
    parts = {f"xl/worksheets/sheet{number}.xml": results.get(name, {}) for number, name in names}
    target = BytesIO()
    ExcelWriter(workbook, _RepeatableArchive(target, parts)).save()
    return target.getvalue()


class _RepeatableArchive(ZipFile):
    """A zip file whose entries carry no time and no trace of the machine."""

    def __init__(self, target: BytesIO, results: Mapping[str, Mapping[str, CellValue]]) -> None:
        super().__init__(target, "w", ZIP_DEFLATED)
        self._results = results

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: str | bytes, *_more: Any, **_named: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        entry = ZipInfo(name, EARLIEST)
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = 0
        super().writestr(entry, data)

    def write(self, filename: Any, arcname: Any = None, *_more: Any, **_named: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        content = Path(filename).read_text(encoding="utf-8")
        results = self._results.get(str(arcname))
        self.writestr(str(arcname), _with_results(content, results) if results else content)


def _with_results(sheet: str, results: Mapping[str, CellValue]) -> str:
    def fill(cell: re.Match[str]) -> str:
        place, attributes, formula = cell.groups()
        if place not in results:
            return cell.group()  # calculated by whoever opens the file
        result = results[place]
        if isinstance(result, Decimal):
            return f'<c r="{place}"{attributes}><f>{formula}</f><v>{result:f}</v></c>'
        return f'<c r="{place}"{attributes} t="str"><f>{formula}</f><v>{escape(result)}</v></c>'

    return _FORMULA_CELL.sub(fill, sheet)
