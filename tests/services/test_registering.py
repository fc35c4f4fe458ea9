"""Sites are entered with everything checked at once, and changed field by field."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.samples.registers import add_site, criteria, open_register, scored
from tests.store.foreign import Act, take_in
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, deciding, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.store import tables


def problems(work) -> dict[str, str]:
    """Run something that must be refused; give the problems by place."""
    with pytest.raises(ProblemsFound) as found:
        work()
    return {problem.place: problem.code for problem in found.value.problems}


def acts(workspace) -> list[tuple[str, object]]:
    with workspace.database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(tables.act.c.cell, tables.act.c.value))]


# --- entering


def test_a_site_is_entered_with_all_its_fields(workspace):
    draft = SiteDraft(
        *("云台山", "office", "west", "修武县 1 号", "91350100M000100Y43", "李工", "0391-7709300", "旺季开放"),
        facts={"canteen": "no", "staff": "120.5"},
    )
    row = registering.add_site(workspace, draft)
    assert browsing.site(workspace, row.id) == row
    assert (row.name, row.category, row.district, row.stage) == ("云台山", "office", "west", Stage.REGISTERED)
    assert (row.address, row.contact, row.phone, row.note) == ("修武县 1 号", "李工", "0391-7709300", "旺季开放")
    assert row.facts == {"canteen": "no", "staff": "120.5"}


def test_only_what_was_filled_in_is_written(workspace):
    before = len(acts(workspace))
    registering.add_site(workspace, SiteDraft("甲", "office", "east", facts={"canteen": None, "staff": ""}))
    assert [cell for cell, _value in acts(workspace)[before:]] == ["name", "category", "district"]


def test_everything_wrong_with_the_form_is_said_at_once(workspace):
    draft = SiteDraft(
        *("", "zoo", "north", "x" * 501, "91350100M000100Y44", "李\x07工", "1" * 501, "\x00"),
        facts={"canteen": "maybe"},
    )
    assert problems(lambda: registering.add_site(workspace, draft)) == {
        "name": "site.no_name",
        "category": "site.unknown_category",
        "district": "site.unknown_district",
        "address": "field.too_long",
        "credit_code": "site.credit_code",
        "contact": "field.control_character",
        "phone": "field.too_long",
        "note": "field.control_character",
    }
    assert browsing.list_sites(workspace) == ()


def test_facts_are_held_against_the_checklist(workspace):
    facts = {"canteen": "maybe", "staff": "many", "roof": "flat"}
    draft = SiteDraft("甲", "office", "east", facts=facts)
    assert problems(lambda: registering.add_site(workspace, draft)) == {
        "facts.canteen": "answer.not_choice",
        "facts.staff": "answer.not_number",
        "facts.roof": "site.unknown_fact",
    }


def test_what_was_typed_is_put_into_one_form(workspace):
    draft = SiteDraft(
        "  某\u3000 单位 e\u0301 ", "office", "east", credit_code="９1350100m000100y43", facts={"canteen": " yes "}
    )
    row = registering.add_site(workspace, draft)
    assert row.name == "某 单位 é"
    assert row.credit_code == "91350100M000100Y43"
    assert row.facts == {"canteen": "yes"}


def test_half_a_character_is_a_problem_of_its_field(workspace):
    draft = SiteDraft("甲\udcff", "office", "east")
    assert problems(lambda: registering.add_site(workspace, draft)) == {"name": "field.control_character"}


@pytest.mark.parametrize("mark", "\u061c\u200e\u200f\u202a\u202e\u2066\u2069")
def test_marks_that_turn_the_direction_of_a_text_are_refused(workspace, mark):
    draft = SiteDraft(f"甲{mark}局", "office", "east", note=f"x{mark}")
    found = problems(lambda: registering.add_site(workspace, draft))
    assert found == {"name": "field.control_character", "note": "field.control_character"}


def test_characters_beyond_the_basic_plane_are_kept(workspace):
    assert registering.add_site(workspace, SiteDraft("䶮㳇鿍𬇙", "office", "east")).name == "䶮㳇鿍𬇙"


def test_a_name_is_given_once(workspace):
    add_site(workspace, "甲")
    assert problems(lambda: add_site(workspace, " 甲 ")) == {"name": "site.duplicate_name"}


# --- changing


def test_only_what_differs_is_written_each_field_as_an_act(workspace):
    site = add_site(workspace, "甲")
    before = len(acts(workspace))
    registering.edit_site(workspace, site.id, name="甲", phone="1", contact=" ", facts={"canteen": "yes", "staff": "3"})
    assert acts(workspace)[before:] == [("phone", '"1"'), ("fact.staff", '"3"')]
    registering.edit_site(workspace, site.id, phone="1")
    assert len(acts(workspace)) == before + 2


def test_fields_and_facts_can_be_emptied(workspace):
    site = add_site(workspace, "甲")
    registering.edit_site(workspace, site.id, phone="1")
    row = registering.edit_site(workspace, site.id, phone="", facts={"canteen": None})
    assert (row.phone, row.facts) == ("", {})


def test_a_change_is_checked_like_a_new_entry_and_nothing_is_kept_of_a_wrong_one(workspace):
    site = add_site(workspace, "甲")
    add_site(workspace, "乙")
    wrong = {"name": "乙", "district": "north", "phone": "2"}
    assert problems(lambda: registering.edit_site(workspace, site.id, **wrong, facts={"roof": "flat"})) == {
        "name": "site.duplicate_name",
        "district": "site.unknown_district",
        "facts.roof": "site.unknown_fact",
    }
    assert browsing.site(workspace, site.id) == site


def test_a_site_keeps_its_own_name(workspace):
    site = add_site(workspace, "甲")
    assert registering.edit_site(workspace, site.id, name="甲", note="新").note == "新"


def test_a_field_that_sites_do_not_have_is_a_mistake_of_the_program(workspace):
    site = add_site(workspace)
    with pytest.raises(TypeError):
        registering.edit_site(workspace, site.id, mood="good")


def test_the_category_stays_while_an_assessment_rests_on_it(tmp_path, clock):
    workspace = open_register(tmp_path, clock, given=criteria("small", "school"))
    row = scored(workspace)
    change = {"category": "school", "note": "改为学校"}
    assert problems(lambda: registering.edit_site(workspace, row.site, **change)) == {
        "category": "site.category_in_use"
    }
    assert browsing.site(workspace, row.site).note == ""
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=False, remarks="登记错了类别")
    assert registering.edit_site(workspace, row.site, **change).category == "school"
    workspace.close()


def test_a_field_two_people_wrote_differently_is_settled_by_naming_it(workspace):
    site = add_site(workspace, "甲")
    elsewhere = Act("laptop", 1, "site", site.id, "phone", 90, "2", ())
    registering.edit_site(workspace, site.id, phone="1")
    take_in(workspace.database, [elsewhere])
    shown = browsing.site(workspace, site.id).phone
    assert shown == "2"
    row = assessing.start_assessment(workspace, site.id)
    registering.edit_site(workspace, site.id, note="没有提到电话")
    assert conflicts(workspace) == ["phone"]
    registering.edit_site(workspace, site.id, phone=shown)
    assert conflicts(workspace) == []
    assert browsing.assessment(workspace, row.id).site_name == "甲"


def conflicts(workspace) -> list[str]:
    with workspace.database.reading() as connection:
        return list(connection.execute(select(tables.conflict.c.cell)).scalars())


# --- finding


def test_a_site_is_found_by_id_by_name_and_by_the_beginning_of_its_id(workspace):
    site = add_site(workspace, "甲")
    for key in (site.id, "甲", site.id[:8]):
        assert browsing.site(workspace, key) == site


@pytest.mark.parametrize("key", ["", "乙", "%", "_", "' OR 1=1", "x" * 5000])
def test_a_site_that_is_not_there_is_an_error_that_names_it(workspace, key):
    site = add_site(workspace, "甲")
    with pytest.raises(UserError) as refused:
        browsing.site(workspace, key or site.id[:7])
    assert refused.value.code == "register.unknown_site"


def test_of_two_sites_with_one_name_neither_is_guessed(workspace):
    site = add_site(workspace, "甲")
    take_in(workspace.database, [Act("laptop", 1, "site", f"{site.id[:8]}zzz", "name", 1, "甲", ())])
    for key in ("甲", site.id[:8]):
        with pytest.raises(UserError) as refused:
            browsing.site(workspace, key)
        assert refused.value.code == "register.several_sites"
    assert browsing.site(workspace, site.id) == site
