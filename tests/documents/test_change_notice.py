"""The change notice: as lines, and on paper as it is read back."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.checklists.editing import Edit, all_edits, inherited, items_of, regrouped, split_first, with_item, without
from tests.samples.registers import sample
from wufei_cells.checklists.comparing import compare
from wufei_cells.checklists.comparison import Aspect, Change, Section
from wufei_cells.checklists.document import edition_document
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.documents.change_lines import change_lines
from wufei_cells.documents.change_notice import render_change_notice
from wufei_cells.documents.change_sections import change_notice
from wufei_cells.documents.change_values import ChangeValues
from wufei_cells.documents.rule_differences import HEADS, SCALES, rule_differences
from wufei_cells.domain.checklists import (
    Checklist,
    NaPolicy,
    NotApplicable,
    Overlay,
    Proof,
    Relation,
    RoundingMode,
    Subject,
    Verify,
    WhenAbsent,
)
from wufei_cells.domain.conditions import AllOf, AnyOf, FactCompared, FactIs, FactKind, Not
from wufei_cells.domain.rules import Bound, Comparison, Effect, Outcome, ParameterRef, PartStep, YesNo
from wufei_cells.domain.text import Text
from wufei_cells.errors import UserError
from wufei_cells.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
WORDING = ROOT / "resources" / "wording"
TOWN = read_checklist(sample("town"), "town")
EVERY = read_checklist((ROOT / "tests" / "checklists" / "every_field.yaml").read_bytes(), "every_field")


@pytest.fixture(scope="session")
def catalogue() -> dict[str, dict[str, str]]:
    parts = [json.loads((WORDING / f"{name}.json").read_text("utf-8")) for name in ("documents", "comparing")]
    return parts[0] | parts[1]


@pytest.fixture(params=["zh", "en"])
def wording(request, catalogue) -> Wording:
    return Wording(catalogue, request.param)


@pytest.fixture
def zh(catalogue) -> Wording:
    return Wording(catalogue, "zh")


@pytest.fixture
def en(catalogue) -> Wording:
    return Wording(catalogue, "en")


def next_edition() -> Checklist:
    """The town's checklist after a year: something of each kind."""
    changes = [
        with_item("A1", text=Text("年度工作方案", "Yearly plan"), full=Decimal(12), scoring=Text("有得12分", "Yes 12")),
        with_item("A2", evidence=Text("制度文本和照片", "Written rules"), verify=(Verify.SITE,), number="1.2"),
        with_item("A4", rule=YesNo(Outcome(Decimal(5)), Outcome(Decimal(1)))),
        items_of("B", without("B1")),
        items_of("D", split_first),
        regrouped("A3", "A", "D"),
    ]
    checklist = replace(TOWN, edition="2027.1", effective_from=date(2027, 1, 1))
    for change in changes:
        checklist = change(checklist)
    rules = replace(checklist.scoring, na_policy=NaPolicy.ZERO)
    raised = tuple(replace(entry, value=entry.value + 5) for entry in checklist.parameters)
    return replace(checklist, scoring=rules, parameters=raised)


def rows(new: Checklist, wording: Wording, section: str, old: Checklist = TOWN) -> list[tuple[str, ...]]:
    found = [one for one in change_notice(compare(old, new), wording).sections if one.key == section]
    return [(row.subject, row.respect, row.old, row.new) for one in found for row in one.rows]


# --- what it says


def test_the_top_names_both_editions_and_counts(zh):
    notice = change_notice(compare(TOWN, next_edition()), zh)
    assert notice.title == "无废单位标准修订说明"
    assert notice.editions[0].startswith("原：无废单位标准 2026.1 版，2026年1月1日起施行（")
    assert notice.editions[1].startswith("现：无废单位标准 2027.1 版，2027年1月1日起施行（")
    figures = {caption: figure for figure, caption in notice.figures}
    assert figures == {
        "新增": "0",
        "删除": "1",
        "分值": "1",
        "评分规则": "1",
        "文字": "2",
        "适用与查验": "1",
        "位置编号": "3",
    }
    assert notice.summary[0] == "满分由 100 分改为 83 分。"


def test_it_counts_what_becomes_of_answers(zh):
    comparison = compare(TOWN, next_edition())
    count = comparison.answers
    everything = len(list(comparison.new.entries()))
    assert count.carried + count.to_check + count.new == everything
    assert (count.to_check, count.new, count.archived) == (3, 0, 1)
    assert "3 条沿用后需要复核，0 条需要新评，1 条已删除" in change_notice(comparison, zh).summary[1]


def test_old_words_stand_beside_the_new_ones(zh, en):
    assert ("A1 年度工作方案", "内容", "方案", "年度工作方案") in rows(next_edition(), zh, "words")
    assert ("A1 Yearly plan", "Text", "Plan", "Yearly plan") in rows(next_edition(), en, "words")


def test_a_text_that_changed_in_one_language_is_shown_in_that_one(zh, en):
    changed = with_item("A2", guidance=Text("看是否成文", "See whether they are written"))(TOWN)
    told = [("A2 制度", "查验指引（英文）", "See that they are written", "See whether they are written")]
    assert rows(changed, zh, "words") == told
    assert rows(changed, en, "words")[0][1] == "Guidance"


def test_a_rule_is_told_in_its_printed_words(zh):
    rule = YesNo(Outcome(Decimal(12)), Outcome(Decimal(0)))
    changed = with_item("A1", full=Decimal(12), scoring=Text("有得12分"), rule=rule)(TOWN)
    assert rows(changed, zh, "rule") == [("A1 方案", "评分标准", "有得10分", "有得12分")]
    assert rows(changed, zh, "words") == [], "the scoring words are not told twice"


def test_a_rule_whose_printed_words_stayed_is_told_place_by_place(zh):
    ladder = next(item for item in TOWN.items() if item.key == "C11").rule
    bands = ladder.scale.bands
    steeper = replace(
        ladder,
        scale=replace(ladder.scale, bands=(replace(bands[0], bound=Bound(Comparison.ABOVE, Decimal(45))), *bands[1:])),
    )
    assert rows(with_item("C11", rule=steeper)(TOWN), zh, "rule") == [
        (
            "C11 回收率",
            "评分规则",
            "第 1 项·高于：（无）\n第 1 项·不低于：“回收率”（40）",
            "第 1 项·高于：45\n第 1 项·不低于：（无）",
        )
    ]  # fmt: skip


def test_words_of_a_rule_that_nobody_translated_are_told_in_chinese(en):
    data = json.loads(edition_document(read_checklist(sample("small"), "small")))
    old = read_checklist(json.dumps(data).encode(), "small")
    data["groups"][0]["items"][0]["rule"]["sum"][0]["text"] = {"zh": "有实施方案"}
    new = read_checklist(json.dumps(data).encode(), "small")
    [row] = rows(new, en, "rule", old)
    assert row[2].endswith("方案")
    assert row[3].endswith("有实施方案")


def test_words_of_an_entry_that_nobody_translated_are_told_in_chinese(en):
    data = json.loads(edition_document(read_checklist(sample("small"), "small")))
    item = data["groups"][0]["items"][0]
    item["text"], item["scoring"] = {"zh": "领导"}, {"zh": "有方案 2 分"}
    old = read_checklist(json.dumps(data).encode(), "small")
    item["text"], item["scoring"] = {"zh": "领导小组"}, {"zh": "有方案 2 分，有人员 3 分"}
    item["rule"]["sum"][1]["yes_no"]["yes"]["points"] = "3"
    new = read_checklist(json.dumps(data).encode(), "small")
    told = "\n".join(change_lines(compare(old, new), en))
    for text in ("领导", "领导小组", "有方案 2 分", "有方案 2 分，有人员 3 分"):
        assert text in told


def test_a_rule_of_another_kind_is_told_as_that(zh):
    changed = with_item("A3", rule=YesNo(Outcome(Decimal(7)), Outcome(Decimal(0))))(TOWN)
    assert rows(changed, zh, "rule") == [("A3 培训", "评分规则", "评分方式：计数·按步加减", "评分方式：是或否")]


def test_what_moved_was_split_or_renamed_names_both_places(zh):
    assert rows(regrouped("A3", "A", "D")(TOWN), zh, "place") == [("A3 培训", "所属分组", "A 组织", "D 宣传")]
    split = rows(items_of("D", split_first)(TOWN), zh, "place")
    assert ("D1 宣传栏", "来源", "（无）", "D1 宣传栏（拆分）") in split
    merged = rows(items_of("A", inherited("M", Relation.MERGED, "A1", "A2"))(TOWN), zh, "place")
    assert ("A1 方案", "来源", "（无）", "A1 方案（合并）；A2 制度（合并）") in merged


def test_a_parameter_says_who_takes_its_number(zh):
    raised = replace(TOWN, parameters=(TOWN.parameters[0], replace(TOWN.parameters[1], value=Decimal(50))))
    assert rows(raised, zh, "settings") == [("参数 回收率", "数值（用于：C11）", "40", "50")]


def test_numbers_that_texts_name_are_put_in(zh):
    named = with_item("C11", scoring=Text("达到$rate得6分"))(TOWN)
    written_out = with_item("C11", scoring=Text("达到40%得6分"))(TOWN)
    assert rows(named, zh, "words")[0][3] == "达到40%得6分"
    assert rows(written_out, zh, "words", old=named)[0][2:] == ("达到$rate得6分", "达到40%得6分")


def test_settings_are_told_in_words(zh):
    changed = replace(TOWN, scoring=replace(TOWN.scoring, na_policy=NaPolicy.SHARE, na_share=Decimal(80)))
    assert rows(changed, zh, "settings") == [
        ("整份标准", "不适用", "不计，其余按比例折算为满分", "按满分的一定比例计"),
        ("整份标准", "不适用条款按满分计的比例", "（无）", "80%"),
    ]


def test_conditions_are_told_in_words(zh):
    def told(condition) -> str:
        return rows(with_item("A1", applies=condition)(EVERY), zh, "handling", old=EVERY)[0][3]

    many = FactCompared("staff", Bound(Comparison.AT_LEAST, ParameterRef("pass_mark")))
    assert told(FactIs("canteen", ("yes",))) == "有食堂"
    assert told(FactIs("canteen", ("no",))) == "有食堂：否"
    assert told(FactIs("kind", ("old", "new"))) == "类型：老院 或 新院"
    assert told(AllOf((FactIs("canteen", ("yes",)), AnyOf((many, Not(FactIs("kind", ("old",)))))))) == (
        "（有食堂 且 （人数不低于 “通过线”（60） 或 不符合“类型：老院”））"
    )


def test_equal_editions_say_so(wording):
    lines = change_lines(compare(TOWN, TOWN), wording)
    assert len(lines) == 4
    assert (
        lines[3]
        == {"zh": "两版内容完全相同。", "en": "The two editions are the same in every respect."}[wording.language]
    )


def test_a_county_edition_is_told_as_what_it_adds(zh):
    county = replace(TOWN, overlay=Overlay("0" * 64, ("east",), ()))
    assert change_notice(compare(TOWN, county), zh).title == "无废单位标准：县级补充说明"


def test_lines_put_short_changes_on_one_line_and_say_what_to_check(zh):
    lines = change_lines(compare(TOWN, next_edition()), zh)
    assert "  A1 年度工作方案　满分：10 分 → 12 分　〔打分需复核〕" in lines
    assert "  A3 培训　所属分组：A 组织 → D 宣传" in lines, "answers carry over"
    long = with_item("A1", guidance=Text("看" * 40))(with_item("A1", guidance=Text("查" * 40))(TOWN))
    before = with_item("A1", guidance=Text("查" * 40))(TOWN)
    lines = change_lines(compare(before, long), zh)
    place = lines.index("  A1 方案　查验指引　〔打分需复核〕")
    assert [line.strip()[:3] for line in lines[place + 1 : place + 3]] == ["原：查", "现：看"]


# --- on paper


def printed(document_fonts, wording: Wording, old: Checklist, new: Checklist, **options) -> list[str]:
    content = render_change_notice(compare(old, new), document_fonts, wording, **options)
    return [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(BytesIO(content)).pages]


def test_the_paper_holds_every_row(document_fonts, wording):
    text = "".join(printed(document_fonts, wording, TOWN, next_edition()))
    notice = change_notice(compare(TOWN, next_edition()), wording)
    assert len(notice.sections) == 7
    for section in notice.sections:
        assert re.sub(r"\s+", "", section.title) in text
        for row in section.rows:
            for cell in (row.respect, row.old, row.new):
                assert re.sub(r"\s+", "", cell.replace("“", '"').replace("”", '"')) in text.replace("“", '"').replace(
                    "”", '"'
                ), cell


def test_words_that_went_and_came_are_marked(document_fonts, zh):
    changed = with_item("A2", guidance=Text("看是否已经成文"))(TOWN)
    drawn = render_change_notice(compare(TOWN, changed), document_fonts, zh)
    stream = PdfReader(BytesIO(drawn)).pages[0].get_contents().get_data().decode("latin-1")
    grounds = {round(float(red), 3) for red in re.findall(r"([\d.]+) [\d.]+ [\d.]+ rg", stream)}
    assert round(0xD5 / 255, 3) in grounds, "what came"
    assert round(0xF6 / 255, 3) not in grounds, "nothing went"


def test_a_notice_of_many_pages_repeats_heads_and_numbers_pages(document_fonts, zh):
    changed = TOWN
    for item in TOWN.items():
        changed = with_item(item.key, guidance=Text("现" * 900), evidence=Text("材" * 300))(changed)
    pages = printed(document_fonts, zh, TOWN, changed)
    assert len(pages) > 3
    assert all(f"第{number}页共{len(pages)}页" in page for number, page in enumerate(pages, start=1))
    assert all("查验指引" in page or "查验材料" in page or "现现" in page for page in pages)
    assert sum(page.count("现现") for page in pages) > 20


def test_a_character_without_a_glyph_is_refused_or_stood_in_for(document_fonts, zh):
    changed = with_item("A1", text=Text("方案🎉"))(TOWN)
    with pytest.raises(UserError) as refused:
        printed(document_fonts, zh, TOWN, changed)
    assert refused.value.code == "document.glyph_missing"
    assert "方案〓" in "".join(printed(document_fonts, zh, TOWN, changed, stand_in="〓"))


def test_the_file_is_sound_and_says_what_it_is(document_fonts, zh, tmp_path):
    target = tmp_path / "notice.pdf"
    first = render_change_notice(compare(TOWN, next_edition()), document_fonts, zh, repeatable=True)
    assert first == render_change_notice(compare(TOWN, next_edition()), document_fonts, zh, repeatable=True)
    target.write_bytes(first)
    checked = subprocess.run(["qpdf", "--check", str(target)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert PdfReader(target).metadata.title == "无废单位标准修订说明"


# --- words for everything


def test_every_change_has_words(wording):
    for edit in one_edit_of_each_kind():
        assert_worded(change_lines(compare(TOWN, edit.apply(TOWN)), wording), edit.name)


def test_every_field_of_the_format_has_words(wording):
    assert_worded(change_lines(compare(TOWN, EVERY), wording), "every field")
    assert_worded(change_lines(compare(EVERY, TOWN), wording), "back")


def one_edit_of_each_kind() -> list[Edit]:
    """Every way to change a checklist once, not for every item."""
    return list({frozenset(report[-1] for report in edit.reports): edit for edit in all_edits(TOWN)}.values())


def assert_worded(lines: list[str], subject: str) -> None:
    text = "\n".join(lines)
    assert "comparing." not in text, subject
    assert "{" not in text, subject
    assert not re.search(r"(?<![\w$])(?:field|word|rule)_\w+", text), subject


def test_every_word_is_used_and_every_choice_is_worded(catalogue):
    families = {
        *(f"word_verify_{one}" for one in Verify),
        *(f"word_not_applicable_{one}" for one in (*NotApplicable, *NaPolicy)),
        *(f"word_{name}_not_applicable_{one}" for name in ("group", "star") for one in WhenAbsent),
        *(f"word_evidence_required_{one}" for one in Proof if one is not Proof.NEVER),
        *(f"word_mode_{one}" for one in RoundingMode),
        *(f"word_relation_{one}" for one in Relation),
        *(f"word_subject_{one}" for one in Subject),
        *(f"word_ask_{one}" for one in FactKind),
        *(f"word_effect_{one}" for one in Effect),
        *(f"word_part_step_{one}" for one in PartStep),
        *(f"word_section_{one}" for one in (Section.GATES, Section.GROUPS, Section.BONUS, Section.DEDUCTIONS)),
        *(f"subject_{one}" for one in Section if one is not Section.GATES),
        *(f"rule_{one}" for one in (*HEADS, *SCALES, *Comparison)),
        *(f"{name}_{one}" for name in ("figure", "section") for one in ("added", "removed", *Aspect)),
        *(f"part_{one}" for one in Change if one is not Change.CHANGED),
        "section_groups", "section_settings", "edition_old", "edition_new", "in_zh", "in_en",
        "condition_all", "condition_any", "answers_carry", "answers_check", "line_old", "line_new",
        *(f"column_{one}" for one in ("subject", "part", "respect", "old", "new", "answers", "text", "worth")),
    }  # fmt: skip
    named = {key.removeprefix("comparing.") for key in catalogue if key.startswith("comparing.")}
    fields = {key for key in named if key.startswith(("field_", "rule_"))} - families
    assert families - named == set()
    spoken = {value for path in code_files() for value in texts_in(path)}
    unused = {key for key in named - families - fields if key not in spoken and f"comparing.{key}" not in spoken}
    assert unused == set()
    listener = Listener(catalogue, "zh")
    rare = (
        replace(TOWN, category=replace(TOWN.category, key="school", text=Text("无废学校"))),
        replace(TOWN, bonus=replace(TOWN.bonus, counts_for_pass=False)),
        replace(TOWN, bonus=None, groups=(*TOWN.groups, TOWN.bonus.group)),
    )
    for old, new in (
        (TOWN, EVERY),
        (EVERY, TOWN),
        *((TOWN, one) for one in rare),
        *((TOWN, edit.apply(TOWN)) for edit in one_edit_of_each_kind()),
    ):
        change_lines(compare(old, new), listener)
    tell_every_place_of_rules(listener)
    assert fields - listener.asked == set()


class Listener(Wording):
    """Keeps in mind what was asked for."""

    def __init__(self, catalogue, language: str) -> None:
        super().__init__(catalogue, language)
        self.asked: set[str] = set()

    def say(self, key: str, /, **values: object) -> str:
        self.asked.add(key.removeprefix("comparing."))
        return super().say(key, **values)


def tell_every_place_of_rules(wording: Wording) -> None:
    """Hold every rule against one of its kind that says nothing."""
    values = ChangeValues(EVERY, wording)
    document = json.loads(edition_document(EVERY))
    rules = [item["rule"] for item in every_item([*document["groups"], document["bonus"], document["deductions"]])]
    for rule in rules:
        emptied = {name: [] if isinstance(value, list) else {} for name, value in rule.items()}
        assert rule_differences(rule, emptied, values, values)


def every_item(groups: list[dict]) -> Iterator[dict]:
    for group in groups:
        yield from group.get("items", ())
        yield from every_item(group.get("groups", []))


def code_files() -> list[Path]:
    folders = ("documents", "services", "command_line")
    return [path for folder in folders for path in (ROOT / "wufei_cells" / folder).glob("*.py")]


def texts_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
