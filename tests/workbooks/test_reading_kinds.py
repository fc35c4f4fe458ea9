"""What is no workbook is called what it is, and told what to do, whatever its name says."""

from __future__ import annotations

import ast
import io
import json
import string

import pytest
from PIL import Image

from tests.workbooks.conftest import ROOT
from tests.workbooks.made_workbooks import (
    END,
    NAME,
    begin,
    codes,
    notes,
    ole,
    parts_of,
    photo,
    record,
    relations,
    rows,
    scores,
    texts,
    xls,
    xlsx,
    zipped,
)
from wufei_cells.errors import ProblemsFound
from wufei_cells.workbooks.reading.file_kinds import FileKind
from wufei_cells.workbooks.reading.workbook import file_content, read_workbook, read_workbook_file


def picture(kind: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (4, 4)).save(target, kind)
    return target.getvalue()


PAGE = '<html><head><meta charset="gb2312"></head><table><tr><td>编号</td></tr></table></html>'
ODT = "application/vnd.oasis.opendocument.text"
LOCKED = '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
ODS = "application/vnd.oasis.opendocument.spreadsheet"

OTHERS = {
    "nothing": (b"", "empty"),
    "blanks": (b" \r\n\t", "empty"),
    "zeros": (bytes(4096), "unknown"),
    "noise": (bytes(range(256)) * 9, "unknown"),
    "PDF": (b"%PDF-1.7\n1 0 obj", "pdf"),
    **{kind: (picture(kind), "picture") for kind in ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")},
    "web page in GBK": (PAGE.encode("gbk"), "web_page"),
    "web page in UTF-16": (PAGE.encode("utf-16"), "web_page"),
    "web page saved whole": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web_page"),
    "web page that is only a table": (b"<center><font size=2><table border=1><tr><td>1", "web_page"),
    "XML of 2003": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook><Table>', "xml"),
    "any XML": (b'<?xml version="1.0"?><a/>', "xml"),
    "rich text": (rb"{\rtf1\ansi}", "document"),
    "Word": (zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "document"),
    "old Word, or WPS": (ole({"WordDocument": b"x"}), "document"),
    "OpenDocument text": (zipped({"mimetype": ODT, "content.xml": "<x/>"}), "document"),
    "slides": (zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}), "presentation"),
    "old slides": (ole({"PowerPoint Document": b"x"}), "presentation"),
    "OFD": (zipped({"OFD.xml": "<o/>"}), "presentation"),
    "archive": (zipped({"打分表.xlsx": scores()}), "archive"),
    "other archive": (b"Rar!\x1a\x07\0", "archive"),
    "package without a workbook": (zipped({"[Content_Types].xml": "<Types/>"}), "no_workbook"),
    "program of its own in OLE": (ole({"ETExtData": b"x"}), "unknown_ole"),
    "password": (ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "password"),
    "password of old Excel": (xls(b"", front=record(0x2F, bytes(6))), "password"),
    "password of LibreOffice": (
        zipped({"mimetype": ODS, "META-INF/manifest.xml": LOCKED, "content.xml": b"\x01\x02"}), "password",
    ),
    "password of new LibreOffice": (zipped({"mimetype": ODS, "encrypted-package": b"\x01"}), "password"),
    "Excel 4": (b"\x09\x04\x06\x00\x00\x00\x10\x00", "too_old"),
    "Excel 4 in OLE": (ole({"Book": record(0x409, bytes(6))}), "too_old"),
    "chart only": (ole({"Workbook": begin(5) + record(0x85, b"\0\0\0\0\0\2\1\0X") + END}), "no_sheets"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_file_is_called_what_it_is(name):
    content, code = OTHERS[name]
    assert codes(content) == [f"workbook.{code}"]


def test_the_name_of_a_file_does_not_matter(tmp_path):
    for ending in (".csv", ".et", ".docx", ".xls", ""):
        path = tmp_path / f"打分表{ending}"
        path.write_bytes(scores())
        assert read_workbook_file(path).format == "xlsx"


def test_macros_links_and_embedded_files_are_told_and_left():
    parts = parts_of(scores())
    parts["xl/vbaProject.bin"] = parts["xl/embeddings/oleObject1.bin"] = ole({"VBA": b"x"})
    more = '<Relationship Id="rIdX" Type="http://x/externalLink" Target="links/link1.xml"/></Relationships>'
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", more.encode())
    book = read_workbook(zipped(parts), "打分表.xlsm")
    assert texts(book) == texts(read_workbook(scores(), NAME))
    assert set(notes(book)) == {f"workbook.note_{what}" for what in ("macros", "links", "embedded")}


def test_the_parts_of_a_workbook_may_lie_anywhere():
    content = xlsx(rows('<c r="A1"><v>1</v></c>'))
    moved = {name.replace("xl/workbook", "Other/Book"): part for name, part in parts_of(content).items()}
    moved["_rels/.rels"] = relations({"r": ("officeDocument", "/Other/Book.xml")}).encode()
    moved["Other/_rels/Book.xml.rels"] = relations({"rId1": ("worksheet", "/xl/worksheets/sheet1.xml")}).encode()
    del moved["xl/_rels/workbook.xml.rels"]
    assert texts(read_workbook(zipped(moved), NAME)) == {(1, 1): "1"}


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "照片很多.xlsx"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    with pytest.raises(ProblemsFound) as refused:
        file_content(path)
    [problem] = refused.value.problems
    assert (problem.code, problem.place, problem.values) == ("workbook.file_too_large", path.name, {"limit": 180})


def test_a_scoresheet_with_many_photos_is_read_whole(tmp_path):
    noise = {f"xl/media/photo{at}.jpg": photo("green") + bytes([at]) * 400_000 for at in range(40)}
    anchors = "".join(
        f"<oneCellAnchor><from><col>1</col><row>{at}</row></from><pic><blipFill>"
        f'<blip r:embed="rId{at}"/></blipFill></pic></oneCellAnchor>'
        for at in range(40)
    )
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations({"d": ("drawing", "/xl/drawings/drawing1.xml")}),
        "xl/drawings/drawing1.xml": f'<wsDr xmlns:r="r">{anchors}</wsDr>',
        "xl/drawings/_rels/drawing1.xml.rels": relations(
            {f"rId{at}": ("image", f"../media/photo{at}.jpg") for at in range(40)}
        ),
    }
    path = tmp_path / "打分表.xlsx"
    path.write_bytes(xlsx(rows('<c r="A1"><v>1</v></c>'), more=more | noise))
    book = read_workbook_file(path)
    assert [one.row for one in book.pictures] == list(range(1, 41))
    assert {len(one.content) for one in book.pictures} == {len(photo("green")) + 400_000}


# --- the sentences


def test_every_sentence_is_there_in_both_languages_and_is_used():
    said = json.loads((ROOT / "resources" / "wording" / "workbook_files.json").read_text(encoding="utf-8"))
    files = (ROOT / "wufei_cells" / "workbooks" / "reading").glob("*.py")
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    used = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    read = {FileKind.ZIP, FileKind.OLE, FileKind.TEXT}
    used |= {f"workbook.{word}" for word in ({*FileKind} - read) | {"document", "presentation", "archive"}}
    assert set(said) == {word for word in used if word.startswith("workbook.") and word != "workbook."}
    for code, texts_of in said.items():
        slots = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts_of.values()]
        assert (list(texts_of), slots[0]) == (["zh", "en"], slots[1]), code
