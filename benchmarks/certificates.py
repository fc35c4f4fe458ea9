"""A hundred certificates: as one file of a hundred pages, and as a hundred files; signed and unsigned.

Against bare reportlab that draws the same lines at the same places with the same two fonts, already loaded, and the
same ornament. It is told every place: it measures nothing, breaks no line, checks no character, and its text does not
copy out of the PDF beyond U+FFFF. Codes are told, too, as rectangles; ours are encoded anew in every round.
"""

# pyright: reportAttributeAccessIssue=false
# reportlab has no types.

from __future__ import annotations

import hashlib
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.result import Result
from wufei_cells import shipped
from wufei_cells.checklists.template_reading import read_template
from wufei_cells.documents import ornament
from wufei_cells.documents.certificate import render_certificates
from wufei_cells.documents.certificate_layout import lay_out
from wufei_cells.documents.certificate_parts import PlacedCode, PlacedFrame, PlacedRule, PlacedSprig
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.placing import PlacedLine
from wufei_cells.documents.qr_code import qr_code
from wufei_cells.documents.text import line_width
from wufei_cells.domain.certificate_templates import CertificateTemplate
from wufei_cells.domain.register import AssessmentId, CertificateId, CertificateRow, SiteId
from wufei_cells.wording import Wording

COUNT = 100
ROUNDS = 5
PAGE = landscape(A4)
FACES = (Face.SERIF, Face.SERIF_BOLD)


@dataclass(frozen=True, slots=True)
class BareLine:
    """What `Canvas.drawString` has to know."""

    text: str
    x: float
    y: float
    font: str
    size: float
    spacing: float
    color: Color


@dataclass(frozen=True, slots=True)
class BarePage:
    """Everything on a page, with its place."""

    frame: PlacedFrame
    sprig: PlacedSprig
    lines: Sequence[BareLine]
    rules: Sequence[PlacedRule]
    code: PlacedCode | None


def run() -> list[Result]:
    """Measure both ways, ours and bare in turn."""
    fonts, words = document_fonts(), Wording(shipped.wording_catalogue(), "zh")
    register_bare_fonts()
    template = default_template()
    results: list[Result] = []
    for said, proof in (("certificates", False), ("signed certificates", True)):
        rows = [certificate(number, signed=proof) for number in range(1, COUNT + 1)]
        pages = [bare_page(row, template, fonts, words) for row in rows]

        def ours(rows: Sequence[CertificateRow]) -> bytes:
            return render_certificates(rows, fonts, {"": template}, words)

        results += [
            _compared(
                f"{COUNT} {said} in one file",
                lambda ours=ours, rows=rows: [ours(rows)],
                lambda pages=pages: [bare_file(pages)],
            ),
            _compared(
                f"{COUNT} {said} in {COUNT} files",
                lambda ours=ours, rows=rows: [ours([row]) for row in rows],
                lambda pages=pages: [bare_file([page]) for page in pages],
            ),
        ]
    return results


def document_fonts() -> DocumentFonts:
    """Give the fonts as the program has them."""
    files = shipped.font_files()
    return DocumentFonts({face: files[face] for face in Face})


def register_bare_fonts() -> None:
    """Make the fonts known to bare reportlab, tuned as ours are."""
    files = shipped.font_files()
    for face in FACES:
        data = BytesIO(files[face].read_bytes())
        pdfmetrics.registerFont(TTFont(f"bare-{face}", data, asciiReadable=False, shapable=False))


def default_template() -> CertificateTemplate:
    """Give the template that holds until an office adopts one."""
    name, content = next(iter(shipped.certificate_templates().items()))
    return read_template(content, name)


def _compared(name: str, ours: Callable[[], list[bytes]], bare: Callable[[], list[bytes]]) -> Result:
    """Take medians of rounds in turn, after one round that loads what is loaded once."""
    taken: dict[Callable[[], list[bytes]], list[float]] = {ours: [], bare: []}
    for _ in range(ROUNDS + 1):
        qr_code.cache_clear()
        for make, times in taken.items():
            begun = time.perf_counter()
            made = make()
            times.append((time.perf_counter() - begun) * 1000)
            assert all(file.startswith(b"%PDF") for file in made)
    return Result(name, statistics.median(taken[ours][1:]), statistics.median(taken[bare][1:]))


def bare_file(pages: Sequence[BarePage]) -> bytes:
    """Draw pages with reportlab alone."""
    rl_config.useA85 = 0
    target = BytesIO()
    canvas = Canvas(target, pagesize=PAGE, pageCompression=1, initialFontName=f"bare-{Face.SERIF}")  # pyright: ignore[reportArgumentType]
    for page in pages:
        ornament.draw_frame(canvas, PAGE, page.frame.color, page.frame.second)
        sprig = page.sprig
        ornament.draw_sprig(canvas, sprig.x, sprig.y, sprig.half_width, sprig.color, sprig.second)
        for rule in page.rules:
            canvas.setStrokeColor(HexColor(rule.color))
            canvas.setLineWidth(rule.thickness)
            canvas.line(*rule.start, *rule.end)
        for line in page.lines:
            canvas.setFont(line.font, line.size)
            canvas.setFillColor(line.color)
            canvas.drawString(line.x, line.y, line.text, charSpace=line.spacing)
        if page.code:
            _bare_code(canvas, page.code)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _bare_code(canvas: Canvas, placed: PlacedCode) -> None:
    canvas.saveState()
    canvas.setFillColor(HexColor("#000000"))
    canvas.transform(placed.module, 0, 0, -placed.module, placed.x, placed.y)
    path = canvas.beginPath()
    for rectangle in placed.code.dark:
        path.rect(*rectangle)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def bare_page(row: CertificateRow, template: CertificateTemplate, fonts: DocumentFonts, words: Wording) -> BarePage:
    """Take every place from our layout."""
    parts = lay_out(row, template, fonts, words).parts
    lines = [
        BareLine(
            line.text,
            line.x - line_width(fonts, line.text, line.style) * line.align.value,
            line.y,
            f"bare-{line.style.face}",
            line.style.size,
            line.style.spacing,
            HexColor(line.style.color),
        )
        for line in parts
        if isinstance(line, PlacedLine)
    ]
    return BarePage(
        next(part for part in parts if isinstance(part, PlacedFrame)),
        next(part for part in parts if isinstance(part, PlacedSprig)),
        lines,
        [part for part in parts if isinstance(part, PlacedRule)],
        next((part for part in parts if isinstance(part, PlacedCode)), None),
    )


def certificate(number: int, *, signed: bool) -> CertificateRow:
    """Make up a certificate; its signed text differs from the next one's in every part."""
    digits = "".join(hashlib.sha256(f"{number} {part}".encode()).hexdigest().upper() for part in range(8))
    name = f"焦作市山阳区东方红街道第{number}社区"
    return CertificateRow(
        id=CertificateId(f"{number:032x}"),
        number=f"JZWF-SQ-2026-{number:04}",
        site=SiteId(str(number)),
        assessment=AssessmentId(str(number)),
        site_name=name,
        category="community",
        category_text={"zh": "无废社区"},
        district="shanyang",
        issuer={"zh": "焦作市“无废城市”建设工作领导小组"},
        city={"zh": "焦作市"},
        checklist={"zh": "无废社区评估标准（示范模板）"},
        edition="2026.1",
        total="92.75",
        level={"zh": "达标"},
        issued_on=date(2026, 7, 21),
        valid_until=date(2029, 7, 21),
        document_number="焦无废办〔2026〕3号",
        basis=f"{number:064x}",
        wording={
            "zh": {
                "title": "“无废社区”证书",
                "body": f"兹认定{name}在固体废物减量化、资源化、无害化方面达到《无废社区评估标准（示范模板）》"
                "（2026.1版）规定的要求，经评估合格，命名为焦作市“无废社区”。特发此证。",
                "remark": "本证书实行动态管理。有效期内接受监督和抽查，期满前应当申请复核；情况发生变化、"
                "不再符合要求的，由发证单位撤销命名并收回证书。",
            }
        },
        example=False,
        proof=f"WFC1:{digits}"[:460] if signed else "",
    )
