"""The profile of Jiaozuo: what its draft plan says, and certificates that read well."""

from __future__ import annotations

import re
from datetime import date

import pytest

from wufei_cells.checklists.profile_reading import profile_document, read_profile, read_profile_document

# Division codes: 410802/03/04/11 districts, 410882/83 cities, 410821/22/23/25 counties; and the demonstration zone.
DISTRICTS = [
    *("解放区", "山阳区", "中站区", "马村区"),
    *("沁阳市", "孟州市"),
    *("修武县", "博爱县", "武陟县", "温县"),
    "城乡一体化示范区",
]


@pytest.fixture(scope="module")
def jiaozuo(criteria):
    path = criteria / "jiaozuo" / "profile.yaml"
    return read_profile(path.read_bytes(), path.name)


def test_the_goal_is_a_hundred_cells_by_the_end_of_2027(jiaozuo):
    assert (jiaozuo.goal.count, jiaozuo.goal.by) == (100, date(2027, 12, 31))
    assert "焦作市“无废城市”建设实施方案（2026—2030年）" in jiaozuo.goal.source.zh


def test_it_is_not_official_and_tells_what_is_only_suggested(jiaozuo):
    assert not jiaozuo.official
    for word in ("非官方", "征求意见稿", "牵头部门", "山东", "证书"):
        assert word in jiaozuo.notice.zh
    assert jiaozuo.validity_years == 3


def test_it_has_the_ten_county_level_divisions_and_the_zone(jiaozuo):
    assert [district.text.zh for district in jiaozuo.districts] == DISTRICTS
    assert all(district.text.en for district in jiaozuo.districts)


def test_every_category_has_a_lead_and_a_place_to_look(jiaozuo):
    assert all(plan.leads and plan.selection.zh and plan.selection.en for plan in jiaozuo.categories)
    assert all(lead.zh and lead.en for plan in jiaozuo.categories for lead in plan.leads)
    assert all(plan.target is None for plan in jiaozuo.categories)  # the plan gives no number for each category


def test_certificate_numbers_follow_the_format(jiaozuo, checklists):
    codes = [checklist.category.code for checklist in checklists.values()]
    numbers = [jiaozuo.certificate.number.format(code=code, year=2026, serial=7) for code in codes]
    assert "JZWF-JG-2026-0007" in numbers
    assert len(set(numbers)) == 6
    assert all(re.fullmatch(r"JZWF-[A-Z]{2}-2026-0007", number) for number in numbers)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_certificate_is_whole_in_both_languages(jiaozuo, checklists, language):
    office = checklists["office"]
    slots = {
        "site": "某局",
        "category": office.category.text.in_language(language),
        "city": jiaozuo.city.in_language(language),
        "checklist": office.title.in_language(language),
        "edition": office.edition,
    }
    wording = jiaozuo.certificate
    written = [part.in_language(language).format(**slots) for part in (wording.title, wording.body, wording.remark)]
    assert all(written)
    assert "某局" in written[1]
    assert office.category.text.in_language(language) in written[0]
    assert ("动态管理" if language == "zh" else "dynamic management") in written[2]


def test_is_the_same_after_a_trip_through_its_stored_document(jiaozuo):
    assert read_profile_document(profile_document(jiaozuo)) == jiaozuo
