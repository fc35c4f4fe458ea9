"""What a stranger packed never unfolds to more than was agreed, and is whole or refused."""

from __future__ import annotations

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.child import memory_of
from wufei_cells.errors import UserError
from wufei_cells.exchange.decompression import compress, decompress

LIMIT = 64 * 1024 * 1024
PACKED = compress(b"abc" * 1000)


def refusal(content: bytes, limit: int = LIMIT) -> str:
    with pytest.raises(UserError) as refused:
        decompress(content, limit)
    return refused.value.code


@given(st.binary(max_size=5000))
@settings(max_examples=50)
def test_what_was_packed_comes_out_again(content):
    assert decompress(compress(content), len(content)) == content


def test_the_limit_itself_is_allowed_and_one_byte_more_is_not():
    assert len(decompress(PACKED, 3000)) == 3000
    assert refusal(PACKED, 2999) == "package.packed_too_large"


def unsized() -> bytes:
    stream = zstandard.ZstdCompressor().compressobj()
    return stream.compress(bytes(1 << 20)) + stream.flush()


def lying(size: int) -> bytes:
    """A frame whose head says another size than it holds."""
    changed = bytearray(PACKED)
    assert int.from_bytes(changed[5:7], "little") + 256 == 3000
    changed[5:7] = (size - 256).to_bytes(2, "little")
    return bytes(changed)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        PACKED[:4],
        PACKED[:-1],
        PACKED + b"x",
        PACKED + PACKED,
        b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + PACKED,
        unsized(),
        *(lying(size) for size in (256, 2999, 3001, 60_000)),
    ],
    ids=["nothing", "head only", "cut off", "more behind it", "two frames", "skippable", "no size", *"1234"],
)
def test_a_frame_that_is_not_one_whole_frame_with_a_true_size_is_refused(content):
    assert refusal(content) == "package.packed_damaged"


@given(st.integers(0, len(PACKED) - 1), st.integers(0, 255))
@settings(max_examples=200)
def test_a_changed_byte_gives_the_content_or_a_refusal(at, byte):
    changed = bytearray(PACKED)
    changed[at] = byte
    try:
        assert len(decompress(bytes(changed), LIMIT)) <= LIMIT
    except UserError:
        return  # and nothing else is ever raised


def test_a_gigabyte_out_of_thirty_kilobytes_is_refused_by_its_head():
    bomb = zstandard.ZstdCompressor(level=1).compress(bytes(1 << 30))
    assert len(bomb) < 100_000
    done = memory_of(
        """
        from wufei_cells.errors import UserError
        from wufei_cells.exchange.decompression import decompress
        try:
            decompress(content, 64 << 20)
        except UserError as refused:
            print(refused.code)
        """,
        bomb,
    )
    assert done.printed == "package.packed_too_large"
    assert done.grown < 10
