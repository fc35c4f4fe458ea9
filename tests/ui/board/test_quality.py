"""Which items cost points, and who scores strictly, as the overview tells it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from wufei_cells import shipped
from wufei_cells.scoring.rater_agreement import Coefficient
from wufei_cells.services import (
    browsing,
)
from wufei_cells.services.calibration_report import Calibration
from wufei_cells.services.rating_together import RatedTogether
from wufei_cells.services.strictness import Strictness
from wufei_cells.services.workspace import open_workspace


@pytest.fixture
def quality(shown_demo, shared_windows):
    """The tab about items and quality, on the demo's data."""
    page = shown_demo.main.show_room("overview")
    page.show_tab("quality")
    shared_windows.settle(shown_demo)
    return page.quality


def test_a_costly_item_leads_to_the_sites_that_lost_points_at_it(quality, shown_demo, shared_windows):
    rows = quality.items.pane.view.chart.rows
    assert rows
    assert [row.parts[0].value for row in rows] == sorted((row.parts[0].value for row in rows), reverse=True)
    for row in rows[:3]:
        quality.items.activated.emit(row.key)
        shared_windows.settle(shown_demo)
        shown = shown_demo.main.page("sites").model.rowCount()
        assert 0 < shown <= int(row.figures[0])
        assert row.key.number in shown_demo.main.page("sites").filter_bar.named_chip.accessibleName()
        shown_demo.main.go_back()


def test_another_category_has_other_items(quality, shown_demo, shared_windows):
    before = [row.name for row in quality.items.pane.view.chart.rows]
    quality.category_box.setCurrentIndex(2)
    shared_windows.settle(shown_demo)
    assert [row.name for row in quality.items.pane.view.chart.rows] != before
    quality.category_box.setCurrentIndex(0)
    shared_windows.settle(shown_demo)


def test_how_strictly_people_score_is_told_on_request_and_without_names(quality, shown_demo, shared_windows, demo):
    assert quality.people.isHidden()
    quality.compare_button.click()
    shared_windows.settle(shown_demo)
    workspace = open_workspace(demo, shipped.shipped_criteria(), person="评审")
    names = {name for row in browsing.list_assessments(workspace) for name in row.assessors}
    workspace.close()
    shown = [row.name for row in quality.people.pane.view.chart.rows] if not quality.people.isHidden() else []
    assert not names & set(shown)
    assert shown or quality.people_note.text().startswith("可以比较的打分还太少。")


def test_who_is_strict_is_shown_with_how_far_people_agree(quality, shown_demo):
    found = (Strictness("甲", 34, 12, 200, Fraction(-1, 8)), Strictness("乙（您）", 20, 9, 180, Fraction(1, 50)))
    nobody = RatedTogether(0, 0, 0, Coefficient(None, 0, 5), (), ())
    quality._on_calibration(Calibration(quality.category, found, nobody, named=False, own="乙（您）"))
    assert [row.name for row in quality.people.pane.view.chart.rows] == ["甲", "乙（您）"]
    assert quality.names_button.isVisible()
    assert "一致程度说不出来" in quality.people_note.text()
    quality._on_category()
    assert quality.people.isHidden()
