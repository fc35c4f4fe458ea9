"""Files that try to harm: each ends in a sentence or is read, none in a crash, a long wait or a full memory."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.workbooks.authoring_sheets import wording
from tests.workbooks.conftest import ROOT
from tests.workbooks.made_workbooks import (
    END,
    MAIN,
    NAME,
    begin,
    codes,
    ole,
    parts_of,
    record,
    relations,
    rows,
    scores,
    texts,
    xls,
    xlsx,
    zipped,
)
from wufei_cells.workbooks.reading.limits import USUAL, Limits
from wufei_cells.workbooks.reading.ole_file import OleFault, OleFile
from wufei_cells.workbooks.reading.workbook import read_workbook

SECONDS = 15
MEGABYTES = 700
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods(table: str) -> bytes:
    body = f'<table:table table:name="表">{table}</table:table>'
    return zipped(
        {"mimetype": ODS, "content.xml": f"<office:document-content {SPACES}>{body}</office:document-content>"}
    )


def repeated(rows_times: int, columns_times: int, value: str = 'office:value-type="float" office:value="1"') -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{columns_times}" {value}/>'
    return f'<table:table-row table:number-rows-repeated="{rows_times}">{cell}</table:table-row>'


def texts_part(content: str) -> dict[str, str]:
    return {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="999999999">{content}</sst>'}


# --- bombs: made one after the other in a process of its own, whose memory is measured


def blank_rows() -> bytes:
    """A million rows that somebody formatted, as Excel writes them."""
    lines = "".join(f'<row r="{row}" s="1" ht="20" customHeight="1"/>' for row in range(1, 1_048_577))
    return xlsx(f"<sheetData>{lines}</sheetData>")


def blank_columns() -> bytes:
    """Cells without content in every column."""
    cells = "".join(
        f'<c r="{letter}{other}{third}1" s="1"/>' for letter in "ABCD" for other in "ABCD" for third in "XYZ"
    )
    columns = '<cols><col min="1" max="16384" hidden="1"/></cols>'
    return xlsx(columns + rows(*[cells * 40] * 300))


def unfolding(sign: str, times: int, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A part that unfolds to hundreds of megabytes out of few kilobytes."""
    parts = parts_of(xlsx(rows(), more=texts_part("")))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in parts.items():
            with archive.open(part, "w") as stream:
                stream.write(content if part != name else b"<x>")
                for _ in range(times if part == name else 0):
                    stream.write(sign.encode() * 100_000)
    return target.getvalue()


def last_corner() -> bytes:
    """One cell in the last corner: who makes a table of it asks for all the memory there is."""
    return xls(record(0x203, struct.pack("<HHHd", 65535, 255, 0, 7)) + record(0x203, struct.pack("<HHHd", 0, 0, 0, 7)))


def many_areas() -> bytes:
    return xlsx(rows() + "".join(f'<mergeCell ref="A{row}:XFD{row}"/>' for row in range(1, 60_000)))


def large_picture() -> bytes:
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations({"d": ("drawing", "/xl/drawings/drawing1.xml")}),
        "xl/drawings/drawing1.xml": '<d xmlns:r="r">'
        + '<oneCellAnchor><from><col>1</col><row>1</row></from><pic><blip r:embed="p"/></pic></oneCellAnchor>' * 3000
        + "</d>",
        "xl/drawings/_rels/drawing1.xml.rels": relations({"p": ("image", "/xl/media/a.png")}),
        "xl/media/a.png": bytes(100_000_000),
    }
    return xlsx(rows('<c r="A1"><v>1</v></c>'), more=more)


def long_blanks() -> bytes:
    blanks = '<text:s text:c="999999999"/>' * 9
    return ods(f"<table:table-row><table:table-cell><text:p>{blanks}x</text:p></table:table-cell></table:table-row>")


BOMBS = {
    "a million blank rows": (blank_rows, []),
    "blank cells in many columns": (blank_columns, []),
    "blanks without end": (lambda: unfolding(" ", 2_100), ["content_too_large"]),
    "cells without end": (lambda: unfolding("<c/>", 65), ["too_much_inside"]),
    "elements in elements": (lambda: unfolding("<a>", 40), ["damaged"]),
    "texts without end": (lambda: unfolding("<si/>", 25, "xl/sharedStrings.xml"), ["too_much_inside"]),
    "one long text, everywhere": (
        lambda: xlsx(
            rows(*['<c t="s"><v>0</v></c>' * 100] * 2000), more=texts_part(f"<si><t> {' x' * 5_000_000}</t></si>")
        ),
        [],
    ),
    "merged areas without end": (many_areas, ["too_many_areas"]),
    "the same sheet many times": (lambda: xlsx(rows('<c r="A1"><v>1</v></c>'), sheets=600), ["too_many_sheets"]),
    "cells in the last corner": (last_corner, []),
    "rows repeated with content": (lambda: ods(repeated(1_048_576, 1_000)), ["too_many_cells"]),
    "columns repeated with content": (lambda: ods(repeated(1, 999_999_999) * 2), []),
    "rows repeated without content": (lambda: ods(repeated(1_048_576, 16_384, "") + repeated(1, 1)), []),
    "blanks repeated in a text": (long_blanks, []),
    "columns without end in a text file": (lambda: b"a,b\n" + b"," * 40_000_000, ["text_too_wide"]),
    "a picture that unfolds": (large_picture, []),
}  # fmt: skip


BRISK = ("cells without end", "texts without end")
FEWER = Limits(marks=2_000_000)
"""A sixth of what is usual, so that nobody waits: the usual number takes 4 seconds."""


def explode() -> Iterator[str]:
    """Read every bomb; give a line for each with what came of it, its time and the memory at its end."""
    for name, (make, _told) in BOMBS.items():
        content = make()
        begun = time.perf_counter()
        told = codes(content, FEWER if name in BRISK else USUAL)
        seconds = time.perf_counter() - begun
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        most = int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) // 1024
        yield f"{name}|{','.join(told)}|{seconds:.1f}|{most}"


@pytest.fixture(scope="module")
def exploded() -> dict[str, list[str]]:
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells the peak of a process in a file")
    program = "from tests.workbooks.test_reading_hostile import explode\nfor line in explode(): print(line)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {line.split("|")[0]: line.split("|")[1:] for line in done.stdout.splitlines()}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_do_not_explode(exploded, name):
    told, seconds, most = exploded[name]
    assert told == ",".join(f"workbook.{code}" for code in BOMBS[name][1])
    assert float(seconds) < SECONDS
    assert int(most) < MEGABYTES


# --- zip files that lie


def test_a_size_that_is_stated_too_small_is_found_out():
    content = zipped({"xl/workbook.bin": b"", "xl/big.bin": bytes(10_000_000)})
    central = content.rindex(b"PK\x01\x02")
    lying = bytearray(content)
    struct.pack_into("<I", lying, central + 24, 1_000)
    assert codes(bytes(lying)) == ["workbook.no_sheets"], "what nobody asks for is not unpacked"
    sheet = bytearray(xlsx(rows('<c r="A1"><v>1</v></c>' * 9)))
    struct.pack_into("<I", sheet, bytes(sheet).rindex(b"PK\x01\x02") + 24, 60)
    assert codes(bytes(sheet)) == ["workbook.damaged"]


def test_a_size_that_is_stated_too_large_asks_for_no_memory():
    content = bytearray(xlsx(rows('<c r="A1"><v>1</v></c>')))
    struct.pack_into("<I", content, bytes(content).rindex(b"PK\x01\x02") + 24, 0xFFFF_FF00)
    assert texts(read_workbook(bytes(content), NAME)) == {(1, 1): "1"}, "what is there counts"


def test_a_zip_file_of_countless_parts_is_refused():
    assert codes(zipped({f"xl/{at}": b"" for at in range(11_000)})) == ["workbook.content_too_large"]


def test_parts_that_are_packed_in_another_way_or_locked_are_refused():
    for packed in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert codes(zipped(parts_of(scores()), packed=packed)) == ["workbook.damaged"]
    locked = bytearray(scores())
    for at in (0, bytes(locked).index(b"PK\x01\x02") + 2):
        locked[at + 6] |= 1
    assert codes(bytes(locked)) in ([], ["workbook.damaged"])


# --- XML

ENTITIES = '<?xml version="1.0" encoding="{}"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "cp037", "gb18030"])
@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"],
)
def test_document_types_are_refused_in_whatever_encoding(part, encoding):
    head, rest = ENTITIES.format(encoding).split("?>", 1)
    begun = (head + "?>").encode("utf-8" if encoding == "cp037" else encoding)
    parts = parts_of(scores())
    parts[part] = begun + rest.encode("utf-16-le" if encoding == "utf-16" else encoding)
    assert codes(zipped(parts)) == ["workbook.damaged"]


def test_a_text_that_is_not_there_is_no_empty_cell():
    assert codes(xlsx(rows('<c r="A1" t="s"><v>7</v></c>'), more=texts_part("<si><t>x</t></si>"))) == [
        "workbook.damaged"
    ]
    assert codes(xls(record(0xFD, struct.pack("<HHHI", 0, 0, 0, 7)))) == ["workbook.damaged"]


@pytest.mark.parametrize("reference", ["A0", "A1048577", "XFE1", "ZZZZ1", "1A", "A-1", "Ａ1", "A99999999999999"])
def test_cells_that_lie_on_no_sheet_are_left(reference):
    column_only = reference in ("A0", "A1048577", "A-1", "A99999999999999")
    book = read_workbook(xlsx(rows(f'<c r="{reference}"><v>1</v></c>')), NAME)
    assert len(texts(book)) == (1 if column_only and reference != "A-1" else 0), "the row is the one it stands in"


# --- OLE files and records


def test_chains_that_run_in_circles_are_found_out():
    content = bytearray(ole({"Workbook": bytes(9000)}))
    table = bytes(content).index(struct.pack("<II", 1, 2))
    struct.pack_into("<I", content, table + 4 * 5, 0)
    with pytest.raises(OleFault):
        OleFile(bytes(content)).stream("Workbook")
    assert codes(bytes(content)) == ["workbook.damaged"]


def test_a_count_of_texts_is_not_believed():
    front = record(0xFC, struct.pack("<II", 0x7FFF_FFFF, 0x7FFF_FFFF) + b"\x02\0\0AB")
    book = read_workbook(xls(record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0)), front=front), NAME)
    assert texts(book) == {(1, 1): "AB"}


def test_texts_that_go_on_in_the_next_record_change_their_width_there():
    first = struct.pack("<II", 2, 2) + struct.pack("<HB", 4, 0) + b"AB"
    front = record(0xFC, first) + record(0x3C, b"\1" + "编号".encode("utf-16-le") + struct.pack("<HB", 1, 0) + b"C")
    cells = record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0)) + record(0xFD, struct.pack("<HHHI", 0, 1, 0, 1))
    assert texts(read_workbook(xls(cells, front=front), NAME)) == {(1, 1): "AB编号", (1, 2): "C"}


def test_excel_5_wrote_texts_in_the_code_page_of_its_computer():
    text = "无废机关".encode("gbk")
    cells = record(0x204, struct.pack("<HHHH", 0, 0, 0, len(text)) + text)
    cells += record(0xBD, struct.pack("<HHHIHIH", 1, 0, 0, 0x0000_0196, 0, 0x3FF0_0000, 1))
    book = read_workbook(xls(cells, front=record(0x42, struct.pack("<H", 936)), version=0x500), NAME)
    assert texts(book) == {(1, 1): "无废机关", (2, 1): "101", (2, 2): "1"}


@pytest.mark.parametrize("cells", [b"", begin(0x20) + END + record(0x204, b"\0")])
def test_a_sheet_of_an_old_workbook_may_hold_nothing_or_less(cells):
    content = xls(cells)
    assert codes(content) == ([] if not cells else ["workbook.damaged"])


# --- truncated and random

TRUNCATED = {
    "xlsx": scores(),
    "xls": xls(b"".join(record(0x203, struct.pack("<HHHd", row, 0, 0, row)) for row in range(200))),
    "ods": ods(repeated(2, 2) * 50),
    "xlsb": (ROOT / "tests" / "samples" / "scores.xlsb").read_bytes(),
}


@pytest.mark.parametrize("name", TRUNCATED)
def test_a_file_that_is_cut_off_anywhere_is_refused(name):
    content = TRUNCATED[name]
    assert codes(content) == []
    for length in range(0, len(content) - 1, 10):
        told = codes(content[:length])
        # An old workbook may lose the padding behind its last record.
        assert told or name == "xls", length


@given(st.binary(max_size=2_000))
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
@settings(max_examples=150, deadline=None)
def test_random_bytes_are_a_table_or_refused(content):
    for beginning in (b"", b"PK\x03\x04", TRUNCATED["xls"][:512], b"\xff\xfe", b"<?xml", b"sep=,\n"):
        codes(beginning + content)


@given(st.sampled_from(sorted(TRUNCATED)), st.data())
@settings(max_examples=150, deadline=None)
def test_a_workbook_with_changed_bytes_is_read_or_refused(name, data):
    content = TRUNCATED[name]
    if name != "xls" and data.draw(st.booleans(), "inside"):
        parts = parts_of(content)
        part = data.draw(st.sampled_from(sorted(parts)), "part")
        parts[part] = changed(parts[part], data)
        content = zipped(parts, packed=zipfile.ZIP_STORED)
    else:
        content = changed(content, data)
    told = codes(content)
    if not told:
        for note in read_workbook(content, NAME).notes:
            assert "=" not in wording().problem(note)


def changed(content: bytes, data: st.DataObject) -> bytes:
    changes = st.tuples(st.integers(0, max(len(content) - 1, 0)), st.integers(0, 4), st.binary(max_size=6))
    found = bytearray(content)
    for at, length, new in data.draw(st.lists(changes, min_size=1, max_size=8), "changes"):
        found[at : at + length] = new
    return bytes(found)
