"""Where points are lost: conditions, bonus and deductions count each in their own way."""

from __future__ import annotations

from fractions import Fraction

from tests.samples import registers
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.answers import Answer
from wufei_cells.scoring.one_entry import EntryScorer
from wufei_cells.services.item_statistics import Part, statistics_of, worst_first

FACTS = {"has_pond": "yes", "mined": "120", "workers": "400"}
CHECKLIST = read_checklist(registers.sample("quarry"), "quarry.yaml")
TAKEN = next(item for item in CHECKLIST.deductions.group.all_items())
ON = CHECKLIST.effective_from


def counted(key, *answers):
    one = statistics_of(CHECKLIST)[key]
    scorer = EntryScorer(CHECKLIST, key)
    for answer in answers:
        one.take(scorer.score(FACTS, answer, ON))
    return one


def test_a_deduction_that_nobody_noted_has_lost_nothing_and_counts_as_judged():
    one = counted(TAKEN.key, Answer(), Answer(), Answer("1"))
    assert (one.part, one.judged, one.met, one.unanswered) == (Part.DEDUCTION, 3, 2, 0)
    assert one.lost > 0
    assert one.share == 1 - one.lost / (3 * one.full)


def test_a_condition_that_is_not_met_is_lost_whole_and_gives_no_points():
    gate = CHECKLIST.gates[0].key
    one = counted(gate, Answer("yes"), Answer("no"), Answer())
    assert (one.part, one.judged, one.met, one.nothing, one.unanswered) == (Part.GATE, 2, 1, 1, 1)
    assert one.share == Fraction(1, 2)


def test_what_was_judged_nowhere_has_no_share_and_no_rank():
    accounts = statistics_of(CHECKLIST)
    assert {rank for rank, _one in worst_first(accounts.values())} == {None}
    assert [one.entry.key for _rank, one in worst_first(accounts.values())] == list(accounts)
    assert {one.share for one in accounts.values()} == {None}


def test_equal_shares_have_one_rank_and_the_next_one_is_counted_on():
    accounts = statistics_of(CHECKLIST)
    judged = {"B1": "no", "B2": "no", "B3": "yes"}
    for key, value in judged.items():
        accounts[key].take(EntryScorer(CHECKLIST, key).score(FACTS, Answer(value), ON))
    ranks = {one.entry.key: rank for rank, one in worst_first(accounts.values()) if rank}
    assert ranks == {"B1": 1, "B2": 1, "B3": 3}
