"""Authoring workbooks that another program saved again say the same."""

from __future__ import annotations

from pypdf import PdfReader

from tests.workbooks.authoring_sheets import NAME, shipped_documents, wording
from wufei_cells.checklists.defaults import without_defaults
from wufei_cells.workbooks.authoring.workbook import write_checklist_workbook
from wufei_cells.workbooks.authoring.workbook_reading import read_checklist_workbook

CHOSEN = {"jiaozuo/factory": "zh", "jiaozuo/community": "en", "luoyang/mine": "zh", "luoyang/hotel": "en"}


def test_libreoffice_saves_the_same_checklist(office, tmp_path):
    files = []
    for number, (name, language) in enumerate(CHOSEN.items()):
        files.append(tmp_path / f"{number}.xlsx")
        files[-1].write_bytes(write_checklist_workbook(shipped_documents()[name], wording(language)))
    (tmp_path / "out").mkdir()
    for (name, language), file in zip(CHOSEN.items(), office.convert(files, "xlsx", tmp_path / "out"), strict=True):
        source = read_checklist_workbook(file.read_bytes(), NAME, wording(language))
        assert without_defaults(source.data) == without_defaults(shipped_documents()[name])
        assert (source.noted, source.cautions) == ([], [])


def test_print_is_on_a4_with_heads_on_every_page_and_the_name_of_the_sheet(office, tmp_path):
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(write_checklist_workbook(shipped_documents()["jiaozuo/office"], wording()))
    pages = PdfReader(office.convert([file], "pdf", tmp_path)[0]).pages
    items = [page for page in pages if "评分标准" in page.extract_text() and "检查要点" in page.extract_text()]
    assert len(items) >= 2
    assert all(round(float(page.mediabox.width)) == 842 for page in items)
    assert all("无废机关评估标准（示范模板）" in page.extract_text().replace("\n", "") for page in pages)
