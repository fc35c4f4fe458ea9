"""Agreement beyond chance, against worked examples that were published, and against its laws."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells.scoring.rater_agreement import cohen, fleiss, icc, weighted


def pairs_of(table):
    """The pairs of a table of counts: rows are what the first said, columns what the second said."""
    return [
        (Fraction(row), Fraction(column))
        for row, counts in enumerate(table)
        for column, times in enumerate(counts)
        for _ in range(times)
    ]


# Wikipedia, "Cohen's kappa": fifty applications for a grant read by two people.
GRANTS = [[20, 5], [10, 15]]
# SAS/STAT User's Guide, The FREQ Procedure, "Tests and Measures of Agreement": two dermatologists, 88 patients.
SKIN = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
# Wikipedia, "Fleiss' kappa": ten subjects, fourteen raters, five values.
TEN = [
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
]
# Shrout and Fleiss 1979, "Intraclass Correlations: Uses in Assessing Rater Reliability": six targets, four judges.
JUDGES = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]


def test_cohen_as_published():
    assert cohen(pairs_of(GRANTS)).value == Fraction(4, 10)
    assert round(float(cohen(pairs_of(SKIN)).value), 4) == 0.3449


def test_weighted_as_published():
    assert round(float(weighted(pairs_of(SKIN), power=1).value), 4) == 0.5082


def test_fleiss_as_published():
    rated = [Counter({str(value): times for value, times in enumerate(row) if times}) for row in TEN]
    found = fleiss(rated)
    assert (round(float(found.value), 3), found.count) == (0.210, 10)


def test_icc_as_published():
    found = icc([[Fraction(one) for one in row] for row in JUDGES])
    assert (round(float(found.value), 2), found.count) == (0.29, 6)


PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=40)


def fractions(pairs):
    return [(Fraction(one), Fraction(other)) for one, other in pairs]


@given(PAIRS)
def test_it_does_not_matter_who_of_two_comes_first(pairs):
    turned = [(other, one) for one, other in pairs]
    assert cohen(pairs) == cohen(turned)
    assert weighted(fractions(pairs)) == weighted(fractions(turned))


@given(PAIRS, st.integers(1, 9), st.integers(-5, 5))
def test_the_scale_of_the_points_does_not_matter(pairs, factor, shift):
    moved = [(one * factor + shift, other * factor + shift) for one, other in pairs]
    assert weighted(fractions(pairs)) == weighted(fractions(moved))
    assert icc(fractions(pairs)) == icc(fractions(moved))


@given(st.lists(st.integers(0, 5), min_size=2, max_size=40))
def test_full_agreement_is_one_or_cannot_be_told(values):
    same = [(value, value) for value in values]
    expected = 1 if len(set(values)) > 1 else None
    found = cohen(same), weighted(fractions(same)), icc(fractions(same))
    assert [one.value for one in found] == [expected] * 3
    assert fleiss([Counter({str(value): 3}) for value in values]).value == expected


@given(PAIRS)
def test_nothing_is_above_one(pairs):
    for found in (cohen(pairs), weighted(fractions(pairs)), icc(fractions(pairs))):
        assert found.value is None or found.value <= 1


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=2, max_size=40))
def test_of_two_values_squares_count_as_plain_differences(pairs):
    assert weighted(fractions(pairs)).value == cohen(pairs).value


@given(PAIRS)
def test_squares_give_the_concordance_correlation(pairs):
    # Lin 1989, "A Concordance Correlation Coefficient to Evaluate Reproducibility": the same in moments
    n = len(pairs)
    first, second = (Fraction(sum(column), n) for column in zip(*pairs, strict=True))
    spread = sum((one - first) ** 2 + (other - second) ** 2 for one, other in pairs) / n + (first - second) ** 2
    common = sum((one - first) * (other - second) for one, other in pairs) / n
    assert weighted(fractions(pairs)).value == (2 * common / spread if spread else None)


@pytest.mark.parametrize("rated", [[], [Counter({"a": 1})]])
def test_what_one_person_rated_alone_says_nothing(rated):
    assert (fleiss(rated).value, fleiss(rated).count) == (None, 0)


def test_few_are_counted_and_not_told():
    found = cohen([("a", "a"), ("a", "b"), ("b", "b")])
    assert (found.few, found.told, found.count) == (True, None, 3)
    assert found.value is not None
    assert cohen([]).value is icc([]).value is None
