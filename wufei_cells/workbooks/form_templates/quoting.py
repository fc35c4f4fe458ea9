"""Let text that looks like a formula stay text also when a person opens its cell and presses Enter.

Excel knows such cells by a mark in their format. A format is added for each one that needs the mark, and nothing else
in the part of formats is changed; where no text looks like a formula, that part stays as it is.
"""

from __future__ import annotations

import re

from wufei_cells.workbooks.form_templates.cells import RawCell, without_kind
from wufei_cells.workbooks.form_templates.places import Edit, PlacedParser, edited, open_tag

_COUNT = re.compile(rb"""(\scount\s*=\s*["'])[0-9]+(["'])""")
_QUOTED = re.compile(rb"""\squotePrefix\s*=\s*(?:"[^"]*"|'[^']*')""")
_LOOK = re.compile(rb"""\ss\s*=\s*(?:"[^"]*"|'[^']*')""")


class QuotedFormats:
    """The formats of cells, and those of them that are needed with the mark."""

    def __init__(self, content: bytes) -> None:
        """Read the part of formats.

        Raises:
            ExpatError: it is no XML.
            ValueError: it is not laid out as one.
        """
        self._content = content
        self._formats = _Formats(content)
        self._formats.parse()
        self._added: dict[int, bytes] = {}

    def quoted(self, content: bytes, cell: RawCell, edit: Edit) -> Edit:
        """Give the change of a cell with the mark in its format; a format that is not there stays as it is."""
        look = cell.look
        if look >= len(self._formats.places):
            return edit
        if look not in self._added:
            start, head_end, end = self._formats.places[look]
            head = self._content[start:head_end]
            closing = b"/>" if head.endswith(b"/>") else b">"
            marked = _QUOTED.sub(b"", open_tag(head)) + b' quotePrefix="1"' + closing
            self._added[look] = marked + self._content[head_end:end]
        number = len(self._formats.places) + list(self._added).index(look)
        before = without_kind(content, cell)
        after = _LOOK.sub(b"", before) + f' s="{number}"'.encode()
        return Edit(edit.start, edit.end, after + edit.content.removeprefix(before))

    def content(self) -> bytes | None:
        """Give the part with the formats that were added; ``None`` where none was."""
        if not self._added:
            return None
        start, head_end, end = self._formats.list_place
        count = str(len(self._formats.places) + len(self._added)).encode()
        head = _COUNT.sub(rb"\g<1>" + count + rb"\g<2>", self._content[start:head_end])
        return edited(self._content, [Edit(start, head_end, head), Edit(end, end, b"".join(self._added.values()))])


class _Formats(PlacedParser):
    """Finds the list of the formats of cells."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.places: list[tuple[int, int, int]] = []
        """Where each begins, where its own tag ends, where it ends."""
        self.list_place = (0, 0, 0)
        """Where the list begins, where its own tag ends, where the last format ends."""
        self._inside = False

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        tag = name.rpartition(":")[2]
        if tag == "cellXfs":
            self._inside = True
            self.list_place = (self.at, self.tag_end(), 0)
        elif tag == "xf" and self._inside:
            self.places.append((self.at, self.tag_end(), 0))

    def on_end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "xf" and self._inside:
            start, head_end, _end = self.places[-1]
            self.places[-1] = (start, head_end, self.element_end(name))
        elif tag == "cellXfs":
            self._inside = False
            start, head_end, _end = self.list_place
            self.list_place = (start, head_end, self.places[-1][2] if self.places else head_end)
