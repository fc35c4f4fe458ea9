"""The bytes of a bundle: signed acts of one device, in columns.

::

    "WFB1" · signature (64) · length of the head (4, big endian) · head · acts

The signature covers everything behind it. The head is canonical JSON: device, first and last number, the hash of the
device's bundle before, the signer's public key and name, the version of the program. The acts are one Zstandard frame
of JSON: a list for each column, with words that repeat written once.

A bundle is read whole or not at all. What cannot be held by a register (a time that is none, a number beyond what fits)
is refused here, so that nothing behind this door has to ask again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from operator import eq
from typing import TypeVar, cast

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import HIGHEST, ActName, ActRun, Bundle
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.exchange.columns import coded, coded_values, packed, picked, unpacked
from wufei_cells.exchange.decompression import compress, decompress
from wufei_cells.exchange.strict_json import loads
from wufei_cells.signing.signing_key import KEY_BYTES, SIGNATURE_BYTES, SigningKey, device_id, genuine

T = TypeVar("T")

MAGIC = b"WFB1"
_PURPOSE = b"wufei-cells bundle 1\x00"
_LENGTH = struct.Struct(">I")
_HEAD_AT = len(MAGIC) + SIGNATURE_BYTES + _LENGTH.size
MOST_ACTS = 20_000
LARGEST_HEAD = 4096
LARGEST_ACTS = 64 * 1024 * 1024
"""Bytes of unpacked acts in one bundle."""
LONGEST_WORD = 400
"""Characters of a kind, an entity, a cell, or an author."""
DEPTH = 64
"""How deep values may lie in each other."""
_DEVICE_DIGITS, _HASH_DIGITS = 32, 64


@dataclass(frozen=True, slots=True)
class Seal:
    """Who seals: the key, the device it belongs to, and what people call that."""

    key: SigningKey
    device: str
    name: str
    program: str


# --- writing


def seal(run: ActRun, previous: str, by: Seal) -> Bundle:
    """Sign a run of acts."""
    head = canonical_json(
        {
            "device": run.device,
            "first": run.first,
            "last": run.last,
            "previous": previous,
            "key": base64.b64encode(by.key.public).decode(),
            "name": by.name,
            "program": by.program,
        }
    ).encode()
    signed = _LENGTH.pack(len(head)) + head + compress(_columns(run).encode())
    content = MAGIC + by.key.sign(_PURPOSE + signed) + signed
    return Bundle(run, hashlib.sha256(content).hexdigest(), previous, by.device, by.name, by.program, content)


def _columns(run: ActRun) -> str:
    devices = list(dict.fromkeys(device for names in run.replaced for device, _seq in names))
    number = {device: index for index, device in enumerate(devices, 1)}
    more = [(index, *name) for index, names in enumerate(run.replaced) for name in names[1:]]
    columns: dict[str, object] = {
        "kind": coded(run.kinds),
        "entity": coded(run.entities),
        "cell": coded(run.cells),
        "author": coded(run.authors),
        "time": _moments(run.times),
        "lamport": packed(_steps(run.lamports)),
        "devices": devices,
        "of": packed([number[names[0][0]] if names else 0 for names in run.replaced]),
        "seq": packed([names[0][1] if names else 0 for names in run.replaced]),
        "more": [[index, number[device], seq] for index, device, seq in more],
        "value": _shapes(run.values),
    }
    return canonical_json(columns)


def _shapes(values: Sequence[JsonValue]) -> list[object]:
    """Put values that have the same fields into columns, too; others are one column of their own."""
    keys = [tuple(sorted(value)) if isinstance(value, dict) else None for value in values]
    shapes: dict[tuple[str, ...] | None, list[JsonValue]] = {}
    for key, value in zip(keys, values, strict=True):
        shapes.setdefault(key, []).append(value)
    place = {key: index for index, key in enumerate(shapes)}
    return [packed([place[key] for key in keys]), [_shape(alike) for alike in shapes.values()]]


def _shape(values: Sequence[JsonValue]) -> list[object]:
    if not isinstance(values[0], dict):
        return [None, coded_values(values)]
    fields = cast("list[dict[str, JsonValue]]", values)
    keys = sorted(fields[0])
    return [keys, [coded_values([one[key] for one in fields]) for key in keys]]


def _moments(times: Sequence[str]) -> list[object]:
    """Give times as steps of seconds, where that loses nothing, which is nearly always; else as words."""
    seconds = [int(datetime.fromisoformat(time).timestamp()) for time in times]
    return ["s", packed(_steps(seconds))] if all(map(eq, map(_moment, seconds), times)) else ["w", coded(times)]


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _steps(numbers: Sequence[int]) -> list[int]:
    return [now - before for before, now in zip([0, *numbers], numbers, strict=False)]


# --- reading


def read_bundle(content: bytes) -> Bundle:
    """Read a bundle that came from elsewhere.

    Raises:
        UserError: it is no bundle, was changed since it was signed, or a newer program made it in another way.
        ProblemsFound: it says what no register can hold.
    """
    head, packed = _opened(content)
    place = hashlib.sha256(content).hexdigest()
    found = loads(decompress(packed, LARGEST_ACTS), limit=LARGEST_ACTS, place=place, depth=DEPTH)
    try:
        run = _run(head, cast("Mapping[str, Sequence[JsonValue]]", found))
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
        raise UserError("bundle.shape") from None
    signer = device_id(head.key)
    return Bundle(run, place, head.previous, signer, head.name, head.program, content)


def key_of(content: bytes) -> bytes:
    """Give the public key with which a bundle was signed.

    Raises:
        UserError: it is no bundle, or was changed since.
    """
    return _opened(content)[0].key


@dataclass(frozen=True, slots=True)
class _Head:
    device: str
    first: int
    last: int
    previous: str
    key: bytes
    name: str
    program: str


def _opened(content: bytes) -> tuple[_Head, bytes]:
    """Take a bundle apart, once it is sure that its signer wrote it so."""
    if not content.startswith(MAGIC):
        newer = content[: len(MAGIC) - 1] == MAGIC[:-1]
        raise UserError("bundle.newer" if newer else "bundle.not_a_bundle")
    if len(content) < _HEAD_AT:
        raise UserError("bundle.altered")
    (length,) = _LENGTH.unpack_from(content, _HEAD_AT - _LENGTH.size)
    if length > LARGEST_HEAD or _HEAD_AT + length > len(content):
        raise UserError("bundle.altered")
    try:
        fields = loads(content[_HEAD_AT : _HEAD_AT + length], limit=LARGEST_HEAD, place="head")
        head = _head(cast("Mapping[str, JsonValue]", fields))
    except ProblemsFound:
        raise UserError("bundle.altered") from None
    except (ValueError, TypeError, LookupError, AttributeError, binascii.Error):
        raise UserError("bundle.shape") from None
    signature = content[len(MAGIC) : len(MAGIC) + SIGNATURE_BYTES]
    if not genuine(head.key, signature, _PURPOSE + content[len(MAGIC) + SIGNATURE_BYTES :]):
        raise UserError("bundle.altered")
    return head, content[_HEAD_AT + length :]


def _head(fields: Mapping[str, JsonValue]) -> _Head:
    head = _Head(
        device=_hexadecimal(fields["device"], _DEVICE_DIGITS),
        first=_number(fields["first"]),
        last=_number(fields["last"]),
        previous=_hexadecimal(fields["previous"], _HASH_DIGITS) if fields["previous"] else "",
        key=base64.b64decode(_word(fields["key"]), validate=True),
        name=_word(fields["name"]),
        program=_word(fields["program"]),
    )
    if not (1 <= head.first <= head.last < head.first + MOST_ACTS and len(head.key) == KEY_BYTES):
        raise ValueError
    return head


def _run(head: _Head, columns: Mapping[str, Sequence[JsonValue]]) -> ActRun:
    count = head.last - head.first + 1
    values, texts = _values(columns["value"], count)
    return ActRun(
        device=head.device,
        first=head.first,
        kinds=_words(columns["kind"], count),
        entities=_words(columns["entity"], count),
        cells=_words(columns["cell"], count),
        lamports=_lamports(columns["lamport"], count),
        times=_times(columns["time"], count),
        authors=_words(columns["author"], count),
        values=values,
        texts=texts,
        replaced=_replaced(head, columns, count),
    )


def _values(column: Sequence[JsonValue], count: int) -> tuple[list[JsonValue], list[str]]:
    """Put values together from their columns, and their canonical JSON with them."""
    written, shapes = cast("tuple[JsonValue, list[JsonValue]]", column)
    of = unpacked(written, count, most=len(shapes) - 1)
    made = [_of_shape(shape, of.count(place)) for place, shape in enumerate(shapes)]
    if len(made) == 1:
        return made[0]
    following = [zip(*one, strict=True) for one in made]
    found = [next(following[place]) for place in of]
    return [value for value, _text in found], [text for _value, text in found]


def _of_shape(shape: JsonValue, count: int) -> tuple[list[JsonValue], list[str]]:
    keys, columns = cast("tuple[list[str] | None, list[JsonValue]]", shape)
    if keys is None:
        return _of_column(columns, count)
    if sorted(set(keys)) != keys:
        raise ValueError
    read = [_of_column(column, count) for column in columns]
    if not keys:
        return [{} for _ in range(count)], ["{}"] * count
    fields = zip(*(values for values, _texts in read), strict=True)
    values: list[JsonValue] = [dict(zip(keys, one, strict=True)) for one in fields]
    # The text of each field is there already; joined in the order of the keys, they are what canonical JSON would be.
    names = [f"{canonical_json(key)}:" for key in keys]
    parts = [[name + text for text in texts] for name, (_values, texts) in zip(names, read, strict=True)]
    return values, [f"{{{line}}}" for line in map(",".join, zip(*parts, strict=True))]


def _of_column(column: JsonValue, count: int) -> tuple[list[JsonValue], list[str]]:
    distinct, places = cast("tuple[list[JsonValue], JsonValue]", column)
    return picked(distinct, places, count), picked([canonical_json(value) for value in distinct], places, count)


def _words(column: Sequence[JsonValue], count: int) -> list[str]:
    distinct, places = cast("tuple[list[JsonValue], JsonValue]", column)
    return picked([_word(one) for one in distinct], places, count)


def _times(column: Sequence[JsonValue], count: int) -> list[str]:
    how, written = column
    if how == "s":
        return [_moment(one) for one in accumulate(unpacked(written, count, least=-HIGHEST))]
    times = _words(cast("Sequence[JsonValue]", written), count)
    if any(datetime.fromisoformat(one).tzinfo is None for one in set(times)):
        raise ValueError
    return times


def _lamports(column: Sequence[JsonValue], count: int) -> list[int]:
    lamports = list(accumulate(unpacked(column, count, least=-HIGHEST)))
    if min(lamports) < 1 or max(lamports) > HIGHEST:
        raise ValueError
    return lamports


def _replaced(head: _Head, columns: Mapping[str, Sequence[JsonValue]], count: int) -> list[tuple[ActName, ...]]:
    devices = [_hexadecimal(one, _DEVICE_DIGITS) for one in columns["devices"]]
    of = unpacked(columns["of"], count, most=len(devices))
    numbers = unpacked(columns["seq"], count)
    if any((device > 0) != (seq > 0) for device, seq in zip(of, numbers, strict=True)):
        raise ValueError
    found: list[tuple[ActName, ...]] = [
        ((devices[device - 1], seq),) if device else () for device, seq in zip(of, numbers, strict=True)
    ]
    for entry in columns["more"]:
        index, device, seq = (_number(one, least=0) for one in cast("list[JsonValue]", entry))
        if not (found[index] and device and seq) or (devices[device - 1], seq) in found[index]:
            raise ValueError  # the second without a first, or one act twice
        found[index] += ((devices[device - 1], seq),)
    if head.device in devices and any(
        name[0] == head.device and name[1] >= head.first + index for index, names in enumerate(found) for name in names
    ):
        raise ValueError  # an act that replaces itself, or one that comes after it
    return found


def _word(value: JsonValue) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_WORD:
        raise ValueError
    return value


def _hexadecimal(value: JsonValue, digits: int) -> str:
    word = _word(value)
    if len(word) != digits or word.strip("0123456789abcdef"):
        raise ValueError
    return word


def _number(value: JsonValue, *, least: int = 1) -> int:
    if type(value) is not int or not least <= value <= HIGHEST:
        raise ValueError
    return value
