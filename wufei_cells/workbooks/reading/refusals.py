"""Say why a file cannot be read at all, and what was passed over in one that can."""

from __future__ import annotations

from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.workbooks.reading.limits import MILLION


def refusal(code: str, name: str, **values: object) -> ProblemsFound:
    """Say why a file cannot be read at all."""
    return ProblemsFound([Problem(code, name, values)], subject=name)


def damaged(name: str) -> ProblemsFound:
    """Say that a file is broken."""
    return refusal("workbook.damaged", name)


def too_large(name: str, limit: int) -> ProblemsFound:
    """Say that a file unfolds beyond measure."""
    return refusal("workbook.content_too_large", name, limit=limit // MILLION)


class Room:
    """How many cells, merged areas and marks may still come, for all sheets of a workbook together."""

    def __init__(self, name: str, *, cells: int, areas: int, marks: int) -> None:
        self.name = name
        self._cells, self._most_cells = cells, cells
        self._areas, self._most_areas = areas, areas
        self._marks = marks

    def take_cells(self, count: int) -> None:
        """Count cells that are kept."""
        self._cells -= count
        if self._cells < 0:
            raise refusal("workbook.too_many_cells", self.name, limit=self._most_cells)

    def take_area(self) -> None:
        """Count one merged area."""
        self._areas -= 1
        if self._areas < 0:
            raise refusal("workbook.too_many_areas", self.name, limit=self._most_areas)

    def take_marks(self, count: int) -> None:
        """Count tags or records that are gone through."""
        self._marks -= count
        if self._marks < 0:
            raise refusal("workbook.too_much_inside", self.name)
