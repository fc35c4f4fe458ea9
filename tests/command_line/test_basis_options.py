"""What a number rests on can be said on the command line; nothing that stands there is dropped by speaking of less."""

from __future__ import annotations

import pytest


@pytest.fixture
def assessment(ask, site):
    return ask("assess", "start", site["id"])["id"]


@pytest.fixture
def answered(ask, assessment):
    """Answer something, and give what stands for the item then."""

    def give(item, *arguments):
        ask("assess", "answer", assessment, item, *arguments)
        entry = ask("assess", "show", assessment)["answers"][item]
        del entry["author"]
        return entry

    return give


def refused(run, *arguments):
    ended = run(*arguments)
    assert ended.code == 1, ended
    assert "Traceback" not in ended.err
    return ended.err


ROWS = ("--row", "一楼: 45/50", "--row", "二楼：part=50 whole=50", "--row", "三楼未开放")


def test_rows_make_the_number(answered):
    entry = answered("A2", "--period", "2025年10月", "--source", "开袋抽查", *ROWS)
    assert entry["value"] == {"part": "95", "whole": "100"}
    assert entry["bases"][""] == {
        "period": "2025年10月",
        "source": "开袋抽查",
        "rows": [
            {"text": "一楼", "numbers": {"part": "45", "whole": "50"}},
            {"text": "二楼", "numbers": {"part": "50", "whole": "50"}},
            {"text": "三楼未开放", "numbers": {}},
        ],
    }


def test_what_the_command_does_not_speak_of_stays(answered):
    before = answered("A2", "--source", "开袋抽查", *ROWS, "--note", "已看")
    after = answered("A2", "--period", "2025年")
    assert after == {**before, "bases": {"": {**before["bases"][""], "period": "2025年"}}}
    assert answered("A2", "--note", "再看")["bases"] == after["bases"]


def test_another_number_than_the_rows_make_is_refused_until_they_are_cleared(run, answered, assessment):
    answered("A2", *ROWS)
    said = refused(run, "assess", "answer", assessment, "A2", '{"part": 90, "whole": 100}')
    assert "明细里“part”合计是 95，回答里却是“90”" in said
    entry = answered("A2", '{"part": 90, "whole": 100}', "--row", "")
    assert (entry["value"], "bases" in entry) == ({"part": 90, "whole": 100}, False)


def test_a_part_has_a_basis_of_its_own(answered):
    entry = answered("A1", '{"plan": "yes", "staff": "no"}', "--part", "plan", "--row", "2025〔3〕号: 方案")
    assert entry["bases"] == {
        "plan": {"period": "", "source": "", "rows": [{"text": "2025〔3〕号: 方案", "numbers": {}}]}
    }


def test_setting_aside_and_answering_again_loses_nothing(answered):
    first = answered("A2", *ROWS, "--note", "扣了分")
    aside = answered("A2", "--na", "没有投放点", "--note", "与物业核对过")
    assert (aside["na"], aside["value"], aside["bases"]) == ("没有投放点", None, first["bases"])
    assert aside["kept"] == {"value": first["value"], "na": None, "notes": {"met": "扣了分"}}
    again = answered("A2", '{"part": "95", "whole": "100"}')
    assert (again["note"], again["bases"]) == ("扣了分", first["bases"])
    assert again["kept"] == {"value": None, "na": "没有投放点", "notes": {"not_applicable": "与物业核对过"}}


def test_an_answers_file_keeps_bases_and_notes_too(ask, answered, assessment, answers_file):
    first = answered("A2", *ROWS, "--note", "已看")
    ask("assess", "answer", assessment, "--file", answers_file)
    entry = ask("assess", "show", assessment)["answers"]["A2"]
    assert (entry["bases"], entry["note"], entry["value"]) == (first["bases"], "已看", {"part": 95, "whole": 100})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("A2", "--row", "一楼: 12袋"), "看不懂明细“一楼: 12袋”里的数。请写成“说明: part=3 whole=3”的样子"),
        (("A2", "--row", "一楼: good=3"), "看不懂明细"),
        (("A2", "--part", "roof", "--period", "2025年", "--row", "一楼"), "条款 A2 没有“roof”这个部分"),
        (("A2", "--part", "roof", "--period", "2025年"), "依据写在“roof”这个部分下"),
        (("A2", "--row", "一楼: 60/50"), "部分是 60，总数是 50"),
        (("A2", "--row", "一楼: -1/50"), "明细第 1 行填了 -1"),
        (("A2", "--part", "roof"), "没有给出条款和打分"),
    ],
)
def test_what_is_not_understood_is_refused(run, ask, assessment, arguments, said):
    assert said in refused(run, "assess", "answer", assessment, *arguments)
    assert ask("assess", "show", assessment)["answers"] == {}
