"""Editions in the register: what is used when and where, what is retired, and what is still being written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.samples.editions import as_file, entry, publish, small, yes_no
from tests.samples.registers import add_site, sample, scored
from tests.store.foreign import Act, take_in
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.register import EditionState
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, checking, drafting, overlaying, publishing, retiring
from wufei_cells.store import ledger


def refused(work) -> UserError:
    with pytest.raises(UserError) as error:
        work()
    return error.value


def states(workspace) -> dict[str, str]:
    return {row.edition: row.state.value for row in browsing.editions(workspace) if row.category == "office"}


def current(workspace, district: str = "") -> str:
    return browsing.current_edition(workspace, "office", district).edition


# --- which edition is in force


def test_each_edition_says_how_it_stands_today(workspace):
    publish(workspace, small("last", effective_from="2026-03-01", effective_until="2026-10-31"))
    publish(workspace, small("next", effective_from="2027-01-01"))
    publish(workspace, small("this", effective_from="2026-10-01"))
    assert states(workspace) == {"next": "to_come", "this": "in_force", "last": "expired", "1": "superseded"}


def test_an_edition_is_used_up_to_its_last_day(workspace, clock):
    publish(workspace, small("short", effective_until="2026-11-03"))
    used = []
    for _day in range(3):
        used.append(current(workspace))
        clock.forward(days=1)
    assert used == ["short", "short", "1"]


def test_a_retired_edition_gives_way_to_the_one_before(workspace):
    second = publish(workspace, small("2"))
    assert current(workspace) == "2"
    row = retiring.retire_edition(workspace, second, reason=" 有笔误 ")
    assert (row.state, row.retired_on, row.reason) == (EditionState.RETIRED, date(2026, 11, 2), "有笔误")
    assert current(workspace) == "1"
    assert retiring.reinstate_edition(workspace, second).state is EditionState.IN_FORCE
    assert current(workspace) == "2"


def test_what_runs_under_a_retired_edition_goes_on_and_nothing_new_begins(workspace):
    running = assessing.start_assessment(workspace, add_site(workspace).id)
    other = add_site(workspace, "乙").id
    retiring.retire_edition(workspace, running.edition, reason="换新版")
    assessing.record_answers(workspace, running.id, {"G1": Answer("yes")})
    assert browsing.sheet(workspace, running.id).answers["G1"].answer.value == "yes"
    none = refused(lambda: assessing.start_assessment(workspace, other))
    assert (none.code, none.values["reason"]) == ("editions.none_but_retired", "换新版")
    assert refused(lambda: assessing.start_assessment(workspace, other, edition=running.edition)).code == (
        "editions.retired"
    )


def test_an_edition_whose_last_day_has_passed_starts_nothing(workspace, clock):
    retiring.retire_edition(workspace, browsing.current_edition(workspace, "office").id, reason="旧")
    last = publish(workspace, small("2", effective_until="2026-11-02"))
    site = add_site(workspace).id
    clock.forward(days=1)
    assert refused(lambda: assessing.start_assessment(workspace, site)).code == "editions.none_but_expired"
    assert refused(lambda: assessing.start_assessment(workspace, site, edition=last)).code == "editions.expired"


def test_an_edition_may_be_retired_from_a_day_to_come(workspace, clock):
    second = publish(workspace, small("2"))
    retiring.retire_edition(workspace, second, reason="年底停用", on=date(2026, 11, 4))
    assert current(workspace) == "2"
    clock.forward(days=2)
    assert current(workspace) == "1"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_retiring_needs_a_reason(workspace, reason):
    edition = browsing.current_edition(workspace, "office").id
    assert refused(lambda: retiring.retire_edition(workspace, edition, reason=reason)).code == "editions.reason_needed"
    assert current(workspace) == "1"


def test_retiring_twice_and_reinstating_what_is_not_retired_are_told(workspace):
    edition = browsing.current_edition(workspace, "office").id
    assert refused(lambda: retiring.reinstate_edition(workspace, edition)).code == "editions.not_retired"
    retiring.retire_edition(workspace, edition, reason="旧")
    assert refused(lambda: retiring.retire_edition(workspace, edition, reason="旧")).code == "editions.retired_already"


def test_a_retired_edition_is_not_published_again_by_its_file(workspace):
    second = publish(workspace, small("2"))
    retiring.retire_edition(workspace, second, reason="有误")
    assert refused(lambda: publish(workspace, small("2"))).code == "publishing.retired"


def test_that_an_edition_is_retired_may_be_known_before_the_edition_is(workspace):
    """Acts of other devices arrive in any order."""
    other = small("3")
    elsewhere = publish(workspace, other)
    state = {"retired_on": "2026-11-01", "reason": "别处停用"}
    take_in(workspace.database, [Act("laptop", 1, "edition_state", "f" * 64, "state", 90, state, ())])
    take_in(workspace.database, [Act("laptop", 2, "edition_state", elsewhere, "state", 91, state, ())])
    assert states(workspace)["3"] == "retired"
    assert checking.doctor(workspace).sound


def test_adopting_a_profile_brings_no_retired_edition_back(workspace):
    second = publish(workspace, small("2"))
    retiring.retire_edition(workspace, second, reason="有误")
    profile = sample("city").replace(b"pass_mark: 15", b"pass_mark: 14").replace(b'version: "1"', b'version: "2"')
    publishing.adopt_profile_file(workspace, profile, "city.yaml")
    assert current(workspace) == "1"
    assert states(workspace)["2"] == "retired"


# --- a county's own edition


def overlay(extends: str, name: str = "2-east", **parts) -> dict:
    """A file of the east district that adds an item to the city's second edition."""
    return {
        "format": "wufei-overlay/1",
        "key": "SMALL-EAST",
        "edition": name,
        "title": "东区标准",
        "extends": {"key": "SMALL", "edition": "2", "id": extends[:12]},
        "districts": ["east"],
        "effective_from": "2026-10-01",
        "add": {"groups": [{"key": "E", "text": "区里加项", "items": [yes_no("E1")]}]},
        **parts,
    }


def own(workspace, extends: str) -> str:
    """An edition of the east district that stands on one of the city's."""
    return overlaying.publish_overlay_file(workspace, as_file(overlay(extends)), "east.json").id


def test_a_district_uses_its_own_edition_and_the_others_the_citys(workspace):
    city = publish(workspace, small("2"))
    own(workspace, city)
    assert (current(workspace, "east"), current(workspace, "west"), current(workspace)) == ("2-east", "2", "2")
    assert states(workspace) == {"2-east": "in_force", "2": "in_force", "1": "superseded"}
    east = assessing.start_assessment(workspace, add_site(workspace, "甲", "east").id)
    west = assessing.start_assessment(workspace, add_site(workspace, "乙", "west").id)
    assert [browsing.checklist(workspace, row.edition).edition for row in (east, west)] == ["2-east", "2"]


def test_a_districts_edition_is_not_for_sites_elsewhere(workspace):
    east = own(workspace, publish(workspace, small("2")))
    site = add_site(workspace, "乙", "west").id
    assert refused(lambda: assessing.start_assessment(workspace, site, edition=east)).code == "editions.other_district"


def test_when_the_city_goes_on_the_district_is_told_that_its_edition_stays_behind(workspace):
    own(workspace, publish(workspace, small("2")))
    assert browsing.choose_edition(workspace, "office", "east").cautions == ()
    publish(workspace, small("3"))
    choice = browsing.choose_edition(workspace, "office", "east")
    assert choice.row.edition == "3"
    [caution] = choice.cautions
    assert (caution.code, caution.values["own"], caution.values["city"]) == ("editions.overlay_outdated", "2-east", "3")
    assert states(workspace)["2-east"] == "superseded"
    assert browsing.choose_edition(workspace, "office", "west").cautions == ()


def test_a_districts_edition_falls_with_the_one_it_stands_on(workspace):
    city = publish(workspace, small("2"))
    own(workspace, city)
    retiring.retire_edition(workspace, city, reason="有误")
    assert current(workspace, "east") == "1"


def test_a_districts_edition_goes_along_when_the_city_changes_its_numbers(workspace):
    own(workspace, publish(workspace, small("2")))
    profile = sample("city").replace(b"pass_mark: 15", b"pass_mark: 14").replace(b'version: "1"', b'version: "2"')
    publishing.adopt_profile_file(workspace, profile, "city.yaml")
    assert (current(workspace, "east"), current(workspace, "west")) == ("2-east", "2")
    marks = [browsing.checklist(workspace, row.id).parameters[0].value for row in browsing.editions(workspace)[:2]]
    assert marks == [14, 14]


def test_a_countys_edition_cannot_be_written_by_hand(workspace):
    """Otherwise its full text could leave out what the city locked."""
    east = own(workspace, publish(workspace, small("2")))
    draft = drafting.begin_from_edition(workspace, east)
    assert ("publishing.made_by_overlay", ("overlay",)) in codes(drafting.find_problems(workspace, draft.data))
    with pytest.raises(ProblemsFound) as found:
        publish(workspace, draft.data)
    assert [problem.code for problem in found.value.problems] == ["publishing.made_by_overlay"]


# --- drafts


def codes(problems) -> set[tuple[str, tuple]]:
    return {(problem.code, problem.path) for problem in problems}


def test_a_draft_may_be_anything_and_is_kept_as_it_is(workspace, clock):
    data = {"title": "还没写完", "groups": [{"items": "?"}]}
    draft = drafting.begin_draft(workspace, data)
    assert (draft.data, draft.row.title, draft.row.author) == (data, "还没写完", "王敏")
    clock.forward(minutes=5)
    saved = drafting.save_draft(workspace, draft.row.id, {**data, "category": {"key": "office"}})
    assert (saved.category, saved.at) == ("office", clock.second)
    assert drafting.list_drafts(workspace) == (saved,)
    assert browsing.editions(workspace) == browsing.editions(workspace)[:1]


def test_one_save_is_one_act_and_saving_the_same_is_none(workspace):
    draft = drafting.begin_draft(workspace, small())
    before = count(workspace)
    drafting.save_draft(workspace, draft.row.id, small(notice="注"))
    assert count(workspace) == before + 1
    drafting.save_draft(workspace, draft.row.id, small(notice="注"))
    assert count(workspace) == before + 1
    assert checking.doctor(workspace).sound


def count(workspace) -> int:
    with workspace.database.reading() as connection:
        return ledger.count_acts(connection)


def test_two_who_save_at_once_lose_nothing(workspace):
    draft = drafting.begin_draft(workspace, small())
    seen = draft.row.heads
    theirs = drafting.save_draft(workspace, draft.row.id, small(notice="甲"), seen=seen)
    both = drafting.save_draft(workspace, draft.row.id, small(notice="乙"), seen=seen)
    assert both.values == 2
    assert refused(lambda: drafting.publish_draft(workspace, draft.row.id)).code == "drafting.changed_meanwhile"
    (mine,) = [head for head in both.heads if head not in theirs.heads]
    settled = drafting.settle_draft(workspace, draft.row.id, small(notice="乙"), own=(mine,))
    assert (settled.values, len(settled.heads)) == (1, 1)
    others = [row for row in drafting.list_drafts(workspace) if row.id != draft.row.id]
    assert [drafting.open_draft(workspace, row.id).data for row in others] == [small(notice="甲")]


def test_a_discarded_draft_is_gone_until_it_is_saved_again(workspace):
    draft = drafting.begin_draft(workspace, small())
    drafting.discard_draft(workspace, draft.row.id)
    assert drafting.list_drafts(workspace) == ()
    assert refused(lambda: drafting.open_draft(workspace, draft.row.id)).code == "drafting.unknown"
    drafting.save_draft(workspace, draft.row.id, draft.data)
    assert drafting.open_draft(workspace, draft.row.id).data == draft.data
    assert checking.doctor(workspace).sound


def test_what_never_was_a_draft_is_not_saved(workspace):
    assert refused(lambda: drafting.save_draft(workspace, "x", {})).code == "drafting.unknown"


def test_a_draft_of_the_next_edition_has_everything_of_the_last_under_a_new_name(workspace):
    edition = browsing.current_edition(workspace, "office")
    draft = drafting.begin_from_edition(workspace, edition.id)
    assert draft.row.based_on == edition.id
    assert (draft.data["edition"], draft.data["effective_from"]) == ("2", "2026-11-02")
    assert draft.data["parameters"][0]["value"] == "16", "the checklist's own number, not the city's"
    assert drafting.find_problems(workspace, draft.data) == ()
    assert drafting.begin_from_edition(workspace, edition.id, name="2027").data["edition"] == "2027"


def test_the_next_name_is_a_free_one(workspace):
    publish(workspace, small("2026.1", key="OTHER"))
    publish(workspace, small("2026.2", key="OTHER"))
    [first] = [row for row in browsing.editions(workspace) if row.edition == "2026.1"]
    assert drafting.begin_from_edition(workspace, first.id).data["edition"] == "2026.3"


def test_a_draft_from_a_file_keeps_its_mistakes_and_names_them_all_with_their_paths(workspace):
    data = small()
    entry(data, "A1")["full"] = "five"
    data["colour"] = "green"
    draft = drafting.begin_from_file(workspace, as_file(data), "draft.json")
    found = codes(drafting.find_problems(workspace, draft.data))
    assert ("field.unknown", ("colour",)) in found
    assert ("field.not_number", ("groups", 0, "items", 0, "full")) in found


def test_an_empty_draft_tells_what_is_missing(workspace):
    draft = drafting.begin_empty(workspace, key="NEW", category="school", code="XX")
    assert draft.row.category == "school"
    assert drafting.find_problems(workspace, draft.data)
    assert refused(lambda: drafting.publish_draft(workspace, draft.row.id)).code == "problems.found"


def test_publishing_refuses_with_every_problem_and_keeps_the_draft(workspace):
    data = small("1")
    draft = drafting.begin_draft(workspace, {**data, "title": "改过"})
    with pytest.raises(ProblemsFound) as found:
        drafting.publish_draft(workspace, draft.row.id)
    assert [(problem.code, problem.place) for problem in found.value.problems] == [
        ("publishing.edition_taken", "edition")
    ]
    assert drafting.sound_checklist(workspace, draft.data).title.zh == "改过"
    assert len(drafting.list_drafts(workspace)) == 1


def test_the_citys_numbers_are_tried_before_publishing(workspace):
    data = small()
    data["scoring"]["grades"][1]["total_at_least"] = "15.5"
    data["parameters"][0]["value"] = "14"
    profile = sample("city").replace(b"pass_mark: 15", b"pass_mark: 17").replace(b'version: "1"', b'version: "2"')
    publishing.adopt_profile_file(workspace, profile, "city.yaml")
    draft = drafting.begin_draft(workspace, data)
    [problem] = drafting.find_problems(workspace, draft.data)
    assert problem.path[:2] == ("scoring", "grades")


def test_a_published_draft_is_an_edition_and_no_draft_any_more(workspace):
    draft = drafting.begin_draft(workspace, small("2"))
    edition = drafting.publish_draft(workspace, draft.row.id, seen=draft.row.heads)
    assert browsing.current_edition(workspace, "office").id == edition
    assert edition == publish(workspace, small("2")), "the same as from a file"
    assert drafting.list_drafts(workspace) == ()
    assert browsing.checklist(workspace, edition).parameters[0].value == 15, "under the city's number"
    assert checking.doctor(workspace).sound


def test_what_somebody_saved_since_is_not_published_unread(workspace):
    draft = drafting.begin_draft(workspace, small("2"))
    drafting.save_draft(workspace.acting_as("周主任"), draft.row.id, small("2", notice="改"))
    told = refused(lambda: drafting.publish_draft(workspace, draft.row.id, seen=draft.row.heads))
    assert (told.code, told.values["author"]) == ("drafting.changed_meanwhile", "周主任")


def test_a_file_that_cannot_be_told_apart_from_noise_makes_no_draft(workspace):
    with pytest.raises(ProblemsFound):
        drafting.begin_from_file(workspace, b"{", "draft.yaml")
    assert drafting.list_drafts(workspace) == ()


def test_a_draft_as_large_as_no_file_may_be_is_refused(workspace):
    with pytest.raises(ProblemsFound) as found:
        drafting.begin_draft(workspace, {"notice": "注" * 2_000_000})
    assert found.value.problems[0].code == "file.too_large"


def test_a_day_of_an_assessment_is_that_of_the_visit(workspace, clock):
    row = scored(workspace)
    assert browsing.sheet(workspace, row.id).on == date(2026, 11, 2)
    site = add_site(workspace, "丁").id
    visited = assessing.start_assessment(workspace, site, visited_on=date(2026, 10, 30) - timedelta(days=1))
    assert browsing.sheet(workspace, visited.id).on == date(2026, 10, 29)
