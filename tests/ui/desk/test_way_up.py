"""What gets the site to the next level, asked at the desk: sliders that never touch the record."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt

from ui.dialogs.path_dialog import PathDialog


@pytest.fixture
def way(desk):
    """The dialog, opened from the explanation of the total."""
    desk.page.steps.show_why()
    why = desk.page.steps._why
    desk.qtbot.mouseClick(why.path_button, Qt.MouseButton.LeftButton)
    (dialog,) = desk.window.main.findChildren(PathDialog)
    desk.qtbot.waitExposed(dialog)
    yield dialog
    dialog.close()
    why.close()


def test_the_shortest_way_is_named_and_can_be_tried(desk, way):
    assert way.heading_label.text()
    steps = way._advice.path.steps
    assert len(way.steps_label.text().splitlines()) == len(steps)
    assert "=" not in way.steps_label.text(), "a sentence is missing"
    desk.qtbot.mouseClick(way.follow_button, Qt.MouseButton.LeftButton)
    for step in steps:
        if step.then is not None:
            assert way._rows[step.key].supposed == step.then
    assert desk.window.context.i18n.tr("path.outcome", verdict="")[:2] in way.outcome_label.text()


def test_nothing_that_is_tried_reaches_the_record(desk, way):
    before = {key: row.answer for key, row in desk.stored().answers.items()}
    for row in way._rows.values():
        row.slider.setValue(row.slider.maximum())
        assert row.supposed == row.score.full
    assert {key: row.answer for key, row in desk.stored().answers.items()} == before
    desk.qtbot.mouseClick(way.reset_button, Qt.MouseButton.LeftButton)
    assert not way.reset_button.isEnabled()
    assert way.outcome_label.text().startswith(desk.window.context.i18n.tr("path.record", verdict="")[:3])


def test_half_points_can_be_tried(way):
    row = next(iter(way._rows.values()))
    row.slider.setValue(1)
    assert row.supposed == Fraction(1, 2)


def test_the_way_is_told_in_the_other_language_too(desk, way):
    chinese = way.heading_label.text()
    desk.window.context.i18n.set_language("en")
    desk.window.context.events.language_changed.emit()
    assert way.windowTitle().startswith("The way up")
    assert way.heading_label.text() != chinese
