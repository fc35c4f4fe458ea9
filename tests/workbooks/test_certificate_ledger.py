"""The ledger of certificates as a workbook: a plain table of what is, and what is on its way."""

from __future__ import annotations

from datetime import date

import pytest

from tests.samples.registers import (
    OFFICE,
    HandClock,
    add_site,
    brought,
    criteria_with_process,
    open_register,
    published,
    scored,
)
from tests.workbooks.ledger_reading import lines
from wufei_cells import shipped
from wufei_cells.domain.ledgers import LedgerKind, Scope
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.errors import UserError
from wufei_cells.services import browsing, ledgers, supervising
from wufei_cells.wording import Wording

WORDS = Wording(shipped.wording_catalogue(), "zh")


@pytest.fixture
def workspace(tmp_path):
    opened = open_register(tmp_path, HandClock(), given=criteria_with_process())
    yield opened
    opened.close()


def written(workspace, keys=None):
    return ledgers.ledger(workspace, LedgerKind.CERTIFICATES, WORDS, Scope(keys=keys))


def test_a_line_says_what_a_reader_of_the_office_asks_for(workspace):
    row = brought(workspace, scored(workspace, add_site(workspace, "=甲单位")).id, Stage.CERTIFIED)
    certificate = browsing.list_certificates(workspace)[0]
    reason = Event(EventKind.SUSPEND, workspace.today(), "整改逾期")
    supervising.record_event(workspace.acting_as(OFFICE), certificate.id, reason)
    (line,) = lines(written(workspace))
    assert line == {
        "序号": 1,
        "类别": "无废机关",
        "单位名称": "=甲单位",
        "县区": "东区",
        "牵头部门": "机关事务局",
        "评估日期": line["评估日期"],
        "得分": 20,
        "等次": line["等次"],
        "命名文号": certificate.document_number,
        "批次": certificate.batch,
        "证书编号": certificate.number,
        "有效期至": line["有效期至"],
        "状态": "暂停",
    }
    assert line["评估日期"].date() == row.on
    assert line["有效期至"].date() == certificate.valid_until
    assert written(workspace) == written(workspace)


def test_what_is_on_its_way_stands_where_it_was_listed_without_a_number(workspace):
    brought(workspace, scored(workspace, add_site(workspace, "甲")).id, Stage.CERTIFIED)
    waiting = brought(workspace, scored(workspace, add_site(workspace, "乙")).id, Stage.APPROVED)
    published(workspace.acting_as(OFFICE), [waiting.id], title="第二批")
    certificate = browsing.list_certificates(workspace)[0]
    first, second = lines(written(workspace, (waiting.id, certificate.number)))
    assert (first["单位名称"], first["批次"], first["证书编号"], first["状态"]) == ("乙", "第二批", None, "公示中")
    assert (second["序号"], second["证书编号"]) == (2, certificate.number)
    assert isinstance(first["评估日期"].date(), date)
    with pytest.raises(UserError, match="unknown"):
        written(workspace, ("nothing",))
