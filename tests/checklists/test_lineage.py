"""Where the entries of an edition come from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.samples.registers import sample
from wufei_cells.checklists.lineage import descendants, lineage
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.checklists import Ancestor, Checklist, Item, Relation

TOWN = read_checklist(sample("town"), "town")
A1, A2, A3, A4 = TOWN.groups[0].items


def edition(*items: Item) -> Checklist:
    """The town's checklist with other items in its first group, and nothing else that is scored."""
    return replace(TOWN, groups=(replace(TOWN.groups[0], items=items),), gates=(), bonus=None, deductions=None)


def renamed(item: Item, key: str, *origins: tuple[str, Relation]) -> Item:
    return replace(item, key=key, ancestors=tuple(Ancestor(*origin) for origin in origins))


def test_an_entry_that_says_nothing_goes_back_to_its_key():
    assert lineage(edition(A1, A2), edition(A2, A3)) == {"A2": (("A2", Relation.SAME),), "A3": ()}


def test_everything_that_is_answered_is_traced_in_printed_order():
    assert list(lineage(TOWN, TOWN)) == [entry.key for entry in TOWN.entries()]
    assert all(origins == ((key, Relation.SAME),) for key, origins in lineage(TOWN, TOWN).items())


def test_a_renamed_entry_goes_back_to_the_one_it_names():
    now = edition(A2, renamed(A1, "M1", ("A1", Relation.REWORDED)))
    assert lineage(edition(A1, A2), now)["M1"] == (("A1", Relation.REWORDED),)


def test_one_becomes_two_and_two_become_one():
    split = edition(A1, renamed(A1, "A1b", ("A1", Relation.SPLIT)))
    assert lineage(edition(A1), split) == {"A1": (("A1", Relation.SAME),), "A1b": (("A1", Relation.SPLIT),)}
    assert descendants(lineage(edition(A1), split)) == {"A1": ("A1", "A1b")}
    merged = edition(renamed(A1, "M", ("A1", Relation.MERGED), ("A2", Relation.MERGED)))
    traced = lineage(edition(A1, A2, A3), merged)
    assert traced == {"M": (("A1", Relation.MERGED), ("A2", Relation.MERGED))}
    assert descendants(traced) == {"A1": ("M",), "A2": ("M",)}, "A3 lives on nowhere"


def test_an_origin_that_the_earlier_edition_does_not_have_says_nothing_about_it():
    now = edition(renamed(A1, "A1", ("OLD", Relation.STRICTER)), renamed(A2, "NEW", ("OLD", Relation.STRICTER)))
    assert lineage(edition(A1, A2), now) == {"A1": (("A1", Relation.SAME),), "NEW": ()}


def test_an_origin_copied_from_the_last_file_speaks_of_the_step_before():
    """Edition 2 split A1; edition 3 was written by copying edition 2, with what it says about edition 1."""
    second = edition(A1, renamed(A1, "A1b", ("A1", Relation.SPLIT)))
    third = edition(A1, renamed(A1, "A1b", ("A1", Relation.SPLIT)), A2)
    assert lineage(second, third)["A1b"] == (("A1b", Relation.SAME),)
    assert lineage(edition(A1), third)["A1b"] == (("A1", Relation.SPLIT),), "from edition 1 it still counts"


@pytest.mark.parametrize("relation", list(Relation))
def test_every_relation_is_kept(relation):
    now = edition(renamed(A1, "M", ("A1", relation)))
    assert lineage(edition(A1), now) == {"M": (("A1", relation),)}
