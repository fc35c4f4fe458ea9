"""Findings: noted while a site is assessed, checked as long as it takes, never lost between two assessments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.samples.registers import add_site, scored
from tests.store.foreign import Act, take_in
from wufei_cells.domain.findings import FindingDraft, FindingState, Severity
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, checking, deciding, finding_faults, undoing

MIXED = FindingDraft("B1", "major", " 废灯管与生活垃圾混放 ", "单独存放并登记", "后勤科 李主任", "2026-12-01")
LABEL = FindingDraft("", "observation", "大厅的分类标识褪色")


@pytest.fixture
def row(workspace):
    """An open assessment."""
    return scored(workspace)


def listed(workspace, **wanted) -> list[str]:
    return [one.row.finding.text for one in finding_faults.findings(workspace, **wanted)]


def codes(error) -> set[tuple[str, str]]:
    return {(problem.place, problem.code) for problem in error.value.problems}


def test_a_finding_is_kept_with_all_it_asks_for(workspace, row, clock):
    kept = finding_faults.record_finding(workspace, row.id, MIXED)
    found = kept.finding
    assert (found.item, found.severity, found.text) == ("B1", Severity.MAJOR, "废灯管与生活垃圾混放")
    assert (found.action, found.responsible, found.due) == ("单独存放并登记", "后勤科 李主任", date(2026, 12, 1))
    assert (kept.author, kept.at, kept.state, kept.assessment) == ("王敏", clock.second, FindingState.OPEN, row.id)
    [one] = finding_faults.findings(workspace)
    assert (one.row, one.site_name, one.on) == (kept, "甲单位", row.on)
    assert finding_faults.sheet_findings(workspace, row.id).own == (kept,)


def test_the_heaviest_come_first_on_the_sheet_and_those_due_first_in_the_register(workspace, row, clock):
    for severity, due in (
        ("suggestion", "2026-12-05"),
        ("minor", ""),
        ("major", "2026-12-20"),
        ("minor", "2026-12-01"),
    ):
        clock.forward(minutes=1)
        finding_faults.record_finding(
            workspace, row.id, FindingDraft("", severity, f"{severity} {due}".strip(), due=due)
        )
    with workspace.database.reading() as connection:
        own = finding_faults.findings_of(workspace, connection, row.id)
    assert [one.finding.text for one in own] == [
        "major 2026-12-20",
        "minor",
        "minor 2026-12-01",
        "suggestion 2026-12-05",
    ]
    assert listed(workspace) == ["minor 2026-12-01", "suggestion 2026-12-05", "major 2026-12-20", "minor"]


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_kept(workspace, row):
    wrong = FindingDraft("Z9", "grave", " ", "x" * 4001, "长" * 121, "下周五")
    with pytest.raises(ProblemsFound) as error:
        finding_faults.record_finding(workspace, row.id, wrong)
    assert codes(error) == {
        ("item", "finding.unknown_item"),
        ("severity", "finding.unknown_severity"),
        ("text", "finding.text_needed"),
        ("action", "field.too_long"),
        ("responsible", "field.too_long"),
        ("due", "finding.not_a_day"),
    }
    assert finding_faults.findings(workspace) == ()


def test_nothing_can_be_due_before_it_was_found(workspace, row):
    before = date.fromordinal(row.on.toordinal() - 1).isoformat()
    with pytest.raises(ProblemsFound) as error:
        finding_faults.record_finding(workspace, row.id, replace(LABEL, due=before))
    assert codes(error) == {("due", "finding.before_visit")}
    assert (
        finding_faults.record_finding(workspace, row.id, replace(LABEL, due=row.on.isoformat())).finding.due == row.on
    )


def test_it_can_be_written_anew_and_dropped_while_the_assessment_is_open(workspace, row):
    kept = finding_faults.record_finding(workspace, row.id, LABEL)
    changed = finding_faults.change_finding(workspace, kept.id, replace(LABEL, severity="minor"), seen=kept.heads)
    assert (changed.id, changed.finding.severity, changed.values) == (kept.id, Severity.MINOR, 1)
    finding_faults.drop_finding(workspace, kept.id)
    assert finding_faults.findings(workspace) == ()
    with pytest.raises(UserError, match=r"finding\.unknown"):
        finding_faults.check_again(workspace, kept.id, closed=True)


def test_each_step_is_taken_back_and_done_again(workspace, row):
    kept = finding_faults.record_finding(workspace, row.id, LABEL)
    finding_faults.mark_done(workspace, kept.id, note="已更换")
    finding_faults.drop_finding(workspace, kept.id)
    states: list[list[FindingState]] = []
    for _ in range(3):
        undoing.undo(workspace, row.id)
        states.append([one.row.state for one in finding_faults.findings(workspace)])
        assert checking.doctor(workspace).sound
    assert states == [[FindingState.DONE], [FindingState.OPEN], []]
    for _ in range(2):
        undoing.redo(workspace, row.id)
    [one] = finding_faults.findings(workspace)
    assert (one.row.state, one.row.check_note) == (FindingState.DONE, "已更换")
    assert checking.doctor(workspace).sound


def test_a_closed_assessment_takes_no_finding_but_every_check(workspace, row):
    kept = finding_faults.record_finding(workspace, row.id, MIXED)
    assessing.finish_assessment(workspace, row.id)
    for refused in (
        lambda: finding_faults.record_finding(workspace, row.id, LABEL),
        lambda: finding_faults.change_finding(workspace, kept.id, LABEL),
        lambda: finding_faults.drop_finding(workspace, kept.id),
    ):
        with pytest.raises(UserError, match=r"finding\.assessment_closed"):
            refused()
    deciding.decide(workspace, row.id, approve=True)
    reviewer = workspace.acting_as("周主任")
    done = finding_faults.mark_done(workspace, kept.id, note="已建专用间", on="2026-11-20")
    assert (done.state, done.checked_by, done.checked_on) == (FindingState.DONE, "王敏", date(2026, 11, 20))
    still = finding_faults.check_again(reviewer, kept.id, closed=False, note="台账没有登记")
    assert (still.state, still.check_note, still.checked_by) == (FindingState.OPEN, "台账没有登记", "周主任")
    closed = finding_faults.check_again(reviewer, kept.id, closed=True)
    assert (closed.state, closed.checked_on) == (FindingState.CLOSED, workspace.today())
    assert browsing.assessment(workspace, row.id).basis is not None


def test_a_check_does_not_touch_what_the_result_rests_on(workspace, row):
    kept = finding_faults.record_finding(workspace, row.id, MIXED)
    assessing.finish_assessment(workspace, row.id)
    finding_faults.check_again(workspace, kept.id, closed=True)
    assert deciding.decide(workspace, row.id, approve=True).stage.value == "approved"


def test_what_is_closed_cannot_be_marked_as_put_right(workspace, row):
    kept = finding_faults.record_finding(workspace, row.id, MIXED)
    finding_faults.check_again(workspace, kept.id, closed=True)
    with pytest.raises(UserError, match=r"finding\.already_closed"):
        finding_faults.mark_done(workspace, kept.id)


def test_a_check_is_of_a_day_after_the_finding_and_not_too_long(workspace, row):
    kept = finding_faults.record_finding(workspace, row.id, MIXED)
    with pytest.raises(ProblemsFound) as error:
        finding_faults.check_again(workspace, kept.id, closed=True, note="字" * 4001, on="2026-01-01")
    assert codes(error) == {("note", "field.too_long"), ("on", "finding.before_visit")}


def test_overdue_is_what_is_open_when_its_day_has_passed(workspace, row, clock):
    kept = finding_faults.record_finding(workspace, row.id, MIXED)
    finding_faults.record_finding(workspace, row.id, LABEL)
    assert listed(workspace, overdue=True) == []
    clock.forward(days=40)
    assert listed(workspace, overdue=True) == ["废灯管与生活垃圾混放"]
    assert listed(workspace, overdue=False) == ["大厅的分类标识褪色"]
    finding_faults.mark_done(workspace, kept.id)
    assert listed(workspace, overdue=True) == []
    assert listed(workspace, state=FindingState.DONE) == ["废灯管与生活垃圾混放"]


def test_the_register_is_asked_by_site(workspace, row):
    other = scored(workspace, add_site(workspace, "乙单位"))
    finding_faults.record_finding(workspace, row.id, MIXED)
    finding_faults.record_finding(workspace, other.id, LABEL)
    assert listed(workspace, site="乙单位") == ["大厅的分类标识褪色"]
    assert len(listed(workspace)) == 2


def test_what_the_last_assessment_left_open_is_shown_with_the_new_one(workspace, row):
    kept = finding_faults.record_finding(workspace, row.id, MIXED)
    closed = finding_faults.record_finding(workspace, row.id, LABEL)
    finding_faults.check_again(workspace, closed.id, closed=True)
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=False, remarks="整改后再来")
    new = assessing.start_assessment(workspace, row.site)
    shown = finding_faults.sheet_findings(workspace, new.id)
    assert (shown.own, [one.row.id for one in shown.carried]) == ((), [kept.id])
    finding_faults.check_again(workspace, kept.id, closed=True)
    assert finding_faults.sheet_findings(workspace, new.id).carried == ()
    assert finding_faults.sheet_findings(workspace, row.id).carried == ()


def test_an_id_is_found_by_its_beginning_as_lists_show_it(workspace, row):
    kept = finding_faults.record_finding(workspace, row.id, MIXED)
    assert finding_faults.finding(workspace, kept.id[:8]).row == kept
    for unknown in (kept.id[:7], "f" * 32, ""):
        with pytest.raises(UserError, match=r"finding\.unknown"):
            finding_faults.finding(workspace, unknown)


def test_two_wordings_stand_until_somebody_writes_one_that_replaces_both(workspace, row):
    kept = finding_faults.record_finding(workspace, row.id, MIXED)
    value = {"assessment": row.id, "item": "B1", "severity": "minor", "text": "有少量混放"}
    value |= {"action": "", "responsible": "", "due": None}
    replaced = tuple((head.device, head.seq) for head in kept.heads)
    finding_faults.change_finding(workspace, kept.id, replace(MIXED, text="混放严重"))
    take_in(workspace.database, [Act("laptop", 1, "finding", kept.id, "finding", 900, value, replaced)])
    disputed = finding_faults.finding(workspace, kept.id).row
    assert (disputed.values, len(disputed.heads), disputed.finding.text) == (2, 2, "有少量混放")
    settled = finding_faults.change_finding(workspace, kept.id, MIXED, seen=disputed.heads)
    assert (settled.values, len(settled.heads)) == (1, 1)
    assert checking.doctor(workspace).sound


def test_a_check_that_arrives_before_its_finding_waits_for_it(workspace, row):
    check = Act(
        "laptop", 2, "finding_check", "f" * 32, "check", 901, {"state": "done", "note": "好", "on": "2026-11-09"}, ()
    )
    take_in(workspace.database, [check])
    assert finding_faults.findings(workspace) == ()
    value = {"assessment": row.id, "item": "", "severity": "minor", "text": "标识褪色"}
    value |= {"action": "", "responsible": "", "due": None}
    take_in(workspace.database, [Act("laptop", 1, "finding", "f" * 32, "finding", 900, value, ())])
    [one] = finding_faults.findings(workspace)
    assert (one.row.finding.text, one.row.state, one.row.check_note) == ("标识褪色", FindingState.DONE, "好")
    assert checking.doctor(workspace).sound
