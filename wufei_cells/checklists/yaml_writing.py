"""Write plain data as YAML that looks as a careful person would write it, and that reads back equal.

What is short stands on one line in braces, what is long gets lines of its own. Text is quoted only where it would
otherwise be read as something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise

from wufei_cells.checklists.yaml_source import Data

WIDTH = 120

ORDER = (
    *("format", "key", "edition", "number", "fact", "title", "text", "category", "code", "subject"),
    *("official", "effective_from", "effective_until", "extends", "districts", "added", "overlay", "ask", "options"),
    *("unit", "value", "phases", "inputs", "formula"),
    *("at_least", "above", "at_most", "below", "points", "lowest", "effect", "each", "short_of", "over", "part_step"),
    *("start", "floor", "full", "weight", "cap", "counts_for_pass", "notice"),
    *("not_applicable_share", "not_applicable_at_most", "group_not_applicable", "star_not_applicable", "rounding"),
    *("places", "mode", "out_of", "columns", "total_at_least", "groups_at_least", "group_exceptions"),
    *("items_at_least", "scoring", "sum", "best", "yes_no", "yes", "no", "levels", "count", "amount", "share"),
    *("change", "ticks", "calculated", "part", "whole", "before", "after", "smallest_whole", "may_exceed", "relative"),
    *("line", "bands", "steps", "rule", "verify", "evidence", "evidence_required", "guidance", "sources", "applies"),
    *("star", "not_applicable", "grades", "locked", "from", "relation", "zh", "en", "parameters", "facts", "gates"),
    *("groups", "items", "bonus", "deductions"),
)
_RANK = {name: rank for rank, name in enumerate(ORDER)}
_RANK_ON_TOP = {
    name: rank for rank, name in enumerate(("notice", "sources", "parameters", "facts", "scoring", "gates"))
}
_SECTIONS = {"notice", "scoring", "parameters", "facts", "sources", "gates", "groups", "bonus", "deductions", "overlay"}

_SPECIAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN_START = re.compile(r"[A-Za-z0-9$(]|[^\s\x00-\x7f]|-[0-9]")
_MISREAD = re.compile(r":(?: |$)| #|\n")
_MISREAD_IN_FLOW = re.compile(r"[,\[\]{}\"#:\\\n]")
_NOTHING = {"", "~", "null"}
_BREAKABLE = re.compile(r"(?<=[^ ]) (?=[^ ])")


def yaml_text(data: Data) -> str:
    """Write a document: the fields of a mapping in the order of the format, sections apart."""
    lines: list[str] = []
    if not isinstance(data, dict) or not data:
        return f"{flow_text(data)}\n"
    for name in sorted(data, key=lambda name: _rank_on_top(name, data)):
        if name in _SECTIONS and lines:
            lines.append("")
        lines += _field(name, data[name], 0, spaced=name in ("groups", "gates", "bonus", "deductions"))
    return "\n".join(lines) + "\n"


def flow_text(data: Data) -> str:
    """Write data on a single line."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{_scalar(name)}: {flow_text(data[name])}" for name in _ordered(data)) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(flow_text, data)) + "]"
    if data is None:
        return "~"
    if isinstance(data, bool):
        return "yes" if data else "no"
    return _scalar(str(data))


def _rank_on_top(name: str, data: dict[str, Data]) -> tuple[bool, int, int]:
    """Plain fields first, then the sections in the order in which people read a checklist."""
    at = list(data).index(name)
    rank = _RANK_ON_TOP.get(name, -1) if name in _SECTIONS else -1
    return (name in _SECTIONS and name not in _RANK_ON_TOP, rank, _RANK.get(name, len(ORDER) + at))


def _ordered(data: dict[str, Data]) -> list[str]:
    """The fields in the order of the format; others as they came, behind."""
    return sorted(data, key=lambda name: _RANK.get(name, len(ORDER)))


def _field(name: str, value: Data, indent: int, *, spaced: bool = False) -> list[str]:
    """Write one field of a mapping that is indented so far."""
    room = WIDTH - indent
    head = f"{' ' * indent}{_scalar(name)}:"
    if isinstance(value, dict) and value and not _short(f"{head} {flow_text(value)}", value, room):
        return [head, *_mapping(value, indent + 2)]
    if isinstance(value, list) and value and not _short(f"{head} {flow_text(value)}", value, room):
        return [head, *_list(value, indent + 2, spaced=spaced or name in ("items", "groups"))]
    if isinstance(value, str):
        return list(_long_scalar(head, value, indent + 2))
    return [f"{head} {flow_text(value)}"]


def _mapping(data: dict[str, Data], indent: int) -> list[str]:
    return [line for name in _ordered(data) for line in _field(name, data[name], indent)]


def _list(data: list[Data], indent: int, *, spaced: bool) -> list[str]:
    """Write a list; entries that take several lines stand apart where there are many of them."""
    entries = [_entry(entry, indent) for entry in data]
    lines = list(entries[0])
    for before, entry in pairwise(entries):
        lines += ["", *entry] if spaced and max(len(before), len(entry)) > 2 else entry
    return lines


def _entry(value: Data, indent: int) -> list[str]:
    lead = " " * indent
    one_line = f"{lead}- {flow_text(value)}"
    if isinstance(value, dict) and value and not _short(one_line, value, WIDTH - indent):
        inside = _mapping(value, indent + 2)
        return [f"{lead}- {inside[0][indent + 2 :]}", *inside[1:]]
    if isinstance(value, list) and value and not _short(one_line, value, WIDTH - indent):
        inside = _list(value, indent + 2, spaced=False)
        return [f"{lead}- {inside[0][indent + 2 :]}", *inside[1:]]
    return [one_line]


def _short(line: str, value: Data, room: int) -> bool:
    """Whether something may stand on one line: it fits, and is no item or so deep that nobody can read it."""
    return (
        not (isinstance(value, dict) and "rule" in value)
        and len(line) + _wide(line) <= max(room, 40)
        and _depth(value) <= 3
    )


def _wide(line: str) -> int:
    """How much wider a line is than it is long: Chinese characters take two columns."""
    return sum(1 for character in line if character > "\u2e80")


def _depth(value: Data) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


def _long_scalar(head: str, text: str, indent: int) -> Iterator[str]:
    """Write text after its field, over several lines where it has some or where its words do not fit on one."""
    written = _scalar(text, _MISREAD)
    if "\n" in text and _fits_literal(text):
        yield f"{head} |-"
        yield from (f"{' ' * indent}{line}" if line else "" for line in text.split("\n"))
    elif len(head) + len(written) + _wide(written) > WIDTH and len(_BREAKABLE.findall(written)) > 5:
        plain = written == text
        lines = list(_wrapped(written, indent, 0 if plain else len(head) + 1 - indent))
        yield from [head, *lines] if plain else [f"{head} {lines[0].strip()}", *lines[1:]]
    else:
        yield f"{head} {written}"


def _fits_literal(text: str) -> bool:
    """Whether text can stand line by line as it is: nothing invisible, no blanks or empty lines at the edges."""
    lines = text.split("\n")
    tidy = all(line == line.strip() for line in lines) and bool(lines[0]) and bool(lines[-1])
    return tidy and not _SPECIAL.search(text)


def _wrapped(text: str, indent: int, used: int) -> Iterator[str]:
    """Break text where single blanks are; so much of the first line is used already."""
    line = " " * indent
    for word in _BREAKABLE.split(text):
        if len(line) > indent and used + len(line) + _wide(line) + 1 + len(word) + _wide(word) > WIDTH:
            yield line
            line, used = " " * indent, 0
        line += word if len(line) == indent else f" {word}"
    yield line


def _scalar(text: str, misread: re.Pattern[str] = _MISREAD_IN_FLOW) -> str:
    """Write text in one line, plain where nothing in it could be taken for something else."""
    is_plain = _PLAIN_START.match(text) and text == text.strip() and not misread.search(text)
    if is_plain and text not in _NOTHING and not _SPECIAL.search(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _SPECIAL.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)
