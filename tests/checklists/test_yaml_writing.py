"""Plain data written as YAML reads back equal, and looks as a careful person would write it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wufei_cells.checklists.defaults import without_defaults
from wufei_cells.checklists.document import edition_document
from wufei_cells.checklists.reading import read_checklist, read_document
from wufei_cells.checklists.yaml_source import parse_yaml
from wufei_cells.checklists.yaml_writing import WIDTH, flow_text, yaml_text

ODD_TEXTS = [
    *(
        "~",
        "null",
        "",
        "yes",
        "a: b",
        "a:b",
        "# x",
        "a #b",
        "- a",
        "-",
        "? b",
        "{a",
        "[a",
        "a, b",
        "a b  c",
        "  x",
        "x ",
    ),
    *(
        "a\nb",
        "a\n\nb",
        "\na",
        "a\n",
        "%x",
        "@a",
        "`",
        "'",
        '"',
        "...",
        "---",
        "|",
        "> x",
        "*a",
        "&b",
        "!c",
        "1e5",
        "=",
        "<<",
    ),
    *(
        "\u0085",
        "\u2028",
        "\ufeffx",
        "\x07",
        "𬇙",
        "$x",
        "-5",
        "-x",
        "a" * 130,
        "word " * 40 + "x",
        "many words: " * 20 + "x",
    ),
]
characters = st.characters(blacklist_categories=("Cs",))
texts = st.sampled_from(ODD_TEXTS) | st.text(characters, max_size=20)
names = st.sampled_from(["key", "text", "zh", "en", "rule", "无废", "- x", "a: b"])
plain_data = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=15
)


@settings(deadline=None, max_examples=300)
@given(data=plain_data)
def test_whatever_is_written_reads_back_equal(data):
    if data != "":  # an empty file is no data
        assert parse_yaml(yaml_text(data).encode(), "x").data == data
        assert parse_yaml(flow_text(data).encode(), "x").data == data


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_every_text_reads_back_in_every_position(text):
    data = {"a": text, "b": [text, {"c": text}], "d": {"e": [text]}, "f": {"zh": text, "en": text * 3}}
    assert parse_yaml(yaml_text(data).encode(), "x").data == data


def test_every_shipped_checklist_is_the_same_edition_without_its_defaults(shipped):
    for name, content in shipped.items():
        document = edition_document(read_checklist(content, name))
        short = without_defaults(json.loads(document))
        written = yaml_text(short)
        assert parse_yaml(written.encode(), name).data == short
        assert edition_document(read_checklist(written.encode(), name)) == document
        assert without_defaults(short) == short
        assert len(written) < len(content) * 1.1, "not longer than what a person wrote"


def test_defaults_are_left_out(shipped):
    document = edition_document(read_checklist(shipped["jiaozuo/office.yaml"], "office.yaml"))
    written = yaml_text(without_defaults(json.loads(document)))
    for spelled_out in ("star: no", "not_applicable: reason", "relative: yes", "part_step: ignore", "official: no"):
        assert spelled_out not in written
    assert edition_document(read_document(document)) == document


SMALL = {
    "scoring": {
        "grades": [{"total_at_least": "80", "text": {"en": "Pass", "zh": "达标"}, "key": "pass"}],
        "not_applicable": "full",
    },
    "groups": [
        {
            "items": [
                {"rule": {"steps": {"cap": "3", "points": "2"}, "count": {"text": "处"}}, "key": "A1", "text": "甲"}
            ],
            "key": "A",
            "text": "一: 二",
        }
    ],
    "key": "T",
    "notice": "第一行\n第二行",
    "title": "标题",
}


def test_fields_stand_in_the_order_in_which_people_read_them():
    assert yaml_text(SMALL) == (
        "key: T\n"
        "title: 标题\n"
        "\n"
        "notice: |-\n"
        "  第一行\n"
        "  第二行\n"
        "\n"
        "scoring:\n"
        "  not_applicable: full\n"
        "  grades: [{key: pass, text: {zh: 达标, en: Pass}, total_at_least: 80}]\n"
        "\n"
        "groups:\n"
        "  - key: A\n"
        '    text: "一: 二"\n'
        "    items:\n"
        "      - key: A1\n"
        "        text: 甲\n"
        "        rule: {count: {text: 处}, steps: {points: 2, cap: 3}}\n"
    )


def test_long_sentences_are_broken_between_words_only():
    sentence = "Kitchen waste goes to a qualified unit: " * 12
    lines = yaml_text({"en": sentence.strip(), "zh": "餐厨垃圾交有资质的单位。" * 30}).splitlines()
    assert all(len(line) <= WIDTH for line in lines if "餐厨" not in line)
    assert sum("餐厨" in line for line in lines) == 1, "Chinese has no blanks to break at"
