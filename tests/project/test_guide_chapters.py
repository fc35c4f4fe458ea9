"""The guide against the program: its words, its keys, its commands, its pictures and its links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tools import make_guide_keys, make_guide_pictures
from ui.app import ROOMS
from ui.dialogs.keys_dialog import groups_of
from ui.models.guide_book import ANCHOR, LINK, PLACES, find, read_book
from wufei_cells import shipped
from wufei_cells.command_line.main import parser
from wufei_cells.domain.text import LANGUAGES

GUIDE = Path(__file__).resolve().parents[2] / "resources" / "guide"
BOOKS = {language: read_book(shipped.guide_chapters(language)) for language in LANGUAGES}
CHAPTERS = [(language, chapter) for language, book in BOOKS.items() for chapter in book.chapters]
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LABEL = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`([^`]+)`")
SLOT = re.compile(r"\\\{\w+\\\}")
NOT_KEYS = re.compile(r"[a-z.{`/*-].*|[0-9/]{2,}|N .+|WFC.*|[0-9]|DCIM")
"""Code that is no key: commands, endings of files, answers as they are typed."""
KEYS_OF_DIALOGS = {"Esc", "←", "→", "↑", "↓", "Alt"}
"""Keys that work inside a dialog, where they are told; no sheet lists them."""
MOST = 2_560_000
"""Bytes of all pictures together."""


@pytest.fixture(scope="module", params=CHAPTERS, ids=lambda given: f"{given[0]}-{given[1].name}")
def told(request):
    """A chapter with its language."""
    return request.param


def prose(chapter):
    """What a chapter says outside of blocks of commands."""
    return FENCE.sub("", chapter.markdown)


def sayings(language):
    """Everything the program says in a language, as a pattern that its slots fit into."""
    said = {texts[language].strip() for texts in shipped.wording_catalogue().values()}
    plain = {bare(text) for text in said if "{" not in text}
    slotted = [re.compile(SLOT.sub(".*", re.escape(bare(text)))) for text in said if 0 < text.find("{") <= 24]
    return plain, slotted


def bare(text):
    """A label without what only leads on: dots, colons, the key behind it, a number in a slot at its end."""
    text = re.sub(r"\s{2,}\S+$|（[A-Z]）$| \([A-Z]\)$", "", text.replace("&", ""))
    return re.sub(r"\s*\{\w+\}$", "", text.strip(" .…:：")).strip(" .…:：")


SAYINGS = {language: sayings(language) for language in LANGUAGES}


# --- the words


def test_every_label_in_bold_stands_in_the_window(told):
    language, chapter = told
    plain, slotted = SAYINGS[language]
    labels = {bare(label) for label in LABEL.findall(prose(chapter))}
    assert [label for label in labels - plain if not any(each.fullmatch(label) for each in slotted)] == []


def test_a_label_that_no_window_bears_would_be_noticed():
    plain, slotted = SAYINGS["zh"]
    assert bare("全选") in plain
    assert bare("一键搞定") not in plain
    assert not any(each.fullmatch("一键搞定") for each in slotted)


def test_every_key_is_one_of_the_program(told):
    _language, chapter = told
    lines = [line for room in ROOMS for _name, group in groups_of(room.key, len(ROOMS)) for line in group]
    known = {make_guide_keys._shown(keys) for line in lines for keys in line.keys} | KEYS_OF_DIALOGS
    written = {code for code in CODE.findall(prose(chapter)) if not NOT_KEYS.fullmatch(code)}
    assert written <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_of_keys_is_the_one_the_program_gives(language):
    path = GUIDE / language / make_guide_keys.NAME
    assert path.read_text(encoding="utf-8") == make_guide_keys.chapter(language), "run tools.make_guide_keys"


def test_every_command_is_one_the_program_understands(told):
    _language, chapter = told
    blocks = "\n".join(FENCE.findall(chapter.markdown))
    lines = [re.split(r"\s{3,}", line)[0] for line in blocks.splitlines() if line.startswith("wufei-cells ")]
    lines += [code for code in CODE.findall(prose(chapter)) if code.startswith("wufei-cells ") and "--self" not in code]
    for line in lines:
        if not line.endswith("--help"):
            parser().parse_args(shlex.split(line.replace("\\", "/"))[1:])


# --- the book


def test_both_languages_have_the_same_chapters_and_sections():
    zh, en = BOOKS["zh"].chapters, BOOKS["en"].chapters
    assert [chapter.name for chapter in zh] == [chapter.name for chapter in en]
    for one, other in zip(zh, en, strict=True):
        assert [each.level for each in one.sections] == [each.level for each in other.sections], one.name
        assert named("zh", one) == named("en", other), one.name
        assert one.markdown.count("\n![") == other.markdown.count("\n!["), one.name


def named(language, chapter):
    """The names of sections that are the same in every language, with their places."""
    written = set(ANCHOR.findall(shipped.guide_chapters(language)[chapter.name]))
    return [(at, section.anchor) for at, section in enumerate(chapter.sections) if section.anchor in written]


def test_sections_of_a_chapter_have_names_of_their_own(told):
    _language, chapter = told
    anchors = [section.anchor for section in chapter.sections]
    assert len(anchors) == len(set(anchors))
    assert chapter.sections[0].level == 1
    assert [section.level for section in chapter.sections[1:]].count(1) == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES.values())
def test_every_place_that_f1_leads_to_is_there(language, place):
    assert BOOKS[language].spot(place) is not None


def test_every_link_leads_somewhere(told):
    language, chapter = told
    targets = [link[3] for link in LINK.finditer(prose(chapter)) if not link[1]]
    places = [f"{chapter.name}{target}" if target.startswith("#") else target for target in targets]
    assert [place for place in places if BOOKS[language].spot(place) is None] == []


# --- the pictures


def test_pictures_are_those_of_the_chapters_and_all_are_shown():
    shown = set()
    for language, chapter in CHAPTERS:
        for link in LINK.finditer(chapter.markdown):
            if link[1]:
                assert link[2], f"{chapter.name}: a picture says what it shows"
                assert link[3].startswith("../pictures/")
                assert link[3].endswith(f"-{language}.png"), f"{chapter.name}: {link[3]} is of the other language"
                shown.add(link[3].rpartition("/")[2])
    there = {path.name for path in (GUIDE / "pictures").iterdir()}
    assert shown == {name for name in there if "-dark" not in name}
    assert {name.replace(".png", "-dark.png") for name in shown} == {name for name in there if "-dark" in name}


def test_pictures_are_small():
    sizes = [path.stat().st_size for path in (GUIDE / "pictures").iterdir()]
    assert sum(sizes) <= MOST
    assert len(sizes) == 4 * len(make_guide_pictures.PICTURES)


# --- finding


def titles(words, language="zh"):
    books = [BOOKS[language], *(book for other, book in BOOKS.items() if other != language)]
    return [hit.title for hit in find(words, books)]


def test_words_are_found_titles_first():
    found = titles("备份")
    assert found[0] == "更新、备份、出了问题"
    assert "恢复" in found[:8] or "机构密钥" in found


def test_all_words_have_to_be_there():
    assert titles("六个词 停用")
    assert set(titles("六个词 停用")) <= set(titles("六个词"))
    assert titles("六个词 这里没有的字") == []
    assert titles("   ") == []


def test_words_of_the_other_language_are_found_and_told_in_the_own():
    assert "照片" in " ".join(titles("photos"))
    assert any("ackage" in title or "xchange" in title for title in titles("交换包", "en"))


def test_what_is_code_is_no_heading():
    book = read_book({"01-x": "# A\n\n```\n# no heading\n```\n\n## B `C`\n\ntext"})
    (chapter,) = book.chapters
    assert [(each.title, each.level, each.anchor) for each in chapter.sections] == [("A", 1, "a"), ("B C", 2, "b-c")]
