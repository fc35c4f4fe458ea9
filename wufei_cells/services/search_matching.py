"""Find the texts that contain the searched words, and tell how well they fit. Nothing here asks what a text is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from wufei_cells.services.search_hits import Fit, Found, HitKind
from wufei_cells.services.search_memory import FIELD_END
from wufei_cells.store.search_queries import TextRow

SHARE = 4
"""One kind gets at most so much of the places (a quarter) while others want some, too."""

_ORDER = {kind: place for place, kind in enumerate(HitKind)}


@dataclass(frozen=True, slots=True)
class Around:
    """Which of the words are in what a text belongs to, one bit for each word."""

    anywhere: int
    """Words that anything holds to which a text may belong."""
    of: Callable[[str], int]
    """Gives by key the words that are in what this text belongs to."""


def bits(text: str, words: Sequence[str]) -> int:
    """Tell which of the words are in a folded text, one bit for each word."""
    return sum(1 << place for place, word in enumerate(words) if word in text)


NOTHING_AROUND = Around(0, lambda _key: 0)


def best_of(
    texts: Mapping[str, str], words: Sequence[str], around: Around, *, newest: int | None = None
) -> dict[Fit, list[str]]:
    """Give the keys of the texts in which one word is, and all the others too, or in what the text belongs to.

    Args:
        texts: folded texts by key.
        words: folded words.
        around: what the texts belong to.
        newest: to give only so many for each fit, from the last to the first; what need not be looked at is not.
    """
    keys = _candidates(texts, words, around)
    if newest is not None:
        keys.reverse()
    whole = f"{FIELD_END}{' '.join(words)}{FIELD_END}"
    starts = [f"{FIELD_END}{word}" for word in words]
    begun = {key for start in starts for key in keys if start in texts[key]}
    exact = {key for key in begun if whole in texts[key]}
    holding = _Holding(texts, words, around)
    by_fit = {
        Fit.EXACT: (key for key in keys if key in exact),
        Fit.BEGINNING: (key for key in keys if key in begun and key not in exact and holding(key)),
        Fit.INSIDE: (key for key in keys if key not in begun and holding(key)),
    }
    return {fit: list(islice(found, newest)) for fit, found in by_fit.items()}


def _candidates(texts: Mapping[str, str], words: Sequence[str], around: Around) -> list[str]:
    """Give the keys of texts that hold one word, and every word that only they can hold."""
    needed = [word for place, word in enumerate(words) if not around.anywhere >> place & 1]
    if needed:
        keys = [key for key, text in texts.items() if needed[0] in text]
        for word in needed[1:]:
            keys = [key for key in keys if word in texts[key]]
        return keys
    if len(words) == 1:
        return [key for key, text in texts.items() if words[0] in text]
    some = {key for word in words for key, text in texts.items() if word in text}
    return [key for key in texts if key in some]


class _Holding:
    """Tells whether a text and what it belongs to hold all the words."""

    def __init__(self, texts: Mapping[str, str], words: Sequence[str], around: Around) -> None:
        self._texts, self._of = texts, around.of
        self._words = [(1 << place, word) for place, word in enumerate(words)] if around.anywhere else []

    def __call__(self, key: str) -> bool:
        text = self._texts[key]
        missing = [bit for bit, word in self._words if word not in text]
        return not missing or not sum(missing) & ~self._of(key)


def by_name(rows: Iterable[TextRow], texts: Mapping[str, str], words: Sequence[str]) -> list[TextRow]:
    """Sort rows by their names; those come first that are not only found by something else than the name."""

    def place(row: TextRow) -> tuple[bool, str, str]:
        name = texts[row.id][1:].partition(FIELD_END)[0]
        return not any(word in name for word in words), row.texts[0], row.id

    return sorted(rows, key=place)


def shared(found: Iterable[Found], limit: int) -> list[Found]:
    """Choose the best so that every kind gets its share, and fill up with the best of what is left."""
    ranked = sorted(found, key=_rank)
    share, taken = max(limit // SHARE, 1), Counter[HitKind]()
    first: list[int] = []
    for place, one in enumerate(ranked):
        if taken[one.kind] < share:
            taken[one.kind] += 1
            first.append(place)
    kept = set(first[:limit])
    rest = (place for place in range(len(ranked)) if place not in kept)
    kept.update(islice(rest, limit - len(kept)))
    return [ranked[place] for place in sorted(kept)]


def _rank(found: Found) -> tuple[int, int]:
    return found.fit, _ORDER[found.kind]
