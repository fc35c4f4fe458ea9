"""The progress report, read back with the readers that people have."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from wufei_cells.documents.progress_data import FailedSite, PassedSite, ReportData
from wufei_cells.documents.progress_report import render_progress_report

from wufei_cells.domain.register import Progress, Tally
from wufei_cells.domain.text import Text
from wufei_cells.errors import UserError
from wufei_cells.wording import Wording

WORDING = Path(__file__).resolve().parents[2] / "resources" / "wording"
CATEGORIES = {"office": Text("无废机关", "Government office"), "park": Text("无废园区", "Industrial park")}
DISTRICTS = {"shanyang": Text("山阳区", "Shanyang"), "jiefang": Text("解放区", "Jiefang")}
CELLS = {
    ("office", "shanyang"): Tally(5, 4, 3, 2),
    ("office", "jiefang"): Tally(7, 3, 1, 1),
    ("park", "jiefang"): Tally(2, 1, 0, 0),
}
FAILED_BY = "未通过：合计 71.2 分，比要求的 80 分少 8.8 分。"
RARE = "䶮㳇鿍𬇙"


@pytest.fixture(scope="session")
def catalogue() -> dict[str, dict[str, str]]:
    parts = [json.loads((WORDING / f"{name}.json").read_text("utf-8")) for name in ("documents", "progress_report")]
    return parts[0] | parts[1]


@pytest.fixture
def zh(catalogue) -> Wording:
    return Wording(catalogue, "zh")


def gathered(place: int, keys: Mapping[str, Text]) -> dict[str, Tally]:
    return {key: sum((tally for cell, tally in CELLS.items() if cell[place] == key), Tally()) for key in keys}


@pytest.fixture
def data() -> ReportData:
    whole = sum(CELLS.values(), Tally())
    categories, districts = gathered(0, CATEGORIES), gathered(1, DISTRICTS)
    return ReportData(
        city=Text("焦作市", "Jiaozuo"),
        issuer=Text("焦作市“无废城市”建设工作领导小组", "Leading Group of Jiaozuo"),
        progress=Progress(date(2026, 5, 6), 100, date(2027, 12, 31), whole, categories, districts, CELLS),
        categories=CATEGORIES,
        districts=DISTRICTS,
        passed=(
            PassedSite("焦作市生态环境局", "office", "shanyang", Fraction(603, 7), Text("达标", "Qualified"),
                       "JZWF-JG-2026-0001", date(2029, 5, 6)),
            PassedSite("解放区政府", "office", "jiefang", Fraction(80), Text("达标", "Qualified")),
        ),
        failed=(FailedSite("某园区", "park", "jiefang", Fraction("71.2"), FAILED_BY),),
    )  # fmt: skip


@pytest.fixture
def printed(document_fonts, zh):
    """Print a report; give what `pdftotext` reads, page by page, one line per row of a table."""

    def render(data: ReportData, wording: Wording = zh) -> list[str]:
        content = render_progress_report(data, document_fonts, wording)
        command = ["pdftotext", "-layout", "-", "-"]
        text = subprocess.run(command, check=True, input=content, capture_output=True).stdout.decode()
        return text.removesuffix("\f").split("\f")

    return render


def row(pages: list[str], label: str, *, nth: int = 0) -> list[str]:
    """The cells of the nth line that begins with this label."""
    lines = [line.split() for page in pages for line in page.splitlines() if line.split()[:1] == [label]]
    return lines[nth]


def test_the_first_page_says_how_far_it_is(data, printed):
    pages = printed(data)
    assert "焦作市无废细胞建设进展报告" in pages[0]
    assert "截至 2026年5月6日" in pages[0]
    assert "现有 3 个有效无废细胞；到2027年12月31日要达到 100 个，还差 97 个。" in pages[0]
    assert "焦作市“无废城市”建设工作领导小组" in pages[0]


@pytest.mark.parametrize(
    ("on", "goal", "sentence"),
    [
        (date(2026, 5, 6), 3, "现有 3 个有效无废细胞，已达到2027年12月31日 3 个的目标。"),
        (date(2028, 1, 1), 4, "没有按期达到，还差 1 个。"),
        (date(2027, 12, 31), 4, "到2027年12月31日要达到 4 个，还差 1 个。"),
    ],
)
def test_the_sentence_knows_the_goals_reached_and_missed(data, printed, on, goal, sentence):
    assert sentence in printed(replace(data, progress=replace(data.progress, on=on, goal=goal)))[0]


def test_categories_and_districts_are_counted(data, printed):
    pages = printed(data)
    assert row(pages, "无废机关") == ["无废机关", "12", "7", "4", "3"]
    assert row(pages, "无废园区") == ["无废园区", "2", "1", "0", "0"]
    assert row(pages, "解放区") == ["解放区", "9", "4", "1", "1"]
    assert row(pages, "合计") == ["合计", "14", "8", "4", "3"]


def test_targets_stand_where_the_city_has_them(data, printed):
    pages = printed(replace(data, targets={"office": 30}))
    assert row(pages, "无废机关") == ["无废机关", "12", "7", "4", "3", "30"]
    assert row(pages, "无废园区")[-1] == "–"
    assert row(pages, "合计")[-1] == "–", "the sum of some targets would look like the goal"
    assert row(printed(replace(data, targets={"office": 30, "park": 20})), "合计")[-1] == "50"


def test_the_table_of_both_shows_valid_ones_of_all(data, printed):
    pages = printed(data)
    assert "".join(row(pages, "山阳区", nth=1)) == "山阳区2/5–2/5"
    assert "".join(row(pages, "合计", nth=2)) == "合计3/120/23/14"


def test_many_categories_go_on_in_a_second_table(data, printed):
    many = {f"c{number}": Text(f"类别{number}") for number in range(19)}
    text = "".join(printed(replace(data, categories=CATEGORIES | many)))
    assert text.count("类别与县区") == 3


def test_who_passed_stands_with_score_and_certificate(data, printed):
    pages = printed(data)
    lines = [re.split(r"\s{2,}", line.strip()) for page in pages for line in page.splitlines()]
    assert ["1", "焦作市生态环境局", "无废机关", "山阳区", "86.14", "达标", "JZWF-JG-2026-0001", "2029-05-06"] in lines
    assert ["2", "解放区政府", "无废机关", "解放区", "80", "达标", "未发证", "–"] in lines


def test_who_did_not_pass_stands_with_the_reason(data, document_fonts, zh):
    reader = PdfReader(BytesIO(render_progress_report(data, document_fonts, zh)))
    text = re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))
    assert "1某园区无废园区解放区71.2未通过：合计71.2分，比要求的80分少8.8分。" in text


def test_keys_without_a_name_are_shown_as_they_are(data, printed):
    progress = replace(data.progress, districts={**data.progress.districts, "old_town": Tally(1, 0, 0, 0)})
    assert row(printed(replace(data, progress=progress)), "old_town") == ["old_town", "1", "0", "0", "0"]


def test_without_any_site_it_says_so(data, printed):
    empty = Progress(date(2026, 5, 6), 100, date(2027, 12, 31), Tally())
    text = "".join(printed(replace(data, progress=empty, passed=(), failed=(), categories={}, districts={})))
    assert all(sentence in text for sentence in ("还没有登记单位", "还没有单位通过评估", "没有未通过的单位"))
    assert "还差 100 个" in text


def test_long_lists_go_over_pages_with_heads_and_numbers(data, printed):
    passed = tuple(replace(data.passed[0], name=f"第{number}家单位", certificate=f"N{number}") for number in range(150))
    pages = printed(replace(data, passed=passed))
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in page.replace(" ", "")
    with_sites = [page for page in pages if "家单位" in page]
    assert all("证书编号" in page for page in with_sites)
    names = re.findall(r"第\d+家单位", "".join(pages))
    assert names == [site.name for site in passed], "each once, and in order"


def test_long_names_wrap_and_rows_higher_than_a_page_go_on(data, printed, document_fonts, zh):
    name = "焦作市示范区新材料产业园无废工厂创建工作领导小组办公室"
    reason = "前置条件不符合；" * 400
    data = replace(data, failed=(replace(data.failed[0], name=name, reason=reason),))
    text = re.sub(r"\s+", "", "".join(printed(data)))
    assert text.count("前置条件不符合；") >= 300  # the rest is parted by page ends
    content = render_progress_report(data, document_fonts, zh)
    pieces = [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(BytesIO(content)).pages]
    assert sum(piece.count("符") for piece in pieces) >= 400
    assert set(name) <= set("".join(pieces))


def test_rare_characters_copy_out_of_the_file(data, document_fonts, zh, printed):
    data = replace(data, passed=(replace(data.passed[0], name=f"{RARE}厂"),))
    assert f"{RARE}厂" in "".join(printed(data))
    reader = PdfReader(BytesIO(render_progress_report(data, document_fonts, zh)))
    assert f"{RARE}厂" in "".join(page.extract_text() for page in reader.pages)


def test_a_character_that_no_font_has_is_refused(data, document_fonts, zh):
    data = replace(data, passed=(replace(data.passed[0], name="🎉厂"),))
    with pytest.raises(UserError) as refused:
        render_progress_report(data, document_fonts, zh)
    assert refused.value.code == "document.glyph_missing"
    assert "U+1F389" in str(refused.value.values["characters"])


def test_example_data_are_marked_on_each_page(data, printed):
    passed = data.passed * 60
    pages = printed(replace(data, passed=passed, example=True))
    assert len(pages) > 3
    assert all("示例数据，仅供演示" in page for page in pages)
    assert "示例" not in "".join(printed(replace(data, passed=passed)))


def test_english(data, printed, catalogue):
    pages = printed(data, Wording(catalogue, "en"))
    text = "".join(pages)
    assert "Progress of waste-free cells in Jiaozuo" in text
    assert "3 of 100 waste-free cells are valid; 97 more are needed by December 31, 2027." in text
    assert f"Page 1 of {len(pages)}" in text


def test_the_file_is_sound_a4_and_says_what_it_is(data, document_fonts, zh, tmp_path):
    target = tmp_path / "report.pdf"
    target.write_bytes(render_progress_report(replace(data, example=True), document_fonts, zh))
    checked = subprocess.run(["qpdf", "--check", str(target)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    reader = PdfReader(target)
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(595, 842)}
    assert reader.metadata is not None
    assert reader.metadata.title == "焦作市无废细胞建设进展报告"
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }
    assert all("+Wufei" in font for font in fonts), "every font is embedded"


def test_the_same_data_give_the_same_bytes_where_asked(data, document_fonts, zh):
    first, second = (render_progress_report(data, document_fonts, zh, repeatable=True) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_that_is_said_has_words(data, printed, catalogue, language):
    empty = replace(data, passed=(), failed=(), progress=replace(data.progress, whole=Tally()), targets={"office": 3})
    text = "".join(page for case in (data, empty) for page in printed(case, Wording(catalogue, language)))
    assert "report." not in text
    assert "{" not in text
