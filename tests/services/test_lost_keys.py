"""What to do when a key is lost, step by step as docs/trust.md tells it."""

from __future__ import annotations

import shutil

import pytest

from tests.samples.registers import OFFICE, add_site, criteria
from tests.services.offices import PASSPHRASE, join, meet, received, send, sent, set_aside, words_of
from wufei_cells.domain.lifecycle import Role
from wufei_cells.errors import UserError
from wufei_cells.services import browsing, checking, enrolled, enrolling, joining_office, office_keys, revoking, roles
from wufei_cells.services.workspace import open_workspace
from wufei_cells.store.authority import Mode

ASSESSOR, COLLEAGUE = "王敏", "赵敏"


def names(workspace):
    return sorted(site.name for site in browsing.list_sites(workspace))


@pytest.fixture
def on_machine(tmp_path, clock):
    """``on_machine(folder, person, machine)``: a register on a machine that keeps its keys outside of it."""
    opened = []

    def make(folder, person, machine):
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        opened.append(
            open_workspace(path, criteria(), person=person, clock=clock, devices=tmp_path / "machines" / machine)
        )
        return opened[-1]

    yield make
    for workspace in opened:
        workspace.close()


def test_the_key_of_a_device_is_lost_and_its_register_is_not(office, key, on_machine, tmp_path):
    """The machine was set up anew, or the register moved to another one."""
    laptop = on_machine("laptop", ASSESSOR, "one")
    join(office, key, laptop, Role.ASSESSOR)
    add_site(laptop, "甲单位")
    send(laptop, office)
    add_site(laptop, "乙单位")  # not sent yet: only the lost key could have signed it
    laptop.close()
    again = on_machine("laptop", ASSESSOR, "two")
    assert again.database.device_uuid != laptop.database.device_uuid, "it has noticed and is another device"
    assert set(names(again)) == {"甲单位", "乙单位"}
    with pytest.raises(UserError) as error:
        add_site(again, "丙单位")
    assert error.value.code == "trust.own_not_enrolled"
    refused = roles.of_person(again).refusal(Role.ASSESSOR)
    assert refused is not None
    assert refused.code == "trust.own_not_enrolled", "and not that it is her own work"
    meet([office, again])
    assert names(office) == ["甲单位"], "what a device nobody enrolled handed on waits"
    join(office, key, again, Role.ASSESSOR)
    add_site(again, "丙单位")
    meet([office, again])
    assert set(names(office)) == set(names(again)) == {"甲单位", "乙单位", "丙单位"}
    assert set_aside(office) == set_aside(again)
    assert checking.doctor(office).sound
    assert checking.doctor(again).sound


def test_a_laptop_is_stolen(office, key, machines):
    stolen, fresh = machines("stolen", ASSESSOR), machines("fresh", ASSESSOR)
    join(office, key, stolen, Role.ASSESSOR)
    add_site(stolen, "甲单位")
    send(stolen, office)
    revoking.revoke(office, key, stolen.database.device_uuid, reason="电脑被盗")
    join(office, key, fresh, Role.ASSESSOR)
    add_site(fresh, "乙单位")
    add_site(stolen, "假单位")
    meet([office, stolen, fresh])
    for machine in (office, fresh, stolen):
        assert set(names(machine)) == {"甲单位", "乙单位"}
        assert checking.doctor(machine).sound
    rows = {row.device: row for row in enrolled.participants(fresh).devices}
    assert rows[stolen.database.device_uuid].reason == "电脑被盗"


def test_the_office_key_is_lost(office, key, machines, tmp_path):
    """Nobody knows the passphrase any more; what it signed stays genuine, and it says nothing new."""
    laptop, late = machines("laptop", ASSESSOR), machines("late", COLLEAGUE)
    join(office, key, laptop, Role.ASSESSOR)
    join(office, key, late, Role.ASSESSOR)
    add_site(laptop, "甲单位")
    meet([office, laptop, late])
    new = joining_office.start_over(office, "新的口令 2027")
    assert set(names(office)) == {"甲单位"}, "everybody it had enrolled is enrolled by the new one"
    add_site(laptop, "乙单位")
    meet([office, laptop, late])
    assert set(names(laptop)) == set(names(office)) == {"甲单位", "乙单位"}, "who has not heard of it goes on as before"
    answer = joining_office.answer(office)
    with pytest.raises(UserError) as error:
        joining_office.take_answer(laptop, answer, words=joining_office.read_answer(laptop, answer).words.zh)
    assert error.value.code == "trust.other_office"
    with pytest.raises(UserError) as error:
        joining_office.repin(laptop, answer, words="老虎 狮子 大象 熊猫 猴子 兔子")
    assert error.value.code == "trust.other_office_words"
    joining_office.repin(laptop, answer, words=joining_office.read_answer(laptop, answer).words.zh)
    enrolling.accept_request(office, new, enrolling.make_request(machines("third", "李强")), [Role.REVIEWER])
    meet([office, laptop, late])
    assert len(enrolled.participants(laptop).devices) == len(enrolled.participants(office).devices)
    assert {row.id for row in office_keys.list_keys(laptop)} == {key.id, new.id}, "old certificates stay genuine"
    assert set(names(laptop)) == {"甲单位", "乙单位"}
    for machine in (office, laptop, late):
        assert enrolled.participants(machine).mode is Mode.OFFICE
        assert checking.doctor(machine).sound


def test_the_office_key_is_stolen_and_the_office_still_has_it(office, key, machines):
    """``key succeed`` at once: what the stolen key says from then on counts nowhere (see test_enrolling)."""
    laptop = machines("laptop", ASSESSOR)
    join(office, key, laptop, Role.ASSESSOR)
    office_keys.succeed(office, key, "新的口令 2027")
    send(office, laptop)
    add_site(laptop, "甲单位")
    meet([office, laptop])
    assert names(office) == ["甲单位"]


def test_two_keys_claim_to_follow_one(office, key, machines, tmp_path):
    """A thief lets a key of theirs follow the stolen one, too: only what both say counts until a person decides."""
    laptop = machines("laptop", ASSESSOR)
    join(office, key, laptop, Role.ASSESSOR)
    add_site(laptop, "甲单位")
    meet([office, laptop])
    thief = machines("thief", OFFICE)
    copied = tmp_path / "thief" / "keys"
    shutil.copytree(tmp_path / "office-copy" / "keys", copied, dirs_exist_ok=True)
    received(thief, sent(office))
    office_keys.succeed(thief, office_keys.unlock(thief, PASSPHRASE), PASSPHRASE)
    office_keys.succeed(office, key, "新的口令 2027")
    meet([office, laptop, thief])
    assert enrolled.participants(laptop).forked == (key.id,)
    assert names(laptop) == [], "the thief's key says nothing of anybody, so for now nobody's acts count"
    joining_office.start_over(office, "再换的口令 2027")
    answer = joining_office.answer(office)
    joining_office.repin(laptop, answer, words=joining_office.read_answer(laptop, answer).words.zh)
    meet([office, laptop, thief])
    for machine in (office, laptop):
        assert enrolled.participants(machine).forked == ()
        assert names(machine) == ["甲单位"]


def test_the_office_machine_is_lost_and_the_key_has_a_backup(office, key, machines, tmp_path):
    second = machines("second", COLLEAGUE)
    join(office, key, second, Role.OFFICE)
    meet([office, second])
    backup = office_keys.export_key(office, tmp_path / "backup.pem").read_bytes()
    opened = office_keys.import_key(second, backup, PASSPHRASE)
    revoking.revoke(second, opened, office.database.device_uuid, reason="办公电脑损坏")
    laptop = machines("laptop", ASSESSOR)
    join(second, opened, laptop, Role.ASSESSOR)
    add_site(laptop, "甲单位")
    meet([second, laptop])
    assert names(second) == ["甲单位"]
    assert words_of(laptop) != words_of(second)
