"""What a file is, told by its content."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells.evidence.media_types import HEIC, ending, media_type
from wufei_cells.evidence.pictures import prepare


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "end"),
    [
        (b"%PDF-1.4\n", "application/pdf", ".pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), "wordprocessingml.document", ".docx"),
        (archive("xl/workbook.xml"), "spreadsheetml.sheet", ".xlsx"),
        (archive("OFD.xml"), "application/ofd", ".ofd"),
        (archive("a.txt"), "application/zip", ".zip"),
        (b"PK\x03\x04 cut off", "application/zip", ".zip"),
        (b"\0\0\0\x18ftypmp42....", "video/mp4", ".mp4"),
        (b"\0\0\0\x14ftypqt  ....", "video/quicktime", ".mov"),
        (b"\0\0\0\x18ftypheic....", HEIC, ".heic"),
        (b"\0\0\0\x18ftypmif1....", HEIC, ".heic"),
        (b"BM is no bitmap but the beginning of a note", "text/plain", ".txt"),
        ("记录：已整改".encode(), "text/plain", ".txt"),
        (b"\x00\x01\x02\x03", "application/octet-stream", ""),
    ],
)
def test_the_content_says_what_it_is(content, kind, end):
    assert media_type(content).endswith(kind)
    assert ending(media_type(content)) == end


def test_what_is_no_picture_is_kept_as_it_is():
    for content in (b"%PDF-1.4\n", b"\0\0\0\x18ftypheic....", archive("xl/workbook.xml")):
        kept = prepare(content)
        assert kept.content == content
        assert not kept.file.is_picture


@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd(content):
    assert media_type(content)
