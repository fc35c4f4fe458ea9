"""``checklist check --profile``: what a city's own numbers do to a checklist, and which of them it is."""

from __future__ import annotations

import pytest
import yaml

from tests.samples.registers import SAMPLES

QUARRY = SAMPLES / "quarry.yaml"


@pytest.fixture
def check(run, tmp_path):
    """Check the quarries' checklist under a city that sets some parameters."""

    def checked(*options: str, **parameters: object):
        profile = yaml.safe_load((SAMPLES / "city.yaml").read_text("utf-8"))
        path = tmp_path / "city.yaml"
        path.write_text(yaml.safe_dump({**profile, "parameters": parameters}, allow_unicode=True), "utf-8")
        return run("checklist", "check", QUARRY, "--profile", path, *options)

    return checked


def test_a_city_whose_numbers_fit_finds_nothing(check):
    ended = check(pass_mark=60, something_else=3)
    assert (ended.code, ended.out) == (0, f"{QUARRY}: 没有发现问题\n")


def test_a_number_that_the_city_replaces_is_told_though_nothing_is_wrong(check):
    ended = check(pass_mark=70)
    told = "  参数“达标线”：文件写 60，本市已定为 70，发布后按 70。要改，请改城市配置。"
    assert (ended.code, ended.out.splitlines()) == (0, [f"{QUARRY}: 没有发现问题", told])
    assert check("--json", pass_mark=70).json["overridden"] == [{"parameter": "pass_mark", "own": "60", "city": "70"}]


def test_a_number_that_the_city_sets_without_its_later_ones_is_told_with_these(check):
    [told] = check("--language", "en", used_rate=40).out.splitlines()[1:]
    assert "the file says 40, 45 from 2026-07-01 on, 50 from 2027-01-01 on, this city has laid down 40," in told


def test_a_problem_names_the_number_of_the_city_and_its_place_in_the_file(check):
    ended = check(pass_mark=90, used_rate=35)
    assert ended.code == 1
    told, *replaced = ended.out.splitlines()[1:]
    assert told.strip().startswith("quarry.yaml:")
    assert ["文件写" in line for line in replaced] == [True, True]
    assert "85" in told
    assert told.endswith("（参数 $pass_mark 在本市为 90）")
    [problem] = check("--json", pass_mark=90, used_rate=35).json["problems"]
    assert problem["city_numbers"] == {"pass_mark": "90"}


def test_a_number_that_only_comes_later_is_named_with_its_day(check):
    phases = {"value": 60, "phases": [{"from": "2027-01-01", "value": 120}]}
    ended = check("--language", "en", pass_mark=phases)
    assert ended.out.splitlines()[1].endswith("(parameter $pass_mark is 60, 120 from 2027-01-01 on in this city)")


def test_what_is_wrong_with_the_file_itself_is_not_laid_on_the_city(run, tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text(QUARRY.read_text("utf-8").replace("full: 10\n", "full: ten\n"), "utf-8")
    ended = run("checklist", "check", broken, "--profile", SAMPLES / "city.yaml")
    assert ended.code == 1
    assert "在本市" not in ended.out
