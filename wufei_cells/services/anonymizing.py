"""Take everything personal out of a text that leaves the machine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

SHORT = 4
"""Letters of an ASCII name up to which it must stand alone: "Li" is taken out of "Li.xlsx", and "Linux" stays."""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MOBILE = r"1[3-9]\d{9}|1[3-9]\d[- ]\d{4}[- ]\d{4}"
_PHONE = re.compile(rf"(?<![\d.:T-])(?:\+?86[- ]?)?(?:{_MOBILE}|0\d{{2,3}}[- ]?\d{{7,8}})(?!\d)")
_ID_NUMBER = re.compile(r"(?<!\w)(?:\d{17}[\dXx]|[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10})(?!\w)")
"""Of a person (GB 11643) or of an organization (GB 32100)."""


class Anonymizer:
    """Replaces folders, people, sites, addresses and numbers; the same name always by the same sign."""

    def __init__(self, folders: Mapping[str, str], fixed: Mapping[str, str], names: Iterable[str]) -> None:
        """Prepare.

        Args:
            folders: paths and what stands for them.
            fixed: words and what stands for them.
            names: everything else that must not be told; numbered as it appears.
        """
        longest = sorted(folders, key=len, reverse=True)
        self._folders = [(variant, folders[path]) for path in longest for variant in _written(path)]
        self._fixed = {_plain(word): sign for word, sign in fixed.items() if word}
        self._names = {_plain(name) for name in names} - {""}
        self._numbers: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """Give the text without anything personal."""
        text = unicodedata.normalize("NFC", text)
        for path, sign in self._folders:
            text = re.sub(re.escape(path), lambda _found, sign=sign: sign, text, flags=re.IGNORECASE)
        text = _EMAIL.sub("‹e-mail›", text)
        text = _ID_NUMBER.sub("‹id›", text)
        text = _PHONE.sub("‹phone›", text)
        return self._without_names(text)

    def _without_names(self, text: str) -> str:
        folded = text.casefold()
        there = [name for name in {*self._names, *self._fixed} if name in text or name.casefold() in folded]
        if not there:
            return text
        there.sort(key=lambda name: (-len(name), name))
        return re.sub(
            "|".join(map(_pattern, there)), lambda found: self._sign(found.group()), text, flags=re.IGNORECASE
        )

    def _sign(self, found: str) -> str:
        if found in self._fixed:
            return self._fixed[found]
        return self._numbers.setdefault(found.casefold(), f"‹{len(self._numbers) + 1}›")


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()


def _pattern(name: str) -> str:
    if name.isascii() and len(name) <= SHORT:
        return rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])"
    return re.escape(name)


def _written(path: str) -> tuple[str, ...]:
    """Give the ways in which programs write a path: as it is, with the other slashes, escaped."""
    if len(path.strip("/\\")) < 2:
        return ()
    return tuple(dict.fromkeys((path, path.replace("\\", "\\\\"), path.replace("\\", "/"))))
