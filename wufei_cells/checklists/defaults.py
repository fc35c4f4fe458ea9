"""Bring plain checklist data into the shape in which people write it: no defaults, nothing empty, numbers short.

The canonical document spells every default out so that equal editions have equal hashes. A file or a workbook that a
person edits is better without them. Reading both gives the same edition. Drafts are welcome: what does not look as the
format wants it is passed on as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal

from wufei_cells.checklists.yaml_source import Data
from wufei_cells.domain.amounts import plain

Fields = dict[str, Data]

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_FLAGS = {"yes": "yes", "true": "yes", "是": "yes", "no": "no", "false": "no", "否": "no"}
_FLAG_FIELDS = {"official", "counts_for_pass", "star", "locked", "relative", "may_exceed"}
_NUMBER_FIELDS = {
    *("full", "cap", "weight", "value", "points", "lowest", "each", "over", "short_of", "start", "floor", "line"),
    *("at_least", "above", "at_most", "below", "smallest_whole", "out_of", "places", "total_at_least"),
    *("groups_at_least", "group_exceptions", "items_at_least", "not_applicable_share", "not_applicable_at_most"),
}
_TEXT_FIELDS = {
    *("title", "text", "notice", "scoring", "evidence", "guidance", "unit", "part", "whole", "before", "after"),
}
_ITEM = {"star": "no", "not_applicable": "reason", "evidence_required": "never", "locked": "no"}
_DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "": {"official": "no"},
    "category": {"subject": "site"},
    "scoring": {"not_applicable_share": "100", "group_not_applicable": "met", "star_not_applicable": "met"},
    "rounding": {"mode": "half_up"},
    "bonus": {"counts_for_pass": "no", "locked": "no"},
    "deductions": {"locked": "no"},
    "groups": {"locked": "no"},
    "items": _ITEM,
    "gates": {"evidence_required": "never"},
    "from": {"relation": "same"},
    "change": {"relative": "yes"},
    "share": {"may_exceed": "no"},
    "steps": {"each": "1", "over": "0", "part_step": "ignore"},
}
"""What a field is when it is left out, by the field that its mapping stands in."""
_NUMBERED = {"groups", "items", "gates", "bonus", "deductions"}
"""Entries whose printed number is their key where they give none."""


def without_defaults(data: Data) -> Data:
    """Give a checklist as people write it; reading it gives the same edition."""
    return _mapping(data, "") if isinstance(data, dict) else _tidy(data)


def rule_without_defaults(data: Data) -> Data:
    """Give a rule as people write it."""
    return _value("rule", data)


def condition_without_defaults(data: Data) -> Data:
    """Give a condition as people write it."""
    return _value("applies", data)


def is_empty(data: Data) -> bool:
    """Whether data says nothing, so that its field can be left out."""
    return data is None or data in ("", [], {}) or (isinstance(data, str) and not data.strip())


def _mapping(data: Fields, name: str) -> Fields:
    """Go through a mapping that stands in the field ``name``, or in a list there."""
    tidied = {field: _value(field, value) for field, value in data.items()}
    defaults = _DEFAULTS.get(name, {})
    kept = {
        field: value for field, value in tidied.items() if not is_empty(value) and value != defaults.get(field, _NEVER)
    }
    if name in _NUMBERED and "key" in kept and kept.get("number") == kept["key"]:
        del kept["number"]
    if "sum" in kept and kept.get("start") == "0":
        del kept["start"]
    return kept


_NEVER = object()


def _value(field: str, value: Data) -> Data:
    """Tidy what stands in a field, by what the field means."""
    if field in _TEXT_FIELDS and not _is_section(field, value):
        tidy: Callable[[Data], Data] = _text
    elif field in _SPECIAL:
        tidy = _SPECIAL[field]
    elif field in _NUMBER_FIELDS:
        tidy = _numbers
    elif field in _FLAG_FIELDS:
        tidy = _flag
    else:
        return _nested(field, value)
    return tidy(value)


def _nested(field: str, value: Data) -> Data:
    if isinstance(value, dict):
        return _mapping(value, field)
    if isinstance(value, list):
        return [_mapping(entry, field) if isinstance(entry, dict) else _tidy(entry) for entry in value]
    return _tidy(value)


def _is_section(field: str, value: Data) -> bool:
    """Whether ``scoring`` is that of the whole checklist, not an item's rule in words."""
    return field == "scoring" and isinstance(value, dict) and not set(value) <= {"zh", "en"}


def _tidy(value: Data) -> Data:
    if isinstance(value, dict):
        return {field: tidied for field, entry in value.items() if not is_empty(tidied := _tidy(entry))}
    if isinstance(value, list):
        return [_tidy(entry) for entry in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else unicodedata.normalize("NFC", str(value).strip())


def _flag(value: Data) -> Data:
    tidied = _tidy(value)
    return _FLAGS.get(tidied.lower(), tidied) if isinstance(tidied, str) else tidied


def _text(value: Data) -> Data:
    """Text in one language needs no mapping."""
    tidied = _tidy(value)
    return tidied["zh"] if isinstance(tidied, dict) and set(tidied) == {"zh"} else tidied


def _numbers(value: Data) -> Data:
    if isinstance(value, dict):
        return {field: _numbers(entry) for field, entry in value.items() if not is_empty(entry)}
    if isinstance(value, list):
        return [_numbers(entry) for entry in value]
    written = _tidy(value)
    return plain(Decimal(written)) if isinstance(written, str) and _NUMBER.fullmatch(written) else written


def _yes_no(value: Data) -> Data:
    """``{yes: {points: 5}, no: {points: 0}}`` is ``5``."""
    if not isinstance(value, dict):
        return _numbers(value)
    outcomes = {field: tidied for field, entry in value.items() if not is_empty(tidied := _outcome(entry))}
    if outcomes.get("no") == "0":
        del outcomes["no"]
    yes = outcomes.get("yes")
    return yes if set(outcomes) == {"yes"} and isinstance(yes, str) else outcomes


def _outcome(value: Data) -> Data:
    if not isinstance(value, dict):
        return _numbers(value)
    tidied = _mapping(value, "yes_no")
    return tidied["points"] if set(tidied) == {"points"} else tidied


def _fact_values(value: Data) -> Data:
    """``is: [market]`` is ``is: market``."""
    tidied = _tidy(value)
    return tidied[0] if isinstance(tidied, list) and len(tidied) == 1 and isinstance(tidied[0], str) else tidied


def _condition(value: Data) -> Data:
    if not isinstance(value, dict):
        return _tidy(value)
    condition: Fields = {}
    for field, entry in value.items():
        if field in ("all", "any") and isinstance(entry, list):
            condition[field] = [_condition(part) for part in entry]
        elif field == "not":
            condition[field] = _condition(entry)
        else:
            condition[field] = _value(field, entry)
    kept = {field: entry for field, entry in condition.items() if not is_empty(entry)}
    if kept.get("is") == "yes" and "fact" in kept:
        del kept["is"]
    return kept


_SPECIAL: Mapping[str, Callable[[Data], Data]] = {"yes_no": _yes_no, "is": _fact_values, "applies": _condition}
