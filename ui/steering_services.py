"""The services by which the office steers, each imported by the first question that needs it."""

from __future__ import annotations

from functools import cached_property


class SteeringServices:
    """What the desk offers of targets, indicators, follow-ups, visits and calendar; used in the worker thread only."""

    @cached_property
    def targeting(self):
        """Targets of categories and counties."""
        from wufei_cells.services import targeting  # noqa: PLC0415

        return targeting

    @cached_property
    def indicating(self):
        """Indicators of the city's plan."""
        from wufei_cells.services import indicating  # noqa: PLC0415

        return indicating

    @cached_property
    def following_up(self):
        """Follow-ups on those who lag behind."""
        from wufei_cells.services import following_up  # noqa: PLC0415

        return following_up

    @cached_property
    def visiting(self):
        """Visits that are planned."""
        from wufei_cells.services import visiting  # noqa: PLC0415

        return visiting

    @cached_property
    def agenda(self):
        """The calendar."""
        from wufei_cells.services import agenda  # noqa: PLC0415

        return agenda

    @cached_property
    def printing_agenda(self):
        """The calendar as a file and on paper."""
        from wufei_cells.services import printing_agenda  # noqa: PLC0415

        return printing_agenda
