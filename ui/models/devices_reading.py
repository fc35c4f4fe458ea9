"""Who takes part, and what this machine may do about it: asked for at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.domain.lifecycle import Role
from wufei_cells.errors import EnvironmentFault, why

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from ui.context import Desk
    from wufei_cells.domain.text import Text
    from wufei_cells.services.enrolled import DeviceRow, Participants
    from wufei_cells.services.joining_office import Offer
    from wufei_cells.signing.joining import JoinRequest

OFFICE = "office"
"""The mode in which the office says who takes part (``store.authority``)."""
LARGEST_FILE = 1_000_000
"""Bytes; requests and answers have some thousands."""


@dataclass(frozen=True, slots=True)
class Devices:
    """What the dialog of devices shows."""

    found: Participants
    name: str
    """What people call this machine."""
    by_office: bool
    signs: bool
    """Whether a key of the office is on this machine."""
    districts: tuple[tuple[str, Text], ...]
    today: date

    @property
    def own(self) -> DeviceRow:
        """This machine."""
        return next(row for row in self.found.devices if row.own)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to join that was opened."""

    content: bytes
    request: JoinRequest
    words: Text


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of the office that was opened."""

    content: bytes
    offer: Offer


def load_devices(desk: Desk) -> Devices:
    """Ask for all of it; runs in the worker thread, as everything here does."""
    workspace = desk.workspace
    found = desk.enrolled.participants(workspace)
    signing = desk.office_keys.key_in_use(workspace)
    profile = desk.browsing.profile(workspace)
    return Devices(
        found,
        desk.device_naming.name(workspace),
        found.mode.value == OFFICE,
        signing is not None,
        tuple((district.key, district.text) for district in profile.districts),
        workspace.today(),
    )


def rename(name: str, desk: Desk) -> str:
    """Call this machine otherwise."""
    return desk.device_naming.rename(desk.workspace, name)


def make_request(desk: Desk) -> Asked:
    """Make the request of this machine."""
    return _asked(desk.enrolling.make_request(desk.workspace), desk)


def save(path: Path, content: bytes, _desk: Desk) -> Path:
    """Save a file."""
    from wufei_cells.services import saving  # noqa: PLC0415 - loaded by the worker

    saving.save_file(path, content)
    return path


def read_request(path: Path, desk: Desk) -> Asked:
    """Open a request."""
    return _asked(_read(path), desk)


def read_answer(path: Path, desk: Desk) -> Answered:
    """Open an answer."""
    content = _read(path)
    return Answered(content, desk.joining_office.read_answer(desk.workspace, content))


def take_answer(answered: Answered, desk: Desk) -> int:
    """Take part; gives how many acts that waited are taken in with it."""
    words = answered.offer.words.zh
    desk.joining_office.take_answer(desk.workspace, answered.content, words=words)
    return desk.side_view.take_in_admitted(desk.workspace)


def enrol(
    asked: Asked, held: Sequence[str], districts: Sequence[str], until: date | None, passphrase: str, desk: Desk
) -> bytes:
    """Enrol who asked, and give the answer for them."""
    key = desk.office_keys.unlock(desk.workspace, passphrase)
    roles = [Role(name) for name in held]
    named = {"districts": tuple(districts), "until": until, "words": asked.words.zh}
    desk.enrolling.accept_request(desk.workspace, key, asked.content, roles, **named)
    desk.side_view.take_in_admitted(desk.workspace)
    return desk.joining_office.answer(desk.workspace)


def answer(desk: Desk) -> bytes:
    """Give the answer for everybody who is enrolled."""
    return desk.joining_office.answer(desk.workspace)


def revoke(device: str, reason: str, passphrase: str, desk: Desk) -> str:
    """Let acts of a device count no longer."""
    key = desk.office_keys.unlock(desk.workspace, passphrase) if passphrase else None
    return desk.revoking.revoke(desk.workspace, key, device, reason=reason).device


def _asked(content: bytes, desk: Desk) -> Asked:
    from wufei_cells.signing.fingerprints import fingerprint  # noqa: PLC0415 - loaded by the worker

    request = desk.enrolling.read_request(content)
    return Asked(content, request, fingerprint(request.key))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE)
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error
