"""Every code that the program can raise or explain with has a sentence in both languages, with slots that are given.

The codes are collected from the source itself, so a new one without a sentence fails here and nowhere near a user.
"""

from __future__ import annotations

import ast
import gc
import json
import string
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from wufei_cells.domain.checklists import NaPolicy, RoundingMode
from wufei_cells.domain.formulas import Function
from wufei_cells.domain.lifecycle import Step
from wufei_cells.domain.rules import Comparison, Effect, PartStep
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.store.authority import CODES, REVOKED
from wufei_cells.wording import Wording
from wufei_cells.workbooks.form_templates.names import FACT_NAMES, FIELDS

ROOT = Path(__file__).resolve().parents[2]
CORE = sorted((ROOT / "wufei_cells").rglob("*.py"))
CODE_AT = {
    "Problem": 0,
    "UserError": 0,
    "FormulaError": 0,
    "EnvironmentFault": 0,
    "BadAnswer": 0,
    "note": 1,
    "problem": 1,
}
"""Calls that carry a code, and where among their arguments it stands."""

DYNAMIC = {
    "f'step.{step.value}'": [f"step.{step.value}" for step in Step],
    "f'trust.own_{code}'": [f"trust.own_{code}" for code in sorted(CODES - {REVOKED})],
    "f'gate.{effect.value}'": [f"gate.{effect.value}" for effect in Effect],
    "f'explain.band_{band.bound.comparison.value}'": [f"explain.band_{bound.value}" for bound in Comparison],
    "f'explain.{type(rule.measure).__name__.lower()}'": [
        f"explain.{name}" for name in ("count", "amount", "share", "change", "ticks", "calculated")
    ],
    "f\"explain.set_aside_{node.values['policy']}\"": [f"explain.set_aside_{policy.value}" for policy in NaPolicy],
    "f'explain.policy_{rules.na_policy.value}'": [f"explain.policy_{policy.value}" for policy in NaPolicy],
    "f'explain.set_aside_{policy.value}'": [f"explain.set_aside_{policy.value}" for policy in NaPolicy],
    "f'explain.rounding_{rules.rounding.mode.value}'": [f"explain.rounding_{mode.value}" for mode in RoundingMode],
    "f'explain.rounded_{self._rules.rounding.mode.value}'": [f"explain.rounded_{mode.value}" for mode in RoundingMode],
    "f\"explain.step_{values['part_step']}\"": [f"explain.step_{part.value}" for part in PartStep],
    "f'explain.formula_{node.function.value}'": [f"explain.formula_{function.value}" for function in Function],
    "f'{node.code}_met'": ["explain.steps_short_met", "explain.steps_over_met"],
}
"""Codes that are put together while the program runs, by the expression that does it."""

AREAS = ("explain", "gate", "caution", "verdict")
"""The areas of explain.json."""


@dataclass(frozen=True)
class Raised:
    """One place in the source that raises a code, and the values it gives (``None``: not seen from here)."""

    code: str
    slots: frozenset[str] | None
    place: str


@pytest.fixture(scope="module")
def sources():
    """The syntax trees of the core, by path; the collector of cycles need not walk through them while they grow."""
    gc.disable()
    yield {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in CORE}
    gc.enable()


@pytest.fixture(scope="module")
def raised_codes(sources) -> list[Raised]:
    """What is raised, where, and with which values."""
    found: list[Raised] = []
    for name, module in sources.items():
        for function in ast.walk(module):
            if isinstance(function, ast.FunctionDef):
                assigned = assignments(function)
                for call in calls(function):
                    codes = codes_of(code_argument(call), assigned)
                    found += [Raised(code, slots_of(call), f"{name}:{call.lineno}") for code in codes]
    return found


def calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and called(node) in CODE_AT and len(node.args) > CODE_AT[called(node)]:
            yield node


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def code_argument(call: ast.Call) -> ast.expr:
    return call.args[CODE_AT[called(call)]]


def assignments(function: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    """What is assigned to each name in a function, also by ``for name, code in ((…, "code"), …)``."""
    given: dict[str, list[ast.expr]] = defaultdict(list)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    given[target.id].append(node.value)
        if isinstance(node, ast.For) and isinstance(node.target, ast.Tuple) and isinstance(node.iter, ast.Tuple):
            for row in node.iter.elts:
                for target, value in zip(node.target.elts, getattr(row, "elts", ()), strict=False):
                    given[ast.unparse(target)].append(value)
    return given


def codes_of(argument: ast.expr, assigned: Mapping[str, list[ast.expr]]) -> list[str]:
    """Give the codes an expression names itself; tables of codes are seen by ``literal_codes``."""
    match argument:
        case ast.Constant(value=str(code)):
            return [code]
        case ast.JoinedStr():
            return DYNAMIC.get(ast.unparse(argument), [f"unknown: {ast.unparse(argument)}"])
        case ast.Name():
            choices = assigned[argument.id]
        case ast.IfExp():
            choices = [argument.body, argument.orelse]
        case _:
            choices = []
    return [code for choice in choices for code in codes_of(choice, assigned)]


def slots_of(call: ast.Call) -> frozenset[str] | None:
    names = {keyword.arg for keyword in call.keywords}
    if called(call) == "Problem":
        values = call.args[2] if len(call.args) > 2 else ast.Dict([], [])
        names = {key.value if isinstance(key, ast.Constant) else None for key in getattr(values, "keys", [None])}
    if None in names:
        return None
    return frozenset(str(name) for name in names) | ({"item"} if called(call) == "BadAnswer" else set())


def slots_in(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name is not None}


FILE_ENDINGS = {"js", "html", "css", "csv", "json"}


def literal_codes(
    sources: Mapping[str, ast.Module], areas: Collection[str], folders: tuple[str, ...] = ("wufei_cells/",)
) -> set[str]:
    """Every text in the source that is a code of some areas, wherever it stands."""
    found: set[str] = set()
    for name, module in sources.items():
        for node in ast.walk(module) if name.startswith(folders) else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                area, _dot, rest = node.value.partition(".")
                if area in areas and rest.isidentifier() and not rest.endswith("_") and rest not in FILE_ENDINGS:
                    found.add(node.value)
    return found


def error_areas(raised_codes: Iterable[Raised]) -> set[str]:
    """The areas of codes that are errors."""
    return {raised.code.partition(".")[0] for raised in raised_codes} - {"caution", "document", "cli", "demo", "verify"}


def test_every_raised_code_has_a_sentence_in_both_languages(catalogue, raised_codes, sources):
    missing = {f"{raised.code} ({raised.place})" for raised in raised_codes if raised.code not in catalogue}
    names = {*FIELDS, *FACT_NAMES}  # of placeholders, such as site.name: they look like codes and are none
    assert missing | (literal_codes(sources, error_areas(raised_codes)) - names - set(catalogue)) == set()


def test_no_sentence_asks_for_a_value_that_its_error_does_not_carry(catalogue, raised_codes, sources):
    unfilled = [
        f"{raised.place} {raised.code}/{language}: {sorted(slots_in(sentence) - raised.slots)}"
        for raised in raised_codes
        if raised.slots is not None
        for language, sentence in catalogue.get(raised.code, {}).items()
        if slots_in(sentence) - raised.slots
    ]
    assert unfilled == []


def test_errors_are_worded_and_nothing_else_is(raised_codes, sources):
    used = {raised.code for raised in raised_codes} | literal_codes(sources, error_areas(raised_codes))
    used.add("problems.found")
    assert set(worded_in("errors.json")) - used == set()


def test_explanations_are_worded_and_nothing_else_is(sources):
    telling = ("explaining", "measure_wording", "formula_wording", "rules_in_force", "total_wording")
    told_in = ("wufei_cells/scoring/", *(f"wufei_cells/services/{name}.py" for name in telling))
    used = literal_codes(sources, AREAS, told_in) | {
        code for codes in DYNAMIC.values() for code in codes if code.partition(".")[0] in AREAS
    }
    worded = set(worded_in("explain.json"))
    assert used - worded == set(), "codes without a sentence"
    assert worded - used == set(), "sentences that nothing uses"


@pytest.mark.parametrize("error", [ProblemsFound([Problem("file.empty", "x")], subject="x")])
def test_a_heading_tells_how_many_problems_there_are(catalogue, error):
    assert "1" in Wording(catalogue, "zh").error(error).splitlines()[0]
    assert len(Wording(catalogue, "en").error(error).splitlines()) == 2


def worded_in(name: str) -> dict[str, dict[str, str]]:
    return json.loads((ROOT / "resources" / "wording" / name).read_text("utf-8"))


def test_every_sentence_is_there_in_both_languages(catalogue):
    lacking = [
        key for key, sentences in catalogue.items() if set(sentences) != {"zh", "en"} or not all(sentences.values())
    ]
    assert lacking == []


@pytest.mark.parametrize("name", ["errors.json", "explain.json"])
def test_both_languages_say_the_same_with_the_same_slots(name):
    differing = [key for key, said in worded_in(name).items() if slots_in(said["zh"]) != slots_in(said["en"])]
    assert differing == []


def test_no_key_is_worded_in_two_files():
    seen: dict[str, str] = {}
    for path in sorted((ROOT / "resources" / "wording").glob("*.json")):
        pairs = json.loads(path.read_text("utf-8"), object_pairs_hook=list)
        for key, _sentences in pairs:
            assert key not in seen, f"{key} stands in {seen[key]} and in {path.name}"
            seen[key] = path.name


@pytest.mark.parametrize("name", ["errors.json", "explain.json"])
def test_errors_and_explanations_keep_a_calm_tone(name):
    for key, sentences in worded_in(name).items():
        text = sentences["zh"] + sentences["en"]
        assert not any(mark in text for mark in "！!" if key != "file.tag"), key
        assert not any(word in text.lower() for word in ("错误代码", "非法", "失败", "illegal", "invalid", "oops")), key
