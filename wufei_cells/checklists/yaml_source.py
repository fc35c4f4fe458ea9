"""Parse YAML into plain data that remembers where each part stood.

Every scalar stays text: numbers become exact decimals only where a reader asks for a number, and ``no`` never turns
into a truth value by surprise. Anchors, aliases and tags are refused (a few lines of them can unfold into gigabytes),
as are duplicate keys, deep nesting and very large files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias, cast

import yaml

from wufei_cells.errors import Problem, ProblemsFound

Path: TypeAlias = tuple[str | int, ...]
Data: TypeAlias = "str | bool | int | list[Data] | dict[str, Data] | None"

LARGEST_FILE = 4_000_000
DEEPEST_NESTING = 40

# The C parser where the wheel has it, ten times faster. Both say where things stand.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_compose = cast("Callable[[str, type], yaml.Node | None]", yaml.compose)  # pyright: ignore[reportUnknownMemberType]
_events = cast("Callable[[str, type], Iterator[yaml.Event]]", yaml.parse)  # pyright: ignore[reportUnknownMemberType]


class SyntaxFault(StrEnum):
    """What is usually wrong where YAML cannot be understood."""

    OPEN_LIST = "open_list"
    OPEN_MAP = "open_map"
    OPEN_QUOTE = "open_quote"
    ESCAPE = "escape"
    INDENT = "indent"
    TAB = "tab"
    COLON = "colon"
    SECOND_COLON = "second_colon"
    SIGN = "sign"
    VALUE = "value"
    REST = "rest"
    CONTROL = "control"
    TWO_DOCUMENTS = "two_documents"


# What the parsers say, the one in C and the one in Python: the first that is in a message tells.
_FAULTS = (
    ("',' or ']'", SyntaxFault.OPEN_LIST),
    ("',' or '}'", SyntaxFault.OPEN_MAP),
    ("tab character", SyntaxFault.TAB),
    ("'\\t'", SyntaxFault.TAB),
    ("unexpected end of stream", SyntaxFault.OPEN_QUOTE),
    ("unexpected document indicator", SyntaxFault.OPEN_QUOTE),
    ("unknown escape", SyntaxFault.ESCAPE),
    ("expected escape sequence", SyntaxFault.ESCAPE),
    ("hexdecimal number", SyntaxFault.ESCAPE),
    ("mapping values are not allowed", SyntaxFault.SECOND_COLON),
    ("expected ':'", SyntaxFault.COLON),
    ("expected key", SyntaxFault.INDENT),
    ("'-' indicator", SyntaxFault.INDENT),
    ("<block end>", SyntaxFault.INDENT),
    ("sequence entries are not allowed", SyntaxFault.INDENT),
    ("cannot start any token", SyntaxFault.SIGN),
    ("node content", SyntaxFault.VALUE),
    ("comment or line break", SyntaxFault.REST),
    ("chomping", SyntaxFault.REST),
    ("control characters", SyntaxFault.CONTROL),
    ("special characters", SyntaxFault.CONTROL),
    ("another document", SyntaxFault.TWO_DOCUMENTS),
    ("document start", SyntaxFault.TWO_DOCUMENTS),
)


def syntax_fault(said: str) -> SyntaxFault | str:
    """Say what a parser found in words of our own, or else in its words."""
    return next((fault for sign, fault in _FAULTS if sign in said), said)


@dataclass(slots=True)
class Source:
    """Plain data, and the line and column of every part of it."""

    name: str
    data: Data = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict[Path, tuple[int, int]])
    noted: list[tuple[Path, Problem]] = field(default_factory=list[tuple[Path, Problem]])
    """What was wrong in some parts before anybody read them; of those parts a reader says no more."""

    def is_noted(self, path: Path) -> bool:
        """Whether a part, or something that it stands in, is known to be wrong."""
        return any(path[: len(part)] == part for part, _problem in self.noted)

    def place(self, path: Path) -> str:
        """Say where a part stands; a part that is not there is placed at its nearest parent."""
        trail = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
        while path and path not in self.places:
            path = path[:-1]
        spot = self.places.get(path)
        position = f"{self.name}:{spot[0]}:{spot[1]}" if spot else self.name
        return f"{position} {trail}".rstrip()

    def in_order(self, problems: Iterable[Problem]) -> list[Problem]:
        """Sort problems by where they stand, as a person goes through the file."""

        def position(problem: Problem) -> tuple[int, int]:
            spot = re.match(r":(\d+):(\d+)", problem.place.removeprefix(self.name))
            return (int(spot[1]), int(spot[2])) if spot else (0, 0)

        return sorted(problems, key=position)


def parse_yaml(content: bytes, name: str) -> Source:
    """Parse a YAML (or JSON) document.

    Raises:
        ProblemsFound: it is too large, not UTF-8, not YAML, or uses what is refused.
    """
    if len(content) > LARGEST_FILE:
        raise ProblemsFound([Problem("file.too_large", name, {"limit": LARGEST_FILE // 1_000_000})], subject=name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemsFound([Problem("file.not_utf8", name, {"byte": error.start})], subject=name) from None
    source = Source(name)
    try:
        _refuse_tricks(text, name)
        node = _compose(text, _LOADER)
    except yaml.MarkedYAMLError as error:
        raise ProblemsFound([_syntax_problem(error, name)], subject=name) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        problem = Problem("file.syntax", name, {"detail": syntax_fault(str(error).split("\n")[0])})
        raise ProblemsFound([problem], subject=name) from None
    if node is None:
        raise ProblemsFound([Problem("file.empty", name)], subject=name)
    problems: list[Problem] = []
    source.data = _plain(node, (), source, problems)
    if problems:
        raise ProblemsFound(problems, subject=name)
    return source


def _refuse_tricks(text: str, name: str) -> None:
    depth = 0
    for event in _events(text, _LOADER):
        mark = event.start_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ProblemsFound([Problem("file.anchor", place)], subject=name)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST_NESTING:
                raise ProblemsFound([Problem("file.too_deep", place, {"limit": DEEPEST_NESTING})], subject=name)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if getattr(event, "tag", None) and not isinstance(event, yaml.DocumentStartEvent):
            raise ProblemsFound([Problem("file.tag", place)], subject=name)


def _syntax_problem(error: yaml.MarkedYAMLError, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
    return Problem("file.syntax", place, {"detail": syntax_fault(error.problem or "")})


def _plain(node: yaml.Node, path: Path, source: Source, problems: list[Problem]) -> Data:
    source.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, path, source, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), source, problems) for index, child in enumerate(node.value)]
    value = str(node.value)
    if _cannot_be_written(value):
        problems.append(Problem("file.surrogate", source.place(path)))
        return ""
    is_plain = isinstance(node, yaml.ScalarNode) and not node.style  # the C parser says "", the other None
    return None if is_plain and value in ("", "~", "null") else value


def _plain_mapping(node: yaml.MappingNode, path: Path, source: Source, problems: list[Problem]) -> Data:
    result: dict[str, Data] = {}
    for key_node, value_node in node.value:
        place = f"{source.name}:{key_node.start_mark.line + 1}:{key_node.start_mark.column + 1}"
        if not isinstance(key_node, yaml.ScalarNode) or not str(key_node.value).isprintable():
            problems.append(Problem("file.odd_key", place))
            continue
        key = str(key_node.value)
        if key in result:
            problems.append(Problem("file.duplicate_key", place, {"field": key}))
            continue
        result[key] = _plain(value_node, (*path, key), source, problems)
    return result


def _cannot_be_written(text: str) -> bool:
    """Whether text holds halves of characters (surrogates), which the slower parser lets through."""
    return any("\ud800" <= character <= "\udfff" for character in text)
