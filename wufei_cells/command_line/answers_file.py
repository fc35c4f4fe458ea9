"""Read an answers file: item key to value, to ``{"na": "reason"}``, or to a whole answer; and ``facts``.

A whole answer has the shape that ``docs/answers.md`` describes and ``assess show --json`` prints; what that command
prints can be given back as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wufei_cells.domain.answers import Answer, JsonValue, State, answer_in
from wufei_cells.errors import Problem, ProblemsFound

LARGEST_FILE = 4_000_000
WHOLE = frozenset({"value", "na", "note", "bases", "kept"})
"""The fields of a whole answer."""
TOLD = frozenset({"author"})
"""What ``assess show`` prints beside them; whoever gives an answer is its author."""


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What a file says."""

    facts: dict[str, JsonValue]
    answers: dict[str, Answer]
    whole: frozenset[str]
    """The items whose answers are written as a whole: a note that is left out there is no note."""


def read_answers(content: bytes, name: str) -> tuple[dict[str, JsonValue], dict[str, Answer]]:
    """Read facts and answers.

    Raises:
        ProblemsFound: the file is not JSON of this shape; all problems at once.
    """
    found = read_answers_file(content, name)
    return found.facts, found.answers


def read_answers_file(content: bytes, name: str) -> AnswersFile:
    """Read facts and answers, and which of them are whole.

    Raises:
        ProblemsFound: the file is not JSON of this shape; all problems at once.
    """
    data = parse_json(content, name)
    if not isinstance(data, dict):
        raise ProblemsFound([Problem("answers.not_mapping", name)], subject=name)
    shown = data.get("answers")
    if isinstance(shown, dict) and "score" in data and "edition" in data:
        data = shown  # all that assess show printed
    problems: list[Problem] = []
    facts = data.pop("facts", {})
    if not isinstance(facts, dict):
        problems.append(Problem("answers.facts", f"{name}: facts"))
        facts = {}
    answers = {key: _answer(key, value, name, problems) for key, value in data.items()}
    if problems:
        raise ProblemsFound(problems, subject=name)
    return AnswersFile(facts, answers, frozenset(key for key, value in data.items() if _is_whole(value)))


def fact_texts(facts: Mapping[str, JsonValue]) -> dict[str, str | None]:
    """Write facts as the register keeps them; ``null`` means not known."""
    return {key: _fact_text(value) for key, value in facts.items()}


def _fact_text(value: JsonValue) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)


def parse_json(content: bytes, name: str) -> JsonValue:
    """Parse JSON; numbers with a decimal point stay text, so that none is ever rounded."""
    if len(content) > LARGEST_FILE:
        raise ProblemsFound([Problem("file.too_large", name, {"limit": LARGEST_FILE // 1_000_000})], subject=name)
    try:
        data = _parsed(content.decode("utf-8-sig"))
    except UnicodeEncodeError:
        problem = Problem("file.surrogate", name)
    except UnicodeDecodeError as error:
        problem = Problem("file.not_utf8", name, {"byte": error.start})
    except json.JSONDecodeError as error:
        problem = Problem("file.syntax", f"{name}:{error.lineno}:{error.colno}", {"detail": error.msg})
    except _DuplicateKeyError as error:
        problem = Problem("file.duplicate_key", name, {"field": str(error)})
    except (RecursionError, ValueError) as error:
        problem = Problem("file.syntax", name, {"detail": str(error)})
    else:
        return data
    raise ProblemsFound([problem], subject=name)


def _parsed(text: str) -> JsonValue:
    data: JsonValue = json.loads(text, parse_float=str, parse_constant=str, object_pairs_hook=_no_duplicates)
    # Half a character can be written in JSON, and nowhere else: it would fail later, far from here.
    json.dumps(data, ensure_ascii=False).encode()
    return data


class _DuplicateKeyError(Exception):
    """A key stands twice; keeping the last silently could lose an answer."""


def _no_duplicates(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {}
    for key, value in pairs:
        if key in found:
            raise _DuplicateKeyError(key)
        found[key] = value
    return found


def _answer(key: str, value: JsonValue, name: str, problems: list[Problem]) -> Answer:
    if isinstance(value, dict) and _is_whole(value):
        wrong = list(_shape_problems(value))
        found = (Problem("answers.shape", f"{name}: {key}.{at}", {"item": key, "field": at}) for at in wrong)
        problems += found
        return Answer() if wrong else answer_in(value)
    if not isinstance(value, dict) or "na" not in value:
        return Answer(value)
    if set(value) != {"na"} or not isinstance(value["na"], str):
        problems.append(Problem("answers.na", f"{name}: {key}", {"item": key}))
        return Answer()
    return Answer(na=value["na"])


def _is_whole(value: JsonValue) -> bool:
    """Tell a whole answer from a value with fields of its own: it names the value, and nothing but its own fields."""
    return isinstance(value, dict) and "value" in value and value.keys() <= WHOLE | TOLD


def _shape_problems(answer: Mapping[str, JsonValue]) -> Iterator[str]:
    """Name the fields of a whole answer that are not of its shape; what they say is looked at when it is recorded."""
    na = answer.get("na")
    if not _is_text(na, or_none=True) or (na is not None and answer["value"] is not None):
        yield "na"
    if not _is_text(answer.get("note"), or_none=True):
        yield "note"
    bases = answer.get("bases", {})
    if not isinstance(bases, dict) or not all(_is_basis(basis) for basis in bases.values()):
        yield "bases"
    kept = answer.get("kept", {"value": None, "na": None, "notes": {}})
    if not isinstance(kept, dict) or kept.keys() != {"value", "na", "notes"} or not _is_text(kept["na"], or_none=True):
        yield "kept"
    elif not _is_texts(kept["notes"]) or not _states(kept["notes"]):
        yield "kept.notes"


def _is_basis(basis: JsonValue) -> bool:
    if not isinstance(basis, dict) or basis.keys() != {"period", "source", "rows"}:
        return False
    rows = basis["rows"]
    if not isinstance(rows, list) or not _is_text(basis["period"]) or not _is_text(basis["source"]):
        return False
    return all(
        isinstance(row, dict)
        and row.keys() == {"text", "numbers"}
        and _is_text(row["text"])
        and _is_texts(row["numbers"], whole_numbers=True)
        for row in rows
    )


def _states(notes: JsonValue) -> bool:
    return isinstance(notes, dict) and notes.keys() <= {state.value for state in State}


def _is_texts(value: JsonValue, *, whole_numbers: bool = False) -> bool:
    allowed = (str, int) if whole_numbers else (str,)
    return isinstance(value, dict) and all(
        isinstance(one, allowed) and not isinstance(one, bool) for one in value.values()
    )


def _is_text(value: JsonValue, *, or_none: bool = False) -> bool:
    return isinstance(value, str) or (or_none and value is None)
