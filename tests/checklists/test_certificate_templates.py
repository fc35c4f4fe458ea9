"""A template file is read whole: what is sound has one identity, what is wrong is told all at once, with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells import shipped
from wufei_cells.checklists import template_reading
from wufei_cells.checklists.image_headers import LARGEST_IMAGE, image_size, kind_of_image
from wufei_cells.checklists.template_document import template_document, template_id
from wufei_cells.checklists.template_reading import read_template, read_template_document
from wufei_cells.domain.certificate_templates import Box, ImageElement, ImageKind
from wufei_cells.errors import ProblemsFound
from wufei_cells.wording import Wording

SHIPPED = shipped.certificate_templates()
EVERY_FIELD = (Path(__file__).parent / "every_template_field.yaml").read_bytes()
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (3).to_bytes(4) + (2).to_bytes(4)
JPEG = b"\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x11\x08" + (20).to_bytes(2) + (30).to_bytes(2) + b"\3"


def plain(name: str = "certificate-zh") -> dict:
    return yaml.load(SHIPPED[name], Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but plain data


def part(document: dict, kind: str, number: int = 0) -> dict:
    return [element[kind] for element in document["elements"] if kind in element][number]


def problems(document: dict, files=None) -> list[tuple[str, str]]:
    try:
        read_template(json.dumps(document, ensure_ascii=False).encode(), "t", files)
    except ProblemsFound as found:
        return [(problem.code, problem.place.split(" ", 1)[-1]) for problem in found.problems]
    return []


# --- sound templates


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_templates_are_sound(name: str):
    template = read_template(SHIPPED[name], name)
    assert template.key == name
    assert min(template.seal.width, template.seal.height) >= 42


@pytest.mark.parametrize("content", [*SHIPPED.values(), EVERY_FIELD], ids=[*SHIPPED, "every field"])
def test_the_document_reads_back_as_the_same_template(content: bytes, monkeypatch):
    # The file with every field makes no sense as a whole.
    monkeypatch.setattr(template_reading, "check_template", lambda *_: None)
    template = read_template(content, "t", lambda _name: PNG)
    document = template_document(template)
    assert json.loads(document)["format"] == "wufei-certificate/1"
    again = read_template_document(document)
    assert again == template
    assert template_document(again) == document


def test_the_identity_follows_what_is_said_and_not_how_it_is_written():
    content = SHIPPED["certificate-zh"]
    first = template_id(template_document(read_template(content, "one")))
    same = content.replace(b"size: 30,", b"size: 30.0,").replace(b"# ", b"#  ")
    assert template_id(template_document(read_template(same, "two"))) == first
    other = content.replace(b"size: 30,", b"size: 29,")
    assert template_id(template_document(read_template(other, "three"))) != first


def test_a_picture_goes_into_the_document():
    document = plain()
    document["elements"].append({"image": {"x": 40, "y": 22, "width": 12, "height": 12, "file": "logo.png"}})
    content = json.dumps(document).encode()
    template = read_template(content, "t", {"logo.png": PNG}.get)
    stored = template_document(template)
    assert "logo.png" not in stored
    assert read_template_document(stored) == template
    picture = next(element for element in template.elements if isinstance(element, ImageElement))
    assert picture.kind is ImageKind.PNG


# --- what is wrong


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda d: part(d, "text").update(text="{titel}"), ("template.unknown_slot", "elements.4.text.text")),
        (lambda d: part(d, "text").update(text="{title"), ("template.braces", "elements.4.text.text")),
        (lambda d: part(d, "text").update(text="{title!r}"), ("template.braces", "elements.4.text.text")),
        (lambda d: part(d, "text").update(text="{title:>9}"), ("template.braces", "elements.4.text.text")),
        (lambda d: part(d, "text").update(face="comic"), ("field.not_choice", "elements.4.text.face")),
        (lambda d: part(d, "text").update(color="grün"), ("template.color", "elements.4.text")),
        (lambda d: d["colors"].update(gold="yellow"), ("template.color", "colors.gold")),
        (lambda d: part(d, "text").update(font="x"), ("field.unknown", "elements.4.text.font")),
        (lambda d: part(d, "text").pop("x"), ("field.missing", "elements.4.text.x")),
        (lambda d: part(d, "text").update(x=100), ("template.off_page", "elements.4.text")),
        (lambda d: part(d, "text").update(height=0), ("template.off_page", "elements.4.text")),
        (lambda d: part(d, "text").update(smallest=31), ("template.type_size", "elements.4.text")),
        (lambda d: part(d, "text", 1).update(wraps_at=41), ("template.range", "elements.6.text.wraps_at")),
        (lambda d: part(d, "text").update(lines=0), ("template.range", "elements.4.text.lines")),
        (lambda d: part(d, "table").update(width=180), ("template.in_seal", "elements.8.table")),
        (lambda d: part(d, "table").update(width=180), ("template.overlap", "elements.8.table")),
        (lambda d: part(d, "text", 4).pop("under_seal", 0), ()),
        (lambda d: part(d, "text", 5).pop("under_seal"), ("template.in_seal", "elements.12.text")),
        (lambda d: part(d, "text", 5).update(text="{site}"), ("template.under_seal", "elements.12.text")),
        (lambda d: part(d, "qr").update(width=30), ("template.code_small", "elements.9.qr.width")),
        (lambda d: part(d, "qr").update(module="0.2"), ("template.range", "elements.9.qr.module")),
        (lambda d: d["seal"].update(width=30), ("template.seal_small", "seal")),
        (lambda d: d["seal"].update(x=280), ("template.off_page", "seal")),
        (lambda d: d.update(languages=["zh", "zh"]), ("template.language_twice", "languages")),
        (lambda d: d.update(languages=["fr"]), ("field.not_choice", "languages.1")),
        (lambda d: d["elements"].pop(8), ("template.missing_element", "elements")),
        (lambda d: d["elements"].pop(1), ("template.missing_element", "elements")),
        (lambda d: d["elements"].pop(5), ("template.missing_slot", "elements")),
        (lambda d: part(d, "text", 1).update(text={"en": "{site}"}), ("template.missing_slot", "elements")),
        (lambda d: d["elements"].append({"qr": {"x": 50, "y": 50, "width": 42}}), ("template.two_codes", "elements")),
        (lambda d: d["elements"].append({"stamp": {}}), ("template.one_kind", "elements.14")),
        (lambda d: d["elements"][3].update(line={"x": 1}), ("template.one_kind", "elements.4")),
    ],
)
def test_a_mistake_is_told_with_its_place(change, expected):
    document = plain()
    change(document)
    found = problems(document)
    assert expected in found if expected else found == []


def test_all_problems_come_at_once_in_the_order_of_the_file_with_lines():
    content = SHIPPED["certificate-zh"].decode()
    content = content.replace('"{title}"', '"{titel}"').replace("color: gold,", "color: silver,")
    content = content.replace("module: 0.6", "module: six").replace("lines: 3, wraps_at: 13", "lines: 3, wrap: 13")
    content = content.replace("style: lace", "style: laces")
    with pytest.raises(ProblemsFound) as found:
        read_template(content.encode(), "own.yaml")
    places = [problem.place for problem in found.value.problems]
    lines = [int(place.split(":")[1]) for place in places]
    assert len(places) >= 4
    assert lines == sorted(lines)
    said = [Wording(shipped.wording_catalogue(), language).error(found.value) for language in ("zh", "en")]
    assert all("{" not in text.replace("{titel}", "").replace("{s", "") or "{title}" in text for text in said)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"GIF89a", "template.image_unreadable"),
        (b"", "template.image_unreadable"),
        (PNG[:20], "template.image_unreadable"),
        (PNG[:16] + (5000).to_bytes(4) + (10).to_bytes(4), "template.image_pixels"),
        (PNG + bytes(LARGEST_IMAGE), "template.image_large"),
        (None, "template.image_missing"),
    ],
)
def test_a_picture_that_cannot_be_printed_is_refused(content, code: str):
    document = plain()
    document["elements"].append({"image": {"x": 40, "y": 22, "width": 12, "height": 12, "file": "logo"}})
    assert problems(document, lambda _name: content)[0][0] == code


@pytest.mark.parametrize("name", ["../logo.png", "/etc/logo.png", "a\\b.png", ".hidden"])
def test_a_picture_is_taken_only_from_beside_the_template(name: str):
    document = plain()
    document["elements"].append({"image": {"x": 40, "y": 22, "width": 12, "height": 12, "file": name}})
    asked: list[str] = []
    assert problems(document, asked.append)[0][0] == "template.image_name"
    assert asked == []


def test_size_and_kind_of_a_picture_are_told_from_its_head():
    assert (kind_of_image(PNG), image_size(PNG, ImageKind.PNG)) == (ImageKind.PNG, (3, 2))
    assert (kind_of_image(JPEG), image_size(JPEG, ImageKind.JPEG)) == (ImageKind.JPEG, (30, 20))
    assert kind_of_image(b"BM") is None


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reading_of_heads(content: bytes):
    for kind, begins in ((ImageKind.PNG, b"\x89PNG\r\n\x1a\n"), (ImageKind.JPEG, b"\xff\xd8\xff")):
        size = image_size(begins + content, kind)
        assert size is None or min(size) > 0


numbers = st.decimals(0, 100, places=1)


@given(numbers, numbers, numbers, numbers)
def test_boxes_touch_each_other_or_neither(x, y, width, height):
    one, other = Box(x, y, width + 1, height + 1), Box(Decimal(40), Decimal(40), Decimal(20), Decimal(20))
    assert one.touches(other) == other.touches(one)
    assert one.touches(replace(one, width=Decimal(1)))
    beside = replace(other, x=one.right)
    assert not one.touches(beside)
