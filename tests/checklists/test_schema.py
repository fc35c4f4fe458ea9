"""The published JSON Schemas say exactly what the readers say about the form of a file.

What only makes sense or not (totals, unknown keys, ladders out of order) is the program's to check; so is the grammar
of formulas and of certificate templates, which a pattern cannot hold.
"""

from __future__ import annotations

import base64
import copy
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from wufei_cells.checklists import overlay_reading, profile_reading, reading, template_reading
from wufei_cells.checklists.fields import Fields
from wufei_cells.errors import ProblemsFound

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
SAMPLES = ROOT / "tests" / "samples"

Steps = tuple[str | int, ...]
REMOVED = object()

GRAMMAR = {
    *("formula.syntax", "formula.unfinished", "formula.unknown_function", "formula.number", "formula.one_number"),
    *("formula.too_deep", "formula.too_many"),
}
SENSE = {
    "profile": {
        *("rule.duplicate_key", "profile.phases", "profile.template", "profile.unknown_slot", "profile.missing_slot"),
        *("profile.unknown_category", "profile.target_category", "profile.target_district", "profile.target_of_all"),
        *("profile.target_twice", "profile.years"),
    },
    "certificate-template": {
        *("template.image_source", "template.image_name", "template.image_missing", "template.image_unreadable"),
    },
}
"""What readers note besides form."""


PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
)

KEYED = ("colors", "shares", "city_numbers", "weights", "raised_shares", "raised_grades")
"""Mappings with keys of the file's own."""


@dataclass(frozen=True)
class Format:
    """One kind of file: its schema, a file with every field of it, and files that are sound."""

    name: str
    sample: Path
    sound: tuple[Path, ...]
    read: Callable[[bytes, str], object]

    @property
    def schema(self) -> dict[str, Any]:
        return read_schema(self.name)

    def is_own(self, kind: str) -> bool:
        """Whether a kind of value is to be tried here; what is common to all is tried with checklists."""
        return self is FORMATS[0] or kind not in FORMATS[0].schema["$defs"]

    def problems(self, document: Any) -> set[str]:
        """The codes of what the reader finds wrong with the form of a document."""
        try:
            self.read(json.dumps(document, ensure_ascii=False).encode(), "x")
        except ProblemsFound as found:
            return {problem.code for problem in found.problems} - SENSE.get(self.name, set())
        return set()


@cache
def read_schema(name: str) -> dict[str, Any]:
    return json.loads((ROOT / "resources" / "schema" / f"{name}.json").read_text("utf-8"))


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(read_schema(name), format_checker=jsonschema.FormatChecker())


def form_of_checklist(content: bytes, name: str) -> object:
    with patch.object(reading, "check", lambda *_: []):
        return reading.read_checklist(content, name)


def form_of_template(content: bytes, name: str) -> object:
    with patch.object(template_reading, "check_template", lambda *_: None):
        return template_reading.read_template(content, name, lambda _name: PICTURE)


def files_of(format_name: str) -> tuple[Path, ...]:
    found = [
        *(ROOT / "criteria").rglob("*.yaml"),
        *(ROOT / "resources" / "templates").glob("*.yaml"),
        *SAMPLES.glob("*.yaml"),
        *HERE.glob("every_*.yaml"),
    ]
    return tuple(sorted(path for path in found if f"format: {format_name}/1" in path.read_text("utf-8")))


FORMATS = [
    Format("checklist", HERE / "every_field.yaml", files_of("wufei-checklist"), form_of_checklist),
    Format("overlay", HERE / "every_overlay_field.yaml", files_of("wufei-overlay"), overlay_reading.read_overlay),
    Format("profile", HERE / "every_profile_field.yaml", files_of("wufei-profile"), profile_reading.read_profile),
    Format("certificate-template", HERE / "every_template_field.yaml", files_of("wufei-certificate"), form_of_template),
]
each_format = pytest.mark.parametrize("of", FORMATS, ids=lambda of: of.name)


@cache
def load(path: Path) -> Any:
    """Every scalar as text, as the program itself reads a file. Nobody changes what this gives."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(path.read_bytes(), loader)  # noqa: S506 - makes nothing but text, lists and mappings


def typed(data: Any) -> Any:
    """The same with numbers and flags as JSON has them."""
    if isinstance(data, dict):
        return {name: typed(value) for name, value in data.items()}
    if isinstance(data, list):
        return [typed(value) for value in data]
    if re.fullmatch(r"-?(0|[1-9]\d{0,11})(\.\d{1,6})?", data):
        return json.loads(data)
    return {"yes": True, "no": False}.get(data, data)


# --- sound files


@each_format
def test_a_schema_is_one_itself_and_uses_everything_it_defines(of):
    jsonschema.Draft202012Validator.check_schema(of.schema)
    text = json.dumps(of.schema)
    assert [name for name in of.schema["$defs"] if f'"#/$defs/{name}"' not in text] == []


def test_what_schemas_have_in_common_is_the_same_in_each():
    first, *others = [of.schema["$defs"] for of in FORMATS]
    for other in others:
        assert {name: other[name] for name in other if name in first} == {
            name: first[name] for name in other if name in first
        }


@each_format
def test_every_file_of_the_program_fits_its_schema(of):
    assert of.sample in of.sound
    for path in of.sound:
        for data in (load(path), typed(load(path))):
            assert [error.message for error in validator(of.name).iter_errors(data)] == [], path


# --- the same names


def kind_at(schema: dict[str, Any], path: Steps) -> str:
    """The name of the definition that a schema has for a place in a document, or else of the way there."""
    name, node = "", schema
    for step in path:
        if isinstance(step, int):
            node = node["items"]
        else:
            node = node["properties"][step] if step in node.get("properties", {}) else node["additionalProperties"]
        name = f"{name}.{step}"
        if "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            node = schema["$defs"][name]
    return name


@each_format
def test_each_kind_of_mapping_has_the_fields_that_the_reader_asks_for(of, monkeypatch):
    asked: dict[str, set[str]] = defaultdict(set)
    finish = Fields.finish

    def finish_and_tell(fields: Fields) -> None:
        asked[kind_at(of.schema, fields.path)] |= fields._asked
        finish(fields)

    monkeypatch.setattr(Fields, "finish", finish_and_tell)
    of.read(of.sample.read_bytes(), "sample")
    kinds = {"": of.schema, **of.schema["$defs"]}
    closed = {name: kind["properties"] for name, kind in kinds.items() if kind.get("additionalProperties") is False}
    assert {kind: names for kind, names in asked.items() if of.is_own(kind)} == {
        kind: set(fields) for kind, fields in closed.items() if of.is_own(kind)
    }


# --- the same verdict


def places(data: Any, path: Steps = ()) -> Iterator[Steps]:
    yield path
    steps = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for step in steps:
        yield from places(data[step], (*path, step))


def at(data: Any, path: Steps) -> Any:
    for step in path:
        data = data[step]
    return data


def narrowed(data: Any, path: Steps) -> tuple[Any, Steps]:
    """A smaller sound document around one place, and that place in it: of each list of mappings one is enough."""
    if isinstance(data, list) and data and isinstance(data[0], dict):
        index, *rest = path or (0,)
        inside, spot = narrowed(data[index], tuple(rest))
        return [inside], (0, *spot) if path else ()
    if isinstance(data, dict):
        parts = {name: narrowed(value, path[1:] if path[:1] == (name,) else ()) for name, value in data.items()}
        return {name: part for name, (part, _spot) in parts.items()}, path[:1] + (parts[path[0]][1] if path else ())
    return data, path


def with_value(data: Any, path: Steps, value: Any) -> Any:
    """A copy of a document with something else in one place, new fields included."""
    changed = copy.deepcopy(data)
    holder = at(changed, path[:-1])
    if value is REMOVED:
        del holder[path[-1]]
    elif isinstance(holder, list) and path[-1] == len(holder):
        holder.append(copy.deepcopy(value))
    else:
        holder[path[-1]] = copy.deepcopy(value)
    return changed


def disagreement(of: Format, document: Any) -> str:
    """What reader and schema say where only one of them refuses."""
    found = of.problems(document)
    if found and found <= GRAMMAR:
        return ""
    if validator(of.name).is_valid(document) == (not found):
        return ""
    errors = [f"{error.json_path}: {error.message[:100]}" for error in validator(of.name).iter_errors(document)]
    return f"reader {sorted(found)}, schema {errors[:3]}"


@each_format
def test_every_field_is_missed_or_refused_by_both_or_by_neither(of):
    sample = load(of.sample)
    named = [path for path in places(sample) if path and isinstance(path[-1], str)]
    one_of_each = {(kind_at(of.schema, path[:-1]), path[-1]): path for path in named}
    assert len(one_of_each) > 25
    for path in (path for (kind, _name), path in one_of_each.items() if of.is_own(kind)):
        small, spot = narrowed(sample, path)
        assert of.problems(small) == set()
        for value in (REMOVED, None, [] if isinstance(at(small, spot), list) else "a b"):
            assert disagreement(of, with_value(small, spot, value)) == "", (path, value)


VALUES = [
    *(
        None,
        True,
        False,
        5,
        0,
        -1,
        7.5,
        10**12,
        -(10**12),
        "",
        " ",
        "x",
        "a b",
        "a\tb",
        "a\nb",
        " a ",
        "9x",
        "甲",
        "a" * 41,
        "字" * 4001,
    ),
    *("5", "0", "-1.5", "2.0", " 3 ", "1.1234567", "123456789012", "1234567890123", "1e3", "$p", "$", "a > b", "a + b"),
    *("yes", "YES", "是", "maybe", "2026-02-28", "2026-02-30", "2026-2-3", "site", "rescale", "half_up"),
    *([], [5], ["x"], ["site"], [None], [[0, 1], [2, 3]], [[0, 1], [2]], [{"key": "k", "text": "t"}]),
    *({}, {"zh": "文"}, {"zh": "文", "en": None}, {"en": "x"}, {"points": 1}, {"fact": "f"}, {"key": "k", "text": "t"}),
]


@each_format
def test_a_field_nobody_knows_is_refused_everywhere(of):
    sample = load(of.sample)
    one_of_each = {kind_at(of.schema, path): path for path in places(sample) if isinstance(at(sample, path), dict)}
    for kind, path in one_of_each.items():
        small, spot = narrowed(sample, path)
        changed = with_value(small, (*spot, "unheard_of"), {"value": "5"})
        assert disagreement(of, changed) == "", kind
        assert kind in KEYED or of.problems(changed) == {"field.unknown"}, kind


@pytest.mark.parametrize("kind", ["rule", "part", "band", "steps", "condition", "outcome"])
def test_both_know_which_fields_go_together(kind):
    of = FORMATS[0]
    sample = load(of.sample)
    found = [path for path in places(sample) if isinstance(at(sample, path), dict) and kind_at(of.schema, path) == kind]
    shapes = {tuple(at(sample, path)): path for path in found}
    values = {name: value for path in found for name, value in at(sample, path).items()}
    assert set(values) == set(of.schema["$defs"][kind]["properties"])
    for path in shapes.values():
        small, spot = narrowed(sample, path)
        for name in set(values) - set(at(small, spot)):
            assert disagreement(of, with_value(small, (*spot, name), values[name])) == "", (path, name)


@each_format
def test_both_take_the_same_values_for_each_kind_of_value(of):
    sample = load(of.sample)
    one_of_each = {kind_at(of.schema, path): path for path in places(sample) if path and isinstance(path[-1], str)}
    simple = {kind: path for kind, path in one_of_each.items() if "pattern" in of.schema["$defs"].get(kind, {})}
    assert {"string", "text", "key", "number", "flag", "day"} & set(of.schema["$defs"]) <= set(simple)
    for path in (path for kind, path in simple.items() if of.is_own(kind)):
        small, spot = narrowed(sample, path)
        for value in VALUES:
            assert disagreement(of, with_value(small, spot, value)) == "", (path, value)


@st.composite
def changed_documents(draw: st.DrawFn, of: Format) -> Any:
    """A part of the sample with one or two things in it set, added, removed, or put where something else belongs."""
    sample = load(of.sample)
    document, _spot = narrowed(sample, draw(st.sampled_from(list(places(sample)))))
    names = sorted({step for path in places(sample) for step in path if isinstance(step, str)} | {"unheard_of"})
    for _ in range(draw(st.integers(1, 2))):
        spots = list(places(document))
        path = draw(st.sampled_from(spots))
        here = at(document, path)
        if isinstance(here, dict) and draw(st.booleans()):
            path = (*path, draw(st.sampled_from(names)))
        elif isinstance(here, list) and draw(st.booleans()):
            path = (*path, len(here))
        if not path:
            continue
        elsewhere = st.sampled_from(spots).map(lambda spot, document=document: at(document, spot))
        value = draw(st.sampled_from(VALUES) | elsewhere | (st.just(REMOVED) if path in spots else st.nothing()))
        document = with_value(document, path, value)
    return document


@each_format
@settings(max_examples=150)
@given(data=st.data())
def test_schema_and_reader_refuse_the_same_documents(of, data):
    document = data.draw(changed_documents(of))
    assert disagreement(of, document) == ""
