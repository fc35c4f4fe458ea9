"""The pictures of a workbook, each with the cell where it lies."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.workbooks.reading.cells import cell_name
from wufei_cells.workbooks.reading.limits import MILLION
from wufei_cells.workbooks.reading.zip_parts import ZipParts


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture and the cell where its upper left corner lies."""

    sheet: str
    """The title of the sheet."""
    row: int
    column: int
    name: str
    """What its file is called inside the workbook: image1.jpeg."""
    content: bytes = field(repr=False)
    """As it stands in the file: nothing has looked into it. The same object where one picture lies in several cells."""
    in_cell: bool = False
    """Whether it is the content of the cell; otherwise it floats above it."""

    @property
    def cell(self) -> str:
        """The name of the cell."""
        return cell_name(self.row, self.column)


class PictureShelf:
    """Takes pictures out of a workbook, each file once, within limits. What cannot be taken is noted, not refused."""

    def __init__(self, file: ZipParts, notes: list[Problem]) -> None:
        self.placed: list[PlacedPicture] = []
        self._file = file
        self._notes = notes
        self._left = file.limits.all_pictures
        self._contents: dict[str, bytes | None] = {}
        self._told: set[str] = set()
        self._linked: set[tuple[str, str]] = set()

    def place(self, sheet: str, row: int, column: int, part: str, *, in_cell: bool = False) -> None:
        """Put the picture of a part into a cell."""
        if len(self.placed) >= self._file.limits.pictures:
            self._tell_once("workbook.note_many_pictures", limit=self._file.limits.pictures)
        elif content := self._content(part, sheet, cell_name(row, column)):
            self.placed.append(PlacedPicture(sheet, row, column, posixpath.basename(part), content, in_cell))

    def tell_linked(self, sheet: str, row: int, column: int) -> None:
        """Note a picture that is not in the file, but somewhere else."""
        self._tell_at("workbook.note_linked_picture", sheet, cell_name(row, column))

    def tell_missing(self, sheet: str, row: int, column: int) -> None:
        """Note a picture that ought to be there and is not."""
        self._tell_at("workbook.note_missing_picture", sheet, cell_name(row, column))

    def _tell_at(self, code: str, sheet: str, cell: str) -> None:
        if len(self._linked) < self._file.limits.pictures and (sheet, cell) not in self._linked:
            self._linked.add((sheet, cell))
            self._notes.append(Problem(code, self._file.name, {"sheet": sheet, "cell": cell}))

    def _tell_once(self, code: str, **values: object) -> None:
        if code not in self._told:
            self._told.add(code)
            self._notes.append(Problem(code, self._file.name, values))

    def _content(self, part: str, sheet: str, cell: str) -> bytes | None:
        if part not in self._contents:
            try:
                self._contents[part] = self._read(part, sheet, cell)
            except ProblemsFound:
                self._contents[part] = None
        content = self._contents[part]
        if not content:
            self._tell_at("workbook.note_missing_picture", sheet, cell)
        return content

    def _read(self, part: str, sheet: str, cell: str) -> bytes | None:
        pieces: list[bytes] = []
        size, limits = 0, self._file.limits
        for piece in self._file.pieces(part):
            size += len(piece)
            if size > limits.picture:
                values = {"sheet": sheet, "cell": cell, "limit": limits.picture // MILLION}
                self._linked.add((sheet, cell))
                self._notes.append(Problem("workbook.note_large_picture", self._file.name, values))
                return None
            if size > self._left:
                self._linked.add((sheet, cell))
                self._tell_once("workbook.note_all_pictures", limit=limits.all_pictures // MILLION)
                return None
            pieces.append(piece)
        self._left -= size
        return b"".join(pieces)
