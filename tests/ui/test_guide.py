"""The guide on the screen: chapters, links, search, pictures, ways back, other languages and colors, paper."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QPoint, Qt

from ui.dialogs.guide_dialog import GuideDialog
from ui.dialogs.guide_printing import chapters_as_pdf
from ui.dialogs.openers import OPENERS, open_dialog
from ui.dialogs.save_dialog import SaveDialog
from ui.models.guide_book import PLACES, Spot
from ui.widgets.guide_look import MARGIN
from ui.widgets.guide_view import SETTLED
from wufei_cells import shipped

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def guide_window(shared_windows, shared_register):
    return shared_windows(shared_register)


@pytest.fixture
def guide(guide_window, qtbot):
    """The guide of a window, opened at the scoring desk."""
    guide_window.context.i18n.set_language("zh")
    guide_window.context.dress("light", 14)
    dialog = GuideDialog(guide_window.context, "assessment", guide_window.main)
    dialog.resize(900, 640)
    dialog.show()
    yield dialog
    dialog.close()


def chapter_of(guide):
    return guide.view.document().firstBlock().text()


def section_of(guide):
    return guide._books[0].section(guide.spot).title


def chosen(guide):
    return guide.side.contents.currentItem().text(0)


def pictures(document):
    """The widths of the pictures of a document."""
    widths, block = [], document.begin()
    while block.isValid():
        for entry in block:
            picture = entry.fragment().charFormat().toImageFormat()
            widths += [picture.width()] if picture.isValid() and picture.name() else []
        block = block.next()
    return widths


# --- opening


def test_it_opens_at_the_section_of_the_room(guide):
    assert chapter_of(guide) == "评估员手册"
    assert section_of(guide) == chosen(guide) == "4. 逐条打分"
    assert guide.view.verticalScrollBar().value() > 0


@pytest.mark.parametrize("name", ["roles", "drawing", "ledgers", "devices"])
def test_f1_in_a_dialog_opens_it_there(guide_window, shared_windows, qtbot, name):
    dialog = open_dialog(name, guide_window.context, guide_window.main)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    opened = dialog.findChild(GuideDialog)
    assert opened is not None
    assert opened.spot == opened._books[0].spot(PLACES[name])
    dialog.close()
    shared_windows.settle(guide_window)


def test_every_dialog_opened_by_name_has_its_place():
    assert set(OPENERS) <= set(PLACES)


def test_a_place_that_is_nowhere_opens_the_beginning(guide):
    guide.open_chapter("nowhere")
    assert guide.spot == Spot(0)
    assert chapter_of(guide) == "开始"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_marks_are_left_in_what_is_shown(guide, guide_window, language):
    guide_window.context.i18n.set_language(language)
    for number in range(len(guide._books[0].chapters)):
        guide.go(Spot(number))
        text = guide.view.toPlainText()
        assert "**" not in text
        assert "](" not in text
        assert "<a id" not in text


def test_every_heading_can_be_gone_to(guide):
    guide.go(Spot(0))
    anchors = [section.anchor for section in guide._books[0].chapters[0].sections]
    block, named = guide.view.document().begin(), []
    while block.isValid():
        if block.blockFormat().headingLevel():
            named += next(iter(block)).fragment().charFormat().anchorNames()
        block = block.next()
    assert named == anchors


# --- going about


def test_a_link_leads_to_its_section_and_the_way_back_to_where_one_was(guide):
    bar = guide.view.verticalScrollBar()
    bar.setValue(bar.value() + 40)
    scrolled = bar.value()
    guide.view.link_chosen.emit("08-excel.md#lists")
    assert (chapter_of(guide), section_of(guide)) == ("Excel 和 WPS", "导入单位名单")
    guide.back_button.click()
    assert (section_of(guide), bar.value()) == ("4. 逐条打分", scrolled)
    assert not guide.back_button.isEnabled()
    guide.forward_button.click()
    assert section_of(guide) == "导入单位名单"


def test_nothing_outside_of_the_guide_is_ever_opened(guide):
    before = guide.spot
    guide.view.link_chosen.emit("https://example.org/")
    assert guide.spot == before
    assert not guide.view.openLinks()


def test_the_list_of_sections_leads_there(guide):
    item = guide.side.contents.topLevelItem(1).child(5)
    guide.side.contents.setCurrentItem(item)
    assert section_of(guide) == item.text(0) == "6. 照片"


def test_what_is_looked_for_is_listed_opened_and_marked(guide, qtbot):
    guide.side.search_edit.setText("双随机")
    assert guide.side.lists.currentWidget() is guide.side.hits_list
    assert guide.side.hits_list.item(0).text() == "市办手册 · 双随机抽查"
    qtbot.keyClick(guide.side.search_edit, Qt.Key.Key_Return)
    assert section_of(guide) == "双随机抽查"
    assert guide.view.extraSelections()
    guide.side.search_edit.clear()
    assert guide.side.lists.currentWidget() is guide.side.contents
    assert not guide.view.extraSelections()


def test_what_is_not_there_is_said_so(guide):
    guide.side.search_edit.setText("没有这样的词")
    assert guide.side.hits_list.count() == 1
    guide.side.hits_list.choose_first()
    assert section_of(guide) == "4. 逐条打分"


# --- languages and looks


def test_it_follows_the_language_at_the_same_section(guide, guide_window):
    guide_window.context.i18n.set_language("en")
    assert (chapter_of(guide), section_of(guide)) == ("The assessor's guide", "4. Item by item")
    assert guide.windowTitle() == "Guide"
    assert chosen(guide) == "4. Item by item"


def test_pictures_are_never_wider_than_their_page_nor_than_they_are(guide, qtbot):
    for width in (700, 1200):
        guide.resize(width, 640)
        qtbot.wait(200)
        widths = pictures(guide.view.document())
        assert len(widths) == 9
        assert max(widths) <= min(guide.view.viewport().width(), 900)
        assert min(widths) > 100


def test_dark_has_dark_pictures(guide, guide_window):
    name = "../pictures/desk-zh.png"
    light = guide.view.image(name).pixelColor(4, 4)
    guide_window.context.dress("dark", 18)
    dark = guide.view.image(name).pixelColor(4, 4)
    assert light.lightness() > 200
    assert dark.lightness() < 60
    assert chapter_of(guide) == "评估员手册"
    assert guide.view.document().defaultFont().pixelSize() == 18


def test_the_type_is_the_programs_own_everywhere(guide):
    families = set()
    block = guide.view.document().begin()
    while block.isValid():
        for entry in block:
            given = entry.fragment().charFormat()
            if given.hasProperty(given.Property.FontFamilies.value):
                families |= set(given.fontFamilies())
        block = block.next()
    assert families <= {"Wufei Sans SC", "Wufei Fallback SC"}


# --- paper


def test_a_chapter_is_written_as_pdf_with_its_pictures(guide, guide_window):
    guide_window.context.dress("dark", 14)
    chapter = guide._books[0].chapters[1]
    content = chapters_as_pdf(guide_window.context, "使用说明", (chapter,))
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert 5 <= len(reader.pages) <= 20
    text = "".join(page.extract_text() for page in reader.pages)
    assert "评估员手册" in "".join(text.split())
    assert len({image.data for page in reader.pages for image in page.images}) == 9


def test_the_chapter_that_is_open_is_saved_where_one_says(guide, guide_window, shared_windows, tmp_path, qtbot):
    guide.print_chapter.trigger()
    dialog = guide.findChild(SaveDialog)
    dialog.path_chosen.emit(tmp_path / "guide.pdf")
    dialog.close()
    qtbot.waitUntil((tmp_path / "guide.pdf").exists)
    shared_windows.settle(guide_window)
    assert pypdf.PdfReader(tmp_path / "guide.pdf").metadata.title == "使用说明 评估员手册"


def test_the_size_of_the_whole_is_fit_to_hand_around(guide, guide_window):
    content = chapters_as_pdf(guide_window.context, "使用说明", guide._books[0].chapters)
    assert content.startswith(b"%PDF")
    assert len(content) < 6_000_000
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) < 60


def test_what_ships_is_read_once():
    assert shipped.guide_chapters("zh") is shipped.guide_chapters("zh")
    assert shipped.guide_picture("nothing.png") is None


# --- words


def test_every_sentence_of_the_guide_is_used():
    source = "".join(path.read_text("utf-8") for folder in ("ui", "tools") for path in (ROOT / folder).rglob("*.py"))
    own = json.loads((ROOT / "resources" / "wording" / "guide.json").read_text("utf-8"))
    made = {"guide.back", "guide.forward"}
    assert [key for key in own if key not in made and f'"{key}"' not in source and f"'{key}'" not in source] == []


@pytest.mark.parametrize("place", ["certificates", "exchange#devices", "keys", "roles"])
def test_it_stays_at_its_place_while_it_is_opened(guide_window, qtbot, place):
    dialog = GuideDialog(guide_window.context, place, guide_window.main)
    dialog.show()
    qtbot.wait(3 * SETTLED)  # the size is found, pictures are drawn for it
    first = dialog.view.cursorForPosition(QPoint(MARGIN, 2 * MARGIN)).block()
    titles = [section.title for section in dialog._books[0].chapters[dialog.spot.chapter].sections]
    assert first.text() in {titles[dialog.spot.section], titles[0]} or dialog.view.verticalScrollBar().value() == 0
    bar = dialog.view.verticalScrollBar()
    assert dialog.spot.section == 0 or bar.value() > 0
    assert dialog.spot.section > 0 or bar.value() == 0
    dialog.close()
