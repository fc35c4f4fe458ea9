"""Read which steps of the life cycle a city uses, and write that down again."""

from __future__ import annotations

from dataclasses import fields as fields_in
from datetime import date

from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.process import LIMITED, Process

UNLIKE_LEAP = 2025
"""A year in which February 29 is no day: a yearly deadline must exist every year."""
LONGEST_STAGE = 3650
_LEAST = {"assessors": 1, "renewal_months": 1}
_MOST = {"assessors": 20, "notice_days": 90, "renewal_months": 24, "bar_years": 20, "na_share": 100, "edge_points": 20}


def read_process(reading: Reading, data: Data, path: Path) -> Process:
    """Read the ``process`` of a profile; what is left out stays as a city without any has it."""
    fields = Fields(reading, data, path)
    plain = Process()
    values: dict[str, bool | int | str | dict[Stage, int]] = {"stage_days": _stage_days(fields)}
    for field in fields_in(Process):
        name, default = field.name, getattr(plain, field.name)
        if name in values:
            continue
        if isinstance(default, bool):
            values[name] = fields.flag(name, default=default)
        elif isinstance(default, int):
            found = _count(fields, name, _LEAST.get(name, 0), _MOST[name])
            values[name] = default if found is None else found
        else:
            values[name] = fields.get(name, lambda found, at: _day_of_year(reading, found, at), default)
    fields.finish()
    return Process(**values)  # pyright: ignore[reportArgumentType] - each has the type of its default


def process_data(process: Process) -> dict[str, Data]:
    """Write what differs from a city that has laid nothing down; empty when nothing does."""
    plain = Process()
    data: dict[str, Data] = {}
    for field in fields_in(Process):
        value = getattr(process, field.name)
        if field.name == "stage_days":
            data |= {field.name: {stage.value: str(days) for stage, days in value.items()}} if value else {}
        elif value != getattr(plain, field.name):
            data[field.name] = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return data


def _count(fields: Fields, name: str, least: int, most: int) -> int | None:
    noted = len(fields.reading.problems)
    value = fields.whole(name)
    if value is None:
        return None
    if not least <= value <= most and len(fields.reading.problems) == noted:
        fields.reading.problem(fields.at(name), "profile.out_of_range", found=value, least=least, most=most)
    return value


def _stage_days(fields: Fields) -> dict[Stage, int]:
    """Read the days by stage; an end of the way has none."""
    own = fields.fields("stage_days")
    days = {stage: _count(own, stage.value, 1, LONGEST_STAGE) for stage in LIMITED}
    own.finish()
    return {stage: limit for stage, limit in days.items() if limit is not None}


def _day_of_year(reading: Reading, data: Data, path: Path) -> str:
    text = str(data)
    try:
        date.fromisoformat(f"{UNLIKE_LEAP}-{text}")
    except ValueError:
        reading.problem(path, "profile.day_of_year", found=text[:40])
        return ""
    return text
