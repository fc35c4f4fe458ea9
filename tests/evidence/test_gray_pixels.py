"""A picture as shades of gray, for reading the codes in it: upright, of a size that can be searched."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from wufei_cells.errors import UserError
from wufei_cells.evidence.pictures import LONGEST_EDGE_OF_CODES, gray_pixels


def written(picture, kind, **more):
    target = io.BytesIO()
    picture.save(target, kind, **more)
    return target.getvalue()


def test_pixels_come_row_by_row_one_byte_each():
    picture = Image.new("RGB", (3, 2), "white")
    picture.putpixel((2, 0), (0, 0, 0))
    assert gray_pixels(written(picture, "PNG")) == (b"\xff\xff\x00\xff\xff\xff", 3, 2)


def test_what_can_be_seen_through_is_white():
    assert gray_pixels(written(Image.new("RGBA", (1, 1), (0, 0, 0, 0)), "PNG")) == (b"\xff", 1, 1)


def test_a_photo_taken_on_its_side_comes_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    _, width, height = gray_pixels(written(Image.new("RGB", (30, 20)), "JPEG", exif=exif))
    assert (width, height) == (20, 30)


def test_a_large_picture_is_made_smaller():
    pixels, width, height = gray_pixels(written(Image.new("1", (LONGEST_EDGE_OF_CODES * 2, 100)), "PNG"))
    assert (width, height, len(pixels)) == (LONGEST_EDGE_OF_CODES, 50, LONGEST_EDGE_OF_CODES * 50)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n" + bytes(30)])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(UserError, match="broken_picture"):
        gray_pixels(content)
