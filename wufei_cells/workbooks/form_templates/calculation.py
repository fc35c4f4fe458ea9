"""Let every program that opens a filled workbook work out its formulas anew: their old results are not so any more."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wufei_cells.workbooks.form_templates.cells import RawCell, without_kind_of_result
from wufei_cells.workbooks.form_templates.places import Edit, PlacedParser, edited, open_tag

_ON_LOAD = re.compile(rb"""\sfullCalcOnLoad\s*=\s*(?:"[^"]*"|'[^']*')""")
_BEFORE = ("sheets", "functionGroups", "externalReferences", "definedNames")
"""What may stand directly before the settings of calculation."""


def without_result(content: bytes, cell: RawCell) -> Edit | None:
    """Take from a cell what a formula gave when it was last worked out; ``None`` where it has nothing."""
    if cell.value_span is None:
        return None
    start, end = cell.value_span
    rest = content[cell.head_end : start] + content[end : cell.end]
    return Edit(cell.start, cell.end, without_kind_of_result(content, cell) + b">" + rest)


def calculated_on_load(content: bytes) -> bytes:
    """Change the part that lists the sheets so that spreadsheet programs work out everything when they open it.

    Raises:
        ExpatError: it is no XML.
        ValueError: it lists no sheets.
    """
    children = _Children(content).read()
    settings = next((child for child in children if child.tag == "calcPr"), None)
    if settings is not None:
        head = content[settings.start : settings.head_end]
        closing = b"/>" if head.endswith(b"/>") else b">"
        stated = _ON_LOAD.sub(b"", open_tag(head)) + b' fullCalcOnLoad="1"' + closing
        return edited(content, [Edit(settings.start, settings.head_end, stated)])
    before = [child for child in children if child.tag in _BEFORE]
    if not before:
        raise ValueError("no sheets are listed")
    last = before[-1]
    prefix = last.name.removesuffix(last.tag)
    return edited(content, [Edit(last.end, last.end, f'<{prefix}calcPr fullCalcOnLoad="1"/>'.encode())])


@dataclass(slots=True)
class _Child:
    """An element directly below the outermost one."""

    name: str
    start: int
    head_end: int
    end: int = 0

    @property
    def tag(self) -> str:
        return self.name.rpartition(":")[2]


class _Children(PlacedParser):
    """Finds the elements directly below the outermost one."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._found: list[_Child] = []
        self._depth = 0

    def read(self) -> list[_Child]:
        self.parse()
        return self._found

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        self._depth += 1
        if self._depth == 2:
            self._found.append(_Child(name, self.at, self.tag_end()))

    def on_end(self, name: str) -> None:
        if self._depth == 2:
            self._found[-1].end = self.element_end(name)
        self._depth -= 1
