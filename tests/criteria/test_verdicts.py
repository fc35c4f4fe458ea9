"""Whole sites scored by hand: gates, group minima, vetoes, and items that do not apply."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from wufei_cells.checklists.document import with_parameters
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.profiles import CityNumber
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.evaluate import evaluate


@pytest.fixture
def score(checklists, extremes):
    """Score a site that is perfect but for the given answers, with given facts."""

    def give(name, facts=None, parameters=None, **changed):
        found = extremes(checklists[name])
        checklist = with_parameters(
            checklists[name], {k: CityNumber(Decimal(v)) for k, v in (parameters or {}).items()}
        )
        return evaluate(checklist, found.all_facts() | (facts or {}), found.best(**changed))

    return give


# --- gates


def test_each_gate_that_fails_forbids_the_award(checklist, extremes):
    found = extremes(checklist)
    for gate in checklist.gates:
        card = evaluate(checklist, found.all_facts(), found.best(**{gate.key: "no"}))
        assert (card.total.low, card.passed, card.level) == (110, False, None), gate.key
        assert [result.key for result in card.gates if result.ok is False] == [gate.key]


def test_a_gate_cannot_be_set_aside(checklist, extremes):
    found = extremes(checklist)
    answers = found.best() | {"G1": Answer(na="不适用")}
    with pytest.raises(ProblemsFound) as refused:
        evaluate(checklist, found.all_facts(), answers)
    assert [(problem.code, problem.place) for problem in refused.value.problems] == [("answer.na_forbidden", "G1")]


@pytest.mark.parametrize("name", ["office", "park", "factory", "scenic", "mall"])
def test_the_gate_on_hazardous_waste_asks_only_sites_that_produce_it(name, score):
    assert score(name, G4="no").passed is False
    card = score(name, {"makes_hazardous_waste": "no"}, G4="no")
    assert card.passed
    assert "G4" not in [result.key for result in card.gates]


def test_a_factory_on_the_key_list_must_be_under_digital_supervision(score):
    assert score("factory", G9="no").passed is False
    assert score("factory", {"key_hazardous_unit": "no"}, G9="no").passed


# --- total and group minima


def test_an_office_passes_with_exactly_80(score):
    # 100 − 5 (paper) − 6 (cups) − 8 (accuracy) − 1 (two of three rules) = 80
    lost = {
        "B1": {"measures": "yes", "paper": {"before": "100", "after": "100"}},
        "B3": 6,
        "C3": {"part": "0", "whole": "10"},
    }
    card = score("office", **lost, A3=["office", "sorting"])
    assert (card.base.low, card.total.low, card.passed, card.level) == (80, 90, True, "qualified")
    # one rule less: 79, and the ten bonus points do not help
    card = score("office", **lost, A3=["office"])
    assert (card.base.low, card.total.low, card.passed) == (79, 89, False)


def test_a_city_may_ask_for_more(score):
    assert score("office", C3={"part": "0", "whole": "10"}).passed  # 92
    assert score("office", parameters={"pass_mark": "93"}, C3={"part": "0", "whole": "10"}).passed is False


def test_a_weak_group_fails_a_site_with_94_points(score):
    # group E has 10 points: 0 + 2 + 2 = 4, less than half; with 3 more from E1 it would be enough
    card = score("office", E1="none", E2="partly")
    group = next(group for group in card.groups if group.key == "E")
    assert (card.base.low, group.got.low, group.needed, card.passed) == (94, 4, 5, False)
    card = score("office", E1="partly", E2="partly")
    assert (card.base.low, card.passed) == (96, True)


def test_half_of_a_group_is_enough(score):
    # group D of the park: half of 15 is 7.5
    none = {"part": "0", "whole": "10"}
    assert score("park", D1=none, D3="no").passed is False  # 4 of 15
    assert score("park", D2={"part": "10", "whole": "10"}, D3="no").passed  # 8 of 15
    # group F of the office: half of 5 is 2.5
    assert score("office", F1=0).passed is False  # 2 of 5
    assert score("office", F2=0).passed  # 3 of 5
    # group A of the community: 0 + 0 + 5 + 5 is exactly half of 20
    card = score("community", A1="none", A2=12)
    assert next(group.got.low for group in card.groups if group.key == "A") == 10
    assert card.passed


# --- what does not apply


def test_an_office_without_canteen_is_rescaled(score):
    # D (15 points) falls away: 85 apply. Plan 2 of 4 and accuracy 84% = 2 of 8 lose 8: 77 of 85.
    card = score("office", {"has_canteen": "no"}, A2="partly", C3={"part": "84", "whole": "100"})
    assert [item.key for item in card.items if not item.applies] == ["D1", "D2", "D3", "X1"]
    assert card.base.low == Fraction(7700, 85)
    assert printed(card.base.low) == "90.58"
    assert card.passed
    assert next(group.needed for group in card.groups if group.key == "D") is None


def test_a_factory_without_canteen_and_hazardous_waste_is_rescaled(score):
    # E2 4, D2 8, D3 4 and C2 5 fall away: 79 apply. Utilization of 70% gives 8 of 15: 72 of 79.
    facts = dict.fromkeys(("has_canteen", "makes_hazardous_waste", "makes_red_mud", "makes_titanium_gypsum"), "no")
    card = score("factory", facts, C1={"part": "70", "whole": "100"})
    assert [item.key for item in card.items if not item.applies] == ["C2", "D2", "D3", "E2"]
    assert card.base.low == Fraction(7200, 79)
    assert printed(card.base.low) == "91.13"


def test_red_mud_or_gypsum_alone_brings_the_item_in(score):
    for fact in ("makes_red_mud", "makes_titanium_gypsum"):
        facts = {"makes_red_mud": "no", "makes_titanium_gypsum": "no", fact: "yes"}
        assert score("factory", facts).item("C2").applies


def test_alumina_works_have_nothing_from_less_gypsum_and_pigment_works_nothing_from_red_mud(score):
    mud, gypsum = {"part": "15", "whole": "100"}, {"before": "100", "after": "99"}
    claimed = {"red_mud": mud, "gypsum": gypsum}
    assert score("factory", {"makes_titanium_gypsum": "no"}, C2=claimed).item("C2").got.low == Fraction("2.5")
    unchanged = claimed | {"gypsum": {"before": "100", "after": "100"}}
    assert score("factory", {"makes_red_mud": "no"}, C2=unchanged).item("C2").got.high == 0
    assert score("factory", C2=claimed).item("C2").got.low == 5  # both arise: the better counts


def test_an_open_memorial_garden_has_no_group_of_reduction_to_fail(score):
    # no tickets, shops, lodging, restaurants, animals: C (25), D3 6 and D4 5 fall away, 64 apply.
    # Four stretches without bins leave B1 4 of 8: 60 of 64.
    facts = dict.fromkeys(("sells_tickets", "has_shops", "has_lodging", "has_restaurants", "is_zoo"), "no")
    card = score("scenic", facts, B1=4)
    assert card.base.low == Fraction(6000, 64) == Fraction("93.75")
    assert card.passed


def test_a_mall_without_supermarket_and_catering_is_rescaled(score):
    # B2 8 and C2 10 fall away: 82 apply. Two offenders among ten tenants cost 4: 78 of 82.
    card = score("mall", {"has_supermarket": "no", "has_catering": "no"}, B1=2)
    assert card.base.low == Fraction(7800, 82)
    assert printed(card.base.low) == "95.12"


def test_a_park_may_set_aside_storage_when_there_is_none(checklists, extremes):
    # C3 (7) set aside with a reason: 93 apply. Nothing for C1 (−15) and one project (−4): 74 of 93.
    found = extremes(checklists["park"])
    answers = found.best(C1={"rate": {"part": "0", "whole": "10"}}, C2=1) | {"C3": Answer(na="两年均无贮存和处置")}
    card = evaluate(checklists["park"], found.all_facts(), answers)
    assert card.base.low == Fraction(7400, 93)
    assert printed(card.base.low) == "79.56"
    # group C keeps 4 of 23
    assert card.passed is False


def test_facts_that_are_not_known_hold_the_verdict(checklists, extremes):
    found = extremes(checklists["office"])
    card = evaluate(checklists["office"], {}, found.best())
    assert card.passed is None
    assert set(card.missing) == {"facts.has_canteen", "facts.had_bulky_waste", "facts.makes_hazardous_waste"}


# --- effects


def test_less_than_60_percent_satisfied_is_a_veto(score):
    card = score("community", A4={"part": "11", "whole": "20"})
    assert (card.base.low, card.passed) == (95, False)
    assert [(result.key, result.code) for result in card.gates if result.ok is False] == [("A4", "gate.veto")]
    card = score("community", A4={"part": "12", "whole": "20"})
    assert (card.base.low, card.passed) == (96, True)


def test_a_mall_that_does_not_sort_scores_nothing(score):
    card = score("mall", C1={"sorting": "no", "missing": 0})
    assert (card.total.low, card.total.high, card.passed) == (0, 0, False)
    card = score("mall", C1={"sorting": "yes", "missing": 3})
    assert (card.base.low, card.passed) == (90, True)


# --- city parameters


def test_the_recycling_rate_is_the_citys(score):
    at_35 = {"part": "35", "whole": "100"}
    # 20% → 0 and 40% → 6: 35% gives 4.5; where the city aims at 35%, it gives all 6
    assert score("community", C4=at_35).item("C4").got.low == Fraction("4.5")
    assert score("community", parameters={"recycling_rate": "35"}, C4=at_35).item("C4").got.low == 6


def test_the_landfill_rungs_are_the_citys(score):
    at_18 = {"part": "18", "whole": "100"}
    assert score("factory", D3=at_18).item("D3").got.low == 3
    stricter = {"hazardous_landfill_best": "10", "hazardous_landfill": "15", "hazardous_landfill_limit": "20"}
    assert score("factory", parameters=stricter, D3=at_18).item("D3").got.low == 1
