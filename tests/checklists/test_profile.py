"""A city profile: sound ones read back from their document, mistakes are told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from wufei_cells.checklists.profile_reading import profile_document, read_profile, read_profile_document
from wufei_cells.errors import ProblemsFound

PROFILES = sorted((Path(__file__).resolve().parents[2] / "criteria").glob("*/profile.yaml"))

PROFILE = """\
key: example
version: "1"
city: 示例市
issuer: 示例市办公室
goal: {count: 60, by: 2028-12-31}
validity_years: 3
districts: [{key: east, text: 东区}, {key: west, text: 西区}]
categories: [{category: school, leads: [市教育局], target: 20}]
parameters: {pass_mark: 42}
certificate:
  number: "SL-{code}-{year}-{serial:04d}"
  title: 证书
  body: 兹认定{site}
"""


def problems(passage: str = "", replacement: str = "") -> list[tuple[str, str]]:
    assert passage in PROFILE
    try:
        read_profile(PROFILE.replace(passage, replacement).encode(), "city.yaml")
    except ProblemsFound as found:
        return [(problem.code, problem.place) for problem in found.problems]
    return []


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.parent.name)
def test_a_shipped_profile_reads_back_from_its_document(path):
    profile = read_profile(path.read_bytes(), path.name)
    assert read_profile_document(profile_document(profile)) == profile


def test_a_small_profile_is_sound():
    assert PROFILES
    assert problems() == []
    assert read_profile_document(profile_document(read_profile(PROFILE.encode(), "x"))).validity_years == 3


@pytest.mark.parametrize(
    ("passage", "replacement", "problem"),
    [
        ("count: 60", "count: 0", ("profile.goal", "city.yaml:5:15 goal.count")),
        ("validity_years: 3", "validity_years: 0", ("profile.validity", "city.yaml:6:17 validity_years")),
        ("key: west", "key: east", ("rule.duplicate_key", "city.yaml:7:36 districts.2")),
        ("pass_mark: 42", "pass_mark: much", ("field.not_number", "city.yaml:9:25 parameters.pass_mark")),
        ("-{serial:04d}", "", ("profile.missing_slot", "city.yaml:11:11 certificate.number")),
        ("{serial:04d}", "{serial:dd}", ("profile.template", "city.yaml:11:11 certificate.number")),
        ("{serial:04d}", "{serial", ("profile.template", "city.yaml:11:11 certificate.number")),
        ("兹认定{site}", "兹认定{name}", ("profile.unknown_slot", "city.yaml:13:9 certificate.body.zh")),
        ("兹认定{site}", "兹认定{}", ("profile.unknown_slot", "city.yaml:13:9 certificate.body.zh")),
        ("兹认定{site}", "'{site.__class__}'", ("profile.unknown_slot", "city.yaml:13:9 certificate.body.zh")),
        ("target: 20", "target: 1.5", ("field.not_whole", "city.yaml:8:56 categories.1.target")),
        ('version: "1"', 'version: "1"\nlogo: x.png', ("field.unknown", "city.yaml:3:7 logo")),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(passage, replacement, problem):
    assert problems(passage, replacement) == [problem]


def test_all_mistakes_are_told_at_once():
    written = "goal: {count: 60, by: 2028-12-31}\nvalidity_years: 3"
    found = problems(written, "goal: {count: many}\nvalidity_years: long")
    assert [code for code, _place in found] == ["field.missing", "field.not_number", "field.not_number"]
    assert [code for code, _place in problems(written, "goal: {by: 2028-12-31}")] == [
        "profile.validity",
        "profile.goal",
    ]


def test_a_number_may_change_with_the_years():
    written = "{pass_mark: {value: 40, phases: [{from: 2027-01-01, value: 42}, {from: 2028-01-01, value: 45.5}]}}"
    profile = read_profile(PROFILE.replace("{pass_mark: 42}", written).encode(), "x")
    number = profile.parameters["pass_mark"]
    assert (number.value, [str(phase.value) for phase in number.phases]) == (40, ["42", "45.5"])
    assert [phase.start.year for phase in number.phases] == [2027, 2028]
    assert read_profile_document(profile_document(profile)) == profile


def test_a_number_without_phases_is_written_as_the_number_alone():
    written = PROFILE.replace("{pass_mark: 42}", "{pass_mark: {value: 42}}")
    assert profile_document(read_profile(written.encode(), "x")) == profile_document(
        read_profile(PROFILE.encode(), "x")
    )


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("{value: 40, phases: [{from: 2028-01-01, value: 42}, {from: 2027-01-01, value: 45}]}", "profile.phases"),
        ("{value: 40, phases: [{from: 2028-01-01, value: 42}, {from: 2028-01-01, value: 45}]}", "profile.phases"),
        ("{value: 40, phases: [{from: soon, value: 42}]}", "field.not_date"),
        ("{phases: []}", "field.missing"),
        ("{value: 40, until: 2028-01-01}", "field.unknown"),
        ("[40]", "field.not_number"),
    ],
)
def test_a_number_that_changes_is_checked(written, problem):
    assert [code for code, _place in problems("{pass_mark: 42}", f"{{pass_mark: {written}}}")] == [problem]


ASKED = """\
precheck:
  - {key: credit, text: {zh: 没有失信记录, en: No record}, source: 某规程}
  - {key: lessons, text: 没有停课整顿, categories: [school]}
"""


def test_what_shuts_a_site_out_is_asked_of_the_categories_it_concerns():
    profile = read_profile((PROFILE + ASKED).encode(), "x")
    assert read_profile_document(profile_document(profile)) == profile
    of_school, of_office = (
        [question.key for question in profile.precheck if question.concerns(category)]
        for category in ("school", "office")
    )
    assert (of_school, of_office) == (["credit", "lessons"], ["credit"])


def test_a_profile_that_asks_nothing_gives_the_document_it_always_gave():
    assert "precheck" not in profile_document(read_profile(PROFILE.encode(), "x"))


@pytest.mark.parametrize(
    ("passage", "replacement", "problem"),
    [
        ("key: lessons", "key: credit", ("rule.duplicate_key", "city.yaml:16:5 precheck.2")),
        ("[school]", "[shool]", ("profile.unknown_category", "city.yaml:16:47 precheck.2.categories.1")),
        ("text: 没有停课整顿, ", "", ("field.missing", "city.yaml:16:5 precheck.2.text")),
        ("source: 某规程", "origin: 某规程", ("field.unknown", "city.yaml:15:62 precheck.1.origin")),
    ],
)
def test_questions_are_checked(passage, replacement, problem):
    assert passage in ASKED
    with pytest.raises(ProblemsFound) as error:
        read_profile((PROFILE + ASKED.replace(passage, replacement)).encode(), "city.yaml")
    assert [(found.code, found.place) for found in error.value.problems] == [problem]
