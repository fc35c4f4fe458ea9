"""Pictures come with the cell where they lie: floating, in groups, inside cells as WPS and as Excel put them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AbsoluteAnchor
from openpyxl.drawing.xdr import XDRPoint2D, XDRPositiveSize2D
from xlsxwriter import Workbook

from tests.workbooks.authoring_sheets import wording
from tests.workbooks.made_workbooks import DRAWING, NAME, notes, parts_of, photo, relations, rows, texts, xlsx, zipped
from wufei_cells.workbooks.reading.cells import CellKind
from wufei_cells.workbooks.reading.limits import Limits
from wufei_cells.workbooks.reading.workbook import read_workbook

RED, BLUE = photo("red"), photo("blue")


def placed(book):
    """Sheet, row, column, content and whether it is in the cell, of each picture."""
    return [(one.sheet, one.row, one.column, one.content, one.in_cell) for one in book.pictures]


def written(fill) -> bytes:
    target = io.BytesIO()
    book = Workbook(target)
    fill(book)
    book.close()
    return target.getvalue()


def with_drawing(anchors: str, targets, *, external=(), media=None) -> bytes:
    """A workbook whose first sheet has a drawing with these anchors."""
    return xlsx(
        rows('<c r="A1"><v>1</v></c>'),
        more={
            "xl/worksheets/_rels/sheet1.xml.rels": relations({"rId1": ("drawing", "../drawings/drawing1.xml")}),
            "xl/drawings/drawing1.xml": f"<xdr:wsDr {DRAWING}>{anchors}</xdr:wsDr>",
            "xl/drawings/_rels/drawing1.xml.rels": relations(targets, external=external),
            **(media or {"xl/media/image1.png": RED, "xl/media/image2.png": BLUE}),
        },
    )


def anchor(content: str, row: int = 1, column: int = 2) -> str:
    begin = f"<xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>5</xdr:colOff><xdr:row>{row}</xdr:row></xdr:from>"
    return f"<xdr:twoCellAnchor>{begin}<xdr:to/>{content}</xdr:twoCellAnchor>"


def pic(relation: str = "rId1", attribute: str = "embed") -> str:
    return (
        f'<xdr:pic><xdr:nvPicPr/><xdr:blipFill><a:blip r:{attribute}="{relation}"/></xdr:blipFill><xdr:spPr/></xdr:pic>'
    )


IMAGES = {"rId1": ("image", "../media/image1.png"), "rId2": ("image", "../media/image2.png")}

# --- floating


def test_floating_pictures_lie_where_they_were_put():
    def fill(book):
        first, second = book.add_worksheet("现场"), book.add_worksheet("台账")
        for at, kind in enumerate((1, 2, 3)):  # move and size with cells, move only, neither
            first.insert_image(2 + at, 1, "a.png", {"image_data": io.BytesIO(RED), "object_position": kind})
        second.insert_image("D5", "b.png", {"image_data": io.BytesIO(BLUE), "x_offset": 3})

    book = read_workbook(written(fill), NAME)
    assert placed(book) == [*(("现场", row, 2, RED, False) for row in (3, 4, 5)), ("台账", 5, 4, BLUE, False)]
    assert {one.name for one in book.pictures} == {"image1.png", "image2.png"}
    assert notes(book) == []


def test_a_picture_at_a_point_of_the_sheet_lies_in_the_cell_below_it():
    target, book = io.BytesIO(), openpyxl.Workbook()
    sheet = book.active
    sheet.row_dimensions[2].height = 100
    sheet.column_dimensions["A"].width = 40
    image = Image(io.BytesIO(RED))
    point = XDRPoint2D(x=(40 * 7 + 5 + 10) * 9525, y=(15 + 50) * 12700)
    image.anchor = AbsoluteAnchor(pos=point, ext=XDRPositiveSize2D(cx=9525, cy=9525))
    sheet.add_image(image)
    book.save(target)
    [picture] = read_workbook(target.getvalue(), NAME).pictures
    assert (picture.row, picture.column) == (2, 2)


def test_pictures_of_groups_and_shapes_filled_with_one_are_found():
    group = f"<xdr:grpSp><xdr:grpSpPr/>{pic()}<xdr:grpSp>{pic('rId2')}</xdr:grpSp></xdr:grpSp>"
    filled = '<xdr:sp><xdr:spPr><a:blipFill><a:blip r:embed="rId2"/></a:blipFill></xdr:spPr></xdr:sp>'
    book = read_workbook(with_drawing(anchor(group) + anchor(filled, 8, 0), IMAGES), NAME)
    assert [one[1:4] for one in placed(book)] == [(2, 3, RED), (2, 3, BLUE), (9, 1, BLUE)]


def test_what_is_drawn_twice_for_old_programs_comes_once():
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    twice = (
        f'<mc:AlternateContent xmlns:mc="{compatibility}"><mc:Choice>{pic()}</mc:Choice>'
        f"<mc:Fallback>{pic()}</mc:Fallback></mc:AlternateContent>"
    )
    assert len(read_workbook(with_drawing(anchor(twice), IMAGES), NAME).pictures) == 1


# --- inside cells


def wps(cells: str, *, images: str | None = None, targets=None, external=()) -> bytes:
    """A workbook with pictures in cells as WPS writes them."""
    images = images or "".join(
        f'<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{at}" name="ID_{at:032X}"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:embed="rId{at}"/><a:stretch/></xdr:blipFill></xdr:pic></etc:cellImage>'
        for at in (1, 2)
    )
    usual = xlsx(rows(cells))
    parts = parts_of(usual)
    kind = "http://www.wps.cn/officeDocument/2020/cellImage"
    relation = f'<Relationship Id="rId9" Type="{kind}" Target="cellimages.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", relation.encode()
    )
    space = 'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
    parts["xl/cellimages.xml"] = f"<etc:cellImages {space} {DRAWING}>{images}</etc:cellImages>".encode()
    own = targets or {"rId1": ("image", "media/image1.png"), "rId2": ("image", "media/image2.png")}
    parts["xl/_rels/cellimages.xml.rels"] = relations(own, external=external).encode()
    parts["xl/media/image1.png"], parts["xl/media/image2.png"] = RED, BLUE
    return zipped(parts)


def dispimg(place: str, number: int, prefix: str = "", value: str = "") -> str:
    formula = f'{prefix}DISPIMG("ID_{number:032X}",1)'.replace('"', "&quot;")
    return f'<c r="{place}" t="str"><f>{formula}</f><v>{value or f"={formula}"}</v></c>'


def test_pictures_that_wps_puts_into_cells_are_found_by_their_name():
    cells = dispimg("B1", 1) + dispimg("C1", 2, "_xlfn.", "#NAME?") + dispimg("D1", 1)
    book = read_workbook(wps(cells), NAME)
    assert [one[1:] for one in placed(book)] == [(1, 2, RED, True), (1, 3, BLUE, True), (1, 4, RED, True)]
    assert {cell.kind for cell in book.sheets[0].rows[1].values()} == {CellKind.PICTURE}
    assert book.pictures[0].content is book.pictures[2].content, "one file is read once, wherever it lies"


def test_pictures_that_excel_puts_into_cells_are_found_by_their_value():
    def fill(book):
        sheet = book.add_worksheet("现场")
        sheet.embed_image("B2", "a.png", {"image_data": io.BytesIO(RED)})
        sheet.embed_image("B3", "b.png", {"image_data": io.BytesIO(BLUE)})
        sheet.embed_image("E9", "a.png", {"image_data": io.BytesIO(RED)})
        sheet.insert_image("B2", "c.png", {"image_data": io.BytesIO(BLUE)})

    book = read_workbook(written(fill), NAME)
    assert sorted(placed(book)) == sorted(
        [
            ("现场", 2, 2, RED, True),
            ("现场", 3, 2, BLUE, True),
            ("现场", 9, 5, RED, True),
            ("现场", 2, 2, BLUE, False),
        ]
    )
    assert book.sheets[0].rows[2][2].kind is CellKind.PICTURE, "and no error, as the file says for older programs"


def test_a_share_price_is_no_picture():
    def fill(book):
        book.add_worksheet("现场").embed_image("B2", "a.png", {"image_data": io.BytesIO(RED)})

    parts = parts_of(written(fill))
    name = "xl/richData/rdrichvaluestructure.xml"
    parts[name] = parts[name].replace(b"_localImage", b"_linkedentity")
    book = read_workbook(zipped(parts), NAME)
    assert book.pictures == ()
    assert (book.sheets[0].rows[2][2].text, book.sheets[0].rows[2][2].kind) == ("#VALUE!", CellKind.ERROR)


# --- what cannot be taken is told


def test_linked_pictures_are_not_followed():
    targets = {"rId1": ("image", "file:///etc/passwd"), "rId2": ("image", "https://example.org/a.png")}
    drawing = with_drawing(anchor(pic()) + anchor(pic("rId2", "link"), 5, 5), targets, external=targets)
    for content in (drawing, wps(dispimg("C2", 1), targets=targets, external=targets)):
        book = read_workbook(content, NAME)
        assert book.pictures == ()
        assert set(notes(book)) == {"workbook.note_linked_picture"}


@pytest.mark.parametrize(
    "content",
    [
        with_drawing(anchor(pic()), {"rId1": ("image", "../media/nowhere.png")}),
        with_drawing(anchor(pic()), IMAGES, media={"xl/media/image1.png": b""}),
        wps(dispimg("C2", 7)),
    ],
    ids=["no such file", "empty file", "no such name"],
)
def test_a_picture_that_is_not_there_is_told_with_its_cell(content):
    book = read_workbook(content, NAME)
    [note] = book.notes
    assert (book.pictures, note.code) == ((), "workbook.note_missing_picture")
    assert "C2" in wording().problem(note) or "C1" in wording().problem(note)


def test_a_broken_drawing_costs_only_its_pictures():
    parts = parts_of(with_drawing(anchor(pic()), IMAGES))
    parts["xl/drawings/drawing1.xml"] = b"<xdr:wsDr><oops"
    book = read_workbook(zipped(parts), NAME)
    assert texts(book) == {(1, 1): "1"}
    assert notes(book) == ["workbook.note_broken_pictures"]


@pytest.mark.parametrize(
    ("limits", "kept", "told"),
    [
        (Limits(picture=len(RED) - 1), 0, "workbook.note_large_picture"),
        (Limits(all_pictures=len(RED) + 10), 1, "workbook.note_all_pictures"),
        (Limits(pictures=1), 1, "workbook.note_many_pictures"),
    ],
)
def test_pictures_beyond_the_limits_are_left_and_told(limits, kept, told):
    book = read_workbook(with_drawing(anchor(pic()) + anchor(pic("rId2"), 3), IMAGES), NAME, limits)
    assert (len(book.pictures), set(notes(book))) == (kept, {told})


def test_who_wants_no_pictures_gets_none():
    assert read_workbook(with_drawing(anchor(pic()), IMAGES), NAME, with_pictures=False).pictures == ()
