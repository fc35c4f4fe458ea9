"""The services behind the board: what is counted, expected, aimed at, and done about those who lag behind."""

from __future__ import annotations

from functools import cached_property


class BoardServices:
    """Services by name; each is imported by the first question that needs it."""

    @cached_property
    def board_reading(self):
        """What is counted."""
        from wufei_cells.services import board_reading  # noqa: PLC0415

        return board_reading

    @cached_property
    def board_todo(self):
        """What waits."""
        from wufei_cells.services import board_todo  # noqa: PLC0415

        return board_todo

    @cached_property
    def forecasting_progress(self):
        """What is expected."""
        from wufei_cells.services import forecasting_progress  # noqa: PLC0415

        return forecasting_progress

    @cached_property
    def item_costs(self):
        """Which items cost points."""
        from wufei_cells.services import item_costs  # noqa: PLC0415

        return item_costs

    @cached_property
    def work_status(self):
        """How far proof and corrective actions are."""
        from wufei_cells.services import work_status  # noqa: PLC0415

        return work_status

    @cached_property
    def calibration_report(self):
        """Who scores strictly, and how far people agree."""
        from wufei_cells.services import calibration_report  # noqa: PLC0415

        return calibration_report

    @cached_property
    def targeting(self):
        """Targets of parts of the city."""
        from wufei_cells.services import targeting  # noqa: PLC0415

        return targeting

    @cached_property
    def indicating(self):
        """Indicators of the city's plan."""
        from wufei_cells.services import indicating  # noqa: PLC0415

        return indicating

    @cached_property
    def following_up(self):
        """What is done about those who lag behind."""
        from wufei_cells.services import following_up  # noqa: PLC0415

        return following_up
