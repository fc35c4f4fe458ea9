"""What an import would change, in words, before anything is written."""

from __future__ import annotations

from contextlib import closing

import pytest

from wufei_cells import shipped
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.exchange import Order, Scope
from wufei_cells.services import (
    assessing,
    browsing,
    import_telling,
    packing,
    receiving,
    registering,
    side_view,
    taking_packages,
    teaming,
)
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace
from wufei_cells.wording import Wording

SITE = "修武县云台山景区"


def opened(folder, person):
    return open_workspace(folder, shipped.shipped_criteria(), person=person, create_folder=True)


def written(workspace, path):
    return packing.write(workspace, packing.plan(workspace, Order(scope=Scope.ALL)), path)[0].path


@pytest.fixture
def office(tmp_path):
    with closing(opened(tmp_path / "office", "周主任")) as workspace:
        yield workspace


@pytest.fixture
def assessor(tmp_path, office):
    with closing(opened(tmp_path / "assessor", "陈静")) as workspace:
        category, district = browsing.categories(workspace)[0], browsing.profile(workspace).districts[0]
        site = registering.add_site(workspace, SiteDraft(SITE, category.key, district.key))
        taking_packages.take_in(office, receiving.receive(office, [written(workspace, tmp_path / "first.wufei")]))
        (waiting,) = side_view.waiting(office)
        side_view.admit(office, waiting.device)
        yield workspace, site


def told(office, path, language="zh"):
    received = receiving.receive(office, [path])
    wording = Wording(shipped.wording_catalogue(), language)
    try:
        return import_telling.preview(office, received, wording)
    finally:
        receiving.discard(received)


def test_a_new_site_is_called_by_the_name_it_would_have(office, assessor, tmp_path):
    workspace, site = assessor
    registering.add_site(workspace, SiteDraft("博爱县竹林小区", site.category, site.district))
    found = told(office, written(workspace, tmp_path / "new.wufei"))
    (name,) = [one for one in found.changes if one.what == "单位名称"]
    assert (name.place, name.before, name.after, name.author) == ("博爱县竹林小区", "", "博爱县竹林小区", "陈静")
    assert {row.name for row in browsing.list_sites(office)} == {SITE}, "nothing is written"


def test_a_change_says_what_stood_before_and_what_would_stand(office, assessor, tmp_path):
    workspace, site = assessor
    registering.edit_site(workspace, site.id, name="修武县青龙峡景区")
    (change,) = told(office, written(workspace, tmp_path / "renamed.wufei"), "en").changes
    assert (change.before, change.after, change.conflict) == (SITE, "修武县青龙峡景区", False)


def test_what_becomes_a_conflict_stands_first(office, assessor, tmp_path):
    workspace, site = assessor
    registering.add_site(workspace, SiteDraft("阿甲单位", site.category, site.district))
    registering.edit_site(workspace, site.id, address="云台大道 1 号")
    registering.edit_site(office, site.id, phone="0391-1")
    registering.edit_site(office, site.id, address="云台大道 2 号")  # written later: it is shown meanwhile
    found = told(office, written(workspace, tmp_path / "disputed.wufei"))
    assert found.changes[0].conflict
    assert found.changes[0].place == SITE
    sides = (found.changes[0].before, found.changes[0].after, found.changes[0].author)
    assert sides == ("云台大道 2 号", "云台大道 1 号", "陈静"), "what is here, and what the other side says"
    assert not any(one.conflict for one in found.changes[1:])


def test_answers_of_those_who_score_alone_stay_hidden(office, assessor, tmp_path):
    workspace, site = assessor
    whole = assessing.start_assessment(workspace, site.id)
    mine, _others = teaming.add_each_alone(workspace, whole.id, ["陈静", "王芳"])
    item = next(iter(browsing.checklist(workspace, mine.edition).entries())).key
    assessing.record_answer(workspace, mine.id, item, Answer(None, note="只有我知道"))
    found = told(office, written(workspace, tmp_path / "alone.wufei"))
    hidden = [one for one in found.changes if one.hidden]
    assert hidden
    assert all(one.after == "" and one.before == "" for one in hidden)
    assert not any("只有我知道" in one.after for one in found.changes)
