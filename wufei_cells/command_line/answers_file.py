"""Read an answers file: item key to value or ``{"na": "reason"}``, and ``facts``."""

from __future__ import annotations

import json
from collections.abc import Mapping

from wufei_cells.domain.answers import Answer, JsonValue
from wufei_cells.errors import Problem, ProblemsFound

LARGEST_FILE = 4_000_000


def read_answers(content: bytes, name: str) -> tuple[dict[str, JsonValue], dict[str, Answer]]:
    """Read facts and answers.

    Raises:
        ProblemsFound: the file is not JSON of this shape; all problems at once.
    """
    data = parse_json(content, name)
    if not isinstance(data, dict):
        raise ProblemsFound([Problem("answers.not_mapping", name)], subject=name)
    problems: list[Problem] = []
    facts = data.pop("facts", {})
    if not isinstance(facts, dict):
        problems.append(Problem("answers.facts", f"{name}: facts"))
        facts = {}
    answers = {key: _answer(key, value, name, problems) for key, value in data.items()}
    if problems:
        raise ProblemsFound(problems, subject=name)
    return facts, answers


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
    if not isinstance(value, dict) or "na" not in value:
        return Answer(value)
    if set(value) != {"na"} or not isinstance(value["na"], str):
        problems.append(Problem("answers.na", f"{name}: {key}", {"item": key}))
        return Answer()
    return Answer(na=value["na"])
