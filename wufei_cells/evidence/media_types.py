"""Tell what a file is by how its content begins. Its name may say anything."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePath

UNKNOWN = "application/octet-stream"
HEIC = "image/heic"

_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-cfb"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
}
"""What the box ``ftyp`` of the ISO base media format names."""
_OFFICE = "application/vnd.openxmlformats-officedocument"
_IN_ARCHIVES = (
    ("word/document.xml", f"{_OFFICE}.wordprocessingml.document"),
    ("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet"),
    ("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
)
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    HEIC: ".heic",
    "image/avif": ".avif",
    "application/pdf": ".pdf",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
    f"{_OFFICE}.presentationml.presentation": ".pptx",
    "application/ofd": ".ofd",
    "application/zip": ".zip",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "text/plain": ".txt",
}
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp"})
"""What can be shown here."""
_PICTURE_NAMES = {end for kind, end in _ENDINGS.items() if kind.startswith("image/")} | {".jpeg", ".tiff", ".heif"}


def media_type(content: bytes) -> str:
    """Give the media type of a file by its content."""
    for beginning, found in _BEGINNINGS:
        if content.startswith(beginning) and (beginning != b"BM" or _is_bitmap(content)):
            return found
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12], UNKNOWN)
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "video/mp4")
    if content.startswith(b"PK\x03\x04"):
        return _in_archive(content)
    return "text/plain" if _is_text(content) else UNKNOWN


def named_a_picture(name: str) -> bool:
    """Tell whether a file is called as pictures are called."""
    return PurePath(name).suffix.lower() in _PICTURE_NAMES


def ending(kind: str) -> str:
    """Give the usual ending of a media type's files; empty where the name has to say it."""
    return _ENDINGS.get(kind, "")


def _is_bitmap(content: bytes) -> bool:
    """Two letters alone would make a bitmap of many a text: the length of its header must be one that exists."""
    return len(content) > 18 and int.from_bytes(content[14:18], "little") in (12, 40, 52, 56, 64, 108, 124)


def _in_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError):
        return "application/zip"
    return next((kind for name, kind in _IN_ARCHIVES if name in names), "application/zip")


def _is_text(content: bytes) -> bool:
    beginning = content[:4096]
    if b"\0" in beginning:
        return False
    for cut in range(4):  # the last character may have been cut through
        try:
            beginning[: len(beginning) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False
