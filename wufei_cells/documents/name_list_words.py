"""The words of a list of names, for paper and for pasting: title, body, headings of categories, columns, ending."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wufei_cells.documents.dates import chinese_number, say_date
from wufei_cells.documents.name_list_data import ListKind
from wufei_cells.documents.punctuation import STRAIGHT

if TYPE_CHECKING:
    from wufei_cells.documents.name_list_data import ListEntry, ListGroup, NameList
    from wufei_cells.domain.text import Language, Text
    from wufei_cells.wording import Wording


class NameListWords:
    """Everything that a list says, in one language."""

    def __init__(self, data: NameList, wording: Wording) -> None:
        self.data = data
        self._wording = wording
        self.language: Language = "en" if wording.language == "en" else "zh"

    def say(self, key: str, /, **values: object) -> str:
        """Give a sentence of this area by the last part of its key."""
        return self.plain(self._wording.say(f"paper.list_{key}", **values))

    def plain(self, text: str) -> str:
        """Give a text as this paper writes it: Chinese quotation marks are too wide for English words."""
        return text if self.language == "zh" else text.translate(STRAIGHT)

    def own(self, text: Text) -> str:
        """Give a text of the data in the language of the paper."""
        return self.plain(text.in_language(self.language))

    @property
    def title(self) -> str:
        """The title."""
        data = self.data
        batch = self.own(data.batch)
        if batch and self.language == "en":
            batch = f", {batch}"
        return self.say(f"title_{data.kind.value}", city=self.own(data.city), batch=batch)

    @property
    def body(self) -> tuple[str, ...]:
        """The paragraphs above the list."""
        data = self.data
        values = {
            "city": self.own(data.city),
            "batch": self.own(data.batch),
            "issuer": self.own(data.issuer),
            "count": data.count,
            "on": say_date(self._wording, data.on),
            "contact": data.contact.strip(),
        }
        if data.period:
            values |= {
                name: say_date(self._wording, day) for name, day in zip(("start", "end"), data.period, strict=True)
            }
        told = [self.say(f"body_{data.kind.value}", **values)]
        if data.kind is ListKind.NOTICE:
            told += [self.say("objections", **values), self.say("contact", **values)]
        if data.kind is ListKind.NAMING:
            told.append(self.say("management"))
        told.append(self.say("unranked"))
        return tuple(told)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must not be missed: made-up data, a checklist of no authority."""
        told = [self.say("example")] if self.data.example else []
        return (*told, *(() if self.data.official else (self.say("unofficial"),)))

    @property
    def ending(self) -> tuple[str, str]:
        """Who says so, and when."""
        return self.own(self.data.issuer), say_date(self._wording, self.data.on)

    def heading(self, number: int, group: ListGroup) -> str:
        """The heading of a category; ``number`` counts from one."""
        ordinal = chinese_number(number) if self.language == "zh" else str(number)
        return self.say("group", number=ordinal, category=self.own(group.category), count=len(group.entries))

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of the columns: certificates only where somebody has one."""
        certified = any(entry.certificate for group in self.data.groups for entry in group.entries)
        return ("number", "name", "district", *(("certificate", "until") if certified else ()))

    def cells(self, number: int, entry: ListEntry) -> Iterator[str]:
        """The texts of a row, one for each column."""
        yield str(number)
        yield self.plain(entry.name)
        yield self.own(entry.district)
        if len(self.columns) > 3:
            yield entry.certificate or "—"
            yield entry.valid_until.isoformat() if entry.valid_until else "—"


def name_list_text(data: NameList, wording: Wording) -> str:
    """Write a list as plain text to paste: the same words as on paper.

    Raises:
        ProblemsFound: it cannot be published like this.
    """
    data.refuse_gaps()
    words = NameListWords(data, wording)
    lines = [*words.warnings, words.title, *([data.document_number] if data.document_number else []), "", *words.body]
    for number, group in enumerate(data.groups, start=1):
        lines += ["", words.heading(number, group)]
        lines += [_line(words, place, entry) for place, entry in enumerate(group.entries, start=1)]
    return "\n".join([*lines, "", *words.ending, ""])


def _line(words: NameListWords, number: int, entry: ListEntry) -> str:
    """One unit: 1. 甲单位（东区），XX-JG-2026-0001，有效期至2029-07-02."""
    line = words.say("line", number=number, name=words.plain(entry.name), district=words.own(entry.district))
    if entry.certificate:
        line += words.say("line_certificate", certificate=entry.certificate)
    if entry.valid_until:
        line += words.say("line_until", until=entry.valid_until.isoformat())
    return line
