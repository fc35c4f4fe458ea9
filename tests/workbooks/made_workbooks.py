"""Workbooks for tests of the reader: as office programs make them, and as nobody with good intentions does."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from PIL import Image
from xlsxwriter import Workbook

from tests.workbooks.authoring_sheets import wording
from wufei_cells.errors import ProblemsFound
from wufei_cells.workbooks.reading.limits import USUAL, Limits
from wufei_cells.workbooks.reading.workbook import ReadWorkbook, read_workbook

NAME = "某县打分表"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:r="{OFFICE}"'
)
END = b"\n\0\0\0"
"""The record that ends a part of an old workbook."""


def codes(content: bytes, limits: Limits = USUAL) -> list[str]:
    """What a file is refused with; nothing when it is read. Every refusal names the file and says what to do."""
    try:
        read_workbook(content, NAME, limits)
    except ProblemsFound as found:
        refused = found
    else:
        return []
    assert "请" in wording().error(refused), refused.problems
    assert all(problem.place == NAME for problem in refused.problems)
    return [problem.code for problem in refused.problems]


def notes(book: ReadWorkbook) -> list[str]:
    """The codes of what was noted."""
    return [note.code for note in book.notes]


def texts(book: ReadWorkbook, sheet: int = 0) -> dict[tuple[int, int], str]:
    """What stands in the cells of a sheet."""
    return {(cell.row, cell.column): cell.text for row in book.sheets[sheet].rows.values() for cell in row.values()}


# --- zip files


def zipped(parts: Mapping[str, bytes | str], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packed, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def relations(targets: Mapping[str, tuple[str, str]], *, external: Iterable[str] = ()) -> str:
    """The sheet of relations: kind and target by name."""
    outside = ' TargetMode="External"'
    lines = (
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{outside if name in external else ""}/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'


def xlsx(sheet: str, *, more: Mapping[str, bytes | str] | None = None, sheets: int = 1) -> bytes:
    """The least workbook with this content of its sheets; other parts are put beside or in place of them."""
    titles = "".join(f'<sheet name="表{at}" sheetId="{at}" r:id="rId1"/>' for at in range(1, sheets + 1))
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{titles}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            {
                "rId1": ("worksheet", "worksheets/sheet1.xml"),
                "rId2": ("sharedStrings", "sharedStrings.xml"),
                "rId3": ("styles", "styles.xml"),
            }
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    return zipped(parts | dict(more or {}))


def rows(*lines: str) -> str:
    """Sheet data of rows, each made of the tags of its cells."""
    return f"<sheetData>{''.join(f'<row>{line}</row>' for line in lines)}</sheetData>"


# --- old workbooks


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def begin(kind: int, version: int = 0x600) -> bytes:
    return record(0x809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))


def xls(cells: bytes, *, front: bytes = b"", version: int = 0x600) -> bytes:
    """An old workbook with one sheet of these records."""
    title = b"\x06\x00Sheet1" if version == 0x600 else b"\x06Sheet1"
    head = begin(5, version) + front
    sheet_at = len(head) + 4 + 6 + len(title) + len(END)
    named = record(0x85, struct.pack("<IBB", sheet_at, 0, 0) + title)
    return ole({"Workbook" if version == 0x600 else "Book": head + named + END + begin(0x10, version) + cells + END})


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with these streams, each of 4,096 bytes at least so that none is a small one."""
    sectors: list[bytes] = []
    table: list[int] = []

    def put(content: bytes) -> int:
        first = len(sectors)
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, max(len(content), 1), 512)]
        sectors.extend(pieces)
        table.extend([*range(first + 1, first + len(pieces)), 0xFFFFFFFE])
        return first

    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    starts = {name: put(content) for name, content in padded.items()}
    entries = [_entry("Root Entry", 5, child=1)]
    for at, (name, content) in enumerate(padded.items(), start=1):
        entries.append(_entry(name, 2, right=at + 1 if at < len(padded) else -1, start=starts[name], size=len(content)))
    directory = put(b"".join(entries).ljust(512, b"\0"))
    tables = -(-(len(sectors) + 2 + len(sectors) // 128) // 128)
    first_table = len(sectors)
    table += [0xFFFFFFFD] * tables
    numbers = struct.pack(f"<{len(table)}I", *table).ljust(tables * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    places = [*range(first_table, first_table + tables)]
    head += struct.pack("<109I", *places, *[0xFFFFFFFF] * (109 - tables))
    return head + b"".join(sectors) + numbers


def _entry(name: str, kind: int, *, right: int = -1, child: int = -1, start: int = 0, size: int = 0) -> bytes:
    written = name.encode("utf-16-le")
    links = struct.pack("<iii", -1, right, child)
    return written.ljust(64, b"\0") + struct.pack("<HBB", len(written) + 2, kind, 1) + links + bytes(36) + struct.pack(
        "<IQ", start, size
    )  # fmt: skip


# --- pictures and a whole workbook


@cache
def photo(color: str = "red", size: int = 8) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (size, size), color).save(target, "PNG")
    return target.getvalue()


@cache
def scores() -> bytes:
    """A scoresheet as a county might send it, with everything that a cell can hold."""
    target = io.BytesIO()
    book = Workbook(target)
    looks = {name: book.add_format({"num_format": name}) for name in ("0%", "yyyy-mm-dd", "0.0%", '#,##0.00"分"')}
    sheet = book.add_worksheet("打分")
    for at, head in enumerate(("编号", "得分", "比例", "日期", "公式", "文字")):
        sheet.write_string(0, at, head)
    sheet.write_row(1, 0, ["A1", 2.5])
    sheet.write_number(1, 2, 0.9, looks["0%"])
    sheet.write_datetime(1, 3, date(2026, 11, 21), looks["yyyy-mm-dd"])
    sheet.write_formula(1, 4, "=B2*2", None, 5)
    sheet.write_formula(1, 5, '="第"&A2', None, "第A1")
    sheet.write_row(2, 0, ["隐藏的行", 0.1 + 0.2])
    sheet.write_number(2, 2, 0.125, looks["0.0%"])
    sheet.write_number(2, 3, 1234567.5, looks['#,##0.00"分"'])
    sheet.write_formula(2, 4, "=1/0", None, "#DIV/0!")
    sheet.write_boolean(2, 5, True)
    sheet.write_row(3, 0, ["00123", 123456789012345678])
    sheet.write_string(3, 2, "两行\n文字")
    sheet.write_rich_string(3, 3, "一半", book.add_format({"bold": True}), "粗体")
    sheet.write_string(3, 4, "生僻字 𬇙")
    sheet.write_string(3, 5, "=1+1")
    sheet.merge_range("A6:C7", "合并")
    sheet.write_comment("A2", "批注不是内容")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column("D:D", None, None, {"hidden": True})
    long = book.add_worksheet("很长")
    for row in range(300):
        long.write_string(row, 1, f"第{row}条" + "现场查看台账与标识" * (row % 40))
    book.add_worksheet("藏起来").write_string(2, 2, "x")
    book.get_worksheet_by_name("藏起来").hide()
    book.close()
    return target.getvalue()
