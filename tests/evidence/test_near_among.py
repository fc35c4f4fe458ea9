"""Pairs of pictures that look alike among very many: the same ones that comparing each with each finds."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from wufei_cells.evidence.likeness import NEAR, distance
from wufei_cells.evidence.near_among import MOST, near_among

BITS = st.integers(min_value=0, max_value=63)


@st.composite
def families(draw) -> list[str]:
    """Hashes of which many differ in a few bits only: some of one picture, and of the next one the same."""
    firsts = draw(st.lists(st.integers(min_value=0, max_value=2**64 - 1), min_size=1, max_size=4))
    turned = draw(st.lists(st.tuples(st.sampled_from(firsts), st.sets(BITS, max_size=MOST + 2)), max_size=12))
    kin = [first ^ sum(1 << bit for bit in bits) for first, bits in turned]
    return [*(f"{number:016x}" for number in (*firsts, *kin)), *draw(st.lists(st.just(""), max_size=2))]


@given(families(), st.sampled_from([0, 1, NEAR, MOST]))
def test_every_pair_is_found_once_and_none_that_is_too_far_apart(hashes, most):
    found = {frozenset((one, other)): bits for one, other, bits in near_among(hashes, most=most)}
    count = sum(1 for _pair in near_among(hashes, most=most))
    known = sorted({written for written in hashes if written})
    apart = {frozenset(pair): distance(*pair) for pair in combinations(known, 2)}
    assert found == {pair: bits for pair, bits in apart.items() if bits <= most}
    assert count == len(found)
