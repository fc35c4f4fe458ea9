"""What others changed in an assessment since a person looked at it last."""

from __future__ import annotations

import pytest

from tests.samples.editions import entry, publish, small
from tests.samples.registers import scored
from wufei_cells.domain.answers import Answer
from wufei_cells.errors import UserError
from wufei_cells.services import assessing, carrying_over
from wufei_cells.services.looking import changed_since_look, note_look
from wufei_cells.store import ledger


@pytest.fixture
def looked(workspace):
    """An answered assessment that its assessor has just looked at, and a colleague's hands."""
    row = scored(workspace)
    note_look(workspace, row.id)
    return row, workspace.acting_as("李同事")


def test_who_never_looked_has_nothing_to_compare_with(workspace, looked):
    row, colleague = looked
    assert changed_since_look(colleague, row.id) == frozenset()


def test_what_somebody_else_answers_is_news_until_the_next_look(workspace, looked):
    row, colleague = looked
    assert changed_since_look(workspace, row.id) == frozenset()
    assessing.record_answer(colleague, row.id, "A2", Answer({"part": "80", "whole": "100"}))
    assessing.record_answer(colleague, row.id, "G1", Answer("yes", note="补充说明"))
    assert changed_since_look(workspace, row.id) == {"A2", "G1"}
    note_look(workspace, row.id)
    assert changed_since_look(workspace, row.id) == frozenset()


def test_what_a_person_writes_is_no_news_to_that_person(workspace, looked):
    row, colleague = looked
    assessing.record_answer(workspace, row.id, "A2", Answer({"part": "80", "whole": "100"}))
    note_look(colleague, row.id)
    assessing.record_answer(workspace, row.id, "B1", Answer("no"))
    assert changed_since_look(workspace, row.id) == frozenset()
    assert changed_since_look(colleague, row.id) == {"B1"}


def test_each_assessment_has_looks_of_its_own(workspace, looked):
    row, colleague = looked
    assessing.finish_assessment(workspace, row.id)
    assessing.reopen_assessment(workspace, row.id, reason="复查")
    assessing.record_answer(colleague, row.id, "B1", Answer("no"))
    assert changed_since_look(workspace, row.id) == {"B1"}
    with pytest.raises(UserError):
        note_look(workspace, "nobody")
    with pytest.raises(UserError):
        changed_since_look(workspace, "nobody")


def test_a_look_is_no_act(workspace, looked):
    row, _colleague = looked
    before = len(ledger_of(workspace, row.id))
    note_look(workspace, row.id)
    assert len(ledger_of(workspace, row.id)) == before


def ledger_of(workspace, entity: str):
    with workspace.database.reading() as connection:
        return ledger.history(connection, entity)


def test_news_is_told_under_the_key_that_the_entry_has_today(workspace, looked):
    row, colleague = looked
    assessing.record_answers(colleague, row.id, {"B1": Answer("no"), "A2": Answer({"part": "80", "whole": "100"})})
    data = small()
    entry(data, "B1").update(key="B7", **{"from": [{"key": "B1", "relation": "same"}]})
    entry(data, "A2")["text"] = {"zh": "抽样 (新)", "en": "Sample (new)"}
    carrying_over.carry_over(workspace, row.id, publish(workspace, data))
    assert changed_since_look(workspace, row.id) == {"B7", "A2"}


def test_somebody_who_only_reads_is_remembered_too(workspace, looked):
    row, colleague = looked
    reader = workspace.acting_as("看看")
    note_look(reader, row.id)
    assessing.record_answer(colleague, row.id, "B1", Answer("no"))
    assert changed_since_look(workspace.acting_as("看看"), row.id) == {"B1"}
