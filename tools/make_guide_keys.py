"""Write the chapter of keys of the guide in both languages, from the tables by which the window makes its keys.

Run it after changing a key:

    .venv/bin/python -m tools.make_guide_keys
"""

from __future__ import annotations

import sys
from pathlib import Path

from ui.app import ROOMS
from ui.dialogs.keys_dialog import groups_of
from ui.models.keys import SYMBOLS, KeyLine
from wufei_cells import shipped
from wufei_cells.domain.text import LANGUAGES, Language
from wufei_cells.wording import Wording

TARGET = Path(__file__).resolve().parents[1] / "resources" / "guide"
NAME = "10-keys.md"


def main() -> int:
    """Write the chapter, and give an exit code."""
    for language in LANGUAGES:
        path = TARGET / language / NAME
        path.write_text(chapter(language), encoding="utf-8")
        print(path.name, language)
    return 0


def chapter(language: Language) -> str:
    """Give the chapter: a table for each part of the window."""
    say = Wording(shipped.wording_catalogue(), language).say
    groups: dict[str, tuple[KeyLine, ...]] = {}
    for room in ROOMS:
        groups.update(groups_of(room.key, len(ROOMS)))
    window = groups.pop("window")
    parts = [f"# {say('guide.keys.title')}", say("guide.keys.text")]
    for name, lines in {"window": window, **groups}.items():
        rows = [f"| {_caps(line)} | {say(line.name)} |" for line in lines]
        head = f"| {say('guide.keys.key')} | {say('guide.keys.does')} |\n|---|---|"
        parts.append("\n".join((f"## {say(f'keys.group.{name}')}\n", head, *rows)))
    return "\n\n".join(parts) + "\n"


def _caps(line: KeyLine) -> str:
    return " ".join(keys if keys == "–" else f"`{_shown(keys)}`" for keys in line.keys)


def _shown(keys: str) -> str:
    """Write arrows as they stand on keys; other keys by the names they bear."""
    arrows = {name: sign for name, sign in SYMBOLS.items() if name in ("Left", "Right", "Up", "Down")}
    parts = keys.split("+") if keys != "+" else [keys]
    return "+".join(arrows.get(part, "Enter" if part == "Return" else part) for part in parts)


if __name__ == "__main__":
    sys.exit(main())
