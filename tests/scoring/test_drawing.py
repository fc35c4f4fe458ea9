"""Drawing by lot: the document can be followed by hand, everybody gets the same, and the lot is fair."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wufei_cells.domain.drawings import DrawingLists
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.drawing import below, draw, list_hash, list_text

DOCUMENT = (Path(__file__).parents[2] / "docs" / "drawing.md").read_text("utf-8")


def block(name):
    """A block of the document by the mark above it."""
    found = re.search(rf"<!-- {name} -->\n```\w*\n(.*?)```", DOCUMENT, re.DOTALL)
    assert found, name
    return found[1]


def repeated():
    """The program that is printed in the document."""
    names = {}
    exec(block("program"), names)  # noqa: S102 - our own document
    return names["repeat"]


EXAMPLE = DrawingLists(
    title="2026 spring",
    count=2,
    per_site=2,
    sites=(("d4", 1, "Park"), ("b2", 4, "School No. 1"), ("a1", 1, "Library"), ("c3", 2, "Hotel")),
    inspectors=("Wang", "Chen", "Li"),
    conflicts=(("Li", "b2"),),
)
SEED = block("seed").strip()


def result(drawn):
    return "".join(f"{one.site}: {', '.join(one.inspectors)}\n" for one in drawn)


# --- the document


def test_the_example_of_the_document_is_what_the_program_does():
    assert list_text(EXAMPLE) == block("list")
    assert list_hash(EXAMPLE) == block("hash").strip()
    assert result(draw(EXAMPLE, SEED)) == block("result")


@pytest.mark.skipif(not (shutil.which("sh") and shutil.which("sha256sum")), reason="needs a shell with sha256sum")
def test_the_first_lot_of_the_example_comes_out_of_a_shell():
    printed = subprocess.run(["sh", "-c", block("shell")], capture_output=True, text=True, check=True).stdout
    digest = block("digest").strip()
    assert printed.split()[0] == digest
    assert int(digest, 16) % 8 == draw(EXAMPLE, SEED)[0].pick == 4


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=6)
seeds = names.map(lambda text: f"彩票 {text}")


@st.composite
def lists(draw_from):
    """Lists of all kinds on which every site finds its inspectors."""
    keys = draw_from(st.lists(names, min_size=1, max_size=12, unique=True))
    people = draw_from(st.lists(names, min_size=1, max_size=6, unique=True))
    each = draw_from(st.integers(1, len(people)))
    weights = st.integers(1, 40)
    sites = tuple((key, draw_from(weights), draw_from(names)) for key in keys)
    most = len(people) - each
    barred = {key: draw_from(st.lists(st.sampled_from(people), unique=True, max_size=most)) for key in keys}
    conflicts = tuple((name, key) for key, some in barred.items() for name in some)
    return DrawingLists(draw_from(names), draw_from(st.integers(1, len(keys))), each, sites, tuple(people), conflicts)


@settings(max_examples=80, deadline=None)
@given(lists(), seeds)
def test_who_repeats_a_drawing_by_the_document_gets_the_same(given_lists, seed):
    drawn = draw(given_lists, seed)
    assert repeated()(list_text(given_lists), seed) == [(one.site, list(one.inspectors)) for one in drawn]


@settings(max_examples=40, deadline=None)
@given(lists(), seeds, st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_handed_in_changes_nothing(given_lists, seed, shuffled):
    other = {name: list(getattr(given_lists, name)) for name in ("sites", "inspectors", "conflicts")}
    for each in other.values():
        shuffled.shuffle(each)
    other = replace(given_lists, **{name: tuple(each) for name, each in other.items()})
    assert list_hash(other) == list_hash(given_lists)
    assert draw(other, seed) == draw(given_lists, seed)


@settings(max_examples=40, deadline=None)
@given(lists(), seeds)
def test_no_site_twice_no_conflict_and_as_many_inspectors_as_are_needed(given_lists, seed):
    drawn = draw(given_lists, seed)
    assert len({one.site for one in drawn}) == len(drawn) == given_lists.count
    for one in drawn:
        assert len(set(one.inspectors)) == given_lists.per_site
        assert not {(name, one.site) for name in one.inspectors} & set(given_lists.conflicts)


@given(lists(), seeds)
@settings(max_examples=40, deadline=None)
def test_without_conflicts_nobody_has_two_visits_more_than_another(given_lists, seed):
    drawn = draw(replace(given_lists, conflicts=()), seed)
    visits = Counter(name for one in drawn for name in one.inspectors)
    loads = [visits[name] for name in given_lists.inspectors]
    assert max(loads) - min(loads) <= 1


# --- what decides is in the hash


@pytest.mark.parametrize(
    "change",
    [
        {"title": "2026 autumn"},
        {"count": 3},
        {"per_site": 1},
        {"sites": (("a1", 2, "Library"), *EXAMPLE.sites[:2], EXAMPLE.sites[3])},
        {"sites": (("a1", 1, "Libraries"), *EXAMPLE.sites[:2], EXAMPLE.sites[3])},
        {"inspectors": ("Wang", "Chen", "Lin")},
        {"conflicts": ()},
    ],
)
def test_nothing_that_decides_can_change_without_the_hash(change):
    assert list_hash(replace(EXAMPLE, **change)) != list_hash(EXAMPLE)


def test_a_site_without_inspectors_is_named_before_anything_is_drawn():
    short = replace(EXAMPLE, conflicts=(("Li", "b2"), ("Wang", "b2"), ("Li", "d4"), ("Chen", "d4")))
    with pytest.raises(ProblemsFound) as refused:
        draw(short, SEED)
    assert [(one.code, one.values["site"], one.values["free"]) for one in refused.value.problems] == [
        ("drawing.too_few_inspectors", "School No. 1", 1),
        ("drawing.too_few_inspectors", "Park", 1),
    ]


# --- fair


def test_a_number_that_would_favor_small_remainders_is_passed_over():
    given_out = [below(3, iter([number, *range(10)]), span=8) for number in range(8)]
    assert given_out == [0, 1, 2, 0, 1, 2, 0, 0], "6 and 7 of 8 are passed over, the 0 after them is taken"


def chi_square(counted, expected):
    return sum((counted[key] - share) ** 2 / share for key, share in expected.items())


def numbered(times):
    return (hashlib.sha256(str(number).encode()).hexdigest()[:12] for number in range(times))


def test_over_thousands_of_seeds_every_site_is_drawn_first_as_often_as_it_weighs():
    one = replace(EXAMPLE, count=1, per_site=1, conflicts=())
    times = 2000
    counted = Counter(draw(one, seed)[0].site for seed in numbered(times))
    # 16.27: one time in a thousand it would be more, with three degrees of freedom. The seeds are fixed.
    assert chi_square(counted, {key: times * weight / 8 for key, weight, _ in EXAMPLE.sites}) < 16.27


def test_over_thousands_of_seeds_all_pairs_of_equal_sites_and_all_inspectors_are_drawn_as_often():
    equal = replace(EXAMPLE, sites=tuple((key, 1, name) for key, _, name in EXAMPLE.sites), conflicts=(), per_site=1)
    times = 2000
    drawn = [draw(equal, seed) for seed in numbered(times)]
    pairs = Counter(tuple(one.site for one in each) for each in drawn)
    keys = [key for key, _, _ in EXAMPLE.sites]
    expected = {(first, second): times / 12 for first in keys for second in keys if first != second}
    assert chi_square(pairs, expected) < 31.26  # one in a thousand, eleven degrees of freedom
    first = Counter(each[0].inspectors[0] for each in drawn)
    assert chi_square(first, dict.fromkeys(EXAMPLE.inspectors, times / 3)) < 13.82


def test_the_second_lot_goes_by_the_weights_that_are_left():
    two = replace(EXAMPLE, per_site=1, conflicts=())
    seconds = Counter()
    for seed in numbered(2000):
        first, second = draw(two, seed)
        assert second.total == 8 - next(weight for key, weight, _ in EXAMPLE.sites if key == first.site)
        if first.site == "b2":
            seconds[second.site] += 1
    times = sum(seconds.values())
    assert chi_square(seconds, {"a1": times / 4, "c3": times / 2, "d4": times / 4}) < 13.82


def test_ten_thousand_sites_are_drawn_from():
    people = tuple(f"检查员{number}" for number in range(20))
    sites = tuple((f"{number:05}", 1 + number % 5, f"单位{number}") for number in range(10_000))
    drawn = draw(DrawingLists("大名单", 100, 2, sites, people), SEED)
    assert len({one.site for one in drawn}) == 100
    assert set(Counter(name for one in drawn for name in one.inspectors).values()) == {10}
