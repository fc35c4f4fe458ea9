"""What is sent is divided into parts that fit, each a package of its own; sizes are known before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.made_packages import DEVICE, Content, codes, digest, head, written
from wufei_cells.errors import UserError
from wufei_cells.exchange.limits import Limits
from wufei_cells.exchange.manifest import BundleEntry, FileEntry
from wufei_cells.exchange.parts import divide, package_size, smallest_limit


def bundle(number: int, size: int) -> BundleEntry:
    return BundleEntry(digest(b"b%d" % number), size, DEVICE.id, number * 10 + 1, number * 10 + 10)


def photo(number: int, size: int) -> FileEntry:
    return FileEntry(digest(b"f%d" % number), size)


SIZES = st.lists(st.integers(0, 20_000), max_size=30)


@given(SIZES, SIZES, st.integers(0, 60_000))
@settings(max_examples=100)
def test_every_part_fits_and_nothing_is_lost_or_doubled(bundles, files, room):
    acts = [bundle(number, size + 1) for number, size in enumerate(bundles)]
    photos = [photo(number, size) for number, size in enumerate(files)]
    limit = smallest_limit(head(), acts, photos) + room
    parts = divide(head(), acts, photos, limit)
    assert all(package_size(part) <= limit for part in parts)
    assert [part.part for part in parts] == [(number, len(parts)) for number in range(1, len(parts) + 1)]
    assert {part.set for part in parts} == {head().set}
    assert sorted(one.first for part in parts for one in part.bundles) == [one.first for one in acts]
    assert sorted(one.sha256 for part in parts for one in part.files) == sorted(one.sha256 for one in photos)


def test_few_things_make_one_part_and_nothing_makes_one_too():
    assert len(divide(head(), [bundle(1, 100)], [photo(1, 100)])) == 1
    (part,) = divide(head(), [], [])
    assert part == head()


def test_small_files_fill_the_gaps_of_earlier_parts():
    files = [photo(number, 60_000 if number % 2 else 30_000) for number in range(6)]
    assert len(divide(head(), [], files, 100_000)) == 3


def test_a_limit_that_one_thing_alone_passes_is_refused_with_the_smallest_that_would_do():
    photos = [photo(1, 5_000), photo(2, 50_000)]
    with pytest.raises(UserError) as refused:
        divide(head(), [bundle(1, 200)], photos, 20_000)
    assert refused.value.code == "package.limit_too_small"
    smallest = refused.value.values["smallest"]
    assert isinstance(smallest, int)
    assert len(divide(head(), [bundle(1, 200)], photos, smallest)) == 2
    with pytest.raises(UserError):
        divide(head(), [bundle(1, 200)], photos, smallest - 1)


def test_no_part_has_more_members_than_a_reader_takes():
    parts = divide(head(), [], [photo(number, 1) for number in range(25)], limits=Limits(members=12))
    assert [len(part.files) for part in parts] == [10, 10, 5]


def test_ten_thousand_files_are_divided_at_once():
    parts = divide(head(), [], [photo(number, 300_000 + number) for number in range(10_000)], 25_000_000)
    assert len(parts) in range(120, 130)


def test_each_part_is_a_package_and_has_the_size_that_was_told(tmp_path):
    content = Content()
    for number in range(6):
        content.bundle(bytes([number]) * 4_000, number * 10 + 1)
        content.file(b"photo %d" % number * 900)
    parts = divide(head(), content.bundles, content.files, 12_000)
    assert len(parts) > 3
    for part in parts:
        done = written(tmp_path, content, manifest=part, name=f"第{part.part[0]}份.wufei")
        assert done.size == package_size(part) <= 12_000
        assert codes(done.path) == []
