"""Tell from its first bytes what kind of picture a file is, and how large. Whether it decodes, a trial print tells.

Sources: PNG (ISO/IEC 15948), sections 5.2 and 11.2.2; JPEG (ITU-T T.81), annex B.2.2.
"""

from __future__ import annotations

from wufei_cells.domain.certificate_templates import ImageKind

LARGEST_IMAGE = 2_000_000
"""Bytes of one picture: each certificate carries it."""
LARGEST_SIDE = 4000
"""Pixels: more than an office printer shows across a whole page."""

PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
JPEG_BEGINS = b"\xff\xd8\xff"
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of the segments that tell the size."""
BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length."""


def kind_of_image(content: bytes) -> ImageKind | None:
    """Tell the kind; nothing for what a template cannot hold."""
    if content.startswith(PNG_BEGINS):
        return ImageKind.PNG
    return ImageKind.JPEG if content.startswith(JPEG_BEGINS) else None


def image_size(content: bytes, kind: ImageKind) -> tuple[int, int] | None:
    """Give width and height in pixels; nothing where the header is broken."""
    size = _png_size(content) if kind is ImageKind.PNG else _jpeg_size(content)
    return size if size and min(size) > 0 else None


def _png_size(content: bytes) -> tuple[int, int] | None:
    if len(content) < 24 or content[12:16] != b"IHDR":
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker in FRAMES:
            return int.from_bytes(content[place + 7 : place + 9]), int.from_bytes(content[place + 5 : place + 7])
        if marker == 0xFF:
            place += 1
        elif marker in BARE:
            place += 2
        else:
            place += 2 + int.from_bytes(content[place + 2 : place + 4])
    return None
