"""The small part of a certificate: the table of its details, the remark, and where its record is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wufei_cells.documents.dates import say_date
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.placing import PlacedLine, fit_block
from wufei_cells.documents.text import FittedText, TextStyle, fit_text, line_width
from wufei_cells.domain.register import CertificateRow
from wufei_cells.wording import Wording

INK = "#14241F"
QUIET = "#566B64"
LABEL = TextStyle(Face.SERIF, 9, spacing=0.5, color=QUIET)
VALUE = TextStyle(Face.SERIF, 10.5, color=INK)
REMARK = TextStyle(Face.SERIF, 8.5, color=QUIET)
BASIS = TextStyle(Face.SERIF, 6.5, spacing=0.2, color=QUIET)

WIDTH = 356.0
ROW_HEIGHT = 20.5
DROP = 14.0  # from a row's hairline to its first baseline
LEADING = 13.0  # in a value of two lines
SMALLEST_VALUE = 7.5
GAP = 11.0  # between a label and its value
COLUMN_GAP = 20.0
REMARK_HEIGHT = 40.0
REMARK_LEAD = 1.5
REMARK_DROP = 17.0
BASIS_DROP = 14.0
SHORT = 12  # characters of a long id or digest: enough to find its record

# The fonts hold Chinese quotation marks, which are as wide as a character; English words take the straight ones.
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Details:
    """The lines from top to bottom, and the heights of the table's hairlines, which are `WIDTH` long."""

    lines: tuple[PlacedLine, ...]
    hairlines: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and its value beside each other; distances are from the table's left edge."""

    label: str
    label_x: float
    value: FittedText
    value_x: float


def own_words(text: str, words: Wording) -> str:
    """Give a text of the record as a page in this language writes it."""
    return text if words.language == "zh" else text.translate(STRAIGHT)


def place_details(row: CertificateRow, fonts: DocumentFonts, words: Wording, x: float, bottom: float) -> Details:
    """Build the details from the bottom up, so that a missing row leaves no gap.

    Raises:
        UserError: ``document.glyph_missing`` or ``document.text_too_long``.
    """
    basis = words.say("document.certificate.basis", certificate=row.id[:SHORT], basis=row.basis[:SHORT])
    remark = own_words(row.wording[words.language]["remark"], words)
    block = fit_block(fonts, remark, REMARK, (WIDTH, REMARK_HEIGHT), lead=REMARK_LEAD)
    remark_y = bottom + BASIS_DROP + block.height
    rows = _table(row, fonts, words)
    heights = [ROW_HEIGHT + LEADING * (max(len(cell.value.lines) for cell in cells) - 1) for cells in rows]
    y = remark_y + REMARK_DROP + sum(heights)
    lines: list[PlacedLine] = []
    hairlines = [y]
    for cells, height in zip(rows, heights, strict=True):
        lines += [line for cell in cells for line in _cell_lines(cell, x, y - DROP)]
        y -= height
        hairlines.append(y)
    lines += [
        PlacedLine(line.text, x, remark_y - number * block.leading, block.style)
        for number, line in enumerate(block.lines)
    ]
    return Details((*lines, PlacedLine(basis, x, bottom, BASIS)), tuple(hairlines))


def _cell_lines(cell: Cell, x: float, y: float) -> Iterator[PlacedLine]:
    yield PlacedLine(cell.label, x + cell.label_x, y, LABEL)
    for number, line in enumerate(cell.value.lines):
        yield PlacedLine(line, x + cell.value_x, y - number * LEADING, cell.value.style)


def _table(row: CertificateRow, fonts: DocumentFonts, words: Wording) -> Sequence[Sequence[Cell]]:
    """Two columns of short values; below them the checklist and, where it is known, the document."""
    language = words.language
    level, checklist = own_words(row.level[language], words), own_words(row.checklist[language], words)
    left = {"number": row.number, "issued": say_date(words, row.issued_on)}
    right = {
        "result": words.say("document.certificate.result", total=row.total, level=level),
        "valid_until": say_date(words, row.valid_until),
    }
    below = {"checklist": words.say("document.certificate.checklist", checklist=checklist, edition=row.edition)}
    if row.document_number:
        below["document"] = row.document_number
    room = _label_room((*left, *below), fonts, words)
    taken = room + max(line_width(fonts, value, VALUE) for value in left.values()) + COLUMN_GAP
    half = min(max(taken, 0.5 * WIDTH), 0.62 * WIDTH)
    first = _column(left, fonts, words, room, (0, half - COLUMN_GAP))
    second = _column(right, fonts, words, _label_room(right, fonts, words), (half, WIDTH))
    whole = _column(below, fonts, words, room, (0, WIDTH))
    return [*zip(first, second, strict=True), *((cell,) for cell in whole)]


def _column(
    values: Mapping[str, str], fonts: DocumentFonts, words: Wording, room: float, edges: tuple[float, float]
) -> Iterator[Cell]:
    left, right = edges
    for name, value in values.items():
        fitted = fit_text(fonts, value, VALUE, right - left - room, smallest=SMALLEST_VALUE)
        yield Cell(_label(name, words), left, fitted, left + room)


def _label_room(names: Iterable[str], fonts: DocumentFonts, words: Wording) -> float:
    return GAP + max(line_width(fonts, _label(name, words), LABEL) for name in names)


def _label(name: str, words: Wording) -> str:
    return words.say(f"document.certificate.label_{name}")
