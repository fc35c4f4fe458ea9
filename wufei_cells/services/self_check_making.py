"""Checks that make the real thing: a register with a scored site, its papers, workbooks, packages, pictures, keys."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from wufei_cells.domain.agenda import AgendaEntry, AgendaKind
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.exchange import Order, Scope
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.domain.text import Text
from wufei_cells.services import (
    assessing,
    browsing,
    certificate_templating,
    checking,
    exporting,
    importing_scoresheets,
    packing,
    printing_agenda,
    registering,
    reporting,
)
from wufei_cells.services.self_checking import RARE, Check, Found, Shipped, Unsound
from wufei_cells.services.workspace import Workspace, open_workspace
from wufei_cells.signing import proofs, reading_codes
from wufei_cells.signing.content import CertificateContent
from wufei_cells.signing.signing_key import SigningKey, generate
from wufei_cells.wording import Wording

PERSON, SITE = "自检", f"{RARE}自检单位"
_TRIED = ("yes", "1", "0", "100")
"""Answers of which one fits some item of every checklist."""
_STREAM = re.compile(rb"stream\r?\n")
_GIF = b"GIF89a\1\0\1\0\x80\0\0\x33\x66\x99\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
_WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\7\x10\x11\x11\x88\x88\xfe\7\0"
"""The smallest pictures of two kinds: one pixel."""
MODULE, QUIET = 4, 4
"""Of a code that is painted to be read again: pixels of a module, and light modules around it."""


class Making:
    """One run of these checks: the later ones use what the earlier ones made."""

    def __init__(self, shipped: Shipped, folder: Path) -> None:
        self._shipped = shipped
        self._folder = folder
        self._wording = Wording(shipped.catalogue, "zh")

    def checks(self) -> Iterator[Check]:
        """Give the checks in the order in which they need each other."""
        yield "register", self._register
        yield "workbook", self._workbook
        yield "package", self._package
        yield "encryption", self._encryption
        yield "report", self._report
        yield "calendar", self._calendar
        yield "certificate", self._certificate
        yield "signature", self._signature
        yield "code", self._code
        yield "pictures", _pictures

    def close(self) -> None:
        """Close the register, if it came to one."""
        if "_workspace" in self.__dict__:
            self._workspace.close()

    # --- what the checks work on

    @cached_property
    def _workspace(self) -> Workspace:
        start = next(iter(self._shipped.cities.values()))()
        return open_workspace(self._folder, start, person=PERSON, cities=self._shipped.cities)

    @cached_property
    def _scored(self) -> AssessmentRow:
        workspace = self._workspace
        category = browsing.categories(workspace)[0].key
        district = browsing.profile(workspace).districts[0].key
        site = registering.add_site(workspace, registering.SiteDraft(SITE, category, district))
        row = assessing.start_assessment(workspace, site.id)
        item, answer = _fitting(workspace, row)
        assessing.record_answer(workspace, row.id, item, answer)
        return row

    @cached_property
    def _proof(self) -> str:
        day = date(2026, 11, 22)
        record = bytes(16)
        content = CertificateContent("自检-1", SITE, "自检", "", "100", day, day, "自检", "1", record, example=True)
        return proofs.prove(self._key, content)

    @cached_property
    def _key(self) -> SigningKey:
        return generate()

    # --- checks

    def _register(self) -> Found:
        row = self._scored
        sheet = browsing.sheet(self._workspace, row.id)
        found = checking.doctor(self._workspace)
        if not found.sound or not sheet.answers:
            raise Unsound("register")
        return {"items": sum(1 for _item in sheet.checklist.items()), "answers": len(sheet.answers)}

    def _workbook(self) -> Found:
        content = exporting.scoresheet(self._workspace, self._scored.id, self._wording)
        read = importing_scoresheets.preview(self._workspace, [("自检.xlsx", content)], self._wording)
        if read.problems or len(read.sheets) != 1:
            raise Unsound("workbook", problems=tuple(one.code for one in read.problems))
        return {"bytes": len(content)}

    def _package(self) -> Found:
        planned = packing.plan(self._workspace, Order(scope=Scope.ALL))
        written = packing.write(self._workspace, planned, self._folder / "自检.wufei")
        return {"acts": planned.estimate.acts, "bytes": sum(one.path.stat().st_size for one in written)}

    def _encryption(self) -> Found:
        from wufei_cells.exchange import encryption  # noqa: PLC0415 - loads the library

        plain = (self._folder / "自检.wufei").read_bytes()
        secret, recipient = encryption.new_identity()
        closed, opened = io.BytesIO(), io.BytesIO()
        encryption.encrypt_to(io.BytesIO(plain), closed, [recipient])
        encryption.decrypt_with_keys(io.BytesIO(closed.getvalue()), opened, [secret], name="自检")
        if opened.getvalue() != plain or plain in closed.getvalue():
            raise Unsound("encryption")
        return {"bytes": len(closed.getvalue())}

    def _report(self) -> Found:
        name, content = next(iter(self._shipped.report_templates.items()))
        template = reporting.template(content, name)
        pdf = reporting.pdf(self._workspace, template, self._wording, self._shipped.fonts())
        workbook = reporting.workbook(self._workspace, template, self._wording)
        if not pdf.startswith(b"%PDF") or not workbook.startswith(b"PK"):
            raise Unsound("report")
        return {"pdf": len(pdf), "workbook": len(workbook)}

    def _calendar(self) -> Found:
        day = date(2026, 11, 22)
        entry = AgendaEntry("self-check", AgendaKind.VISIT, day, day, Text(SITE, SITE))
        content = printing_agenda.agenda_file(self._workspace, [entry], self._wording)
        if b"BEGIN:VEVENT" not in content:
            raise Unsound("calendar")
        return {"bytes": len(content)}

    def _certificate(self) -> Found:
        pdf = certificate_page(self._shipped, self._proof)
        missing = "".join(char for char in RARE if not _can_be_copied(pdf, char))
        if missing or reading_codes.texts_in_pdf(pdf) != (self._proof,):
            raise Unsound("certificate", characters=missing)
        return {"bytes": len(pdf), "characters": RARE}

    def _signature(self) -> Found:
        key = self._key
        read = proofs.read_proof(self._proof)
        if not read.signed_by(key.public) or read.signed_by(generate().public):
            raise Unsound("signature")
        return {"key": key.id}

    def _code(self) -> Found:
        from wufei_cells.documents.qr_code import qr_code  # noqa: PLC0415 - loads the encoder

        code = qr_code(self._proof)
        side = (code.side + 2 * QUIET) * MODULE
        rows = [bytearray(b"\xff" * side) for _row in range(side)]
        for x, y, width, height in code.dark:
            for row in rows[(QUIET + y) * MODULE : (QUIET + y + height) * MODULE]:
                first = (QUIET + x) * MODULE
                row[first : first + width * MODULE] = bytes(width * MODULE)
        if reading_codes.texts_in_picture(b"".join(rows), side, side) != (self._proof,):
            raise Unsound("code")
        return {"modules": code.side}


def certificate_page(shipped: Shipped, proof: str = "") -> bytes:
    """Print a made-up certificate of a site whose name has rare characters."""
    from wufei_cells.documents.certificate import render_certificates  # noqa: PLC0415 - loads reportlab
    from wufei_cells.documents.certificate_sample import sample_certificates  # noqa: PLC0415 - the same

    name, content = next(iter(shipped.certificate_templates.items()))
    wording = Wording(shipped.catalogue, "zh")
    row = replace(sample_certificates(wording)[0], site_name=SITE, proof=proof)
    template = certificate_templating.shipped_template(content, name)
    return render_certificates([row], shipped.fonts(), {row.template: template}, wording)


def _fitting(workspace: Workspace, row: AssessmentRow) -> tuple[str, Answer]:
    """Find an item and an answer that fits it."""
    sheet = browsing.sheet(workspace, row.id)
    for item in sheet.checklist.items():
        for value in _TRIED:
            if not assessing.unfit(sheet.checklist, item.key, Answer(value), workspace.today()):
                return item.key, Answer(value)
    raise Unsound("register")


def _can_be_copied(pdf: bytes, char: str) -> bool:
    """Tell whether a reader that copies text out of a PDF gets this character: its table of glyphs names it."""
    wanted = f"<{char.encode('utf-16-be').hex().upper()}>".encode()
    for found in _STREAM.finditer(pdf):
        try:
            content = zlib.decompressobj().decompress(memoryview(pdf)[found.end() :])
        except zlib.error:
            continue
        if b"begincmap" in content and wanted in content.upper():
            return True
    return False


def _pictures() -> Found:
    from wufei_cells.evidence import pictures  # noqa: PLC0415 - loads Pillow

    made = {"PNG": _png(64, 48), "GIF": _GIF, "WebP": _WEBP}
    made["JPEG"] = pictures.for_paper(made["PNG"], 64)
    for name, content in made.items():
        prepared = pictures.prepare(content)
        if not prepared.content or not pictures.thumbnail_of(prepared.content).startswith(b"\xff\xd8"):
            raise Unsound("picture", format=name)
    return {"formats": tuple(sorted(made))}


def _png(width: int, height: int) -> bytes:
    """Write a picture of one color."""
    rows = zlib.compress((b"\0" + b"\x33\x66\x99" * width) * height)
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, (b"IHDR" + head, b"IDAT" + rows, b"IEND")))


def _chunk(content: bytes) -> bytes:
    return (len(content) - 4).to_bytes(4, "big") + content + zlib.crc32(content).to_bytes(4, "big")
