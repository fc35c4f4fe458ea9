"""Where everything on a certificate stands: its words, the hairlines between them, and the mark of an example.

Nothing is drawn here. A certificate whose words do not fit, or hold a character that no font has, is refused before
its file is begun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wufei_cells.documents.canvas import A4_LANDSCAPE
from wufei_cells.documents.certificate_details import INK, own_words, place_details
from wufei_cells.documents.dates import say_date_formally
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.ornament import GREEN
from wufei_cells.documents.placing import MIDDLE_OF_SIGNS, PlacedLine, centered, fit_block
from wufei_cells.documents.text import Align, TextStyle, fit_text, line_width
from wufei_cells.domain.register import CertificateRow
from wufei_cells.wording import Wording

SPECIMEN_TINT = "#F9E3DC"
SPECIMEN_INK = "#B4442C"
TITLE = TextStyle(Face.SERIF_BOLD, 30, spacing=13, color=GREEN)
TITLE_LATIN = TextStyle(Face.SERIF_BOLD, 27, spacing=1.6, color=GREEN)
NAME = TextStyle(Face.SERIF_BOLD, 40, spacing=2.4, color=INK)
BODY = TextStyle(Face.SERIF, 17, color=INK)
BODY_LATIN = TextStyle(Face.SERIF, 15.5, color=INK)
ISSUER = TextStyle(Face.SERIF_BOLD, 15.5, spacing=0.6, color=INK)
DATE = TextStyle(Face.SERIF, 14.5, spacing=1, color=INK)
NOTE = TextStyle(Face.SERIF_BOLD, 10, spacing=1, color=SPECIMEN_INK)
SPECIMEN = TextStyle(Face.SERIF_BOLD, 250, spacing=44, color=SPECIMEN_TINT)

MIDDLE = A4_LANDSCAPE[0] / 2
LEFT, RIGHT = 97.0, A4_LANDSCAPE[0] - 97.0  # of the details and the signature
NOTE_Y = 520.0
TITLE_Y = 469.0
SPRIG_Y = 441.0
NAME_MIDDLE = 389.0
NAME_WIDTH = 628.0
BODY_TOP, BODY_BOTTOM = 342.0, 222.0
BODY_WIDTH = 588.0
DETAILS_BOTTOM = 70.0
DETAILS_DISTANCE = 14.0
ISSUER_Y = 154.0
ISSUER_WIDTH = 268.0
DATE_Y = 124.0  # the seal (42 mm across) is put over this line and the issuer's name; nothing else is printed there
SPECIMEN_WIDTH = 690.0


@dataclass(frozen=True, slots=True)
class CertificateLayout:
    """One page: its lines in reading order, the heights of the hairlines, and the mark of an example.

    The hairlines reach from `LEFT` over `certificate_details.WIDTH`. The mark is placed around the origin, which is to
    be put into the middle of the page and turned.
    """

    lines: tuple[PlacedLine, ...]
    hairlines: tuple[float, ...]
    specimen: PlacedLine | None = None


def lay_out(row: CertificateRow, fonts: DocumentFonts, words: Wording) -> CertificateLayout:
    """Find a place for everything that is printed on a certificate.

    Raises:
        UserError: ``document.glyph_missing`` or ``document.text_too_long``.
    """
    details = place_details(row, fonts, words, LEFT, DETAILS_BOTTOM)
    bottom = max(BODY_BOTTOM, details.hairlines[0] + DETAILS_DISTANCE)
    lines = (
        *_heading(row, fonts, words),
        *_body(row, fonts, words, bottom),
        *details.lines,
        *_signature(row, fonts, words),
    )
    if row.example:
        return CertificateLayout((_note("example", words), *lines), details.hairlines, _specimen(fonts, words))
    if not row.official:
        return CertificateLayout((_note("model", words), *lines), details.hairlines)
    return CertificateLayout(lines, details.hairlines)


def _note(what: str, words: Wording) -> PlacedLine:
    """What has to be known before anything else is read."""
    return PlacedLine(words.say(f"document.certificate.{what}_note"), MIDDLE, NOTE_Y, NOTE, Align.CENTER)


def _specimen(fonts: DocumentFonts, words: Wording) -> PlacedLine:
    text = words.say("document.certificate.specimen")
    style = SPECIMEN.scaled(SPECIMEN.size * min(1, SPECIMEN_WIDTH / line_width(fonts, text, SPECIMEN)))
    return PlacedLine(text, 0, -MIDDLE_OF_SIGNS * style.size, style, Align.CENTER)


def _heading(row: CertificateRow, fonts: DocumentFonts, words: Wording) -> Iterator[PlacedLine]:
    """The title, and the unit's name as large as it can be."""
    wanted = TITLE if words.language == "zh" else TITLE_LATIN
    text = own_words(row.wording[words.language]["title"], words)
    title = fit_text(fonts, text, wanted, NAME_WIDTH, smallest=18, most_lines=1)
    yield from centered(title, MIDDLE, TITLE_Y, leading=0)
    name = fit_text(fonts, row.site_name, NAME, NAME_WIDTH, smallest=27, smallest_wrapped=18)
    leading = name.style.size * 1.32
    last = NAME_MIDDLE - (len(name.lines) - 1) * leading / 2 - MIDDLE_OF_SIGNS * name.style.size
    yield from centered(name, MIDDLE, last, leading)


def _body(row: CertificateRow, fonts: DocumentFonts, words: Wording, bottom: float) -> Iterator[PlacedLine]:
    """The text in the middle of its room: justified and indented in Chinese, centered lines in other languages."""
    text = own_words(row.wording[words.language]["body"], words)
    room = (BODY_WIDTH, BODY_TOP - bottom)
    if words.language == "zh":
        block = fit_block(fonts, text, BODY, room, lead=1.75, indent=2)
        placed = [PlacedLine(line.text, MIDDLE - BODY_WIDTH / 2 + line.indent, 0, line.style) for line in block.lines]
    else:
        block = fit_block(fonts, text, BODY_LATIN, room, lead=1.55)
        placed = [PlacedLine(line.text, MIDDLE, 0, line.style, Align.CENTER) for line in block.lines]
    top = (BODY_TOP + bottom + block.height) / 2 - MIDDLE_OF_SIGNS * block.style.size
    for number, line in enumerate(placed):
        yield replace(line, y=top - number * block.leading)


def _signature(row: CertificateRow, fonts: DocumentFonts, words: Wording) -> Iterator[PlacedLine]:
    """Who issues, and when."""
    x = RIGHT - ISSUER_WIDTH / 2
    text = own_words(row.issuer[words.language], words)
    issuer = fit_text(fonts, text, ISSUER, ISSUER_WIDTH, smallest=13, most_lines=3, smallest_wrapped=10)
    yield from centered(issuer, x, ISSUER_Y, issuer.style.size * 1.4)
    yield PlacedLine(say_date_formally(words, row.issued_on), x, DATE_Y, DATE, Align.CENTER)
