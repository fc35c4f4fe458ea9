"""Reports of the office: on paper, in Excel and as JSON the same figures as on the board."""

from __future__ import annotations

import re
import subprocess
from contextlib import closing
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.samples.registers import OFFICE, HandClock, add_site, brought, criteria, open_register, scored
from wufei_cells import shipped
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.follow_ups import FollowUp, Subject
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.errors import UserError
from wufei_cells.reports.blocks import Gauge, TableBlock
from wufei_cells.reports.period import Period
from wufei_cells.reports.plain_data import report_data
from wufei_cells.reports.vocabulary import ReportKind, TableKind
from wufei_cells.services import board_reading, browsing, following_up, reporting, supervising, targeting
from wufei_cells.wording import Wording

ZH, EN = (Wording(shipped.wording_catalogue(), language) for language in ("zh", "en"))
STAGES = (Stage.SCORING, Stage.FINISHED, Stage.REJECTED, *[Stage.CERTIFIED] * 5)
LONG = "一个名字非常非常长的单位（集团）有限责任公司第一分公司新材料产业园管理委员会办公室"


@pytest.fixture(scope="module")
def fonts():
    files = shipped.font_files()
    return DocumentFonts({face: files[face] for face in Face})


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    """A register with sites at several stages, in two counties, over three months, and targets behind and met."""
    clock = HandClock()
    workspace = open_register(tmp_path_factory.mktemp("rich"), clock)
    for number, stage in enumerate(STAGES):
        clock.forward(days=9)
        name = f"{LONG}🎉{number}" if number == 4 else f"单位{number}"
        site = add_site(workspace, name, ("east", "west")[number % 2])
        brought(workspace, scored(workspace, site).id, stage)
    certificates = browsing.list_certificates(workspace)
    office = workspace.acting_as(OFFICE)
    supervising.record_event(office, certificates[-1].id, Event(EventKind.SUSPEND, workspace.today(), "停用"))
    by = workspace.today() + timedelta(days=100)
    changes = [targeting.TargetChange(None, county, by, count) for county, count in (("east", 40), ("west", 1))]
    targeting.set_targets(workspace, changes)
    for _ in range(3):
        add_site(workspace, f"未申报{_}", "west")
    yield workspace
    workspace.close()


def template(kind):
    return reporting.template(shipped.report_templates()[kind], kind)


def printed(content):
    """What ``pdftotext`` reads, page by page."""
    command = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(command, check=True, input=content, capture_output=True).stdout.decode()
    return text.removesuffix("\f").split("\f")


def row(pages, label):
    return next(line.split() for page in pages for line in page.splitlines() if line.split()[:1] == [label])


def sheet_row(sheet, label):
    return next(list(values) for values in sheet.iter_rows(values_only=True) if values[0] == label)


def test_board_json_paper_and_excel_say_the_same(rich, fonts):
    targets = targeting.in_force(rich).targets
    board = board_reading.board(rich)
    found = report_data(reporting.gather(rich, template(ReportKind.MONTHLY), ZH))
    blocks = found["blocks"]
    figures = next(block["figures"] for block in blocks if block["block"] == "figures")
    month = board.months[-1]
    assert (figures["valid"], figures["left"]) == (board.valid.count, board.missing)
    assert (figures["month_gained"], figures["month_lost"]) == (month.gained.count, month.lost.count)
    assert board.valid.count == 4, "one of five is suspended"

    pages = printed(reporting.pdf(rich, template(ReportKind.MONTHLY), ZH, fonts))
    book = load_workbook(BytesIO(reporting.workbook(rich, template(ReportKind.MONTHLY), ZH)))
    first = list(book["概览"].iter_rows(values_only=True))
    numbers = next(line for line in first if line[0] == board.valid.count)
    assert list(numbers)[: len(figures)] == list(figures.values())
    assert re.search(r"\s+".join(map(str, figures.values())), pages[0]), "the tiles, in their order"

    counties = next(block for block in blocks if block.get("table") == "counties")
    for line, (key, part) in zip(counties["rows"], board.districts.items(), strict=True):
        name = line["county"]
        said = [part.sites.count, line["under_way"], part.valid.count, line["month_gained"], line["month_lost"]]
        target = next(one for one in targets if one.district == key)
        said += [target.count, target.by, max(target.count - part.valid.count, 0)]
        assert [line[column] for column in ("sites", "under_way", "valid")] == said[:3]
        assert row(pages, name)[1:9] == list(map(str, said))
        cells = sheet_row(book["按县区"], name)[1:9]
        assert [cell.date() if isinstance(cell, datetime) else cell for cell in cells] == said, "numbers as numbers"
    [sums] = counties["sums"]
    assert (sums["sites"], sums["valid"]) == (board.sites.count, board.valid.count)
    assert sheet_row(book["按县区"], "合计")[1] == board.sites.count


def test_what_lags_behind_an_even_pace_is_listed_with_what_was_done(rich, fonts):
    level = browsing.profile(rich).follow_up
    if level:
        following_up.follow_up(rich, FollowUp(Subject(district="east"), level[0].key, rich.today(), "请加快"))
    data = report_data(reporting.gather(rich, template(ReportKind.NOTICES), ZH))
    [behind] = [block["rows"] for block in data["blocks"] if block.get("table") == "behind"]
    assert [(line["target"], line["valid"] < line["pace"]) for line in behind] == [(40, True)]
    assert behind[0]["measure"] == (level[0].text.zh if level else "–")


@pytest.mark.parametrize("wording", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize("kind", ReportKind)
def test_every_report_is_written_in_both_languages_with_every_word(rich, fonts, kind, wording):
    content = reporting.pdf(rich, template(kind), wording, fonts)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    book = load_workbook(BytesIO(reporting.workbook(rich, template(kind), wording)))
    cells = "".join(str(cell) for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line if cell)
    for said in (text, cells):
        assert not re.search(r"report\.|charts\.|ledger\.|[{}]", said)
    assert "🎉" not in text, "a character that no font has keeps no report back"


def test_a_briefing_is_one_page_with_nothing_and_with_names_of_any_length(rich, workspace, fonts):
    briefing = template(ReportKind.BRIEFING)
    for register, wording in ((rich, ZH), (rich, EN), (workspace, ZH)):
        pages = printed(reporting.pdf(register, briefing, wording, fonts))
        assert len(pages) == 1
    assert "还没有登记单位" in pages[0], "no data: it says so"


def test_a_month_that_is_over_is_told_as_of_its_last_day(rich, fonts):
    data = report_data(reporting.gather(rich, template(ReportKind.MONTHLY), ZH, Period(month=date(2026, 12, 7))))
    board = board_reading.board(rich, date(2026, 12, 31))
    figures = next(block["figures"] for block in data["blocks"] if block["block"] == "figures")
    assert (data["on"], figures["valid"]) == ("2026-12-31", board.valid.count)
    assert figures["month_gained"] == board.months[-1].gained.count > 0


def test_one_county_alone(rich):
    found = reporting.gather(rich, template(ReportKind.MONTHLY), ZH, Period(district="west"))
    rows = next(block["rows"] for block in report_data(found)["blocks"] if block.get("table") == "counties")
    assert [line["sites"] for line in rows] == [sum(site.district == "west" for site in browsing.list_sites(rich))]


@pytest.mark.parametrize(
    ("period", "code"),
    [
        (Period(on=date(2999, 1, 1)), "report.day_to_come"),
        (Period(month=date(2999, 1, 1)), "report.month_to_come"),
        (Period(district="月球"), "site.unknown_district"),
    ],
)
def test_what_cannot_be_told_is_refused(rich, period, code):
    with pytest.raises(UserError) as refused:
        reporting.gather(rich, template(ReportKind.MONTHLY), ZH, period)
    assert refused.value.code == code
    assert "{" not in ZH.error(refused.value)


def test_who_passed_and_who_did_not_stand_with_certificate_and_reason(rich, fonts):
    pages = printed(reporting.pdf(rich, template(ReportKind.PROGRESS), ZH, fonts))
    text = re.sub(r"\s+", "", "".join(pages))
    number = browsing.list_certificates(rich)[0].number
    assert number in text
    assert "未通过的单位" in text


def table_and_figures(workspace, kind, table, wording=ZH, period=None):
    data = report_data(reporting.gather(workspace, template(kind), wording, period or Period()))
    figures = next((block["figures"] for block in data["blocks"] if block["block"] == "figures"), {})
    return next(block for block in data["blocks"] if block.get("table") == table)["rows"], figures


@pytest.mark.parametrize("period", [Period(), Period(district="west"), Period(on=date(2026, 12, 20))])
def test_the_table_of_who_passed_lists_whom_the_figure_counts(rich, period):
    rows, figures = table_and_figures(rich, ReportKind.PROGRESS, "passed", period=period)
    assert len(rows) == figures["passed"] > 0, "scored to the end is not passed yet"


def test_a_certificate_that_does_not_hold_says_so_beside_its_last_day(rich):
    rows, figures = table_and_figures(rich, ReportKind.PROGRESS, "passed")
    marked = [line["until"] for line in rows if not re.fullmatch(r"[\d-]+", line["until"] or "")]
    assert len(marked) == figures["passed"] - figures["valid"] == 1
    assert marked[0].endswith(" 已暂停")


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    """A register of a city whose goal, 3 by the end of 2026, was missed, and met since."""
    clock = HandClock()
    plain = criteria()
    name, profile = plain.profile
    given = Criteria(plain.checklists, (name, profile.replace(b"2027-12-31", b"2026-12-31")))
    workspace = open_register(tmp_path_factory.mktemp("late"), clock, given=given)
    for number in range(12):
        brought(workspace, scored(workspace, add_site(workspace, f"单位{number}")).id, Stage.CERTIFIED)
        clock.forward(days=35)
    yield workspace
    workspace.close()


def test_a_goal_whose_day_is_past_is_judged_by_its_day_and_the_text_ends_where_the_fan_does(late):
    board = board_reading.board(late)
    assert (board.at_goal_day.count, board.valid.count) == (2, 12)
    blocks = report_data(reporting.gather(late, template(ReportKind.MONTHLY), ZH))["blocks"]
    assert "没有按期达到：当时 2 个，差 1 个" in blocks[0]["text"]
    day, _now, _likely, low, high = next(b for b in blocks if b.get("chart") == "burn_up")["rows"][-1]
    end = date.fromisoformat(day)
    assert f"到{end.year}年{end.month}月{end.day}日预计有 {low}–{high} 个" in blocks[1]["text"]


def tally(workspace, kind, table):
    found = reporting.gather(workspace, template(kind), ZH).blocks
    return next(block for block in found if isinstance(block, TableBlock) and block.kind is table)


def test_a_bar_is_measured_by_the_target_or_by_all_sites_and_the_legend_says_so(rich):
    categories = tally(rich, ReportKind.PROGRESS, TableKind.CATEGORIES)
    part = board_reading.board(rich).categories["office"]
    bar = next(line.cells[-1] for line in categories.rows if line.cells[1] == part.sites.count)
    assert bar == Gauge(part.valid.count / part.sites.count, part.passed.count / part.sites.count)
    assert categories.legend == ("证书有效", "评估通过", "", "满格为在册数")
    counties = tally(rich, ReportKind.PROGRESS, TableKind.COUNTIES)
    assert [line.cells[-1].target is not None for line in counties.rows if not line.strong] == [
        line.cells[5] is not None for line in counties.rows if not line.strong
    ]
    assert counties.rows[0].cells[-1].solid == board_reading.board(rich).districts["east"].valid.count / 40


def test_targets_say_their_day_and_those_of_different_days_have_no_sum(tmp_path):
    with closing(open_register(tmp_path, HandClock())) as workspace:
        for county in ("east", "west"):
            add_site(workspace, county, county)
        days = {"east": date(2026, 12, 31), "west": date(2027, 6, 30)}
        targeting.set_targets(workspace, [targeting.TargetChange(None, key, by, 2) for key, by in days.items()])
        table = tally(workspace, ReportKind.COUNTIES, TableKind.COUNTIES)
    at = [column.key for column in table.columns].index("target")
    assert [line.cells[at : at + 2] for line in table.rows] == [*((2, by) for by in days.values()), (None, None)]


def test_the_goal_of_the_city_is_the_first_of_what_lags_behind(late, tmp_path):
    clock = HandClock()
    with closing(open_register(tmp_path, clock)) as workspace:
        add_site(workspace)
        clock.forward(days=300)
        targeting.set_targets(workspace, [targeting.TargetChange(None, "east", date(2027, 12, 31), 9)])
        rows, _figures = table_and_figures(workspace, ReportKind.NOTICES, "behind")
    assert [(line["subject"], line["target"], line["left"], line["by"]) for line in rows] == [
        ("全市", 3, 3, "2027-12-31"),
        ("东区", 9, 9, "2027-12-31"),
    ]
    assert not table_and_figures(late, ReportKind.NOTICES, "behind")[0], "met since, though late"


@pytest.mark.parametrize(("wording", "name"), [(ZH, "类别与县区"), (EN, "Counties and categories")], ids=["zh", "en"])
def test_a_cell_of_the_matrix_shows_what_its_heading_says(rich, wording, name):
    book = load_workbook(BytesIO(reporting.workbook(rich, template(ReportKind.MONTHLY), wording)))
    part = board_reading.board(rich).districts["west"]
    cells = [
        cell for line in book[name].iter_rows() for cell in line if cell.number_format == f'0" / {part.sites.count}"'
    ]
    assert part.valid.count in [cell.value for cell in cells], "shown as 2 / 7"
    assert wording.say("report.sheet_ratio") in [cell.value for line in book[name].iter_rows() for cell in line]


def test_names_of_sheets_are_not_cut_within_a_bracket_or_a_word(rich):
    for kind in ReportKind:
        for sheet in load_workbook(BytesIO(reporting.workbook(rich, template(kind), EN))).sheetnames:
            assert sheet.count("(") == sheet.count(")")
            assert sheet[-1].isalnum()


INDICATORS = """
indicators:
  - {key: use, text: {zh: 综合利用率, en: Rate of use}, unit: "%", better: more, source: 实施方案, leads: [工信局],
     baseline: {year: 2025, value: 61.5}, targets: [{year: 2027, value: 100}]}
"""


def test_a_number_of_an_indicator_stands_in_one_line_with_its_year(tmp_path, fonts):
    plain = criteria()
    name, profile = plain.profile
    given = Criteria(plain.checklists, (name, profile + INDICATORS.encode()))
    with closing(open_register(tmp_path, HandClock(), given=given)) as workspace:
        pages = printed(reporting.pdf(workspace, template(ReportKind.ANNUAL), ZH, fonts))
    lines = [line.split() for page in pages for line in page.splitlines()]
    assert ["指标", "单位", "基准", "现值", "目标", "达标情况", "牵头部门"] in lines
    assert ["综合利用率", "%", "61.5（2025年）", "–", "100（2027年）"] in [line[:5] for line in lines]


def test_excel_draws_charts_itself_and_another_program_opens_it(rich, tmp_path):
    target = tmp_path / "月度.xlsx"
    target.write_bytes(reporting.workbook(rich, template(ReportKind.MONTHLY), ZH))
    book = load_workbook(target)
    assert len(vars(book["概览"])["_charts"]) == 2
    assert [cell.value for cell in book["图表数据"][2]][:2] == ["日期", "有效无废细胞"]
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(target)], check=True, capture_output=True)
    assert "县区" in "".join(printed((tmp_path / "月度.pdf").read_bytes()))
