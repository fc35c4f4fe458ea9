"""Workbooks as offices make them, to be filled in, and ways to look into what came out."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from datetime import date
from decimal import Decimal

import xlsxwriter
from openpyxl import load_workbook

from wufei_cells.workbooks.form_templates.data import Entry, FormData, Value
from wufei_cells.workbooks.form_templates.names import Kind

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea7"
    "35a3840000000049454e44ae426082"
)
"""A PNG of one pixel."""
PLAIN = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}


def data(items: int = 3, **fields: Value) -> FormData:
    """A made-up assessment; fields are named with ``__`` for the dot."""
    named: dict[str, Value] = {
        "site.name": "焦作市䶮泉路小学",
        "site.phone": None,
        "assessment.total": Decimal("86.5"),
        "assessment.date": date(2026, 11, 22),
        "assessment.level": "优秀",
        "today": date(2026, 12, 1),
    }
    named |= {name.replace("__", "."): value for name, value in fields.items()}
    rows = tuple(Entry((f"A{number}", f"key{number}"), _item(number)) for number in range(1, items + 1))
    groups = (
        Entry(("A", "org", "1"), {"number": "A", "text": "组织", "points": Decimal(12), "full": Decimal(15)}),
        Entry(("A.1", "inner"), {"text": "内组", "points": Decimal(5)}, in_rows=False),
        Entry(("B", "canteen", "2"), {"number": "B", "text": "食堂", "points": None, "full": Decimal(5)}),
    )
    facts = (Entry(("canteen", "有食堂", "Has a canteen"), {"": "是"}), Entry(("staff", "人数"), {"": Decimal(12)}))
    gates = (Entry(("G1",), {"text": "没有违法", "result": "符合"}),)
    return FormData(named, {Kind.ITEM: rows, Kind.GROUP: groups, Kind.FACT: facts, Kind.GATE: gates})


def _item(number: int) -> dict[str, Value]:
    points = None if number == 2 else Decimal(number)
    return {"number": f"A{number}", "text": f"第{number}条", "points": points, "full": Decimal(5), "note": "=1+1"}


def sheet_of(cells: dict[str, str | int | float], **more: str) -> bytes:
    """A workbook of one sheet; what begins with ``=`` is a formula."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, PLAIN)
    sheet = workbook.add_worksheet(more.get("title", "表"))
    for place, value in cells.items():
        if isinstance(value, str) and value.startswith("="):
            sheet.write_formula(place, value, None, 7)
        elif isinstance(value, str):
            sheet.write_string(place, value)
        else:
            sheet.write_number(place, value)
    workbook.close()
    return target.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    """All parts of a workbook's file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(content: bytes, **changed: bytes | None) -> bytes:
    """The same file with other parts; ``None`` takes one away. ``/`` and ``.`` are written as they are."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (parts(content) | changed).items():
            if part is not None:
                archive.writestr(name, part)
    return target.getvalue()


def replaced(content: bytes, part: str, old: str, new: str) -> bytes:
    """The same file with something else in one part."""
    before = parts(content)[part].decode()
    assert old in before, before
    return with_parts(content, **{part: before.replace(old, new).encode()})


def values(content: bytes, title: str | None = None) -> dict[str, object]:
    """What openpyxl reads in the cells that hold something; formulas as such."""
    workbook = load_workbook(io.BytesIO(content))
    sheet = workbook[title] if title else workbook.worksheets[0]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def raw_cells(content: bytes, part: str = "xl/worksheets/sheet1.xml") -> dict[str, str]:
    """The cells of a sheet as they stand in the file."""
    xml = parts(content)[part].decode()
    return {found[1]: found[0] for found in re.finditer(r'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)', xml, re.DOTALL)}


def old_file(stream: str) -> bytes:
    """An OLE file that says it holds one stream: ``Workbook`` (.xls), ``EncryptedPackage`` (a password)."""
    end, none = 0xFFFF_FFFE, 0xFFFF_FFFF
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack(
        "<16x5H10x2I4x5I109I", 0x3E, 3, 0xFFFE, 9, 6, 1, 1, 4096, end, 0, end, 0, 0, *[none] * 108
    )
    table = struct.pack("<128I", 0xFFFF_FFFD, end, *[none] * 126)
    return head + table + _stream("Root Entry", 5, child=1) + _stream(stream, 2) + bytes(256)


def _stream(name: str, kind: int, *, child: int = 0xFFFF_FFFF) -> bytes:
    written, none = name.encode("utf-16-le"), 0xFFFF_FFFF
    return struct.pack("<64sHBxIII36xIQ", written, len(written) + 2, kind, none, none, child, 0xFFFF_FFFE, 0)
