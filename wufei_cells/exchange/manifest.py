"""The first page of a package: from whom, for whom, what is in it, what its sender holds and what is asked for.

It is signed by the sender's device. The device's name is taken from its public key, which is written beside the
signature, so the page proves by itself that this device wrote it; who that is, others must say.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from wufei_cells.domain.canonical import canonical_json
from wufei_cells.exchange.fields import NOT_IN_A_LINE
from wufei_cells.exchange.limits import USUAL
from wufei_cells.exchange.strict_json import JsonValue
from wufei_cells.signing.signing_key import device_id

MAJOR = 1
MINOR = 0
FORMAT = f"wufei-package/{MAJOR}"
NEEDS = "0.6.0"
"""The first version of the program that reads what is written here."""
SIGNATURE_FORMAT = "wufei-package-signature/1"
_PURPOSE = b"wufei-cells package 1\x00"

Range = tuple[int, int]
"""The first and the last act of an unbroken row, both included."""
Ranges = Mapping[str, tuple[Range, ...]]
"""Rows of acts by device."""
Genuine = Callable[[bytes, bytes, bytes], bool]
"""Tells of a public key, a signature and a message whether they belong together."""


class SigningKey(Protocol):
    """A device's private key."""

    @property
    def public(self) -> bytes:
        """The public half, 32 bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Sign a message: 64 bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Sender:
    """The device that made a package, and the person who worked on it."""

    device: str
    name: str = ""
    person: str = ""
    lock: str = ""
    """The age recipient to which packages for it can be closed."""


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """A bundle of acts in the package."""

    sha256: str
    size: int
    device: str
    first: int
    last: int

    @property
    def member(self) -> str:
        """Its name in the package."""
        return f"bundles/{self.sha256}.bundle"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A photo, a paper or another content in the package."""

    sha256: str
    size: int

    @property
    def member(self) -> str:
        """Its name in the package."""
        return f"files/{self.sha256}"


@dataclass(frozen=True, slots=True)
class Wants:
    """What the sender asks for."""

    acts: Ranges = field(default_factory=dict[str, tuple[Range, ...]])
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself."""

    program: str
    """The version that wrote it."""
    purpose: str
    """changes, request, receipt, join; others may come."""
    city: str
    """The key of the profile."""
    sender: Sender
    made_at: datetime
    set: str
    """Shared by the parts of one package."""
    example: bool = False
    to: str = ""
    """The device it is for; empty for everyone."""
    part: tuple[int, int] = (1, 1)
    holds: Ranges = field(default_factory=dict[str, tuple[Range, ...]])
    wants: Wants = Wants()
    bundles: tuple[BundleEntry, ...] = ()
    files: tuple[FileEntry, ...] = ()
    minor: int = MINOR
    """How far the format of what was read goes beyond the first of its major version."""
    more: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    """Fields of a newer program, as they stand; they are not used and not passed on."""


def write_manifest(manifest: Manifest) -> bytes:
    """Write a manifest so that equal ones have equal bytes."""
    return canonical_json(
        {
            "format": FORMAT,
            "needs": NEEDS,
            "program": manifest.program,
            "purpose": manifest.purpose,
            "city": manifest.city,
            "example": manifest.example,
            "from": _plain_sender(manifest.sender),
            "to": manifest.to,
            "made_at": manifest.made_at.isoformat(),
            "part": list(manifest.part),
            "set": manifest.set,
            "holds": _plain_ranges(manifest.holds),
            "wants": {"acts": _plain_ranges(manifest.wants.acts), "files": list(manifest.wants.files)},
            "bundles": [plain_bundle(bundle) for bundle in manifest.bundles],
            "files": [plain_file(file) for file in manifest.files],
        }
    ).encode()


def _plain_sender(sender: Sender) -> dict[str, JsonValue]:
    """Give the sender with names that fit into one line: what we write, we read."""
    name, person = (NOT_IN_A_LINE.sub(" ", one)[: USUAL.text] for one in (sender.name, sender.person))
    return {"device": sender.device, "name": name, "person": person, "lock": sender.lock}


def plain_bundle(bundle: BundleEntry) -> dict[str, JsonValue]:
    """Give what stands in the manifest for a bundle."""
    return {
        "sha256": bundle.sha256,
        "size": bundle.size,
        "device": bundle.device,
        "first": bundle.first,
        "last": bundle.last,
    }


def plain_file(file: FileEntry) -> dict[str, JsonValue]:
    """Give what stands in the manifest for a file."""
    return {"sha256": file.sha256, "size": file.size}


def _plain_ranges(ranges: Ranges) -> dict[str, list[list[int]]]:
    return {device: [list(one) for one in rows] for device, rows in ranges.items()}


def sign_manifest(content: bytes, key: SigningKey) -> bytes:
    """Sign a manifest as it is written; gives the content of the page beside it."""
    signature = key.sign(_PURPOSE + content)
    return canonical_json(
        {
            "format": SIGNATURE_FORMAT,
            "key": base64.b64encode(key.public).decode(),
            "signature": base64.b64encode(signature).decode(),
        }
    ).encode()


def signed_by(content: bytes, public: bytes, signature: bytes, genuine: Genuine) -> str:
    """Give the device that signed a manifest; empty when the signature does not fit."""
    return device_id(public) if genuine(public, signature, _PURPOSE + content) else ""
