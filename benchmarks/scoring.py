"""Score and explain a checklist of 60 items; find the shortest way to its next level.

Scoring is held against a function written by hand for this one checklist, which works with the same exact fractions
and says a sentence for every item: the least that anything general can take. The way is held against a second.
"""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Callable
from fractions import Fraction

from benchmarks.result import Result
from wufei_cells import shipped
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer, JsonValue
from wufei_cells.domain.checklists import Checklist
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.shortest_path import shortest_path
from wufei_cells.services.explaining import explain
from wufei_cells.wording import Wording

ROUNDS = 200
GROUPS = "ABCDEF"
SECOND = 1000.0


def run() -> list[Result]:
    """Measure scoring alone, scoring with every sentence, and the way up."""
    checklist, answers = _checklist(), _answers()
    wording = Wording(shipped.wording_catalogue(), "zh")
    ours = evaluate(checklist, {}, answers)
    assert (ours.total.low, len(ours.items)) == (_by_hand(answers)[0], 60)
    by_hand = _median(lambda: _by_hand(answers))
    return [
        Result("score 60 items", _median(lambda: evaluate(checklist, {}, answers)), by_hand),
        Result(
            "score 60 items and say why, every number",
            _median(lambda: explain(evaluate(checklist, {}, answers), checklist, wording)),
            by_hand,
        ),
        Result("shortest way up, 60 items", _median(lambda: _way(checklist, answers, hard=False)), SECOND),
        Result("shortest way up, 60 items, own efforts", _median(lambda: _way(checklist, answers, hard=True)), SECOND),
    ]


def _median(work: Callable[[], object]) -> float:
    taken: list[float] = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def _way(checklist: Checklist, answers: dict[str, Answer], *, hard: bool) -> None:
    efforts = {item.key: 1 + index * 7 % 9 for index, item in enumerate(checklist.items())} if hard else {}
    path = shortest_path(checklist, {}, answers, target="best", efforts=efforts)
    assert path is not None
    assert path.reachable


# --- the checklist: in each group two items of five kinds


def _checklist() -> Checklist:
    items = {
        "yes": {"full": 2, "rule": {"yes_no": 2}},
        "level": {"full": 4, "rule": {"levels": [_level("all", 4), _level("some", 2), _level("none", 0)]}},
        "count": {"full": 3, "rule": {"count": {"text": "问题"}, "steps": {"points": "-0.5"}}},
        "share": {
            "full": 5,
            "rule": {"share": {"part": "合格", "whole": "抽查"}, "steps": {"points": -1, "short_of": 90}},
        },
        "sum": {"full": 6, "rule": {"sum": [_part("a", 2), _part("b", 2), _part("c", 2)]}},
    }
    groups = [
        {
            "key": group,
            "text": "组",
            "items": [
                {"key": f"{group}{name}{number}", "text": "项", "scoring": "按", "verify": ["site"], **fields}
                for name, fields in items.items()
                for number in (1, 2)
            ],
        }
        for group in GROUPS
    ]
    document = {
        "key": "BENCH",
        "edition": "1",
        "title": "测",
        "category": {"key": "c", "text": "类", "code": "C"},
        "effective_from": "2026-01-01",
        "scoring": {"not_applicable": "rescale", "grades": [_grade("pass", 150), _grade("best", 200)]},
        "groups": groups,
    }
    return read_checklist(json.dumps(document, ensure_ascii=False).encode(), "bench")


def _level(key: str, points: int) -> dict[str, object]:
    return {"key": key, "text": key, "points": points}


def _part(key: str, points: int) -> dict[str, object]:
    return {"key": key, "text": key, "yes_no": points}


def _grade(key: str, total: int) -> dict[str, object]:
    return {"key": key, "text": key, "total_at_least": total, "groups_at_least": 50}


def _answers() -> dict[str, Answer]:
    values: dict[str, JsonValue] = {
        "yes": True,
        "level": "some",
        "count": 3,
        "share": {"part": 43, "whole": 50},
        "sum": {"a": True, "b": False, "c": True},
    }
    return {
        f"{group}{name}{number}": Answer(value)
        for group in GROUPS
        for name, value in values.items()
        for number in (1, 2)
    }


# --- the same by hand


def _by_hand(answers: dict[str, Answer]) -> tuple[Fraction, list[str]]:
    total, lines = Fraction(0), list[str]()
    for group in GROUPS:
        of_group = Fraction(0)
        for name, points_of in _BY_HAND.items():
            for number in (1, 2):
                key = f"{group}{name}{number}"
                points, full = points_of(answers[key].value)
                of_group += points
                lines.append(f"{key}：{printed(points)} 分，满分 {full} 分")
        lines.append(f"{group}：{printed(of_group)} 分，满分 40 分")
        total += of_group
    lines.append(f"合计：{printed(total)} 分")
    return total, lines


def _yes(value: JsonValue) -> tuple[Fraction, int]:
    return Fraction(2 if value else 0), 2


def _levels(value: JsonValue) -> tuple[Fraction, int]:
    return Fraction({"all": 4, "some": 2, "none": 0}[str(value)]), 4


def _count(value: JsonValue) -> tuple[Fraction, int]:
    return max(Fraction(0), 3 - Fraction(str(value)) / 2), 3


def _share(value: JsonValue) -> tuple[Fraction, int]:
    assert isinstance(value, dict)
    percent = Fraction(str(value["part"])) / Fraction(str(value["whole"])) * 100
    return max(Fraction(0), Fraction(5 - math.floor(max(Fraction(0), 90 - percent)))), 5


def _sum(value: JsonValue) -> tuple[Fraction, int]:
    assert isinstance(value, dict)
    return Fraction(sum(2 for key in "abc" if value[key])), 6


_BY_HAND = {"yes": _yes, "level": _levels, "count": _count, "share": _share, "sum": _sum}
