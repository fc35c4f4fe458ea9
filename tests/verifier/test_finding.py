"""Signed texts are found in what is pasted, in PDFs and in pictures."""

from __future__ import annotations

import base64
import io
import random

import segno
from PIL import Image, ImageFilter

from tests.verifier.conftest import ask_scripts
from tests.verifier.offices import certificate
from wufei_cells.signing.reading_codes import texts_in_pdf, texts_in_text

ONE, OTHER = certificate(), certificate(number="BC-JG-2026-002")


def test_what_is_pasted_is_split_as_the_program_does():
    broken = f"第一张：\n  {ONE[:60]}\n{ONE[60:]}\n\t{OTHER}\r\n"
    pasted = [ONE, f"{ONE}\n{OTHER}\n", broken, "WFC1:", "没有证书", "", f"x {ONE}", f"{ONE}\n{ONE}", f"\ufeff{ONE}"]
    answers = ask_scripts([{"what": "pasted", "text": text} for text in pasted])
    assert [tuple(answer) for answer in answers] == [texts_in_text(each) for each in pasted]


def test_every_text_of_a_pdf_is_found_once():
    pdf = f"%PDF-1.7\n1 0 obj\n<< /Keywords ({ONE} {OTHER}) >>\n<pdf:Keywords>{ONE}</pdf:Keywords> WFC1:\n".encode()
    contents = [pdf, b"%PDF-1.7\n\xff\x00WFC2:ABC", b""]
    answers = ask_scripts([{"what": "pdf", "content": base64.b64encode(each).decode()} for each in contents])
    assert [tuple(answer) for answer in answers] == [texts_in_pdf(each) for each in contents]
    assert answers[0] == [ONE, OTHER]


def test_a_pdf_saved_again_with_two_bytes_a_sign_is_read_too():
    pdf = b"%PDF-1.7\n<< /Keywords (" + f"\ufeff{ONE}".encode("utf-16-be") + b") >>"
    (answer,) = ask_scripts([{"what": "pdf", "content": base64.b64encode(pdf).decode()}])
    assert answer == [ONE]


def code_picture(scale: int) -> Image.Image:
    file = io.BytesIO()
    segno.make(ONE, error="m").save(file, kind="png", scale=scale, border=4)
    return Image.open(file).convert("RGB")


def on_paper(code: Image.Image, size: tuple[int, int], degrees: float) -> Image.Image:
    """A code on a gray desk, turned, blurred a little, and grainy."""
    paper = Image.new("RGB", size, (214, 210, 200))
    turned = code.rotate(degrees, expand=True, fillcolor=(214, 210, 200), resample=Image.Resampling.BICUBIC)
    paper.paste(turned, (size[0] // 5, size[1] // 6))
    grain = Image.frombytes("L", size, random.Random(7).randbytes(size[0] * size[1]))
    return Image.blend(paper.filter(ImageFilter.GaussianBlur(1)), Image.merge("RGB", (grain, grain, grain)), 0.15)


def picture_question(picture: Image.Image, what: str = "picture") -> dict[str, object]:
    pixels = base64.b64encode(picture.convert("RGBA").tobytes()).decode()
    return {"what": what, "pixels": pixels, "width": picture.width, "height": picture.height}


def test_a_code_is_read_from_pictures():
    pictures = {
        "as it was made": code_picture(3),
        "small": code_picture(1),
        "turned and grainy": on_paper(code_picture(6), (1000, 800), 17),
        "a large photo": on_paper(code_picture(8), (1600, 1200), -38),
        "upside down": on_paper(code_picture(5), (900, 700), 183),
    }
    answers = ask_scripts([picture_question(each) for each in pictures.values()])
    assert dict(zip(pictures, answers, strict=True)) == dict.fromkeys(pictures, ONE)


def test_a_code_is_read_from_a_frame_of_the_camera():
    frame = on_paper(code_picture(5), (1280, 720), 8)
    blank = Image.new("RGB", (300, 200), "white")
    assert ask_scripts([picture_question(frame, "frame"), picture_question(blank)]) == [ONE, None]
