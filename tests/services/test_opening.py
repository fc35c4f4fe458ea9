"""Opening a register: what is shipped is published once, looking changes nothing, and nothing is half-begun."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.samples.registers import FULL_MARKS, HandClock, add_site, criteria, open_register, sample, scored
from wufei_cells.checklists.document import edition_document
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.criteria import Criteria
from wufei_cells.errors import EnvironmentFault, ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, certifying, checking, deciding, publishing, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace
from wufei_cells.store import tables
from wufei_cells.store.database import FILE_NAME

FIRST = ["person", "profile", "edition", "edition_source"]  # the city has its own pass mark, so the source is kept too


def kinds(workspace) -> list[str]:
    with workspace.database.reading() as connection:
        return list(connection.execute(select(tables.act.c.kind).order_by(tables.act.c.seq)).scalars())


def changed(name: str, old: str, new: str) -> Criteria:
    """The samples with one of them rewritten."""
    content = sample(name).replace(old.encode(), new.encode())
    assert content != sample(name)
    files = {"small.yaml": sample("small"), "city.yaml": sample("city"), f"{name}.yaml": content}
    return Criteria((("small.yaml", files["small.yaml"]),), ("city.yaml", files["city.yaml"]))


# --- once and not again


def test_the_first_opening_publishes_and_later_ones_write_nothing(tmp_path, clock):
    first = open_register(tmp_path, clock)
    assert kinds(first) == FIRST
    before = checking.digest(first)
    first.close()
    for person in ("王敏", "somebody new"):
        again = open_register(tmp_path, clock, person=person)
        assert checking.digest(again) == before
        again.close()


def test_only_looking_never_writes_a_name_into_the_register(workspace):
    before = checking.digest(workspace)
    visitor = workspace.acting_as("参观者")
    browsing.list_sites(visitor)
    browsing.progress(visitor)
    assert checking.doctor(visitor).sound
    assert checking.digest(workspace) == before


def test_whoever_writes_is_entered_with_their_first_act_and_only_once(workspace):
    newcomer = workspace.acting_as(" 李  工 ")
    registering.add_site(newcomer, SiteDraft("甲", "office", "east"))
    registering.add_site(newcomer, SiteDraft("乙", "office", "east"))
    assert kinds(workspace).count("person") == 2
    row = browsing.history(workspace, browsing.site(workspace, "甲").id)[0]
    assert row.author == "李 工"
    assert workspace.acting_as("李 工").person == newcomer.person


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_somebody_must_be_named(tmp_path, clock, name):
    with pytest.raises(UserError) as refused:
        open_register(tmp_path, clock, person=name)
    assert refused.value.code == "workspace.no_person"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x" * 121, "a\x00b", "半\udc80"])
def test_a_name_can_be_shown(tmp_path, clock, name):
    with pytest.raises(ProblemsFound):
        open_register(tmp_path, clock, person=name)


# --- the folder


def test_a_folder_that_is_not_there_is_named_and_not_made(tmp_path, clock):
    with pytest.raises(EnvironmentFault) as refused:
        open_register(tmp_path / "nowhere", clock)
    assert refused.value.code == "workspace.no_folder"
    assert not (tmp_path / "nowhere").exists()


def test_it_is_made_when_asked_for(tmp_path):
    folder = tmp_path / "数据 一" / "register"
    open_workspace(folder, criteria(), person="王敏", create_folder=True).close()
    assert (folder / FILE_NAME).exists()


@pytest.mark.parametrize("name", ["x" * 300, "a/" * 3000 + "b"])
def test_a_folder_that_no_disk_can_have_is_an_error_with_a_code(tmp_path, clock, name):
    for create in (True, False):
        with pytest.raises(EnvironmentFault):
            open_workspace(tmp_path / name, criteria(), person="王敏", create_folder=create)


def test_a_file_is_no_folder(tmp_path, clock):
    (tmp_path / "file").write_text("x")
    for create in (True, False):
        with pytest.raises(EnvironmentFault):
            open_workspace(tmp_path / "file", criteria(), person="王敏", create_folder=create)


# --- shipped files with mistakes


def test_mistakes_in_all_files_are_said_at_once_and_nothing_is_published(tmp_path, clock):
    broken = Criteria(
        (
            ("small.yaml", sample("small").replace(b"full: 15", b"full: 16")),
            ("school.yaml", sample("school").replace(b"count:", b"amount_of:")),
        ),
        ("city.yaml", sample("city").replace(b"validity_years: 3", b"validity_years: 0")),
    )
    with pytest.raises(ProblemsFound) as found:
        open_register(tmp_path, clock, given=broken)
    files = {problem.place.split(":")[0] for problem in found.value.problems}
    assert files == {"small.yaml", "school.yaml", "city.yaml"}
    workspace = open_register(tmp_path, clock)
    assert kinds(workspace) == FIRST
    workspace.close()


def test_numbers_of_a_city_that_break_a_checklist_are_refused_before_anything_is_published(tmp_path, clock):
    with pytest.raises(ProblemsFound):
        open_register(tmp_path, clock, given=changed("city", "{pass_mark: 15}", "{pass_mark: 25}"))
    workspace = open_register(tmp_path, clock)
    assert kinds(workspace) == FIRST
    workspace.close()


def test_an_example_register_is_one_from_its_first_moment_and_for_ever(tmp_path, clock):
    broken = changed("small", "full: 15", "full: 16")
    with pytest.raises(ProblemsFound):
        open_workspace(tmp_path, broken, person="王敏", example=True, clock=clock)
    assert open_and_close(tmp_path, example=True)
    assert open_and_close(tmp_path, example=False)


def test_a_real_register_never_becomes_an_example(tmp_path):
    assert not open_and_close(tmp_path, example=False)
    assert not open_and_close(tmp_path, example=True)
    newer = changed("small", "points: -1", "points: -2")
    workspace = open_workspace(tmp_path, newer, person="王敏", example=True, clock=HandClock())
    assert not workspace.example
    workspace.close()


def open_and_close(folder: Path, *, example: bool) -> bool:
    workspace = open_workspace(folder, criteria(), person="王敏", example=example, clock=HandClock())
    workspace.close()
    return workspace.example


# --- editions


def test_the_citys_numbers_are_part_of_an_editions_identity(tmp_path, clock, workspace):
    own = browsing.current_edition(workspace, "office")
    assert browsing.checklist(workspace, own.id).parameters[0].value == 15
    (tmp_path / "other").mkdir()
    other = open_register(tmp_path / "other", clock, given=changed("city", "{pass_mark: 15}", "{pass_mark: 17}"))
    theirs = browsing.current_edition(other, "office")
    assert theirs.id != own.id
    row = scored(other, A2=Answer({"part": "86", "whole": "100"}))
    assert browsing.sheet(other, row.id).scorecard.passed is False
    row = scored(workspace, A2=Answer({"part": "86", "whole": "100"}))
    assert browsing.sheet(workspace, row.id).scorecard.passed is True
    other.close()


def test_a_changed_shipped_file_is_another_edition_and_running_assessments_stay_with_theirs(tmp_path, clock):
    before = open_register(tmp_path, clock)
    row = scored(before)
    waiting = add_site(before, "乙")
    before.close()
    after = open_register(tmp_path, clock, given=changed("small", "points: -1", "points: -2"))
    assert len(browsing.editions(after)) == 2
    assert browsing.sheet(after, row.id).edition_id == row.edition
    change = assessing.record_answer(after, row.id, "A2", Answer({"part": "88", "whole": "100"}))
    assert change.scorecard.item("A2").got.low == 8
    newer = assessing.start_assessment(after, waiting.id)
    assert newer.edition != row.edition
    change = assessing.record_answer(after, newer.id, "A2", Answer({"part": "88", "whole": "100"}))
    assert change.scorecard.item("A2").got.low == 6
    assert assessing.finish_assessment(after, row.id).total == 18
    after.close()


def test_of_editions_in_effect_from_one_day_the_one_published_last_is_current(tmp_path, clock):
    for points in ("-2", "-3", "-4", "-5"):
        workspace = open_register(tmp_path, clock, given=changed("small", "points: -1", f"points: {points}"))
        current = browsing.checklist(workspace, browsing.current_edition(workspace, "office").id)
        assert f'"{points}"' in edition_document(current)
        assert browsing.editions(workspace)[0].id == browsing.current_edition(workspace, "office").id
        workspace.close()


def test_an_edition_of_tomorrow_waits_for_its_day(tmp_path, clock):
    open_register(tmp_path, clock).close()
    given = changed("small", "effective_from: 2026-01-01", "effective_from: 2026-12-01")
    workspace = open_register(tmp_path, clock, given=given)
    today = browsing.current_edition(workspace, "office")
    assert today.effective_from.month == 1
    clock.forward(days=40)
    assert browsing.current_edition(workspace, "office").effective_from.month == 12
    workspace.close()


def test_a_category_whose_only_edition_is_not_in_effect_yet_takes_sites_and_no_assessments(tmp_path, clock):
    given = changed("small", "effective_from: 2026-01-01", "effective_from: 2026-12-01")
    workspace = open_register(tmp_path, clock, given=given)
    site = add_site(workspace)
    with pytest.raises(UserError) as refused:
        assessing.start_assessment(workspace, site.id)
    assert refused.value.code == "register.no_edition"
    workspace.close()


def test_facts_that_only_an_earlier_edition_asked_for_do_not_stand_in_the_way(tmp_path, clock):
    before = open_register(tmp_path, clock)
    row = scored(before)
    site = registering.edit_site(before, row.site, facts={"staff": "12"})
    before.close()
    dropped = "  - {key: staff, text: {zh: 人数, en: Staff}, unit: 人, ask: number}\n"
    after = open_register(tmp_path, clock, given=changed("small", dropped, ""))
    assert registering.edit_site(after, site.id, phone="1").facts == {"canteen": "yes", "staff": "12"}
    assert registering.edit_site(after, site.id, facts={"staff": "13"}).facts["staff"] == "13"  # its own edition asks
    with pytest.raises(ProblemsFound):
        registering.add_site(after, SiteDraft("乙", "office", "east", facts={"staff": "5"}))
    after.close()


def test_a_fact_that_the_pinned_edition_cannot_read_counts_as_unknown(tmp_path, clock):
    before = open_register(tmp_path, clock)
    row = scored(before)
    before.close()
    choice = "ask: choice, options: [{key: small, text: 小}, {key: large, text: 大}]}"
    given = changed("small", "unit: 人, ask: number}", choice)
    given = Criteria((("small.yaml", given.checklists[0][1].replace(b"en: Staff}, ", b"en: Size}, ")),), given.profile)
    after = open_register(tmp_path, clock, given=given)
    registering.edit_site(after, row.site, facts={"staff": "large"})
    sheet = browsing.sheet(after, row.id)
    assert "staff" not in sheet.facts
    assert assessing.record_answer(after, row.id, "B1", Answer("yes")).scorecard == sheet.scorecard
    assert assessing.finish_assessment(after, row.id).total == 20
    after.close()


def test_an_assessment_is_not_started_by_the_checklist_of_another_category(tmp_path, clock):
    workspace = open_register(tmp_path, clock, given=criteria("small", "school"))
    school = browsing.current_edition(workspace, "school").id
    with pytest.raises(UserError) as refused:
        assessing.start_assessment(workspace, add_site(workspace).id, edition=school)
    assert refused.value.code == "assessing.other_category"
    workspace.close()


# --- files only


def test_a_seventh_category_and_another_city_are_files_and_nothing_else(tmp_path, clock):
    given = criteria("small", "school", profile="other_city")
    workspace = open_register(tmp_path, clock, given=given)
    assert browsing.profile(workspace).city.zh == "港城市"
    assert [category.key for category in browsing.categories(workspace)] == ["school", "office"]  # the plan's own first
    site = registering.add_site(workspace, SiteDraft("第一小学", "school", "docks"))
    row = assessing.start_assessment(workspace, site.id)
    change = assessing.record_answer(workspace, row.id, "S1", Answer("4"))
    assert change.scorecard.total.low == 8
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)
    certificate = certifying.issue_certificate(workspace, row.id)
    assert certificate.number == "港(2026)XX第1号"
    assert certificate.valid_until.year == 2027
    assert certificate.wording["en"]["body"] == "第一小学: Waste-Free School"
    progress = browsing.progress(workspace)
    assert (progress.goal, progress.whole.certified, progress.categories["school"].certified) == (40, 1, 1)
    assert list(progress.districts) == ["docks"]
    workspace.close()


def test_a_register_works_with_the_city_that_was_adopted_whatever_is_shipped(tmp_path, clock):
    workspace = open_register(tmp_path, clock)
    publishing.adopt_profile_file(workspace, sample("other_city"), "other_city.yaml")
    assert browsing.profile(workspace).key == "harbor"
    workspace.close()
    for given in (criteria(), changed("city", "{count: 3,", "{count: 4,")):
        workspace = open_register(tmp_path, clock, given=given)
        assert browsing.profile(workspace).key == "harbor"
        workspace.close()


def test_each_city_has_its_own_numbers_and_none_of_the_city_before(workspace):
    first = browsing.current_edition(workspace, "office")
    assert browsing.checklist(workspace, first.id).parameters[0].value == 15
    publishing.adopt_profile_file(workspace, sample("other_city"), "other_city.yaml")
    second = browsing.current_edition(workspace, "office")
    assert browsing.checklist(workspace, second.id).parameters[0].value == 16  # as the checklist's file has it
    publishing.adopt_profile_file(workspace, sample("city"), "city.yaml")
    assert browsing.current_edition(workspace, "office") == first
    assert browsing.editions(workspace) == (first,)
    assert {row.id for row in browsing.editions(workspace, of_all_cities=True)} == {first.id, second.id}


def test_a_city_is_adopted_for_the_edition_in_effect_and_for_those_to_come(workspace, clock):
    later = sample("small").replace(b"effective_from: 2026-01-01", b"effective_from: 2027-01-01")
    tomorrow = later.replace(b'edition: "1"', b'edition: "2"')
    publishing.publish_file(workspace, tomorrow, "small.yaml")
    publishing.adopt_profile_file(workspace, sample("other_city"), "other_city.yaml")
    for day in (2026, 2027):
        current = browsing.current_edition(workspace, "office")
        assert current.effective_from.year == day
        assert browsing.checklist(workspace, current.id).parameters[0].value == 16
        clock.forward(days=100)


def test_a_file_that_is_published_again_leads_again(tmp_path, clock):
    workspace = open_register(tmp_path, clock)
    first = browsing.current_edition(workspace, "office")
    harder = sample("small").replace(b"points: -1", b"points: -2").replace(b'edition: "1"', b'edition: "2"')
    second = publishing.publish_file(workspace, harder, "small.yaml")
    assert browsing.current_edition(workspace, "office").id == second
    workspace.close()
    workspace = open_register(tmp_path, clock, given=criteria("small", "school"))  # a newer program ships more
    assert browsing.current_edition(workspace, "office").id == second
    assert publishing.publish_file(workspace, sample("small"), "small.yaml") == first.id
    assert browsing.current_edition(workspace, "office") == first
    assert checking.doctor(workspace).sound
    workspace.close()


def test_a_newer_profile_of_the_same_city_is_adopted_when_it_is_shipped(tmp_path, clock):
    open_register(tmp_path, clock).close()
    workspace = open_register(tmp_path, clock, given=changed("city", "{count: 3,", "{count: 4,"))
    assert browsing.progress(workspace).goal == 4
    workspace.close()


def test_a_published_file_is_what_new_assessments_use_and_publishing_it_again_changes_nothing(workspace):
    edition = publishing.publish_file(workspace, sample("school"), "school.yaml")
    before = checking.digest(workspace)
    assert publishing.publish_file(workspace, sample("school"), "school.yaml") == edition
    assert checking.digest(workspace) == before
    site = add_site(workspace, "第一小学", category="school")
    assert assessing.start_assessment(workspace, site.id).edition == edition


def test_a_file_with_mistakes_is_neither_published_nor_adopted(workspace):
    before = checking.digest(workspace)
    with pytest.raises(ProblemsFound):
        publishing.publish_file(workspace, sample("school").replace(b"full: 10", b"full: 11"), "school.yaml")
    with pytest.raises(ProblemsFound):
        publishing.adopt_profile_file(workspace, sample("city").replace(b"15}", b"99}"), "city.yaml")
    assert checking.digest(workspace) == before


# --- doctor


def test_a_register_that_was_worked_in_is_sound(workspace):
    row = scored(workspace)
    assessing.finish_assessment(workspace, row.id)
    found = checking.doctor(workspace)
    assert found.sound
    assert found.acts == len(kinds(workspace)) > len(FULL_MARKS)
    assert found.digest == checking.digest(workspace)


def test_a_table_that_was_changed_by_hand_is_named_and_repaired_without_losing_anything(workspace):
    row = scored(workspace)
    before = checking.digest(workspace)
    with workspace.database.writing() as connection:
        connection.execute(tables.answer.update().values(note="better"))
        connection.execute(tables.assessment.update().values(stage="approved"))
    found = checking.doctor(workspace)
    assert (found.sound, found.projection) == (False, ("answer", "assessment"))
    checking.repair(workspace)
    assert checking.doctor(workspace).sound
    assert checking.digest(workspace) == before
    assert browsing.sheet(workspace, row.id).answers["A1"].answer.note == ""


def test_an_edition_whose_content_was_changed_is_named(workspace):
    edition = browsing.current_edition(workspace, "office").id
    with workspace.database.writing() as connection:
        document = connection.execute(select(tables.act.c.value).where(tables.act.c.kind == "edition")).scalar_one()
        easier = document.replace('"value":"15"', '"value":"1"')
        assert easier != document
        connection.execute(tables.act.update().where(tables.act.c.kind == "edition").values(value=easier))
        connection.execute(tables.edition.update().values(document=easier))
    found = checking.doctor(workspace)
    assert (found.sound, found.projection, found.editions) == (False, (), (edition,))
