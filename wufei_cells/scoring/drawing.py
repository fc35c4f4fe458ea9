"""Draw sites and inspectors by lot, so that everybody who repeats it gets the same: whole numbers and SHA-256 only.

The rules stand in ``docs/drawing.md``; a test repeats drawings with the few lines of code that are printed there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count

from wufei_cells.domain.drawings import FORMAT, Drawing, DrawingLists, Drawn
from wufei_cells.errors import Problem, ProblemsFound

SPAN = 2**256


def list_text(lists: DrawingLists) -> str:
    """Write a list as it is hashed and published: a line for each entry, its parts separated by tabs, sorted."""
    lines = [(FORMAT,), ("title", lists.title), ("draw", str(lists.count), str(lists.per_site))]
    lines += [("site", key, str(weight), name) for key, weight, name in sorted(lists.sites)]
    lines += [("inspector", name) for name in sorted(lists.inspectors)]
    lines += [("conflict", name, site) for name, site in sorted(lists.conflicts)]
    return "".join("\t".join(line) + "\n" for line in lines)


def list_hash(lists: DrawingLists) -> str:
    """Hash a list: whoever publishes this before the seed is known cannot change the list any more."""
    return hashlib.sha256(list_text(lists).encode()).hexdigest()


def digests(of_list: str, seed: str, what: str) -> Iterator[int]:
    """Give the numbers below 2**256 of one lot; nearly always the first is taken."""
    for attempt in count(1):
        text = "\n".join((FORMAT, of_list, seed, what, str(attempt)))
        yield int.from_bytes(hashlib.sha256(text.encode()).digest())


def below(total: int, numbers: Iterator[int], span: int = SPAN) -> int:
    """Give a number from 0 to ``total`` - 1, each as likely as any other.

    A number from the end of the span that would make small remainders likelier is passed over.

    Args:
        total: how many there are to choose from, at least 1.
        numbers: evenly spread from 0 to ``span`` - 1.
        span: how many different ones they can be.
    """
    fair = span - span % total
    return next(number for number in numbers if number < fair) % total


def draw(lists: DrawingLists, seed: str) -> tuple[Drawn, ...]:
    """Draw the sites, and for each in turn who visits it.

    Sites: without replacement; in each round a site's chance is its weight over the sum of what is left. Inspectors:
    of those without a conflict who have the fewest visits so far, each as likely as the other.

    Raises:
        ProblemsFound: some site of the list would find too few inspectors; nothing is drawn then.
    """
    refuse_short(lists)
    of_list = list_hash(lists)
    left = sorted(lists.sites)
    visits = dict.fromkeys(sorted(lists.inspectors), 0)
    barred = set(lists.conflicts)
    found: list[Drawn] = []
    for number in range(1, lists.count + 1):
        sums = list(accumulate(weight for _key, weight, _name in left))
        pick = below(sums[-1], digests(of_list, seed, f"site {number}"))
        place = next(place for place, reached in enumerate(sums) if pick < reached)
        site = left.pop(place)[0]
        free = [name for name in visits if (name, site) not in barred]
        chosen: list[str] = []
        for person in range(1, lists.per_site + 1):
            least = _least([name for name in free if name not in chosen], visits)
            lot = below(len(least), digests(of_list, seed, f"inspector {number} {person}"))
            chosen.append(least[lot])
        for name in chosen:
            visits[name] += 1
        found.append(Drawn(site, tuple(chosen), pick, sums[-1]))
    return tuple(found)


def _least(names: Sequence[str], visits: dict[str, int]) -> list[str]:
    fewest = min(visits[name] for name in names)
    return [name for name in names if visits[name] == fewest]


def refuse_short(lists: DrawingLists) -> None:
    """Refuse a list with sites for which too few inspectors are left, whether or not they would be drawn.

    Were it found out only when such a site is drawn, people would have to draw again, and could wish for it.

    Raises:
        ProblemsFound: ``drawing.too_few_inspectors`` for each such site.
    """
    barred: dict[str, set[str]] = {}
    for name, site in lists.conflicts:
        barred.setdefault(site, set()).add(name)
    people = set(lists.inspectors)
    short = [
        (name, len(people - barred.get(site, set())))
        for site, _weight, name in sorted(lists.sites)
        if len(people - barred.get(site, set())) < lists.per_site
    ]
    if short:
        raise ProblemsFound(
            Problem("drawing.too_few_inspectors", "inspectors", {"site": name, "free": free, "needed": lists.per_site})
            for name, free in short
        )


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of repeating a drawing."""

    list_agrees: bool
    """Whether the list has the hash that was published."""
    result_agrees: bool
    """Whether the seed gives the result on record."""

    @property
    def genuine(self) -> bool:
        """Whether everything agrees."""
        return self.list_agrees and self.result_agrees


def verify(drawing: Drawing) -> Verification:
    """Repeat a drawing and compare."""
    lists = drawing.plan.lists
    try:
        again = draw(lists, drawing.seed) if 0 <= lists.count <= len(lists.sites) else None
    except ProblemsFound:
        again = None
    return Verification(list_hash(lists) == drawing.list_hash, again == drawing.drawn)
