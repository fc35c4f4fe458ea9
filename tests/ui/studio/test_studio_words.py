"""Every word of the studio is there, and none is there in vain."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ui.dialogs.carry_over_dialog import COLUMNS as CARRY
from ui.models.impact_model import SHIFT_LOOKS
from ui.studio.checklist_detail import FACTS, ICONS
from ui.studio.place_words import NUMBERED
from ui.studio.setting_forms import SECTIONS
from ui.studio.trial import Untried
from wufei_cells import shipped
from wufei_cells.checklists.draft_rules import BOUNDS, KINDS, SCALES
from wufei_cells.domain.checklists import NaPolicy, Proof, RoundingMode, Subject, Verify, WhenAbsent
from wufei_cells.domain.register import EditionState
from wufei_cells.domain.rules import Effect, PartStep

ROOT = Path(__file__).resolve().parents[3]
MADE = {
    "studio.kind": KINDS,
    "studio.kind_hint": KINDS,
    "studio.scale": SCALES,
    "studio.bound": (*BOUNDS, "otherwise"),
    "studio.effect": ("none", *Effect),
    "studio.part_step": PartStep,
    "studio.policy": NaPolicy,
    "studio.absent": WhenAbsent,
    "studio.rounding": (*RoundingMode, "none", "places"),
    "studio.subject": Subject,
    "studio.verify": Verify,
    "studio.proof": Proof,
    "studio.settings": SECTIONS,
    "studio.nth": set(NUMBERED.values()),
    "studio.try": ("entry", "whole", *(f"untried_{untried}" for untried in Untried)),
    "studio.one": ("items", "groups", "gates", "bonus", "deductions"),
    "studio.add": ("items", "groups", "gates", "bonus", "deductions"),
    "studio.state": ("saved", "saving", "typing", "failed", "read_only"),
    "checklists.act": ICONS,
    "checklists.fact": FACTS,
    "checklists.carry": CARRY,
    "checklists.shift": ("all", *SHIFT_LOOKS),
    "checklists.shift_one": SHIFT_LOOKS,
    "edition_state": EditionState,
}
"""Keys that are put together while the program runs."""

PUT_TOGETHER = re.compile(
    r"studio\.(?:kind|kind_hint|scale|bound|effect|part_step|policy|absent|rounding|subject|verify|settings|nth|try|one"
    r"|add|state|field|problem|language|condition|not_applicable|steps|bands|measure|tab|menu|tree|translations|yes_no"
    r"|ask|bonus|deductions)\..+"
    r"|checklists\.(?:act|fact|carry|shift|shift_one|column|chip|impact|publish|new)\..+"
    r"|desk\.retire_.+"
)


def words():
    return json.loads((ROOT / "resources" / "wording" / "studio.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("area", MADE)
def test_every_key_made_of_parts_is_worded(area):
    catalogue = shipped.wording_catalogue()
    assert [f"{area}.{name}" for name in MADE[area] if f"{area}.{name}" not in catalogue] == []


def test_nothing_is_worded_in_vain():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "ui").rglob("*.py"))
    assert [key for key in words() if f'"{key}"' not in source and not PUT_TOGETHER.fullmatch(key)] == []


def test_problems_in_the_studios_words_take_the_place_of_sentences_there_are():
    catalogue = shipped.wording_catalogue()
    own = [key.removeprefix("studio.problem.") for key in words() if key.startswith("studio.problem.")]
    assert [code for code in own if code not in catalogue] == []


def test_words_are_in_order():
    keys = list(words())
    assert keys == sorted(keys)
