"""One item over many sites: every site's answer, what they say together, and one step for several sites."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from tests.samples.editions import entry, publish, small, with_item, yes_no
from tests.samples.registers import FULL_MARKS, add_site, scored
from wufei_cells import shipped
from wufei_cells.domain.answers import Answer, Basis
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.scoring.one_entry import Outcome
from wufei_cells.services import assessing, browsing, carrying_over, registering, undoing
from wufei_cells.services.calibration_wording import told
from wufei_cells.services.comparing_sites import across, calibration, record_across, retyped
from wufei_cells.services.site_answers import distribution_of
from wufei_cells.services.strictness import Sample, strictness
from wufei_cells.store import tables
from wufei_cells.wording import Wording


def share(part: int) -> Answer:
    return Answer({"part": str(part), "whole": "100"})


def by_site(found):
    return {row.site_name: row for row in found.rows}


def many(workspace, *parts: int, prefix: str = "单位"):
    """Sites whose item A2 was answered with these percentages."""
    rows = []
    for number, part in enumerate(parts):
        site = add_site(workspace, f"{prefix}{number:02d}")
        rows.append(scored(workspace, site, A2=share(part)))
    return rows


# --- rows


def test_each_site_stands_once_with_what_its_latest_assessment_says(workspace, clock):
    first = scored(workspace, add_site(workspace, "乙单位", "west"), A2=replace(share(88), note="抽查 100 桶"))
    clock.forward(minutes=5)
    add_site(workspace, "没有评估的单位")
    second = scored(workspace, add_site(workspace, "甲单位"))
    found = across(workspace, "office", "A2")
    assert [row.site_name for row in found.rows] == ["乙单位", "甲单位"]
    rows = by_site(found)
    row = rows["乙单位"]
    assert (row.assessment, row.district, row.stage, row.item) == (first.id, "west", Stage.SCORING, "A2")
    assert (row.answer.note, row.author, row.at) == ("抽查 100 桶", "王敏", clock.second.replace(minute=0))
    assert (row.outcome, row.points.low, row.full) == (Outcome.DEDUCTED, 8, 10)
    assert row.heads == browsing.sheet(workspace, first.id).answers["A2"].heads
    assert (rows["甲单位"].assessment, rows["甲单位"].outcome) == (second.id, Outcome.MET)


@pytest.mark.parametrize("item", ["G1", "A1", "A2", "B1"])
@pytest.mark.parametrize("canteen", ["yes", "no", None])
@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"A2": share(85), "G1": Answer("no"), "B1": Answer("no")},
        {"A1": Answer({"plan": "yes"}), "A2": Answer(na="无法抽样"), "B1": Answer(na="没有")},
    ],
)
def test_the_points_are_those_of_the_whole_scorecard(workspace, item, canteen, answers):
    site = add_site(workspace)
    registering.edit_site(workspace, site.id, facts={"canteen": canteen})
    row = assessing.start_assessment(workspace, site.id)
    if answers:
        assessing.record_answers(workspace, row.id, {**FULL_MARKS, **answers})
    card = browsing.sheet(workspace, row.id).scorecard
    [found] = across(workspace, "office", item).rows
    score = card.item(item)
    if score is None:
        [gate] = [gate for gate in card.gates if gate.key == item]
        assert (found.outcome is Outcome.MET, found.outcome is Outcome.OPEN) == (gate.ok is True, gate.ok is None)
        assert found.points is None
    else:
        assert (found.points, found.full) == (score.got, score.full)
        assert (found.outcome in (Outcome.EXCLUDED, Outcome.NOT_APPLICABLE)) == (not score.applies)


def test_a_finished_site_is_scored_by_the_facts_that_were_sealed(workspace):
    row = scored(workspace)
    assessing.finish_assessment(workspace, row.id)
    registering.edit_site(workspace, row.site, facts={"canteen": "no"})
    [found] = across(workspace, "office", "B1").rows
    assert (found.stage, found.outcome, found.editable) == (Stage.FINISHED, Outcome.MET, False)


def test_only_some_districts_and_stages_when_asked(workspace):
    east = scored(workspace, add_site(workspace, "东"))
    west = scored(workspace, add_site(workspace, "西", "west"))
    assessing.finish_assessment(workspace, west.id)
    assert [row.assessment for row in across(workspace, "office", "A2", district="east").rows] == [east.id]
    assert [row.assessment for row in across(workspace, "office", "A2", stages=[Stage.FINISHED]).rows] == [west.id]


def test_evidence_under_the_item_is_counted(workspace):
    row = scored(workspace)
    piece = {"assessment": row.id, "caption": "", "name": "x", "author": "", "at": "2026-11-02T00:00:00+00:00"}
    with workspace.database.writing() as connection:
        for number, item in enumerate(("A2", "A2", "A1", "")):
            connection.execute(tables.evidence.insert(), {**piece, "file": f"f{number}", "item": item})
    assert {key: across(workspace, "office", key).rows[0].evidence for key in ("A2", "A1", "B1")} == {
        "A2": 2,
        "A1": 1,
        "B1": 0,
    }


def test_an_item_is_found_by_its_number_and_an_unknown_one_refused(workspace):
    scored(workspace)
    number = across(workspace, "office", "A2").entry.number
    assert across(workspace, "office", number).entry.key == "A2"
    with pytest.raises(UserError) as refused:
        across(workspace, "office", "Z9")
    assert refused.value.code == "answer.unknown_item"


# --- other editions


def test_the_same_words_count_as_the_same_under_another_edition_and_key(workspace):
    old = scored(workspace, add_site(workspace, "旧版"), A2=share(88))
    data = small()
    entry(data, "A2")["key"] = "X7"
    edition = publish(workspace, data)
    new = assessing.start_assessment(workspace, add_site(workspace, "新版").id)
    assessing.record_answer(workspace, new.id, "X7", share(85))
    for place, key in ((edition, "X7"), (old.edition, "A2")):
        rows = by_site(across(workspace, place, key))
        assert {(row.item, row.same_words, row.points.low) for row in rows.values()} == {
            ("A2", True, 8),
            ("X7", True, 5),
        }


def test_an_item_with_other_words_is_shown_and_not_compared(workspace):
    scored(workspace, add_site(workspace, "旧版"), A2=share(88))
    data = small()
    entry(data, "A2")["text"] = {"zh": "抽样 (新)", "en": "Sample (new)"}
    publish(workspace, data)
    new = assessing.start_assessment(workspace, add_site(workspace, "新版").id)
    assessing.record_answer(workspace, new.id, "A2", share(85))
    found = across(workspace, "office", "A2")
    rows = by_site(found)
    assert (rows["旧版"].same_words, rows["旧版"].points.low) == (False, 8)
    assert (rows["新版"].same_words, rows["新版"].points.low) == (True, 5)
    assert dict(found.distribution.points) == {Fraction(5): 1}


def test_sites_whose_edition_does_not_have_the_item_are_left_out(workspace):
    scored(workspace, add_site(workspace, "旧版"))
    publish(workspace, with_item(small(), yes_no("A9")))
    new = assessing.start_assessment(workspace, add_site(workspace, "新版").id)
    assert [row.assessment for row in across(workspace, "office", "A9").rows] == [new.id]
    assert [row.site_name for row in across(workspace, "office", "A2").rows] == ["新版", "旧版"]


def test_an_answer_that_waits_for_a_second_look_is_no_answer(workspace):
    row = scored(workspace)
    data = small()
    entry(data, "A2")["text"] = {"zh": "抽样 (新)", "en": "Sample (new)"}
    entry(data, "B1").update(key="B7", **{"from": [{"key": "B1", "relation": "same"}]})
    edition = publish(workspace, data)
    carrying_over.carry_over(workspace, row.id, edition)
    [waiting] = across(workspace, edition, "A2").rows
    assert (waiting.outcome, waiting.waits, waiting.answer) == (Outcome.OPEN, True, Answer())
    [moved] = across(workspace, edition, "B7").rows
    assert (moved.outcome, moved.waits, moved.answer.value) == (Outcome.MET, False, "yes")


# --- together


def test_the_distribution_counts_everybody_and_compares_points(workspace):
    many(workspace, 95, 89, 88, 80)
    assessing.record_answer(workspace, many(workspace, 90, prefix="丙")[0].id, "A2", Answer(na="没有可抽的"))
    assessing.start_assessment(workspace, add_site(workspace, "丁").id)
    told_together = across(workspace, "office", "A2").distribution
    assert {outcome.value: count for outcome, count in told_together.counts.items() if count} == {
        "met": 1,
        "deducted": 3,
        "not_applicable": 1,
        "open": 1,
    }
    assert dict(told_together.points) == {0: 1, 8: 1, 9: 1, 10: 1}
    assert (told_together.median, told_together.middle_half) == (Fraction(17, 2), (4, Fraction(19, 2)))
    assert (told_together.span.low, told_together.span.high, told_together.compared) == (0, 10, 4)


def test_nothing_answered_has_no_middle():
    nothing = distribution_of(())
    assert (nothing.median, nothing.middle_half, nothing.span, nothing.compared) == (None, None, None, 0)


# --- who is strict


def answered_by(workspace, who: str, *parts: int):
    other = workspace.acting_as(who)
    return many(other, *parts, prefix=who)


def test_who_gives_less_than_the_others_is_named_first(workspace):
    answered_by(workspace, "严", *[85] * 5)
    answered_by(workspace, "宽", *[95] * 6)
    strict, mild = across(workspace, "office", "A2").strictness
    assert (strict.who, strict.answers, strict.others, strict.deviation) == ("严", 5, 6, Fraction(-1, 2))
    assert (mild.who, mild.deviation) == ("宽", Fraction(1, 2))


def test_nothing_is_said_about_fewer_than_five_answers(workspace):
    answered_by(workspace, "严", *[85] * 4)
    answered_by(workspace, "宽", *[95] * 6)
    # 严 has too few answers of their own, and gives 宽 too few to be compared with.
    assert across(workspace, "office", "A2").strictness == ()


def test_over_all_items_answers_are_compared_item_by_item(workspace):
    answered_by(workspace, "严", *[85] * 5)
    answered_by(workspace, "宽", *[95] * 5)
    strict, mild = calibration(workspace, "office")
    # Of three scored items only one differs, by half of full marks.
    assert (strict.who, strict.items, strict.answers, strict.deviation) == ("严", 3, 15, Fraction(-1, 6))
    assert mild.deviation == Fraction(1, 6)


def test_calibration_is_told_in_words_with_what_it_cannot_tell(workspace):
    answered_by(workspace, "严", *[85] * 5)
    answered_by(workspace, "宽", *[95] * 5)
    found = across(workspace, "office", "A2").strictness
    for language in ("zh", "en"):
        wording = Wording(shipped.wording_catalogue(), language)
        lines = told(found, wording)
        assert len(lines) == 3
        assert "50%" in lines[0]
        assert "严" in lines[0]
        assert "{" not in "".join(lines)
        [few] = told((), wording)
        assert "5" in few


samples = st.lists(
    st.builds(
        Sample,
        st.sampled_from("ABC"),
        st.sampled_from("甲乙丙"),
        st.fractions(0, 1, max_denominator=20),
    ),
    max_size=40,
)


@given(samples)
def test_deviations_are_what_a_slow_reckoning_gives(given_samples):
    for found in strictness(given_samples):
        differences = []
        for sample in given_samples:
            others = [one.share for one in given_samples if one.item == sample.item and one.who != sample.who]
            if sample.who == found.who and len(others) >= 5:
                differences.append(sample.share - sum(others) / len(others))
        assert found.answers == len(differences) >= 5
        assert found.deviation == sum(differences) / len(differences)


@given(samples, st.fractions(-1, 1, max_denominator=10))
def test_all_items_made_easier_by_as_much_change_no_deviation(given_samples, more):
    easier = [replace(sample, share=sample.share + more) for sample in given_samples]
    assert strictness(given_samples) == strictness(easier)


# --- answering several


def test_several_sites_are_answered_in_one_step_and_taken_back_in_one(workspace):
    rows = many(workspace, 95, 89, 88)
    given_answers = {row.id: replace(share(80), note="统一口径") for row in rows}
    record_across(workspace, "A2", given_answers)
    assert {row.points.low for row in across(workspace, "office", "A2").rows} == {0}
    assert {row.answer.note for row in across(workspace, "office", "A2").rows} == {"统一口径"}
    undoing.undo(workspace, rows[1].id)
    assert [row.points.low for row in across(workspace, "office", "A2").rows] == [10, 9, 8]
    undoing.redo(workspace, rows[2].id)
    assert {row.points.low for row in across(workspace, "office", "A2").rows} == {0}


def test_what_does_not_fit_is_told_for_every_site_and_nothing_is_written(workspace):
    rows = many(workspace, 95, 89, 88)
    assessing.finish_assessment(workspace, rows[2].id)
    impossible = Answer({"part": "101", "whole": "100"})
    given_answers = {rows[0].id: share(50), rows[1].id: impossible, rows[2].id: share(50), "nobody": share(1)}
    with pytest.raises(ProblemsFound) as refused:
        record_across(workspace, "A2", given_answers)
    codes = [problem.code for problem in refused.value.problems]
    assert codes[1:] == ["assessing.not_open", "register.unknown_assessment"]
    assert refused.value.problems[0].place.startswith("单位01")
    assert [row.points.low for row in across(workspace, "office", "A2").rows] == [10, 9, 8]


def test_an_answer_given_meanwhile_stands_as_a_conflict(workspace):
    [row] = many(workspace, 95)
    loaded = {row.id: across(workspace, "office", "A2").rows[0].heads}
    assessing.record_answer(workspace.acting_as("旁人"), row.id, "A2", share(89))
    record_across(workspace, "A2", {row.id: share(88)}, seen=loaded)
    [found] = across(workspace, "office", "A2").rows
    assert (found.values, len(found.heads)) == (2, 2)


def test_an_item_is_answered_under_the_key_it_has_at_each_site(workspace):
    old = scored(workspace, add_site(workspace, "旧版"))
    data = small()
    entry(data, "A2")["key"] = "X7"
    edition = publish(workspace, data)
    new = assessing.start_assessment(workspace, add_site(workspace, "新版").id)
    rows = across(workspace, edition, "X7").rows
    record_across(
        workspace, "X7", {row.assessment: share(89) for row in rows}, keys={row.assessment: row.item for row in rows}
    )
    assert browsing.sheet(workspace, old.id).answers["A2"].answer == share(89)
    assert browsing.sheet(workspace, new.id).answers["X7"].answer == share(89)


def test_however_many_sites_the_number_of_queries_stays(workspace):
    def count() -> int:
        sent = []

        def note(*_arguments) -> None:
            sent.append(1)

        event.listen(workspace.database.engine, "before_cursor_execute", note)
        across(workspace, "office", "B1")
        event.remove(workspace.database.engine, "before_cursor_execute", note)
        return len(sent)

    many(workspace, 95)
    few = count()
    many(workspace, *[95] * 12, prefix="多")
    assert count() == few


# --- typed over what stands


def test_a_value_typed_over_another_keeps_every_note(workspace):
    row = many(workspace, 95)[0]
    assessing.record_answer(workspace, row.id, "A2", replace(share(95), note="都对"))
    for typed in (share(80), Answer(na="停用"), share(95)):
        found = across(workspace, "office", "A2")
        record_across(workspace, "A2", retyped(workspace, found, {row.id: typed}))
    [last] = across(workspace, "office", "A2").rows
    assert (last.answer.value, last.answer.note) == (share(95).value, "都对")
    assert last.answer.kept.na == "停用"


def test_clearing_keeps_the_note_and_drops_what_the_number_rested_on(workspace):
    row = many(workspace, 95)[0]
    rested = {"": Basis("2026 年", "台账")}
    assessing.record_answer(workspace, row.id, "A2", replace(share(95), note="都对", bases=rested))
    found = across(workspace, "office", "A2")
    assert retyped(workspace, found, {row.id: share(80)})[row.id].bases == {}
    assert retyped(workspace, found, {row.id: share(95)})[row.id].bases == rested
    empty = retyped(workspace, found, {row.id: Answer()})[row.id]
    assert (empty.given, empty.note, empty.bases) == (False, "都对", {})
