"""Ledgers from the command line: each kind, of a part, of an earlier day."""

from __future__ import annotations

import pytest

from tests.workbooks.ledger_reading import lines, sheet_of
from wufei_cells.domain.ledgers import LedgerKind


@pytest.mark.parametrize("kind", LedgerKind)
def test_each_ledger_is_written_where_it_was_asked_for(ask, tmp_path, kind):
    target = tmp_path / "台账.xlsx"
    assert ask("excel", "ledger", kind.value, "-o", target) == {"file": str(target), "kind": kind.value}
    assert sheet_of(target.read_bytes()).max_row >= 3


def test_a_ledger_of_a_part_and_in_another_language(ask, run, tmp_path):
    for name, district in (("甲单位", "east"), ("乙单位", "west")):
        ask("site", "add", "--name", name, "--category", "office", "--district", district)
    target = tmp_path / "sites.xlsx"
    ended = run("excel", "ledger", "sites", "-o", target, "--district", "west", "--language", "en")
    assert (ended.code, ended.out.strip()) == (0, f"Written to {target}")
    assert [row["Name"] for row in lines(target.read_bytes())] == ["乙单位"]


def test_what_nobody_knows_is_refused_and_nothing_is_written(run, tmp_path):
    target = tmp_path / "sites.xlsx"
    ended = run("excel", "ledger", "sites", "-o", target, "--category", "无废月球")
    assert (ended.code, "无废月球" in ended.err) == (1, True)
    assert run("excel", "ledger", "everything", "-o", target).code == 2
    assert not target.exists()
