"""What each person did last on this machine, in order, so that it can be taken back or done again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, exists, func, insert, select, update

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import tables

_step = tables.undo_step
_LEFT = 2
"""In place of done (0) and undone (1): somebody has changed since what the step left."""
_place = tables.undo_place


@dataclass(frozen=True, slots=True)
class Change:
    """What one act changed in one cell."""

    kind: str
    entity: str
    cell: str
    before: JsonValue
    after: JsonValue
    beside: tuple[JsonValue, ...] = ()
    """What else stood there before, where different values stood side by side and the act settled them."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was done in one go."""

    id: int
    visit: str
    changes: tuple[Change, ...]
    places: tuple[str, ...]


_TOUCHES = exists().where(_place.c.step == _step.c.id, _place.c.entity.in_(bindparam("places", expanding=True)))
_OF_PERSON = select(_step).where(_step.c.person == bindparam("of_person"), _TOUCHES)
_LAST_DONE = _OF_PERSON.where(_step.c.undone == 0).order_by(_step.c.id.desc()).limit(1)
_FIRST_UNDONE = _OF_PERSON.where(_step.c.undone == 1).order_by(_step.c.id).limit(1)
_UNDONE = select(_step.c.id).where(_step.c.person == bindparam("of_person"), _TOUCHES, _step.c.undone == 1)
_COUNT = (
    select(_step.c.undone, func.count())
    .where(_step.c.person == bindparam("of_person"), _TOUCHES)
    .group_by(_step.c.undone)
)
_PLACES = select(_place.c.entity).where(_place.c.step == bindparam("of_step")).order_by(_place.c.entity)
_FORGET_STEPS = delete(_step).where(_step.c.id.in_(bindparam("steps", expanding=True)))
_FORGET_PLACES = delete(_place).where(_place.c.step.in_(bindparam("steps", expanding=True)))
_REWRITE = update(_step).where(_step.c.id == bindparam("of_step"))


def remember(connection: Connection, person: str, visit: str, changes: Sequence[Change], places: Sequence[str]) -> None:
    """Note a step that was done."""
    row = {"person": person, "visit": visit, "undone": 0, "changes": _written(changes)}
    made = connection.execute(insert(_step), row).inserted_primary_key
    assert made is not None
    rows = [{"step": made[0], "entity": entity} for entity in dict.fromkeys(places)]
    connection.execute(insert(_place), rows)


def rewrite(connection: Connection, step: Step, changes: Sequence[Change], *, undone: bool) -> None:
    """Note that a step now stands otherwise."""
    values = {"changes": _written(changes), "undone": int(undone)}
    connection.execute(_REWRITE.values(**values), {"of_step": step.id})


def leave(connection: Connection, step: Step) -> None:
    """Leave a step alone for good: it can be turned no more."""
    connection.execute(_REWRITE.values(undone=_LEFT), {"of_step": step.id})


def forget_undone(connection: Connection, person: str, places: Sequence[str]) -> None:
    """Forget what was taken back in these places: something else is done there now."""
    steps = list(connection.execute(_UNDONE, {"of_person": person, "places": list(places)}).scalars())
    if steps:
        connection.execute(_FORGET_STEPS, {"steps": steps})
        connection.execute(_FORGET_PLACES, {"steps": steps})


def last_done(connection: Connection, person: str, places: Sequence[str]) -> Step | None:
    """Give the last step that stands and touches one of these places."""
    return _one(connection, _LAST_DONE, person, places)


def first_undone(connection: Connection, person: str, places: Sequence[str]) -> Step | None:
    """Give the step that was taken back last."""
    return _one(connection, _FIRST_UNDONE, person, places)


def count(connection: Connection, person: str, places: Sequence[str]) -> tuple[int, int]:
    """Count the steps that stand and those that were taken back."""
    rows = connection.execute(_COUNT, {"of_person": person, "places": list(places)})
    found = {int(undone): int(number) for undone, number in rows}
    return found.get(0, 0), found.get(1, 0)


def _one(connection: Connection, query: Select[Any], person: str, places: Sequence[str]) -> Step | None:
    row = connection.execute(query, {"of_person": person, "places": list(places)}).first()
    if row is None:
        return None
    touched = tuple(connection.execute(_PLACES, {"of_step": row.id}).scalars())
    return Step(row.id, row.visit, tuple(_read(change) for change in json.loads(row.changes)), touched)


def _written(changes: Sequence[Change]) -> str:
    rows: list[JsonValue] = [
        {
            "kind": change.kind,
            "entity": change.entity,
            "cell": change.cell,
            "before": change.before,
            "after": change.after,
            **({"beside": [*change.beside]} if change.beside else {}),
        }
        for change in changes
    ]
    return canonical_json(rows)


def _read(change: dict[str, JsonValue]) -> Change:
    place = (str(change["kind"]), str(change["entity"]), str(change["cell"]))
    beside = change.get("beside", [])
    assert isinstance(beside, list)
    return Change(*place, change["before"], change["after"], tuple(beside))
