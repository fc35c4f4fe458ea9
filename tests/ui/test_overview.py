"""The overview: right figures, and each leads to the sites it counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.models.sites_model import SiteFilter
from wufei_cells import shipped
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import browsing, certificate_templating, demonstrating, reporting
from wufei_cells.services.papers import Press
from wufei_cells.services.workspace import open_workspace
from wufei_cells.wording import Wording


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The data that the demo leaves."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    fonts = DocumentFonts({Face(name): file for name, file in shipped.font_files().items()})
    wording = Wording(shipped.wording_catalogue(), "zh")
    story = shipped.demo_story()
    name, template = next(iter(shipped.certificate_templates().items()))
    press = Press(fonts, wording, certificate_templating.shipped_template(template, name))
    report = reporting.template(shipped.report_templates()["progress"], "progress")
    demonstrating.play(folder, story, shipped.shipped_criteria(), press, report=report, tell=lambda line: None)
    return folder / "database"


@pytest.fixture
def overview(open_window, demo):
    """The page on the demo's data, the window, and the progress it should show."""
    window = open_window(folder=demo)
    workspace = open_workspace(demo, shipped.shipped_criteria(), person="评审")
    progress = browsing.progress(workspace)
    workspace.close()
    return window.main.page("overview"), window, progress


def test_the_figures_are_those_of_the_register(overview):
    page, _, progress = overview
    shown = {name: tile.figure for name, tile in page.tiles.items()}
    whole = progress.whole
    assert shown == {
        "certified": str(whole.certified),
        "passed": str(whole.passed),
        "assessed": str(whole.assessed),
        "sites": str(whole.sites),
    }
    assert {stage: tile.figure for stage, tile in page.stage_tiles.items()} == {
        stage: str(progress.stages.get(stage, 0)) for stage in Stage
    }
    assert str(progress.goal - whole.certified) in page.sentence_label.text()
    assert progress.by.isoformat() in page.sentence_label.text()


def test_every_category_and_district_has_its_bar(overview):
    page, _, progress = overview
    assert [bar.key for bar in page.category_bars] == list(progress.categories)
    assert [bar.key for bar in page.district_bars] == list(progress.districts)
    for bar in page.category_bars:
        tally = progress.categories[bar.key]
        assert f"{tally.certified} 张" in bar.accessibleName()
        assert f"{tally.sites} 个" in bar.accessibleName()


def test_a_figure_leads_to_exactly_the_sites_it_counts(overview, open_window):
    page, window, _ = overview
    sites = window.main.page("sites")
    for name in ("sites", "certified"):
        page.tiles[name].click()
        open_window.settle(window)
        assert window.main.current_room == "sites"
        assert sites.model.rowCount() == int(page.tiles[name].figure)
        window.main.go_back()
    for stage, tile in page.stage_tiles.items():
        tile.click()
        open_window.settle(window)
        assert sites.model.filter == SiteFilter(stages=frozenset({stage}))
        assert sites.model.rowCount() == int(tile.figure)
        window.main.go_back()
    assert window.main.current_room == "overview"


def test_a_bar_leads_to_its_category_or_district_by_key_too(overview, open_window, qtbot):
    page, window, progress = overview
    bar = page.category_bars[1]
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Space)
    open_window.settle(window)
    sites = window.main.page("sites")
    assert sites.model.filter == SiteFilter(category=bar.key)
    assert sites.model.rowCount() == progress.categories[bar.key].sites
    window.main.go_back()
    qtbot.mouseClick(page.district_bars[0], Qt.MouseButton.LeftButton)
    open_window.settle(window)
    assert sites.model.filter == SiteFilter(district=page.district_bars[0].key)


def test_example_data_is_marked_as_such(overview, open_window, register):
    _, window, _ = overview
    assert window.main.header.example_label.isVisible()
    assert window.main.header.example_label.text() == "示例数据"
    real = open_window(register)
    assert not real.main.header.example_label.isVisible()


def test_the_story_has_what_these_tests_rest_on(demo):
    workspace = open_workspace(demo, shipped.shipped_criteria(), person="评审")
    stages = browsing.progress(workspace).stages
    workspace.close()
    assert stages[Stage.CERTIFIED] > 0
    assert stages[Stage.REJECTED] > 0
