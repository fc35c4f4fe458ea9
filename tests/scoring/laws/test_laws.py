"""Laws of the evaluator, tried on random checklists with random answers."""

from __future__ import annotations

import itertools

from wufei_cells.checklists.document import edition_document, edition_id
from wufei_cells.checklists.reading import read_checklist, read_document
from wufei_cells.domain.answers import Answer
from wufei_cells.scoring.evaluate import answer_problems, evaluate
from wufei_cells.scoring.scorecard import Span
from wufei_cells.services.explaining import explain, verdict
from wufei_cells.wording import Wording


def holds_within(inner: Span, outer: Span) -> bool:
    return outer.low <= inner.low <= inner.high <= outer.high


def test_whatever_is_still_open_ends_within_the_range(drawing):
    """Answers go on from what is missing: facts, gates, whole items (also by setting them aside), parts of items."""

    def law(chance):
        of = drawing.checklist(chance)
        final_answers, final_facts = drawing.finished_answers(chance, of), drawing.facts(chance)
        facts = {key: final_facts[key] for key in chance.some(sorted(final_facts))}
        on = chance.choice(drawing.days)
        now = evaluate(of, facts, drawing.unfinished_answers(chance, of, final_answers), on=on)
        final = evaluate(of, final_facts, final_answers, on=on)
        assert final.finished
        for start, end in (
            (now.total, final.total),
            (now.base, final.base),
            (now.counted, final.counted),
            (now.bonus, final.bonus),
            (now.deductions, final.deductions),
        ):
            assert holds_within(end, start)
        assert all(holds_within(end.got, start.got) for start, end in zip(now.items, final.items, strict=True))
        assert all(holds_within(end.got, start.got) for start, end in zip(now.groups, final.groups, strict=True))
        if now.passed is not None:
            assert final.passed is now.passed
        for start, end in zip(now.grades, final.grades, strict=True):
            assert start.reached in (None, end.reached)
        if now.finished:
            assert now.total.settled

    drawing.try_out(law, 900)


def test_the_order_of_answers_and_facts_changes_nothing(drawing):
    def law(chance):
        of = drawing.checklist(chance)
        answers, facts = drawing.finished_answers(chance, of), drawing.facts(chance)
        turned = evaluate(of, dict(reversed(facts.items())), dict(chance.shuffled(sorted(answers.items()))))
        assert turned == evaluate(of, facts, answers)

    drawing.try_out(law, 150)


def test_an_edition_reads_back_from_its_document_with_the_same_identity(drawing):
    def law(chance):
        of = drawing.checklist(chance)
        document = edition_document(of)
        again = read_document(document)
        assert again == of
        assert edition_id(edition_document(again)) == edition_id(document)
        assert read_checklist(document.encode(), "document.json") == of  # the document is a checklist file as well

    drawing.try_out(law, 120)


def test_raising_one_item_never_lowers_the_total(drawing):
    def law(chance):
        of = drawing.checklist(chance)
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        item, on = chance.choice(list(of.items())), chance.choice(drawing.days)
        one, other = (
            evaluate(of, facts, {**answers, item.key: Answer(drawing.fitting_value(chance, item.rule))}, on=on)
            for _ in range(2)
        )
        if any(gate.code == "gate.zero_total" for card in (one, other) for gate in card.gates):
            return
        lower, higher = sorted((one, other), key=lambda card: card.item(item.key).got.low)
        if of.deductions and item in of.deductions.group.all_items():
            lower, higher = higher, lower  # what such an item gives is taken off
        assert lower.total.low <= higher.total.low
        assert lower.counted.low <= higher.counted.low

    drawing.try_out(law, 300)


def test_every_result_can_be_told_in_both_languages_without_a_gap(drawing, catalogue):
    def law(chance):
        of = drawing.checklist(chance)
        answers, facts = drawing.finished_answers(chance, of), drawing.facts(chance)
        unfinished, on = drawing.unfinished_answers(chance, of, answers), chance.choice(drawing.days)
        for card in (evaluate(of, facts, answers, on=on), evaluate(of, {}, unfinished, on=on)):
            for language in ("zh", "en"):
                wording = Wording(catalogue, language)
                lines = explain(card, of, wording)
                told = [line.sentence for line in lines] + [verdict(card, of, wording)]
                assert not [
                    sentence for sentence in told if "{" in sentence or "explain." in sentence or "gate." in sentence
                ]
                depths = [line.depth for line in lines]
                assert all(after <= before + 1 for before, after in itertools.pairwise(depths))

    drawing.try_out(law, 150)


def test_an_answer_that_can_be_scored_can_be_written_and_the_other_way_round(drawing):
    def law(chance):
        of = drawing.checklist(chance)
        for key, answer in drawing.finished_answers(chance, of).items():
            assert not answer_problems(of, key, answer)

    drawing.try_out(law, 150)
