"""Windows on a register in the middle of a campaign, and on the demo's data."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from benchmarks.campaign import campaign
from ui.models.board_loading import Asked
from wufei_cells import shipped
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.domain.follow_ups import FollowUp, Subject
from wufei_cells.services import (
    browsing,
    certificate_templating,
    demonstrating,
    following_up,
    reporting,
    targeting,
)
from wufei_cells.services.papers import Press
from wufei_cells.services.workspace import open_workspace
from wufei_cells.wording import Wording

PERSON = "周主任"
TODAY = datetime.now().astimezone().date()


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


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    """A register in the middle of a campaign: 80 sites, two years, a target for a county, one overdue follow-up."""
    folder = tmp_path_factory.mktemp("campaign") / "data"
    workspace = campaign(folder, 80, today=TODAY, seed=3)
    category, district = browsing.categories(workspace)[0].key, browsing.profile(workspace).districts[0].key
    targeting.set_target(workspace, 5, by=TODAY + timedelta(days=200), category=category, district=district)
    level = following_up.levels(workspace)[0].key
    begun, due = TODAY - timedelta(days=20), TODAY - timedelta(days=3)
    said = FollowUp(Subject(district=district), level, begun, "请尽快组织申报", due=due)
    following_up.follow_up(workspace, said)
    workspace.close()
    return folder


@pytest.fixture(scope="module")
def shared(shared_windows, city):
    """A window on that register."""
    return shared_windows(folder=city, person=PERSON)


@pytest.fixture
def page(shared, shared_windows):
    """The page as it is when the window is opened."""
    shared.context.i18n.set_language("zh")
    page = shared.main.show_room("overview")
    page.head.show_asked(Asked())
    page.refresh()
    page.show_tab("progress")
    shared_windows.settle(shared)
    return page


@pytest.fixture
def opened(city):
    """The same register beside the window."""
    workspace = open_workspace(city, shipped.shipped_criteria(), person=PERSON)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def shown_demo(shared_windows, demo):
    """A window on the data of the demo."""
    return shared_windows(folder=demo)
