"""The canvas that every PDF of the program starts from."""

# pyright: reportUnknownMemberType=false
# reportlab has no types.

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from wufei_cells.documents.fonts import DocumentFonts, Face

A4_PORTRAIT: tuple[float, float] = A4
A4_LANDSCAPE: tuple[float, float] = landscape(A4)


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a PDF says about itself: its title, who issues it, what it is about, and its language for screen readers."""

    title: str
    author: str
    subject: str = ""
    language: str = "zh-CN"


def new_canvas(
    target: IO[bytes],
    page_size: tuple[float, float],
    fonts: DocumentFonts,
    info: DocumentInfo,
    *,
    main_face: Face = Face.SERIF,
    repeatable: bool = False,
) -> Canvas:
    """Begin a PDF: `showPage()` ends a page, `save()` writes the file.

    Args:
        target: where the bytes go.
        page_size: width and height in points.
        fonts: the fonts of the document.
        info: what the file says about itself.
        main_face: the face that every page refers to; choose one that the document uses anyway. (reportlab would take
            Helvetica, which is not embedded.)
        repeatable: the same content gives the same bytes, without the time of making; for tests.
    """
    # Streams as they are, not as ASCII text, which is a fifth larger and slower. reportlab asks this setting when it
    # writes, so it is one for the process; there is no place for it in a canvas.
    rl_config.useA85 = 0
    canvas = Canvas(
        target,
        pagesize=page_size,
        pageCompression=1,
        invariant=1 if repeatable else 0,
        initialFontName=fonts.name(main_face),  # pyright: ignore[reportArgumentType]  # guessed from a default
        lang=info.language,
    )
    canvas.setTitle(info.title)
    canvas.setAuthor(info.author)
    canvas.setSubject(info.subject)
    canvas.setCreator("wufei-cells")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas
