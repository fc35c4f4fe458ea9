"""Write the list of all placeholders into the workbook that an office begins with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wufei_cells.workbooks.cell_text import clean_text
from wufei_cells.workbooks.form_templates.names import FACT_NAMES, FIELDS, LIST_NAMES, PARTS, SKIP_NAMES, Kind, written
from wufei_cells.workbooks.form_templates.starter_words import A4, Looks, Words

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Gate, Group, Item


class NameList:
    """The list of all placeholders, which is never filled in itself."""

    def __init__(self, sheet: Any, words: Words, looks: Looks) -> None:
        self._sheet = sheet
        self._words = words
        self._looks = looks
        self._row = 0

    def write(self) -> None:
        """Write what there is one of, then what there are several of."""
        words, looks, sheet = self._words, self._looks, self._sheet
        sheet.set_column(0, 1, 34)
        sheet.set_column(2, 2, 70)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        mark = written(SKIP_NAMES[0 if words.english else 1])
        sheet.merge_range(0, 0, 0, 2, "", looks.hint)
        sheet.write_string(0, 0, words.say("hint", mark=mark), looks.hint)
        sheet.set_row(0, 64)
        self._row = 1
        self._line(words.say("head.chinese"), words.say("head.english"), words.say("head.meaning"), looks.head)
        sheet.freeze_panes(self._row, 0)
        for name, chinese in FIELDS.items():
            self._line(written(chinese), written(name), words.say(f"field.{name}"), looks.text)
        for fact in words.checklist.facts:
            names = (f"{FACT_NAMES[1]}.{words.text(fact.text)}", f"{FACT_NAMES[0]}.{fact.key}")
            self._line(written(names[0]), written(names[1]), words.say("fact", fact=words.text(fact.text)), looks.text)
        for kind in PARTS:
            self._list(kind)

    def _list(self, kind: Kind) -> None:
        """Write what is told of the next entry, then each one as it is called by its number."""
        words, looks = self._words, self._looks
        for part, chinese in PARTS[kind].items():
            names = (f"{LIST_NAMES[kind][1]}.{chinese}", f"{LIST_NAMES[kind][0]}.{part}")
            self._line(written(names[0]), written(names[1]), words.say(f"{kind.value}.{part}"), looks.text)
        for number, text in self._entries(kind):
            part = "result" if kind is Kind.GATE else "points"
            names = (f"{LIST_NAMES[kind][1]}.{number}.{PARTS[kind][part]}", f"{LIST_NAMES[kind][0]}.{number}.{part}")
            meaning = words.say("one", number=number, name=text)
            self._line(written(names[0]), written(names[1]), meaning, looks.text)

    def _entries(self, kind: Kind) -> list[tuple[str, str]]:
        checklist = self._words.checklist
        entries: Iterable[Gate | Group | Item] = checklist.gates
        if kind is not Kind.GATE:
            entries = checklist.items() if kind is Kind.ITEM else checklist.all_groups()
        return [(entry.number, self._words.text(entry.text)) for entry in entries]

    def _line(self, chinese: str, english: str, meaning: str, look: Any) -> None:
        for column, text in enumerate((chinese, english, meaning)):
            self._sheet.write_string(self._row, column, clean_text(text), look)
        self._row += 1
