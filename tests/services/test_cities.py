"""Several cities come with the program; a register follows its own, and one that went its own way is left alone."""

from __future__ import annotations

import pytest

from tests.samples.registers import add_site, criteria, sample, scored
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.criteria import Criteria
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, checking, cities, publishing, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace
from wufei_cells.store import settings_store

MOUNTAIN = criteria("small")
HARBOR = criteria("small", "school", profile="other_city")
CITIES = {"mountain": lambda: MOUNTAIN, "harbor": lambda: HARBOR}


def changed(given: Criteria, old: str, new: str) -> Criteria:
    """The files of a city as a newer program brings them, with one passage rewritten."""
    files = [
        (name, content.replace(old.encode(), new.encode())) for name, content in (*given.checklists, given.profile)
    ]
    newer = Criteria(tuple(files[:-1]), files[-1])
    assert newer != given
    return newer


@pytest.fixture
def opened(tmp_path, clock):
    """Open one register again and again, with what a version of the program brings."""
    left = []

    def open_it(start=MOUNTAIN, shipped=None):
        while left:
            left.pop().close()
        workspace = open_workspace(
            tmp_path, start, person="王敏", cities=CITIES if shipped is None else shipped, clock=clock
        )
        left.append(workspace)
        return workspace

    yield open_it
    for workspace in left:
        workspace.close()


def keys(workspace) -> list[str]:
    return [category.key for category in browsing.categories(workspace)]


# --- choosing


def test_the_cities_that_come_with_the_program_are_listed_with_the_one_in_use(opened):
    workspace = opened()
    assert [(row.key, row.city.zh, row.checklists, row.in_use) for row in cities.list_cities(workspace)] == [
        ("mountain", "山城市", 1, True),
        ("harbor", "港城市", 2, False),
    ]
    cities.use_city(workspace, "harbor")
    assert [row.key for row in cities.list_cities(workspace) if row.in_use] == ["harbor"]


def test_a_city_brings_its_profile_and_its_checklists_under_its_own_numbers(opened):
    workspace = opened()
    first = browsing.current_edition(workspace, "office")
    assert browsing.checklist(workspace, first.id).parameters[0].value == 15
    profile = cities.use_city(workspace, "harbor")
    assert (profile.key, browsing.profile(workspace).key) == ("harbor", "harbor")
    assert keys(workspace) == ["school", "office"]
    second = browsing.current_edition(workspace, "office")
    assert second.id != first.id
    assert browsing.checklist(workspace, second.id).parameters[0].value == 16
    assert checking.doctor(workspace).sound


def test_what_an_earlier_city_published_is_offered_no_longer_and_kept(opened):
    only_there = changed(HARBOR, "key: office", "key: port_office")
    workspace = opened(shipped={"mountain": lambda: MOUNTAIN, "harbor": lambda: only_there})
    cities.use_city(workspace, "harbor")
    assert keys(workspace) == ["school", "port_office"]
    with pytest.raises(ProblemsFound) as refused:
        registering.add_site(workspace, SiteDraft("甲", "office", "docks"))
    assert {problem.code for problem in refused.value.problems} == {"site.unknown_category"}
    with pytest.raises(UserError):
        browsing.current_edition(workspace, "office")
    assert {row.category for row in browsing.editions(workspace, of_all_cities=True)} == {
        "office",
        "school",
        "port_office",
    }


def test_an_edition_of_a_later_day_does_not_come_back_with_the_city_it_was_published_for(opened, clock):
    workspace = opened()
    later = sample("small").replace(b'edition: "1"', b'edition: "2"').replace(b"2026-01-01", b"2026-10-01")
    publishing.publish_file(workspace, later, "later.yaml")
    cities.use_city(workspace, "harbor")
    assert browsing.current_edition(workspace, "office").edition == "1"


def test_going_back_to_the_first_city_offers_its_checklists_again(opened):
    workspace = opened()
    first = browsing.current_edition(workspace, "office")
    cities.use_city(workspace, "harbor")
    cities.use_city(workspace, "mountain")
    assert browsing.current_edition(workspace, "office") == first
    assert keys(workspace) == ["office"]
    before = checking.digest(workspace)
    cities.use_city(workspace, "mountain")
    assert checking.digest(workspace) == before


def test_a_register_with_sites_stays_with_its_city(opened):
    workspace = opened()
    add_site(workspace)
    before = checking.digest(workspace)
    with pytest.raises(UserError) as refused:
        cities.use_city(workspace, "harbor")
    assert refused.value.code == "publishing.other_city"
    assert checking.digest(workspace) == before
    assert browsing.profile(workspace).key == "mountain"


def test_a_city_that_does_not_come_with_the_program_is_named(opened):
    with pytest.raises(UserError) as refused:
        cities.use_city(opened(), "desert")
    assert refused.value.code == "city.unknown"
    assert refused.value.values["known"] == "mountain, harbor"


def test_a_city_with_a_mistake_in_any_file_is_not_half_adopted(opened):
    broken = changed(HARBOR, "full: 10", "full: 11")
    workspace = opened(shipped={"harbor": lambda: broken})
    before = checking.digest(workspace)
    with pytest.raises(ProblemsFound):
        cities.use_city(workspace, "harbor")
    assert checking.digest(workspace) == before


# --- a new version of the program


def test_a_register_of_another_city_gets_that_citys_news_and_none_of_the_first_citys(opened):
    cities.use_city(opened(), "harbor")
    before = checking.digest(opened())
    harder = changed(MOUNTAIN, "points: -1", "points: -2")
    workspace = opened(harder, {"mountain": lambda: harder, "harbor": lambda: HARBOR})
    assert checking.digest(workspace) == before
    news = changed(HARBOR, "points: -1", "points: -3")
    workspace = opened(harder, {"mountain": lambda: harder, "harbor": lambda: news})
    assert browsing.profile(workspace).key == "harbor"
    row = scored(workspace, add_site(workspace, district="docks"))
    change = assessing.record_answer(workspace, row.id, "A2", Answer({"part": "88", "whole": "100"}))
    assert change.scorecard.item("A2").got.low == 4  # two short of 90, at 3
    assert keys(workspace) == ["school", "office"]


def test_a_newer_profile_of_its_city_is_adopted(opened):
    cities.use_city(opened(), "harbor")
    news = changed(HARBOR, "count: 40", "count: 41")
    workspace = opened(shipped=CITIES | {"harbor": lambda: news})
    assert browsing.progress(workspace).goal == 41


def test_a_profile_that_the_city_changed_for_itself_stays(opened):
    workspace = opened()
    publishing.adopt_profile_file(workspace, sample("city").replace(b"pass_mark: 15", b"pass_mark: 17"), "own.yaml")
    news = changed(changed(MOUNTAIN, "points: -1", "points: -2"), "{count: 3,", "{count: 4,")
    workspace = opened(news, {"mountain": lambda: news})
    assert browsing.progress(workspace).goal == 3
    edition = browsing.checklist(workspace, browsing.current_edition(workspace, "office").id)
    assert edition.parameters[0].value == 17
    row = scored(workspace, A2=Answer({"part": "88", "whole": "100"}))
    assert browsing.sheet(workspace, row.id).scorecard.item("A2").got.low == 6  # the new checklist, at 2


def test_numbers_of_a_citys_own_that_break_a_new_edition_do_not_lock_people_out(opened):
    workspace = opened()
    publishing.adopt_profile_file(workspace, sample("city").replace(b"pass_mark: 15", b"pass_mark: 18"), "own.yaml")
    first = browsing.current_edition(workspace, "office")
    news = changed(MOUNTAIN, "total_at_least: 19", "total_at_least: 17")
    workspace = opened(news, {"mountain": lambda: news})
    assert browsing.current_edition(workspace, "office") == first


def test_the_citys_own_profile_is_given_up_only_on_purpose(opened):
    workspace = opened()
    publishing.adopt_profile_file(workspace, sample("city").replace(b"pass_mark: 15", b"pass_mark: 17"), "own.yaml")
    cities.use_city(workspace, "mountain")
    news = changed(MOUNTAIN, "{count: 3,", "{count: 4,")
    assert browsing.progress(opened(news, {"mountain": lambda: news})).goal == 4


def test_a_register_whose_city_came_from_a_file_keeps_what_it_has(opened):
    workspace = opened(shipped={"mountain": lambda: MOUNTAIN})
    publishing.adopt_profile_file(workspace, sample("other_city"), "other_city.yaml")
    before = checking.digest(workspace)
    for news in (changed(MOUNTAIN, "points: -1", "points: -2"), criteria("small", "school")):
        workspace = opened(news, {"mountain": lambda news=news: news})
        assert browsing.profile(workspace).key == "harbor"
        assert checking.digest(workspace) == before


def test_a_register_of_the_first_version_keeps_a_profile_that_was_adopted_from_a_file(opened):
    workspace = opened()
    publishing.adopt_profile_file(workspace, sample("city").replace(b"pass_mark: 15", b"pass_mark: 17"), "own.yaml")
    settings_store.write(workspace.database, publishing.PROFILE_NOTE, "")  # the first version took no note
    news = changed(MOUNTAIN, "{count: 3,", "{count: 4,")
    assert browsing.progress(opened(news, {"mountain": lambda: news})).goal == 3


def test_a_register_of_the_first_version_follows_the_profile_it_was_made_with(opened):
    settings_store.write(opened().database, publishing.PROFILE_NOTE, "")
    news = changed(MOUNTAIN, "{count: 3,", "{count: 4,")
    assert browsing.progress(opened(news, {"mountain": lambda: news})).goal == 4
