"""Certificate numbers without a server: unique by construction, never used again, and every gap explained.

One device keeps the numbers: the first that issued a certificate. It takes the next number above all it knows of, and
hands out blocks to other devices, which issue from their blocks only. Two devices that both believed to be first show
as a conflict when their registers meet; nothing is issued until somebody has said which of them keeps the numbers.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from itertools import groupby

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.lifecycle import Role
from wufei_cells.domain.numbering import BlockId, NumberBlock, NumberRange, NumberUse
from wufei_cells.domain.profiles import Profile
from wufei_cells.errors import UserError
from wufei_cells.services import reading, roles
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, certificate_queries, office_queries
from wufei_cells.store.journal import Connection, Draft
from wufei_cells.store.queries import REGISTER

KEEPER = "number_keeper"
LARGEST_BLOCK = 10_000


def next_number(workspace: Workspace, connection: Connection, code: str, year: int) -> tuple[str, list[Draft]]:
    """Give the next number that this device may use, and the acts that go with taking it.

    Raises:
        UserError: this device keeps no numbers and has none left in its blocks, or two devices keep them.
    """
    profile = reading.profile(connection)
    series = series_of(profile, code, year)
    if assessment_queries.conflicts(connection, REGISTER) and _two_keepers(connection):
        raise UserError("numbering.two_keepers")
    keeper = office_queries.number_keeper(connection)
    device = workspace.database.device_uuid
    used = _serials(profile, connection, series, code, year)
    drafts = [] if keeper else [Draft("number_keeper", REGISTER, KEEPER, {"device": device})]
    blocks = [block for block in office_queries.number_blocks(connection) if block.series == series]
    if keeper in (None, device):
        serial = max([0, *used, *(block.last for block in blocks)]) + 1
    else:
        own = [block for block in blocks if block.device == device]
        free = (serial for block in own for serial in range(block.first, block.last + 1) if serial not in used)
        serial = next(free, 0)
    if not serial:
        name = office_queries.devices(connection).get(str(keeper), str(keeper)[:8])
        raise UserError("numbering.no_block", series=series, device=name)
    return number_in(profile, code, year, serial), drafts


def hand_out(workspace: Workspace, code: str, year: int, device: str, count: int) -> NumberBlock:
    """Give a block of numbers to another device; nobody else ever uses them.

    Args:
        workspace: the register.
        code: the category's code in certificate numbers.
        year: the year in the numbers.
        device: uuid of the device, or its name when only one is called so.
        count: how many.

    Raises:
        UserError: another device keeps the numbers, the person is not of the office, the device is not known, or the
            count is out of range.
    """
    if not 1 <= count <= LARGEST_BLOCK:
        raise UserError("numbering.count", found=count, most=LARGEST_BLOCK)
    with workspace.database.writing() as connection:
        roles.require(workspace, connection, Role.OFFICE)
        keeper = office_queries.number_keeper(connection)
        own = workspace.database.device_uuid
        devices = office_queries.devices(connection)
        if keeper not in (None, own):
            raise UserError("numbering.not_keeper", device=devices.get(str(keeper), str(keeper)[:8]))
        receiver = _device(devices, device)
        profile = reading.profile(connection)
        series = series_of(profile, code, year)
        used = _serials(profile, connection, series, code, year)
        blocks = [block for block in office_queries.number_blocks(connection) if block.series == series]
        first = max([0, *used, *(block.last for block in blocks)]) + 1
        key = BlockId(uuid.uuid4().hex)
        value: JsonValue = {"series": series, "first": first, "last": first + count - 1, "device": receiver}
        drafts = [] if keeper else [Draft("number_keeper", REGISTER, KEEPER, {"device": own})]
        workspace.write(connection, [*drafts, Draft("number_block", key, "block", value)])
        return next(block for block in office_queries.number_blocks(connection) if block.id == key)


def keep_numbers(workspace: Workspace, device: str) -> None:
    """Say which device keeps the numbers from now on; this also settles that two of them believed to.

    Raises:
        UserError: the person is not of the office, or the device is not known.
    """
    with workspace.database.writing() as connection:
        roles.require(workspace, connection, Role.OFFICE)
        receiver = _device(office_queries.devices(connection), device)
        workspace.write(connection, [Draft("number_keeper", REGISTER, KEEPER, {"device": receiver})])


def ledger(workspace: Workspace) -> tuple[NumberRange, ...]:
    """Say of every serial number, from the first to the highest known, what became of it."""
    with workspace.database.reading() as connection:
        profile = reading.profile(connection)
        blocks = office_queries.number_blocks(connection)
        issued: dict[str, list[int]] = {}
        for row in certificate_queries.certificates(connection, on=workspace.today()):
            found = _split(profile, row.number)
            if found:
                issued.setdefault(found[0], []).append(found[1])
    series = sorted({*issued, *(block.series for block in blocks)})
    return tuple(
        entry
        for name in series
        for entry in _ranges(name, issued.get(name, []), [block for block in blocks if block.series == name])
    )


def series_of(profile: Profile, code: str, year: int) -> str:
    """Give what stands before the serial in the city's numbers of a category and year."""
    return profile.certificate.number.split("{serial", 1)[0].format(code=code, year=year)


def number_in(profile: Profile, code: str, year: int, serial: int) -> str:
    """Write a number in the city's format."""
    return profile.certificate.number.format(code=code, year=year, serial=serial)


# --- parts


def _serials(profile: Profile, connection: Connection, series: str, code: str, year: int) -> set[int]:
    """Read the serials that were used, in whatever format of the city's they were written."""
    found: set[int] = set()
    for number in certificate_queries.numbers_like(connection, series):
        digits = re.match(r"\d+", number.removeprefix(series))
        if digits and number == number_in(profile, code, year, int(digits[0])):
            found.add(int(digits[0]))
    return found


def _split(profile: Profile, number: str) -> tuple[str, int] | None:
    """Take a number apart into series and serial; ``None`` where the city's format of today does not fit it."""
    ending = profile.certificate.number.split("{serial", 1)[1].split("}", 1)[1]
    if "{" in ending or not number.endswith(ending):
        return None
    body = number.removesuffix(ending) if ending else number
    digits = re.search(r"\d+$", body)
    return (body[: digits.start()], int(digits[0])) if digits else None


def _ranges(series: str, issued: Sequence[int], blocks: Sequence[NumberBlock]) -> list[NumberRange]:
    highest = max([*issued, *(block.last for block in blocks)])
    uses = [(serial, *_use(serial, issued, blocks)) for serial in range(1, highest + 1)]
    found: list[NumberRange] = []
    for (use, device), group in groupby(uses, key=lambda entry: entry[1:]):
        serials = [serial for serial, _use_, _device_ in group]
        found.append(NumberRange(series, serials[0], serials[-1], use, device))
    return found


def _use(serial: int, issued: Sequence[int], blocks: Sequence[NumberBlock]) -> tuple[NumberUse, str]:
    times = issued.count(serial)
    holder = next((block.device_name for block in blocks if block.first <= serial <= block.last), "")
    if times:
        return (NumberUse.TWICE if times > 1 else NumberUse.ISSUED), holder
    return (NumberUse.BLOCK if holder else NumberUse.LOST), holder


def _two_keepers(connection: Connection) -> bool:
    return KEEPER in assessment_queries.conflicts(connection, REGISTER)


def _device(devices: Mapping[str, str], wanted: str) -> str:
    if wanted in devices:
        return wanted
    found = [uuid_ for uuid_, name in devices.items() if name == wanted]
    if len(found) != 1:
        known = tuple(f"{name} ({uuid_[:8]})" for uuid_, name in devices.items())
        raise UserError("numbering.unknown_device", device=wanted, known=known)
    return found[0]
