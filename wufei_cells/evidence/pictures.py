"""Make of a file as it came what is kept as evidence: bytes in, values out.

Photos are turned upright and made smaller; when and where they were taken stays in them. The same bytes always give
the same bytes. What is no picture is kept as it is.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass, replace

from PIL import Image, ImageOps

from wufei_cells.domain.evidence import EvidenceFile, EvidenceId
from wufei_cells.errors import UserError
from wufei_cells.evidence.camera_data import CameraData, camera_data, says_where, tags_to_write
from wufei_cells.evidence.likeness import likeness
from wufei_cells.evidence.media_types import PICTURES, media_type

LONGEST_EDGE = 2048
LONGEST_EDGE_OF_CODES = 4096
"""A code of 4 cm on a photo of a whole page still has some pixels for each of its modules."""
QUALITY = 85
THUMBNAIL_EDGE = 256
THUMBNAIL_QUALITY = 80
PAPER_QUALITY = 80
LARGEST_FILE = 100 * 1024 * 1024
MOST_PIXELS = 100_000_000
"""More could not be unpacked on a small laptop; photos are unpacked at half or a quarter of their size."""
MOST_PIXELS_OF_PHOTOS = 260_000_000
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "DIB", "TIFF", "WEBP")
_PHOTOS = ("JPEG", "MPO")  # phones write several views into one file, the photo first
_UPRIGHT = 1
_ORIENTATION = 0x0112
_BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError),
    *(ZeroDivisionError, EOFError, MemoryError, NotImplementedError, RuntimeError, struct.error, zlib.error),
)
"""What Pillow raises over files that are cut off or garbled."""

# This module counts pixels itself, before anything is unpacked; Pillow would only warn.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be kept of a file."""

    file: EvidenceFile
    content: bytes
    thumbnail: bytes = b""
    original: bytes = b""
    """The file as it came, where it was asked for and differs from what is kept."""


def content_id(content: bytes) -> EvidenceId:
    """Give the name of some content."""
    return EvidenceId(hashlib.sha256(content).hexdigest())


def prepare(
    content: bytes, *, keep_original: bool = False, strip_place: bool = False, longest: int = LONGEST_EDGE
) -> Prepared:
    """Make of a file what is kept.

    Raises:
        UserError: it is empty, too large, or a picture that cannot be read to its end.
    """
    if not content:
        raise UserError("evidencing.empty_file")
    if len(content) > LARGEST_FILE:
        raise UserError("evidencing.file_too_large", size=_megabytes(len(content)), most=_megabytes(LARGEST_FILE))
    kind = media_type(content)
    if kind not in PICTURES:
        return Prepared(EvidenceFile(content_id(content), kind, len(content)), content)
    try:
        prepared = _prepare_picture(content, kind, longest, strip_place=strip_place)
    except _BROKEN as error:
        raise UserError("evidencing.broken_picture") from error
    if keep_original and prepared.content != content:
        return replace(prepared, file=replace(prepared.file, original=content_id(content)), original=content)
    return prepared


def thumbnail_of(content: bytes) -> bytes:
    """Give a small JPEG of a kept picture.

    Raises:
        UserError: it is no picture, or it is broken.
    """
    try:
        with _opened(content) as picture:
            return _thumbnail(_upright(_loaded(picture, THUMBNAIL_EDGE)))
    except _BROKEN as error:
        raise UserError("evidencing.broken_picture") from error


def for_paper(content: bytes, longest: int) -> bytes:
    """Give a kept picture as JPEG for a paper: on white, no larger than this, and without what the camera noted.

    Raises:
        UserError: it is no picture, or it is broken.
    """
    try:
        with _opened(content) as picture:
            small = _on_white(_at_most(_upright(_loaded(picture, longest)), longest))
            written = io.BytesIO()
            small.save(written, "JPEG", quality=PAPER_QUALITY, optimize=True)
            return written.getvalue()
    except _BROKEN as error:
        raise UserError("evidencing.broken_picture") from error


def shown(content: bytes) -> bytes:
    """Give a kept picture as JPEG or PNG, which every window can show; of several pages the first.

    Raises:
        UserError: it is no picture, or it is broken.
    """
    if media_type(content) in ("image/jpeg", "image/png"):
        return content
    try:
        with _opened(content) as picture:
            return _written(_at_most(_upright(_loaded(picture, LONGEST_EDGE)), LONGEST_EDGE), "", CameraData())[0]
    except _BROKEN as error:
        raise UserError("evidencing.broken_picture") from error


def gray_pixels(content: bytes) -> tuple[bytes, int, int]:
    """Give a picture as shades of gray, one byte a pixel, row by row, for reading the codes in it.

    Returns:
        The pixels, and how many there are across and down.

    Raises:
        UserError: it is no picture, or it is broken.
    """
    try:
        with _opened(content) as picture:
            upright = _upright(_loaded(picture, LONGEST_EDGE_OF_CODES))
        gray = _on_white(_at_most(upright, LONGEST_EDGE_OF_CODES)).convert("L")
    except _BROKEN as error:
        raise UserError("evidencing.broken_picture") from error
    return gray.tobytes(), *gray.size


def taken_at_of(content: bytes) -> EvidenceFile | None:
    """Tell when and where a picture was taken without unpacking it; ``None`` for what is none. Its name is empty."""
    kind = media_type(content)
    if kind not in PICTURES:
        return None
    try:
        with _opened(content) as picture:
            data = camera_data(picture)
            width, height = picture.size
    except (UserError, *_BROKEN):
        return None
    return EvidenceFile(EvidenceId(""), kind, len(content), width, height, data.taken_at, data.place)


# --- one picture


def _prepare_picture(content: bytes, kind: str, longest: int, *, strip_place: bool) -> Prepared:
    with _opened(content) as picture:
        data = camera_data(picture)
        stays = _may_stay(picture, longest, strip_place=strip_place)
        upright = _upright(_loaded(picture, longest))
    small = _at_most(upright, longest)
    told = data if not strip_place or stays else replace(data, place=None, places={})
    kept, kept_kind = (content, kind) if stays else _written(small, kind, told)
    file = EvidenceFile(
        content_id(kept),
        kept_kind,
        len(kept),
        *small.size,
        told.taken_at,
        told.place,
        likeness(_on_white(small)),
    )
    return Prepared(file, kept, _thumbnail(small))


def _opened(content: bytes) -> Image.Image:
    """Open a picture without unpacking it; refuse one that would not fit into memory."""
    picture = Image.open(io.BytesIO(content), formats=_FORMATS)
    most = MOST_PIXELS_OF_PHOTOS if picture.format in _PHOTOS else MOST_PIXELS
    width, height = picture.size
    if width * height > most:
        raise UserError("evidencing.too_many_pixels", width=width, height=height, most=most // 1_000_000)
    return picture


def _loaded(picture: Image.Image, longest: int) -> Image.Image:
    """Unpack a picture; a photo no larger than needed."""
    if picture.format in _PHOTOS:
        picture.draft(None, (longest, longest))
    picture.load()
    return picture


def _may_stay(picture: Image.Image, longest: int, *, strip_place: bool) -> bool:
    """Whether a file is kept as it is: it is small enough and upright, or has several pages that must not get lost."""
    if picture.format not in _PHOTOS and getattr(picture, "n_frames", 1) > 1:
        return True
    if strip_place and says_where(picture):
        return False
    upright = picture.getexif().get(_ORIENTATION, _UPRIGHT) == _UPRIGHT
    return picture.format in ("JPEG", "PNG") and upright and max(picture.size) <= longest


def _upright(picture: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(picture)


def _at_most(picture: Image.Image, longest: int) -> Image.Image:
    """Shrink a picture so that its longer edge is not longer than this."""
    width, height = picture.size
    if max(width, height) <= longest:
        return picture
    plain = picture.convert("RGBA") if picture.has_transparency_data else _colored(picture)
    share = longest / max(width, height)
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)  # pyright: ignore[reportUnknownMemberType]


def _colored(picture: Image.Image) -> Image.Image:
    if picture.mode in ("L", "RGB"):
        return picture
    if picture.mode.startswith("I") or picture.mode == "F":  # more than 256 shades: scanners of drawings
        return picture.convert("I").point(_by_256).convert("L")  # pyright: ignore[reportUnknownMemberType]
    return picture.convert("RGB")


def _by_256(shade: float) -> float:
    return shade / 256


def _on_white(picture: Image.Image) -> Image.Image:
    """Give a picture without see-through parts, as paper would show it."""
    if not picture.has_transparency_data:
        return _colored(picture)
    layered = picture.convert("RGBA")
    paper = Image.new("RGB", layered.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _written(picture: Image.Image, kind: str, data: CameraData) -> tuple[bytes, str]:
    """Write a picture: as JPEG, or what came without losses without losses where that is no larger."""
    tags = tags_to_write(data, with_place=True)
    flat = _on_white(picture)
    profile = picture.info.get("icc_profile") if flat.mode == picture.mode else None
    more = {"exif": tags} if tags else {}
    if profile:
        more["icc_profile"] = profile
    jpeg = io.BytesIO()
    flat.save(jpeg, "JPEG", quality=QUALITY, optimize=True, **more)
    if kind in ("image/jpeg", "image/webp"):
        return jpeg.getvalue(), "image/jpeg"
    png = io.BytesIO()
    lossless = picture if picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else flat
    lossless.save(png, "PNG", optimize=True, **more)
    if len(png.getvalue()) <= len(jpeg.getvalue()):
        return png.getvalue(), "image/png"
    return jpeg.getvalue(), "image/jpeg"


def _thumbnail(picture: Image.Image) -> bytes:
    small = _on_white(_at_most(picture, THUMBNAIL_EDGE))
    written = io.BytesIO()
    small.save(written, "JPEG", quality=THUMBNAIL_QUALITY)
    return written.getvalue()


def _megabytes(size: int) -> int:
    return round(size / (1024 * 1024))
