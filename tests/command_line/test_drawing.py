"""Drawing by lot from the command line: announce, draw, look, check, print; and how it refuses."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from tests.samples.registers import HandClock, add_site, open_register, scored
from wufei_cells.services import assessing, certifying, deciding

CHOICE = ("--title", "秋季抽查", "--inspector", "陈检", "--inspector", "林检", "--inspector", "周检", "--per-site", "1")
SEED = ("--seed", "07 13 22", "--source", "双色球第128期")


@pytest.fixture
def sites(data):
    """Three sites with certificates."""
    workspace = open_register(data, HandClock())
    names = ("甲单位", "乙单位", "丙单位")
    for name in names:
        row = scored(workspace, add_site(workspace, name))
        assessing.finish_assessment(workspace, row.id)
        deciding.decide(workspace, row.id, approve=True)
        certifying.issue_certificate(workspace, row.id)
    workspace.close()
    return names


def test_from_the_announced_list_to_the_papers(run, ask, sites, tmp_path):
    listed = tmp_path / "名单.txt"
    plan = ask("drawing", "plan", *CHOICE, "--number", 2, "-o", listed)
    assert plan["list_hash"] == sha256(listed.read_bytes()).hexdigest()
    assert {site["name"] for site in plan["sites"]} == set(sites)
    made = ask("drawing", "draw", *CHOICE, "--number", 2, *SEED, "--announced", plan["list_hash"])
    assert len(made["drawn"]) == 2
    assert [row["id"] for row in ask("drawing", "list")] == [made["id"]]
    shown = run("drawing", "show", "秋季抽查")
    assert shown.out.count("未检查") == 2
    assert "双色球第128期" in shown.out
    assert ask("drawing", "verify", made["id"]) == {"genuine": True, "list_agrees": True, "result_agrees": True}
    for paper in ("protocol", "visits"):
        ask("drawing", "print", made["id"], "--paper", paper, "-o", tmp_path / f"{paper}.pdf")
        assert (tmp_path / f"{paper}.pdf").read_bytes().startswith(b"%PDF")
    ask("drawing", "print", made["id"], "-o", tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_bytes() == listed.read_bytes()


def test_somebody_without_the_register_checks_the_record_as_a_file(run, sites, tmp_path):
    made = json.loads(run("drawing", "draw", *CHOICE, "--number", 2, *SEED, "--json").out)
    record, empty = tmp_path / "记录.json", tmp_path / "leer"
    empty.mkdir()
    record.write_text(json.dumps(made), "utf-8")
    assert run("drawing", "verify", record, folder=empty).code == 0
    made["drawn"].reverse()
    record.write_text(json.dumps(made), "utf-8")
    refused = run("drawing", "verify", record, folder=empty)
    assert (refused.code, "重抽结果不同" in refused.out) == (1, True)
    record.write_text("{", "utf-8")
    assert "不是抽取记录" in run("drawing", "verify", record).err


def test_conflicts_exclusions_and_weights_are_given_and_told(run, ask, sites):
    more = ("--leave-out", "乙单位", "正在搬迁", "--weighted", "--percent", 50)
    where = (("陈检", "甲单位", "亲属"), ("林检", "district:east", "曾任职"))
    options = [word for one in where for word in ("--conflict", *one)]
    plan = ask("drawing", "plan", *CHOICE, *more, *options)
    assert [one["name"] for one in plan["left_out"]] == ["乙单位"]
    assert sorted((one["inspector"], one["why"]) for one in plan["conflicts"]) == [
        ("林检", "declared"), ("林检", "declared"), ("陈检", "declared"),
    ]  # fmt: skip
    told = run("drawing", "plan", *CHOICE, *more, *options, "--language", "en").out
    assert "left out 乙单位: left out by the office: 正在搬迁" in told
    assert "Hash of the list: " + plan["list_hash"] in told


def test_all_problems_are_said_at_once_with_their_place(run, sites):
    ended = run("drawing", "draw", "--title", " ", "--inspector", "陈检", "--number", 0, *SEED)
    assert ended.code == 1
    assert [line.split(":")[0].strip() for line in ended.err.splitlines()[1:]] == ["title", "number", "inspectors"]
    assert run("drawing", "list").out.strip() == "还没有抽取过。"
    assert run("drawing", "show", "没有").code == 1
    assert ".txt" in run("drawing", "plan", *CHOICE, "--number", 1, "-o", "list.doc").err
