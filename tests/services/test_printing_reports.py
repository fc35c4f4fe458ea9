"""Papers from the register: the report with its photos, lists of names, plaques."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.samples.editions import publish, small
from tests.samples.registers import FULL_MARKS, add_site, scored
from tests.services.teams import LI, ZHAO, alone, started
from wufei_cells import shipped
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.name_list_data import ListKind
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.signatures import Signer
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.evidence import pictures
from wufei_cells.services import (
    assessing,
    browsing,
    certifying,
    deciding,
    evidencing,
    finding_faults,
    naming,
    printing_lists,
    printing_reports,
    signing_off,
    teaming,
)
from wufei_cells.services.printing_lists import ListRequest
from wufei_cells.wording import Wording


@pytest.fixture(scope="module")
def fonts() -> DocumentFonts:
    files = shipped.font_files()
    return DocumentFonts({face: files[face] for face in Face})


@pytest.fixture(scope="module")
def zh() -> Wording:
    return Wording(shipped.wording_catalogue(), "zh")


def text_of(content: bytes) -> str:
    return "".join(re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(BytesIO(content)).pages)


def photo(number: int, size=(2400, 1800)) -> bytes:
    exif = Image.Exif()
    exif[0x9003] = f"2026:10:{number + 1:02d} 09:30:00"
    exif.get_ifd(0x8769)[0x9003] = exif[0x9003]
    written = BytesIO()
    noise = Image.effect_noise((size[0] // 8, size[1] // 8), 70).resize(size).convert("RGB")
    noise.paste((number * 40 % 256, 90, 60), (0, 0, size[0] // 2, size[1] // 2))
    noise.save(written, "JPEG", quality=92, exif=exif)
    return written.getvalue()


def approved(workspace, name: str, district: str = "east", category: str = "office"):
    row = scored(workspace, add_site(workspace, name, district, category))
    assessing.finish_assessment(workspace, row.id)
    return deciding.decide(workspace, row.id, approve=True)


def refused(act) -> str:
    with pytest.raises(UserError) as error:
        act()
    return error.value.code


# --- the report


def test_everything_a_decision_rests_on_stands_in_the_report(workspace, fonts, zh):
    row = scored(workspace, A2=Answer({"part": "92", "whole": "100"}, note="标签不全"))
    finding_faults.record_finding(
        workspace, row.id, FindingDraft("A2", "major", "没有标签", "补贴", "李工", "2026-12-01")
    )
    evidencing.attach(workspace, row.id, ["A2"], [("投放点.jpg", photo(1)), ("联单.pdf", b"%PDF-1.4 x")])
    signing_off.sign(workspace, row.id, "李国强", Signer.UNIT, (((10, 20), (300, 180)),))
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)
    certificate = certifying.issue_certificate(workspace, row.id)
    content = printing_reports.assessment_report(workspace, row.id, fonts, zh)
    text = text_of(content)
    for told in (
        "无废机关评估报告",
        "王敏于",
        certificate.number,
        "结果是怎么来的",
        "各组得分",
        "说明：标签不全",
        "没有标签补贴责任人：李工",
        "现场照片（1张）",
        "拍摄于2026-10-0209:30",
        "联单.pdf",
        "不是照片",
        "单位代表：李国强",
    ):
        assert told in text, told
    assert content == printing_reports.assessment_report(workspace, row.id, fonts, zh)


def test_where_columns_make_up_the_result_it_is_theirs_with_what_each_of_them_scored(workspace, fonts, zh):
    named = [{"key": "expert", "text": "专家", "weight": "60"}, {"key": "public", "text": "公众", "weight": "40"}]
    data = small()
    edition = publish(workspace, {**data, "scoring": {**data["scoring"], "columns": named}})
    whole = assessing.start_assessment(workspace, add_site(workspace).id, edition=edition)
    assessing.record_answers(workspace, whole.id, FULL_MARKS)
    public = teaming.add_sheet(workspace, whole.id, "public")
    assessing.record_answers(workspace, public.id, {**FULL_MARKS, "A2": Answer({"part": "85", "whole": "100"})})
    assert teaming.composite(workspace, whole.id).composite.total.low == 18
    text = text_of(printing_reports.assessment_report(workspace, whole.id, fonts, zh))
    assert "18/20分" in text
    assert "本栏总分20" in text
    assert "专家" in text[text.index("合成") :]
    assert "公众" in text[text.index("合成") :]


def test_photos_go_in_small_and_without_where_they_were_taken(workspace, fonts, zh):
    row = scored(workspace)
    files = [(f"现场{number}.jpg", photo(number)) for number in range(3)]
    evidencing.attach(workspace, row.id, ["A1"], files)
    seen: list[tuple[int, int]] = []
    told = seen.append
    content = printing_reports.assessment_report(
        workspace, row.id, fonts, zh, progress=lambda done, of: told((done, of))
    )
    assert seen == [(1, 3), (2, 3), (3, 3)]
    found = [image for page in PdfReader(BytesIO(content)).pages for image in page.images]
    assert len(found) == 3
    for image in found:
        assert max(image.image.size) <= 960
        assert b"Exif" not in image.data
    assert len(content) < sum(len(data) for _name, data in files)


def test_what_is_not_on_this_machine_or_damaged_is_named_and_stops_nothing(workspace, fonts, zh):
    row = scored(workspace)
    names = ["在.jpg", "没到.jpg", "坏了.jpg"]
    taken = evidencing.attach(
        workspace, row.id, ["A1"], [(name, photo(at, (640, 480))) for at, name in enumerate(names)]
    ).taken
    folder = evidencing.files_of(workspace)
    of = {piece.name: piece.file.id for piece in evidencing.list_evidence(workspace, row.id)}
    assert set(of.values()) == set(taken)
    paths = {name: folder.path_of(key) for name, key in of.items()}  # not the small picture, which has its name, too
    paths["没到.jpg"].unlink()
    paths["坏了.jpg"].write_bytes(b"broken")
    content = printing_reports.assessment_report(workspace, row.id, fonts, zh)
    text = text_of(content)
    assert "现场照片（1张）" in text
    assert "没到.jpg" in text[text.index("其他证据文件和没有收到的文件（2件）") :]
    assert "没有收到：文件不在本机" in text
    assert "文件已损坏或被改动，无法打印" in text


def test_a_sheet_that_may_not_be_seen_is_not_printed(workspace, fonts, zh):
    whole = started(workspace)
    sheet = alone(workspace, whole.id, LI)
    alone(workspace, whole.id, ZHAO)
    other = workspace.acting_as(ZHAO)
    assert refused(lambda: printing_reports.assessment_report(other, sheet.id, fonts, zh)) == "teaming.hidden"
    assert refused(lambda: printing_reports.assessment_report(workspace, "x", fonts, zh)).endswith("unknown_assessment")


def test_a_picture_for_paper_is_small_upright_and_says_nothing_of_the_camera():
    exif = Image.Exif()
    exif[0x0112] = 6
    written = BytesIO()
    Image.new("RGBA", (800, 400), (255, 0, 0, 0)).convert("RGB").save(written, "JPEG", exif=exif)
    small = Image.open(BytesIO(pictures.for_paper(written.getvalue(), 200)))
    assert (small.size, small.format) == ((100, 200), "JPEG")
    assert not dict(small.getexif())
    assert refused(lambda: pictures.for_paper(b"no picture", 200)) == "evidencing.broken_picture"


# --- lists


def test_a_list_goes_by_category_then_district_then_name(workspace):
    for name, district in (("丁局", "west"), ("乙局", "east"), ("甲局", "east")):
        certifying.issue_certificate(workspace, approved(workspace, name, district).id)
    data = printing_lists.name_list(workspace, ListRequest(ListKind.VALID))
    (group,) = data.groups
    names = [entry.name for entry in group.entries]
    assert names[-1] == "丁局"
    assert names[:2] == sorted(["乙局", "甲局"])
    assert all(entry.certificate and entry.valid_until for entry in group.entries)


def test_what_expired_is_in_no_list_of_what_is_valid(workspace):
    certifying.issue_certificate(workspace, approved(workspace, "甲局").id)
    later = printing_lists.name_list(workspace, ListRequest(ListKind.VALID, on=date(2035, 1, 1)))
    assert later.count == 0
    assert refused(lambda: printing_lists.name_list_text(later, Wording({}, "zh"))) == "problems.found"


def test_a_batch_says_itself_when_it_is_noticed_and_by_which_document_it_is_named(workspace, clock, zh):
    rows = [approved(workspace, name) for name in ("甲局", "乙局")]
    approved(workspace, "丙局")
    first, last = workspace.today(), date(2026, 11, 20)
    batch = naming.publish_notice(
        workspace,
        [row.id for row in rows],
        title="2026年第一批",
        notice_from=first,
        notice_until=last,
        contact="电话 0000",
    )
    notice = printing_lists.name_list(workspace, ListRequest(ListKind.NOTICE, batch="2026年第一批"))
    assert (notice.period, notice.contact, notice.on, notice.count) == ((first, last), "电话 0000", first, 2)
    assert "丙局" not in printing_lists.name_list_text(notice, zh)
    clock.forward(days=30)
    naming.name_batch(workspace, batch.id, document_number="样无废〔2026〕5号", named_on=date(2026, 11, 25))
    named = printing_lists.name_list(workspace, ListRequest(ListKind.NAMING, batch=batch.id))
    assert (named.document_number, named.on, named.count) == ("样无废〔2026〕5号", date(2026, 11, 25), 2)
    assert "关于命名" in printing_lists.name_list_text(named, zh)


def test_without_a_batch_a_notice_names_who_waits_and_a_naming_goes_by_its_document(workspace):
    approved(workspace, "甲局")
    certifying.issue_certificate(workspace, approved(workspace, "乙局").id, document_number="样〔2026〕1号")
    certifying.issue_certificate(workspace, approved(workspace, "丙局").id)
    notice = printing_lists.name_list(workspace, ListRequest(ListKind.NOTICE))
    assert [entry.name for group in notice.groups for entry in group.entries] == ["甲局"]
    named = printing_lists.name_list(workspace, ListRequest(ListKind.NAMING, document_number="样〔2026〕1号"))
    assert [entry.name for group in named.groups for entry in group.entries] == ["乙局"]
    assert refused(lambda: printing_lists.name_list(workspace, ListRequest(ListKind.NAMING))) == "paper.which_naming"
    unknown = ListRequest(ListKind.NAMING, batch="没有这一批")
    assert refused(lambda: printing_lists.name_list(workspace, unknown)) == "naming.unknown_batch"


# --- plaques


def test_plaques_are_drawn_for_valid_certificates_only(workspace, clock, fonts, zh):
    first = certifying.issue_certificate(workspace, approved(workspace, "甲局").id)
    content = printing_lists.plaques(workspace, [first.number], fonts, zh)
    assert "二〇二六年十一月" in text_of(content)
    assert content == printing_lists.plaques(workspace, [first.id, first.number][:1], fonts, zh)
    before = len(browsing.history(workspace, first.id))
    clock.forward(days=4000)
    with pytest.raises(ProblemsFound) as error:
        printing_lists.plaques(workspace, [first.number], fonts, zh)
    assert "甲局" in zh.error(error.value)
    assert refused(lambda: printing_lists.plaques(workspace, [], fonts, zh)) == "paper.no_certificates"
    assert refused(lambda: printing_lists.plaques(workspace, ["X"], fonts, zh)) == "register.unknown_certificate"
    assert len(browsing.history(workspace, first.id)) == before
