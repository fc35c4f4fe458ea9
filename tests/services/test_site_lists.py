"""A list of sites is shown before anything is written, written as one step, and taken back as a whole."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.samples.registers import add_site, criteria, open_register
from tests.samples.site_lists import HEADS, county_workbook, credit_code, plain_list, workbook
from tests.store.foreign import Act, take_in
from wufei_cells import shipped
from wufei_cells.domain.site_lists import NEW_SITE, Fate
from wufei_cells.services import (
    assessing,
    browsing,
    registering,
    site_list_words,
    site_lists,
)
from wufei_cells.store import tables
from wufei_cells.wording import Wording

WORDS = Wording(shipped.wording_catalogue(), "zh")


def told(row):
    """What a person reads of a row: field by field what would be written."""
    return [[(change.field, change.old, change.new) for change in outcome.changes] for outcome in row.outcomes]


def codes(row):
    return [problem.code for problem in row.problems], [remark.code for remark in row.remarks]


def count_acts(workspace):
    with workspace.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(tables.act)).scalar_one()


def site_named(workspace, name):
    return next(row for row in browsing.list_sites(workspace) if row.name == name)


@pytest.fixture
def workspace_of_two(tmp_path, clock):
    """A register with two categories."""
    opened = open_register(tmp_path, clock, given=criteria("small", "school"))
    yield opened
    opened.close()


# --- a list as it comes


def test_a_county_list_with_all_its_mishaps_is_told_row_by_row(workspace, preview_list):
    add_site(workspace, "第一实验单位", district="west")
    shown = preview_list(county_workbook())
    by_name = {row.name: row for row in shown.rows}
    fates = {name: row.fate for name, row in by_name.items()}
    assert fates == {
        "甲市机关局": Fate.NEW,
        "第二实验单位": Fate.WRONG,  # a code that Excel has broken
        "第三实验单位": Fate.WRONG,  # the same as text, and a number in words
        "第四实验单位": Fate.NEW,
        "第五实验单位": Fate.WRONG,  # a district in one character
        "第一实验单位有限公司": Fate.DOUBTFUL,
        "第七实验单位": Fate.WRONG,  # twice, with different numbers
        "第九实验单位": Fate.WRONG,  # without a category
        "第十实验单位": Fate.WRONG,  # a wrong check digit
        "第十一实验单位": Fate.WRONG,  # a formula without a result
        "第十二实验单位": Fate.NEW,
    }
    assert told(by_name["甲市机关局"]) == [
        [
            ("name", "", "甲市机关局"),
            ("category", "", "office"),
            ("district", "", "east"),
            ("address", "", "人民路1号"),
            ("credit_code", "", credit_code(1)),
            ("contact", "", "张三"),
            ("phone", "", "13839112345"),
            ("fact.canteen", "", "yes"),
            ("fact.staff", "", "1200"),
        ]
    ]
    [fourth] = told(by_name["第四实验单位"])
    assert {field: new for field, _old, new in fourth} == {
        "name": "第四实验单位", "category": "office", "district": "east", "phone": "13800000004", "fact.canteen": "no",
    }  # fmt: skip
    assert codes(by_name["第二实验单位"]) == (["site_list.number_broken"], [])
    assert by_name["第三实验单位"].problems[0].place == "工作表“汇总”第 7 行 E 列（社会信用代码）"
    assert codes(by_name["第九实验单位"])[0] == ["site_list.no_category"]
    assert codes(by_name["第十实验单位"])[0] == ["site.credit_code"]
    assert codes(by_name["第十一实验单位"])[0] == ["authoring.no_result"]
    assert codes(by_name["第十二实验单位"]) == ([], ["site_list.implied_district"])
    assert [note.code for note in shown.notes] == [
        "authoring.column_passed_over",
        "site_list.row_passed_over",
        "site_list.sheet_passed_over",
    ]


def test_looking_writes_nothing_and_every_sentence_is_worded(workspace, preview_list):
    add_site(workspace, "第一实验单位", district="west")
    before = count_acts(workspace)
    shown = preview_list(county_workbook())
    assert count_acts(workspace) == before
    for language in ("zh", "en"):
        words = WORDS.speaking(language)
        for row in shown.rows:
            for problem in (*row.problems, *row.remarks, *shown.notes):
                assert "{" not in words.problem(problem)
                assert not words.problem(problem).endswith(problem.code)
            for outcome in row.outcomes:
                assert all(
                    "site_list" not in line for line in site_list_words.change_lines(outcome, shown.names, words)
                )


def test_wrong_rows_hinder_no_right_ones(workspace, preview_list, take_in_list):
    add_site(workspace, "第一实验单位", district="west")
    shown = preview_list(county_workbook())
    done = take_in_list(shown, {row.number: None for row in shown.rows})
    assert (len(done.new), len(done.changed)) == (3, 0)
    assert {left.why.code for left in done.left_out} == {"site_list.is_wrong", "site_list.not_answered"}
    assert len(browsing.list_sites(workspace)) == 4


def test_one_unreadable_file_hinders_no_other(preview_list):
    shown = preview_list(b"%PDF-1.7", plain_list(("甲单位", None, "机关", "东区")), workbook({"空": [("x", "y")]}))
    assert [row.fate for row in shown.rows] == [Fate.NEW]
    assert [problem.code for problem in shown.problems] == ["workbook.pdf", "site_list.no_table"]
    assert shown.rows[0].place == "名单2.xlsx 工作表“名单”第 2 行"
    assert shown.problems[0].place.startswith("名单1.xlsx")


# --- which site is meant


def test_the_credit_code_finds_a_site_that_has_another_name_now(workspace, preview_list, take_in_list):
    site = add_site(workspace, "甲单位")
    registering.edit_site(workspace, site.id, credit_code=credit_code(1))
    shown = preview_list(plain_list(("甲单位（本部）", credit_code(1))))
    assert told(shown.rows[0]) == [[("name", "甲单位", "甲单位（本部）")]]
    take_in_list(shown)
    assert browsing.site(workspace, site.id).name == "甲单位（本部）"


def test_a_name_finds_a_site_whatever_its_width_and_blanks(workspace, preview_list):
    add_site(workspace, "甲（东）ABC 单位")
    shown = preview_list(plain_list(("甲(东)ＡＢＣ单位", None, None, None, "东街1号")))
    assert told(shown.rows[0]) == [[("address", "", "东街1号")]], "the name itself stays as it is known"


def test_a_code_that_says_one_site_and_a_name_that_says_another_is_a_problem(workspace, preview_list):
    site = add_site(workspace, "甲单位")
    registering.edit_site(workspace, site.id, credit_code=credit_code(1))
    add_site(workspace, "乙单位")
    shown = preview_list(plain_list(("乙单位", credit_code(1))))
    assert shown.rows[0].fate is Fate.WRONG
    assert codes(shown.rows[0])[0] == ["site_list.code_and_name"]


def test_a_known_name_with_another_code_is_a_question(workspace, preview_list, take_in_list):
    site = add_site(workspace, "甲单位")
    registering.edit_site(workspace, site.id, credit_code=credit_code(1))
    shown = preview_list(plain_list(("甲单位", credit_code(2))))
    assert shown.rows[0].fate is Fate.DOUBTFUL
    assert [outcome.site for outcome in shown.rows[0].outcomes] == [site.id], "nobody else can bear the name"
    assert take_in_list(shown, {1: None}).left_out[0].why.code == "site_list.not_answered"
    assert take_in_list(shown, {1: NEW_SITE}).left_out[0].why.code == "site_list.no_such_answer"
    assert take_in_list(shown, {1: site.id}).changed == (site.id,)
    assert browsing.site(workspace, site.id).credit_code == credit_code(2)


@pytest.mark.parametrize(
    "name", ["山城市滨河机械有限公司", "东区滨河机械公司", "滨河机械股份有限公司", "河南省山城市滨河、机械"]
)
def test_a_similar_name_in_the_district_is_a_question_never_decided_here(workspace, preview_list, take_in_list, name):
    site = add_site(workspace, "滨河机械有限责任公司")
    shown = preview_list(plain_list((name, None, "机关", "东区", "东街1号")))
    assert shown.rows[0].fate is Fate.DOUBTFUL
    assert codes(shown.rows[0])[1] == ["site_list.similar"]
    assert take_in_list(shown, {}).count == 0
    assert take_in_list(preview_list(plain_list((name, None, "机关", "东区"))), {1: NEW_SITE}).count == 1
    assert {row.name for row in browsing.list_sites(workspace)} == {site.name, name}


@pytest.mark.parametrize(
    ("known", "name", "district"),
    [
        ("东区第一小学", "西区第一小学", "西区"),  # the same school of another district
        ("山城市滨河小学", "东区滨河小学", "东区"),  # the city's and the district's
        ("滨河机械厂", "滨河机械所", "东区"),
    ],
)
def test_what_only_sounds_alike_is_a_site_of_its_own(workspace, preview_list, known, name, district):
    add_site(workspace, known)
    assert preview_list(plain_list((name, None, "机关", district))).rows[0].fate is Fate.NEW


def test_two_codes_are_two_sites_however_similar_their_names(workspace, preview_list):
    site = add_site(workspace, "滨河机械有限公司")
    registering.edit_site(workspace, site.id, credit_code=credit_code(1))
    assert preview_list(plain_list(("滨河机械公司", credit_code(2), "机关", "东区"))).rows[0].fate is Fate.NEW


def test_similar_names_within_the_list_are_asked_about_on_both_sides(preview_list, take_in_list):
    shown = preview_list(plain_list(("滨河机械公司", None, "机关", "东区"), ("滨河机械有限公司", None, "机关", "东区")))
    assert [row.fate for row in shown.rows] == [Fate.DOUBTFUL] * 2
    assert take_in_list(shown, {1: NEW_SITE, 2: NEW_SITE}).count == 2


def test_the_same_site_twice_counts_once_when_the_rows_agree(workspace, preview_list, take_in_list):
    rows = [
        ("甲单位", credit_code(1), "机关", "东区"),
        ("甲 单位", None, None, None, "东街1号"),
        (None, credit_code(1), None, None, None, "张三"),
    ]
    shown = preview_list(plain_list(*rows))
    assert [row.fate for row in shown.rows] == [Fate.NEW, Fate.SAME, Fate.SAME]
    assert codes(shown.rows[0])[1] == ["site_list.counts_with"]
    assert codes(shown.rows[2])[1] == ["site_list.repeated"]
    take_in_list(shown)
    site = site_named(workspace, "甲单位")
    assert (site.credit_code, site.address, site.contact) == (credit_code(1), "东街1号", "张三")


def test_rows_that_contradict_each_other_are_wrong_on_both_sides(preview_list):
    heads = ("单位名称", "类别", "县区", "有食堂")
    shown = preview_list(plain_list(("甲单位", "机关", "东区", "是"), ("甲单位", "机关", "东区", "无"), heads=heads))
    assert [codes(row)[0] for row in shown.rows] == [["site_list.twice_differently"]] * 2
    assert "第 3 行" in WORDS.problem(shown.rows[0].problems[0])
    agreed = preview_list(plain_list(("甲单位", "机关", "东区", "是"), ("甲单位", "机关", "东区", "√"), heads=heads))
    assert [row.fate for row in agreed.rows] == [Fate.NEW, Fate.SAME], "two words for one thing are no contradiction"


# --- what cells mean


def test_what_contradicts_is_told_by_the_names_that_people_know_and_by_its_cause(preview_list):
    heads = ("单位名称", "类别", "县区", "统一社会信用代码")
    code = credit_code(1)
    one = preview_list(plain_list(("甲单位", "机关", "东区", code), ("甲单位", "机关", "西区", code), heads=heads))
    said = WORDS.problem(one.rows[0].problems[0])
    assert "east" not in said
    assert "东区" in said
    other = preview_list(plain_list(("甲单位", "机关", "东区", code), ("完全不同", "机关", "东区", code), heads=heads))
    assert [codes(row)[0] for row in other.rows] == [["site_list.one_code_two_names"]] * 2
    assert code in WORDS.problem(other.rows[0].problems[0])


def test_empty_cells_change_nothing_and_a_hyphen_empties(workspace, preview_list, take_in_list):
    site = add_site(workspace, "甲单位")
    registering.edit_site(workspace, site.id, phone="1", address="东街1号", facts={"staff": "3"})
    shown = preview_list(plain_list(("甲单位", None, None, None, None, None, "－", None, None, "-")))
    assert told(shown.rows[0]) == [[("phone", "1", ""), ("fact.staff", "3", "")]]
    take_in_list(shown)
    row = browsing.site(workspace, site.id)
    assert (row.phone, row.address, row.facts) == ("", "东街1号", {"canteen": "yes"})
    assert codes(preview_list(plain_list(("甲单位", None, "-"))).rows[0])[0] == ["site_list.cannot_be_empty"]


@pytest.mark.parametrize(
    "word", ["office", "无废机关", "机关", "Waste-Free Office", "office ", "机关类", "无废细胞机关", "JG", "ｊｇ"]
)
@pytest.mark.parametrize("place", ["east", "东区", "East District", "East", "山城市东区"])
def test_category_and_district_are_understood_by_key_name_and_short_form(preview_list, word, place):
    [row] = preview_list(plain_list(("甲单位", None, word, place))).rows
    assert {change.field: change.new for change in row.outcomes[0].changes} == {
        "name": "甲单位", "category": "office", "district": "east",
    }  # fmt: skip


def test_a_word_that_may_mean_two_things_is_a_problem_that_names_them(workspace_of_two):
    shown = site_lists.preview(
        workspace_of_two, [("x.xlsx", plain_list(("甲", None, "无废", "区"), ("乙", None, "学校", "东西")))], WORDS
    )
    assert codes(shown.rows[0])[0] == ["site_list.unknown_category", "site_list.unknown_district"]
    assert codes(shown.rows[1])[0] == ["site_list.unknown_district"]


def test_facts_that_the_category_does_not_ask_for_are_passed_over_and_told(workspace_of_two):
    shown = site_lists.preview(
        workspace_of_two, [("x.xlsx", plain_list(("甲", None, "school", "东区", *[None] * 4, "是")))], WORDS
    )
    assert shown.rows[0].fate is Fate.NEW
    assert codes(shown.rows[0])[1] == ["site_list.fact_not_asked"]


def test_the_category_of_a_site_that_is_being_assessed_stays(workspace_of_two):
    assessing.start_assessment(workspace_of_two, add_site(workspace_of_two, "甲单位").id)
    shown = site_lists.preview(workspace_of_two, [("x.xlsx", plain_list(("甲单位", None, "school")))], WORDS)
    assert codes(shown.rows[0])[0] == ["site_list.category_in_use"]


def test_a_field_that_people_disagree_about_is_told_and_left_alone(workspace, preview_list):
    site = add_site(workspace, "甲单位")
    registering.edit_site(workspace, site.id, phone="1")
    take_in(workspace.database, [Act("elsewhere", 1, "site", site.id, "phone", 1, "2", ())])
    [row] = preview_list(plain_list(("甲单位", None, None, None, "东街1号", None, "3"))).rows
    assert told(row) == [[("address", "", "东街1号")]]
    assert codes(row) == ([], ["site_list.disputed"])


def test_heads_of_the_sample_are_all_understood(preview_list):
    assert preview_list(plain_list(("甲单位", None, "机关", "东区"), heads=HEADS)).notes == ()
