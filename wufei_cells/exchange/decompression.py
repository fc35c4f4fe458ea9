"""Zstandard with a bound: what a stranger packed may never unfold to more than was agreed.

A frame must say how much it holds. That figure is compared with the limit before anything is unpacked, and the library
checks that exactly so much comes out; a file of thirty kilobytes that unfolds to a gigabyte is refused by its head.
"""

from __future__ import annotations

import zstandard

from wufei_cells.errors import UserError

_SMALL = 128 * 1024
_SMALL_LEVEL = 19
_WELL = zstandard.ZstdCompressionParameters(
    strategy=zstandard.STRATEGY_BTULTRA, window_log=22, min_match=6, search_log=2, target_length=64
)
"""For many acts: a tenth smaller than at the usual levels, at a quarter of the time that the highest ones take."""
LARGEST_WINDOW = 8 * 1024 * 1024
"""What a decoder must be able to look back, in bytes; RFC 8878 recommends this bound."""
_MAGIC = b"\x28\xb5\x2f\xfd"


def compress(content: bytes) -> bytes:
    """Pack some content into one frame that says how much it holds."""
    if len(content) <= _SMALL:
        return zstandard.ZstdCompressor(level=_SMALL_LEVEL, write_content_size=True).compress(content)
    return zstandard.ZstdCompressor(compression_params=_WELL).compress(content)


def decompress(content: bytes, limit: int) -> bytes:
    """Unpack one frame, whole, with nothing behind it.

    Args:
        content: the frame.
        limit: the most bytes that may come out.

    Raises:
        UserError: it holds more than that, or is no sound frame.
    """
    size = _size(content, limit)
    try:
        unpacked = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW).decompress(
            content, max_output_size=size, allow_extra_data=False
        )
    except zstandard.ZstdError:
        raise UserError("package.packed_damaged") from None
    if len(unpacked) != size:
        raise UserError("package.packed_damaged")
    return unpacked


def _size(content: bytes, limit: int) -> int:
    """Read from a frame's head how much it holds, without unpacking anything."""
    if not content.startswith(_MAGIC):
        raise UserError("package.packed_damaged")
    try:
        head = zstandard.get_frame_parameters(content)
    except zstandard.ZstdError:
        raise UserError("package.packed_damaged") from None
    if head.content_size == zstandard.CONTENTSIZE_UNKNOWN or head.dict_id:
        raise UserError("package.packed_damaged")
    if head.content_size > limit or head.window_size > max(LARGEST_WINDOW, limit):
        raise UserError("package.packed_too_large", limit=limit)
    return head.content_size
