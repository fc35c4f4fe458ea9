"""A county's overlay in a register: checked, published, and used where it holds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.samples.registers import add_site, criteria, open_register, sample
from wufei_cells.checklists.reading import read_document
from wufei_cells.domain.checklists import Checklist
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, overlaying, publishing
from wufei_cells.store import queries

OWN = {
    "key": "E1",
    "text": {"zh": "河道清洁", "en": "Clean river"},
    "full": "10",
    "scoring": "有得10分",
    "verify": ["site"],
    "rule": {"yes_no": "10"},
}


@pytest.fixture
def workspace(tmp_path, clock):
    """A register of the sample city, with the town's checklist."""
    opened = open_register(tmp_path, clock, given=criteria("town"))
    yield opened
    opened.close()


@pytest.fixture
def city(workspace):
    (row,) = browsing.editions(workspace)
    return row


def overlay(city, **parts: Any) -> bytes:
    document = {
        "format": "wufei-overlay/1",
        "key": "TOWN-EAST",
        "edition": "2026.1",
        "title": {"zh": "东区标准", "en": "Checklist of East District"},
        "extends": {"key": city.key, "edition": city.edition, "id": city.id[:12]},
        "districts": ["east"],
        "effective_from": "2026-03-01",
        "add": {"groups": [{"key": "E", "text": "特色", "items": [OWN]}]},
        **parts,
    }
    return json.dumps(document, ensure_ascii=False).encode()


def problems(workspace, content: bytes, apply=overlaying.publish_overlay_file) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsFound) as found:
        apply(workspace, content, "east.yaml")
    return [(problem.code, problem.place.rpartition(" ")[2]) for problem in found.value.problems]


def test_it_is_published_under_the_citys_numbers_and_kept_without_them(workspace, city):
    """The sample city passes at 15: with 10 points more, 25 shows as much."""
    done = overlaying.publish_overlay_file(workspace, overlay(city), "east.yaml")
    row = next(row for row in browsing.editions(workspace) if row.key == "TOWN-EAST")
    assert row.id == done.id
    assert (row.districts, row.extends) == (("east",), city.id)
    assert stored(workspace, row.id) == done.county
    assert done.county.grades[0].total_at_least == 25
    with workspace.database.reading() as connection:
        source = read_document(queries.edition_source(connection, row.id))
    assert next(entry.value for entry in source.parameters if entry.key == "pass_mark") == 70
    assert next(entry.value for entry in done.county.parameters if entry.key == "pass_mark") == 15


def stored(workspace, edition: str) -> Checklist:
    return browsing.checklist(workspace, edition)


def test_new_assessments_use_it_in_its_districts_only(workspace, city):
    done = overlaying.publish_overlay_file(workspace, overlay(city), "east.yaml")
    east = assessing.start_assessment(workspace, add_site(workspace, "甲", "east").id)
    west = assessing.start_assessment(workspace, add_site(workspace, "乙", "west").id)
    assert (east.edition, west.edition) == (done.id, city.id)


def test_checking_publishes_nothing(workspace, city):
    before = browsing.editions(workspace)
    checked = overlaying.check_overlay_file(workspace, overlay(city), "east.yaml")
    assert browsing.editions(workspace) == before
    assert overlaying.publish_overlay_file(workspace, overlay(city), "east.yaml") == checked


def test_publishing_it_twice_changes_nothing(workspace, city):
    first = overlaying.publish_overlay_file(workspace, overlay(city), "east.yaml")
    rows = browsing.editions(workspace)
    assert overlaying.publish_overlay_file(workspace, overlay(city), "east.yaml") == first
    assert browsing.editions(workspace) == rows


def test_what_was_published_never_changes(workspace, city):
    overlaying.publish_overlay_file(workspace, overlay(city), "east.yaml")
    other = overlay(city, title="东区新标准")
    for apply in (overlaying.publish_overlay_file, overlaying.check_overlay_file):
        with pytest.raises(UserError) as refused:
            apply(workspace, other, "east.yaml")
        assert refused.value.code == "publishing.edition_taken"


def test_districts_that_the_city_does_not_have_are_told_with_everything_else(workspace, city):
    content = overlay(city, districts=["east", "north"], key="TOWN", **{"raise": {"weights": {"A1": "1"}}})
    told = [("overlay.same_key", "key"), ("overlay.unknown_district", "districts.2")]
    assert problems(workspace, content)[:2] in (told, told[::-1])
    assert ("overlay.lower_weight", "raise.weights.A1") in problems(workspace, content)


def test_an_edition_that_the_register_does_not_have_cannot_be_extended(workspace, city):
    extends = {"key": "TOWN", "edition": "2030.1", "id": city.id}
    assert problems(workspace, overlay(city, extends=extends)) == [("overlay.unknown_parent", "extends")]


def test_another_content_or_other_numbers_are_another_edition(workspace, city):
    extends = {"key": "TOWN", "edition": "2026.1", "id": "0" * 12}
    assert problems(workspace, overlay(city, extends=extends)) == [("overlay.other_parent", "extends")]


def test_a_countys_edition_cannot_be_extended_again(workspace, city):
    done = overlaying.publish_overlay_file(workspace, overlay(city), "east.yaml")
    extends = {"key": "TOWN-EAST", "edition": "2026.1", "id": done.id}
    content = overlay(city, key="TOWN-SOUTH", extends=extends)
    assert problems(workspace, content) == [("overlay.of_overlay", "extends")]


def test_nothing_is_written_when_something_is_wrong(workspace, city):
    before = browsing.editions(workspace)
    problems(workspace, overlay(city, **{"raise": {"weights": {"A4": "50"}}}))
    assert browsing.editions(workspace) == before


def test_a_file_that_is_no_overlay_is_not_published_as_one(workspace, city):
    assert ("overlay.format", "format") in problems(workspace, overlay(city, format="wufei-checklist/1"))


def test_the_checklist_door_does_not_take_overlays(workspace, city):
    with pytest.raises(ProblemsFound):
        publishing.publish_file(workspace, overlay(city), "east.yaml")


@pytest.mark.parametrize(("mark", "goes_on"), [(15, True), (14, True), (16, False)])
def test_the_citys_new_numbers_do_not_overtake_the_countys_marks(workspace, city, mark, goes_on):
    """The county asks for 25 of 110, which shows as much as 15 of 100 does."""
    overlaying.publish_overlay_file(workspace, overlay(city), "east.yaml")
    profile = sample("city").replace(b"pass_mark: 15", f"pass_mark: {mark}".encode()).replace(b'"1"', b'"2"')
    publishing.adopt_profile_file(workspace, profile, "city.yaml")
    started = assessing.start_assessment(workspace, add_site(workspace, "甲", "east").id)
    used = browsing.checklist(workspace, started.edition)
    assert used.key == ("TOWN-EAST" if goes_on else "TOWN")
    assert next(entry.value for entry in used.parameters if entry.key == "pass_mark") == mark


# --- keys that were something else


def test_a_county_does_not_give_a_key_to_something_else_later_either(workspace, city):
    overlaying.publish_overlay_file(workspace, overlay(city), "east.yaml")
    other = {**OWN, "key": "E2", "text": "湖泊清洁"}
    second = overlay(city, edition="2", add={"groups": [{"key": "E", "text": "特色", "items": [other]}]})
    overlaying.publish_overlay_file(workspace, second, "east.yaml")
    back = {"groups": [{"key": "E", "text": "特色", "items": [{**OWN, "text": "农膜回收"}]}]}
    assert problems(workspace, overlay(city, edition="3", add=back)) == [("publishing.key_reused", "E1")]
    same = {"groups": [{"key": "E", "text": "特色", "items": [OWN]}]}
    overlaying.publish_overlay_file(workspace, overlay(city, edition="3", add=same), "east.yaml")
