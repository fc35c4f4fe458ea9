"""A print run: signed certificates as single files and as one file, by us, by bare reportlab, and by typst.

typst draws the same page: the same texts at the same places in the same fonts, the same rules and the same code as one
path. Its frame is plain where ours is lace, which is to its advantage. It gets the whole batch as one source where one
file is wanted.
"""

# pyright: reportAttributeAccessIssue=false
# reportlab and typst have no types.

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from benchmarks.certificates import (
    BarePage,
    bare_file,
    bare_page,
    certificate,
    default_template,
    document_fonts,
    register_bare_fonts,
)
from benchmarks.result import Result
from wufei_cells import shipped
from wufei_cells.documents.canvas import A4_LANDSCAPE
from wufei_cells.documents.certificate import render_certificates
from wufei_cells.documents.qr_code import qr_code
from wufei_cells.wording import Wording

COUNT = 1000
SINGLE_BY_TYPST = 100
"""typst reads its fonts anew for each file; a tenth is measured and multiplied."""
FAMILIES = {"Serif": "Wufei Serif SC", "Sans": "Wufei Sans SC"}


def run() -> list[Result]:
    """Measure each way once; a run of this length needs no median."""
    fonts, words, template = document_fonts(), Wording(shipped.wording_catalogue(), "zh"), default_template()
    register_bare_fonts()
    rows = [certificate(number, signed=True) for number in range(1, COUNT + 1)]
    qr_code.cache_clear()
    first = _taken(lambda: render_certificates(rows[:1], fonts, {"": template}, words))
    single = sum(_taken(lambda row=row: render_certificates([row], fonts, {"": template}, words)) for row in rows)
    qr_code.cache_clear()
    batch = _taken(lambda: render_certificates(rows, fonts, {"": template}, words))
    size = len(render_certificates(rows[:1], fonts, {"": template}, words))
    pages = [bare_page(row, template, fonts, words) for row in rows]
    bare_single = sum(_taken(lambda page=page: bare_file([page])) for page in pages)
    bare_batch = _taken(lambda: bare_file(pages))
    bare_size = len(bare_file(pages[:1]))
    with TemporaryDirectory() as folder:
        for face, file in shipped.font_files().items():
            Path(folder, f"{face}.ttf").write_bytes(file.read_bytes())
        typst_single = sum(_taken(lambda page=page: _typst([page], folder)) for page in pages[:SINGLE_BY_TYPST])
        typst_batch = _taken(lambda: _typst(pages, folder))
        typst_size = len(_typst(pages[:1], folder))
    times = COUNT / SINGLE_BY_TYPST
    return [
        Result(f"{COUNT} signed certificates, single files / reportlab", single, bare_single),
        Result(f"{COUNT} signed certificates, single files / typst", single, typst_single * times),
        Result(f"{COUNT} signed certificates, one file / reportlab", batch, bare_batch),
        Result(f"{COUNT} signed certificates, one file / typst", batch, typst_batch),
        Result("first certificate / one of the bare ones", first, bare_single / COUNT),
        Result("bytes of one certificate / reportlab", size, bare_size, "bytes"),
        Result("bytes of one certificate / typst", size, typst_size, "bytes"),
    ]


def _taken(make: Callable[[], bytes]) -> float:
    """Give the processor's time in milliseconds, of all threads: ways that are not measured in turn stay comparable."""
    begun = time.process_time()
    assert make().startswith(b"%PDF")
    return (time.process_time() - begun) * 1000


def _typst(pages: Sequence[BarePage], folder: str) -> bytes:
    source = "\n#pagebreak()\n".join("\n".join(_source(page)) for page in pages)
    width, height = A4_LANDSCAPE
    head = f"#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n#set text(fallback: false)\n"
    return typst.compile((head + source).encode(), font_paths=[folder], ignore_system_fonts=True)  # pyright: ignore[reportArgumentType]  # takes str, too


def _source(page: BarePage) -> list[str]:
    """Say a page in typst's language: everything has its place, nothing is left to be laid out."""
    width, height = A4_LANDSCAPE
    placed = [f"#place(dx: 27pt, dy: 27pt, rect(width: {width - 54}pt, height: {height - 54}pt, stroke: 1.6pt))"]
    for rule in page.rules:
        (x, y), (far, _y) = rule.start, rule.end
        stroke = f'stroke: {rule.thickness}pt + rgb("{rule.color}")'
        placed.append(f"#place(dx: {x:.2f}pt, dy: {height - y:.2f}pt, line(length: {far - x:.2f}pt, {stroke}))")
    for line in page.lines:
        family = FAMILIES["Serif" if "Serif" in line.font else "Sans"]
        weight = "bold" if "Bold" in line.font else "regular"
        look = f'font: "{family}", weight: "{weight}", size: {line.size}pt, tracking: {line.spacing}pt'
        color = line.color.hexval().removeprefix("0x")
        text = json.dumps(line.text, ensure_ascii=False)
        words = f'text({look}, fill: rgb("#{color}"), top-edge: "baseline", {text})'
        placed.append(f"#place(dx: {line.x:.2f}pt, dy: {height - line.y:.2f}pt, {words})")
    if page.code:
        code, side = page.code, page.code.module
        for x, y, wide, high in code.code.dark:
            placed.append(
                f"#place(dx: {code.x + x * side:.3f}pt, dy: {height - code.y + y * side:.3f}pt, "
                f"rect(width: {wide * side:.3f}pt, height: {high * side:.3f}pt, fill: black))"
            )
    return placed
