"""Read formulas as people write them, and write them again in one canonical way.

Numbers, keys, ``$parameters``, ``+ - * /``, parentheses and a few functions; full-width signs are taken as well.
Nothing is ever run: text becomes the tree of ``domain.formulas`` or a problem with its position.

A key in a formula has letters, digits and ``_``; a ``-`` is always a minus, so keys with ``-`` cannot stand in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from wufei_cells.domain.amounts import plain
from wufei_cells.domain.formulas import Call, Constant, Formula, Function, Name, Negated, Operation, Operator
from wufei_cells.domain.rules import ParameterRef
from wufei_cells.errors import UserError

LONGEST = 500
"""Characters, spaces not counted, so that a formula can be written out again with the spaces of the canonical form."""
LONGEST_WITH_SPACES = 4000
DEEPEST = 30
MOST_NODES = 200

_TOKEN = re.compile(r"(?P<number>[0-9.][0-9A-Za-z_.]*)|(?P<name>\$?[A-Za-z][0-9A-Za-z_]*)|(?P<sign>[-+*/(),])")
# Without leading zeros, so that a thousands separator in min(1,000) cannot turn into two numbers unseen.
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?")
# Not NFKC: it would make 52 of 5², and change positions.
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN = str.maketrans({**_FULL_WIDTH, "×": "*", "÷": "/", "−": "-"})  # type: ignore[arg-type]
_TIGHTNESS = {Operator.PLUS: 1, Operator.MINUS: 1, Operator.TIMES: 2, Operator.DIVIDED_BY: 2}
_NEGATED, _ATOM = 3, 4


class FormulaError(UserError):
    """A formula cannot be read; ``position`` is the character, counted from 1, where that shows."""

    def __init__(self, code: str, *, position: int, **values: object) -> None:
        super().__init__(code, position=position, **values)
        self.position = position


def read_formula(text: str) -> Formula:
    """Read a formula.

    Raises:
        FormulaError: it is none, or longer or deeper than anybody could check by reading.
    """
    if len(text) > LONGEST_WITH_SPACES or len("".join(text.split())) > LONGEST:
        raise FormulaError("formula.too_long", position=LONGEST, limit=LONGEST)
    return _Parser(text).whole()


def formula_text(formula: Formula) -> str:
    """Write a formula with the fewest parentheses that read as the same tree."""
    match formula:
        case Constant():
            return plain(formula.value)
        case Name():
            return formula.key
        case ParameterRef():
            return f"${formula.name}"
        case Negated():
            return f"-{_written(formula.formula, _NEGATED)}"
        case Operation():
            tightness = _TIGHTNESS[formula.operator]
            left, right = _written(formula.left, tightness), _written(formula.right, tightness + 1)
            return f"{left} {formula.operator} {right}"
        case Call():
            return f"{formula.function}({', '.join(formula_text(argument) for argument in formula.arguments)})"


def _written(formula: Formula, tightness: int) -> str:
    text = formula_text(formula)
    return text if _tightness(formula) >= tightness else f"({text})"


def _tightness(formula: Formula) -> int:
    if isinstance(formula, Operation):
        return _TIGHTNESS[formula.operator]
    return _NEGATED if isinstance(formula, Negated) else _ATOM


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """``number``, ``name``, ``sign``, or nothing at the end."""
    text: str
    position: int


def _tokens(text: str) -> Iterator[_Token]:
    simple = text.translate(_PLAIN)
    at = 0
    while at < len(simple):
        if simple[at].isspace():
            at += 1
            continue
        found = _TOKEN.match(simple, at)
        if not found:
            raise FormulaError("formula.syntax", position=at + 1, found=text[at])
        yield _Token(found.lastgroup or "", found.group(), at + 1)
        at = found.end()
    yield _Token("", "", len(text) + 1)


class _Parser:
    """Reads tokens into a tree, each operator taking what binds tighter; counts as it goes, so that it always ends."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._now = next(self._tokens)
        self._deep = 0
        self._nodes = 0

    def whole(self) -> Formula:
        formula = self._formula(1)
        if self._now.kind:
            self._stuck()
        return formula

    def _formula(self, tightness: int) -> Formula:
        """Read on as long as operators bind at least so tightly."""
        left = self._single()
        while self._now.text in _TIGHTNESS and _TIGHTNESS[Operator(self._now.text)] >= tightness:
            token = self._take()
            operator = Operator(token.text)
            right = self._formula(_TIGHTNESS[operator] + 1)
            left = self._counted(Operation(operator, left, right), token)
        return left

    def _single(self) -> Formula:
        token = self._now
        if token.kind == "number":
            return self._number(self._take())
        if token.kind == "name":
            return self._named(self._take())
        if token.text == "-":
            self._deeper(self._take())
            return self._counted(Negated(self._less_deep(self._single())), token)
        if token.text != "(":
            self._stuck()
        self._deeper(self._take())
        inside = self._formula(1)
        self._expect(")")
        return self._less_deep(inside)

    def _number(self, token: _Token) -> Formula:
        if not _NUMBER.fullmatch(token.text):
            raise FormulaError("formula.number", position=token.position, found=token.text[:40])
        return self._counted(Constant(Decimal(token.text)), token)

    def _named(self, token: _Token) -> Formula:
        if token.text.startswith("$"):
            return self._counted(ParameterRef(token.text[1:]), token)
        if not self._at("("):
            return self._counted(Name(token.text), token)
        if token.text not in set(Function):
            allowed = ", ".join(Function)
            raise FormulaError(
                "formula.unknown_function", position=token.position, found=token.text[:40], allowed=allowed
            )
        self._deeper(self._take())
        arguments = [self._formula(1)]
        while self._at(","):
            self._take()
            arguments.append(self._formula(1))
        self._expect(")")
        if token.text == Function.ABS and len(arguments) != 1:
            raise FormulaError("formula.one_number", position=token.position, name=token.text, found=len(arguments))
        return self._counted(self._less_deep(Call(Function(token.text), tuple(arguments))), token)

    # --- tokens and limits

    def _take(self) -> _Token:
        token = self._now
        self._now = next(self._tokens)
        return token

    def _at(self, sign: str) -> bool:
        return self._now.text == sign

    def _expect(self, sign: str) -> None:
        if not self._at(sign):
            self._stuck()
        self._take()

    def _stuck(self) -> NoReturn:
        if not self._now.kind:
            raise FormulaError("formula.unfinished", position=self._now.position)
        raise FormulaError("formula.syntax", position=self._now.position, found=self._now.text[:40])

    def _deeper(self, token: _Token) -> None:
        self._deep += 1
        if self._deep > DEEPEST:
            raise FormulaError("formula.too_deep", position=token.position, limit=DEEPEST)

    def _less_deep(self, formula: Formula) -> Formula:
        self._deep -= 1
        return formula

    def _counted(self, formula: Formula, token: _Token) -> Formula:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise FormulaError("formula.too_many", position=token.position, limit=MOST_NODES)
        return formula
