"""Ledgers on paper, as a real spreadsheet program prints them; and read back by it."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.samples.registers import HandClock, add_site, brought, open_register, scored
from wufei_cells import shipped
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.ledgers import LedgerKind
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import evidencing, finding_faults, ledgers
from wufei_cells.wording import Wording
from wufei_cells.workbooks.ledgers.table import Column, Look, Table
from wufei_cells.workbooks.ledgers.writing import write_ledger


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A register of some sites, with something in every ledger."""
    workspace = open_register(tmp_path_factory.mktemp("register"), HandClock())
    for number in range(40):
        add_site(workspace, f"第{number}单位有限责任公司")
    row = scored(workspace, add_site(workspace, "甲单位"))
    finding_faults.record_finding(workspace, row.id, FindingDraft("B1", "major", "缺桶", due="2030-01-01"))
    evidencing.attach(workspace, row.id, ["A1"], [("台账.txt", b"evidence of something")])
    brought(workspace, row.id, Stage.CERTIFIED)
    yield workspace
    workspace.close()


def test_every_ledger_fits_its_pages_and_numbers_them(register, office, tmp_path):
    wordings = {language: Wording(shipped.wording_catalogue(), language) for language in ("zh", "en")}
    files = []
    for kind in LedgerKind:
        for language, wording in wordings.items():
            path = tmp_path / f"{kind.value}-{language}.xlsx"
            path.write_bytes(ledgers.ledger(register, kind, wording))
            files.append(path)
    for printed in office.convert(files, "pdf", tmp_path / "out"):
        _kind, language = printed.stem.split("-")
        pages = [page.extract_text() for page in PdfReader(printed).pages]
        whole = "\n".join(pages)
        assert "###" not in whole, f"{printed.stem}: a number or day has no room"
        for number, page in enumerate(pages, 1):
            foot = f"第 {number} 页，共 {len(pages)} 页" if language == "zh" else f"Page {number} of {len(pages)}"
            assert foot.replace(" ", "") in page.replace(" ", ""), printed.stem
        box = PdfReader(printed).pages[0].mediabox
        assert box.width > box.height, printed.stem
    heads = [page.extract_text() for page in PdfReader(tmp_path / "out" / "sites-zh.pdf").pages]
    assert len(heads) > 1
    assert all("单位名称" in page for page in heads), "the heads are repeated"


def test_a_spreadsheet_program_reads_what_was_written(office, tmp_path):
    columns = (Column("文", 30, Look.TEXT), Column("数", 10), Column("率", 10, Look.SHARE), Column("日", 18))
    table = Table("题", "说明", "", "表", "&P", columns, 1, date(2026, 11, 2), "zh")
    texts = ["=1+1", "_x000D_", "两行\n字", "a&b<c>", "007", "@x", "\x07响铃"]
    moment = datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001 - as a camera has it
    path = tmp_path / "read.xlsx"
    path.write_bytes(write_ledger(table, [(text, Fraction(7, 2), Fraction(2, 3), moment) for text in texts]))
    (tmp_path / "out").mkdir()
    (saved,) = office.convert([path], "xlsx", tmp_path / "out")
    rows = list(load_workbook(saved).worksheets[0].iter_rows(min_row=4))
    assert [row[0].value for row in rows] == [*texts[:-1], "\ufffd响铃"]
    assert {row[0].data_type for row in rows} == {"s"}
    assert {(row[1].value, row[2].value, row[3].value) for row in rows} == {(3.5, 0.6666, moment)}
