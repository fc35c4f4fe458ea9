"""``score``: an answers file against a checklist file, without any register."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.samples.registers import SAMPLES

FULL = {"G1": "yes", "A1": {"plan": "yes", "staff": "yes"}, "A2": {"part": "95", "whole": "100"}, "B1": "yes"}


@pytest.fixture
def score(run, tmp_path, small_file):
    """Score some answers; give the JSON document."""

    def scored(answers: object, *options: object, checklist: Path = small_file):
        path = tmp_path / "answers.json"
        path.write_text(answers if isinstance(answers, str) else json.dumps(answers, ensure_ascii=False), "utf-8")
        ended = run("score", "--checklist", checklist, "--answers", path, "--json", *options)
        assert (ended.code, ended.err) == (0, ""), ended.err
        return ended.json

    return scored


def test_the_document_has_the_promised_shape_with_numbers_as_text(score):
    card = score({"facts": {"canteen": "yes"}, **FULL})
    promised = {name: card[name] for name in ("total", "level", "passed", "range", "gates", "groups", "missing")}
    assert promised["gates"] == [{"item": "G1", "ok": True, "kind": "condition"}]
    groups = [{name: group[name] for name in ("key", "got", "full")} for group in promised.pop("groups")]
    assert groups == [{"key": "A", "got": "15", "full": "15"}, {"key": "B", "got": "5", "full": "5"}]
    promised.pop("gates")
    assert promised == {"total": "20", "level": "good", "passed": True, "range": ["20", "20"], "missing": []}


def test_no_number_of_points_is_ever_a_floating_one(score):
    def numbers(data: object) -> list[object]:
        if isinstance(data, dict):
            return [found for value in data.values() for found in numbers(value)]
        if isinstance(data, list):
            return [found for value in data for found in numbers(value)]
        return [data] if isinstance(data, int | float) and not isinstance(data, bool) else []

    assert numbers(score({"facts": {"canteen": "yes"}, **FULL})) == []


def test_what_is_not_answered_leaves_a_range_and_no_verdict(score):
    card = score({"facts": {"canteen": "yes"}, "A1": {"plan": "yes"}, "G1": "yes"})
    assert (card["total"], card["level"], card["passed"]) == (None, None, None)
    assert card["range"] == ["2", "20"]
    assert card["missing"] == ["A1.staff", "A2", "B1"]


def test_unknown_facts_are_missing_too(score):
    card = score(FULL)
    assert card["missing"] == ["facts.canteen"]
    assert card["total"] is None


@pytest.mark.parametrize("value", ["no", False])
def test_what_does_not_apply_is_left_out(score, value):
    card = score({**FULL, "facts": {"canteen": value}})
    assert card["total"] == "20"
    assert next(item for item in card["items"] if item["key"] == "B1")["applies"] is False
    assert card["cautions"]


def test_an_item_is_set_aside_with_a_reason(score):
    card = score({**FULL, "facts": {"canteen": "yes"}, "B1": {"na": "食堂停用"}})
    assert (card["total"], card["passed"], card["missing"]) == ("20", True, [])


def test_a_failed_gate_fails_the_whole(score):
    card = score({**FULL, "facts": {"canteen": "yes"}, "G1": "no"})
    assert (card["total"], card["passed"], card["level"]) == ("20", False, None)
    assert card["gates"] == [{"item": "G1", "ok": False, "kind": "condition"}]


def test_a_total_that_never_ends_is_cut_and_given_exactly_beside(score):
    card = score({**FULL, "facts": {"canteen": "yes"}, "A1": {"na": "无"}, "A2": {"part": 88, "whole": 100}})
    assert (card["total"], card["exact"]["total"]) == ("17.33", "52/3")


def test_numbers_in_the_file_may_be_text_whole_or_with_decimals(score):
    for part in ("85.5", 85.5):
        card = score({**FULL, "facts": {"canteen": "yes"}, "A2": {"part": part, "whole": 100}})
        assert card["total"] == "16"  # 4.5 short of 90, of which 4 whole steps count


def test_a_citys_own_numbers_may_be_given(score):
    answers = {**FULL, "facts": {"canteen": "yes"}, "A2": {"part": "85", "whole": "100"}}
    assert score(answers)["passed"] is False
    assert score(answers, "--profile", SAMPLES / "city.yaml")["passed"] is True


def test_for_people_it_says_the_verdict_and_why(run, tmp_path, small_file):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({**FULL, "facts": {"canteen": "yes"}}), "utf-8")
    command = ("score", "--checklist", small_file, "--answers", path)
    chinese, english = run(*command, "--language", "zh"), run(*command, "--language", "en")
    assert chinese.code == english.code == 0
    for ended, words in ((chinese, ("领导", "抽样", "20")), (english, ("Leadership", "Sample", "20"))):
        assert all(word in ended.out for word in words)
        assert len(ended.out.splitlines()) > 6


def test_nothing_is_opened_or_made_for_it(run, data, tmp_path, small_file):
    path = tmp_path / "answers.json"
    path.write_text("{}", "utf-8")
    assert run("score", "--checklist", small_file, "--answers", path, folder=tmp_path / "nowhere").code == 0
    assert list(data.iterdir()) == []


def test_json_checklists_and_files_with_a_byte_order_mark_are_read(score, tmp_path):
    plain = yaml.load((SAMPLES / "small.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes no objects
    as_json = tmp_path / "small.json"
    as_json.write_text("\ufeff" + json.dumps(plain, ensure_ascii=False), "utf-8")
    assert score({**FULL, "facts": {"canteen": "yes"}}, checklist=as_json)["total"] == "20"
