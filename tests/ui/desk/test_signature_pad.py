"""Signing on the screen: what is drawn is what is kept, and everybody sees whether it still holds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication

from tests.ui.desk.team_room import Room
from ui.dialogs.signing_dialog import MOST_POINTS, MOST_STROKES, SigningDialog
from ui.theme import Theme
from ui.widgets.signature_pad import SignaturePad, curve
from wufei_cells import shipped
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.signatures import Signer
from wufei_cells.services import assessing, signing_off

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pad(qtbot, qapp):
    made = SignaturePad(Theme(shipped.icon, []), 3, 60)
    qtbot.addWidget(made)
    made.resize(500, 160)
    with qtbot.waitActive(made):
        made.show()
    return made


def draw(qtbot, pad, *places):
    qtbot.mousePress(pad, LEFT, pos=QPoint(*places[0]))
    for place in places[1:]:
        qtbot.mouseMove(pad, QPoint(*place))
        QApplication.processEvents()
    qtbot.mouseRelease(pad, LEFT, pos=QPoint(*places[-1]))


def test_the_limits_of_the_window_are_those_of_the_record():
    assert (MOST_STROKES, MOST_POINTS) == (signing_off.MOST_STROKES, signing_off.MOST_POINTS)


def test_a_stroke_is_kept_in_thousandths_of_the_width_whatever_the_size(qtbot, pad):
    draw(qtbot, pad, (50, 40), (250, 100), (450, 20))
    assert pad.strokes == (((100, 80), (500, 200), (900, 40)),)


def test_what_leaves_the_field_stays_at_its_edge(qtbot, pad):
    draw(qtbot, pad, (10, 10), (700, 400))
    assert pad.strokes == (((20, 20), (1000, 320)),)


def test_backspace_takes_the_last_stroke_back(qtbot, pad):
    draw(qtbot, pad, (50, 40), (250, 100))
    draw(qtbot, pad, (60, 40), (90, 100))
    qtbot.keyClick(pad, Qt.Key.Key_Backspace)
    assert len(pad.strokes) == 1
    pad.clear()
    assert pad.strokes == ()


def test_no_more_is_taken_than_can_be_kept(qtbot, pad):
    for place in range(5):
        draw(qtbot, pad, (50 + place * 20, 40), (60 + place * 20, 100))
    assert len(pad.strokes) == 3
    assert pad.full


def test_a_pen_draws_as_finely_as_it_can(pad):
    device = QPointingDevice.primaryPointingDevice()
    for kind, x, y in (
        (QEvent.Type.TabletPress, 50.4, 40),
        (QEvent.Type.TabletMove, 100.6, 50),
        (QEvent.Type.TabletRelease, 100.6, 50),
    ):
        place = QPointF(x, y)
        pressed = LEFT if kind is not QEvent.Type.TabletRelease else Qt.MouseButton.NoButton
        event = QTabletEvent(
            kind, device, place, place, 1.0, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, LEFT, pressed
        )
        QApplication.sendEvent(pad, event)
    assert pad.strokes == (((101, 80), (201, 100)),)


def test_the_line_goes_from_the_first_point_to_the_last():
    path = curve(((0, 0), (100, 50), (200, 0), (300, 80)), 0.5)
    end = path.currentPosition()
    assert (end.x(), end.y()) == (150, 40)
    assert path.boundingRect().left() == 0


class Signing:
    """The dialog over the open desk."""

    def __init__(self, qtbot, desk):
        self.qtbot, self.desk = qtbot, desk
        self.dialog = SigningDialog(desk.context, desk.session.assessment, desk.window.main)
        self.dialog.open()
        self.settle()

    def settle(self):
        self.desk.settle()

    def sign(self, name):
        draw(self.qtbot, self.dialog.pad, (50, 40), (150, 90), (250, 30))
        self.dialog.name_box.setEditText(name)
        self.dialog.sign_button.click()
        self.settle()


@pytest.fixture
def desk(qtbot, open_window, small_register):
    folder, assessment = small_register
    return Room(qtbot, open_window(folder=folder), folder, assessment)


@pytest.fixture
def signing(qtbot, desk):
    made = Signing(qtbot, desk)
    yield made
    made.dialog.close()


def test_a_name_and_a_drawing_make_a_signature(signing):
    dialog = signing.dialog
    assert not dialog.sign_button.isEnabled()
    assert dialog.name_box.currentText() == "王伟"
    signing.sign("王伟")
    dialog.part_box.setCurrentIndex(1)
    signing.sign("张厂长")
    assert [(row.name, row.part, row.holds) for row in dialog.rows] == [
        ("王伟", Signer.ASSESSOR, True),
        ("张厂长", Signer.UNIT, True),
    ]
    assert dialog.pad.strokes == ()
    assert not dialog.sign_button.isEnabled()


def test_what_was_signed_and_changed_since_is_marked(signing, qtbot, desk):
    signing.sign("王伟")
    workspace = desk.opened()
    assessing.record_answer(workspace, desk.assessment, "A1", Answer("yes"))
    workspace.close()
    again = Signing(qtbot, desk)
    assert [row.holds for row in again.dialog.rows] == [False]
    assert "签名后打分有改动" in "".join(
        label.text() for label in again.dialog.findChildren(type(again.dialog.given_label))
    )
    again.dialog.remove_buttons[0].click()
    again.settle()
    assert again.dialog.rows == ()
    again.dialog.close()


def test_a_name_that_cannot_be_one_is_told_beside_the_field(signing):
    signing.sign("李" * 130)
    assert not signing.dialog.problem_label.isHidden()
    assert signing.dialog.rows == ()
    assert signing.dialog.pad.strokes, "what was drawn stays"
