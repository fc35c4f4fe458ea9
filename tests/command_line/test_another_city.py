"""Another city and a seventh category, by files and commands only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wufei_cells.command_line.main import main

SAMPLES = Path(__file__).parents[1] / "samples"


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


def test_a_running_assessment_stays_with_the_numbers_it_was_started_with(wufei):
    site = wufei("site", "add", "--name", "一处", "--category", "office", "--district", "wen")
    started = wufei("assess", "start", site["name"])
    wufei("profile", "adopt", str(SAMPLES / "other_city.yaml"))
    assert wufei("assess", "show", started["id"])["edition"] == started["edition"]
