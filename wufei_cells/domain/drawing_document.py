"""Drawings as plain data: how the journal keeps them, and how they travel as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, cast

from wufei_cells.domain.drawings import (
    FORMAT,
    Candidate,
    Choice,
    Conflict,
    ConflictKind,
    ConflictOn,
    Declared,
    Drawing,
    DrawingPlan,
    Drawn,
    Exclusion,
    ExclusionKind,
    Pool,
    Risk,
    WeightReason,
)
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import UserError

if TYPE_CHECKING:
    from wufei_cells.domain.answers import JsonValue

T = TypeVar("T")


def drawing_document(drawing: Drawing) -> dict[str, JsonValue]:
    """Write a drawing as plain data."""
    found = cast("dict[str, JsonValue]", _plain(asdict(drawing)))
    plan = cast("dict[str, JsonValue]", found["plan"])
    return {"format": FORMAT, "drawn_on": plan["on"], **found}


def drawing_in(document: object) -> Drawing:
    """Read a drawing from plain data; what newer programs add stays unread.

    Raises:
        UserError: ``drawing.unreadable``.
    """
    try:
        data = cast("dict[str, Any]", document)
        if data["format"] != FORMAT:
            raise UserError("drawing.unreadable")
        return _drawing(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UserError("drawing.unreadable") from None


def _plain(value: Any) -> JsonValue:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in cast("list[Any]", value)]
    return value


def _drawing(data: Mapping[str, Any]) -> Drawing:
    return Drawing(
        plan=_plan(data["plan"]),
        seed=_text(data["seed"]),
        seed_source=_text(data["seed_source"]),
        list_hash=_text(data["list_hash"]),
        drawn=_each(data["drawn"], lambda one: _made(Drawn, one, inspectors=_texts(one["inspectors"]))),
    )


def _plan(data: Mapping[str, Any]) -> DrawingPlan:
    return DrawingPlan(
        choice=_choice(data["choice"]),
        on=date.fromisoformat(data["on"]),
        candidates=_each(data["candidates"], _candidate),
        exclusions=_each(data["exclusions"], lambda one: _made(Exclusion, one, kind=ExclusionKind(one["kind"]))),
        conflicts=_each(data["conflicts"], lambda one: _made(Conflict, one, kind=ConflictKind(one["kind"]))),
        count=_whole(data["count"]),
        texts={str(key): dict(texts) for key, texts in data["texts"].items()},
        example=bool(data["example"]),
    )


def _choice(data: Mapping[str, Any]) -> Choice:
    return _made(
        Choice,
        data,
        inspectors=_texts(data["inspectors"]),
        pool=Pool(data["pool"]),
        stage=Stage(data["stage"]) if data["stage"] else None,
        per_site=_whole(data["per_site"]),
        declared=_each(data["declared"], lambda one: _made(Declared, one, on=ConflictOn(one["on"]))),
    )


def _candidate(data: Mapping[str, Any]) -> Candidate:
    reasons = _each(data["reasons"], lambda one: _made(WeightReason, one, risk=Risk(one["risk"])))
    weight = _whole(data["weight"])
    if weight < 1:
        raise ValueError(weight)
    return _made(Candidate, data, reasons=reasons, weight=weight, id=_text(data["id"]), name=_text(data["name"]))


def _made(made: Callable[..., T], data: Mapping[str, Any], /, **read: object) -> T:
    """Build a value from the fields it has; those that were read are taken as they are."""
    known = {one.name for one in fields(cast("Any", made))}
    return made(**{**{name: value for name, value in data.items() if name in known}, **read})


def _each(data: list[Any], read: Callable[[Any], T]) -> tuple[T, ...]:
    return tuple(read(one) for one in data)


def _texts(data: list[Any]) -> tuple[str, ...]:
    return tuple(_text(one) for one in data)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value
