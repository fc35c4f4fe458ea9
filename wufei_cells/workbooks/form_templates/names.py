"""The names that placeholders in an office's own workbook have, in Chinese and in English: one list for both.

``{{单位名称}}`` and ``{{site.name}}`` are the same. What there are several of is called by its number or key, as
``{{条款.A1.得分}}``; without one (``{{条款.得分}}``) it is the next one, so that a row can be copied down.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wufei_cells.domain.folding import fold


class Kind(StrEnum):
    """What a placeholder stands for."""

    FIELD = "field"
    """Something there is one of, such as the name of the site."""
    FACT = "fact"
    """A fact of the site, by its key or its words."""
    ITEM = "item"
    GROUP = "group"
    GATE = "gate"
    SKIP = "skip"
    """Not filled in at all: the sheet that holds it is left as it is."""


FIELDS: Mapping[str, str] = {
    "site.name": "单位名称",
    "site.category": "单位类别",
    "site.district": "县区",
    "site.address": "单位地址",
    "site.credit_code": "统一社会信用代码",
    "site.contact": "联系人",
    "site.phone": "联系电话",
    "checklist.title": "标准名称",
    "checklist.edition": "标准版本",
    "assessment.date": "评估日期",
    "assessment.assessors": "评估人员",
    "assessment.column": "评分类别",
    "assessment.stage": "评估阶段",
    "assessment.total": "合计得分",
    "assessment.full": "合计满分",
    "assessment.level": "等次",
    "assessment.passed": "是否达标",
    "assessment.verdict": "评估结论",
    "certificate.number": "证书编号",
    "certificate.issued_on": "发证日期",
    "certificate.valid_until": "有效期至",
    "certificate.document": "文号",
    "today": "今天",
    "person": "填表人",
    "city": "城市",
    "issuer": "发证机关",
}
"""What there is one of: English name to Chinese name."""

FACT_NAMES = ("site.fact", "单位情况")
SKIP_NAMES = ("leave.sheet", "本表不填")

LIST_NAMES: Mapping[Kind, tuple[str, ...]] = {
    Kind.ITEM: ("item", "条款"),
    Kind.GROUP: ("group", "一级指标", "指标"),
    Kind.GATE: ("gate", "前置条件"),
}
"""What placeholders of what there are several of begin with; the English and the Chinese name first."""

PARTS: Mapping[Kind, Mapping[str, str]] = {
    Kind.ITEM: {
        "number": "序号",
        "text": "内容",
        "group": "所属指标",
        "full": "满分",
        "points": "得分",
        "answer": "打分",
        "note": "备注",
        "reason": "扣分原因",
        "na": "不适用原因",
        "evidence": "佐证数",
        "scoring": "评分标准",
    },
    Kind.GROUP: {"number": "序号", "text": "名称", "full": "满分", "points": "得分"},
    Kind.GATE: {"number": "序号", "text": "内容", "result": "结果", "note": "备注", "evidence": "佐证数"},
}
"""What is told of each of them: English name to Chinese name, the last part of a placeholder."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a placeholder calls for."""

    kind: Kind
    name: str
    """English name of a field, or of what is told of an item, group or gate; empty for a fact."""
    entry: str = ""
    """Number or key of the item, group, gate or fact, folded; empty: the next one."""
    called: str = ""
    """The same as it was written."""

    @property
    def is_next(self) -> bool:
        """Whether it goes on to the next entry in every row."""
        return self.kind in PARTS and not self.entry


_FIELDS = {fold(name): english for english, chinese in FIELDS.items() for name in (english, chinese)}
_LISTS = {fold(name): kind for kind, names in LIST_NAMES.items() for name in names}
_PARTS = {
    kind: {fold(name): english for english, chinese in parts.items() for name in (english, chinese)}
    for kind, parts in PARTS.items()
}


def read_reference(text: str) -> Reference | None:
    """Read what stands between the braces, whatever its case and width; ``None`` where nothing is called so."""
    parts = [part.strip() for part in unicodedata.normalize("NFKC", text).split(".")]
    name = fold(".".join(parts))
    if name in SKIP_NAMES:
        return Reference(Kind.SKIP, "")
    if name in _FIELDS:
        return Reference(Kind.FIELD, _FIELDS[name])
    for start in FACT_NAMES:
        called = ".".join(parts[start.count(".") + 1 :])
        if name.startswith(f"{start}.") and called:
            return Reference(Kind.FACT, "", fold(called), called)
    kind, called, part = _LISTS.get(fold(parts[0])), ".".join(parts[1:-1]), fold(parts[-1])
    if len(parts) == 1 or kind is None or part not in _PARTS[kind]:
        return None
    return Reference(kind, _PARTS[kind][part], fold(called), called)


def written(name: str) -> str:
    """Write a name as it stands in a cell."""
    return f"{{{{{name}}}}}"


def all_names(language: str) -> Iterator[str]:
    """Go through all names that need no number, as they stand between the braces, in one language."""
    english = language == "en"
    for field, chinese in FIELDS.items():
        yield field if english else chinese
    for kind, parts in PARTS.items():
        prefix = LIST_NAMES[kind][0 if english else 1]
        for part, chinese in parts.items():
            yield f"{prefix}.{part if english else chinese}"
    yield SKIP_NAMES[0 if english else 1]
