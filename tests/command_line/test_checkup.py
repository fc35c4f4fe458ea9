"""X-rays by command, of one assessment or of the whole register; and until which day evidence holds."""

from __future__ import annotations

import pytest


@pytest.fixture
def permit(ask, site, tmp_path):
    """An assessment with a permit that ran out long ago; the id of both."""
    assessment = ask("assess", "start", site["id"])["id"]
    path = tmp_path / "排污许可证.pdf"
    path.write_bytes(b"%PDF-1.7")
    [piece] = ask("evidence", "add", assessment, "A1", path)["taken"]
    ask("evidence", "until", assessment, piece[:10], "2026-01-31")
    return assessment, piece


def test_what_is_found_is_listed_with_its_weight_and_its_place_and_is_no_failure(ask, run, permit, site):
    assessment, _piece = permit
    [hint] = ask("checkup", assessment)
    assert hint == {
        "check": "evidence_expired",
        "weight": "warning",
        "site": site["id"],
        "site_name": "甲单位",
        "assessment": assessment,
        "item": "A1",
        "text": "“排污许可证.pdf”有效期至 2026-01-31，已经过期。请换上新的材料。",
    }
    assert ask("checkup") == ask("checkup", "甲单位") == [hint]
    told = run("checkup")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        f"[留意]  甲单位  {hint['text']}  {assessment[:8]}",
        "矛盾 0，留意 1，提示 0",
    ]
    assert run("checkup", "--language", "en").out.startswith("[Look]  甲单位  “排污许可证.pdf” was valid until")


def test_the_day_is_taken_away_again_and_nothing_is_left_to_say(ask, run, permit):
    assessment, piece = permit
    [row] = ask("evidence", "list", assessment)["evidence"]
    assert row["until"] == "2026-01-31"
    assert ask("evidence", "until", assessment, piece) == {"file": piece, "until": None}
    assert run("checkup").out == "没有发现需要留意的地方。\n"
    assert run("evidence", "until", assessment, "ffff", "2027-01-31").code == 1
    assert run("evidence", "until", assessment, piece, "31.1.2027").code == 2


def test_what_is_not_there_cannot_be_checked(run, small_criteria):
    ended = run("checkup", "乙单位")
    assert (ended.code, ended.out) == (1, "")
