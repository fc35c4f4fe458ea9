"""Enrolling: whom the office enrols counts, in the roles it names, on every machine, in whatever order acts arrive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.samples.registers import (
    COUNTY,
    FULL_MARKS,
    OFFICE,
    add_site,
    criteria,
    open_register,
    scored,
)
from tests.services.offices import PASSPHRASE, join, last_act, meet, received, send, sent, set_aside, words_of
from wufei_cells.documents.qr_code import qr_code
from wufei_cells.domain.enrolments import Enrolment
from wufei_cells.domain.lifecycle import Role, Stage
from wufei_cells.errors import UserError
from wufei_cells.exchange.bundles import Seal, seal
from wufei_cells.services import (
    assessing,
    browsing,
    checking,
    deciding,
    enrolled,
    enrolling,
    joining_office,
    office_keys,
    revoking,
    roles,
    stating,
)
from wufei_cells.signing.enrolments import sign
from wufei_cells.signing.fingerprints import fingerprint
from wufei_cells.store import bundles
from wufei_cells.store.authority import NOT_AUTHORIZED, NOT_ENROLLED, REVOKED, Authority, Mode

ASSESSOR = "王敏"


def refusal(work, *arguments, **named):
    with pytest.raises(UserError) as error:
        work(*arguments, **named)
    return error.value.code


def test_the_first_enrolment_is_that_of_the_office_and_begins_the_office_mode(office, key):
    assert enrolled.participants(office).mode is Mode.OPEN
    add_site(office)
    enrolling.begin_office(office, key)
    shown = enrolled.participants(office)
    assert shown.mode is Mode.OFFICE
    [own] = shown.devices
    assert own.own
    assert [person.roles for person in own.people] == [tuple(Role)]
    assert set_aside(office) == {}, "what was there goes on counting"
    assert refusal(enrolling.begin_office, office, key) == "trust.begun"
    assert checking.doctor(office).sound


def test_two_small_files_enrol_a_laptop(office, key, machines):
    laptop = machines("laptop", ASSESSOR)
    request = enrolling.make_request(laptop)
    assert len(request) <= 400
    shown = enrolling.read_request(request)
    assert (shown.person_name, fingerprint(shown.key).zh) == (ASSESSOR, words_of(laptop))
    enrolling.accept_request(office, key, request, [Role.ASSESSOR], districts=["east"], words=words_of(laptop))
    offer = joining_office.read_answer(laptop, joining_office.answer(office))
    assert [one.person_name for one in offer.enrolments] == [ASSESSOR]
    assert refusal(joining_office.take_answer, laptop, joining_office.answer(office)) == "trust.other_office_words"
    joining_office.take_answer(laptop, joining_office.answer(office), words=offer.words.en.upper())
    assert enrolled.participants(laptop).mode is Mode.OFFICE
    assert browsing.profile(laptop).key, "the register can be used before the office's package comes"
    row = scored(laptop)
    meet([office, laptop])
    assert browsing.assessment(office, row.id).assessors == (ASSESSOR,)
    assert set_aside(office) == set_aside(laptop)
    assert set(set_aside(office).values()) == {NOT_AUTHORIZED}, "what it had published at its start"
    assert checking.doctor(office).sound
    assert checking.doctor(laptop).sound


def test_the_answer_fits_into_a_code_where_it_concerns_one_device(office, key, machines):
    laptop = machines("laptop", ASSESSOR)
    enrolling.accept_request(office, key, enrolling.make_request(laptop), [Role.ASSESSOR])
    text = joining_office.answer_text(joining_office.answer(office, laptop.database.device_uuid))
    assert qr_code(text).side <= 177
    assert joining_office.read_answer(laptop, text.encode()).enrolments[0].person_name == ASSESSOR


def test_requests_that_were_changed_or_whose_words_differ_are_refused(office, key, machines):
    laptop, thief = machines("laptop", ASSESSOR), machines("thief", "贼")
    request = enrolling.make_request(laptop)
    assert refusal(enrolling.read_request, request[:-3] + b"000") == "trust.bad_request"
    assert refusal(enrolling.read_request, b"WFJ1:" + b"9" * 300) == "trust.bad_request"
    swapped = enrolling.make_request(thief)
    code = refusal(enrolling.accept_request, office, key, swapped, [Role.OFFICE], words=words_of(laptop))
    assert code == "trust.other_words"


def test_only_the_office_enrols(office, key, machines):
    enrolling.begin_office(office, key)
    request = enrolling.make_request(machines("laptop", ASSESSOR))
    stranger = office.acting_as(ASSESSOR)
    assert refusal(enrolling.accept_request, stranger, key, request, [Role.OFFICE]) == "roles.not_yours"
    assert refusal(add_site, stranger) == "trust.own_not_enrolled"


def test_the_work_of_a_role_counts_nowhere_without_the_role(office, key, machines):
    laptop, county = machines("laptop", ASSESSOR), machines("county", COUNTY)
    row = scored(laptop)
    assessing.finish_assessment(laptop, row.id)
    send(laptop, county)
    deciding.review(county.acting_as(COUNTY), row.id)  # while its register is open, everybody may do everything
    join(office, key, laptop, Role.ASSESSOR)
    meet([office, laptop, county])
    assert browsing.assessment(office, row.id).stage is Stage.FINISHED
    assert set_aside(office)[last_act(county)] == NOT_ENROLLED
    join(office, key, county, Role.ASSESSOR)
    meet([office, laptop, county])
    assert browsing.assessment(laptop, row.id).stage is Stage.FINISHED
    assert NOT_AUTHORIZED in set_aside(laptop).values()
    enrolling.change_enrolment(office, key, county.database.device_uuid, COUNTY, [Role.REVIEWER])
    meet([office, laptop, county])
    for machine in (office, laptop, county):
        assert browsing.assessment(machine, row.id).stage is Stage.REVIEWED, "what is given holds for earlier acts, too"
        assert set_aside(machine) == set_aside(office)
        assert checking.doctor(machine).sound


def test_a_role_that_is_taken_away_leaves_what_was_done_before(office, key, machines):
    county = machines("county", COUNTY)
    join(office, key, county, Role.ASSESSOR, Role.REVIEWER)
    row = scored(county)
    assessing.finish_assessment(county, row.id)
    meet([office, county])
    enrolling.change_enrolment(office, key, county.database.device_uuid, COUNTY, [Role.REVIEWER])
    meet([office, county])
    assert browsing.assessment(office, row.id).stage is Stage.FINISHED
    assert refusal(scored, county, add_site(county, "乙单位")) == "roles.not_yours"
    assert roles.of_person(county).signed == {Role.REVIEWER}


def test_a_role_can_be_taken_away_in_the_middle_of_a_bundle(office, key, machines):
    county = machines("county", COUNTY)
    join(office, key, county, Role.ASSESSOR)
    row = assessing.start_assessment(county, add_site(county).id)
    assessing.record_answers(county, row.id, {"G1": FULL_MARKS["G1"]})
    _device, last = last_act(county)
    assessing.record_answers(county, row.id, {key: FULL_MARKS[key] for key in ("A1", "A2", "B1")})
    enrolling.change_enrolment(office, key, county.database.device_uuid, COUNTY, [], after=last)
    meet([office, county])
    late = {
        seq for (uuid, seq), code in set_aside(office).items() if uuid == county.database.device_uuid and seq > last
    }
    assert late == set(range(last + 1, last_act(county)[1] + 1))
    assert browsing.assessment(office, row.id).stage is Stage.SCORING
    assert set_aside(office) == set_aside(county)


def test_a_revoked_device_cannot_date_back(office, key, machines, clock):
    laptop, other = machines("laptop", ASSESSOR), machines("other", "李强")
    join(office, key, laptop, Role.ASSESSOR)
    join(office, key, other, Role.ASSESSOR)
    site = add_site(laptop, "甲单位")
    meet([office, laptop, other])
    revoking.revoke(office, key, laptop.database.device_uuid, reason="电脑被盗")
    clock.forward(days=-300)
    stolen = add_site(laptop, "乙单位")  # the thief has not heard of it
    contents = sent(laptop)
    for machine in (office, other):
        received(machine, contents)
    send(office, other)
    for machine in (office, other):
        assert [one.id for one in browsing.list_sites(machine)] == [site.id]
        assert set(set_aside(machine).values()) == {NOT_AUTHORIZED, REVOKED}
        assert checking.doctor(machine).sound
    send(office, laptop)
    assert refusal(add_site, laptop, "丙单位") == "trust.own_revoked"
    revoking.reinstate(office, key, laptop.database.device_uuid, reason="找回来了")
    meet([office, other])
    assert {one.id for one in browsing.list_sites(other)} == {site.id, stolen.id}


def test_who_is_enrolled_but_not_on_this_machine_is_told_so_and_not_that_it_is_her_own_work(office, key, machines):
    """A copied register: the person has the role on her laptop, and sits at another machine."""
    laptop, copy = machines("laptop", ASSESSOR), machines("copy", ASSESSOR)
    join(office, key, laptop, Role.ASSESSOR)
    site = add_site(laptop)
    meet([office, laptop])
    with copy.database.writing() as connection:
        stating.pin(connection, key.id)
    send(office, copy)
    assert refusal(assessing.start_assessment, copy, site.id) == "trust.own_not_enrolled"
    assert roles.of_person(copy).refusal(Role.ASSESSOR).code == "trust.own_not_enrolled"
    assert roles.of_person(laptop).refusal(Role.ASSESSOR) is None
    assert roles.of_person(laptop).refusal(Role.OFFICE).code == "roles.not_yours", "that is somebody else's work"


def test_on_a_revoked_machine_the_reason_is_told_whatever_is_asked(office, key, machines):
    laptop = machines("laptop", ASSESSOR)
    join(office, key, laptop, Role.ASSESSOR)
    site = add_site(laptop)
    meet([office, laptop])
    _device, last = last_act(laptop)
    revoking.revoke(office, key, laptop.database.device_uuid, reason="电脑被盗")
    send(office, laptop)
    for work in (lambda: assessing.start_assessment(laptop, site.id), lambda: add_site(laptop, "乙单位")):
        with pytest.raises(UserError) as error:
            work()
        assert error.value.code == "trust.own_revoked"
        assert error.value.values == {"after": last, "reason": "电脑被盗"}


def test_statements_that_another_key_signed_count_nowhere(office, key, machines, tmp_path, clock):
    """A thief makes an office of the same name, announces its key, and enrols a laptop of theirs as the office."""
    laptop = machines("laptop", ASSESSOR)
    join(office, key, laptop, Role.ASSESSOR)
    forged = machines("forged", OFFICE)
    theirs = office_keys.make_key(forged, PASSPHRASE)
    enrolling.begin_office(forged, theirs)
    site = add_site(forged, "假单位")
    meet([office, laptop, forged])
    for machine in (office, laptop):
        assert site.id not in {one.id for one in browsing.list_sites(machine)}
        assert [row.id for row in office_keys.list_keys(machine)] == [key.id], "their key is not trusted, either"
        assert forged.database.device_uuid not in {
            row.device for row in enrolled.participants(machine).devices if row.accepted
        }
        assert checking.doctor(machine).sound


def test_a_given_up_key_says_nothing_any_more(office, key, machines):
    laptop, thief = machines("laptop", ASSESSOR), machines("thief", "贼")
    join(office, key, laptop, Role.ASSESSOR)
    request = enrolling.make_request(thief)
    stale = machines("stale", OFFICE)
    with pytest.raises(UserError):
        enrolling.begin_office(stale, key)
    new = office_keys.succeed(office, key, PASSPHRASE)
    site = add_site(laptop, "甲单位")
    meet([office, laptop])
    assert refusal(enrolling.accept_request, office, key, request, [Role.OFFICE]) == "trust.key_followed"
    assert [one.id for one in browsing.list_sites(office)] == [site.id], (
        "what it had said is said again by the one after it"
    )
    forged = _signed_by_thief(thief, key)
    send(thief, office, laptop)
    for machine in (office, laptop):
        assert set_aside(machine)[forged] == NOT_AUTHORIZED
        assert [one.id for one in browsing.list_sites(machine)] == [site.id]
    enrolling.accept_request(office, new, request, [Role.ASSESSOR])


def _signed_by_thief(thief, key):
    """Write an enrolment of the thief's own machine, signed with the stolen key."""
    own = thief.database.identity
    enrolment = Enrolment(own.uuid, own.key.public, "x", thief.person.id, "贼", ("office",), start=date(2020, 1, 1))
    with thief.database.writing() as connection:
        thief.write(connection, [stating.draft_of(sign(key, enrolment))])
    place = last_act(thief)
    add_site(thief, "贼的单位")
    return place


def test_while_nobody_is_enrolled_people_accept_devices_by_their_words(machines, office):
    laptop = machines("laptop", ASSESSOR)
    shown = {row.device: row for row in enrolled.participants(office).devices}
    assert laptop.database.device_uuid not in shown
    enrolling.accept_unknown(office, laptop.database.device_uuid, "王敏的电脑")
    send(laptop, office)
    row = {row.device: row for row in enrolled.participants(office).devices}[laptop.database.device_uuid]
    assert (row.name, row.accepted) == ("王敏的电脑", True)
    revoking.revoke(office, None, laptop.database.device_uuid, reason="不是我们的人")
    assert not {row.device: row for row in enrolled.participants(office).devices}[row.device].accepted


def test_an_enrolment_that_ran_out_blocks_packages_and_nothing_else(office, key, machines, clock):
    laptop = machines("laptop", ASSESSOR)
    until = clock.moment.date() + timedelta(days=10)
    join(office, key, laptop, Role.ASSESSOR, until=until)
    enrolled.refuse_expired(laptop)
    assert enrolled.participants(laptop).devices[0].people[0].ends_soon
    clock.forward(days=20)
    assert refusal(enrolled.refuse_expired, laptop) == "trust.expired"
    site = add_site(laptop)
    meet([office, laptop])
    assert [one.id for one in browsing.list_sites(office)] == [site.id]
    [problem] = enrolled.findings(office)
    assert (problem.code, problem.values["count"] > 0) == ("trust.dated_outside", True)
    enrolling.change_enrolment(office, key, laptop.database.device_uuid, ASSESSOR, [Role.ASSESSOR])
    meet([office, laptop])
    enrolled.refuse_expired(laptop)


def test_who_is_not_of_the_office_publishes_nothing_at_start(office, key, machines, tmp_path, clock):
    """A new version of the program brings another checklist: the office's machine publishes it, and no other."""
    laptop = machines("laptop", ASSESSOR)
    join(office, key, laptop, Role.ASSESSOR)
    meet([office, laptop])
    before, newer = last_act(laptop), criteria("small", "quarry")
    again = open_register(tmp_path / "laptop", clock, person=ASSESSOR, given=newer)
    assert last_act(again) == before
    assert len(browsing.editions(again)) == 1
    assert roles.of_person(again).signed == {Role.ASSESSOR}
    theirs = open_register(tmp_path / "office-copy", clock, person=OFFICE, given=newer)
    assert len(browsing.editions(theirs)) == 2
    send(theirs, again)
    assert len(browsing.editions(again)) == 2
    again.close()
    theirs.close()


def test_nobody_but_its_successor_hands_on_what_a_device_wrote(office, key, machines):
    """What the office vouches for from before counts only as the device signed it, not as a stranger tells it."""
    laptop, other = machines("laptop", ASSESSOR), machines("other", "李强")
    stranger = machines("stranger", "贼")
    add_site(laptop, "甲单位")
    send(laptop, office)
    join(office, key, other, Role.ASSESSOR)
    send(office, other)
    late = machines("late", "赵敏")
    join(office, key, late, Role.ASSESSOR)
    device = laptop.database.device_uuid
    with laptop.database.reading() as connection:
        [run] = bundles.runs(connection, device, (1, last_act(laptop)[1]), 1000)
    for thief, admitted in ((stranger, False), (other, False), (laptop, True)):
        identity = thief.database.identity
        with late.database.reading() as connection:
            rules = Authority.of(connection)
        assert rules.admits(identity.uuid, device) is admitted
        content = seal(run, "", Seal(identity.key, identity.uuid, "x", "1")).content
        received(late, [content])
        expected = [] if thief is laptop else {NOT_ENROLLED}
        codes = {code for (uuid, _seq), code in set_aside(late).items() if uuid == device}
        assert codes == set(expected), "another signature of its own makes it count"
    assert [site.name for site in browsing.list_sites(late)] == ["甲单位"]
    assert checking.doctor(late).sound
    strange = replace(run, device="cd" * 16, authors=[other.person.id] * len(run))  # the author is enrolled, elsewhere
    received(late, [seal(strange, "", Seal(other.database.identity.key, "", "x", "1")).content])
    assert {code for (uuid, _seq), code in set_aside(late).items() if uuid == strange.device} == {NOT_ENROLLED}
