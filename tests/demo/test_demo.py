"""The whole job, played by the command that a newcomer types first."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from wufei_cells.domain.lifecycle import DECIDED, Stage


def wufei(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wufei_cells", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("演示 demo") / "结果"
    return folder, wufei("demo", str(folder), "--language", "zh")


@pytest.fixture(scope="module")
def sites(played) -> dict[str, dict[str, object]]:
    done = wufei("--data", str(played[0] / "database"), "site", "list", "--json")
    return {site["name"]: site for site in json.loads(done.stdout)}


def test_it_ends_well_and_says_where_things_are(played):
    folder, done = played
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for place in ("certificates", "scoresheets", "progress-report.pdf", "database"):
        assert str(folder / place) in done.stdout
        assert (folder / place).exists()


def test_it_tells_progress_and_then_who_passed_and_who_did_not(played):
    _folder, done = played
    lines = done.stdout.splitlines()
    assert sum(line.startswith("[") for line in lines) == 19
    assert any("✓ 云台山风景名胜区" in line and "JZWF-JQ-" in line for line in lines)
    assert any("✕ 示例化工厂乙" in line and "危险废物只交给持证单位" in line for line in lines)
    assert any("目标 100 个" in line for line in lines)
    assert any("示例数据" in line for line in lines)


def test_every_ending_is_there(sites):
    assert {site["stage"] for site in sites.values()} == set(Stage) - {"stopped", "finished", "approved"}
    assert sites["示例商场丁（虚构）"]["total"] == "0"
    assert sites["焦作市机关事务中心"]["certificate"].startswith("JZWF-JG-")


def test_each_certificate_is_a_specimen_on_one_page(played, sites):
    folder, _done = played
    papers = sorted((folder / "certificates").glob("*.pdf"))
    assert len(papers) == sum(site["stage"] == "certified" for site in sites.values())
    for paper in papers:
        reader = PdfReader(paper)
        assert len(reader.pages) == 1
        assert "示例" in reader.pages[0].extract_text()


def test_sites_are_on_every_part_of_the_way(played):
    folder, _done = played
    data = ("--data", str(folder / "database"), "--as", "王建国", "--json")

    def told(*command: str):
        return json.loads(wufei(*data, *command).stdout)

    assert {one["state"] for one in told("certificate", "list")} == {"valid", "suspended", "withdrawn"}
    named = {(one["document_number"], one["certified"]) for one in told("batch", "list")}
    assert named == {("示例〔第一批〕1号", 6), ("示例〔第二批〕1号", 1), ("", 0)}
    back = told("assess", "show", "示例社区㳇河苑（虚构）")
    assert (set(back["returned"]), back["revision"]) == ({"C4", "E1"}, 2)
    assert [one["kind"] for one in told("assess", "objections")] == ["appeal"]
    assert [one["kind"] for one in told("certificate", "due")] == ["order"]
    assert told("role", "list")["reviewer"] == ["张慧"]


def test_the_register_can_be_looked_at_as_of_any_day_of_the_story(played):
    folder, _done = played
    before = (date.today() - timedelta(days=30)).isoformat()  # noqa: DTZ011 - as the commands read it
    data = ("--data", str(folder / "database"), "--as-of", before, "--json")
    assert json.loads(wufei(*data, "progress").stdout)["certified"] == 0
    stages = {site["name"]: site["stage"] for site in json.loads(wufei(*data, "site", "list").stdout)}
    assert stages["焦作市机关事务中心"] == "approved"
    assert "焦作万达广场" not in stages


def test_each_decided_site_has_its_scoresheet(played, sites):
    folder, _done = played
    decided = [site for site in sites.values() if site["stage"] in DECIDED]
    assert len(list((folder / "scoresheets").glob("*.xlsx"))) == len(decided)


def test_the_register_it_leaves_is_sound_and_counts_what_was_issued(played, sites):
    folder, _done = played
    data = str(folder / "database")
    assert json.loads(wufei("--data", data, "doctor", "--json").stdout)["sound"] is True
    progress = json.loads(wufei("--data", data, "progress", "--json").stdout)
    assert progress["goal"] == 100
    assert progress["by"] == "2027-12-31"
    held = sum(site["stage"] == "certified" for site in sites.values())
    assert progress["certified"] == held - 2  # one is suspended, one withdrawn


def test_playing_again_keeps_the_earlier_folder_unchanged(tmp_path):
    folder = tmp_path / "demo"
    assert wufei("demo", str(folder)).returncode == 0
    before = (folder / "database" / "wufei.db").read_bytes()
    assert wufei("demo", str(folder), "--json", "--language", "en").returncode == 0
    assert (tmp_path / "demo-earlier-1" / "database" / "wufei.db").read_bytes() == before


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    done = wufei("demo", str(tmp_path), "--language", "en")
    assert done.returncode == 1
    assert "left it alone" in done.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]
