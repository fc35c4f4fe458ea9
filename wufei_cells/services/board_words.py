"""The words of the board: names of places, months and days, and what a list behind a figure is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wufei_cells.board.months import month_of
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.text import Text

if TYPE_CHECKING:
    from wufei_cells.board.cases import Span
    from wufei_cells.board.selecting import Selection
    from wufei_cells.wording import Wording

DAY = timedelta(days=1)
LAST_OF_YEAR = (12, 31)


@dataclass(frozen=True, slots=True)
class BoardWords:
    """Says everything in one language, with the city's own names."""

    wording: Wording
    categories: Mapping[str, Text] = field(default_factory=dict[str, Text])
    """Names by key; what has none is called by its key."""
    districts: Mapping[str, Text] = field(default_factory=dict[str, Text])
    today: date | None = None
    """Lists of another day say which."""

    def say(self, key: str, /, **values: object) -> str:
        """Give a sentence of the pictures, by the end of its key."""
        return self.wording.say(f"pictures.{key}", **values)

    def category(self, key: str) -> str:
        """Name a category."""
        return self.text(self.categories.get(key) or Text(key))

    def district(self, key: str) -> str:
        """Name a district."""
        return self.text(self.districts.get(key) or Text(key))

    def text(self, text: Text) -> str:
        """Give a text of the data."""
        return text.in_language("en" if self.wording.language == "en" else "zh")

    def stage(self, stage: Stage) -> str:
        """Name a stage."""
        return self.wording.say(f"ui.stage.{stage.value}")

    def month(self, day: date) -> str:
        """Name the month of a day."""
        return self.say("month", year=day.year, month=day.month)

    def until(self, day: date) -> str:
        """Name a day by which something shall be: the end of a year by its year."""
        if (day.month, day.day) == LAST_OF_YEAR:
            return self.say("by.year_end", year=day.year)
        return day.isoformat()

    def listed(self, parts: Iterable[str]) -> str:
        """Write one behind the other."""
        return ("、" if self.wording.language == "zh" else ", ").join(parts)

    def sentences(self, parts: Iterable[str]) -> str:
        """Write one after the other, told apart more clearly."""
        return ("；" if self.wording.language == "zh" else "; ").join(parts)

    # --- lists behind figures

    def list_name(self, selection: Selection) -> str:
        """Name the list of the sites that are meant by a selection."""
        said = self._what(selection)
        for keys, name in ((selection.categories, self.category), (selection.districts, self.district)):
            if keys:
                said = self.say("list.placed", place=self.listed(name(key) for key in sorted(keys)), said=said)
        dated = selection.gained or selection.lost or self.today in (None, selection.on)
        return said if dated else self.say("as_of", said=said, on=selection.on)

    def _what(self, selection: Selection) -> str:
        if selection.put_right:
            return self.say("list.put_right")
        if selection.longer_than is not None:
            return self._stuck(selection.longer_than)
        if selection.gained:
            return self._within("gained", selection.gained)
        if selection.lost and (selection.holding or selection.lost.last >= selection.on):
            return self._within("runs_out", selection.lost)
        if selection.lost:  # by the last day with a certificate; told is the first without
            return self._within("lost", type(selection.lost)(selection.lost.first + DAY, selection.lost.last + DAY))
        return self._standing(selection)

    def _standing(self, selection: Selection) -> str:
        if selection.certificates:
            states = self.listed(self.wording.say(f"certificatestate.{one}") for one in sorted(selection.certificates))
            return self.say("list.certificates", state=states)
        if selection.stages:
            stages = self.listed(self.stage(stage) for stage in Stage if stage in selection.stages)
            return self.say("list.stages", stages=stages)
        if selection.ever:
            return self.say("list.gone" if selection.holding is False else "list.ever")
        if selection.holding is None:
            return self.say("list.all")
        return self.say("list.holding" if selection.holding else "list.not_holding")

    def _stuck(self, limits: Mapping[Stage, int]) -> str:
        if len(limits) != 1:
            return self.say("list.stuck_any")
        ((stage, days),) = limits.items()
        return self.say("list.stuck", stage=self.stage(stage), days=days)

    def _within(self, what: str, days: Span) -> str:
        month = month_of(days.first)
        if days.last <= month.last:
            return self.say(f"list.{what}_month", month=self.month(days.first))
        return self.say(f"list.{what}", **{"from": days.first, "until": days.last})
