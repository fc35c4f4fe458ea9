"""Certificates: a number that nobody else has, a term that can be computed, and a record that keeps every word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples.registers import HandClock, add_site, criteria, open_register, sample, scored
from wufei_cells import shipped
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import (
    assessing,
    browsing,
    certificate_templating,
    certifying,
    checking,
    deciding,
    registering,
    steps,
)
from wufei_cells.services.certifying import valid_until
from wufei_cells.services.papers import Press
from wufei_cells.services.workspace import open_workspace
from wufei_cells.wording import Wording


def approved(workspace, name: str = "甲", category: str = "office"):
    site = add_site(workspace, name, district="east", category=category)
    row = scored(workspace, site)
    assessing.finish_assessment(workspace, row.id)
    return deciding.decide(workspace, row.id, approve=True)


def issued(workspace, name: str = "甲", **how):
    return certifying.issue_certificate(workspace, approved(workspace, name).id, **how)


# --- numbers


def test_numbers_run_on_within_a_category_and_a_year(workspace, clock):
    numbers = [issued(workspace, name).number for name in ("甲", "乙", "丙")]
    assert numbers == ["SC-JG-2026-001", "SC-JG-2026-002", "SC-JG-2026-003"]
    late = approved(workspace, "丁")
    clock.moment = clock.moment.replace(year=2027, month=1, day=4)
    assert issued(workspace, "戊").number == "SC-JG-2027-001"
    assert certifying.issue_certificate(workspace, late.id, issued_on=date(2026, 12, 31)).number == "SC-JG-2026-004"


def test_a_serial_longer_than_its_places_is_written_out(tmp_path, clock):
    narrow = sample("city").replace(b"{serial:03}", b"{serial:01}")
    given = Criteria(criteria().checklists, ("city.yaml", narrow))
    workspace = open_register(tmp_path, clock, given=given)
    numbers = [issued(workspace, f"单位{number}").number for number in range(11)]
    assert numbers[-1] == "SC-JG-2026-11"
    assert len(set(numbers)) == 11
    workspace.close()


def test_a_serial_may_stand_anywhere_in_the_number(tmp_path, clock):
    given = criteria(profile="other_city")
    content = given.profile[1].replace(b"key: docks", b"key: east")
    workspace = open_register(tmp_path, clock, given=Criteria(given.checklists, ("other.yaml", content)))
    assert [issued(workspace, name).number for name in ("甲", "乙")] == ["港(2026)JG第1号", "港(2026)JG第2号"]
    workspace.close()


def test_a_certificate_is_found_by_its_number_and_by_its_id(workspace):
    row = issued(workspace)
    assert browsing.certificate(workspace, row.number) == row == browsing.certificate(workspace, row.id)
    with pytest.raises(UserError) as refused:
        browsing.certificate(workspace, "SC-JG-2026-01")
    assert refused.value.code == "register.unknown_certificate"


# --- term


@pytest.mark.parametrize(
    ("issued_on", "years", "until"),
    [
        (date(2026, 11, 2), 3, date(2029, 11, 2)),
        (date(2028, 2, 29), 3, date(2031, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 12, 31)),
    ],
)
def test_it_holds_until_the_same_day_some_years_on(issued_on, years, until):
    assert valid_until(issued_on, years) == until


@given(issued_on=st.dates(steps.EARLIEST, steps.LATEST), years=st.integers(1, 100))
def test_every_day_has_an_end_of_term_in_the_same_month(issued_on, years):
    until = valid_until(issued_on, years)
    assert (until.year, until.month) == (issued_on.year + years, issued_on.month)
    assert until.day == issued_on.day or (issued_on.day == 29 and until.day == 28)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), date(2200, 1, 1), date(9999, 12, 31)])
def test_a_day_that_must_be_a_slip_is_refused(workspace, day):
    row = approved(workspace)
    with pytest.raises(UserError) as refused:
        certifying.issue_certificate(workspace, row.id, issued_on=day)
    assert refused.value.code == "certifying.day"
    assert browsing.assessment(workspace, row.id).stage is Stage.APPROVED


def test_a_day_that_has_not_come_or_is_before_the_decision_uses_no_number(workspace, clock):
    row = approved(workspace)
    for shift, code in ((1, "certifying.day_to_come"), (-1, "certifying.before_decision")):
        day = workspace.today() + timedelta(days=shift)
        with pytest.raises(UserError) as refused:
            certifying.issue_certificate(workspace, row.id, issued_on=day)
        assert refused.value.code == code
    clock.forward(days=-1)
    with pytest.raises(UserError, match="before_decision"):
        certifying.issue_certificate(workspace, row.id)
    assert browsing.list_certificates(workspace) == ()


def test_its_state_depends_on_the_day_asked_about(workspace):
    row = issued(workspace, issued_on=date(2026, 11, 2))
    assert (row.issued_on, row.valid_until, row.state) == (date(2026, 11, 2), date(2029, 11, 2), CertificateState.VALID)
    [on_last_day] = browsing.list_certificates(workspace, on=date(2029, 11, 2))
    [after] = browsing.list_certificates(workspace, on=date(2029, 11, 3))
    assert (on_last_day.state, after.state) == (CertificateState.VALID, CertificateState.EXPIRED)


def test_today_is_the_day_of_issue_unless_one_is_given(workspace):
    assert issued(workspace).issued_on == workspace.today()


# --- record


def test_the_record_keeps_the_words_of_both_languages(workspace):
    row = issued(workspace, "云台山", document_number=" 山无废〔2026〕3号 ")
    assert row.wording["zh"] == {
        "title": "无废机关证书",
        "body": "兹认定云台山为山城市无废机关，20分。",
        "remark": "有效期至2029年11月2日",
    }
    assert row.wording["en"] == {
        "title": "Waste-Free Office Certificate",
        "body": "云台山 is a Waste-Free Office of Shancheng with 20 points.",
        "remark": "Valid until November 2, 2029",
    }
    assert (row.site_name, row.district, row.total, row.document_number) == (
        "云台山",
        "east",
        "20",
        "山无废〔2026〕3号",
    )
    assert row.level == {"zh": "良好", "en": "Good"}
    assert row.issuer == {"zh": "山城市无废办", "en": "Shancheng Waste-Free Office"}
    assert row.basis == browsing.assessment(workspace, row.assessment).basis
    assert row.edition == "1"


def test_what_was_issued_stays_as_it_was_when_the_city_and_the_site_change(tmp_path, clock):
    workspace = open_register(tmp_path, clock)
    row = issued(workspace, "云台山")
    registering.edit_site(workspace, row.site, name="云台山风景名胜区", phone="1")
    workspace.close()
    changed = sample("city").replace("山城市无废办".encode(), "山城市生态环境局".encode()).replace(b"SC-", b"NEU-")
    later = open_register(tmp_path, clock, given=Criteria(criteria().checklists, ("city.yaml", changed)))
    assert browsing.profile(later).issuer.zh == "山城市生态环境局"
    assert browsing.certificate(later, row.number) == row
    assert issued(later, "乙").number == "NEU-JG-2026-001"
    later.close()


def test_the_total_is_cut_and_never_rounded_up(workspace):
    site = add_site(workspace)
    row = scored(workspace, site, A1=Answer(na="无"), A2=Answer({"part": "88", "whole": "100"}))
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)
    assert certifying.issue_certificate(workspace, row.id).total == "17.33"  # 52/3


@pytest.mark.parametrize("number", ["x" * 121, "a\nb", "半\ud800"])
def test_a_document_number_is_a_short_line_of_text(workspace, number):
    row = approved(workspace)
    with pytest.raises(ProblemsFound):
        certifying.issue_certificate(workspace, row.id, document_number=number)
    assert browsing.list_certificates(workspace) == ()


# --- one for each assessment


def test_a_site_is_certified_again_after_another_assessment(workspace, clock):
    first = issued(workspace, "甲")
    clock.forward(days=1200)
    row = scored(workspace, browsing.site(workspace, "甲"))
    assert browsing.site(workspace, "甲").certificate_number == first.number  # it holds while the next is scored
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)
    second = certifying.issue_certificate(workspace, row.id)
    site = browsing.site(workspace, "甲")
    assert (site.certificate_number, site.valid_until) == (second.number, second.valid_until)
    assert [entry.number for entry in browsing.list_certificates(workspace)] == [second.number, first.number]
    assert [entry.state.value for entry in browsing.list_certificates(workspace)] == ["valid", "expired"]


def test_no_certificate_without_an_assessment(workspace):
    with pytest.raises(UserError) as refused:
        certifying.issue_certificate(workspace, "none")
    assert refused.value.code == "register.unknown_assessment"


def test_certificates_of_example_data_say_so(tmp_path):
    workspace = open_workspace(tmp_path, criteria(), person="王敏", example=True, clock=HandClock())
    assert issued(workspace).example
    workspace.close()


def test_certificates_of_a_real_register_do_not(workspace):
    assert not issued(workspace).example


# --- the trial


def test_what_cannot_be_printed_is_not_issued_and_uses_no_number(workspace):
    files = {Face(name): file for name, file in shipped.font_files().items()}
    name, content = next(iter(shipped.certificate_templates().items()))
    template = certificate_templating.shipped_template(content, name)
    press = Press(DocumentFonts(files), Wording(shipped.wording_catalogue(), "zh"), template)
    row = approved(workspace, "东区图书馆😀")
    before = checking.digest(workspace)
    with pytest.raises(UserError) as refused:
        certifying.issue_certificate(workspace, row.id, press=press)
    assert refused.value.code == "document.glyph_missing"
    assert checking.digest(workspace) == before
    assert browsing.list_certificates(workspace) == ()
    other = approved(workspace, "东区图书馆")
    assert certifying.issue_certificate(workspace, other.id, press=press).number == "SC-JG-2026-001"
