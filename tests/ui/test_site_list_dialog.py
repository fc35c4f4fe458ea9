"""The dialog of lists of sites: look, choose by mouse and keys, import, stop, and take back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest

from tests.samples.site_lists import credit_code, plain_list
from tests.ui.conftest import wait_until
from ui.dialogs.openers import open_dialog
from ui.dialogs.site_list_dialog import SiteListDialog
from ui.models.site_list_model import LINE_ROLE, LOOKS, NOTES, SiteListModel
from wufei_cells import shipped
from wufei_cells.domain.site_lists import NEW_SITE, Fate
from wufei_cells.services import browsing, registering

KNOWN = "焦作市第一中学"
BROKEN = "“9.141E+17”已被 Excel 当成数字存坏，后面的位数找不回来了。请把这一列的单元格格式改为“文本”，再照原件重填。"
HEADS = ("单位名称", "统一社会信用代码", "类别", "县区", "地址", "领导签字", "电话")
ROWS = (
    ("焦作市第二中学", credit_code(2), "机关", "解放区", "人民路2号", None, 13839112345),
    (KNOWN, None, None, None, None, None, "0391-7700001"),
    (f"{KNOWN}有限公司", None, "机关", "解放区"),
    ("焦作市第四中学", "9.141E+17", "机关", "解放区"),
    ("解放区龙源湖公园",),
)


@pytest.fixture
def lists(tmp_path):
    """A file with a row of each fate."""
    path = tmp_path / "解放区.xlsx"
    path.write_bytes(plain_list(*ROWS, heads=HEADS))
    return path


@pytest.fixture
def dialog(window, open_window, lists):
    """The dialog with the list read, opened from the room of the sites."""
    page = window.main.show_room("sites")
    open_window.settle(window)
    page.import_button.click()
    shown = window.main.findChild(SiteListDialog)
    open_window.settle(window)
    assert not shown.import_button.isEnabled()
    shown.read([lists])
    open_window.settle(window)
    shown.page, shown.window_of_test = page, window
    shown.settle = lambda: open_window.settle(window)
    return shown


def sites(dialog):
    return {row.name: row for row in browsing.list_sites(dialog.window_of_test.context.desk.workspace)}


def words(dialog):
    """Everything that is shown in the list, by name of the row."""
    entries = [dialog.model.entry(at) for at in range(dialog.model.rowCount())]
    return {entry.title: [entry.word, *(line.text for line in entry.lines)] for entry in entries}


def row_of(dialog, name):
    return next(at for at in range(dialog.model.rowCount()) if dialog.model.entry(at).title == name)


def choose_row(dialog, name):
    dialog.view.setCurrentIndex(dialog.model.index(row_of(dialog, name), 0))
    dialog.view.setFocus()


# --- looking


def test_each_row_says_what_would_happen_without_a_click(dialog):
    assert words(dialog) == {
        "焦作市第二中学": [
            "新登记",
            f"类别 无废机关 · 县区 解放区 · 地址 人民路2号 · 信用代码 {credit_code(2)} · 电话 13839112345",
        ],
        KNOWN: ["有改动", "电话 （空） → 0391-7700001"],
        f"{KNOWN}有限公司": [
            "待您确认",
            f"登记簿里有名称相近的“{KNOWN}”。是同一家吗？请选一个。",
            f"就是登记簿里的“{KNOWN}”：名称 {KNOWN} → {KNOWN}有限公司",
            "作为新单位：类别 无废机关 · 县区 解放区",
        ],
        "焦作市第四中学": [
            "有错",
            f"B 列（统一社会信用代码）  {BROKEN}",
        ],
        "解放区龙源湖公园": ["没有变化"],
    }
    assert dialog.chips[""].text() == "全部 5"
    assert dialog.chips[Fate.NEW].text() == "新登记 1"
    assert dialog.import_button.text() == "导入 2 家", "what is clear is chosen, the question waits"


def test_filters_show_one_fate_and_what_was_passed_over(dialog):
    dialog.chips[Fate.WRONG].click()
    assert list(words(dialog)) == ["焦作市第四中学"]
    assert dialog.chips[Fate.WRONG].isChecked()
    assert not dialog.chips[""].isChecked()
    dialog.chips[NOTES].click()
    assert list(words(dialog).values()) == [["跳过", "“领导签字”这一列不认识，没有读取。"]]
    assert dialog.import_button.text() == "导入 2 家", "a filter chooses nothing"


def test_every_fate_has_a_look_and_a_word_in_both_languages():
    catalogue = shipped.wording_catalogue()
    assert set(LOOKS) == set(Fate)
    assert all(set(catalogue[f"site_list.fate_{fate.value}"]) == {"zh", "en"} for fate in Fate)
    fields = [*registering.TEXT_FIELDS]
    assert all(set(catalogue[f"site_list.field_{name}"]) == {"zh", "en"} for name in fields)


def test_the_model_keeps_the_rules_of_qt(dialog):
    model = SiteListModel(dialog.window_of_test.context.i18n)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show(dialog.model.preview)
    for name in (Fate.NEW, Fate.SAME, NOTES, ""):
        model.set_filter(name)
    model.tick_shown(wanted=False)
    assert model.choices == {}
    model.tick_shown(wanted=True)
    assert model.choices == {1: None, 2: None}, "questions are never answered by choosing all"
    tester.deleteLater()


# --- choosing


def test_keys_walk_tick_and_answer(dialog):
    choose_row(dialog, "焦作市第二中学")
    QTest.keyClick(dialog.view, Qt.Key.Key_Space)
    assert dialog.import_button.text() == "导入 1 家"
    QTest.keyClick(dialog.view, Qt.Key.Key_Down)
    QTest.keyClick(dialog.view, Qt.Key.Key_Down)
    QTest.keyClick(dialog.view, Qt.Key.Key_2)
    assert dialog.model.choices == {2: None, 3: NEW_SITE}
    QTest.keyClick(dialog.view, Qt.Key.Key_1)
    known = sites(dialog)[KNOWN].id
    assert dialog.model.choices[3] == known
    QTest.keyClick(dialog.view, Qt.Key.Key_9)
    assert dialog.model.choices[3] == known, "there is no ninth answer"
    QTest.keyClick(dialog.view, Qt.Key.Key_Space)
    QTest.keyClick(dialog.view, Qt.Key.Key_Space)
    assert 3 not in dialog.model.choices, "Space goes through the answers and takes them back"
    choose_row(dialog, "焦作市第四中学")
    QTest.keyClick(dialog.view, Qt.Key.Key_Space)
    assert 4 not in dialog.model.choices, "what is wrong cannot be chosen"
    QTest.keyClick(dialog.view, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter in the list presses nothing"


def test_the_mouse_ticks_boxes_and_takes_answers(dialog):
    def press(name, line):
        index = dialog.model.index(row_of(dialog, name), 0)
        rect = dialog.view.visualRect(index)
        places = [place for _line, place in dialog.view.drawer._places(index, rect)]
        at = places[line].center() if line is not None else QRect(rect.left() + 12, rect.top() + 8, 16, 20).center()
        QTest.mouseClick(dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=at)

    press(KNOWN, None)
    assert dialog.model.choices == {1: None}
    press(KNOWN, 0)
    assert dialog.model.choices == {1: None}, "only the box ticks"
    press(f"{KNOWN}有限公司", 2)
    assert dialog.model.choices == {1: None, 3: NEW_SITE}
    press(f"{KNOWN}有限公司", 2)
    assert dialog.model.choices == {1: None}, "the same answer once more takes it back"
    press("焦作市第四中学", None)
    assert dialog.model.choices == {1: None}


def test_the_row_reads_itself_aloud(dialog):
    index = dialog.model.index(row_of(dialog, KNOWN), 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        f"有改动 · {KNOWN} · 电话 （空） → 0391-7700001 · 工作表“名单”第 3 行"
    )
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert index.data(LINE_ROLE).number == 2


# --- taking in and back


def test_import_tells_how_many_and_can_be_taken_back_from_the_notice(dialog):
    window, page = dialog.window_of_test, dialog.page
    dialog.import_button.click()
    dialog.settle()
    assert window.main.notice_bar.notice.text == "已导入 2 家：新登记 1，改动 1。"
    assert sites(dialog)[KNOWN].phone == "0391-7700001"
    wait_until(lambda: page.model.total == 4)  # the room shows it by itself
    window.main.notice_bar.undo_button.click()
    dialog.settle()
    assert window.main.notice_bar.notice.text.startswith("已撤回导入：1 家")
    assert set(sites(dialog)) == {KNOWN, "解放区龙源湖公园", "修武县云台山景区"}
    assert sites(dialog)[KNOWN].phone == ""
    wait_until(lambda: page.model.total == 3)


def test_what_changed_meanwhile_is_left_out_and_the_dialog_says_so(dialog):
    workspace = dialog.window_of_test.context.desk.workspace
    registering.edit_site(workspace, sites(dialog)[KNOWN].id, phone="1")
    dialog.take_in()
    dialog.settle()
    assert dialog.isVisible()
    assert "有 1 行没有导入" in dialog.told_label.text()
    assert KNOWN in dialog.told_label.text()
    assert words(dialog)[KNOWN] == ["有改动", "电话 1 → 0391-7700001"], "the list was read anew"
    assert dialog.model.count(Fate.SAME) == 2
    assert sites(dialog)[KNOWN].phone == "1"


def test_an_import_can_be_taken_back_after_a_restart(dialog, open_window, register):
    dialog.take_in()
    dialog.settle()
    dialog.window_of_test.close()
    window = open_window(register)
    shown = open_dialog("site_list", window.context, window.main)
    open_window.settle(window)
    assert "新登记 1，改动 1" in shown.last_label.text()
    shown.back_button.click()
    open_window.settle(window)
    assert len(browsing.list_sites(window.context.desk.workspace)) == 3
    again = open_dialog("site_list", window.context, window.main)
    open_window.settle(window)
    assert not again.back_button.isVisible()


def test_files_may_be_dropped_and_unreadable_ones_hinder_no_other(dialog, tmp_path):
    broken, gone = tmp_path / "坏.xlsx", tmp_path / "没有.xlsx"
    broken.write_bytes(b"%PDF-1.7")
    gone.write_bytes(b"x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (broken, gone, dialog._paths[0])])
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    dialog.dropEvent(drop)
    dialog.settle()
    assert dialog.model.count("") == 5
    assert dialog.told_label.text().count("坏.xlsx") == 1
    gone.unlink()
    dialog.read([gone])
    dialog.settle()
    assert "没有.xlsx" in dialog.told_label.text()
    assert dialog.model.filter == NOTES
    assert not dialog.import_button.isEnabled()


def test_reading_and_importing_can_be_stopped(dialog, tmp_path):
    many = tmp_path / "many.xlsx"
    many.write_bytes(plain_list(*((f"焦作市第{number}号单位", None, "机关", "解放区") for number in range(3000))))
    dialog.read([many])
    assert dialog.working.isVisible()
    assert not dialog.import_button.isEnabled()
    dialog.working.cancel_button.click()
    dialog.settle()
    assert not dialog.working.isVisible()
    assert dialog.model.count("") == 5, "what was shown before stays"
    dialog.read([many])
    dialog.settle()
    assert dialog.import_button.text() == "导入 3000 家"
    dialog.take_in()
    dialog.working.cancel_button.click()
    wait_until(lambda: not dialog.working.isVisible() and dialog.window_of_test.context.tasks.idle)
    dialog.settle()
    assert len(sites(dialog)) == 3
    assert dialog.import_button.text() == "导入 3000 家"


def test_the_past_cannot_be_written(dialog):
    page = dialog.page
    context = dialog.window_of_test.context
    object.__setattr__(context, "as_of", browsing.profile(context.desk.workspace).goal.by)
    dialog.model.tick_shown(wanted=True)
    assert not dialog.import_button.isEnabled()
    page.retranslate()
    assert not page.import_button.isEnabled()


def test_an_empty_register_offers_the_list_first_thing(open_window, register):
    register.opened().close()
    window = open_window(register)
    page = window.main.show_room("sites")
    open_window.settle(window)
    assert page.state_view.other_button.isVisible()
    page.state_view.other_button.click()
    assert window.main.findChild(SiteListDialog) is not None
