"""Read text in the encodings that programs in China write: UTF-8, UTF-16, GB 18030."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 4_000
_ALLOWED = frozenset("\t\n\r\x0b\x0c\x1a")
"""Controls that stand in texts; the last one ended files in DOS."""
_CONTROLS = [sign for sign in map(chr, range(32)) if sign not in _ALLOWED]


def decoded(content: bytes) -> str | None:
    """Give the text of a file, or nothing when it is none."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if not any(sign in text for sign in _CONTROLS) else None
    return None


def _encodings(content: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return [encoding]
    start = content[:_LOOKED_AT]
    zeros = start.count(0)
    if zeros > len(start) // 8:
        # Western letters and digits in two bytes each, without a mark in front.
        return ["utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"]
    return ["utf-8", "gb18030"]
