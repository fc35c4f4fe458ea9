"""The frame is drawn as curves, the same on all sides, once for all pages of a file."""

from __future__ import annotations

import io
import re

import pypdf
import pypdfium2
import pytest
from PIL import ImageChops, ImageOps

from wufei_cells.documents.canvas import A4_LANDSCAPE, DocumentInfo, new_canvas
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.documents.ornament import draw_frame, draw_sprig

EDGE = 15  # points: what office printers may leave white


@pytest.fixture
def framed(document_fonts: DocumentFonts):
    def framed(pages: int) -> bytes:
        target = io.BytesIO()
        canvas = new_canvas(target, A4_LANDSCAPE, document_fonts, DocumentInfo("试验", "某市"), repeatable=True)
        for _ in range(pages):
            draw_frame(canvas, A4_LANDSCAPE)
            canvas.showPage()
        canvas.save()
        return target.getvalue()

    return framed


def picture(pdf: bytes):
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=2).to_pil().convert("L")


@pytest.mark.parametrize("mirror", [ImageOps.mirror, ImageOps.flip])
def test_the_frame_looks_the_same_in_a_mirror(framed, mirror):
    frame = picture(framed(1))
    difference = ImageChops.difference(frame, mirror(frame)).tobytes()
    drawn = sum(1 for value in frame.tobytes() if value < 250)
    assert drawn > 20_000
    assert sum(1 for value in difference if value > 100) < 0.01 * drawn  # halves of pixels fall to either side


def test_the_margin_that_printers_need_stays_white(framed):
    frame = picture(framed(1))
    width, height = frame.size
    inside = frame.crop((2 * EDGE, 2 * EDGE, width - 2 * EDGE, height - 2 * EDGE))
    outside = sum(255 - value for value in frame.tobytes()) - sum(255 - value for value in inside.tobytes())
    assert outside == 0


def test_the_middle_holds_only_a_pale_ground(framed):
    frame = picture(framed(1))
    width, height = frame.size
    middle = frame.crop((120, 120, width - 120, height - 120))
    assert 220 < min(middle.tobytes()) < 250


def test_many_pages_share_one_frame(framed):
    one, many = framed(1), framed(50)
    assert len(many) - len(one) < 49 * 600
    reader = pypdf.PdfReader(io.BytesIO(many))
    forms = [form.indirect_reference for form in reader.pages[0]["/Resources"]["/XObject"].values()]
    assert forms == [form.indirect_reference for form in reader.pages[49]["/Resources"]["/XObject"].values()]
    assert "/Image" not in [form.get_object()["/Subtype"] for form in forms]


def test_the_sprig_has_three_leaves_and_two_lines(document_fonts: DocumentFonts):
    target = io.BytesIO()
    canvas = new_canvas(target, A4_LANDSCAPE, document_fonts, DocumentInfo("试验", "某市"))
    draw_sprig(canvas, 400, 300, 100)
    canvas.showPage()
    canvas.save()
    with pypdfium2.PdfDocument(target.getvalue()) as document:
        image = document[0].render(scale=2).to_pil().convert("RGB")
    raw = image.tobytes()
    drawn = [place // 3 for place in range(0, len(raw), 3) if min(raw[place : place + 3]) < 200]
    columns, rows = {place % image.width for place in drawn}, {place // image.width for place in drawn}
    assert (min(columns) / 2, max(columns) / 2) == pytest.approx((300, 500), abs=1)
    assert max(rows) - min(rows) < 50
    content = pypdf.PdfReader(io.BytesIO(target.getvalue())).pages[0].get_contents()
    assert content is not None
    starts = re.findall(rb"\bm\b", content.get_data())
    assert len(starts) == 2 + 2 + 3  # lines, their beads, leaves
