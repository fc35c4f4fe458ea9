"""Charts in the window: every figure can be reached, pressed, read aloud, and taken along."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.charts import samples
from ui.dialogs.chart_saving import ChartSaving
from ui.dialogs.save_dialog import SaveDialog
from ui.theme import COLORS, TONES
from ui.widgets.chart_pane import ChartPane
from wufei_cells.charts.inks import Inks, contrast
from wufei_cells.charts.marks import Tone

WAIT = 15_000


@pytest.fixture
def pane(window, qtbot):
    pane = ChartPane(window.context)
    qtbot.addWidget(pane)
    pane.show_chart(samples.heat())
    pane.resize(800, 500)
    pane.show()
    pane.view.setFocus()
    return pane


def pressed(pane):
    """The keys of the figures that were pressed from now on."""
    keys = []
    pane.activated.connect(keys.append)
    return keys


def press(pane, *keys):
    for key in keys:
        QTest.keyClick(pane.view, key)


# --- pointing and pressing


def test_arrows_go_through_the_figures_and_enter_leads_to_the_list(pane):
    keys = pressed(pane)
    press(pane, Qt.Key.Key_Return)
    assert keys == []
    press(pane, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return)
    press(pane, Qt.Key.Key_Left, Qt.Key.Key_Space, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Enter)
    assert keys == [(0, 1), (0, 0), "all"]


def test_what_is_pointed_at_is_said_and_without_it_the_whole(pane):
    said = []
    pane.pointed.connect(said.append)
    press(pane, Qt.Key.Key_Home)
    assert pane.view.accessibleName() == "县区 × 类别"
    assert pane.view.accessibleDescription() == said[-1] == "解放区 机关 0"
    press(pane, Qt.Key.Key_Escape)
    assert pane.view.accessibleDescription() == samples.heat().said
    assert said[-1] == ""


def test_each_figure_is_pressed_where_it_is_drawn(pane):
    keys = pressed(pane)
    for make in samples.ALL.values():
        pane.show_chart(make())
        QApplication.processEvents()
        picture, wanted = pane.view.picture, []
        for number, spot in enumerate(picture.spots):
            place = QPoint(round(spot.x + spot.width / 2), round(spot.y + spot.height / 2))
            if spot.key is not None and picture.spot_at(place.x(), place.y()) == number:
                QTest.mouseClick(pane.view, Qt.MouseButton.LeftButton, pos=place)
                wanted.append(spot.key)
        assert keys == wanted
        assert len(wanted) >= len(picture.spots) / 2
        keys.clear()


def test_a_figure_that_leads_nowhere_does_not_look_as_if_it_did(pane):
    pane.show_chart(samples.burn_up())
    planned = next(number for number, spot in enumerate(pane.view.picture.spots) if spot.key is None)
    pane.view.point_at(planned)
    assert pane.view.cursor().shape() is Qt.CursorShape.ArrowCursor
    pane.view.point_at(0)
    assert pane.view.cursor().shape() is Qt.CursorShape.PointingHandCursor


# --- room


def test_the_pane_gives_the_chart_the_room_it_needs(pane):
    for make in samples.ALL.values():
        pane.show_chart(make("en"))
        for width in (420, 800, 1400):
            pane.resize(width, 100)
            QApplication.processEvents()
            pane.resize(width, pane.heightForWidth(width))
            QApplication.processEvents()
            picture = pane.view.picture
            assert picture.width <= pane.view.width() + 1, (make, width)
            assert picture.height <= pane.view.height() + 1, (make, width)


# --- the table


def test_the_table_is_one_key_away_and_keeps_the_focus(pane):
    press(pane, Qt.Key.Key_T)
    assert pane.shows_table
    assert pane.table.hasFocus()
    model = pane.table.model()
    assert [model.headerData(at, Qt.Orientation.Horizontal) for at in (0, 1)] == ["县区", "机关"]
    assert model.index(1, 6).data() == "–"  # nothing is there
    assert model.index(0, 1).data() == "0"
    QTest.keyClick(pane.table, Qt.Key.Key_T)
    assert not pane.shows_table
    assert pane.view.hasFocus()


# --- taking along


def test_data_go_to_the_clipboard_for_spreadsheets_and_for_writing(pane):
    pane.show_chart(samples.bars())
    QTest.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    held = QGuiApplication.clipboard().mimeData()
    lines = held.text().splitlines()
    assert lines[0] == "类别\t有效\t已通过\t评估中\t已申报\t目标"
    assert lines[1] == "机关\t6\t2\t3\t1\t12"
    assert len(lines) == 9
    assert ">商场超市</td>" in held.html()
    assert "mso-number-format" in held.html()


def test_the_picture_is_dark_on_light_and_sharp_whatever_the_window_looks_like(pane, window):
    window.context.dress("dark", 14)
    QTest.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    image = QGuiApplication.clipboard().image()
    assert image.width() > 2000
    assert image.pixelColor(2, 2).name() == "#ffffff"


def test_pictures_are_saved_as_png_and_svg(pane, window, tmp_path, qtbot):
    saving = ChartSaving(window.context, pane)
    saving.serve(pane)
    for ending in ("png", "svg"):
        pane.actions_by_key[f"charts.save_{ending}"].trigger()
        dialog = next(one for one in pane.findChildren(SaveDialog) if one.isVisible())
        path = tmp_path / f"图.{ending}"
        dialog.path_chosen.emit(path)
        dialog.close()
        qtbot.waitUntil(path.exists, timeout=WAIT)
    assert QImage(str(tmp_path / "图.png")).width() > 2000
    written = (tmp_path / "图.svg").read_text(encoding="utf-8")
    texts = re.findall(r"<text [^>]+>([^<]+)</text>", written)
    assert not QImage.fromData(written.encode(), "svg").isNull()
    assert "修武县" in texts
    assert "县区 × 类别" in texts


# --- colors


@pytest.mark.parametrize("dark", [False, True])
def test_texts_of_charts_are_readable_on_everything_they_stand_on(dark):
    card = COLORS["card"][dark]
    inks = Inks({tone: pair[dark] for tone, pair in TONES.items()}, card)
    assert set(TONES) == set(Tone)
    for tone in (Tone.INK, Tone.QUIET, Tone.ACCENT, Tone.ATTENTION, Tone.BAD):
        assert contrast(TONES[tone][dark], card) >= 4.5, tone
    for tone, pair in TONES.items():
        assert contrast(inks.best_on(tone), pair[dark]) >= 4.5, tone


@pytest.mark.parametrize("dark", [False, True])
def test_the_tones_of_a_table_rise_for_those_too_who_see_no_colors(dark):
    card = COLORS["card"][dark]
    rising = [contrast(TONES[Tone(f"heat_{step}")][dark], card) for step in range(5)]
    assert rising == sorted(rising)
    assert all(after / before > 1.1 for before, after in pairwise(rising))


def test_charts_follow_the_scheme_and_the_language(pane, window):
    before = pane.view.grab().toImage().pixelColor(5, 5)
    window.context.dress("dark", 18)
    assert pane.view.picture.marks
    assert pane.view.grab().toImage().pixelColor(5, 5) != before or before.alpha() == 0
    window.context.i18n.set_language("en")
    assert pane.actions_by_key["charts.copy_data"].text() == "Copy the figures"
