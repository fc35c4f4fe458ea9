"""However large the register is, what a person waits for finds its rows by index."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event

from tests.samples.editions import entry, publish, small
from tests.samples.registers import FULL_MARKS, add_site, scored
from wufei_cells.domain.answers import Answer
from wufei_cells.services import assessing, browsing, carrying_over, certifying, deciding, registering

LARGE = ("act", "answer", "head", "assessment", "other", "site_fact", "further_replacement", "other_certificate")


@pytest.fixture
def plans(workspace):
    """Run something and give the plans of every statement it sent."""

    def watch(work):
        sent: list[tuple[str, object]] = []

        def note(_connection, _cursor, statement, parameters, _context, many) -> None:
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                sent.append((statement, parameters[0] if many else parameters))

        event.listen(workspace.database.engine, "before_cursor_execute", note)
        work()
        event.remove(workspace.database.engine, "before_cursor_execute", note)
        with workspace.database.reading() as connection:
            return [
                (statement, str(row[3]))
                for statement, parameters in sent
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ]

    return watch


def scans(plans: list[tuple[str, str]], *tables: str) -> list[tuple[str, str]]:
    pattern = re.compile(rf"SCAN (?:{'|'.join(tables)})\b")
    return [plan for plan in plans if pattern.search(plan[1])]


def test_the_watch_sees_a_scan(plans, workspace):
    assert scans(plans(lambda: browsing.list_assessments(workspace)), "assessment")


def test_an_answer_reads_no_table_from_end_to_end(plans, workspace):
    row = scored(workspace)
    sheet = browsing.sheet(workspace, row.id)
    found = plans(lambda: assessing.record_answer(workspace, row.id, "G1", Answer("no")))
    found += plans(
        lambda: assessing.record_answer(workspace, row.id, "G1", Answer("no"), seen=sheet.answers["G1"].heads)
    )
    assert len(found) > 10
    assert scans(found, *LARGE, "site", "person", "certificate", "edition") == []


@pytest.mark.parametrize("what", ["sheet", "assessment", "site", "history", "site by name"])
def test_one_of_many_is_found_by_index(plans, workspace, what):
    row = scored(workspace)
    ask = {
        "sheet": lambda: browsing.sheet(workspace, row.id),
        "assessment": lambda: browsing.assessment(workspace, row.id),
        "site": lambda: browsing.site(workspace, row.site),
        "site by name": lambda: browsing.site(workspace, "甲单位"),
        "history": lambda: browsing.history(workspace, row.id),
    }[what]
    assert scans(plans(ask), *LARGE, "site", "certificate") == []


def test_carrying_over_and_working_on_find_their_rows_by_index(plans, workspace):
    row = scored(workspace)
    data = small()
    entry(data, "A1")["text"] = "领导机构"
    publish(workspace, data)
    found = plans(lambda: carrying_over.carry_over(workspace, row.id))
    found += plans(lambda: carrying_over.accept_recheck(workspace, row.id, "A1"))
    found += plans(lambda: carrying_over.undo_carry_over(workspace, row.id))
    assert len(found) > 10
    assert scans(found, *LARGE, "site", "certificate") == []


def test_every_step_of_a_certification_finds_its_rows_by_index(plans, workspace):
    def work() -> None:
        site = add_site(workspace)
        registering.edit_site(workspace, site.id, phone="0391-1")
        row = assessing.start_assessment(workspace, site.id)
        assessing.record_answers(workspace, row.id, FULL_MARKS)
        assessing.finish_assessment(workspace, row.id)
        assessing.reopen_assessment(workspace, row.id, reason="核对")
        assessing.finish_assessment(workspace, row.id)
        deciding.decide(workspace, row.id, approve=True)
        certifying.issue_certificate(workspace, row.id)

    assert scans(plans(work), *LARGE, "site", "certificate") == []
