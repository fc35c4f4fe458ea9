"""Points worked out by hand from the printed rules, held against the evaluator."""

from __future__ import annotations

from fractions import Fraction

import pytest

from wufei_cells.domain.answers import Answer
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.evaluate import evaluate


def share(part, whole=100):
    return {"part": str(part), "whole": str(whole)}


def change(before, after):
    return {"before": str(before), "after": str(after)}


OFFICE = [
    # A1 adds up 2, 2 and 1
    ("A1", {"body": "yes", "person": "yes", "duties": "no"}, "4"),
    ("A1", {"body": "no", "person": "no", "duties": "yes"}, "1"),
    # A3: one point each, never more than 3
    ("A3", ["office"], "1"),
    ("A3", ["office", "procurement", "sorting", "assets"], "3"),
    # A4: 3 monthly + 2 reported, less 1 for each missing kind, not below 0
    ("A4", {"monthly": "yes", "reported": "no", "missing": ["kitchen", "bulky"]}, "1"),
    ("A4", {"monthly": "no", "reported": "no", "missing": ["kitchen"]}, "0"),
    ("A4", {"monthly": "no", "reported": "yes", "missing": []}, "2"),
    # A5: held without sign-in list
    ("A5", "partly", "2"),
    # B1: no measures, but paper down by exactly 5%; measures, but 4.9%
    ("B1", {"measures": "no", "paper": change(1000, 950)}, "5"),
    ("B1", {"measures": "yes", "paper": change(1000, 951)}, "2"),
    # B2: ratio 1.05 → 5; 1.2 belongs to the band up to 1.2 → 4; 1.21 → 0; the better way counts
    ("B2", {"peers": share(105)}, "5"),
    ("B2", {"peers": share(100)}, "6"),
    ("B2", {"peers": share(120)}, "4"),
    ("B2", {"peers": share(121)}, "0"),
    ("B2", {"year": change(100000, 95001), "peers": share(110)}, "5"),
    ("B2", {"year": change(100000, 95000)}, "6"),
    # B3: six cases use up the six points
    ("B3", 4, "2"),
    ("B3", 7, "0"),
    ("B4", share(80), "3"),
    ("B4", share(799, 1000), "2"),
    ("B4", share(60), "2"),
    ("B4", share(40), "1"),
    ("B4", share(39), "0"),
    ("B5", "partly", "2"),
    # C1: a missing class costs 2; no point at all leaves nothing
    ("C1", {"point": "yes", "missing": ["hazardous"]}, "6"),
    ("C1", {"point": "no", "missing": []}, "0"),
    # C3: 84% is 6 short; 9 of 10 is 90%; 89.5% is half a point short, which does not count
    ("C3", share(84), "2"),
    ("C3", share(9, 10), "8"),
    ("C3", share(179, 200), "8"),
    ("C3", share(8, 10), "0"),
    # C4: 17 of 20 = 85%, 5 short at 0.5
    ("C4", share(17, 20), "1.5"),
    ("C4", share(179, 200), "4"),
    ("D2", {"signs": "yes", "portions": "no", "ledger": "yes"}, "4"),
    ("F1", 3, "3"),
    ("F1", 2, "1"),
    ("F1", 1, "1"),
    ("F1", 0, "0"),
    ("F2", 5, "2"),
    ("F2", 1, "1"),
]
PARK = [
    ("A1", {"group": "yes", "staff": 1}, "3"),
    ("A1", {"group": "no", "staff": 2}, "3"),
    # A3: 96% is 4 short, no full step; 95% one; 82% = 18 short, three
    ("A3", share(96), "8"),
    ("A3", share(95), "7"),
    ("A3", share(41, 50), "5"),
    # B1: −10% → 10; −5% half way between 4 and 10; unchanged 4; any rise 0
    ("B1", change(2, "1.8"), "10"),
    ("B1", change(2, "1.9"), "7"),
    ("B1", change(2, 2), "4"),
    ("B1", change(2, "2.001"), "0"),
    ("B1", change(2, 1), "10"),
    # B2: 60 of 80 = 75%, five steps of 5
    ("B2", share(60, 80), "3"),
    ("B2", share(99), "8"),
    # B3: 7 of 140 = 5%, half of 7
    ("B3", share(7, 140), "3.5"),
    # C1: ladder or growth, whichever is better
    ("C1", {"rate": share(90)}, "15"),
    ("C1", {"rate": share(70)}, "10"),
    ("C1", {"rate": share(699, 1000)}, "5"),
    ("C1", {"rate": share(60)}, "5"),
    ("C1", {"rate": share(59)}, "0"),
    ("C1", {"rate": share(60), "growth": change(50, 60)}, "10"),
    ("C1", {"rate": share(70), "growth": change(50, 70)}, "15"),
    ("C1", {"growth": change(50, "59.9")}, "0"),
    ("C2", 1, "4"),
    ("C2", 3, "8"),
    ("C3", change(5000, 4999), "7"),
    ("C3", change(5000, 5000), "5"),
    ("C3", change(5000, 5001), "0"),
    ("D1", share(19, 20), "7"),
    ("D1", share(96), "8"),
    # D2: 15, 20 and 25% still count
    ("D2", share(15), "4"),
    ("D2", share("15.01"), "3"),
    ("D2", share(20), "3"),
    ("D2", share(25), "1"),
    ("D2", share(26), "0"),
    ("E1", {"platform": "yes", "training": 1}, "6"),
    ("E1", {"platform": "no", "training": 2}, "4"),
    ("X1", "provincial", "3"),
    ("X2", share(96), "3"),
    ("X2", share(95), "0"),
]
FACTORY = [
    ("A1", "partly", "2"),
    ("B1", change(1, "0.95"), "8"),
    ("B1", change(1, "0.951"), "6"),
    ("B1", change(1, 1), "4"),
    ("B1", change(1, "1.001"), "0"),
    ("B2", "voluntary", "6"),
    ("B2", "under_way", "3"),
    ("B3", share(30), "6"),
    ("B3", share(29), "4"),
    ("B3", share(20), "4"),
    ("B3", share(10), "2"),
    ("B3", share(9), "0"),
    ("C1", share(90), "15"),
    ("C1", share(89), "12"),
    ("C1", share(80), "12"),
    ("C1", share(70), "8"),
    ("C1", share(60), "4"),
    ("C1", share(59), "0"),
    # C2: 15% of red mud is half way to 30%; a ton of gypsum less is less
    ("C2", {"red_mud": share(15)}, "2.5"),
    ("C2", {"red_mud": share(45)}, "5"),
    ("C2", {"gypsum": change(1250000, 1249999)}, "5"),
    ("C2", {"gypsum": change(1250000, 1250000)}, "0"),
    ("C3", 1, "2.5"),
    ("C3", 3, "5"),
    # D1 adds up 2, 1, 0 and 2
    ("D1", {"separate": "full", "protected": "partly", "signs": "none", "inspected": "full"}, "5"),
    ("D1", {"separate": "partly", "protected": "partly", "signs": "partly", "inspected": "partly"}, "4"),
    ("D2", {"plan": "partly", "ledger": "partly", "manifests": "partly", "reporting": "partly"}, "4"),
    ("D3", share(15), "4"),
    ("D3", share(20), "3"),
    ("D3", share(25), "1"),
    ("E1", {"bins": "yes", "unmixed": "no", "handover": "yes"}, "4"),
    # F1: training stops at 3, open days at 2
    ("F1", {"training": 5, "open_days": 0}, "3"),
    ("F1", {"training": 1, "open_days": 3}, "3"),
    ("F1", {"training": 0, "open_days": 1}, "2"),
]
COMMUNITY = [
    ("A2", 2, "3"),
    ("A2", 12, "0"),
    # A3: six kinds on five points
    ("A3", ["bulky", "renovation"], "3"),
    ("A3", ["recyclable", "kitchen", "hazardous", "residual", "bulky", "renovation"], "0"),
    ("A4", share(17, 20), "5"),
    ("A4", share(14, 20), "3"),
    ("A4", share(12, 20), "1"),
    ("A4", share(11, 20), "0"),
    # B1: 485 of 500 = 97%; 99.9% is no full point short
    ("B1", share(485, 500), "7"),
    ("B1", share(999, 1000), "10"),
    ("B3", {"missing": ["garden"], "fence": "no"}, "4"),
    ("B3", {"missing": ["bulky", "renovation", "garden"], "fence": "yes"}, "1"),
    ("B3", {"missing": ["bulky", "renovation", "garden"], "fence": "no"}, "0"),
    # C1: 7 of 10 is 10 short at 0.5; C2: 15 of 20 is 5 short at 0.5
    ("C1", share(7, 10), "5"),
    ("C1", share(8, 10), "10"),
    ("C1", share(159, 200), "10"),
    ("C2", share(15, 20), "5.5"),
    ("C2", share(159, 200), "8"),
    # C3: 80% is one step of 10 short, 85% is none
    ("C3", share(8, 10), "5"),
    ("C3", share(17, 20), "6"),
    # C4: 20% → 0, 40% → 6, 30% half way
    ("C4", share(30), "3"),
    ("C4", share(20), "0"),
    ("C4", share(10), "0"),
    ("C4", share(45), "6"),
    ("D1", 1, "5"),
    ("D1", 3, "0"),
    ("E1", {"board": "yes", "visits": "yes", "months": 11}, "7"),
    ("E1", {"board": "no", "visits": "no", "months": 12}, "3"),
]
SCENIC = [
    ("A3", "partly", "3"),
    ("B1", 3, "5"),
    ("B1", 9, "0"),
    ("B2", 2, "2"),
    ("B2", 4, "0"),
    ("B3", 2, "2"),
    ("B3", 5, "3"),
    ("B4", "partly", "1"),
    ("C1", share(90), "6"),
    ("C1", share(899, 1000), "4"),
    ("C1", share(70), "4"),
    ("C1", share(50), "2"),
    ("C1", share(49), "0"),
    ("C2", 3, "2"),
    ("C3", 1, "4"),
    ("C4", {"reminders": "yes", "portions": "no", "boxes": "yes"}, "3"),
    # D1: 15% is half way to 30%; D2: 50% is half
    ("D1", share(15), "4"),
    ("D1", share(31), "8"),
    ("D2", share(50), "3"),
    ("D4", "partly", "3"),
    ("E1", {"sorting": "yes", "plates": "no", "plastic": "yes", "bottles": "no"}, "8"),
    ("E1", {"sorting": "no", "plates": "yes", "plastic": "no", "bottles": "yes"}, "7"),
]
MALL = [
    ("A2", "partly", "3"),
    ("B1", 3, "4"),
    ("B1", 5, "0"),
    ("B2", 3, "6"),
    ("B2", 5, "8"),
    ("B3", 2, "5"),
    # C1: ten, less 4 for each missing group
    ("C1", {"sorting": "yes", "missing": 1}, "6"),
    ("C1", {"sorting": "yes", "missing": 2}, "2"),
    ("C1", {"sorting": "yes", "missing": 3}, "0"),
    ("C1", {"sorting": "no", "missing": 0}, "0"),
    ("C2", {"container": "yes", "contract": "no"}, "5"),
    ("C3", 1, "3"),
    ("C3", 3, "0"),
    ("D1", 3, "6"),
    ("D1", 7, "8"),
    ("D2", "partly", "4"),
    ("E1", {"area": "yes", "screens": "no", "actions": 2}, "8"),
    ("E1", {"area": "yes", "screens": "yes", "actions": 1}, "6"),
    ("X2", share(80), "3"),
    ("X2", share(79), "0"),
]
TABLES = {
    "office": OFFICE,
    "park": PARK,
    "factory": FACTORY,
    "community": COMMUNITY,
    "scenic": SCENIC,
    "mall": MALL,
}
CASES = [(name, *case) for name, table in TABLES.items() for case in table]


@pytest.mark.parametrize(
    ("name", "key", "value", "expected"), CASES, ids=[f"{name} {key} {expected}" for name, key, _, expected in CASES]
)
def test_gives_the_points_worked_out_by_hand(name, key, value, expected, checklists, points):
    assert points(checklists[name], key, value) == Fraction(expected)


def test_a_sample_that_is_too_small_counts_with_a_caution(checklists):
    card = evaluate(checklists["office"], {}, {"C3": Answer(share(4, 5))})
    assert [(caution.code, caution.place) for caution in card.cautions] == [("caution.small_sample", "C3")]


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("mall", "B1", 11),  # eleven offenders among ten tenants
        ("community", "A2", 13),  # thirteen months of a year
        ("community", "E1", {"board": "yes", "visits": "yes", "months": 13}),
        ("park", "B3", share(11, 10)),  # more green factories than factories
        ("scenic", "B4", "good"),  # a level that is not there
        ("office", "A3", ["parking"]),
    ],
)
def test_refuses_what_cannot_be(name, key, value, checklists):
    with pytest.raises(ProblemsFound) as found:
        evaluate(checklists[name], {}, {key: Answer(value)})
    assert [problem.place.split(".")[0] for problem in found.value.problems] == [key]
