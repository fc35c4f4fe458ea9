"""``score`` with several answers files: their scores are put together by weight."""

from __future__ import annotations

import json

import pytest

CHECKLIST = """
key: MIX
edition: "1"
title: 合成
category: {key: c, text: 类, code: C}
effective_from: 2026-01-01
scoring:
  not_applicable: rescale
  grades: [{key: pass, text: 达标, total_at_least: 60, groups_at_least: 50}]
  columns:
    - {key: expert, text: 第三方, weight: 60}
    - {key: public, text: 社会, weight: 20}
    - {key: district, text: 区级, weight: 20}
gates: [{key: G1, text: 合法, verify: [document]}]
groups:
  - key: A
    text: 组
    items:
      - key: A1
        text: 项
        full: 100
        scoring: 记分
        verify: [site]
        rule: {amount: {text: 分}, line: [[0, 0], [100, 100]]}
"""


@pytest.fixture
def scored(run, tmp_path):
    """Score the columns; give how the command ended."""
    checklist = tmp_path / "mix.yaml"
    checklist.write_text(CHECKLIST, "utf-8")

    def score(*written: str, **columns: dict[str, object]):
        options: list[object] = []
        for key, answers in columns.items():
            path = tmp_path / f"{key}.json"
            path.write_text(json.dumps(answers), "utf-8")
            options += ["--answers", f"{key}={path}"]
        for file in written:
            options += ["--answers", file]
        return run("score", "--checklist", checklist, "--json", *options)

    return score


def answers(points: object, *, gate: str = "yes") -> dict[str, object]:
    return {"G1": gate, "A1": points}


def test_the_result_is_the_mean_by_weight(scored):
    result = scored(expert=answers(80), public=answers("65.5"), district=answers(50)).json
    assert (result["total"], result["passed"], result["level"]) == ("71.1", True, "pass")
    assert result["columns"]["public"]["total"] == "65.5"


def test_a_column_that_is_not_there_yet_leaves_a_range(scored):
    result = scored(expert=answers(80), public=answers(60)).json
    assert (result["total"], result["range"], result["passed"]) == (None, ["60", "80"], None)
    assert result["missing"] == ["district"]


def test_a_gate_that_fails_in_one_column_fails_in_the_result(scored):
    result = scored(expert=answers(90), public=answers(90), district=answers(90, gate="no")).json
    assert (result["total"], result["passed"], result["level"]) == ("90", False, None)


def test_a_failure_is_told_early_when_no_column_could_turn_it(scored):
    assert scored(expert=answers(20), public=answers(60)).json["passed"] is False


def test_columns_have_to_be_named_and_known(scored, tmp_path):
    file = tmp_path / "a.json"
    file.write_text(json.dumps(answers(1)), "utf-8")
    ended = scored(str(file))
    assert ended.code == 1
    assert "expert, public, district" in ended.err
    ended = scored(f"mayor={file}")
    assert ended.code == 1
    assert "mayor" in ended.err


def test_several_files_need_columns(run, tmp_path, small_file):
    file = tmp_path / "a.json"
    file.write_text("{}", "utf-8")
    ended = run("score", "--checklist", small_file, "--answers", file, "--answers", file)
    assert ended.code == 1
    assert "columns" in ended.err
