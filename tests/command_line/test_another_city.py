"""Another city and a seventh category, by files and commands only; and the cities that come with the program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from wufei_cells.command_line.main import main

SAMPLES = Path(__file__).parents[1] / "samples"
SHIPPED_CITY = Path(__file__).parents[2] / "criteria" / "jiaozuo" / "profile.yaml"


@pytest.fixture
def wufei(tmp_path, capsys):
    """Run a command on a register of its own and give what it printed as JSON."""

    def run(*arguments: str) -> object:
        code = main(["--data", str(tmp_path), "--as", "李明", "--json", *arguments])
        captured = capsys.readouterr()
        assert code == 0, captured.err
        return json.loads(captured.out)

    return run


def test_a_seventh_category_is_a_file_that_is_published(wufei):
    wufei("checklist", "publish", str(SAMPLES / "school.yaml"))
    categories = {row["category"] for row in wufei("checklist", "list")}
    assert len(categories) == 7
    site = wufei("site", "add", "--name", "实验小学", "--category", "school", "--district", "wen")
    started = wufei("assess", "start", site["name"])
    assert started["category"] == "school"


def test_publishing_the_same_file_twice_changes_nothing(wufei):
    first = wufei("checklist", "publish", str(SAMPLES / "school.yaml"))
    before = wufei("digest")
    assert wufei("checklist", "publish", str(SAMPLES / "school.yaml")) == first
    assert wufei("digest") == before


def test_another_city_is_a_file_that_is_adopted_and_stays_adopted(wufei):
    wufei("checklist", "list")
    adopted = wufei("profile", "adopt", str(SAMPLES / "other_city.yaml"))
    assert adopted["key"] != "jiaozuo"
    progress = wufei("progress")  # opens the register anew, with the shipped files at hand
    assert progress["goal"] != 100
    assert "wen" not in progress["districts"]


def test_a_city_may_change_its_numbers_and_running_assessments_keep_theirs(wufei, tmp_path_factory):
    site = wufei("site", "add", "--name", "一处", "--category", "office", "--district", "wen")
    started = wufei("assess", "start", site["name"])
    stricter = tmp_path_factory.mktemp("city") / "stricter.yaml"
    shipped = SHIPPED_CITY.read_text(encoding="utf-8")
    stricter.write_text(re.sub(r"pass_mark: \d+", "pass_mark: 90", shipped), encoding="utf-8")
    wufei("profile", "adopt", str(stricter))
    assert wufei("assess", "show", started["id"])["edition"] == started["edition"]
    other = wufei("site", "add", "--name", "另一处", "--category", "office", "--district", "wen")
    assert wufei("assess", "start", other["name"])["edition"] != started["edition"]


def test_another_city_does_not_take_over_a_register_with_sites_in_it(wufei, tmp_path, capsys):
    wufei("site", "add", "--name", "一处", "--category", "office", "--district", "wen")
    before = wufei("digest")
    adopt = ["profile", "adopt", str(SAMPLES / "other_city.yaml")]
    assert main(["--data", str(tmp_path), "--language", "en", *adopt]) == 1
    assert "register of its own" in capsys.readouterr().err
    assert wufei("digest") == before


def test_a_published_edition_never_changes(wufei, tmp_path, tmp_path_factory, capsys):
    wufei("checklist", "publish", str(SAMPLES / "school.yaml"))
    changed = tmp_path_factory.mktemp("files") / "school.yaml"
    text = (SAMPLES / "school.yaml").read_text(encoding="utf-8")
    changed.write_text(text.replace("无废学校标准", "无废学校新标准"), encoding="utf-8")
    assert main(["--data", str(tmp_path), "--language", "en", "checklist", "publish", str(changed)]) == 1
    assert "never changes" in capsys.readouterr().err


def test_the_cities_that_come_with_the_program_are_listed(wufei):
    listed = wufei("city", "list")
    assert [(row["key"], row["checklists"], row["in_use"]) for row in listed] == [
        ("jiaozuo", 6, True),
        ("luoyang", 9, False),
    ]


def test_a_register_can_work_for_another_city_that_comes_with_the_program(wufei):
    assert wufei("city", "use", "luoyang")["city"] == {"zh": "洛阳市", "en": "Luoyang"}
    assert [row["key"] for row in wufei("city", "list") if row["in_use"]] == ["luoyang"]
    editions = wufei("checklist", "list")
    assert len(editions) == 9
    assert {row["key"][:3] for row in editions} == {"LY-"}
    site = wufei("site", "add", "--name", "一家饭店", "--category", "hotel", "--district", "luolong")
    assert wufei("assess", "start", site["name"])["category"] == "hotel"


def test_a_city_in_use_is_said_in_words(wufei, tmp_path, capsys):
    assert main(["--data", str(tmp_path), "--language", "en", "city", "use", "luoyang"]) == 0
    assert "Now working for Luoyang, with its profile and checklists: 9 categories." in capsys.readouterr().out
    assert main(["--data", str(tmp_path), "--language", "zh", "city", "list"]) == 0
    assert "luoyang  洛阳市  2026.4  9 个评估标准（正在使用）" in capsys.readouterr().out


def test_sites_bind_a_register_to_its_city_and_an_unknown_city_is_refused(wufei, tmp_path, capsys):
    wufei("site", "add", "--name", "一处", "--category", "office", "--district", "wen")
    before = wufei("digest")
    assert main(["--data", str(tmp_path), "--language", "en", "city", "use", "luoyang"]) == 1
    assert "register of its own" in capsys.readouterr().err
    assert main(["--data", str(tmp_path), "--language", "en", "city", "use", "atlantis"]) == 1
    assert "jiaozuo, luoyang" in capsys.readouterr().err
    assert wufei("digest") == before
