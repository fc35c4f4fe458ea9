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
    number = {device: index for index, device in enumerate(devices)}
    firsts = [names[0] if names else None for names in run.replaced]
    columns: dict[str, object] = {
        "kind": _coded(run.kinds),
        "entity": _coded(run.entities),
        "cell": _coded(run.cells),
        "author": _coded(run.authors),
        "time": _moments(run.times),
        "lamport": _steps(run.lamports),
        "devices": devices,
        "of": [number[name[0]] if name else -1 for name in firsts],
        "seq": [name[1] if name else 0 for name in firsts],
        "more": [[index, number[device], seq] for index, names in enumerate(run.replaced) for device, seq in names[1:]],
    }
    distinct = list(dict.fromkeys(run.texts))
    place = {text: index for index, text in enumerate(distinct)}
    columns["value"] = [place[text] for text in run.texts] if len(distinct) < len(run.texts) else None
    # The values are JSON already; writing them once more would only take time.
    return f'{canonical_json(columns)[:-1]},"values":[{",".join(distinct)}]}}'


def _coded(words: Sequence[str]) -> list[object]:
    distinct = list(dict.fromkeys(words))
    if len(distinct) == 1:
        return [distinct, None]
    place = {word: index for index, word in enumerate(distinct)}
    return [distinct, [place[word] for word in words]]


def _moments(times: Sequence[str]) -> list[object]:
    """Give times as steps of seconds, where that loses nothing, which is nearly always; else as words."""
    seconds = [int(datetime.fromisoformat(time).timestamp()) for time in times]
    return ["s", _steps(seconds)] if all(map(eq, map(_moment, seconds), times)) else _coded(times)


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
    distinct = list(columns["values"])
    texts = [canonical_json(value) for value in distinct]
    places = columns["value"]
    return ActRun(
        device=head.device,
        first=head.first,
        kinds=_words(columns["kind"], count),
        entities=_words(columns["entity"], count),
        cells=_words(columns["cell"], count),
        lamports=_lamports(columns["lamport"], count),
        times=_times(columns["time"], count),
        authors=_words(columns["author"], count),
        values=_picked(distinct, places, count),
        texts=_picked(texts, places, count),
        replaced=_replaced(head, columns, count),
    )


def _words(column: Sequence[JsonValue], count: int) -> list[str]:
    distinct, places = cast("tuple[list[JsonValue], JsonValue]", column)
    words = [_word(one) for one in distinct]
    return words * count if places is None and len(words) == 1 else _picked(words, places, count)


def _times(column: Sequence[JsonValue], count: int) -> list[str]:
    if column[0] != "s":
        times = _words(column, count)
        if any(datetime.fromisoformat(one).tzinfo is None for one in set(times)):
            raise ValueError
        return times
    times = [_moment(one) for one in accumulate(_wholes(column[1], -HIGHEST))]
    return _picked(times, None, count)


def _lamports(column: Sequence[JsonValue], count: int) -> list[int]:
    lamports = list(accumulate(_wholes(column, -HIGHEST)))
    if len(lamports) != count or min(lamports) < 1 or max(lamports) > HIGHEST:
        raise ValueError
    return lamports


def _replaced(head: _Head, columns: Mapping[str, Sequence[JsonValue]], count: int) -> list[tuple[ActName, ...]]:
    devices = [_hexadecimal(one, _DEVICE_DIGITS) for one in columns["devices"]]
    of, numbers = _wholes(columns["of"], -1), _wholes(columns["seq"], 0)
    found: list[tuple[ActName, ...]] = [
        () if device < 0 else ((devices[device], seq),) for device, seq in zip(of, numbers, strict=True)
    ]
    if (
        len(found) != count
        or max(numbers) > HIGHEST
        or any(device >= 0 and not seq for device, seq in zip(of, numbers, strict=True))
    ):
        raise ValueError
    for entry in columns["more"]:
        index, device, seq = _wholes(entry, 0)
        if not found[index] or not 1 <= seq <= HIGHEST:
            raise ValueError
        found[index] += ((devices[device], seq),)
        if len(set(found[index])) < len(found[index]):
            raise ValueError  # one act twice
    if head.device in devices and any(
        device == head.device and seq >= head.first + index
        for index, names in enumerate(found)
        for device, seq in names
    ):
        raise ValueError  # an act that replaces itself, or one that comes after it
    return found


def _picked(distinct: Sequence[T], places: JsonValue | Sequence[JsonValue], count: int) -> list[T]:
    """Give the entries of a list that places name; no places: the list itself."""
    picked = list(distinct) if places is None else [distinct[place] for place in _wholes(places, 0)]
    if len(picked) != count:
        raise ValueError
    return picked


def _wholes(values: JsonValue | Sequence[JsonValue], least: int) -> list[int]:
    """Give a list of whole numbers, after seeing that it is one."""
    numbers = cast("list[int]", values)
    if set(map(type, numbers)) - {int} or (
        numbers and min(numbers) < least
    ):  # True is an int, too, but not of that type
        raise ValueError
    return numbers


def _word(value: JsonValue) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_WORD:
        raise ValueError
    return value


def _hexadecimal(value: JsonValue, digits: int) -> str:
    word = _word(value)
    if len(word) != digits or word.strip("0123456789abcdef"):
        raise ValueError
    return word


def _number(value: JsonValue) -> int:
    if type(value) is not int or not 1 <= value <= HIGHEST:
        raise ValueError
    return value
