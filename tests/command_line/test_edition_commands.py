"""Commands on the life of editions: drafts, retiring, impact, carrying over."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from tests.samples.editions import as_file, entry, small, without, yes_no

ROOT = Path(__file__).resolve().parents[2]
REPLACED = "参数“通过线”：文件写 16，本市已定为 15，发布后按 15。要改，请改城市配置。"


@pytest.fixture
def file(tmp_path):
    """Write a checklist file."""

    def write(data, name: str = "edition.json"):
        path = tmp_path / name
        path.write_bytes(as_file(data))
        return path

    return write


def changed():
    data = without(small(full=None), "B1")
    entry(data, "A1")["text"] = "领导机构"
    return data


@pytest.fixture
def running(run):
    """A site with an assessment that is answered in full; gives its name."""
    run("site", "add", "--name", "甲", "--category", "office", "--district", "east", "--fact", "canteen=yes")
    run("assess", "start", "甲")
    for item, value in (
        ("G1", "yes"),
        ("A1", '{"plan": "yes", "staff": "yes"}'),
        ("A2", '{"part": 95, "whole": 100}'),
        ("B1", "yes"),
    ):
        assert run("assess", "answer", "甲", item, value).code == 0
    return "甲"


# --- drafts


def test_a_draft_goes_from_an_edition_to_the_next_one(run, file):
    new = run("checklist", "draft", "new", "SMALL 1", "--json").json
    assert run("checklist", "draft", "list", "--json").json == [new]
    shown = run("checklist", "draft", "show", new["id"], "--json").json
    assert shown["edition"] == "2"
    saved = run("checklist", "draft", "save", new["id"], file({**shown, "title": "新标准"}), "--json").json
    assert saved["title"] == "新标准"
    assert run("checklist", "draft", "check", new["id"]).code == 0
    published = run("checklist", "draft", "publish", new["id"], "--json").json
    assert (published["key"], published["edition"]) == ("SMALL", "2")
    assert run("checklist", "draft", "list").out.strip() == "没有草稿。"


def test_a_draft_is_shown_as_the_file_it_would_be(run, file, tmp_path):
    new = run("checklist", "draft", "new", file(small("3")), "--json").json
    copy = tmp_path / "copy.yaml"
    copy.write_text(run("checklist", "draft", "show", new["id"]).out, "utf-8")
    before = run("checklist", "draft", "list", "--json").json
    run("checklist", "draft", "save", new["id"], copy)
    assert run("checklist", "draft", "list", "--json").json == before, "it says the same, so nothing was written"


def test_a_draft_with_problems_is_kept_and_told(run, file):
    new = run("checklist", "draft", "new", file({**small(), "colour": "green"}), "--json").json
    checked = run("checklist", "draft", "check", new["id"], "--json")
    assert (checked.code, [problem["place"] for problem in checked.json]) == (1, ["colour"])
    refused = run("checklist", "draft", "publish", new["id"])
    assert refused.code == 1
    assert "colour" in refused.err
    assert run("checklist", "draft", "discard", new["id"]).code == 0
    assert run("checklist", "draft", "show", new["id"]).code == 1


# --- editions


def test_editions_are_listed_with_how_they_stand(run, file):
    run("checklist", "publish", file(small(effective_until="2099-12-31")))
    rows = {row["edition"]: row for row in run("checklist", "list", "--json").json if row["key"] == "SMALL"}
    assert {edition: row["state"] for edition, row in rows.items()} == {"1": "superseded", "2": "in_force"}
    assert rows["2"]["effective_until"] == "2099-12-31"
    assert "正在使用（2026-10-01 至 2099-12-31）" in run("checklist", "list").out
    assert "superseded (from 2026-01-01)" in run("checklist", "list", "--language", "en").out


def test_an_edition_is_retired_and_taken_into_use_again(run):
    retired = run("checklist", "retire", "SMALL 1", "--reason", "有误", "--json").json
    assert (retired["state"], retired["reason"]) == ("retired", "有误")
    run("site", "add", "--name", "甲", "--category", "office", "--district", "east")
    refused = run("assess", "start", "甲")
    assert refused.code == 1
    assert "有误" in refused.err
    assert run("checklist", "retire", "SMALL 1", "--undo", "--json").json["state"] == "in_force"
    assert run("assess", "start", "甲").code == 0


# --- impact and carrying over


def test_the_impact_of_a_file_names_the_sites_and_the_items(run, running, file):
    found = run("checklist", "impact", file(changed()), "--json").json
    [cell] = found["cells"]
    assert (found["shifts"]["same"] + found["shifts"]["lower"], cell["site"]) == (1, running)
    assert [(item["item"], item["change"], item["difference"]) for item in cell["items"]] == [("B1", "removed", "-5")]
    assert run("checklist", "list", "--json").json[0]["edition"] == "1", "nothing was published"
    told = run("checklist", "impact", file(changed())).out
    assert "B1（删去）-5" in told


def test_the_impact_of_a_draft_and_of_an_edition(run, running, file):
    draft = run("checklist", "draft", "new", file(changed()), "--json").json["id"]
    by_draft = run("checklist", "impact", draft, "--json").json
    run("checklist", "draft", "publish", draft)
    assert by_draft.pop("overridden") == [{"parameter": "pass_mark", "own": "16", "city": "15"}]
    by_edition = run("checklist", "impact", "SMALL 2", "--json").json
    assert by_edition.pop("overridden") == [], "an edition has the city's number already"
    assert by_edition == by_draft


def test_the_impact_of_a_countys_overlay(run, running, file):
    edition = run("checklist", "list", "--json").json[0]
    own = {
        "format": "wufei-overlay/1",
        "key": "SMALL-EAST",
        "edition": "1",
        "title": "东区标准",
        "extends": {name: edition[name] for name in ("key", "edition", "id")},
        "districts": ["east"],
        "effective_from": "2026-10-01",
        "add": {"groups": [{"key": "E", "text": "加项", "items": [yes_no("E1")]}]},
    }
    [cell] = run("checklist", "impact", file(own), "--json").json["cells"]
    assert (cell["shift"], cell["after"]["missing"]) == ("open", ["E1"])


def test_an_impact_on_nobody_is_told(run, file):
    told, replaced = run("checklist", "impact", file(changed())).out.splitlines()
    assert told == "这一类还没有评估，谁也不受影响。"
    assert replaced == REPLACED


def test_carrying_over_is_shown_done_and_taken_back(run, running, file):
    run("checklist", "publish", file(changed()))
    shown = run("assess", "carry", running, "--preview", "--json").json
    assert (sorted(shown["carried"]), shown["archived"]) == (["A2", "G1"], ["B1"])
    assert shown["rechecks"] == {"A1": [{"item": "A1", "relation": "reworded"}]}
    done = run("assess", "carry", running)
    assert "待复核 A1（改了表述）：领导机构" in done.out
    assert "存档 B1：餐厨垃圾单独收运" in done.out
    assert run("assess", "finish", running).code == 1
    back = run("assess", "carry", running, "--undo", "--json").json
    assert back["edition"] == shown["from"]
    assert run("assess", "finish", running).code == 0


def test_an_answer_that_still_holds_is_kept_after_a_second_look(run, running, file):
    run("checklist", "publish", file(changed()))
    run("assess", "carry", running)
    assert run("assess", "accept", running, "A1", "--json").json["missing"] == []
    assert run("assess", "finish", running).code == 0
    assert run("assess", "accept", running, "A1").code == 1


def test_carrying_over_to_a_named_edition(run, running, file):
    run("checklist", "publish", file(small("2")))
    run("checklist", "publish", file(small("3", effective_from="2026-10-02")))
    assert "SMALL 2" in run("assess", "carry", running, "--to", "SMALL 2").out
    assert run("assess", "carry", running, "--to", "nothing").code == 1


# --- words


def test_every_sentence_of_these_commands_is_used():
    worded = json.loads((ROOT / "resources" / "wording" / "editions.json").read_text("utf-8"))
    written = set()
    for path in (ROOT / "wufei_cells").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
    made_of_parts = ("edition_state.", "relation.", "shift.", "item_change.")
    assert {key for key in worded if key not in written and not key.startswith(made_of_parts)} == set()
    assert set(made_of_parts) <= written


def test_the_sentences_keep_a_calm_tone_in_both_languages():
    for key, said in json.loads((ROOT / "resources" / "wording" / "editions.json").read_text("utf-8")).items():
        assert set(said) == {"zh", "en"}, key
        assert not set("！!") & set("".join(said.values())), key
