"""Files that are no checklist, or try to harm: each ends in a sentence, none in a crash or a long wait."""

from __future__ import annotations

import random
import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wufei_cells.checklists import yaml_source
from wufei_cells.checklists.profile_reading import read_profile
from wufei_cells.checklists.reading import checklist_problems
from wufei_cells.checklists.yaml_source import SyntaxFault, parse_yaml
from wufei_cells.errors import ProblemsFound, SystemFault, why
from wufei_cells.wording import Wording


@pytest.fixture(params=["C parser", "Python parser"])
def _either_parser(request, monkeypatch):
    """PyYAML has a C parser in most wheels and none in others; both must be equally strict."""
    if request.param == "Python parser":
        monkeypatch.setattr(yaml_source, "_LOADER", yaml.SafeLoader)


REFUSED = [
    (b"", "file.empty", "x.yaml"),
    (b"# only a remark\n", "file.empty", "x.yaml"),
    (b"just text", "field.not_mapping", "x.yaml:1:1"),
    (b"- a\n- b\n", "field.not_mapping", "x.yaml:1:1"),
    (b"\xff\xfe\x00", "file.not_utf8", "x.yaml"),
    ("标题: 一".encode("gb18030"), "file.not_utf8", "x.yaml"),
    (b"a: }", "file.syntax", "x.yaml:1:4"),
    (b"a: b: c", "file.syntax", "x.yaml:1:5"),
    (b"a: \x00", "file.syntax", "x.yaml"),
    (b"--- a\n--- b\n", "file.syntax", "x.yaml:2:1"),
    (b"a: &x 1\nb: *x", "file.anchor", "x.yaml:1:4"),
    (b"a: *x", "file.anchor", "x.yaml:1:4"),
    (b"a: !!python/object:os.system {}", "file.tag", "x.yaml:1:4"),
    (b"a: !!str 5", "file.tag", "x.yaml:1:4"),
    (b"key: A\nkey: B", "file.duplicate_key", "x.yaml:2:1"),
    (b"? [a, b]\n: c", "file.odd_key", "x.yaml:1:3"),
    (b'"a\\nb": c', "file.odd_key", "x.yaml:1:1"),
    (b"[" * 41, "file.too_deep", "x.yaml:1:41"),
    (b"{" * 100_000, "file.too_deep", "x.yaml:1:41"),
    (b"- " * 100_000, "file.too_deep", "x.yaml:1:81"),
]


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(("content", "code", "place"), REFUSED, ids=[str(row[0][:24]) for row in REFUSED])
def test_what_is_no_checklist_is_refused_with_its_place(content, code, place):
    first = checklist_problems(content, "x.yaml")[0]
    assert (first.code, first.place) == (code, place)


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    "content", [b'a: "\\ud800"', b'"\\udc00": 1', b'a: "\\UFFFFFFFF"', b"%YAML 2.0\n---\na", b"..."]
)
def test_half_characters_and_foreign_versions_are_refused(content):
    codes = {problem.code for problem in checklist_problems(content, "x.yaml")}
    assert codes & {"file.syntax", "file.surrogate", "file.odd_key"}


@pytest.mark.usefixtures("_either_parser")
def test_empty_and_null_fields_count_as_left_out(sample):
    text = sample.replace("number: 某发〔2026〕1号}", "number: }").replace(
        "full: 25", "full: ~\nnotice: null\ngates_unused:"
    )
    assert [problem.code for problem in checklist_problems(text.encode(), "x")] == ["field.unknown"]


def test_a_bomb_of_aliases_is_refused_before_it_unfolds():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    started = time.perf_counter()
    assert [problem.code for problem in checklist_problems("\n".join(lines).encode(), "x")] == ["file.anchor"]
    assert time.perf_counter() - started < 1


def test_a_file_of_50_megabytes_is_refused_unread():
    content = b"a: " + b"x" * 50_000_000
    started = time.perf_counter()
    problems = checklist_problems(content, "x.yaml")
    assert [(problem.code, problem.values) for problem in problems] == [("file.too_large", {"limit": 4})]
    assert time.perf_counter() - started < 0.5


def sentences(content: bytes, catalogue) -> str:
    """What a person would read; fails on a code without a sentence."""
    problems = checklist_problems(content, "x.yaml")
    assert not [problem for problem in problems if problem.code not in catalogue]
    wordings = [Wording(catalogue, language) for language in ("zh", "en")]
    text = "\n".join(wording.problem(problem) for problem in problems for wording in wordings)
    text.encode()  # can be printed
    return text


FUZZ = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@settings(FUZZ, max_examples=300)
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_at_all_end_in_sentences(catalogue, content):
    assert sentences(content, catalogue)


SCRAPS = st.sampled_from(
    [
        *":-[]{}#&*!|>'\"%@`,?~ \n\t",
        "null",
        "yes",
        "-1",
        "1e9",
        "$x",
        "0.0000001",
        "9" * 30,
        "key",
        "rule",
        "points: ",
        "\u0085",
        "\u2028",
        "𬇙",
        "\x1b",
    ]
)


@settings(FUZZ, max_examples=250)
@given(data=st.data())
def test_a_sound_file_with_a_few_scraps_thrown_in_never_crashes(sample, catalogue, data):
    text = list(sample)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        text[start : start + data.draw(st.integers(0, 12))] = data.draw(SCRAPS)
    sentences("".join(text).encode(), catalogue)


def values_in(data, path=()):
    """Every place in a tree of plain data."""
    yield path
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield from values_in(value, (*path, key))


ODD_VALUES = [None, "", "-5", "x" * 5000, [], {}, ["a"], {"a": "b"}, "$pass_mark", "$none", "yes", "1000000000000", "3"]


@pytest.mark.parametrize("seed", range(40))
def test_any_value_in_the_place_of_any_other_never_crashes(shipped, catalogue, seed):
    chance = random.Random(seed)
    name = chance.choice(sorted(shipped))
    document = yaml.load(shipped[name], Loader=yaml.CBaseLoader)  # noqa: S506 - BaseLoader makes nothing but plain data
    for _ in range(chance.choice([1, 1, 3])):
        *parents, last = chance.choice([path for path in values_in(document) if path])
        target = document
        for step in parents:
            target = target[step]
        target[last] = chance.choice(ODD_VALUES)
    sentences(yaml.safe_dump(document, allow_unicode=True).encode(), catalogue)


@settings(FUZZ, max_examples=100)
@given(content=st.binary(max_size=200))
def test_a_profile_of_any_bytes_is_refused(content):
    with pytest.raises(ProblemsFound):
        read_profile(content, "x.yaml")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"a: [1, 2\nb: 3", SyntaxFault.OPEN_LIST),
        (b"a: {x: 1\nb: 3", SyntaxFault.OPEN_MAP),
        (b'a: "x\nb: 2', SyntaxFault.OPEN_QUOTE),
        (b"a: b: c", SyntaxFault.SECOND_COLON),
        (b"a:\n  - 1\n - 2", SyntaxFault.INDENT),
        (b"a: %x", SyntaxFault.SIGN),
        (b"a: }", SyntaxFault.VALUE),
        (b"a: \x00", SyntaxFault.CONTROL),
        (b"--- a\n--- b\n", SyntaxFault.TWO_DOCUMENTS),
    ],
)
def test_what_is_usually_wrong_is_said_in_words_of_our_own(content, fault):
    with pytest.raises(ProblemsFound) as found:
        parse_yaml(content, "x.yaml")
    assert found.value.problems[0].values["detail"] is fault


def test_what_the_machine_refuses_is_said_in_words_of_our_own(tmp_path):
    with pytest.raises(FileNotFoundError) as missing:
        (tmp_path / "gone.yaml").read_bytes()
    assert why(missing.value) is SystemFault.MISSING
    assert why(OSError(9999, "odd")) == "odd"
