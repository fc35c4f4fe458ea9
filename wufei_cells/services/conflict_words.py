"""Say a value of any cell in words: its fields with labels, and a headline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.conflicts import Line
from wufei_cells.domain.lifecycle import Role, Stage
from wufei_cells.domain.text import Text
from wufei_cells.services import device_naming, reading
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import office_queries, queries
from wufei_cells.store.journal import Connection
from wufei_cells.wording import Wording

LONGEST = 200
"""Characters of one field that are shown."""
_MOST_PLACES = 12
"""Differing places of a long document that are listed."""
_DOCUMENTS = frozenset(
    {"draft", "edition", "edition_source", "profile", "template", "certificate", "office_key", "status_list", "drawing"}
)
"""Kinds whose values are long documents: only where they differ is shown."""
_ORDER = ("stage", "total", "level", "passed", "assessors", "title", "text", "caption", "name", "kind", "state")
_UNDER_THE_HOOD = frozenset(
    {
        "basis",
        "seal",
        "facts",
        "strokes",
        "column",
        "assessment",
        "site",
        "order",
        "started_at",
        "came_from",
        "entry",
        "part_of",
    }
    | {"decided_at", "reviewed_at", "reasons"}
)
"""Fields that say nothing to people; shown only where nothing else differs."""
_WORDED = {"severity": "finding", "outcome": "objection"}
"""Fields whose values have words of their own, and what these words are of."""


class ValueWords:
    """Says values in one language, within a transaction."""

    def __init__(self, workspace: Workspace, connection: Connection, wording: Wording) -> None:
        self._workspace, self._connection, self._wording = workspace, connection, wording
        self._special: Mapping[str, Callable[[str], str]] = {
            "stage": lambda value: self._wording.say(f"stage.{value}") if value in set(Stage) else value,
            "decided_by": self.person,
            "reviewed_by": self.person,
            "edition": self._edition,
            "device": lambda value: self._devices.get(value) or value[:8],
            "template": self._template,
            "category": self._category,
            "district": self._district,
            "batch": self._batch,
            "level": self._level,
        }

    @cached_property
    def _people(self) -> Mapping[str, str]:
        return queries.people(self._connection)

    @cached_property
    def _devices(self) -> Mapping[str, str]:
        return device_naming.names(self._connection)

    def person(self, key: str) -> str:
        """Name a person."""
        return self._people.get(key) or key

    # --- values

    def headline(self, kind: str, cell: str, value: JsonValue) -> str:
        """Say a value in a few words."""
        say = self._wording.say
        if kind == "role":
            return say("conflict.role_held" if value is True else "conflict.role_not_held", role=_role(cell))
        if value is None or (kind == "site" and cell == "name" and value == ""):
            key = f"conflict.gone.{kind}"
            return say(key if key in self._wording else "conflict.gone")
        return self._of_fields(kind, value) if isinstance(value, dict) else self.plain(kind, cell, value)

    def _of_fields(self, kind: str, value: dict[str, JsonValue]) -> str:
        if kind == "number_keeper":
            return self.plain(kind, "device", value.get("device"))
        if kind in _DOCUMENTS:
            return self._title(value)
        if kind in ("target", "indicator_value"):
            name = "count" if kind == "target" else "value"
            return self._wording.say("conflict.listed", items=(self._number(value.get(name)),))
        if kind == "precheck":
            found = [one.get("holds") for one in _fields(kind, value).values() if isinstance(one, dict)]
            return self._wording.say(
                "conflict.precheck_sum", holds=found.count(True), fails=len(found) - found.count(True)
            )
        said = (name for name in (*_ORDER, *value) if name not in _UNDER_THE_HOOD and value.get(name))
        name = next(said, None)
        return self._wording.say("conflict.nothing_said") if name is None else self.plain(kind, name, value[name])

    def lines(self, kind: str, values: Sequence[JsonValue], before: JsonValue = None) -> list[tuple[Line, ...]]:
        """Give the fields of values beside each other, in one order, with those marked that differ.

        A value that says nothing has no fields. Where it leaves only one that has any, what differs from what stood
        before is marked in that one.
        """
        every = [_fields(kind, value) for value in values]
        fields = [one for one in every if one]
        if len({canonical_json(one) for one in fields}) == 1 and _fields(kind, before):
            fields.append(_fields(kind, before))
        names = sorted({name for one in fields for name in one}, key=_rank)
        differing = {name for name in names if len({canonical_json(one.get(name)) for one in fields}) > 1}
        plain = [name for name in names if name not in _UNDER_THE_HOOD]
        shown = plain if differing & {*plain} else [*plain, *sorted(differing)]
        if kind in _DOCUMENTS:
            shown = [name for name in shown if name in differing][:_MOST_PLACES]
        return [
            tuple(self._line(kind, name, one.get(name), differs=name in differing) for name in shown if one)
            for one in every
        ]

    def plain(self, kind: str, name: str, value: JsonValue) -> str:
        """Say what one field says."""
        say = self._wording.say
        match value:
            case _ if value in (None, "", [], {}):
                said = say("conflict.nothing_said")
            case bool():
                said = say("conflict.yes" if value else "conflict.no")
            case str():
                said = self._string(kind, name, value)
            case list() if all(isinstance(one, str | int | float) for one in value):
                said = say("conflict.listed", items=tuple(str(one) for one in value))
            case dict() if set(value) <= {"zh", "en"}:
                said = str(value.get(self._wording.language) or value.get("zh", ""))
            case dict() if name == "returned":
                said = say("conflict.listed", items=tuple(f"{key} {one}" for key, one in value.items()))
            case dict() if kind == "precheck":
                said = self._precheck(value)
            case _:
                said = canonical_json(value)
        return _cut(said)

    # --- parts

    def label(self, kind: str, name: str, value: JsonValue = None) -> str:
        """Name a field: a question by its words, a place within a document by what it lies in."""
        if kind == "precheck" and name not in ("findings", ""):
            asked = {one.key: one.text for one in reading.profile(self._connection).precheck}
            said = value.get("text") if isinstance(value, dict) else None
            return self._wording.say("conflict.listed", items=(asked.get(name) or said or name,))
        outer, _, inner = name.rpartition(".")
        if not outer:
            return self._field(kind, name)
        return self._wording.say("conflict.field_within", outer=self.label(kind, outer), inner=self._field(kind, inner))

    def _field(self, kind: str, name: str) -> str:
        """Name a field without what it lies in; keys of items and the like are what people call these."""
        for key in (
            f"conflict.field.{kind}.{name}",
            f"conflict.field.{name}",
            f"studio.field.{name}",
            f"ui.stage.{name}",
        ):
            if key in self._wording:
                return self._wording.say(key)
        return name

    def _line(self, kind: str, name: str, value: JsonValue, *, differs: bool) -> Line:
        return Line(name, self.label(kind, name, value), self.plain(kind, name, value), differs)

    def _string(self, kind: str, name: str, value: str) -> str:
        say, wording = self._wording.say, self._wording
        if kind == "site_fact" and value in ("yes", "no"):
            return say(f"conflict.{value}")
        if kind == "certificate_event" and name == "kind":
            return say(f"event.{value}")
        if name in self._special:
            return self._special[name](value)
        for key in (f"{_WORDED.get(name, '')}.{name}.{value}", f"conflict.value.{kind}.{name}.{value}"):
            if key in wording:
                return say(key)
        if kind == "finding_check" and name == "state":
            return say(f"finding.state.{value}")
        return value

    def _number(self, value: JsonValue) -> str:
        return self._wording.say("conflict.nothing_said") if value is None else str(value)

    def _precheck(self, value: dict[str, JsonValue]) -> str:
        if "holds" not in value:
            return _cut(canonical_json(value))
        if value["holds"] is True:
            return self._wording.say("conflict.precheck_holds")
        return self._wording.say("conflict.precheck_fails", reason=str(value.get("reason") or ""))

    def _edition(self, key: str) -> str:
        found = next((row for row in queries.editions(self._connection, of_all_cities=True) if row.id == key), None)
        return f"{found.key} {found.edition}" if found else key[:12]

    def _category(self, key: str) -> str:
        found = {one.key: one.text for one in reading.categories(self._workspace, self._connection)}
        return self._text(found.get(key), key)

    def _district(self, key: str) -> str:
        found = reading.profile(self._connection).district(key)
        return self._text(found.text if found else None, key)

    def _level(self, key: str) -> str:
        """Name a level of follow-up; levels of results are called as they are."""
        found = reading.profile(self._connection).level(key)
        return self._text(found.text if found else None, key)

    def _text(self, text: Text | None, key: str) -> str:
        return text.in_language("en" if self._wording.language == "en" else "zh") if text else key

    def _template(self, key: str) -> str:
        from wufei_cells.store import template_queries  # noqa: PLC0415 - few conflicts are about templates

        names = {row.id: row.name for row in template_queries.templates(self._connection)}
        return names.get(key) or key[:12]

    def _batch(self, key: str) -> str:
        found = next((row for row in office_queries.batches(self._connection) if row.id == key), None)
        return found.batch.title if found else key[:8]

    def _title(self, value: dict[str, JsonValue]) -> str:
        for name in ("number", "title", "city", "edition", "key", "drawn_on"):
            if value.get(name):
                return self.plain("", name, value[name])
        return self._wording.say("conflict.document")


def _role(cell: str) -> Role | str:
    key = cell.removeprefix("role.")
    return Role(key) if key in set(Role) else key


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _rank(name: str) -> tuple[int, str]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def _fields(kind: str, value: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        return {}
    if kind in _DOCUMENTS:
        return dict(_leaves("", value))
    if kind == "precheck" and isinstance(found := value.get("findings"), dict):
        return found
    if kind == "follow_up" and isinstance(found := value.get("subject"), dict):
        return {**found, **{name: one for name, one in value.items() if name != "subject"}}
    return value


def _leaves(path: str, value: JsonValue) -> Iterator[tuple[str, JsonValue]]:
    """Give the ends of a document by their paths; texts in two languages count as one end."""
    inner: Sequence[tuple[str, JsonValue]] = ()
    if isinstance(value, dict) and not set(value) <= {"zh", "en"}:
        inner = [(key, one) for key, one in value.items()]
    elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        inner = [(_keyed(one, place), one) for place, one in enumerate(value, 1)]
    if not inner:
        yield path, value
    for key, one in inner:
        yield from _leaves(f"{path}.{key}" if path else key, one)


def _keyed(value: JsonValue, place: int) -> str:
    key = value.get("key") if isinstance(value, dict) else None
    return key if isinstance(key, str) else str(place)
