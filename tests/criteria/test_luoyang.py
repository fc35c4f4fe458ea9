"""Luoyang: its profile, points worked out by hand, verdicts, and a register of its own from folder to certificate."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.samples.registers import HandClock, brought, found_in_order
from wufei_cells import shipped
from wufei_cells.checklists.document import with_parameters
from wufei_cells.checklists.profile_reading import profile_document, read_profile, read_profile_document
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import NaPolicy, Phase, Subject
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.services import assessing, browsing, checking, cities, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace

KINDS = {
    "office": ("LY-JG", "JG", "节约型机关", 100),
    "procurement": ("LY-CG", "CG", "绿色采购", 100),
    "hotel": ("LY-FD", "FD", "绿色饭店", 300),
    "school": ("LY-XX", "XX", "绿色学校", 100),
    "mall": ("LY-SC", "SC", "绿色商场", 600),
    "express": ("LY-KD", "KD", "绿色快递网点", 100),
    "scenic": ("LY-JQ", "JQ", "无废景区", 100),
    "mine": ("LY-KQ", "KQ", "无废矿区", 1000),
    "village": ("LY-XC", "XC", "无废乡村", 100),
}
DISTRICTS = [
    *("老城区", "西工区", "瀍河回族区", "涧西区", "洛龙区", "偃师区", "孟津区"),
    *("新安县", "栾川县", "嵩县", "汝阳县", "宜阳县", "洛宁县", "伊川县"),
]
OFFICIAL_PLAN = "洛政办〔2022〕17号"


def share(part, whole=100):
    return {"part": str(part), "whole": str(whole)}


def change(before, after):
    return {"before": str(before), "after": str(after)}


def ratio(energy, persons, mean):
    return {"energy": str(energy), "persons": str(persons), "mean": str(mean)}


@pytest.fixture(scope="module")
def profile(criteria):
    path = criteria / "luoyang" / "profile.yaml"
    return read_profile(path.read_bytes(), path.name)


@pytest.fixture
def score(luoyang, extremes):
    """Score something that is perfect but for the given answers, with given facts."""

    def give(name, facts=None, aside=(), **changed):
        found = extremes(luoyang[name])
        answers = found.best(**changed) | {key: Answer(na="不适用") for key in aside}
        return evaluate(luoyang[name], found.all_facts() | (facts or {}), answers)

    return give


# --- the profile


def test_the_nine_kinds_are_there_with_the_totals_of_their_models(luoyang, profile):
    found = {name: (one.key, one.category.code, one.category.text.zh, one.full) for name, one in luoyang.items()}
    assert found == KINDS
    assert [plan.category for plan in profile.categories] == list(KINDS)


def test_procurement_is_an_activity_and_the_others_are_sites(luoyang):
    assert {name for name, one in luoyang.items() if one.category.subject is Subject.ACTIVITY} == {"procurement"}


def test_it_has_the_seven_districts_and_seven_counties_of_the_plans_time(profile):
    assert [district.text.zh for district in profile.districts] == DISTRICTS
    assert all(district.text.en for district in profile.districts)


def test_it_says_what_is_the_plans_and_what_is_not(profile):
    assert not profile.official
    for word in ("非官方", OFFICIAL_PLAN, "暂定", "牵头部门", "山东", "不能代替"):
        assert word in profile.notice.zh
    assert "暂定" in profile.goal.source.zh
    assert "Working figure" in profile.goal.source.en
    assert profile.goal.count == 10 * len(KINDS)


def test_every_category_has_a_lead_and_a_place_to_look(profile):
    assert all(plan.leads and plan.selection.zh and plan.selection.en for plan in profile.categories)
    assert all(lead.zh and lead.en for plan in profile.categories for lead in plan.leads)


def test_it_sets_every_parameter_of_its_checklists_to_the_value_in_force_today(luoyang, profile):
    wanted = {entry.key: entry.value for one in luoyang.values() for entry in one.parameters}
    today = date(2026, 11, 22)
    for key, number in profile.parameters.items():
        later = [phase.value for phase in number.phases if phase.start <= today]
        assert (later or [number.value])[-1] == wanted.pop(key), key
    assert wanted == {}


def test_the_figures_of_the_plan_are_the_citys_numbers(profile):
    plan = {
        "recycling_rate": 35,
        "industrial_utilization": 75,
        "manure_use": 95,
        "straw_use": 95,
        "green_packaging": 100,
        "rural_sorting": 100,
        "rural_utilization": 95,
    }
    assert {key: profile.parameters[key].value for key in plan} == plan


def test_collection_points_for_straw_were_due_by_the_end_of_2023(luoyang, profile, extremes):
    assert profile.parameters["straw_points"].phases == (Phase(date(2024, 1, 1), Decimal(1)),)
    village = with_parameters(luoyang["village"], profile.parameters)
    answer = {"D2": Answer({"points": "1", "area": "20000"})}  # half a point for 10,000 mu
    facts = extremes(village).all_facts()
    before = evaluate(village, facts, answer, on=date(2023, 12, 31))
    after = evaluate(village, facts, answer, on=date(2024, 1, 1))
    assert (before.item("D2").got.low, after.item("D2").got.low) == (4, 2)


def test_is_the_same_after_a_trip_through_its_stored_document(profile):
    assert read_profile_document(profile_document(profile)) == profile


def test_the_plan_is_cited_by_title_and_number_in_every_checklist(luoyang):
    for one in luoyang.values():
        assert OFFICIAL_PLAN in {source.number for source in one.sources}
        assert OFFICIAL_PLAN in one.notice.zh


# --- points worked out by hand from the printed rules

WORKED = [
    # office B1: 18,000 kgce for 100 people is 180 each, 0.9 of a mean of 200; 1.2 belongs to its band, more does not
    ("office", "B1", ratio(18000, 100, 200), "7"),
    ("office", "B1", ratio(21000, 100, 200), "5"),
    ("office", "B1", ratio(24000, 100, 200), "4"),
    ("office", "B1", ratio(24001, 100, 200), "0"),
    ("office", "C1", {"none": "no", "missing": ["hazardous"]}, "4"),
    ("office", "C1", {"none": "yes", "missing": []}, "0"),
    ("office", "C4", share(17, 20), "0.5"),  # 85%: 5 short at 0.5
    ("office", "E2", share(15, 20), "1.5"),  # 75% is half way from 50 to 100
    ("office", "F2", 1, "1.5"),
    # procurement
    ("procurement", "A2", share(14, 20), "2.5"),  # 70% is half way from 50 to 90
    ("procurement", "B1", share(100), "12"),
    ("procurement", "B1", share(99), "0"),
    ("procurement", "B2", share(40), "6"),  # half way from 20 to 60
    ("procurement", "C1", share(18, 20), "5"),  # 90%: one step of 10
    ("procurement", "C1", share(17, 20), "4"),  # 85%: a step and a part of one
    ("procurement", "D3", {"reused": "10", "scrapped": "30"}, "3"),  # 10 of 40 is 25%, half of 50
    # hotel
    ("hotel", "B1", {"renewables": share(30)}, "15"),
    ("hotel", "B1", {"renewables": share(5), "recovery": "yes"}, "9"),
    ("hotel", "B4", change(1000, 975), "10"),  # −2.5% is half way between 15 and 5
    ("hotel", "B4", change(1000, 1025), "2.5"),
    ("hotel", "C2", share(84), "14"),
    ("hotel", "C4", share(9, 10), "18"),  # 90%: two steps of 5
    ("hotel", "D1", share(15), "7.5"),
    # school: two of four things at 1.5; four would be 6, but 5 is the most
    ("school", "B5", ["textbooks", "uniforms"], "3"),
    ("school", "B5", ["textbooks", "uniforms", "paper", "crafts"], "5"),
    ("school", "B7", {"leftovers": "60", "diners": "1000"}, "2"),  # 60 g each
    ("school", "C1", share(18, 20), "6"),
    ("school", "C2", share(17, 20), "3.5"),
    # mall
    ("mall", "B1", share(70), "20"),
    ("mall", "B4", ["electricity", "gas"], "20"),
    ("mall", "B5", {"sorting": "yes", "missing": 2}, "10"),
    ("mall", "C2", share(25), "12.5"),
    ("mall", "F1", share("22.5"), "7.5"),  # half way from 10 to the city's 35
    # express: a hub has no counter, so bags alone make up the 9 points: 2.5 of 5 becomes 4.5
    ("express", "B1", share(19, 20), "7"),
    ("express", "B2", 1, "5"),
    ("express", "B5", {"bags": share(7, 10), "boxes": None}, "4.5"),
    ("express", "D1", share(25), "3"),
    # scenic
    ("scenic", "D1", share("17.5"), "4"),
    ("scenic", "D4", {"household": "yes", "vehicles": "no"}, "3"),
    # mine
    ("mine", "A2", 2, "25"),
    ("mine", "B1", share(95), "30"),
    ("mine", "C1", share(75), "65"),
    ("mine", "C1", share("74.99"), "45"),
    ("mine", "D2", {"store": "full", "labels": "partly", "ledger": "none", "manifests": "full"}, "31"),
    # village: 20 + 10 + 42.5 of 100 is 72.5%, half way from 50 to 95
    ("village", "C3", {"compost": "20", "recycled": "10", "burned": "42.5", "total": "100"}, "3"),
    ("village", "D1", {"rate": share("82.5"), "burned": "no"}, "3.5"),
    ("village", "D1", {"rate": share(100), "burned": "yes"}, "0"),
    ("village", "D2", {"points": "1", "area": "20000"}, "2"),
    ("village", "B2", {"closed": 1, "dirty": 1}, "0"),
    ("village", "Y1", 1, "3"),
]


@pytest.mark.parametrize(
    ("name", "key", "value", "expected"), WORKED, ids=[f"{name} {key} {expected}" for name, key, _, expected in WORKED]
)
def test_gives_the_points_worked_out_by_hand(name, key, value, expected, luoyang, points):
    assert points(luoyang[name], key, value) == Fraction(expected)


def test_the_better_of_a_share_and_its_rise_counts(luoyang, points):
    grown = {"now_used": "30", "now_all": "100", "before_used": "24", "before_all": "100"}  # up by 6 points
    assert points(luoyang["procurement"], "B3", {"level": share(15)}) == 3
    assert points(luoyang["procurement"], "B3", {"level": share(15), "growth": grown}) == 6


def test_water_is_counted_by_the_room_night(luoyang, points):
    before = {"water_before": "1000", "nights_before": "100"}  # 10 m³ a night
    less = {"water_now": "950", "nights_now": "100"} | before  # 9.5 m³: down by 5%
    same = {"water_now": "950", "nights_now": "95"} | before  # 10 m³, for fewer guests
    assert points(luoyang["hotel"], "B5", less) == 15
    assert points(luoyang["hotel"], "B5", same) == 10


# --- verdicts

LEAST_OF_THE_MALL = {
    "A4": share(73, 100),  # 27 short: group A has 153 of 180
    "B1": share("59.5"),  # 13 of 40: group B has 153 of 180
    "C2": share(18),  # 9 of 25: group C has 64 of 80
    "D2": share(30),  # 14 steps of 5: group D has 56 of 70
    "E1": "partly",  # 10 of 20: group E has 40 of 50
    "F1": share(25),  # 9 of 15: group F has 34 of 40
}


def test_500_of_600_is_the_lowest_total_with_which_a_mall_passes(score):
    card = score("mall", **LEAST_OF_THE_MALL)
    assert [group.got.low for group in card.groups] == [group.needed for group in card.groups]
    assert [group.needed for group in card.groups] == [153, 153, 64, 56, 40, 34]
    assert (card.base.low, card.passed) == (500, True)
    weaker = score("mall", **LEAST_OF_THE_MALL | {"A4": share(72, 100)})
    assert (weaker.base.low, weaker.passed) == (499, False)


def test_a_mall_fails_with_585_points_when_its_least_group_falls_short(score):
    card = score("mall", F1=share(10))  # 25 of 40 in group F, where 34 are needed
    assert (card.base.low, card.passed) == (585, False)
    assert [group.key for group in card.groups if group.needed and group.got.low < group.needed] == ["F"]


def test_without_catering_a_malls_groups_keep_their_full_marks(score):
    # D2 falls away: 25 of the 50 points of D that are left become 35 of 70; F2 too: 25 of 25 become 40 of 40
    card = score("mall", {"has_catering": "no"}, D3=[])
    groups = {group.key: (group.got.low, group.full) for group in card.groups}
    assert (groups["D"], groups["F"]) == ((35, 70), (40, 40))


def test_a_mall_that_does_not_sort_scores_nothing(score):
    card = score("mall", B5={"sorting": "no", "missing": 0})
    assert (card.total.low, card.passed) == (0, False)


def test_a_hotels_leaves(score):
    assert score("hotel").level == "five"
    assert (score("hotel", C2=share(70)).base.low, score("hotel", C2=share(70)).level) == (280, "five")
    less = score("hotel", C2=share(70), E2=["lobby", "rooms", "booking"])
    assert (less.base.low, less.level) == (Fraction("277.5"), "four")
    # all of energy and water gone, and 50 more: 180 of 300 is one leaf, 179 is none
    bare = {"B1": {"renewables": share(0)}, "B2": "none", "B3": "none", "B4": change(100, 110)}
    thirsty = {"water_now": "120", "nights_now": "1", "water_before": "100", "nights_before": "1"}
    one = score("hotel", **bare, B5=thirsty, C2=share(60), C4=share(0), E1=share(0))
    assert (one.base.low, one.level, one.passed) == (180, "one", True)
    none = score("hotel", **bare, B5=thirsty, C2=share(60), C4=share(0), E1=share(0), A4=share(78, 100))
    assert (none.base.low, none.level, none.passed) == (179, None, False)


def test_the_leaves_of_a_hotel_without_restaurant_shrink_in_proportion(score):
    # C3 15, D2 15, D3 5 and D4 10 do not apply: 255 of 300 marks are left, and 180 become 153
    card = score("hotel", {"has_restaurant": "no"})
    assert (card.base.low, card.grades[0].total_needed, card.level) == (255, 153, "five")


def test_a_mine_needs_three_quarters_of_every_group(score):
    # A4 at 50% loses 40, A1 partly 15: 165 of 220 is exactly 75%
    lost = {"A4": share(50), "A1": "partly"}
    card = score("mine", **lost)
    assert (card.base.low, card.groups[0].got.low, card.groups[0].needed, card.passed) == (945, 165, 165, True)
    weaker = score("mine", **lost, A5=["roads", "crushing", "loading"])
    assert (weaker.base.low, weaker.passed) == (935, False)


def test_a_mine_needs_800_points(score):
    lost = {
        "A1": "none",  # −40: 180 of 220
        "B3": "partly",  # −25
        "B4": share(80),  # −25: 170 of 220
        "C1": share(60),  # −35
        "C4": share(75),  # −8: 157 of 200
        "D4": {"energy": "no", "clean": "yes"},  # −20: 120 of 140
        "E1": share("0.75"),  # −10: 90 of 100
    }
    enough = score("mine", **lost)
    assert (enough.base.low, enough.passed) == (837, True)
    weak = {
        "D1": change_of(-2),  # −10: 110 of 140
        "E3": 1,  # −10: 80 of 100
        "F1": {"body": "yes", "system": "no", "review": "yes"},  # −15: 105 of 120
        "F4": share(15, 25),  # −10: 95 of 120
    }
    least = score("mine", **lost | weak)
    assert (least.base.low, least.passed) == (792, False)
    # every group keeps its three quarters: it is the total that fails
    assert [group.key for group in least.groups if group.needed and group.got.low < group.needed] == []


def change_of(percent):
    """Waste per ton of product that changed by so many percent."""
    return {"waste_now": str(100 + percent), "product_now": "1", "waste_before": "100", "product_before": "1"}


def test_what_a_mine_does_not_make_is_made_up_for_by_the_rest(score):
    # tailings used, gangue not: 20 of the 40 points that are left become 30 of 60
    answer = {"tailings": "yes", "rock": None, "gangue": "no"}
    card = score("mine", {"has_waste_rock": "no"}, C2=answer)
    assert card.item("C2").got.low == 30


def test_a_scenic_area_needs_85_points_and_half_of_each_group(score):
    lost = {"B1": 7, "C2": 4, "D1": share("30.625")}  # −7 −7 −1
    assert (score("scenic", **lost).base.low, score("scenic", **lost).passed) == (85, True)
    assert score("scenic", **lost, B3=2).passed is False  # 84
    half = score("scenic", E1=dict.fromkeys(("sorting", "plates", "plastic", "bottles"), "no"))
    assert (half.base.low, half.passed) == (90, False)  # E keeps 5 of 15


def test_an_office_must_meet_its_targets_whatever_its_points(score):
    card = score("office", G6="no")
    assert (card.base.low, card.passed) == (100, False)


def test_an_office_without_canteen_gets_the_marks_of_the_canteen(score, luoyang):
    assert luoyang["office"].scoring.na_policy is NaPolicy.FULL
    card = score("office", {"has_canteen": "no", "diners": "0"}, D1=None, D2=None, D3=None)
    assert (card.base.low, card.passed) == (100, True)


def test_equipment_for_kitchen_waste_is_asked_of_large_canteens_only(score):
    assert score("office", {"diners": "1000"}, D3="none").item("D3").applies is True
    assert score("office", {"diners": "999"}, D3="none").item("D3").applies is False


def test_assessors_may_set_aside_a_fifth_of_an_office_and_no_more(score):
    assert score("office", aside=["B1", "B2", "B3", "B4"]).passed is True  # 20 of 100
    assert score("office", aside=["B1", "B2", "B3", "B4", "E4"]).passed is False  # 23 of 100


def test_compulsory_products_that_were_not_certified_forbid_the_award(score):
    card = score("procurement", B1=share(99))
    assert (card.base.low, card.passed) == (88, False)
    assert score("procurement", {"bought_compulsory": "no"}).passed is True


def test_tape_that_is_banned_forbids_the_award_of_an_outlet(score):
    card = score("express", {"is_hub": "no"}, B2=2)
    assert (card.base.low, card.passed) == (90, False)


def test_a_village_loses_points_for_what_was_found_elsewhere(score):
    card = score("village", Y1=2, Y2=2)  # 6 and 4
    assert (card.counted.low, card.deductions.low, card.passed) == (90, 10, True)
    worse = score("village", Y1=9, Y2=9, C1=share(80))  # 10 at most, and 8
    assert (worse.counted.low, worse.passed) == (82, True)
    nothing = {"point": "no", "deposit": "no", "disposal": "no"}
    worst = score("village", Y1=9, Y2=9, C1=share(80), D5=nothing)
    assert (worst.counted.low, worst.passed) == (77, False)


def test_a_village_without_cleaners_cannot_pass(score):
    card = score("village", A2="none")
    assert (card.base.low, card.passed) == (95, False)


# --- a register in Luoyang


NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture
def register(tmp_path):
    clock, given = HandClock(NOON), shipped.shipped_criteria()
    opened = open_workspace(tmp_path, given, person="王敏", cities=shipped.shipped_cities(), clock=clock)
    cities.use_city(opened, "luoyang")
    yield opened
    opened.close()


def test_a_register_in_luoyang_goes_from_an_empty_folder_to_a_certificate(register, luoyang, extremes):
    assert [category.key for category in browsing.categories(register)] == list(KINDS)
    hotel = extremes(luoyang["hotel"])
    facts = {key: str(value) for key, value in hotel.all_facts().items()}
    site = registering.add_site(register, SiteDraft("洛阳牡丹宾馆", "hotel", "luolong", facts=facts))
    row = assessing.start_assessment(register, site.id)
    found_in_order(register, row.id)
    assessing.record_answers(register, row.id, hotel.best(C2=share(70)))
    assert brought(register, row.id, Stage.FINISHED).total == 280
    brought(register, row.id, Stage.CERTIFIED)
    [certificate] = browsing.list_certificates(register)
    assert certificate.number == "LYWF-FD-2026-0001"
    assert "洛阳市无废城市细胞（绿色饭店）" in certificate.wording["zh"]["body"]
    assert "(Green Hotel) of Luoyang" in certificate.wording["en"]["body"]
    progress = browsing.progress(register)
    assert (progress.goal, progress.whole.certified, progress.categories["hotel"].certified) == (90, 1, 1)
    assert list(progress.categories) == list(KINDS)
    assert checking.doctor(register).sound


def test_an_activity_is_registered_and_assessed_like_a_site(register):
    site = registering.add_site(register, SiteDraft("市教育局2026年度采购", "procurement", "xigong"))
    row = assessing.start_assessment(register, site.id)
    checklist = browsing.checklist(register, row.edition)
    assert checklist.category.subject is Subject.ACTIVITY


def test_new_sites_in_luoyang_are_never_offered_a_checklist_of_jiaozuo(register):
    for category in browsing.categories(register):
        edition = browsing.current_edition(register, category.key)
        assert edition.key.startswith("LY-")
    assert {row.key[:3] for row in browsing.editions(register)} == {"LY-"}
    assert {row.key[:3] for row in browsing.editions(register, of_all_cities=True)} == {"LY-", "WF-"}
