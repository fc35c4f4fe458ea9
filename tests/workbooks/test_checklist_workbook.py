"""A whole checklist goes out to a workbook and comes back without loss, in both languages."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.workbooks.authoring_sheets import (
    ROOT,
    document_of,
    found_in,
    sheets_of,
    shipped_documents,
    through_file,
    through_sheets,
    whole_catalogue,
    wording,
)
from tests.workbooks.checklist_strategies import checklists
from wufei_cells.checklists.defaults import without_defaults
from wufei_cells.checklists.yaml_source import Source
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.workbooks.authoring.sheets import PLANS, Form
from wufei_cells.workbooks.authoring.workbook import write_checklist_workbook
from wufei_cells.workbooks.vocabulary import Vocabulary, folded

LANGUAGES = ["zh", "en"]
QUICK = settings(deadline=None, suppress_health_check=list(HealthCheck))


# --- nothing is lost


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(shipped_documents()))
def test_every_shipped_checklist_comes_back_as_it_was(name, language):
    document = shipped_documents()[name]
    source = through_sheets(document, language)
    assert (source.noted, source.cautions) == ([], [])
    assert found_in(source) == canonical_json(document)


@pytest.mark.parametrize(("name", "language"), [("jiaozuo/factory", "zh"), ("luoyang/hotel", "en")])
def test_shipped_checklists_come_back_from_real_files(name, language):
    document = shipped_documents()[name]
    source = through_file(document, language)
    assert (source.noted, source.cautions) == ([], [])
    assert found_in(source) == canonical_json(document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_the_format_has_its_place(language):
    document = json.loads(document_of(ROOT / "tests/checklists/every_field.yaml"))
    source = through_sheets(document, language)
    assert found_in(source) == canonical_json(document)
    for sheet in sheets_of(document, language):
        heads = {cell.text: at for at, cell in sheet.rows[1].items()}
        beyond = heads.get(Vocabulary(wording(language)).say("head.more"))
        assert not [row for row, cells in sheet.rows.items() if row > 1 and beyond in cells], (
            "nothing is left for braces"
        )


@settings(QUICK, max_examples=25)
@given(data=checklists(), language=st.sampled_from(LANGUAGES))
def test_any_checklist_comes_back_as_it_was(data, language):
    source = through_sheets(data, language)
    assert without_defaults(source.data) == without_defaults(data)
    assert (source.noted, source.cautions) == ([], [])
    assert found_in(source) == found_in(Source("x", data))


@settings(QUICK, max_examples=3)
@given(data=checklists(), language=st.sampled_from(LANGUAGES))
def test_any_checklist_comes_back_from_a_real_file(data, language):
    assert without_defaults(through_file(data, language).data) == without_defaults(data)


def kinds_of_rules():
    """The rules of the kinds found in real papers, each with its number."""
    kinds = yaml.load((ROOT / "tests/scoring/kinds/kinds.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    for kind in kinds:
        for place, example in enumerate(kind["examples"]):
            if "item" in example:
                yield pytest.param(example["item"], id=f"{kind['number']}-{place}")


@pytest.mark.parametrize("item", list(kinds_of_rules()))
def test_every_kind_of_rule_comes_back_as_it_was(item):
    entry = {"key": "A1", "text": "条款", **item}
    data = {"format": "wufei-checklist/1", "key": "T", "groups": [{"key": "A", "text": "组", "items": [entry]}]}
    for language in LANGUAGES:
        assert without_defaults(through_sheets(data, language).data) == without_defaults(data)


DRAFTS = [
    {},
    {"key": "T", "groups": []},
    {"title": {"en": "Only English"}},
    {"groups": "not yet", "gates": ["?"], "scoring": {"grades": {"a": "b"}, "odd": "1"}},
    {"groups": [{"key": "A", "items": [{"key": "A1", "rule": {"count": {"unit": "处"}}}]}]},
    {"groups": [{"key": "A", "items": [{"key": "A1", "rule": {"yes_no": "5", "steps": {"points": "1"}}}]}]},
    {
        "groups": [
            {"key": "A", "items": [{"key": "A1", "rule": "later"}, {"key": "A1", "rule": {"best": [{"key": "a"}]}}]}
        ]
    },
    {
        "groups": [
            {"key": "A", "full": "many", "cap": ["1"], "text": {"zh": "甲", "fr": "a"}, "applies": {"fact": "a b"}}
        ]
    },
    {"parameters": [{"key": "p", "value": "0.1234567"}], "bonus": {"key": "X", "items": "none", "color": "red"}},
    {"notice": "a\u2028b\x01 c", "sources": [{"key": "S", "title": "=1+1", "number": "'x"}], "more": {"x": ["y", "z"]}},
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draft", DRAFTS)
def test_unfinished_drafts_come_back_with_all_their_oddities(draft, language):
    source = through_file(draft, language)
    expected = without_defaults({"format": "wufei-checklist/1", **draft})
    assert without_defaults(source.data) == expected
    assert source.noted == []


def test_what_is_written_does_not_depend_on_the_day():
    document = shipped_documents()["jiaozuo/mall"]
    assert write_checklist_workbook(document, wording()) == write_checklist_workbook(document, wording())


# --- the sheets


@pytest.fixture(scope="module")
def book():
    document = shipped_documents()["jiaozuo/factory"]
    return load_workbook(BytesIO(write_checklist_workbook(document, wording())))


def test_the_sheets_stand_in_the_order_in_which_they_are_filled_in(book):
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert shown == ["说明", "基本", "等次", "条款", "规则", "事实", "参数", "来源", "栏目"]


def test_heads_stay_in_view_repeat_in_print_and_say_what_belongs_below_them(book):
    for sheet in book.worksheets[2:]:
        assert re.fullmatch(r"[A-Z]2", sheet.freeze_panes), sheet.title
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (
            "landscape",
            9,
            1,
        )
        assert all(cell.comment and cell.comment.text for cell in sheet[1]), sheet.title


def test_what_is_one_of_a_few_words_can_be_picked(book):
    lists = {str(rule.sqref): rule.formula1 for rule in book["条款"].data_validations.dataValidation}
    offered = {places.split(":")[0].rstrip("0123456789"): formula for places, formula in lists.items()}
    heads = {cell.value: cell.column_letter for cell in book["条款"][1]}
    assert offered[heads["类型"]] == '"前置条件,分组,条款,加分,扣分"'
    assert offered[heads["检查方式"]] == '"资料,现场,问卷,资料、现场"'
    assert offered[heads["★"]] == '"是,否"'


def test_points_are_numbers_and_texts_stay_texts(book):
    sheet = book["条款"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(cell.row for cell in sheet["C"] if cell.value == "A1")
    assert sheet.cell(row, heads["满分"]).value == 4
    assert sheet.cell(row, heads["编号"]).number_format == "@"
    assert sheet.cell(sheet.max_row, heads["编号"]).number_format == "@", (
        "rows to fill in keep 1-1 from becoming a date"
    )


def test_the_language_of_the_workbook_comes_first_and_the_other_can_be_folded_away():
    document = shipped_documents()["jiaozuo/mall"]
    sheet = load_workbook(BytesIO(write_checklist_workbook(document, wording("en"))))["Items"]
    heads = [cell.value for cell in sheet[1]]
    assert heads.index("Text") < heads.index("Text (Chinese)")
    folded = get_column_letter(heads.index("Text (Chinese)") + 1)
    assert sheet.column_dimensions[folded].outlineLevel == 1


def test_common_rules_stand_in_one_cell(book):
    cells = {str(row[2].value): row[7].value for row in book["条款"].iter_rows()}
    assert any(str(value).startswith("是否 ") for value in cells.values())
    assert "见“规则”表" in cells.values()


# --- the words


def ambiguous(spellings):
    """Words that mean several things."""
    meant = {}
    for word, name in spellings:
        meant.setdefault(folded(word), set()).add(name)
    return {word: names for word, names in meant.items() if len(names) > 1}


def test_no_head_means_two_columns_in_any_language():
    words = Vocabulary(wording())
    for plan in PLANS[1:]:
        heads = [(one, column.name) for column in plan.columns for one in words.spellings(f"head.{column.name}")]
        assert ambiguous(heads) == {}, plan.name
    labels = {column.name.removesuffix("_zh").removesuffix("_en") for column in PLANS[0].columns}
    assert ambiguous([(one, label) for label in labels for one in words.spellings(f"basics.{label}")]) == {}


def test_no_word_means_two_things_in_one_column():
    words = Vocabulary(wording())
    for column in (column for plan in PLANS for column in plan.columns):
        spelled = [(one, name) for name in column.choices for one in words.spellings(f"{column.area}.{name}")]
        assert ambiguous(spelled) == {}, column.name


def used_words():
    """Every key of a word that the plans of the sheets ask for."""
    for plan in PLANS:
        yield f"sheet.{plan.name}"
        for column in plan.columns:
            name = column.name.removesuffix("_zh").removesuffix("_en")
            yield from (f"{column.area}.{choice}" for choice in column.choices)
            yield from (
                [f"basics.{name}", f"basics_hint.{name}"]
                if plan.name == "basics"
                else [f"head.{column.name}", f"hint.{name}"]
            )
            if column.form is Form.FLAG:
                yield from ("flag.yes", "flag.no")


def test_nothing_is_worded_in_vain():
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "wufei_cells/workbooks").rglob("*.py"))
    named = set(re.findall(r"""["'](?:[a-z]+\.)?([a-z_]+)["']""", source))
    made_of_parts = re.compile(r"guide\.(step|rule|note)\d(_is)?|word\.part_(count|prorate|ignore)")
    own = {key.removeprefix("book.") for key in whole_catalogue() if key.startswith("book.")}
    used = set(used_words())
    assert used - own == set()
    assert {
        key for key in own - used if key.rpartition(".")[2] not in named and not made_of_parts.fullmatch(key)
    } == set()


def test_both_languages_have_the_same_slots():
    slots = re.compile(r"\{(\w+)\}")
    for key, said in whole_catalogue().items():
        if key.startswith(("book.", "authoring.")):
            assert set(slots.findall(said["zh"])) == set(slots.findall(said["en"])), key
            assert not any(mark in said["zh"] + said["en"] for mark in "！!"), key
