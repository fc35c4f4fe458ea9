"""A window with the room of checklists, and hands that click and type in the studio."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog

from ui.app import Start, Window
from ui.studio.draft_session import DraftSession
from ui.studio.studio_view import StudioView
from wufei_cells import shipped
from wufei_cells.checklists.yaml_source import parse_yaml
from wufei_cells.services.workspace import open_workspace

WAIT = 15_000
SMALL = """
format: wufei-checklist/1
key: WF-SMALL
edition: "2026.1"
title: {zh: 小标准, en: Small checklist}
category: {key: office, text: {zh: 无废机关, en: Office}, code: JG}
official: no
effective_from: 2026-01-01
parameters:
  - {key: mark, text: {zh: 通过线, en: Pass mark}, unit: 分, value: 12}
facts:
  - {key: canteen, text: {zh: 设有食堂, en: Has a canteen}, ask: yes_no}
  - {key: people, text: {zh: 人数, en: People}, ask: number}
  - key: kind
    text: {zh: 种类, en: Kind}
    ask: choice
    options:
      - {key: old, text: {zh: 老楼, en: Old}}
      - {key: new, text: {zh: 新楼, en: New}}
sources:
  - {key: LAW, title: {zh: 固废法, en: Waste law}}
scoring:
  not_applicable: rescale
  grades:
    - {key: pass, text: {zh: 达标, en: Passed}, total_at_least: $mark}
gates:
  - {key: G1, text: {zh: 没有事故, en: No accident}, verify: [document]}
groups:
  - key: A
    text: {zh: 组织, en: Organization}
    full: 10
    items:
      - key: A1
        text: {zh: 有方案, en: Has a plan}
        full: 5
        scoring: {zh: 是得5分, en: Yes 5}
        rule: {yes_no: 5}
        verify: [document]
      - key: A2
        text: {zh: 标识错误, en: Wrong signs}
        full: 5
        scoring: {zh: 每处扣1分, en: 1 off for each}
        rule:
          count: {text: {zh: 错误, en: Mistakes}, unit: {zh: 处, en: places}}
          steps: {points: -1}
        verify: [site]
  - key: B
    text: {zh: 食堂, en: Canteen}
    items:
      - key: B1
        text: {zh: 光盘, en: Clean plates}
        full: 5
        scoring: {zh: 两部分相加, en: Two parts}
        rule:
          sum:
            - {key: sign, text: {zh: 有标语, en: Signs}, yes_no: 2}
            - {key: scale, text: {zh: 称重, en: Weighing}, yes_no: 3}
        verify: [site]
        applies: {fact: canteen}
"""


def write(text, into):
    """Type Chinese, which comes from an input method, into a field."""
    into.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(into, event)


class Studio:
    """An open studio and the hands of a person in it."""

    def __init__(self, qtbot, view):
        self.qtbot = qtbot
        self.view = view
        self.session = view.session

    def field(self, *path):
        """The field of a place, wherever it is."""
        return next(field for field in self.fields() if field.path == path)

    def line(self, *path):
        """The first field of a place that is typed into."""
        return next(field for field in self.fields() if field.path == path and hasattr(field, "edit"))

    def part(self, kind):
        """The first part of a kind in the form that is shown."""
        pane = self.view.form_pane if self.view.tab == "items" else self.view.setting_pane
        return next(part for part in pane.form.findChildren(kind) if not part.isHidden())

    def fields(self):
        pane = self.view.form_pane if self.view.tab == "items" else self.view.setting_pane
        return pane.fields()

    def type_into(self, field, text, language="zh"):
        """Write a text into one language of a field, in the place of what stands there."""
        edit = field.edits[language]
        edit.setFocus()
        edit.selectAll()
        write(text, edit)
        QApplication.processEvents()

    def number(self, field, text):
        """Type a number, letter by letter, in the place of what stands there."""
        field.edit.setFocus()
        field.edit.selectAll()
        if text:
            self.qtbot.keyClicks(field.edit, text)
        else:
            self.qtbot.keyClick(field.edit, Qt.Key.Key_Delete)
        QApplication.processEvents()

    def choose(self, box, value):
        """Choose an entry of a box as a person does."""
        place = box.findData(value)
        assert place >= 0, f"{value} is not offered"
        box.setCurrentIndex(place)
        box.activated.emit(place)
        QApplication.processEvents()

    def problems(self):
        """What is listed at the bottom: place and sentence."""
        self.session.lint_now()
        return self.view.problems_list.sentences()

    def tree_rows(self):
        """The tree as text, each row with its points."""
        rows = []

        def walk(item, depth):
            rows.append(f"{'  ' * depth}{item.text(0)}|{item.text(1)}")
            for place in range(item.childCount()):
                walk(item.child(place), depth + 1)

        tree = self.view.tree
        for place in range(tree.topLevelItemCount()):
            walk(tree.topLevelItem(place), 0)
        return rows


@pytest.fixture
def small_data():
    """A sound checklist of three items, as plain data."""
    return parse_yaml(SMALL.encode(), "small.yaml").data


@pytest.fixture(scope="module")
def context(qapp, tmp_path_factory):
    """What the window's parts need, without a register: it is never asked anything here."""
    folder = tmp_path_factory.mktemp("context")
    start = Start(
        data=folder / "nothing",
        language="zh",
        person="张评估",
        settings_file=folder / "window.ini",
        log_file=folder / "window.log",
    )
    window = Window(qapp, start)
    yield window.context
    window.close()
    window.main.deleteLater()
    qapp.setStyleSheet("")


@pytest.fixture
def studio_on(qtbot, context):
    """Open the studio on any data."""

    def start(data, *, reason="", **options):
        session = DraftSession(data, **options)
        view = StudioView(context, session, "小标准", reason)
        session.setParent(view)
        qtbot.addWidget(view)
        view.resize(1100, 760)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        return Studio(qtbot, view)

    return start


@pytest.fixture
def studio(studio_on, small_data):
    """The studio on the small checklist."""
    return studio_on(small_data)


class Room:
    """The room of checklists in the window, the register behind it, and what the window said."""

    def __init__(self, qtbot, open_window, window, folder):
        self.qtbot = qtbot
        self._settle = open_window.settle
        self.window = window
        self.folder = folder
        self.page = window.main.show_room("checklists")
        self.notices = []
        window.context.notices.posted.connect(lambda notice: self.notices.append(notice.text))
        self.settle()

    def settle(self):
        """Wait until nothing is on its way."""
        QApplication.processEvents()
        self._settle(self.window)
        QApplication.processEvents()
        self._settle(self.window)

    def saved(self):
        """Wait until what was written is in the register."""
        self.page.desk.flush()
        self.settle()

    @property
    def studio(self):
        return Studio(self.qtbot, self.page.desk.view)

    def titles(self):
        model = self.page.model
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def choose(self, title):
        """Choose the row of a title."""
        row = self.titles().index(title)
        self.page.table.selectRow(row)
        return self.page.selected

    def press(self, name):
        """Press a button of the panel at the right."""
        button = self.page.detail.buttons[name]
        assert button.isVisible(), f"{name} is not offered"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def dialog(self, kind):
        """The dialog of a kind that is open."""
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
        assert found, [type(each).__name__ for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
        return found[-1]

    def opened(self):
        """The register as a second program would see it."""
        return open_workspace(self.folder, shipped.shipped_criteria(), person="李旁人")


@pytest.fixture
def room_on(qtbot, open_window):
    """Open the room on a register that the test has filled."""

    def start(register):
        return Room(qtbot, open_window, open_window(register), register.folder)

    return start


@pytest.fixture
def room(room_on, register):
    """The room on the shipped checklists."""
    return room_on(register)
