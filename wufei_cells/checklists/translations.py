"""Which texts of a checklist lack one of the languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wufei_cells.checklists.outline import text_at
from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.domain.text import Language

TEXTS = frozenset(
    ("title", "text", "scoring", "evidence", "guidance", "notice", "unit", "part", "whole", "before", "after")
)
"""The fields that hold text in languages, wherever they stand."""

_WORDS = re.compile(r"[^\W\d_]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class MissingText:
    """A text that is there in one language only."""

    path: Path
    language: Language
    """The language that is missing."""
    other: str
    """The text in the language that is there."""


def missing_texts(data: Data) -> tuple[MissingText, ...]:
    """List the texts that lack a language, in printed order. Signs and symbols such as % read alike in all."""
    return tuple(_missing(data, ()))


def _missing(data: Data, path: Path) -> Iterator[MissingText]:
    if isinstance(data, list):
        for index, entry in enumerate(data):
            yield from _missing(entry, (*path, index))
    if not isinstance(data, dict):
        return
    for name, value in data.items():
        if name in TEXTS and not (name == "scoring" and not path) and not isinstance(value, list):
            yield from _of_text(value, (*path, name))
        else:
            yield from _missing(value, (*path, name))


def _of_text(value: Data, path: Path) -> Iterator[MissingText]:
    text = text_at(value, ())
    if text.zh and not text.en and _HAN.search(text.zh):
        yield MissingText(path, "en", text.zh)
    elif text.en and not text.zh and _WORDS.search(text.en):
        yield MissingText(path, "zh", text.en)
