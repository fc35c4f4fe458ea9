"""JSON of a stranger: what json.loads reads and our database could not hold is refused, everything else is equal."""

from __future__ import annotations

import gc
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.child import memory_of
from wufei_cells.errors import ProblemsFound
from wufei_cells.exchange.strict_json import DEPTH, LARGEST, SMALLEST, loads

LIMIT = 1 << 20


def read(content: bytes | str, **named: int):
    return loads(content.encode() if isinstance(content, str) else content, limit=LIMIT, place="包.wufei", **named)


def refusal(content: bytes | str, **named: int) -> str:
    with pytest.raises(ProblemsFound) as refused:
        read(content, **named)
    (problem,) = refused.value.problems
    assert problem.place == "包.wufei"
    return problem.code.removeprefix("package.json_")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("NaN", "number"),
        ('{"a": [Infinity]}', "number"),
        ("[-Infinity]", "number"),
        ("[1e999]", "number"),
        ("[-1e400]", "number"),
        (f"[{LARGEST + 1}]", "number"),
        (f'{{"a":{SMALLEST - 1}}}', "number"),
        ("[" + "9" * 5000 + "]", "number"),
        ("9" * 400 + ".5", "number"),
        (r'["\ud800"]', "character"),
        (r'["\udc00\ud800"]', "character"),
        (r'["\uD83Dx"]', "character"),
        (r'{"\ud83d\u0041": 1}', "character"),
        (r'["a\u0000b"]', "character"),
        (b'["\xed\xa0\x80"]', "encoding"),
        (b'["\xff"]', "encoding"),
        ('["全"]'.encode("utf-16"), "encoding"),
        ('["a\0b"]', "syntax"),
        ('["a\nb"]', "syntax"),
        (b"\xef\xbb\xbf[]", "syntax"),
        ("", "syntax"),
        ("[1] 2", "syntax"),
        ("{'a': 1}", "syntax"),
        ('["a', "syntax"),
        ("[1}", "syntax"),
        ("]" * 100, "syntax"),
        ('{"a": 1, "a": 1}', "key_twice"),
        ('{"a" : 1, "b": {"c":":","\\u0063":2}}', "key_twice"),
        ('[{"a":1},{"":0,"":0}]', "key_twice"),
        ('{"a":[1,{"b":2,"b":3}]}', "key_twice"),
        ('{"a":{"b":{}},"a":1}', "key_twice"),
        ("[" + '{"a":1},' * 100 + "[]," * 100 + '{"a":1,"a":1}]', "key_twice"),
        ("[" * 100_000, "depth"),
        ("[" * (DEPTH + 1) + "]" * (DEPTH + 1), "depth"),
        ('{"a":[' * 50_000 + "]}" * 50_000, "depth"),
        ('["]]]]\\"",' * (DEPTH + 1) + "1" + "]" * (DEPTH + 1), "depth"),
    ],
)
def test_what_we_could_not_hold_is_refused_with_its_place(content, code):
    assert refusal(content) == code


@pytest.mark.parametrize(
    "content",
    [
        f"[{LARGEST},{SMALLEST},-0,1e308,0.1234567890123456789012345]",
        r'["\ud83d\ude00", "\\ud800", "\\\\u0000", "\\\ud83d\ude00"]',
        '{"a":"\\":","b":":","c":"[[[[[[","d": "\\\\"}',
        '["12345678901234567890123","NaN","1e999"]',
        "[" * DEPTH + "]" * DEPTH,
        '{"a":' * DEPTH + "1" + "}" * DEPTH,
        " [ true , false , null , { } ] \r\n\t",
        '"文"',
        "0",
    ],
)
def test_what_only_looks_like_it_is_read(content):
    assert read(content) == json.loads(content)


def test_lists_in_lists_are_counted_to_the_one():
    assert read("[[[1]]]", depth=3) == [[[1]]]
    assert refusal('[[{"a":1}]]', depth=2) == "depth"
    assert read(json.dumps([["["], [{}], "]]"] * 100), depth=3)


def test_a_text_over_its_limit_is_not_looked_at():
    assert refusal(b"x" * (LIMIT + 1)) == "too_large"


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(SMALLEST, LARGEST)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    | st.text('\\"[]{}:,019 u'),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('a\\":[]', max_size=4), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
@settings(max_examples=200)
def test_whatever_can_be_written_is_read_as_json_reads_it(value, plain, indent):
    content = json.dumps(value, ensure_ascii=plain, indent=indent)
    assert read(content, depth=100) == json.loads(content)


@given(VALUES, st.integers(1, 7))
@settings(max_examples=100)
def test_where_a_long_text_is_cut_for_looking_makes_no_difference(value, length):
    content = json.dumps([value] * 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wufei_cells.exchange.strict_json._PIECE", length)
        assert read(content, depth=100) == json.loads(content)
        assert refusal(content[:-1] + ",{'':0}]", depth=100) == "syntax"
        assert refusal(content[:-1] + f",{LARGEST + 1}]", depth=100) == "number"


@given(st.text('[]{}:,"\\a019eE+-.NIu \n', max_size=30) | st.binary(max_size=12))
@settings(max_examples=300)
def test_random_text_is_read_as_json_reads_it_or_refused(content):
    try:
        found = read(content)
    except ProblemsFound:
        return
    assert found == json.loads(content)


def test_the_collector_of_cycles_is_on_again_after_whatever_was_read():
    refusal("[")
    assert gc.isenabled()


def read_all(content: bytes):
    return loads(content, limit=len(content), place="")


def fastest(reader, content: bytes) -> float:
    def once() -> float:
        begun = time.perf_counter()
        reader(content)
        return time.perf_counter() - begun

    return min(once() for _ in range(5))


@pytest.mark.parametrize(
    "content", [b"[" * (64 << 20), b'["' + b"\\" * (64 << 20), b'"' * (64 << 20), b"[1," + b"[]," * (5 << 20)]
)
def test_sixty_four_megabytes_of_nonsense_are_refused_in_bounded_time_and_memory(content):
    done = memory_of(
        """
        from wufei_cells.errors import ProblemsFound
        from wufei_cells.exchange.strict_json import loads
        try:
            loads(content, limit=64 << 20, place="")
        except ProblemsFound as refused:
            print(refused.problems[0].code)
        """,
        content,
        most=4000,
    )
    assert done.printed.startswith("package.json_")
    assert done.grown < 1500
