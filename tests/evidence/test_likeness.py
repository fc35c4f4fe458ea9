"""The perceptual hash: what a person would call the same photo stays near, other photos are far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageEnhance

from tests.evidence.conftest import opened, scene, written
from wufei_cells.evidence.likeness import NEAR, distance, likeness, near_pairs

SEEDS = range(1, 13)
hashes = st.integers(0, 2**64 - 1).map(lambda number: f"{number:016x}")


@pytest.mark.parametrize("seed", SEEDS)
def test_saving_again_shrinking_and_a_little_light_leave_a_photo_near(seed):
    photo = scene(seed)
    before = likeness(photo)
    again = opened(written(photo, quality=40))
    assert distance(before, likeness(again)) <= NEAR
    assert distance(before, likeness(photo.resize((150, 113)))) <= NEAR
    for light in (0.85, 1.15):
        assert distance(before, likeness(ImageEnhance.Brightness(photo).enhance(light))) <= NEAR


def test_different_photos_are_far():
    found = [likeness(scene(seed)) for seed in SEEDS]
    apart = [distance(one, other) for at, one in enumerate(found) for other in found[at + 1 :]]
    assert min(apart) > NEAR * 2


def test_a_picture_with_nothing_on_it_is_like_no_other():
    blank = scene().resize((1, 1)).resize((200, 200))
    assert likeness(blank) == ""
    assert list(near_pairs({"blank": ""}, [("other", ""), ("another", "0" * 16)])) == []


def test_the_distance_counts_bits():
    assert distance("0000000000000000", "ffffffffffffffff") == 64
    assert distance("00000000000000f0", "0000000000000000") == 4


@given(st.lists(hashes, max_size=6), st.lists(hashes, max_size=12), st.integers(0, 2**64 - 1))
def test_the_quick_search_finds_exactly_what_comparing_all_would(mine, others, noise):
    # Unrelated hashes are never near: some of the others are one of mine with a few bits turned round.
    near = [f"{int(one, 16) ^ (noise & (0x8181 << at)):016x}" for at, one in enumerate(mine)]
    named = {f"m{at}": one for at, one in enumerate(mine)}
    there = [(f"o{at}", one) for at, one in enumerate([*others, *near])]
    slow = {
        (name, other, distance(one, two))
        for name, one in named.items()
        for other, two in there
        if distance(one, two) <= NEAR
    }
    assert set(near_pairs(named, there)) == slow
