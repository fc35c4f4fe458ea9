"""Laws of what a checklist settles: rules for items that do not apply, full marks, weights, caps, phases, columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, Group, NaPolicy, ScoreColumn
from wufei_cells.domain.text import Text
from wufei_cells.scoring.columns import composite
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.scoring.shortest_path import shortest_path


def under(of: Checklist, **ways) -> Checklist:
    """The same checklist with something else settled."""
    return replace(of, scoring=replace(of.scoring, **ways))


def bare(of: Checklist) -> Checklist:
    """Without anything added to the groups, taken off them or rounded."""
    return under(replace(of, bonus=None, deductions=None), rounding=None)


def verdict(card: Scorecard):
    return card.passed, card.level, [grade.reached for grade in card.grades], card.gates


# --- items that do not apply


def test_stretching_points_and_shrinking_marks_give_the_same_verdict(drawing):
    def law(chance):
        of = bare(drawing.checklist(chance))
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        policies = (NaPolicy.RESCALE, NaPolicy.SCALE_THRESHOLDS)
        stretched, shrunk = (evaluate(under(of, na_policy=policy), facts, answers) for policy in policies)
        assert verdict(stretched) == verdict(shrunk)
        assert [group.got for group in stretched.groups] == [group.got for group in shrunk.groups]

    drawing.try_out(law, 250)


def test_other_rules_lie_between_giving_nothing_and_giving_full_marks(drawing):
    def law(chance):
        of = drawing.checklist(chance)
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        scored = {policy: evaluate(under(of, na_policy=policy), facts, answers) for policy in NaPolicy}
        scored[NaPolicy.SHARE] = evaluate(under(of, na_policy=NaPolicy.SHARE, na_share=Decimal(40)), facts, answers)
        for policy in (NaPolicy.RESCALE, NaPolicy.PRORATE, NaPolicy.SHARE):
            between = (scored[NaPolicy.ZERO], scored[policy], scored[NaPolicy.FULL])
            assert sorted(card.total.low for card in between) == [card.total.low for card in between]

    drawing.try_out(law, 120)


def test_a_share_of_all_or_nothing_is_full_marks_or_none(drawing):
    def law(chance):
        of = drawing.checklist(chance)
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        for share, policy in ((100, NaPolicy.FULL), (0, NaPolicy.ZERO)):
            by_share = evaluate(under(of, na_policy=NaPolicy.SHARE, na_share=Decimal(share)), facts, answers)
            plainly = evaluate(under(of, na_policy=policy), facts, answers)
            assert (by_share.total, verdict(by_share)) == (plainly.total, verdict(plainly))

    drawing.try_out(law, 150)


def test_where_everything_applies_the_rule_for_what_does_not_changes_nothing(drawing):
    met = []

    def law(chance):
        of = under(drawing.checklist(chance), out_of=None)
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        cards = [evaluate(under(of, na_policy=policy), facts, answers) for policy in NaPolicy]
        if all(item.applies for item in cards[0].items) and not any(map(drawing.depends_on_facts, rules_of(of))):
            assert all((card.total, verdict(card)) == (cards[0].total, verdict(cards[0])) for card in cards)
            met.append(chance)

    drawing.try_out(law, 150)
    assert len(met) > 10


def rules_of(of: Checklist):
    return [item.rule for item in of.items()]


# --- full marks, weights, caps, phases


def test_what_the_total_is_out_of_changes_its_scale_and_nothing_else(drawing):
    def law(chance):
        of = under(bare(drawing.checklist(chance)), out_of=None)
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        factor = chance.choice([Decimal("0.5"), Decimal(2), Decimal(25)])
        grades = tuple(replace(grade, total_at_least=grade.total_at_least * factor) for grade in of.grades)
        card = evaluate(of, facts, answers)
        scaled = evaluate(replace(under(of, out_of=of.groups_full * factor), grades=grades), facts, answers)
        assert verdict(scaled) == verdict(card)
        if of.scoring.na_policy is not NaPolicy.SCALE_THRESHOLDS:  # there the marks are what is scaled
            assert scaled.total == card.total.scaled(Fraction(factor))

    drawing.try_out(law, 200)


def spelled_out(group: Group) -> Group:
    """Say what is so anyway: items weigh what they give, groups what is in them, and so much is their cap."""
    items = tuple(replace(item, weight=item.worth) for item in group.items)
    inner = replace(group, items=items, groups=tuple(spelled_out(one) for one in group.groups))
    return replace(inner, cap=inner.full, weight=group.worth)


def test_weights_and_caps_that_say_what_is_so_anyway_change_nothing(drawing):
    def law(chance):
        of = drawing.checklist(chance)
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        said = replace(of, groups=tuple(spelled_out(group) for group in of.groups))
        card, other = evaluate(of, facts, answers), evaluate(said, facts, answers)
        assert (other.total, other.full, verdict(other)) == (card.total, card.full, verdict(card))

    drawing.try_out(law, 120)


def test_weights_of_all_groups_count_by_their_proportion_alone(drawing):
    def law(chance):
        of = under(bare(drawing.checklist(chance)), out_of=Decimal(100))
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        heavier = replace(of, groups=tuple(replace(group, weight=group.worth * 7) for group in of.groups))
        card, other = evaluate(of, facts, answers), evaluate(heavier, facts, answers)
        assert verdict(other) == verdict(card)
        if of.scoring.na_policy is not NaPolicy.SCALE_THRESHOLDS:
            assert other.total == card.total

    drawing.try_out(law, 120)


def test_a_phase_is_the_same_as_its_value_written_outright(drawing):
    def law(chance):
        of = drawing.checklist(chance)
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        goal, on = of.parameters[0], chance.choice(drawing.days)
        begun = [phase.value for phase in goal.phases if on is not None and phase.start <= on]
        outright = replace(of, parameters=(replace(goal, value=[goal.value, *begun][-1], phases=()),))
        assert evaluate(of, facts, answers, on=on) == evaluate(outright, facts, answers)
        assert evaluate(of, facts, answers, on=date(2020, 1, 1)) == evaluate(of, facts, answers)

    drawing.try_out(law, 150)


# --- what if, the way up, several columns


def test_to_suppose_what_is_so_anyway_changes_no_total(drawing):
    def law(chance):
        of = drawing.checklist(chance)
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        card = evaluate(of, facts, answers)
        points = {item.key: item.got.low for item in card.items}
        supposed = evaluate(of, facts, answers, supposing=points)
        if not any(gate.code == "gate.zero_total" for gate in card.gates):
            assert (supposed.total, supposed.counted) == (card.total, card.counted)

    drawing.try_out(law, 120)


def test_the_shortest_way_up_ends_where_it_says(drawing):
    """With its gates met and its items put right the level is reached, with as many points as it names."""
    reached = []

    def law(chance):
        of = drawing.checklist(chance)
        facts, answers, on = drawing.facts(chance), drawing.finished_answers(chance, of), chance.choice(drawing.days)
        way = shortest_path(of, facts, answers, on=on)
        if way is None:
            return
        assert way.now == evaluate(of, facts, answers, on=on).counted.low
        if way.reachable:
            gates = {step.key: Answer("yes") for step in way.steps if step.then is None}
            points = {step.key: step.then for step in way.steps if step.then is not None}
            then = evaluate(of, facts, answers | gates, on=on, supposing=points)
            assert then.counted.low == way.then
            assert next(grade for grade in then.grades if grade.key == way.target).reached
            reached.append(way)

    drawing.try_out(law, 200)
    assert len(reached) > 50


COLUMNS = tuple(ScoreColumn(key, Text("栏", "column"), Decimal(weight)) for key, weight in (("first", 3), ("final", 5)))


def test_columns_that_agree_give_what_each_of_them_gives(drawing):
    def law(chance):
        of = under(drawing.checklist(chance), columns=COLUMNS)
        facts, answers = drawing.facts(chance), drawing.finished_answers(chance, of)
        card = evaluate(of, facts, answers)
        together = composite(of, {column.key: card for column in COLUMNS})
        assert (together.total, together.counted) == (card.total, card.counted)
        assert (together.passed, together.level, together.missing) == (card.passed, card.level, ())
        assert [grade.reached for grade in together.grades] == [grade.reached for grade in card.grades]

    drawing.try_out(law, 120)


def test_open_columns_end_within_the_range_of_the_composite(drawing):
    def law(chance):
        of = under(drawing.checklist(chance), columns=COLUMNS)
        on, facts = chance.choice(drawing.days), drawing.facts(chance)  # the site is the same for everyone
        known = {key: facts[key] for key in chance.some(sorted(facts))}
        now, final = {}, {}
        for column in COLUMNS:
            answers = drawing.finished_answers(chance, of)
            final[column.key] = evaluate(of, facts, answers, on=on)
            if chance.maybe(0.8):
                now[column.key] = evaluate(of, known, drawing.unfinished_answers(chance, of, answers), on=on)
        before, after = composite(of, now, on=on), composite(of, final, on=on)
        assert before.total.low <= after.total.low <= before.total.high
        assert before.counted.low <= after.counted.low <= before.counted.high
        assert after.missing == ()
        assert before.passed in (None, after.passed)
        for start, end in zip(before.grades, after.grades, strict=True):
            assert start.reached in (None, end.reached)

    drawing.try_out(law, 250)
