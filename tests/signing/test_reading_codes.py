"""Signed texts are found where people have them: pasted, in a PDF's bytes, on a photo."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from wufei_cells.signing.proofs import prove, read_proof
from wufei_cells.signing.reading_codes import texts_in_pdf, texts_in_picture, texts_in_text


def photo(*texts, turned=0):
    """Codes on a sheet of paper, in shades of gray."""
    sheet = Image.new("L", (700 * len(texts), 700), 200)
    for at, text in enumerate(texts):
        drawn = io.BytesIO()
        segno.make(text, error="m", boost_error=False).save(drawn, kind="png", scale=6, border=4)
        sheet.paste(Image.open(drawn).convert("L"), (700 * at + 60, 80))
    sheet = sheet.rotate(turned, fillcolor=200, expand=True)
    return sheet.tobytes(), *sheet.size


def test_pasted_texts_are_told_apart(text):
    assert texts_in_text(f"  {text}\n") == (text,)
    found = texts_in_text(f"验证码：\n{text}\n\n{text[:50]}\n{text[50:]}\n")
    assert [read_proof(one) for one in found] == [read_proof(text)] * 2


def test_what_holds_no_mark_is_one_text():
    assert texts_in_text("你好") == ("你好",)


@pytest.mark.parametrize("turned", [0, 90, 180, 7])
def test_a_code_is_read_however_the_paper_lies(text, turned):
    assert texts_in_picture(*photo(text, turned=turned)) == (text,)


def test_all_codes_of_ours_on_a_picture_are_read(text):
    assert texts_in_picture(*photo(text, "https://example.org")) == (text,)
    assert texts_in_picture(bytes(100), 10, 10) == ()


def test_a_pdf_is_scanned_in_every_way_its_information_may_be_written(text):
    other = text[:-1] + "1"
    for between in (") (", "\n", ", ", " ", "</rdf:li><rdf:li>"):
        assert texts_in_pdf(f"%PDF-1.7 /Keywords ({text}{between}{other}) >>".encode()) == (text, other)
    assert texts_in_pdf(b"%PDF /Keywords (\xfe\xff" + text.encode("utf-16-be") + b")") == (text,)
    assert texts_in_pdf(f"%PDF {text}) again ({text})".encode()) == (text,)
    assert texts_in_pdf(b"%PDF nothing; WFC1: ") == ()


def test_a_pdf_that_another_program_saved_anew_is_scanned_too(text):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Keywords": text})
    anew = io.BytesIO()
    writer.write(anew)
    assert texts_in_pdf(anew.getvalue()) == (text,)
    packed = zlib.compress(f"7 0 << /Keywords ({text}) >>".encode())
    head = f"%PDF-1.7\n1 0 obj << /Type /ObjStm /Filter /FlateDecode /Length {len(packed)} >> stream\r\n".encode()
    assert texts_in_pdf(head + packed + b"\nendstream") == (text,)
    assert texts_in_pdf(head + b"rubbish\nendstream") == ()


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_they_are_scanned(content):
    assert texts_in_pdf(content) == ()


@pytest.mark.parametrize("document", ["", "示无废办〔2026〕3号"])
def test_the_code_of_a_site_with_twenty_characters_is_small_enough_to_print(key, content, document):
    """69 modules across in version 13: 41 mm at 0.6 mm a module."""
    assert len(content.site_name) == 20
    text = prove(key, replace(content, document_number=document))
    assert segno.make(text, error="m", boost_error=False).version == 13
