"""What the expert finds at a site: a judgement of every entry of the checklist of 52 items (``benchmarks.lint.draft``).

The original items are answered as in the demo's story, the copied ones much the same with numbers of their own. Each
item that loses points has a sentence why, and two items do not concern the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from wufei_cells import shipped
from wufei_cells.checklists.drafting import fields_at
from wufei_cells.checklists.yaml_source import parse_yaml
from wufei_cells.domain.answers import Answer, JsonValue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wufei_cells.domain.checklists import Checklist

CATEGORY = "office"
FACTS = {"has_canteen": "yes", "had_bulky_waste": "yes", "makes_hazardous_waste": "yes"}
YES, NO = "yes", "no"

FURTHER: Mapping[str, JsonValue] = {
    "A11": {"body": YES, "person": YES, "duties": YES},
    "A6": {"body": YES, "person": YES, "duties": NO},
    "A12": "full",
    "A7": "partly",
    "A8": ["office", "procurement", "sorting", "assets"],
    "A9": {"monthly": YES, "reported": YES, "missing": []},
    "A10": "full",
    "B6": {"measures": YES, "paper": {"before": "268", "after": "251"}},
    "B7": {"year": {"before": "92300", "after": "87100"}},
    "B8": "0",
    "B9": {"part": "655", "whole": "702"},
    "B10": "full",
    "C5": {"point": YES, "missing": ["kitchen"]},
    "C6": "0",
    "C7": {"part": "43", "whole": "50"},
    "C8": {"part": "28", "whole": "30"},
    "D4": YES,
    "D5": {"signs": YES, "portions": YES, "ledger": YES},
    "D6": "0",
    "E4": "full",
    "E6": YES,
    "F3": "3",
    "F4": "2",
    "X1": NO,
    "X3": NO,
    "X4": NO,
    "X5": YES,
    "X6": NO,
}
ASIDE = {"B4": "公文系统由市里统一管理", "E5": "全年没有这类废物产生"}
NOTES = {
    "A4": "台账未登记废旧电子产品",
    "A6": "岗位职责没有写入文件",
    "A7": "方案没有量化目标",
    "B3": "三楼会议室备有一次性纸杯",
    "B5": "硒鼓不是再生的",
    "C2": "西门桶组缺标识",
    "C5": "北院没有厨余垃圾桶",
    "C7": "七个桶混入其他垃圾",
    "D2": "餐厨垃圾没有称重记账",
    "E2": "硒鼓没有移交单",
}


def intended(checklist: Checklist) -> dict[str, Answer]:
    """Give the whole judgement, by key."""
    story = fields_at(parse_yaml(shipped.demo_story(), "story.yaml").data, ("answers", CATEGORY))
    values = {**cast("dict[str, JsonValue]", story), **FURTHER, "E3": YES}
    keys = [entry.key for entry in checklist.entries()]
    assert set(keys) == {*values, *ASIDE}, set(keys) ^ {*values, *ASIDE}
    return {
        key: Answer(na=ASIDE[key]) if key in ASIDE else Answer(values[key], note=NOTES.get(key, "")) for key in keys
    }
