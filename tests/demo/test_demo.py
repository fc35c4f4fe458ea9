"""The whole job, played by the command that a newcomer types first."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from wufei_cells.command_line.main import main
from wufei_cells.domain.lifecycle import DECIDED, Stage


def wufei(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wufei_cells", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("演示 demo") / "结果"
    return folder, wufei("demo", str(folder), "--language", "zh")


def told(*arguments: str) -> Any:
    """What a command says as JSON, asked in this process."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert main([*arguments, "--json"]) == 0
    return json.loads(said.getvalue())


@pytest.fixture(scope="module")
def sites(played) -> dict[str, dict[str, object]]:
    listed = told("--data", str(played[0] / "database"), "--as", "王建国", "site", "list")
    return {site["name"]: site for site in listed}


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
    data = ("--data", str(folder / "database"), "--as", "王建国")
    assert {one["state"] for one in told(*data, "certificate", "list")} == {"valid", "suspended", "withdrawn"}
    named = {(one["document_number"], one["certified"]) for one in told(*data, "batch", "list")}
    assert named == {("示例〔第一批〕1号", 6), ("示例〔第二批〕1号", 1), ("", 0)}
    back = told(*data, "assess", "show", "示例社区㳇河苑（虚构）")
    assert (set(back["returned"]), back["revision"]) == ({"C4", "E1"}, 2)
    assert [one["kind"] for one in told(*data, "assess", "objections")] == ["appeal"]
    assert [one["kind"] for one in told(*data, "certificate", "due")] == ["order"]
    assert told(*data, "role", "list")["reviewer"] == ["张慧"]


def test_the_register_can_be_looked_at_as_of_any_day_of_the_story(played):
    folder, _done = played
    before = (date.today() - timedelta(days=30)).isoformat()  # noqa: DTZ011 - as the commands read it
    data = ("--data", str(folder / "database"), "--as", "王建国", "--as-of", before)
    assert told(*data, "progress")["certified"] == 0
    stages = {site["name"]: site["stage"] for site in told(*data, "site", "list")}
    assert stages["焦作市机关事务中心"] == "approved"
    assert "焦作万达广场" not in stages


def test_each_decided_site_has_its_scoresheet(played, sites):
    folder, _done = played
    decided = [site for site in sites.values() if site["stage"] in DECIDED]
    assert len(list((folder / "scoresheets").glob("*.xlsx"))) == len(decided)


def test_the_register_it_leaves_is_sound_and_counts_what_was_issued(played, sites):
    folder, _done = played
    data = ("--data", str(folder / "database"), "--as", "王建国")
    assert told(*data, "doctor")["sound"] is True
    progress = told(*data, "progress")
    assert progress["goal"] == 100
    assert progress["by"] == "2027-12-31"
    held = sum(site["stage"] == "certified" for site in sites.values())
    assert progress["certified"] == held - 2  # one is suspended, one withdrawn


def test_playing_again_keeps_the_earlier_folder_unchanged(played, tmp_path):
    folder = tmp_path / "demo"
    shutil.copytree(played[0], folder)
    before = (folder / "database" / "wufei.db").read_bytes()
    told("demo", str(folder), "--language", "en")
    assert (tmp_path / "demo-earlier-1" / "database" / "wufei.db").read_bytes() == before


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    done = wufei("demo", str(tmp_path), "--language", "en")
    assert done.returncode == 1
    assert "left it alone" in done.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]
