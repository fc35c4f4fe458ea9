"""docs/answers.md is true: its examples are read, scored or refused as it says, and written back unchanged."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from wufei_cells.domain.answers import State, answer_document, answer_in
from wufei_cells.domain.turning import taken_up
from wufei_cells.scoring import bases
from wufei_cells.scoring.evaluate import answer_problems, evaluate
from wufei_cells.services.text_fields import LONGEST_NOTE

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "answers.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+) (\w+)([^\n]*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
ANSWERS = [
    (dict(pair.split("=") for pair in options.split()), text) for _, kind, options, text in BLOCKS if kind == "answer"
]


@pytest.fixture(scope="module")
def of(checklist):
    (rules,) = [text for _, kind, _, text in BLOCKS if kind == "rules"]
    entries = [
        {"key": key, "text": key, "scoring": "按规则", "verify": ["site"], "not_applicable": "reason", **entry}
        for key, entry in yaml.load(rules, Loader=yaml.BaseLoader).items()  # noqa: S506 - makes nothing but text
    ]
    return checklist({"A": entries})


@pytest.mark.parametrize(
    ("options", "text"), ANSWERS, ids=lambda part: part.get("rule") if isinstance(part, dict) else ""
)
def test_every_example_is_what_the_document_says(of, score, options, text):
    document = json.loads(text)
    answer, key = answer_in(document), options["rule"]
    assert answer_document(answer) == document, "written back unchanged"
    found = [problem.code for problem in answer_problems(of, key, answer)]
    assert found == ([options["refused"]] if "refused" in options else [])
    if "aside" in options:
        answer = taken_up(answer)
        assert answer_problems(of, key, answer) == ()
    if "points" in options:
        card = evaluate(of, {}, {key: answer})
        assert card.item(key).got.low == int(options["points"])


def test_there_is_an_example_of_everything():
    told = [option for options, _ in ANSWERS for option in options]
    assert {"points", "refused", "aside"} <= set(told)
    assert all(f"`{state.value}`" in TEXT for state in State)


def test_its_limits_are_those_of_the_program():
    assert f"up to {LONGEST_NOTE:,} characters" in TEXT
    assert f"at most {bases.MOST_ROWS} rows" in TEXT
    assert f"a period has up to {bases.LONGEST_PERIOD} characters" in TEXT
    assert bases.LONGEST_SOURCE == bases.LONGEST_ROW == 500
    assert "up to 500 each" in TEXT
