"""JSON that a stranger wrote: only what our database and every other program can hold.

``json.loads`` takes NaN, 1e999, half characters, integers without end, keys that come twice, and lists in lists until
the stack is full. Here they are refused at nearly its speed: what stands outside of texts is looked at first, in C,
and each number by itself only where one may be too long.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, compress, repeat
from operator import is_
from typing import Any, NoReturn, cast

from wufei_cells.collector import uncollected
from wufei_cells.errors import Problem, ProblemsFound

JsonValue = Mapping[str, "JsonValue"] | Sequence["JsonValue"] | str | int | float | bool | None

DEPTH = 32
LARGEST = 2**63 - 1
SMALLEST = -(2**63)
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER = b"0" * 19  # 2**63 has nineteen digits
_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(one for one in range(256) if one not in b"[]{}")
_PIECE = 1 << 16
_FEW = 64
"""So many lists at the most are columns of many acts; more of them are rows."""
_CONTAINERS = (dict, list)
_VALUES = cast("Callable[[dict[str, Any]], Iterable[Any]]", dict[str, Any].values)
_ESCAPES = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a whole character of two halves
    rb"|(u0000|u[dD][89a-fA-F][0-9a-fA-F]{2})"  # NUL, or half a character
    rb"|.)",
    re.DOTALL,
)


class _BadJsonError(Exception):
    """What is wrong, as the code of a problem with its values."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def loads(content: bytes, *, limit: int, place: str, depth: int = DEPTH) -> JsonValue:
    """Read JSON in UTF-8.

    Args:
        content: the text.
        limit: the most bytes it may have.
        place: where it stands, for the problem.
        depth: how deep objects and lists may lie in each other; 1 is ``[]``.

    Raises:
        ProblemsFound: it is no JSON, or says something that we do not hold; one problem, the first that was found.
    """
    try:
        return _read(content, limit, depth)
    except _BadJsonError as bad:
        raise ProblemsFound([Problem(bad.problem.code, place, bad.problem.values)], subject=place) from None


def _read(content: bytes, limit: int, depth: int) -> JsonValue:
    if len(content) > limit:
        raise _BadJsonError(Problem("package.json_too_large", "", {"size": len(content), "limit": limit}))
    if b"\\" in content and b"\\u" in content and any(found.group(1) for found in _ESCAPES.finditer(content)):
        raise _BadJsonError(Problem("package.json_character"))
    text = _text(content)
    frame = _outside_texts(content)
    if _deeper(frame, depth):
        raise _BadJsonError(Problem("package.json_depth", "", {"limit": depth}))
    hooks: dict[str, Any] = {"parse_int": _integer} if _LONG_NUMBER in frame.translate(_DIGITS) else {}
    columns = frame.count(b"[") <= _FEW
    objects, keys = frame.count(b"{"), frame.count(b":")
    del frame
    with uncollected():
        if not columns:
            return _parsed(text, depth, {**hooks, "object_pairs_hook": _object})
        found = _parsed(text, depth, hooks)
        if _keys(found, objects) != keys:  # one came twice: once more, slowly, to say which
            _parsed(text, depth, {**hooks, "object_pairs_hook": _object})
        return found


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _BadJsonError(Problem("package.json_encoding", "", {"at": error.start})) from None


def _outside_texts(content: bytes) -> bytes:
    """Give everything but the texts and their quotation marks: brackets, commas, colons, numbers and words."""
    kept: list[bytes] = []
    start = inside = 0
    while start < len(content):
        piece = content[start : start + _PIECE]
        if (len(piece) - len(piece.rstrip(b"\\"))) % 2:  # never between a backslash and what it belongs to
            piece = content[start : start + len(piece) + 1]
        start += len(piece)
        if b"\\" in piece:
            piece = (piece.replace(b"\\\\", b"") if b"\\\\" in piece else piece).replace(b'\\"', b"")
        parts = piece.split(b'"')
        kept.append(b"".join(parts[inside::2]))
        inside ^= (len(parts) - 1) % 2
    return b"".join(kept)


def _deeper(frame: bytes, depth: int) -> bool:
    """Tell whether objects and lists lie deeper in each other: take the innermost ones away, again and again."""
    brackets = frame.translate(_BRACKETS, _NO_BRACKETS)
    for _level in range(depth):
        fewer = brackets.replace(b"[]", b"")
        if len(fewer) == len(brackets):
            return False  # nothing is left; or they do not match, which the reader will say
        brackets = fewer
    return b"[]" in brackets


def _parsed(text: str, depth: int, hooks: Mapping[str, Any]) -> JsonValue:
    try:
        return json.loads(text, parse_constant=_constant, parse_float=_number, **hooks)
    except json.JSONDecodeError as error:
        raise _BadJsonError(Problem("package.json_syntax", "", {"line": error.lineno, "column": error.colno})) from None
    except RecursionError:  # brackets that are opened and never closed
        raise _BadJsonError(Problem("package.json_depth", "", {"limit": depth})) from None


def _keys(found: JsonValue, objects: int) -> int:
    """Count the keys of all objects, level by level, until as many objects were seen as there are.

    Columns of plain values are the larger part of what is read here. So lists whose first value is plain are looked
    through only when objects are still missing.
    """
    keys = 0
    level, later = [cast("Any", found)], list[list[Any]]()
    while objects > 0 and level:
        kinds = list(map(type, level))
        inner = list(compress(level, map(is_, kinds, repeat(dict))))
        lists: list[list[Any]] = [one for one in level if type(one) is list and one] if list in kinds else []
        keys += sum(map(len, inner))
        objects -= len(inner)
        later += [one for one in lists if type(one[0]) not in _CONTAINERS]
        promising = [one for one in lists if type(one[0]) in _CONTAINERS]
        level = list(chain(*promising, chain.from_iterable(map(_VALUES, inner))))
        if not level:
            level, later = list(chain.from_iterable(later)), []
    return keys


def _constant(name: str) -> NoReturn:
    raise _BadJsonError(Problem("package.json_number", "", {"found": name}))


def _number(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise _BadJsonError(Problem("package.json_number", "", {"found": _short(written)}))
    return number


def _integer(written: str) -> int:
    if len(written) > 20 or not SMALLEST <= (number := int(written)) <= LARGEST:
        raise _BadJsonError(Problem("package.json_number", "", {"found": _short(written)}))
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _value in pairs if key in seen or seen.add(key))
        raise _BadJsonError(Problem("package.json_key_twice", "", {"key": _short(twice)}))
    return found


def _short(written: str) -> str:
    return written if len(written) <= 40 else f"{written[:40]}…"
