"""Several people, one assessment: columns beside it, and assessors who score alone."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from tests.samples.editions import entry, publish, small
from tests.samples.registers import FULL_MARKS, add_site
from tests.services.teams import LI, ZHAO, alone, pair, started
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import (
    assessing,
    browsing,
    carrying_over,
    checking,
    deciding,
    evidence_checks,
    evidencing,
    exporting,
    finding_faults,
    signing_off,
    teaming,
    undoing,
)

LESS = Answer({"part": "85", "whole": "100"}, note="第三车间缺记录")


def refused(call) -> str:
    with pytest.raises(UserError) as caught:
        call()
    found = caught.value
    return found.problems[0].code if isinstance(found, ProblemsFound) else found.code


@pytest.fixture
def whole(workspace):
    return started(workspace)


@pytest.fixture
def li(workspace):
    return workspace.acting_as(LI)


@pytest.fixture
def zhao(workspace):
    return workspace.acting_as(ZHAO)


class TestSheets:
    """Sheets of other columns and of people who score alone."""

    def test_a_column_stands_beside_the_assessment_and_is_none_of_the_sites(self, workspace, whole):
        sheet = teaming.add_sheet(workspace, whole.id, "self", ["厂长"])
        assert (sheet.part_of, sheet.column, sheet.assessors) == (whole.id, "self", ("厂长",))
        assert (sheet.site, sheet.edition, sheet.on) == (whole.site, whole.edition, whole.on)
        assert [row.id for row in browsing.list_assessments(workspace)] == [whole.id]
        assert browsing.site(workspace, whole.site).assessment == whole.id

    def test_the_list_says_who_is_how_far_whichever_sheet_is_open(self, workspace, whole, li):
        sheet = alone(workspace, whole.id, LI)
        teaming.add_sheet(workspace, whole.id, "self", ["厂长"])
        team = teaming.team(li, sheet.id)
        assert team.whole.id == whole.id
        rows = [(row.column, row.blind, row.mine, row.answered, row.entries) for row in team.sheets]
        assert rows == [("onsite", True, True, 4, 4), ("self", False, False, 0, 4)]
        assert team.columns == ("first", "final")
        assert teaming.sheets(li, whole.id) == team.sheets

    @pytest.mark.parametrize(
        ("column", "assessors", "scores_alone", "code"),
        [
            ("jury", (), False, "teaming.unknown_column"),
            ("onsite", (), False, "teaming.own_column"),
            ("self", (LI,), True, "teaming.alone_column"),
            ("onsite", (LI, ZHAO), True, "teaming.one_alone"),
            ("onsite", ("周敏",), True, "teaming.taken"),
            ("first", ("别人",), False, "teaming.taken"),
            ("self", ("\x07",), False, "field.control_character"),
        ],
    )
    def test_sheets_that_make_no_sense_are_refused(self, workspace, whole, column, assessors, scores_alone, code):
        teaming.add_sheet(workspace, whole.id, "onsite", ["周敏"], alone=True)
        teaming.add_sheet(workspace, whole.id, "first")
        add = lambda: teaming.add_sheet(workspace, whole.id, column, assessors, alone=scores_alone)  # noqa: E731
        assert refused(add) == code
        assert len(teaming.sheets(workspace, whole.id)) == 2

    def test_a_sheet_that_was_left_out_makes_room_for_another(self, workspace, whole):
        sheet = teaming.add_sheet(workspace, whole.id, "first", ["甲"])
        assert refused(lambda: teaming.drop(workspace, sheet.id, reason=" ")) == "teaming.reason_needed"
        teaming.drop(workspace, sheet.id, reason="换人")
        other = teaming.add_sheet(workspace, whole.id, "first", ["乙"])
        assert [row.dropped for row in teaming.sheets(workspace, whole.id)] == [True, False]
        assert [sheet.assessment.id for sheet in teaming.side_by_side(workspace, whole.id).parts] == [other.id]

    def test_locking_asks_for_everything_that_finishing_asks_of_the_answers(self, workspace, whole):
        sheet = teaming.add_sheet(workspace, whole.id, "self")
        with pytest.raises(ProblemsFound) as found:
            teaming.lock(workspace, sheet.id)
        assert {problem.code for problem in found.value.problems} == {"assessing.missing"}
        assessing.record_answers(workspace, sheet.id, FULL_MARKS)
        locked = teaming.lock(workspace, sheet.id)
        assert (locked.stage, locked.total, locked.passed) == (Stage.FINISHED, Fraction(20), True)
        assert refused(lambda: assessing.record_answers(workspace, sheet.id, FULL_MARKS)) == "teaming.locked"
        assert refused(lambda: teaming.lock(workspace, sheet.id)) == "teaming.not_open"
        assert teaming.unlock(workspace, sheet.id).stage is Stage.SCORING
        assert refused(lambda: teaming.unlock(workspace, sheet.id)) == "teaming.not_locked"

    def test_steps_of_the_whole_are_refused_on_a_sheet(self, workspace, whole):
        sheet = alone(workspace, whole.id, workspace.person.name)
        for step in (
            lambda: assessing.finish_assessment(workspace, sheet.id),
            lambda: assessing.reopen_assessment(workspace, sheet.id, reason="再看"),
            lambda: deciding.decide(workspace, sheet.id, approve=True),
            lambda: carrying_over.carry_over(workspace, sheet.id),
        ):
            assert refused(step) == "teaming.part_step"
        for step in (teaming.lock, teaming.unlock):
            assert refused(lambda step=step: step(workspace, whole.id)) == "teaming.no_part"

    def test_when_the_whole_is_closed_nothing_changes_beside_it(self, workspace, whole):
        sheet = teaming.add_sheet(workspace, whole.id, "self")
        assessing.record_answers(workspace, sheet.id, FULL_MARKS)
        assessing.record_answers(workspace, whole.id, FULL_MARKS)
        finished = assessing.finish_assessment(workspace, whole.id)
        assert finished.stage is Stage.FINISHED
        for step in (
            lambda: assessing.record_answers(workspace, sheet.id, FULL_MARKS),
            lambda: teaming.lock(workspace, sheet.id),
            lambda: teaming.drop(workspace, sheet.id, reason="x"),
            lambda: teaming.add_sheet(workspace, whole.id, "first"),
            lambda: teaming.take_over(workspace, whole.id, {"A1": sheet.id}),
        ):
            assert refused(step) == "teaming.whole_closed"


class TestScoringAlone:
    """Blind until all are ready."""

    def test_nobody_else_sees_a_sheet_before_all_are_locked(self, workspace, whole, li, zhao):
        one, two = alone(workspace, whole.id, LI), alone(workspace, whole.id, ZHAO)
        teaming.lock(li, one.id)
        for other in (workspace, zhao):
            assert refused(lambda other=other: browsing.sheet(other, one.id)) == "teaming.hidden"
            assert refused(lambda other=other: browsing.history(other, one.id)) == "teaming.hidden"
            assert browsing.assessment(other, one.id).total is None
            assert next(row for row in teaming.sheets(other, whole.id) if row.id == one.id).total is None
            assert refused(lambda other=other: teaming.differences(other, whole.id)) == "teaming.not_all_locked"
        assert browsing.sheet(li, one.id).scorecard.total.low == 20
        teaming.lock(zhao, two.id)
        assert browsing.sheet(workspace, one.id).scorecard.total.low == 20
        assert browsing.assessment(zhao, one.id).total == 20

    def test_nobody_else_writes_or_locks_it(self, workspace, whole, zhao):
        one = alone(workspace, whole.id, LI)
        assert refused(lambda: assessing.record_answers(zhao, one.id, FULL_MARKS)) == "teaming.not_yours"
        assert refused(lambda: teaming.lock(zhao, one.id)) == "teaming.hidden"

    def test_opening_again_is_free_until_all_could_be_seen_and_takes_a_reason_from_then_on(
        self, workspace, whole, li, zhao
    ):
        one, two = alone(workspace, whole.id, LI), alone(workspace, whole.id, ZHAO)
        teaming.lock(li, one.id)
        teaming.unlock(li, one.id)
        teaming.lock(li, one.id)
        teaming.lock(zhao, two.id)
        assert refused(lambda: teaming.unlock(li, one.id)) == "teaming.reason_needed"
        assert teaming.unlock(li, one.id, reason="看错了一张照片").remarks == "看错了一张照片"
        teaming.lock(li, one.id)
        assert refused(lambda: teaming.unlock(zhao, two.id)) == "teaming.reason_needed"
        assert "看错了一张照片" in json.dumps([act.new for act in browsing.history(li, one.id)], ensure_ascii=False)

    def test_who_begins_when_the_others_could_be_seen_is_marked(self, workspace, whole):
        pair(workspace, whole.id)
        alone(workspace, whole.id, "周敏")
        assert [row.late for row in teaming.sheets(workspace, whole.id)] == [False, False, True]

    def test_who_opens_again_what_could_be_compared_is_marked_and_not_counted(self, workspace, whole, li, zhao):
        one, two = pair(workspace, whole.id, A2=LESS)
        assert teaming.differences(workspace, whole.id).agreement.compared == 4
        teaming.unlock(zhao, two.id, reason="补看")
        teaming.lock(zhao, two.id)
        assert [row.late for row in teaming.sheets(workspace, whole.id)] == [False, True]
        side = teaming.differences(workspace, whole.id)
        assert (side.late, side.agreement.compared) == ((two.id,), 0)
        assert side.row("A2").differs, "it is decided about all the same"
        assert one.id in side.compared

    def test_nobody_gains_by_leaving_their_own_open_sheet_out(self, workspace, whole, li, zhao):
        one, two = alone(workspace, whole.id, LI), alone(workspace, whole.id, ZHAO)
        third = alone(workspace, whole.id, "周敏")
        teaming.lock(li, one.id)
        assert teaming.drop(zhao, two.id, reason="重来").remarks == "重来"
        again = alone(
            workspace, whole.id, ZHAO
        )  # others are still open, so nothing was seen; it is marked all the same
        assert [row.id for row in teaming.sheets(li, whole.id) if row.late] == [again.id]
        assert refused(lambda: teaming.unlock(zhao, two.id)) == "teaming.reason_needed"
        teaming.drop(workspace, third.id, reason="请假")
        teaming.unlock(workspace.acting_as("周敏"), third.id, reason="回来了")
        assert {row.id for row in teaming.sheets(li, whole.id) if row.late} == {again.id}, (
            "who was left out saw nothing"
        )

    def test_who_alone_is_ready_has_seen_nobody(self, workspace, whole, li):
        one = alone(workspace, whole.id, LI)
        teaming.lock(li, one.id)
        teaming.unlock(li, one.id, reason="再看")
        assert not teaming.sheets(li, whole.id)[0].late
        alone(workspace, whole.id, ZHAO)
        assert [row.late for row in teaming.sheets(li, whole.id)] == [False, True]

    def test_an_outsider_neither_leaves_a_sheet_out_nor_opens_it(self, workspace, whole, li, zhao):
        one, _two = pair(workspace, whole.id)
        own = teaming.add_sheet(workspace, whole.id, "self", ["厂长"])
        outsider = workspace.acting_as("旁人")
        for sheet in (one, own):
            for hand in (zhao, outsider):
                assert refused(lambda h=hand, s=sheet: teaming.drop(h, s.id, reason="x")) == "teaming.outsider"
        assert refused(lambda: teaming.unlock(outsider, one.id, reason="x")) == "teaming.outsider"
        assert teaming.drop(li, one.id, reason="重来").stage is Stage.STOPPED
        assert teaming.drop(workspace, own.id, reason="不用了").stage is Stage.STOPPED

    def test_findings_on_it_are_hidden_and_refused_like_its_answers(self, workspace, whole, li, zhao):
        one, two = alone(workspace, whole.id, LI), alone(workspace, whole.id, ZHAO)
        draft = FindingDraft("A2", "major", "灯管混放")
        found = finding_faults.record_finding(li, one.id, draft)
        for peek in (
            lambda: finding_faults.finding(zhao, found.id),
            lambda: finding_faults.finding(zhao, found.id[:8]),
            lambda: finding_faults.sheet_findings(zhao, one.id),
            lambda: finding_faults.findings(zhao, assessment=one.id),
            lambda: finding_faults.mark_done(zhao, found.id),
            lambda: finding_faults.check_again(zhao, found.id, closed=True),
            lambda: finding_faults.change_finding(zhao, found.id, draft),
            lambda: finding_faults.drop_finding(zhao, found.id),
            lambda: browsing.history(zhao, found.id),
            lambda: evidencing.list_evidence(zhao, one.id),
            lambda: evidence_checks.checks(zhao, one.id),
            lambda: evidence_checks.likenesses(zhao, one.id),
        ):
            assert refused(peek) == "teaming.hidden"
        assert refused(lambda: finding_faults.record_finding(zhao, one.id, draft)) == "teaming.not_yours"
        attach = lambda: evidencing.attach(zhao, one.id, ["A2"], [("a.txt", b"x")])  # noqa: E731
        assert refused(attach) == "teaming.not_yours"
        assert (finding_faults.findings(zhao), len(finding_faults.findings(li))) == ((), 1)
        teaming.lock(li, one.id)
        assert refused(lambda: finding_faults.record_finding(li, one.id, draft)) == "teaming.locked"
        teaming.lock(zhao, two.id)
        assert [row.row.id for row in finding_faults.findings(zhao, assessment=one.id)] == [found.id]
        assert finding_faults.mark_done(zhao, found.id).state.value == "done"

    def test_a_sheet_that_is_left_out_stays_with_its_assessor(self, workspace, whole, li):
        one, two = alone(workspace, whole.id, LI), alone(workspace, whole.id, ZHAO)
        teaming.lock(workspace.acting_as(ZHAO), two.id)
        assert teaming.drop(workspace, one.id, reason="请假").total is None
        assert browsing.sheet(workspace, two.id)
        assert refused(lambda: browsing.sheet(workspace, one.id)) == "teaming.hidden"
        assert browsing.sheet(li, one.id)

    def test_the_whole_is_not_finished_before_those_who_score_alone_are_ready(self, workspace, whole, li):
        assessing.record_answers(workspace, whole.id, FULL_MARKS)
        one = alone(workspace, whole.id, LI)
        with pytest.raises(UserError) as found:
            assessing.finish_assessment(workspace, whole.id)
        assert (found.value.code, found.value.values["names"]) == ("teaming.sheets_open", (LI,))
        teaming.lock(li, one.id)
        assert assessing.finish_assessment(workspace, whole.id).stage is Stage.FINISHED

    def test_other_services_tell_nothing_either(self, workspace, whole, zhao):
        one = alone(workspace, whole.id, LI)
        for peek in (
            lambda: exporting.scoresheet(zhao, one.id, None),
            lambda: signing_off.signatures(zhao, one.id),
            lambda: carrying_over.accept_recheck(zhao, one.id, "A1"),
        ):
            assert refused(peek) == "teaming.hidden"
        assert undoing.undo(zhao, one.id) is None


class TestDifferences:
    """Who said what, and how far they agree."""

    def test_columns_show_beside_before_anybody_is_ready(self, workspace, whole, zhao):
        own = teaming.add_sheet(workspace, whole.id, "self")
        assessing.record_answers(workspace, own.id, FULL_MARKS)
        alone(workspace, whole.id, LI)
        side = teaming.side_by_side(zhao, whole.id)
        assert [sheet.assessment.id for sheet in side.parts] == [own.id]
        assert side.row("A2").opinion(own.id).points == 10

    def test_each_item_tells_who_said_what_and_how_far_they_are_apart(self, workspace, whole):
        one, two = pair(workspace, whole.id, A2=LESS, B1=Answer("no"))
        side = teaming.differences(workspace, whole.id)
        assert side.compared == (one.id, two.id)
        found = {row.key: (row.same_value, row.same_points, row.spread) for row in side.rows}
        assert found == {
            "G1": (True, None, None),
            "A1": (True, True, 0),
            "A2": (False, False, 5),
            "B1": (False, False, 5),
        }
        assert [row.key for row in side.rows if row.differs] == ["A2", "B1"]
        assert side.row("A2").opinion(two.id).answer.note == "第三车间缺记录"

    def test_agreement_is_counted_exactly(self, workspace, whole):
        pair(workspace, whole.id, A2=LESS, B1=Answer("no"))
        found = teaming.differences(workspace, whole.id).agreement
        assert (found.compared, found.same_value, found.share) == (4, 2, 50)
        assert (found.scored, found.same_points) == (3, 1)
        assert found.difference == Fraction(10, 3)
        assert found.difference_share == Fraction(0 + 50 + 100, 3)

    def test_numbers_written_otherwise_are_the_same_answer(self, workspace, whole):
        pair(workspace, whole.id, A2=Answer({"part": "95.0", "whole": "1００"}))
        assert teaming.differences(workspace, whole.id).row("A2").same_value

    def test_setting_aside_is_another_answer_than_points(self, workspace, whole):
        pair(workspace, whole.id, A2=Answer(na="没有台账"))
        row = teaming.differences(workspace, whole.id).row("A2")
        assert (row.same_value, row.differs, row.spread) == (False, True, None)


class TestTakingOver:
    """From a sheet into the record."""

    def test_the_record_says_what_the_sheet_said_and_whose_it_is(self, workspace, whole):
        _one, two = pair(workspace, whole.id, A2=LESS)
        assert teaming.take_over(workspace, whole.id, {"A2": two.id}) == ("A2",)
        assert browsing.sheet(workspace, whole.id).answers["A2"].answer == LESS
        assert teaming.differences(workspace, whole.id).row("A2").origin == two.id
        assessing.record_answer(workspace, whole.id, "A2", FULL_MARKS["A2"])
        assert teaming.differences(workspace, whole.id).row("A2").origin is None
        assert undoing.undo(workspace, whole.id) is not None
        assert teaming.differences(workspace, whole.id).row("A2").origin == two.id
        assert checking.doctor(workspace).sound

    def test_what_all_agree_on_is_taken_at_once_and_what_stands_is_left_alone(self, workspace, whole):
        pair(workspace, whole.id, A2=LESS)
        assessing.record_answer(workspace, whole.id, "B1", Answer("no"))
        assert teaming.take_over_agreed(workspace, whole.id) == ("G1", "A1")
        answers = browsing.sheet(workspace, whole.id).answers
        assert (answers["A1"].answer, answers["B1"].answer.value, "A2" in answers) == (FULL_MARKS["A1"], "no", False)
        assert teaming.take_over_agreed(workspace, whole.id) == ()
        assert undoing.undo(workspace, whole.id).cells == ((whole.id, "answer.G1"), (whole.id, "answer.A1"))

    def test_nothing_is_taken_when_one_of_them_cannot_be(self, workspace, whole):
        _one, two = pair(workspace, whole.id)
        own = teaming.add_sheet(workspace, whole.id, "self")
        take = lambda chosen: teaming.take_over(workspace, whole.id, chosen)  # noqa: E731
        assert refused(lambda: take({"A1": two.id, "A2": own.id})) == "teaming.nothing_to_take"
        assert refused(lambda: take({"A1": "elsewhere"})) == "teaming.not_of_team"
        assert refused(lambda: take({"A1": whole.id})) == "teaming.not_of_team"
        assert not browsing.sheet(workspace, whole.id).answers


class TestCarryingOver:
    """Another edition for the whole team."""

    @pytest.fixture
    def reworded(self, workspace):
        data = small()
        entry(data, "A1")["text"] = "领导改过"
        return publish(workspace, data)

    @pytest.fixture
    def whole(self, workspace):
        first = browsing.editions(workspace)[-1].id
        return assessing.start_assessment(workspace, add_site(workspace).id, edition=first)

    def test_the_preview_names_the_sheets_and_what_is_to_be_looked_at_again_in_each(
        self, workspace, whole, reworded, li
    ):
        one, locked = alone(workspace, whole.id, LI), alone(workspace, whole.id, ZHAO)
        own = teaming.add_sheet(workspace, whole.id, "self")
        assessing.record_answers(workspace, own.id, FULL_MARKS)
        teaming.lock(workspace.acting_as(ZHAO), locked.id)
        for hand, seen in ((workspace, {own.id: {"A1"}}), (li, {own.id: {"A1"}, one.id: {"A1"}})):
            parts = carrying_over.preview_carry_over(hand, whole.id, reworded).parts
            assert {part.row.id: set(part.sheet.rechecks) for part in parts if part.sheet} == seen
            assert {part.row.id for part in parts if part.goes} == {own.id, one.id}
            assert {part.row.id for part in parts} == {own.id, one.id, locked.id}

    def test_open_sheets_go_along_and_come_back(self, workspace, whole, reworded):
        own = teaming.add_sheet(workspace, whole.id, "self")
        assessing.record_answers(workspace, own.id, FULL_MARKS)
        carrying_over.carry_over(workspace, whole.id, reworded)
        sheet = browsing.sheet(workspace, own.id)
        assert (sheet.edition_id, sheet.assessment.part_of, set(sheet.rechecks)) == (reworded, whole.id, {"A1"})
        later = teaming.add_sheet(workspace, whole.id, "first")
        carrying_over.undo_carry_over(workspace, whole.id)
        editions = {browsing.assessment(workspace, key).edition for key in (whole.id, own.id, later.id)}
        assert editions == {whole.edition}
        assert browsing.sheet(workspace, own.id).answers["A1"].answer == FULL_MARKS["A1"]

    def test_a_locked_sheet_stays_as_it_was_and_counts_where_the_words_are_the_same(
        self, workspace, whole, reworded, li
    ):
        one, _two = pair(workspace, whole.id)
        assert carrying_over.carry_over_all(workspace, "office", reworded) == (whole.id,)
        assert browsing.assessment(workspace, one.id).edition == whole.edition
        row = teaming.differences(workspace, whole.id).row("A1")
        assert not any(opinion.answer.given for opinion in row.opinions)
        assert teaming.differences(workspace, whole.id).row("A2").same_value
        teaming.unlock(li, one.id, reason="标准换版")
        assert browsing.sheet(li, one.id).edition_id == reworded
        assert refused(lambda: teaming.lock(li, one.id)) == "assessing.missing"
        assert carrying_over.undo_carry_over_all(workspace, [whole.id]) == (whole.id,)
        assert browsing.sheet(li, one.id).edition_id == whole.edition


class TestColumnsByWeight:
    """Columns that a checklist puts together."""

    @pytest.fixture
    def whole(self, workspace):
        named = [{"key": "expert", "text": "专家", "weight": "60"}, {"key": "public", "text": "公众", "weight": "40"}]
        data = small()
        edition = publish(workspace, {**data, "scoring": {**data["scoring"], "columns": named}})
        return assessing.start_assessment(workspace, add_site(workspace).id, edition=edition)

    def test_the_whole_scores_its_own_column_and_the_result_is_put_together(self, workspace, whole):
        assert whole.column == "expert"
        assessing.record_answers(workspace, whole.id, FULL_MARKS)
        found = teaming.composite(workspace, whole.id)
        assert (found.composite.total.low, found.composite.total.high) == (12, 20)
        assert refused(lambda: assessing.finish_assessment(workspace, whole.id)) == "teaming.column_missing"
        public = teaming.add_sheet(workspace, whole.id, "public")
        assessing.record_answers(workspace, public.id, {**FULL_MARKS, "A2": LESS})
        assert teaming.composite(workspace, public.id).composite.total.low == 18
        finished = assessing.finish_assessment(workspace, whole.id)
        assert (finished.total, finished.level) == (18, "pass")

    def test_other_checklists_have_none(self, workspace):
        other = assessing.start_assessment(
            workspace, add_site(workspace, "乙").id, edition=browsing.editions(workspace)[-1].id
        )
        assert teaming.composite(workspace, other.id) is None
