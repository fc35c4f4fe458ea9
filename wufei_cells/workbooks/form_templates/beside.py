"""Read the text of drawings, comments and charts, which stands beside the cells and is not filled in."""

from __future__ import annotations

from wufei_cells.workbooks.form_templates.places import PlacedParser

KINDS = {"drawing": "drawing", "comments": "comment", "threadedComment": "comment", "chart": "chart"}
"""What holds text beside the cells, by the kind of its relation."""
_COPIES = {"strCache", "numCache", "multiLvlStrCache", "fld"}
"""What charts and text boxes keep of the cells that they refer to; programs read it from the cells again."""


def own_text(content: bytes) -> str:
    """Give the text of a part, without copies of what stands in cells.

    Raises:
        ExpatError: it is no XML.
        ValueError: it declares what could unfold.
    """
    return _OwnText(content).read()


class _OwnText(PlacedParser):
    """Joins the text of a part."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._pieces: list[str] = []
        self._copies = 0

    def read(self) -> str:
        self.parse()
        return "".join(self._pieces)

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        self._copies += name.rpartition(":")[2] in _COPIES

    def on_end(self, name: str) -> None:
        self._copies -= name.rpartition(":")[2] in _COPIES

    def on_text(self, text: str) -> None:
        if not self._copies:
            self._pieces.append(text)
