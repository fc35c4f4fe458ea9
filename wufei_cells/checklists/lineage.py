"""Which entries of an earlier edition the entries of a later one go back to."""

from __future__ import annotations

from wufei_cells.domain.checklists import Ancestor, Checklist, Gate, Item, Relation

Lineage = dict[str, tuple[tuple[str, Relation], ...]]
"""By key of each entry of the later edition: the entries of the earlier one it goes back to, none for a new one."""


def lineage(old: Checklist, new: Checklist) -> Lineage:
    """Trace every entry of an edition back to an earlier edition, in printed order.

    What an entry says of its origin (``from``) counts where it names entries that the earlier edition has. An entry
    that says nothing, or speaks of editions before that one, goes back to the entry with the same key.
    """
    earlier = {entry.key: entry for entry in old.entries()}
    return {entry.key: _origins(entry, earlier) for entry in new.entries()}


def descendants(traced: Lineage) -> dict[str, tuple[str, ...]]:
    """Turn a lineage round: by key of each earlier entry that lives on, the later entries that go back to it."""
    found: dict[str, list[str]] = {}
    for key, origins in traced.items():
        for origin, _relation in origins:
            found.setdefault(origin, []).append(key)
    return {key: tuple(later) for key, later in found.items()}


def _origins(entry: Gate | Item, earlier: dict[str, Gate | Item]) -> tuple[tuple[str, Relation], ...]:
    same = earlier.get(entry.key)
    # A file is written by copying the last one: an origin that stood there already speaks of the step before it.
    said: tuple[Ancestor, ...] = () if same and same.ancestors == entry.ancestors else entry.ancestors
    named = {ancestor.key: ancestor.relation for ancestor in said if ancestor.key in earlier}
    if named:
        return tuple(named.items())
    return ((entry.key, Relation.SAME),) if same else ()
