"""Whatever is typed: a command ends well, or with a sentence and exit code 1 or 2, and never with a traceback."""

from __future__ import annotations

import contextlib
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.samples.registers import SAMPLES, criteria
from wufei_cells import shipped
from wufei_cells.command_line.main import main

BOUNDED = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# What a shell can hand over: anything but NUL; bytes that are no UTF-8 arrive as lone surrogates.
texts = st.text(st.characters(exclude_characters="\0"), max_size=12) | st.sampled_from(
    (
        "",
        " ",
        "-1",
        "甲",
        "A1",
        "G1",
        "yes",
        "{",
        "[1",
        '{"plan": "yes"}',
        "1e999",
        "\udcff",
        "office",
        "east",
        "2026-11-02",
    )
)
words = st.sampled_from(
    (
        *(
            "checklist",
            "list",
            "check",
            "publish",
            "profile",
            "adopt",
            "score",
            "site",
            "add",
            "edit",
            "show",
            "assess",
        ),
        *("draft", "new", "save", "discard", "retire", "impact", "carry", "--to", "--preview", "--undo"),
        *("start", "answer", "finish", "reopen", "decide", "excel", "export", "certificate", "issue", "print"),
        *("progress", "report", "digest", "doctor", "--name", "--category", "--district", "--fact", "--na", "--note"),
        *("--approve", "--reject", "--remarks", "--reason", "--on", "--issued-on", "--file", "--output", "--search"),
        *("--stage", "--json", "--language", "--as", "--credit-code", "--repair", "甲", "--checklist", "--answers"),
    )
)
commands = st.sampled_from(
    (
        ("site", "show", None),
        ("site", "list", "--search", None),
        ("site", "list", "--category", None, "--district", None),
        ("site", "add", "--name", None, "--category", None, "--district", None),
        ("site", "edit", "甲", "--name", None, "--note", None, "--phone", None),
        ("site", "edit", "甲", "--fact", None, "--credit-code", None),
        ("assess", "start", None, "--assessor", None),
        ("assess", "answer", "甲", None, None, "--note", None),
        ("assess", "answer", "甲", "A1", None),
        ("assess", "answer", "甲", "A2", "--na", None),
        ("assess", "show", None),
        ("assess", "reopen", None, "--reason", None),
        ("assess", "precheck", "甲", None),
        ("finding", "add", "甲", None, "--due", None, "--item", None),
        ("finding", "check", None, "--closed", "--on", None),
        ("decide", None, "--reject", "--remarks", None),
        ("certificate", "issue", None, "--issued-on", None, "--document", None),
        ("certificate", "print", None),
        ("progress", "--on", None),
        ("checklist", "check", None),
        ("checklist", "publish", None),
        ("profile", "adopt", None),
        ("score", "--checklist", None, "--answers", None),
        ("site", "list", "--as", None),
        ("site", "list", "--data", None),
        ("site", "list", "--language", None),
    )
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(("yes", "no", "3")),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=6), children, max_size=3),
    max_leaves=6,
)
parts = st.sampled_from(("plan", "staff", "part", "whole", "na", "level"))
answer_values = json_values | st.dictionaries(parts, json_values, max_size=3)
answers_files = st.dictionaries(
    st.sampled_from(("facts", "G1", "A1", "A2", "B1", "Z9")),
    answer_values | st.dictionaries(parts, json_values),
    max_size=5,
)


def ends_well(arguments: list[str]) -> tuple[int, str, str]:
    """Run a command and check how it ends."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    assert code in (0, 1, 2)
    assert "Traceback" not in err.getvalue()
    if code == 1 and "check" not in arguments and "doctor" not in arguments:
        assert err.getvalue().strip()
        assert not out.getvalue() or "error" in json.loads(out.getvalue())
    if code != 2 and "--json" in arguments and "-h" not in arguments and "--help" not in arguments:
        json.loads(out.getvalue())
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A register with a site that is being scored; the small samples are shipped."""
    folder = tmp_path_factory.mktemp("register")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shipped, "shipped_criteria", lambda: criteria("small", "school"))
        patch.chdir(tmp_path_factory.mktemp("here"))
        common = ["--data", str(folder), "--as", "王敏"]
        assert ends_well([*common, "site", "add", "--name", "甲", "--category", "office", "--district", "east"])[0] == 0
        assert ends_well([*common, "assess", "start", "甲"])[0] == 0
        yield common


@BOUNDED
@given(command=commands, data=st.data())
def test_any_value_in_its_place(register, command, data):
    typed = [data.draw(texts) if part is None else part for part in command]
    ends_well([*register, *typed, *data.draw(st.sampled_from(((), ("--json",))))])


@BOUNDED
@given(typed=st.lists(words | texts, max_size=8))
def test_any_words_in_any_order(register, typed):
    ends_well([*register, *typed])


@BOUNDED
@given(answers=answers_files, on_register=st.booleans())
def test_any_answers_file(register, tmp_path, answers, on_register):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers), "utf-8")  # with NaN and Infinity where there are some, as some programs write
    if on_register:
        ends_well([*register, "assess", "answer", "甲", "--file", str(path), "--json"])
    else:
        ends_well(["score", "--checklist", str(SAMPLES / "small.yaml"), "--answers", str(path), "--json"])


@BOUNDED
@given(content=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_as_a_file(register, tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    for command in (("checklist", "check"), ("checklist", "publish"), ("profile", "adopt")):
        assert ends_well([*register, *command, str(path)])[0] == 1
    ends_well(["score", "--checklist", str(SAMPLES / "small.yaml"), "--answers", str(path)])


def test_after_all_that_the_register_is_sound(register):
    code, out, _err = ends_well([*register, "doctor", "--json"])
    assert (code, json.loads(out)["sound"]) == (0, True)
