"""Every sentence about bases and kept notes is used, and both languages say the same with the same slots."""

from __future__ import annotations

import json
import string
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = json.loads((ROOT / "resources" / "wording" / "bases.json").read_text("utf-8"))


def slots(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_nothing_is_worded_in_vain():
    source = "\n".join(
        path.read_text("utf-8") for folder in ("ui", "wufei_cells") for path in (ROOT / folder).rglob("*.py")
    )
    assert [key for key in WORDS if f'"{key}"' not in source] == []


def test_both_languages_say_the_same():
    assert [key for key, said in WORDS.items() if slots(said["zh"]) != slots(said["en"])] == []
    assert [key for key, said in WORDS.items() if any(mark in said["zh"] + said["en"] for mark in "！!")] == []
