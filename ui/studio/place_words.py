"""Say in words where something stands in a checklist that is being written, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.checklists.drafting import string_at
from wufei_cells.checklists.outline import text_at

if TYPE_CHECKING:
    from ui.i18n import I18n
    from wufei_cells.checklists.linting import PlacedProblem
    from wufei_cells.checklists.yaml_source import Data, Path

LONGEST_NAME = 18  # characters of a text that is a way-mark
NUMBERED = {
    "levels": "level",
    "bands": "band",
    "line": "corner",
    "ticks": "option",
    "options": "option",
    "inputs": "input",
    "sum": "part",
    "best": "part",
    "all": "condition",
    "any": "condition",
    "phases": "phase",
    "facts": "fact",
    "parameters": "parameter",
    "sources": "source",
    "grades": "grade",
    "columns": "column",
}
"""Lists whose entries are named by their place."""
ENTRIES = ("gates", "groups", "items")


class PlaceWords:
    """Knows the words for the parts of a checklist in the language of the window."""

    def __init__(self, i18n: I18n) -> None:
        self._i18n = i18n

    def field(self, name: str) -> str:
        """Name a field; one that has no word is named as it is written."""
        key = f"studio.field.{name}"
        return self._i18n.tr(key) if self._i18n.has(key) else name

    def entry(self, data: Data, path: Path, longest: int = LONGEST_NAME) -> str:
        """Name a gate, a group, an item or what stands beside the groups: its number and the beginning of its text."""
        number = string_at(data, (*path, "number")) or string_at(data, (*path, "key"))
        text = self._i18n.text(text_at(data, (*path, "text")))
        short = text if len(text) <= longest else f"{text[:longest]}…"
        return f"{number} {short}".strip() or self.field(str(path[-2] if len(path) > 1 else "".join(map(str, path))))

    def where(self, data: Data, path: Path) -> str:
        """Say where a place is, from the entry it is in down to its field."""
        owner = entry_path(path)
        marks = [self.entry(data, owner) if owner else self._i18n.tr("studio.tab.settings")]
        rest = path[len(owner) :]
        for place, step in enumerate(rest):
            if isinstance(step, int):
                name = NUMBERED.get(str(rest[place - 1]) if place else "", "")
                marks[-1:] = [self._i18n.tr(f"studio.nth.{name}", number=step + 1)] if name else [f"{step + 1}"]
            elif step != "zh":
                marks.append(self.field("scoring_rules" if step == "scoring" and not owner and place == 0 else step))
        return " › ".join(marks)

    def problem(self, data: Data, problem: PlacedProblem) -> str:
        """Say what is wrong and what to do, in the words of the studio where it has its own."""
        values: dict[str, object] = dict(problem.values)
        for name, path in problem.others.items():
            values[name] = self.where(data, path[:-1] if path[-1:] == ("key",) else path)
        if "field" in values:
            values["field"] = self.field(str(values["field"]))
        own = f"studio.problem.{problem.code}"
        return self._i18n.tr(own if self._i18n.has(own) else problem.code, **values)


def entry_path(path: Path) -> Path:
    """Give the innermost gate, group, item, bonus or deductions that a place is in; nothing for the settings."""
    if path[:1] in (("bonus",), ("deductions",)):
        length = 1
    elif path[:1] in (("gates",), ("groups",)) and len(path) > 1:
        length = 2
    else:
        return ()
    while len(path) >= length + 2 and path[length] in ENTRIES and isinstance(path[length + 1], int):
        length += 2
    return path[:length]
