"""How hard a passphrase is to guess: a hint for whoever chooses one, no measure of anything."""

from __future__ import annotations

from enum import StrEnum

FAIR, GOOD = 12, 18
SHORTEST = 8
"""What the file of a key asks for at least (``signing.key_file``)."""
LATIN_END = 0x2E80  # from here on characters are drawn from thousands, not from a keyboard's hundred


class Strength(StrEnum):
    """What to say of a passphrase."""

    NONE = "none"
    SHORT = "short"
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


def strength_of(passphrase: str) -> Strength:
    """Tell how hard a passphrase is to guess, by the characters that do not follow from those before them."""
    if not passphrase:
        return Strength.NONE
    if len(passphrase) < SHORTEST:
        return Strength.SHORT
    points = 0
    for place, character in enumerate(passphrase):
        before = passphrase[max(0, place - 3) : place]
        follows = any(abs(ord(character) - ord(other)) <= 1 for other in before)  # 1234, aaaa, abab
        points += 0 if follows else 2 if ord(character) >= LATIN_END else 1
    if points < FAIR:
        return Strength.WEAK
    return Strength.GOOD if points >= GOOD else Strength.FAIR
