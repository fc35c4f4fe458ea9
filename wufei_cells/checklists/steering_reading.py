"""Read what a profile lays down to steer by: targets within the goal, levels of follow-up, indicators; and write it."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.follow_ups import FollowUpLevel
from wufei_cells.domain.indicators import Better, Indicator, IndicatorKey, YearValue
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.targets import Target
from wufei_cells.domain.text import Text

_YEAR = re.compile(r"20\d\d")


class SteeringReader:
    """Reads the parts of one profile."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def target(self, data: Data, path: Path) -> Target:
        """Read a target of the goal: for a category, a district, or both."""
        fields = Fields(self.reading, data, path)
        found = Target(
            fields.maybe("category", self.reading.key),
            fields.maybe("district", self.reading.key),
            self._count(fields),
            fields.get("by", self.reading.day),
        )
        fields.finish()
        return found

    def level(self, data: Data, path: Path) -> FollowUpLevel:
        """Read one level of follow-up."""
        fields = Fields(self.reading, data, path)
        level = FollowUpLevel(fields.key(), fields.text("text"))
        fields.finish()
        return level

    def indicator(self, data: Data, path: Path) -> Indicator:
        """Read one indicator."""
        fields = Fields(self.reading, data, path)
        indicator = Indicator(
            key=IndicatorKey(fields.key()),
            text=fields.text("text"),
            unit=fields.text("unit"),
            better=fields.choice("better", Better),
            targets=fields.each("targets", self._year_value),
            source=fields.text("source", Text("")),
            leads=fields.each("leads", self.reading.text),
            baseline=fields.maybe("baseline", self._year_value),
        )
        fields.finish()
        for index, (earlier, later) in enumerate(pairwise(indicator.targets), 1):
            if later.year <= earlier.year:
                self.reading.problem((*path, "targets", index, "year"), "profile.years")
        return indicator

    def check(self, profile: Profile) -> None:
        """Note targets of nobody, and those laid down twice."""
        planned = {plan.category for plan in profile.categories}
        districts = {district.key for district in profile.districts}
        seen: list[tuple[str | None, str | None, object]] = []
        for index, target in enumerate(profile.goal.targets):
            at: Path = ("goal", "targets", index)
            self._known(target.category, planned, (*at, "category"), "profile.target_category")
            self._known(target.district, districts, (*at, "district"), "profile.target_district")
            if not target.category and not target.district:
                self.reading.problem(at, "profile.target_of_all")
            if (place := (target.category, target.district, target.by)) in seen:
                self.reading.problem(at, "profile.target_twice")
            seen.append(place)

    def _known(self, key: str | None, known: Collection[str], path: Path, code: str) -> None:
        if key and key not in known:
            self.reading.problem(path, code, found=key)

    def _count(self, fields: Fields) -> int:
        noted = len(self.reading.problems)
        value = fields.whole("count") or 0
        if value < 1 and len(self.reading.problems) == noted:
            self.reading.problem(fields.at("count"), "profile.target")
        return value

    def _year_value(self, data: Data, path: Path) -> YearValue:
        fields = Fields(self.reading, data, path)
        found = YearValue(fields.get("year", self._year), fields.number("value"))
        fields.finish()
        return found

    def _year(self, data: Data, path: Path) -> int:
        written = str(data).strip() if isinstance(data, (str, int)) else ""
        if not _YEAR.fullmatch(written):
            self.reading.problem(path, "profile.year", found=str(data)[:40])
            return 2000
        return int(written)


# --- writing


def targets_data(targets: Collection[Target]) -> list[Data]:
    """Write the targets of a goal."""
    return [_target(target) for target in targets]


def _target(target: Target) -> Data:
    document: dict[str, Data] = {"count": str(target.count), "by": target.by.isoformat()}
    if target.category:
        document["category"] = target.category
    if target.district:
        document["district"] = target.district
    return document


def steering_data(profile: Profile) -> dict[str, Data]:
    """Write levels and indicators; what there is none of is left out."""
    levels: list[Data] = [{"key": level.key, "text": _text(level.text)} for level in profile.follow_up]
    indicators: list[Data] = [_indicator(one) for one in profile.indicators]
    data: dict[str, Data] = {"follow_up": levels, "indicators": indicators}
    return {name: written for name, written in data.items() if written}


def _indicator(indicator: Indicator) -> Data:
    document: dict[str, Data] = {
        "key": indicator.key,
        "text": _text(indicator.text),
        "unit": _text(indicator.unit),
        "better": indicator.better.value,
        "targets": [_year_value(one) for one in indicator.targets],
    }
    if indicator.source:
        document["source"] = _text(indicator.source)
    if indicator.leads:
        document["leads"] = [_text(lead) for lead in indicator.leads]
    if indicator.baseline:
        document["baseline"] = _year_value(indicator.baseline)
    return document


def _year_value(one: YearValue) -> Data:
    return {"year": str(one.year), "value": plain(one.value)}


def _text(text: Text) -> Data:
    return {"zh": text.zh, "en": text.en} if text.en else {"zh": text.zh}
