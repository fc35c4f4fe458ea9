"""Text in the languages of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Chinese and, where somebody wrote it, in English."""

    zh: str
    en: str = ""

    def in_language(self, language: Language) -> str:
        """Give the text in a language; Chinese where it was not translated."""
        return self.en or self.zh if language == "en" else self.zh

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)
