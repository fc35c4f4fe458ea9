"""Whose acts count does not depend on the order in which acts arrive: not one flag, on any machine.

A story with everything in it that somebody could try: work without enrolment and without the role, a stolen laptop
dated back, enrolments that a thief signed or sent once more, roles that changed, a sheet of a unit's own, and a header
that wants to make a whole assessment into such a sheet. Its acts travel one by one.
"""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.samples.registers import OFFICE, HandClock, open_register
from tests.services.offices import PASSPHRASE, join, last_act, received, sent, set_aside
from wufei_cells.domain.enrolments import Enrolment, Seal
from wufei_cells.domain.lifecycle import Role
from wufei_cells.exchange.bundles import read_bundle
from wufei_cells.services import checking, enrolling, joining_office, office_keys, revoking, stating
from wufei_cells.services.bundling import seal_pending
from wufei_cells.signing.enrolments import sign
from wufei_cells.signing.joining import read_answer
from wufei_cells.store import authority_queries, journal
from wufei_cells.store.authority import NOT_AUTHORIZED, NOT_ENROLLED, REVOKED
from wufei_cells.store.journal import Draft
from wufei_cells.store.judging import judge_again

HEADER = {"site": "s", "edition": "e", "assessors": ["王敏"], "visited_on": None}
WHOLE = {**HEADER, "column": "onsite"}
PART = {**HEADER, "column": "self", "part_of": "whole", "assessors": ["孙经理"]}
ANSWER = {"value": "yes", "na": None, "note": "", "entry": "x"}
FINDING = dict.fromkeys(("item", "severity", "text", "action", "responsible"), "x") | {"due": None}


class Story:
    """What was written, and what is to become of it: by device and number, the code or ``None``."""

    def __init__(self, folder):
        self.clock = HandClock()
        self.folder = folder
        self.expected = {}

    def machine(self, name, person):
        (self.folder / name).mkdir()
        opened = open_register(self.folder / name, self.clock, person=person)
        seal_pending(opened)  # what it brought along travels by itself
        return opened

    def writes(self, workspace, kind, entity, cell, value, code=None):
        """Write an act as a program would that asks nobody, and seal it by itself."""
        with workspace.database.writing() as connection:
            draft = Draft(kind, entity, cell, value)
            journal.append(workspace.database, connection, [draft], author=workspace.person.id, at=self.clock.moment)
        seal_pending(workspace)
        self.expected[last_act(workspace)] = code

    def state(self, workspace, stage, code=None):
        self.writes(workspace, "assessment_state", "whole", "state", {"stage": stage, "facts": {}}, code)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The story, all its bundles, and an observer's register that has pinned the office's key and nothing else."""
    told = Story(tmp_path_factory.mktemp("story"))
    office, county = told.machine("office", OFFICE), told.machine("county", "钱县")
    laptop, unit, thief = told.machine("laptop", "王敏"), told.machine("unit", "孙经理"), told.machine("thief", "贼")
    told.writes(unit, "site", "s", "name", "甲单位")
    key = office_keys.make_key(office, PASSPHRASE)
    join(office, key, laptop, Role.ASSESSOR)
    join(office, key, county, Role.REVIEWER, Role.ASSESSOR)
    join(office, key, unit)
    told.writes(laptop, "assessment", "whole", "header", WHOLE)
    told.writes(laptop, "assessment", "part", "header", PART)
    told.writes(unit, "answer", "part", "answer.A1", ANSWER)
    told.writes(unit, "finding", "f1", "finding", {**FINDING, "assessment": "part"})
    told.writes(unit, "finding", "f1", "finding", None)
    told.writes(unit, "finding", "f2", "finding", {**FINDING, "assessment": "whole"}, NOT_AUTHORIZED)
    told.writes(unit, "answer", "whole", "answer.A1", ANSWER, NOT_AUTHORIZED)
    told.writes(unit, "assessment", "whole", "header", {**PART, "part_of": "other"})  # opens one, as it says
    told.writes(unit, "answer", "whole", "answer.A2", ANSWER, NOT_AUTHORIZED)
    told.writes(laptop, "answer", "whole", "answer.A1", ANSWER)
    told.state(laptop, "finished")
    told.state(laptop, "approved", NOT_AUTHORIZED)
    told.state(county, "reviewed")
    told.writes(county, "role", county.person.id, "role.office", value=True, code=NOT_AUTHORIZED)
    received(office, sent(county))
    enrolling.change_enrolment(office, key, county.database.device_uuid, "钱县", [Role.ASSESSOR])
    told.state(county, "reviewed", NOT_AUTHORIZED)
    received(office, sent(laptop))
    revoking.revoke(office, key, laptop.database.device_uuid, reason="被盗")
    told.clock.forward(days=-900)
    told.writes(laptop, "answer", "whole", "answer.A3", ANSWER, REVOKED)
    told.writes(office.acting_as("路人"), "site", "s", "note", "x", NOT_ENROLLED)
    told.writes(office, "batch", "b", "batch", _batch())
    _steal(told, thief, office)
    contents = [content for machine in (office, county, laptop, unit, thief) for content in sent(machine)]
    observer = told.machine("observer", "旁观")
    with observer.database.writing() as connection:
        authority_queries.pin(connection, key.id)
    for machine in (office, county, laptop, unit, thief, observer):
        machine.close()
    return told, tuple(dict.fromkeys(contents))


def _batch():
    return dict.fromkeys(("title", "contact", "document_number"), "x") | dict.fromkeys(
        ("notice_from", "notice_until", "named_on")
    )


def _steal(told, thief, office):
    """What a thief with a machine and a key of their own can write."""
    own = thief.database.identity
    theirs = office_keys.make_key(thief, PASSPHRASE)
    told.expected[last_act(thief)] = NOT_AUTHORIZED
    enrolment = Enrolment(own.uuid, own.key.public, "x", thief.person.id, "贼", ("office", "assessor"))
    genuine = next(
        one
        for one in read_answer(joining_office.answer(office)).statements
        if isinstance(one, Enrolment) and one.device == office.database.device_uuid
    )
    for draft, code in (
        (stating.draft_of(sign(theirs, enrolment)), NOT_AUTHORIZED),
        (stating.draft_of(enrolment), NOT_AUTHORIZED),
        (stating.draft_of(replace(enrolment, seal=genuine.seal)), NOT_AUTHORIZED),
        (replace(stating.draft_of(genuine), cell="enrolment.again"), None),
        (replace(stating.draft_of(genuine), entity=own.uuid), NOT_AUTHORIZED),
        (stating.draft_of(replace(genuine, seal=Seal(genuine.seal.key, bytes(64)))), NOT_AUTHORIZED),
    ):
        told.writes(thief, draft.kind, draft.entity, draft.cell, draft.value, code)
    told.writes(thief, "answer", "whole", "answer.A4", ANSWER, NOT_ENROLLED)
    told.state(thief, "approved", NOT_ENROLLED)
    told.writes(thief, "assessment", "part", "header", WHOLE, NOT_ENROLLED)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_and_any_grouping_gives_the_same_flags(story, tmp_path_factory, data):
    told, contents = story
    folder = tmp_path_factory.mktemp("order") / "observer"
    shutil.copytree(told.folder / "observer", folder)
    observer = open_register(folder, told.clock, person="旁观")
    left = data.draw(st.permutations(contents))
    while left:
        many = data.draw(st.integers(1, len(left)))
        received(observer, left[:many])
        left = left[many:]
    found = set_aside(observer)
    assert {name: found.get(name) for name in told.expected} == told.expected
    with observer.database.writing() as connection:
        assert judge_again(connection) == set(), "nothing that is judged anew comes out otherwise"
    assert checking.doctor(observer).sound
    observer.close()


def test_the_header_that_says_whose_sheet_it_is_may_come_last(story, tmp_path):
    """Until then nobody knows that the sheet is the unit's own, and only assessors could write on it."""
    told, contents = story
    folder = tmp_path / "observer"
    shutil.copytree(told.folder / "observer", folder)
    observer = open_register(folder, told.clock, person="旁观")
    headers = [one for one in contents if _says(one, "assessment", "part")]
    received(observer, [one for one in contents if one not in headers])
    on_part = [name for one in contents for name in _says(one, "answer", "part") + _says(one, "finding", "f1")]
    assert {set_aside(observer).get(name) for name in on_part} == {NOT_AUTHORIZED}
    received(observer, headers)
    assert {set_aside(observer).get(name) for name in on_part} == {None}
    assert checking.doctor(observer).sound
    observer.close()


def test_the_profile_of_the_office_may_come_last(story, tmp_path):
    """Until then what the others published at their start counts, so that there is something to work with."""
    told, contents = story
    folder = tmp_path / "observer"
    shutil.copytree(told.folder / "observer", folder)
    observer = open_register(folder, told.clock, person="旁观")
    profiles = [one for one in contents if _says(one, "profile", "register")]
    names = [name for one in profiles for name in _says(one, "profile", "register")]
    office = next(name for one in contents for name in _says(one, "batch", "b"))[0]
    received(observer, [one for one in contents if read_bundle(one).run.device != office or one not in profiles])
    assert checking.doctor(observer).sound
    received(observer, profiles)
    found = set_aside(observer)
    assert {name for name in names if name not in found} == {name for name in names if name[0] == office}
    assert checking.doctor(observer).sound
    observer.close()


def _says(content, kind, entity):
    """The acts of a bundle of a kind on an entity, by device and number."""
    run = read_bundle(content).run
    places = enumerate(zip(run.kinds, run.entities, strict=True), run.first)
    return [(run.device, seq) for seq, said in places if said == (kind, entity)]
