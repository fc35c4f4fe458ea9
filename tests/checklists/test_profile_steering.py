"""What a profile lays down to steer by: targets within the goal, levels of follow-up, indicators."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.checklists.test_profile import PROFILE
from wufei_cells.checklists.profile_reading import profile_document, read_profile, read_profile_document
from wufei_cells.domain.indicators import Better
from wufei_cells.domain.targets import Target
from wufei_cells.errors import ProblemsFound

CRITERIA = Path(__file__).resolve().parents[2] / "criteria"
STEERED = """\
follow_up:
  - {key: remind, text: 工作提醒}
  - {key: on_site, text: 现场督导}
indicators:
  - {key: landfill, text: 填埋处置率, unit: "%", better: less,
     targets: [{year: 2027, value: 20}, {year: 2030, value: 15}]}
"""


def steered(targets: str = "{category: school, count: 20, by: 2027-12-31}", more: str = STEERED) -> bytes:
    start, goal, rest = PROFILE.partition("goal: {")
    return f"{start}{goal}targets: [{targets}], {rest}{more}".encode()


def problems(content: bytes) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        read_profile(content, "city.yaml")
    return [problem.code for problem in found.value.problems]


def test_what_is_laid_down_is_kept_in_the_document():
    profile = read_profile(steered(), "x")
    assert profile.goal.targets == (Target("school", None, 20, date(2027, 12, 31)),)
    assert [level.key for level in profile.follow_up] == ["remind", "on_site"]
    [landfill] = profile.indicators
    assert (landfill.better, landfill.target_for(2028).value) == (Better.LESS, Decimal(15))
    assert read_profile_document(profile_document(profile)) == profile


def test_a_profile_that_lays_nothing_down_gives_the_document_it_always_gave():
    document = profile_document(read_profile(PROFILE.encode(), "x"))
    assert not any(name in document for name in ("targets", "follow_up", "indicators", "stage_days"))


@pytest.mark.parametrize(
    ("targets", "problem"),
    [
        ("{category: shool, count: 20, by: 2027-12-31}", "profile.target_category"),
        ("{district: nowhere, count: 20, by: 2027-12-31}", "profile.target_district"),
        ("{count: 20, by: 2027-12-31}", "profile.target_of_all"),
        ("{category: school, count: 0, by: 2027-12-31}", "profile.target"),
        ("{category: school, by: 2027-12-31}", "profile.target"),
        ("{category: school, count: 20}", "field.missing"),
        (", ".join(["{category: school, count: 20, by: 2027-12-31}"] * 2), "profile.target_twice"),
    ],
)
def test_targets_are_checked(targets, problem):
    assert problems(steered(targets)) == [problem]


@pytest.mark.parametrize(
    ("passage", "replacement", "problem"),
    [
        ("key: on_site", "key: remind", "rule.duplicate_key"),
        ("2030", "2027", "profile.years"),
        ("2030", "soon", "profile.year"),
        ("better: less,", "", "field.missing"),
        ("better: less", "better: best", "field.not_choice"),
    ],
)
def test_levels_and_indicators_are_checked(passage, replacement, problem):
    assert problem in problems(steered(more=STEERED.replace(passage, replacement)))


@pytest.mark.parametrize("city", ["jiaozuo", "luoyang"])
def test_the_cities_say_where_each_number_stands(city):
    profile = read_profile((CRITERIA / city / "profile.yaml").read_bytes(), city)
    assert len(profile.indicators) > 10
    assert all(one.source.zh and one.source.en and one.targets and one.leads for one in profile.indicators)
    assert [level.text.zh for level in profile.follow_up] == ["工作提醒", "通报督办", "现场督导"]
    assert profile.goal.targets == ()  # the plans lay none down
    assert profile.process.stage_days
