"""The services behind the board: what is counted and expected, what waits, and how the work is done."""

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
    def item_losses(self):
        """Which sites lost points at an item."""
        from wufei_cells.services import item_losses  # noqa: PLC0415

        return item_losses

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
