"""Lists: searched, filtered, in order, and with what each row needs."""

from __future__ import annotations

import pytest

from tests.samples.registers import FULL_MARKS, add_site, criteria, open_register, scored
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import UserError
from wufei_cells.services import assessing, browsing, certifying, deciding, registering
from wufei_cells.services.registering import SiteDraft


@pytest.fixture
def listed(tmp_path, clock):
    """Four sites of two categories."""
    workspace = open_register(tmp_path, clock, given=criteria("small", "school"))
    for draft in (
        SiteDraft("云台山管理局", "office", "west", address="修武县云台大道", contact="李工"),
        SiteDraft("第一小学", "school", "east", credit_code="91350100M000100Y43"),
        SiteDraft("Grand Mall 办公室", "office", "east"),
        SiteDraft("100%_纯", "office", "west", note="李工"),
    ):
        registering.add_site(workspace, draft)
    yield workspace
    workspace.close()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, {"云台山管理局", "第一小学", "Grand Mall 办公室", "100%_纯"}),
        ({"search": "云台"}, {"云台山管理局"}),
        ({"search": "云台大道"}, {"云台山管理局"}),
        ({"search": "李工"}, {"云台山管理局"}),
        ({"search": "grand  办公"}, {"Grand Mall 办公室"}),
        ({"search": "91350100m"}, {"第一小学"}),
        ({"search": "%"}, {"100%_纯"}),
        ({"search": "_"}, {"100%_纯"}),
        ({"search": "没有"}, set()),
        ({"category": "school"}, {"第一小学"}),
        ({"district": "west"}, {"云台山管理局", "100%_纯"}),
        ({"district": "west", "search": "云台", "category": "office"}, {"云台山管理局"}),
        ({"stage": Stage.SCORING}, set()),
        ({"stage": Stage.REGISTERED, "category": "school"}, {"第一小学"}),
    ],
)
def test_sites_are_found_by_every_word_and_filter(listed, wanted, found):
    assert {row.name for row in browsing.list_sites(listed, **wanted)} == found


def test_a_site_is_found_by_the_number_of_its_certificate(listed):
    row = scored(listed, browsing.site(listed, "云台山管理局"), B1=Answer(na="没有食堂"))
    registering.edit_site(listed, row.site, facts={"canteen": "no"})
    assessing.finish_assessment(listed, row.id)
    deciding.decide(listed, row.id, approve=True)
    number = certifying.issue_certificate(listed, row.id).number
    assert [site.name for site in browsing.list_sites(listed, search=number.lower())] == ["云台山管理局"]


def test_a_site_shows_its_latest_result(workspace):
    row = scored(workspace, A2=Answer({"part": "88", "whole": "100"}))
    assert browsing.site(workspace, row.site).total is None
    assessing.finish_assessment(workspace, row.id)
    [site] = browsing.list_sites(workspace, stage=Stage.FINISHED)
    assert (site.total, site.level, site.assessment) == (18, "pass", row.id)
    assert site == browsing.site(workspace, row.site)


def test_assessments_are_listed_newest_first_with_how_much_is_answered(workspace, clock):
    first = scored(workspace, add_site(workspace, "甲"))
    clock.forward(hours=1)
    second = assessing.start_assessment(workspace, add_site(workspace, "乙").id)
    assessing.record_answer(workspace, second.id, "A1", Answer(na="无"))
    assessing.record_answer(workspace, second.id, "A2", Answer(note="只有备注"))
    rows = browsing.list_assessments(workspace)
    assert [(row.id, row.site_name, row.answered) for row in rows] == [(second.id, "乙", 1), (first.id, "甲", 4)]
    assert rows[0] == browsing.assessment(workspace, second.id)
    assert browsing.list_assessments(workspace, site=first.site) == (rows[1],)
    assert browsing.list_assessments(workspace, site="none") == ()


def test_the_history_of_a_site_and_of_an_assessment_say_who_did_what(workspace, clock):
    site = add_site(workspace, "甲")
    clock.forward(hours=2)
    registering.edit_site(workspace.acting_as("李工"), site.id, phone="1")
    registering.edit_site(workspace, site.id, phone="2")
    told = [(row.author, row.cell, row.old, row.new) for row in browsing.history(workspace, site.id)][-2:]
    assert told == [("李工", "phone", None, "1"), ("王敏", "phone", "1", "2")]
    assert browsing.history(workspace, site.id)[-1].at == clock.second
    row = scored(workspace, site)
    cells = [entry.cell for entry in browsing.history(workspace, row.id)]
    assert cells == ["header", *(f"answer.{item}" for item in FULL_MARKS)]
    assert browsing.history(workspace, "none") == ()


@pytest.mark.parametrize("ask", [browsing.assessment, browsing.sheet])
def test_an_assessment_that_is_not_there_is_named(workspace, ask):
    with pytest.raises(UserError) as refused:
        ask(workspace, "x")
    assert (refused.value.code, refused.value.values) == ("register.unknown_assessment", {"assessment": "x"})


def test_an_edition_that_is_not_there_is_named(workspace):
    with pytest.raises(UserError) as refused:
        browsing.checklist(workspace, "0" * 64)
    assert refused.value.code == "register.unknown_edition"


def test_editions_are_read_once_and_shared_by_everyone_at_the_desk(workspace):
    edition = browsing.current_edition(workspace, "office").id
    assert browsing.checklist(workspace, edition) is browsing.checklist(workspace.acting_as("李工"), edition)
