"""Certificate numbers without a server: unique by construction, never used again, and every gap explained.

One device keeps the numbers: the first that issued a certificate. It takes the next number above all it knows of, and
hands out blocks to other devices, which issue from their blocks only. Keeping them is handed over by the device that
has kept them so far, so that the next one knows everything it gave. Two devices that both believed to be first show as
a conflict when their registers meet; nothing is issued until somebody has said which of them keeps the numbers.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.numbering import BlockId, NumberBlock, NumberRange, NumberUse
from wufei_cells.domain.profiles import Profile
from wufei_cells.errors import UserError
from wufei_cells.services import reading, roles
from wufei_cells.services.text_fields import LONGEST_NOTE, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, certificate_queries, office_queries
from wufei_cells.store.journal import Connection, Draft, heads
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
    _refuse_two_keepers(connection)
    keeper = office_queries.number_keeper(connection)
    own_ids = workspace.database.stands_for
    used = _serials(profile, connection, code, year)
    blocks = [block for block in office_queries.number_blocks(connection) if block.series == series]
    own = [block for block in blocks if block.device in own_ids]
    free = (serial for block in own for serial in range(block.first, block.last + 1) if serial not in used)
    serial = next(free, 0)
    if not serial and (keeper is None or keeper in own_ids):
        serial = _above_all(used, blocks)
    if not serial:
        raise UserError("numbering.no_block", series=series, device=_device_name(connection, keeper))
    drafts = [] if keeper else [Draft("number_keeper", REGISTER, KEEPER, {"device": workspace.database.device_uuid})]
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
        UserError: another device keeps the numbers, the person is not of the office, the device is not known or is the
            one that keeps them, or the count is out of range.
    """
    if not 1 <= count <= LARGEST_BLOCK:
        raise UserError("numbering.count", found=count, most=LARGEST_BLOCK)
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, "number_block")
        _refuse_two_keepers(connection)
        keeper = office_queries.number_keeper(connection)
        own = workspace.database.device_uuid
        if keeper is not None and keeper not in workspace.database.stands_for:
            raise UserError("numbering.not_keeper", device=_device_name(connection, keeper))
        receiver = _device(office_queries.devices(connection), device)
        if receiver in workspace.database.stands_for:
            raise UserError("numbering.to_keeper", device=_device_name(connection, own))
        profile = reading.profile(connection)
        series = series_of(profile, code, year)
        blocks = [block for block in office_queries.number_blocks(connection) if block.series == series]
        first = _above_all(_serials(profile, connection, code, year), blocks)
        key = BlockId(uuid.uuid4().hex)
        value: JsonValue = {"series": series, "first": first, "last": first + count - 1, "device": receiver}
        drafts = [] if keeper else [Draft("number_keeper", REGISTER, KEEPER, {"device": own})]
        workspace.write(connection, [*drafts, Draft("number_block", key, "block", value)])
        return next(block for block in office_queries.number_blocks(connection) if block.id == key)


def keeper(workspace: Workspace) -> tuple[str, str] | None:
    """Give the device that keeps the numbers, and its name; ``None`` when none was ever given."""
    with workspace.database.reading() as connection:
        device = office_queries.number_keeper(connection)
        return (device, _device_name(connection, device)) if device else None


def devices(workspace: Workspace) -> Mapping[str, str]:
    """Give the names of all devices that are known here, by uuid."""
    with workspace.database.reading() as connection:
        return office_queries.devices(connection)


def keep_numbers(workspace: Workspace, device: str, *, lost: str = "") -> None:
    """Say which device keeps the numbers from now on; this also settles that two of them believed to.

    Args:
        workspace: the register.
        device: uuid of the device, or its name when only one is called so.
        lost: why the device that keeps them cannot hand them over itself. Numbers that it gave and that never got
            here may then be given once more, so it stays on record.

    Raises:
        UserError: the person is not of the office, the device is not known, or the numbers are kept elsewhere and
            nothing was said of that device being lost.
        ProblemsFound: the reason is too long.
    """
    lost = require_text("lost", lost, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, "number_keeper")
        receiver = _device(office_queries.devices(connection), device)
        standing = heads(connection, REGISTER, KEEPER)
        keepers = {str(head.value["device"]) for head in standing if isinstance(head.value, dict)}
        if keepers and not keepers & workspace.database.stands_for and not lost:
            names = tuple(sorted(_device_name(connection, one) for one in keepers))
            raise UserError("numbering.keeper_elsewhere", devices=names)
        value: dict[str, JsonValue] = {"device": receiver, **({"lost": lost} if lost else {})}
        workspace.write(connection, [Draft("number_keeper", REGISTER, KEEPER, value)])


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
    """Give what stands around the serial in the city's numbers of a category and year; ``*`` is its place inside."""
    before, after = _around(profile, code, year)
    return f"{before}*{after}" if after else before


def number_in(profile: Profile, code: str, year: int, serial: int) -> str:
    """Write a number in the city's format."""
    return profile.certificate.number.format(code=code, year=year, serial=serial)


# --- parts


def _around(profile: Profile, code: str, year: int) -> tuple[str, str]:
    """Give what stands before and after the serial."""
    before, rest = profile.certificate.number.split("{serial", 1)
    return before.format(code=code, year=year), rest.split("}", 1)[1].format(code=code, year=year)


def _serials(profile: Profile, connection: Connection, code: str, year: int) -> set[int]:
    """Read the serials that were used, in whatever format of the city's they were written."""
    before = _around(profile, code, year)[0]
    found: set[int] = set()
    for number in certificate_queries.numbers_like(connection, before):
        digits = re.match(r"\d+", number.removeprefix(before))
        if digits and number == number_in(profile, code, year, int(digits[0])):
            found.add(int(digits[0]))
    return found


def _above_all(used: Iterable[int], blocks: Iterable[NumberBlock]) -> int:
    return max([0, *used, *(block.last for block in blocks)]) + 1


def _split(profile: Profile, number: str) -> tuple[str, int] | None:
    """Take a number apart into series and serial; ``None`` where the city's format of today does not fit it."""
    parts = re.split(r"(\{(?:code|year|serial)[^}]*\})", profile.certificate.number)
    found = re.fullmatch("".join(_pattern(part) for part in parts), number)
    if found is None:
        return None
    before, after = number[: found.start("serial")], number[found.end("serial") :]
    return (f"{before}*{after}" if after else before), int(found["serial"])


def _pattern(part: str) -> str:
    """Give the pattern of one part of a number's format; a part that comes twice is read where it stands last."""
    if part.startswith("{serial"):
        return r"(?P<serial>\d+)"
    if part.startswith("{year"):
        return r"\d{4}"
    return ".+?" if part.startswith("{code") else re.escape(part)


def _ranges(series: str, issued: Sequence[int], blocks: Sequence[NumberBlock]) -> list[NumberRange]:
    times = Counter(issued)
    holders = {serial: block.device_name for block in reversed(blocks) for serial in range(block.first, block.last + 1)}
    uses = [
        (serial, _use(times[serial], holders.get(serial)), holders.get(serial, ""))
        for serial in range(1, max([*issued, *holders]) + 1)
    ]
    found: list[NumberRange] = []
    for (use, device), group in groupby(uses, key=lambda entry: entry[1:]):
        serials = [serial for serial, _use_, _device_ in group]
        found.append(NumberRange(series, serials[0], serials[-1], use, device))
    return found


def _use(times: int, holder: str | None) -> NumberUse:
    if times:
        return NumberUse.TWICE if times > 1 else NumberUse.ISSUED
    return NumberUse.LOST if holder is None else NumberUse.BLOCK


def _refuse_two_keepers(connection: Connection) -> None:
    if KEEPER in assessment_queries.conflicts(connection, REGISTER):
        raise UserError("numbering.two_keepers")


def _device_name(connection: Connection, device: str | None) -> str:
    return office_queries.devices(connection).get(str(device)) or str(device)[:8]


def _device(devices: Mapping[str, str], wanted: str) -> str:
    if wanted in devices:
        return wanted
    found = [uuid_ for uuid_, name in devices.items() if name == wanted]
    if len(found) != 1:
        known = tuple(f"{name} ({uuid_[:8]})" for uuid_, name in devices.items())
        raise UserError("numbering.unknown_device", device=wanted, known=known)
    return found[0]
