"""Lists of sites on the command line: what they would do, what is taken in, what is taken back, how it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.samples.site_lists import county_workbook, credit_code, plain_list

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def lists(tmp_path):
    """Two files: what a county sent, and two rows of which one is not clear."""
    county, other = tmp_path / "东区.xlsx", tmp_path / "补充.xlsx"
    county.write_bytes(county_workbook())
    rows = [("滨河机械有限公司", credit_code(1), "机关", "东区"), ("乙单位", None, "机关", "西区")]
    other.write_bytes(plain_list(*rows))
    return county, other


def names(ask):
    return sorted(site["name"] for site in ask("site", "list"))


def test_look_take_in_and_take_back(run, ask, lists):
    county, _other = lists
    shown = run("excel", "sites", "preview", county)
    assert shown.code == 0
    assert shown.out.splitlines()[0].startswith("共 12 行：新登记 4")
    assert "电话 13839112345" in shown.out
    assert "1. [新登记] 甲市机关局（工作表“汇总”第 5 行）" in shown.out
    assert "单元格格式改为“文本”" in shown.out
    assert "是否上报" in shown.err, "what was passed over is told on the side"
    assert names(ask) == []
    done = run("excel", "sites", "import", county, "--yes-to-all")
    assert "已导入 4 家：新登记 4，改动 0" in done.out
    assert len(names(ask)) == 4
    again = ask("excel", "sites", "preview", county)
    assert (again["counts"]["new"], again["counts"]["same"]) == (0, 4)
    assert "4 家新登记的单位已移出" in run("excel", "sites", "take-back").out
    assert names(ask) == []
    refused = run("excel", "sites", "take-back", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "site_list.nothing_to_take_back")


def test_rows_are_chosen_by_number_and_doubts_answered(run, ask, site, lists):
    _county, other = lists
    known = ask("site", "add", "--name", "滨河机械公司", "--category", "office", "--district", "east")["id"]
    [doubt, _new] = ask("excel", "sites", "preview", other)["rows"]
    assert (doubt["fate"], [one["site"] for one in doubt["outcomes"]]) == ("doubtful", [known, None])
    assert f"1={known[:8]}：滨河机械公司" in run("excel", "sites", "preview", other).out
    assert ask("excel", "sites", "import", other, "--yes-to-all")["left_out"] == [], "doubts are never decided here"
    ask("excel", "sites", "take-back")
    left = ask("excel", "sites", "import", other, "--rows", "1-2")["left_out"]
    assert [one["code"] for one in left] == ["site_list.not_answered"]
    assert ask("excel", "sites", "import", other, "--rows", f"1={known[:8]}")["changed"] == [known]
    assert names(ask) == sorted(["滨河机械有限公司", "乙单位", site["name"]])


def test_only_new_ones_on_request(ask, site, tmp_path):
    file = tmp_path / "x.xlsx"
    file.write_bytes(plain_list((site["name"], None, None, None, "东街1号"), ("乙单位", None, "机关", "西区")))
    done = ask("excel", "sites", "import", file, "--only-new")
    assert (len(done["new"]), done["changed"]) == (1, [])
    assert ask("site", "show", site["id"])["address"] == ""


@pytest.mark.parametrize(
    ("rows", "code"),
    [("x", "cli_rows"), ("1=", "cli_rows"), ("9", "cli_no_row"), ("0", "cli_no_row"), ("2-1", "cli_no_row")],
)
def test_numbers_that_are_none_are_refused_with_nothing_written(run, ask, lists, rows, code):
    refused = run("excel", "sites", "import", lists[1], "--rows", rows, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, f"site_list.{code}")
    assert names(ask) == []


def test_how_it_is_refused(run, tmp_path, lists):
    assert run("excel", "sites", "import", lists[1]).code == 2, "which rows has to be said"
    missing = run("excel", "sites", "preview", tmp_path / "none.xlsx")
    assert (missing.code, "none.xlsx" in missing.err) == (1, True)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"%PDF-1.7")
    assert run("excel", "sites", "preview", broken).code == 1
    one_of_two = run("excel", "sites", "preview", broken, lists[1], "--json")
    assert (one_of_two.code, len(one_of_two.json["rows"]), len(one_of_two.json["problems"])) == (0, 2, 1)
    assert run("--as-of", "2026-01-01", "excel", "sites", "import", lists[1], "--yes-to-all").code == 1


def test_english_is_spoken_too(run, lists):
    shown = run("--language", "en", "excel", "sites", "preview", lists[0])
    assert "sheet “汇总”, row 5" in shown.out
    assert "format the column as text" in shown.out


def test_every_sentence_of_lists_of_sites_is_used():
    files = [path for folder in ("wufei_cells", "ui") for path in (ROOT / folder).rglob("*.py")]
    source = "\n".join(path.read_text("utf-8") for path in files)
    made_of_parts = ("site_list.fate_", "site_list.field_")
    keys = json.loads((ROOT / "resources/wording/site_lists.json").read_text("utf-8"))
    unused = [key for key in keys if key.startswith("site_list.") and not re.search(f"[\"']{key}[\"']", source)]
    assert [key for key in unused if not key.startswith(made_of_parts)] == []
