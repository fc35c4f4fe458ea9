"""What random histories meet once in thousands, said one by one; each was wrong once. The oracle has the last word."""

from __future__ import annotations

import pytest

from tests.exchange.cells_written import ANSWERS, EVIDENCE, FIELDS, STATE, value_for
from tests.exchange.desks import Desks
from tests.exchange.forger import run_of
from tests.exchange.oracle import Fact
from tests.exchange.replica import Replica
from tests.exchange.simulation import MOMENTS
from wufei_cells.domain.register import ActRef
from wufei_cells.exchange.bundles import HIGHEST, Seal, read_bundle, seal
from wufei_cells.signing.signing_key import SigningKey, device_id
from wufei_cells.store import arrivals, bundles
from wufei_cells.store.bulk_writing import append_many
from wufei_cells.store.journal import Draft, append
from wufei_cells.store.merging import Contradiction

ANSWER, OTHER = ANSWERS[0], ANSWERS[1]
NAME = FIELDS[0]


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    made = Desks(tmp_path_factory.mktemp("desks"), 2)
    yield made
    made.close()


@pytest.fixture
def facts():
    return {}


@pytest.fixture
def replicas(desks, facts):
    return [Replica(one, facts, name) for one, name in zip(desks.cleared(), ("王敏", "李强"), strict=True)]


@pytest.fixture
def desk(replicas):
    return replicas[0]


class Stranger:
    """A device that signs what it is told to."""

    def __init__(self, number, facts):
        self.key = SigningKey(bytes([200 + number]) * 32)
        self.device = device_id(self.key.public)
        self.facts = facts
        self.last, self.previous = 0, ""

    def name(self, seq):
        return self.device, seq

    def signs(self, *acts, lamport=None):
        """Sign acts: place, number of the value, and what each replaces."""
        said = []
        for place, number, *replaces in acts:
            self.last += 1
            value = value_for(place, number) if isinstance(number, int) else number
            at, high = "1970-01-01T00:00:00+00:00", lamport or self.last
            said.append(Fact(*self.name(self.last), *place, high, at, "stranger", value, frozenset(replaces)))
        self.facts |= {fact.name: fact for fact in said}
        bundle = seal(run_of(said), self.previous, Seal(self.key, self.device, "stranger", "1.0"))
        self.previous = bundle.hash
        return bundle.content


@pytest.fixture
def one(facts):
    return Stranger(1, facts)


@pytest.fixture
def two(facts):
    return Stranger(2, facts)


def writes(replica, place, number, seen=None):
    draft = Draft(*place, value_for(place, number), seen)
    with replica.database.writing() as connection:
        written = append(replica.database, connection, [draft], author=replica.author, at=MOMENTS[1])
    replica.note([draft], written, MOMENTS[1])
    replica.check(whole=True)


def writes_many(replica, *places):
    drafts = [Draft(*place, value_for(place, 1)) for place in places]
    with replica.database.writing() as connection:
        append_many(replica.database, connection, drafts, author=replica.author, at=MOMENTS[1])
    replica.note_many(drafts, MOMENTS[1])
    replica.check(whole=True)


def takes(replica, *contents):
    for content in contents:
        replica.receive([content])
        replica.check(whole=True)


# --- what others named before it was there


@pytest.mark.parametrize("place", [ANSWER, OTHER])
def test_an_own_act_that_a_stranger_replaced_beforehand_is_dead_here_as_elsewhere(desk, one, place):
    takes(desk, one.signs((ANSWER, 1, (desk.uuid, 1), (desk.uuid, 2)), (OTHER, 2, (desk.uuid, 2))))
    writes(desk, place, 2)
    writes(desk, place, 1, seen=())


def test_own_acts_written_in_bulk_are_dead_where_a_stranger_replaced_them_beforehand(desk, one):
    takes(desk, one.signs((ANSWER, 1, (desk.uuid, 2)), (OTHER, 2, (desk.uuid, 1)), (FIELDS[1], 1, (desk.uuid, 9))))
    writes_many(desk, NAME, ANSWER, OTHER)


@pytest.mark.parametrize("further", [False, True])
def test_an_act_that_leaves_is_awaited_by_the_other_cells_in_which_it_is_replaced(desk, one, two, further):
    named = one.signs((ANSWER, 1))
    also = [("00" * 16, 1)] if further else []  # the first of them, as names are ordered
    takes(desk, named, two.signs((NAME, 1), (OTHER, 1, *also, one.name(1))))
    desk.give_back(named)
    desk.check(whole=True)
    takes(desk, named)


def test_a_large_import_leaves_as_a_small_one_does_with_what_still_waited_of_it(desk, one, two, monkeypatch):
    monkeypatch.setattr(arrivals, "MANY", 0)
    content, waiting = one.signs((ANSWER, 1), (OTHER, 2)), read_bundle(two.signs((NAME, 1)))
    takes(desk, content)
    with desk.database.writing() as connection:
        arrivals.hold(connection, waiting, "unknown_device", read_bundle(content).hash)
    desk.give_back(content)
    desk.check(whole=True)
    with desk.database.reading() as connection:
        assert list(arrivals.held(connection)) == []


def test_a_form_saved_over_what_has_left_awaits_it_once(desk, one, two):
    first, also = one.signs((ANSWER, 1)), two.signs((ANSWER, 2, one.name(1)))
    takes(desk, first, also)
    desk.give_back(first)
    writes(desk, ANSWER, 0, seen=(ActRef(*one.name(1)),))
    takes(desk, first)


def test_a_form_saved_over_what_has_left_awaits_it_though_nobody_else_does(desk, one):
    first = one.signs((ANSWER, 1))
    takes(desk, first)
    desk.give_back(first)
    writes(desk, ANSWER, 0, seen=(ActRef(*one.name(1)),))
    takes(desk, first)


# --- acts that name each other in a circle


def test_acts_in_a_circle_stand_and_those_dead_on_arrival_with_them(desk, one, two, facts):
    third = Stranger(3, facts)
    takes(desk, one.signs((ANSWER, 1, two.name(1), third.name(1))), two.signs((ANSWER, 2, one.name(1))))
    takes(desk, third.signs((ANSWER, 0)))
    writes(desk, ANSWER, 1, seen=(ActRef(*one.name(1)),))
    writes_many(desk, ANSWER)


# --- kinds that meet in one cell


def test_an_act_of_a_newer_kind_takes_the_row_and_the_known_kind_brings_it_back(desk, one, two):
    poem = ("poem", *ANSWER[1:])
    writes(desk, ANSWER, 1)
    takes(desk, one.signs((poem, {"verse": 1}, (desk.uuid, 1))), two.signs((ANSWER, 2, one.name(1))))
    takes(desk, one.signs((poem, {"verse": 2})))
    writes(desk, ANSWER, 0)


def test_two_known_kinds_with_one_name_of_a_cell_never_leave_a_row_behind(desk, one, two):
    retired = ("edition_state", *STATE[1:])
    said = {"retired_on": None, "reason": "x"}
    takes(desk, one.signs((retired, said)), two.signs((STATE, 1, one.name(1))), one.signs((retired, said, two.name(1))))
    writes(desk, STATE, 1)
    takes(desk, one.signs((retired, said, (desk.uuid, 1))))
    writes_many(desk, STATE)


def test_evidence_in_conflict_with_its_removal_shows_what_is_shown_everywhere(desk, one, two):
    takes(desk, one.signs((EVIDENCE, 1), lamport=3), two.signs((EVIDENCE, 0), lamport=5))
    takes(desk, one.signs((EVIDENCE, 2), lamport=7))


# --- counters and chains


def test_one_act_with_the_highest_counter_does_not_make_ours_unreadable(desk, one):
    takes(desk, one.signs((ANSWER, 1), lamport=HIGHEST))
    writes(desk, ANSWER, 2)
    writes(desk, ANSWER, 1, seen=())
    writes_many(desk, NAME)
    assert [read_bundle(content).run.lamports for content in desk.seal(20_000)] == [[HIGHEST] * 3]


def test_of_one_devices_acts_with_equal_counters_the_later_is_shown(desk, one):
    takes(desk, one.signs((ANSWER, 1), (ANSWER, 2), lamport=4))


@pytest.mark.parametrize("more", [(), ((NAME, 1),)])
def test_of_somebody_whose_acts_do_not_count_answers_do_not_either(desk, one, more):
    desk.judge_again({"stranger"})
    takes(desk, one.signs((ANSWER, 1), (OTHER, 2), *more))


@pytest.mark.parametrize("behind_first", [False, True])
def test_a_hand_over_does_not_bar_what_the_device_itself_sealed(desks, replicas, behind_first):
    desk, other = replicas
    writes(desk, ANSWER, 1)
    desk.seal(1)
    writes(desk, ANSWER, 2)
    copy = desk.copied(desks.copied(desk.database), "copy")
    [handed_over] = copy.seal(20_000)
    [itself] = desk.seal(20_000)
    writes(desk, ANSWER, 1)
    [behind] = desk.seal(20_000)
    takes(other, *((behind, handed_over) if behind_first else (handed_over, behind)), itself)
    takes(copy, itself, behind)


def test_what_follows_follows_the_devices_own_bundle_where_a_hand_over_ends_there_too(desks, replicas):
    desk, _other = replicas
    writes(desk, ANSWER, 1)
    copies = [desk.copied(desks.copied(desk.database), name) for name in ("copy", "another")]
    [handed_over], [also] = (copy.seal(20_000) for copy in copies)
    [itself] = desk.seal(20_000)
    takes(desk, handed_over, also)
    with desk.database.reading() as connection:
        assert bundles.last_hash(connection, desk.uuid, 2) == read_bundle(itself).hash
        assert bundles.last_hash(connection, desk.uuid, 3) == ""


def test_runs_end_where_they_are_long_enough(desk, monkeypatch):
    for number in range(6):
        writes(desk, ANSWER, number)

    def lengths(most):
        with desk.database.reading() as connection:
            return [len(run) for run in bundles.runs(connection, desk.uuid, (1, 6), most)]

    assert lengths(6) == [6]
    assert lengths(4) == [4, 2]
    monkeypatch.setattr(bundles, "LARGEST_RUN", 100)
    assert lengths(6) == [3, 3]


def test_many_acts_are_sealed_as_they_stand(desk):
    places = [("answer", f"assessment-{number}", "answer.A1") for number in range(250)]
    writes_many(desk, *places)
    (run,) = (read_bundle(content).run for content in desk.seal(20_000))
    assert list(zip(run.kinds, run.entities, run.cells, strict=True)) == places


def test_a_chain_that_forks_is_a_contradiction(desk, one, two):
    first = one.signs((ANSWER, 1))
    one.previous = "cd" * 32
    second = one.signs((ANSWER, 2))
    with desk.database.writing() as connection:
        bundles.keep(connection, read_bundle(first))
    with pytest.raises(Contradiction), desk.database.writing() as connection:
        bundles.keep(connection, read_bundle(second))


def test_a_chain_whose_next_link_is_here_already_takes_only_what_that_one_follows(desk, one):
    first = read_bundle(one.signs((ANSWER, 1)))
    again = seal(first.run, "ab" * 32, Seal(one.key, one.device, "x", "1.0"))
    one.signs((ANSWER, 2))
    run = run_of([one.facts[one.name(2)]])
    second = seal(run, first.hash, Seal(one.key, one.device, "x", "1.0"))
    with desk.database.writing() as connection:
        bundles.keep(connection, second)
        with pytest.raises(Contradiction):
            bundles.keep(connection, again)
        bundles.keep(connection, first)


@pytest.mark.parametrize("forged", [(ANSWER, 2), (NAME, 1), (ANSWER, 1, ("f0" * 16, 1))])
def test_one_number_for_two_acts_is_a_contradiction_and_changes_nothing(desk, one, facts, forged):
    takes(desk, one.signs((ANSWER, 1)))
    twin = Stranger(1, {})
    with pytest.raises(Contradiction):
        desk.receive([twin.signs(forged)])
    desk.check(whole=True)
