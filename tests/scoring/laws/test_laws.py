"""Laws of the evaluator, tried on random checklists with random answers."""

from __future__ import annotations

import itertools
import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wufei_cells.checklists.document import edition_document, edition_id
from wufei_cells.checklists.reading import read_checklist, read_document
from wufei_cells.domain.answers import Answer
from wufei_cells.scoring.evaluate import answer_problems, evaluate
from wufei_cells.scoring.scorecard import Span
from wufei_cells.services.explaining import explain, verdict
from wufei_cells.wording import Wording

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def lawful(examples: int):
    """So many examples; WUFEI_LAWS=20 in the environment tries twenty times as many."""
    return settings(
        max_examples=examples * int(os.environ.get("WUFEI_LAWS", "1")), deadline=None, suppress_health_check=SLOW
    )


def holds_within(inner: Span, outer: Span) -> bool:
    return outer.low <= inner.low <= inner.high <= outer.high


@lawful(100)
@given(data=st.data())
def test_whatever_is_still_open_ends_within_the_range(drawing, data):
    """Answers go on from what is missing: facts, gates, whole items (also by setting them aside), parts of items."""
    of = data.draw(drawing.checklists())
    final_answers = data.draw(drawing.finished_answers(of))
    final_facts = data.draw(drawing.facts)
    known = data.draw(st.sets(st.sampled_from(sorted(final_facts))))
    now = evaluate(
        of, {key: final_facts[key] for key in known}, data.draw(drawing.unfinished_answers(of, final_answers))
    )
    final = evaluate(of, final_facts, final_answers)
    assert final.finished
    assert holds_within(final.total, now.total)
    assert holds_within(final.base, now.base)
    assert all(holds_within(end.got, start.got) for start, end in zip(now.items, final.items, strict=True))
    assert all(holds_within(end.got, start.got) for start, end in zip(now.groups, final.groups, strict=True))
    if now.passed is not None:
        assert final.passed is now.passed
    for start, end in zip(now.grades, final.grades, strict=True):
        assert start.reached in (None, end.reached)
    if now.finished:
        assert now.total.settled


@lawful(30)
@given(data=st.data())
def test_the_order_of_answers_and_facts_changes_nothing(drawing, data):
    of = data.draw(drawing.checklists())
    answers = data.draw(drawing.finished_answers(of))
    facts = data.draw(drawing.facts)
    turned = evaluate(of, dict(reversed(facts.items())), dict(data.draw(st.permutations(sorted(answers.items())))))
    assert turned == evaluate(of, facts, answers)


@lawful(50)
@given(data=st.data())
def test_an_edition_reads_back_from_its_document_with_the_same_identity(drawing, data):
    of = data.draw(drawing.checklists())
    document = edition_document(of)
    again = read_document(document)
    assert again == of
    assert edition_id(edition_document(again)) == edition_id(document)
    assert read_checklist(document.encode(), "document.json") == of  # the document is a checklist file as well


@lawful(50)
@given(data=st.data())
def test_raising_one_item_never_lowers_the_total(drawing, data):
    of = data.draw(drawing.checklists())
    facts = data.draw(drawing.facts)
    answers = data.draw(drawing.finished_answers(of))
    item = data.draw(st.sampled_from(list(of.items())))
    one, other = (
        evaluate(of, facts, {**answers, item.key: Answer(value)})
        for value in (data.draw(drawing.fitting_values(item.rule)), data.draw(drawing.fitting_values(item.rule)))
    )
    if any(gate.code == "gate.zero_total" for card in (one, other) for gate in card.gates):
        return
    lower, higher = sorted((one, other), key=lambda card: card.item(item.key).got.low)
    assert lower.total.low <= higher.total.low


@lawful(40)
@given(data=st.data())
def test_every_result_can_be_told_in_both_languages_without_a_gap(drawing, data, catalogue):
    of = data.draw(drawing.checklists())
    answers = data.draw(drawing.finished_answers(of))
    facts = data.draw(drawing.facts)
    unfinished = data.draw(drawing.unfinished_answers(of, answers))
    for card in (evaluate(of, facts, answers), evaluate(of, {}, unfinished)):
        for language in ("zh", "en"):
            wording = Wording(catalogue, language)
            lines = explain(card, of, wording)
            told = [line.sentence for line in lines] + [verdict(card, of, wording)]
            assert not [
                sentence for sentence in told if "{" in sentence or "explain." in sentence or "gate." in sentence
            ]
            depths = [line.depth for line in lines]
            assert all(after <= before + 1 for before, after in itertools.pairwise(depths))


@lawful(30)
@given(data=st.data())
def test_an_answer_that_can_be_scored_can_be_written_and_the_other_way_round(drawing, data):
    of = data.draw(drawing.checklists())
    for key, answer in data.draw(drawing.finished_answers(of)).items():
        assert not answer_problems(of, key, answer)
