"""What is kept of a photo, and what is not taken in."""

from __future__ import annotations

import hashlib
import zlib
from datetime import datetime

import pytest
from PIL import Image

from tests.evidence.conftest import camera_tags, opened, scene, written
from wufei_cells.domain.evidence import Place
from wufei_cells.errors import UserError
from wufei_cells.evidence import pictures
from wufei_cells.evidence.pictures import prepare, shown, taken_at_of, thumbnail_of


def refusal(content: bytes) -> str:
    with pytest.raises(UserError) as error:
        prepare(content)
    return error.value.code


def test_a_photo_becomes_smaller_and_upright_and_keeps_when_and_where_it_was_taken(photo):
    kept = prepare(photo)
    assert kept.file.media_type == "image/jpeg"
    assert (kept.file.width, kept.file.height) == (1536, 2048) == opened(kept.content).size
    assert kept.file.taken_at == datetime.fromisoformat("2026-10-30T09:12:44")
    assert kept.file.place == Place("35.239861", "113.234792")
    assert kept.file.size == len(kept.content) < len(photo)
    assert kept.file.id == hashlib.sha256(kept.content).hexdigest()
    tags = opened(kept.content).getexif()
    assert tags.get_ifd(0x8769)[0x9003] == "2026:10:30 09:12:44"
    assert tags.get_ifd(0x8769)[0x9011] == "+08:00"
    assert 0x0112 not in tags, "it stands upright now"
    assert taken_at_of(kept.content).place == kept.file.place


@pytest.mark.parametrize("orientation", range(1, 9))
def test_whichever_way_the_phone_was_held_the_sky_is_above(orientation):
    upright = scene(3, (120, 80))
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = upright if orientation == 1 else upright.transpose(turned[orientation])
    kept = prepare(written(held, exif=camera_tags(orientation=orientation), quality=95))
    assert (kept.file.width, kept.file.height) == (120, 80)
    assert kept.file.likeness == prepare(written(upright)).file.likeness


def test_the_same_photo_always_gives_the_same_bytes_and_what_was_kept_is_kept_as_it_is(photo):
    kept = prepare(photo)
    assert prepare(photo) == kept
    again = prepare(kept.content)
    assert (again.content, again.file) == (kept.content, kept.file)


def test_the_place_is_taken_out_when_asked_the_time_stays(photo):
    kept = prepare(photo, strip_place=True)
    assert kept.file.place is None
    assert kept.file.taken_at is not None
    assert 0x8825 not in opened(kept.content).getexif()
    small = written(scene(), exif=camera_tags(place=None))
    assert prepare(small, strip_place=True).content == small, "nothing had to be taken out"


def test_a_place_is_taken_out_even_where_it_makes_no_sense():
    content = written(scene(), exif=camera_tags(place=(0.0, 0.0)))
    assert prepare(content).file.place is None
    assert 0x8825 not in opened(prepare(content, strip_place=True).content).getexif()


def test_the_original_is_kept_beside_it_only_when_asked_and_when_it_differs(photo):
    assert prepare(photo).original == b""
    kept = prepare(photo, keep_original=True)
    assert kept.original == photo
    assert kept.file.original == hashlib.sha256(photo).hexdigest()
    assert prepare(kept.content, keep_original=True).file.original is None


def test_a_screenshot_stays_without_losses_where_that_is_smaller():
    screen = Image.new("RGB", (3000, 1000), "white")
    screen.paste("navy", (100, 100, 900, 300))
    kept = prepare(written(screen, "PNG"))
    assert (kept.file.media_type, kept.file.width) == ("image/png", 2048)
    noisy = Image.effect_noise((2400, 1600), 80).convert("RGB")
    assert prepare(written(noisy, "PNG")).file.media_type == "image/jpeg"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
def test_pictures_of_every_kind_of_color_are_taken(mode):
    picture = scene(5, (2300, 200)).convert("L").convert("I") if mode in ("I", "I;16", "F") else scene(5, (2300, 200))
    content = written(
        picture.convert(mode), "TIFF" if mode in ("CMYK", "I", "I;16", "F") else "PNG" if mode != "CMYK" else "TIFF"
    )
    kept = prepare(content)
    assert (kept.file.width, kept.file.height) == (2048, 178)
    assert opened(kept.content).size == (2048, 178)
    assert opened(kept.thumbnail).format == "JPEG"


def test_see_through_parts_are_shown_as_on_paper():
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    assert opened(prepare(written(clear, "WEBP")).content).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("kind", "expected"), [("BMP", "image/"), ("WEBP", "image/jpeg"), ("GIF", "image/")])
def test_other_kinds_of_pictures_become_what_every_machine_shows(kind, expected):
    kept = prepare(written(scene(2), kind))
    assert kept.file.media_type.startswith(expected)
    assert kept.file.media_type in ("image/jpeg", "image/png")


def test_a_photo_with_several_views_in_it_becomes_one_photo():
    content = written(scene(1), "MPO", save_all=True, append_images=[scene(2)])
    kept = prepare(content)
    assert opened(content).format == "MPO"
    assert (opened(kept.content).format, kept.file.likeness) == ("JPEG", prepare(written(scene(1))).file.likeness)


def test_a_scan_of_several_pages_is_kept_whole_and_its_first_page_shown():
    pages = [scene(1), scene(2), scene(3)]
    content = written(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    kept = prepare(content)
    assert kept.content == content
    assert (kept.file.media_type, kept.file.width) == ("image/tiff", 400)
    assert opened(shown(kept.content)).size == (400, 300)
    assert opened(thumbnail_of(kept.content)).size == (256, 192)


def test_a_wrong_ending_does_not_matter_for_the_content_decides():
    assert prepare(written(scene(), "PNG")).file.media_type == "image/png"
    kept = prepare(b"%PDF-1.7 ...")
    assert (kept.file.media_type, kept.file.is_picture, kept.thumbnail) == ("application/pdf", False, b"")


def test_thumbnails_are_small():
    kept = prepare(written(scene(4, (2000, 500))))
    assert opened(kept.thumbnail).size == (256, 64)
    with pytest.raises(UserError):
        thumbnail_of(b"%PDF-1.7")


# --- what is not taken in


def test_an_empty_file_is_refused():
    assert refusal(b"") == "evidencing.empty_file"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 0.999])
def test_a_photo_that_is_cut_off_is_refused(photo, share):
    assert refusal(photo[: int(len(photo) * share)]) == "evidencing.broken_picture"


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_other_pictures_that_are_cut_off_are_refused(kind):
    content = written(scene(), kind)
    assert refusal(content[: len(content) // 2]) == "evidencing.broken_picture"


def test_a_file_that_only_begins_like_a_photo_is_refused():
    assert refusal(b"\xff\xd8\xff\xe0" + b"nonsense" * 100) == "evidencing.broken_picture"


def test_a_file_of_200_megabytes_is_refused(monkeypatch):
    assert refusal(bytes(200 * 1024 * 1024)) == "evidencing.file_too_large"


def test_a_small_file_that_would_unpack_to_gigabytes_is_refused_before_it_does():
    bomb = bytearray(written(Image.new("1", (64, 64)), "PNG"))
    bomb[16:24] = (50_000).to_bytes(4) + (50_000).to_bytes(4)
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4)
    assert refusal(bytes(bomb)) == "evidencing.too_many_pixels"
    assert pictures.MOST_PIXELS < 50_000**2


@pytest.mark.filterwarnings("ignore:.*(Skipping tag|Corrupt EXIF):UserWarning")
def test_tags_that_make_no_sense_count_as_none():
    for wrong in ("0000:00:00 00:00:00", "yesterday", "2026:13:45 99:99:99"):
        assert prepare(written(scene(), exif=camera_tags(taken=wrong))).file.taken_at is None
    content = bytearray(written(scene(), exif=camera_tags()))
    at = content.index(b"Exif\0\0") + 6
    content[at + 8 : at + 40] = b"\xff" * 32
    kept = prepare(bytes(content))
    assert (kept.file.taken_at, kept.file.place) == (None, None)


@pytest.mark.parametrize(("place", "said"), [((-33.5, -70.25), Place("-33.500000", "-70.250000")), (None, None)])
def test_the_place_is_read_in_every_quarter_of_the_world(place, said):
    assert prepare(written(scene(), exif=camera_tags(place=place))).file.place == said
