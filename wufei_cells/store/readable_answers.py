"""The rows of many answers at once: what ``readable_acts`` finds act by act, for the kind that nearly all acts are of.

Either every one of them can be read, or nothing is said: which of them cannot, and why, the general way finds out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import ActRun
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import tables
from wufei_cells.store.projecting import Fields
from wufei_cells.store.projectors import answer_said
from wufei_cells.store.readable_acts import NOT_AS_WE_WRITE, belongs, kinds_of_columns

KIND = "answer"
COLUMNS = tuple(column.name for column in tables.answer.columns)
Line = tuple[JsonValue, ...]


def answer_lines(run: ActRun, places: Sequence[int]) -> Mapping[int, Line]:
    """Give the lines of the table of answers that acts fill, by their places in a run; all of them, or none.

    Args:
        run: the acts.
        places: which of them are answers.
    """
    if not all(belongs(KIND, "", cell) for cell in {run.cells[place] for place in places}):
        return {}
    values = [run.values[place] for place in places]
    try:
        lines = _lines(run, places, cast("Sequence[Fields]", values))  # others cannot be asked for a field
    except NOT_AS_WE_WRITE:
        return {}
    kinds = kinds_of_columns(tables.answer)
    fits = all({*map(type, said)} <= kinds[name] for name, said in zip(COLUMNS, zip(*lines, strict=True), strict=False))
    return dict(zip(places, lines, strict=True)) if fits else {}


def _lines(run: ActRun, places: Sequence[int], values: Sequence[Fields]) -> list[Line]:
    entities, cells, authors, times, lamports = run.entities, run.cells, run.authors, run.times, run.lamports
    written = _writing([fields["value"] for fields in values])
    return [
        (
            entities[place],
            cells[place].removeprefix("answer."),
            *answer_said(fields, authors[place], times[place], lamports[place], written),
        )
        for place, fields in zip(places, values, strict=True)
    ]


def _writing(values: Sequence[JsonValue]) -> Callable[[JsonValue], str]:
    """Write each of some values once: those that say the same are often one object when they come out of a bundle."""
    texts = {key: canonical_json(value) for key, value in {id(value): value for value in values}.items()}
    return lambda value: texts[id(value)]
