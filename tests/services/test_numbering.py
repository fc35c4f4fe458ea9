"""Certificate numbers over several devices: never twice, never without an explanation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from tests.samples.registers import HandClock, open_register
from tests.store.foreign import Act, acts_in, take_in
from wufei_cells.domain.lifecycle import Role
from wufei_cells.domain.numbering import NumberUse
from wufei_cells.errors import UserError
from wufei_cells.services import browsing, numbering, roles
from wufei_cells.store import tables
from wufei_cells.store.journal import Draft

YEAR = 2026
SERIES = "SC-JG-2026-"


class Device:
    """A computer of the office with its own register; what others wrote comes to it when they meet."""

    def __init__(self, folder, name):
        folder.mkdir()
        self.workspace = open_register(folder, HandClock(), person=f"{name}用户")
        self.uuid = self.workspace.database.device_uuid
        self.given = 0

    def issue(self):
        """Take the next number and write the record of a certificate with it; the number."""
        with self.workspace.database.writing() as connection:
            number, taken = numbering.next_number(self.workspace, connection, "JG", YEAR)
            key = f"{self.uuid}{self.given}"
            record = {**RECORD, "number": number, "assessment": key, "site": key}
            self.workspace.write(connection, [*taken, Draft("certificate", key, "record", record)])
        self.given += 1
        return number

    def hear(self, other):
        """Get everything another device knows."""
        known, heard = acts_in(self.workspace.database), acts_in(other.workspace.database)
        kinds = ("number_keeper", "number_block", "certificate")
        new = [act for name, act in heard.items() if name not in known and act.kind in kinds]
        if new:
            take_in(self.workspace.database, new)

    def knows(self, other):
        """Know of another device, as after a first exchange."""
        with self.workspace.database.writing() as connection:
            names = {row.uuid for row in connection.execute(tables.device.select())}
            if other.uuid not in names:
                connection.execute(insert(tables.device).values(uuid=other.uuid, name=other.uuid))

    @property
    def ledger(self):
        return numbering.ledger(self.workspace)


RECORD = {
    **dict.fromkeys(("district", "category", "total", "document_number", "basis", "edition"), ""),
    **{name: {"zh": "", "en": ""} for name in ("category_text", "issuer", "city", "checklist", "level")},
    "site_name": "甲单位",
    "issued_on": "2026-11-02",
    "valid_until": "2029-11-02",
    "wording": {},
    "example": False,
    "official": True,
}


@pytest.fixture
def devices(tmp_path):
    """Three computers that know of each other; the first has issued a certificate, and the others heard of it."""
    found = met(tmp_path)
    yield found
    for device in found:
        device.workspace.close()


def met(folder):
    found = [Device(folder / name, name) for name in ("甲", "乙", "丙")]
    for device in found:
        for other in found:
            if other is not device:
                device.knows(other)
    found[0].issue()
    for device in found[1:]:
        device.hear(found[0])
    return found


def refusal(work, *arguments, **named):
    with pytest.raises(UserError) as error:
        work(*arguments, **named)
    return error.value.code


def test_the_first_that_issues_keeps_the_numbers_and_the_others_need_a_block(devices):
    first, second, third = devices
    assert refusal(second.issue) == "numbering.no_block"
    assert refusal(numbering.hand_out, second.workspace, "JG", YEAR, third.uuid, 2) == "numbering.not_keeper"
    block = numbering.hand_out(first.workspace, "JG", YEAR, second.uuid, 2)
    assert (block.series, block.first, block.last, block.device) == (SERIES, 2, 3, second.uuid)
    assert first.issue() == f"{SERIES}004"
    second.hear(first)
    assert [second.issue(), second.issue()] == [f"{SERIES}002", f"{SERIES}003"]
    assert refusal(second.issue) == "numbering.no_block"


def test_the_ledger_says_of_every_number_what_became_of_it(devices):
    first, second, _third = devices
    numbering.hand_out(first.workspace, "JG", YEAR, second.uuid, 3)
    first.issue()
    second.hear(first)
    second.issue()
    shown = [(entry.first, entry.last, entry.use) for entry in first.ledger]
    assert shown == [(1, 1, NumberUse.ISSUED), (2, 4, NumberUse.BLOCK), (5, 5, NumberUse.ISSUED)]
    first.hear(second)
    shown = [(entry.first, entry.last, entry.use, entry.device_name) for entry in first.ledger]
    assert shown == [
        (1, 1, NumberUse.ISSUED, ""),
        (2, 2, NumberUse.ISSUED, second.uuid),
        (3, 4, NumberUse.BLOCK, second.uuid),
        (5, 5, NumberUse.ISSUED, ""),
    ]


def test_a_number_that_is_missing_here_is_named(devices):
    first, _second, _third = devices
    first.issue()
    newest = max(acts_in(first.workspace.database).values(), key=lambda act: act.lamport)
    third_number = {**newest.value, "number": f"{SERIES}004"}
    take_in(first.workspace.database, [Act("elsewhere", 1, "certificate", "x" * 32, "record", 900, third_number, ())])
    assert [(one.first, one.last, one.use) for one in first.ledger] == [
        (1, 2, NumberUse.ISSUED),
        (3, 3, NumberUse.LOST),
        (4, 4, NumberUse.ISSUED),
    ]


def test_two_that_both_believed_to_be_first_are_stopped_until_somebody_has_said(tmp_path):
    one, two = Device(tmp_path / "一", "一"), Device(tmp_path / "二", "二")
    assert one.issue() == two.issue()
    one.hear(two)
    two.hear(one)
    for device in (one, two):
        assert refusal(device.issue) == "numbering.two_keepers"
        assert refusal(numbering.hand_out, device.workspace, "JG", YEAR, one.uuid, 1) == "numbering.two_keepers"
    assert [entry.use for entry in one.ledger] == [NumberUse.TWICE]
    numbering.keep_numbers(two.workspace, one.uuid)
    one.hear(two)
    assert one.issue() == f"{SERIES}002"
    assert refusal(two.issue) == "numbering.no_block"
    for device in (one, two):
        device.workspace.close()


def test_keeping_is_handed_over_by_the_device_that_keeps(devices):
    first, second, third = devices
    assert refusal(numbering.keep_numbers, second.workspace, second.uuid) == "numbering.keeper_elsewhere"
    assert refusal(numbering.keep_numbers, first.workspace, "没有这台") == "numbering.unknown_device"
    numbering.keep_numbers(first.workspace, second.uuid)
    assert refusal(first.issue) == "numbering.no_block"
    second.hear(first)
    assert second.issue() == f"{SERIES}002"
    assert numbering.keeper(second.workspace)[0] == second.uuid
    numbering.keep_numbers(third.workspace, third.uuid, lost="主机进水")
    assert third.issue() == f"{SERIES}002"


def test_only_the_office_hands_out_where_roles_are_named(devices):
    first = devices[0]
    roles.grant(first.workspace, "周主任", Role.OFFICE)
    assert refusal(numbering.hand_out, first.workspace, "JG", YEAR, first.uuid, 1) == "roles.not_yours"
    assert refusal(numbering.keep_numbers, first.workspace, first.uuid) == "roles.not_yours"
    for count in (0, -1, numbering.LARGEST_BLOCK + 1):
        assert refusal(numbering.hand_out, first.workspace, "JG", YEAR, first.uuid, count) == "numbering.count"


@pytest.mark.parametrize("form", ["{code}{year}{serial:04}", "第{serial:03}号（{year}）{code}", "{code}-{serial}"])
def test_whatever_the_city_writes_around_its_numbers(workspace, form):
    profile = browsing.profile(workspace)
    profile = replace(profile, certificate=replace(profile.certificate, number=form))
    for serial in (1, 12, 4711):
        number = numbering.number_in(profile, "JG", YEAR, serial)
        assert numbering._split(profile, number) == (numbering.series_of(profile, "JG", YEAR), serial)


# --- the law

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("issue"), st.integers(0, 2)),
        st.tuples(st.just("hear"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("hand_out"), st.integers(0, 2), st.integers(0, 2), st.integers(1, 3)),
        st.tuples(st.just("keep"), st.integers(0, 2), st.integers(0, 2)),
    ),
    max_size=14,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_no_number_is_ever_given_twice_and_none_is_lost(tmp_path_factory, listed):
    devices = met(tmp_path_factory.mktemp("law"))
    numbers, refused = [f"{SERIES}001"], set()
    for name, at, *more in listed:
        device = devices[at]
        try:
            if name == "issue":
                numbers.append(device.issue())
            elif name == "hear":
                device.hear(devices[more[0]])
            elif name == "hand_out":
                numbering.hand_out(device.workspace, "JG", YEAR, devices[more[0]].uuid, more[1])
            else:
                numbering.keep_numbers(device.workspace, devices[more[0]].uuid)
        except UserError as error:
            refused.add(error.code)
    known = {"no_block", "not_keeper", "keeper_elsewhere", "to_keeper"}
    assert refused <= {f"numbering.{code}" for code in known}
    assert len(set(numbers)) == len(numbers)
    hub = devices[0]
    for device in devices[1:]:
        hub.hear(device)
    uses = {serial: entry.use for entry in hub.ledger for serial in range(entry.first, entry.last + 1)}
    assert set(uses) == set(range(1, max(uses) + 1))
    assert sum(use is NumberUse.ISSUED for use in uses.values()) == len(numbers)
    assert set(uses.values()) <= {NumberUse.ISSUED, NumberUse.BLOCK}
    for device in devices:
        device.workspace.close()
