"""What the public sees: every certificate with its state, notices that run, and nothing about people."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from tests.samples.registers import add_site, scored
from wufei_cells import shipped
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.services import (
    assessing,
    certifying,
    deciding,
    naming,
    publishing_register,
    registering,
    supervising,
)
from wufei_cells.wording import Wording

WORDS = Wording(shipped.wording_catalogue(), "zh")


def approved(workspace, name):
    row = scored(workspace, add_site(workspace, name))
    assessing.finish_assessment(workspace, row.id)
    return deciding.decide(workspace, row.id, approve=True)


@pytest.fixture
def published(workspace, tmp_path):
    def publish(language="zh"):
        words = Wording(shipped.wording_catalogue(), language)
        paths = publishing_register.publish(workspace, tmp_path / "public", shipped.public_parts(), words)
        return {path.name: path.read_text("utf-8-sig") for path in paths}

    return publish


def test_every_certificate_stands_in_it_with_its_state(workspace, published):
    kept = certifying.issue_certificate(workspace, approved(workspace, "甲单位").id)
    gone = certifying.issue_certificate(workspace, approved(workspace, "乙单位").id)
    event = Event(EventKind.WITHDRAW, workspace.today(), "弄虚作假")
    supervising.record_event(workspace, gone.id, event)
    files = published()
    rows = {row["number"]: row for row in json.loads(files["register.json"])["certificates"]}
    assert (rows[kept.number]["state"], rows[gone.number]["state"]) == ("valid", "withdrawn")
    assert files["index.html"].count("<tr data-category") == 2
    table = list(csv.reader(io.StringIO(files["register.csv"])))
    assert table[0][0] == "证书编号"
    assert {row[0]: row[7] for row in table[1:]} == {kept.number: "有效", gone.number: "已撤销"}


def test_nothing_about_people_gets_into_it(workspace, published):
    site = add_site(workspace, "甲单位")
    private = {"contact": "张联系", "phone": "13900001234", "address": "某路八号", "note": "内部备注"}
    registering.edit_site(workspace, site.id, **private)
    row = scored(workspace, site)
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True, remarks="内部意见")
    certifying.issue_certificate(workspace, row.id)
    whole = "".join(published().values())
    assert "甲单位" in whole
    for secret in (*private.values(), "内部意见", workspace.person.name):
        assert secret not in whole


def test_a_notice_stands_in_it_as_long_as_it_runs(workspace, clock, published):
    row = approved(workspace, "甲单位")
    first, last = date(2026, 11, 2), date(2026, 11, 9)
    batch = {"title": "2026年第一批", "notice_from": first, "notice_until": last, "contact": "市无废办 0391-000"}
    naming.publish_notice(workspace, [row.id], **batch)
    assert "0391-000" in published()["index.html"]
    clock.forward(days=8)
    assert "0391-000" not in published()["index.html"]


def test_a_name_is_never_taken_for_markup_or_a_formula(workspace, published):
    certifying.issue_certificate(workspace, approved(workspace, "=<script>甲</script>").id)
    files = published()
    assert "<script>甲" not in files["index.html"]
    assert "&lt;script&gt;甲" in files["index.html"]
    assert "'=<script>" in files["register.csv"]


@pytest.mark.parametrize(
    ("language", "title"), [("zh", "山城市“无废细胞”名录"), ("en", "Waste-free cells of Shancheng")]
)
def test_it_speaks_the_language_it_is_asked_for(published, language, title):
    page = published(language)["index.html"]
    assert f"<title>{title}</title>" in page.replace("&#34;", '"')
    assert "{" not in page.split("<main>")[1].split("<script>")[0].replace("{shown}", "").replace("{total}", "")
