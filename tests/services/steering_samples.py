"""A city that steers: two categories, targets, levels of follow-up and indicators."""

from __future__ import annotations

from pathlib import Path

from tests.samples.registers import HandClock, criteria, open_register
from wufei_cells.domain.criteria import Criteria
from wufei_cells.services.workspace import Workspace

STEERED = """
follow_up:
  - {key: remind, text: {zh: 工作提醒, en: Reminder}}
  - {key: circulate, text: {zh: 通报督办, en: Notice}}
  - {key: on_site, text: {zh: 现场督导, en: On site}}
indicators:
  - {key: waste, text: {zh: 综合利用率, en: Rate of use}, unit: "%", better: more,
     targets: [{year: 2026, value: 60}, {year: 2028, value: 70}], leads: [市工信局], source: 方案}
  - {key: landfill, text: {zh: 填埋率, en: Landfilled}, unit: "%", better: less,
     targets: [{year: 2027, value: 20}], baseline: {year: 2025, value: 30}}
"""


def steering_criteria() -> Criteria:
    """The sample city with two categories, two of its three cells for offices, and everything that steers."""
    plain = criteria("small", "school")
    name, profile = plain.profile
    school = b"\n  - {category: school, leads: [\xe6\x95\x99\xe8\x82\xb2\xe5\xb1\x80]}"
    marked = profile.replace("selection: 市直机关}".encode(), "selection: 市直机关, target: 2}".encode() + school)
    goal = b"goal: {count: 3, by: 2027-12-31, targets: [{district: east, count: 2, by: 2027-12-31}]}"
    changed = marked.replace(b"goal: {count: 3, by: 2027-12-31}", goal)
    assert changed.count(b"target") == 2, changed
    return Criteria(plain.checklists, (name, changed + STEERED.encode()))


def steering_register(folder: Path, clock: HandClock) -> Workspace:
    """A new register of that city."""
    return open_register(folder, clock, given=steering_criteria())
