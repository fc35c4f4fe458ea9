"""The scripts write and read bytes as Python does."""

from __future__ import annotations

import base64
import hashlib

import base45
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.verifier.conftest import ask_scripts
from wufei_cells.domain.canonical import canonical_json

FEW = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
DATA = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=6)),
    max_leaves=12,
)


@FEW
@given(st.lists(DATA, min_size=40, max_size=80))
def test_canonical_json_is_that_of_python(data):
    written = ask_scripts([{"what": "canonical", "data": each} for each in data])
    assert written == [canonical_json(each) for each in data]


def test_names_are_sorted_by_characters_and_not_by_their_halves():
    data = {"\U00020bb7": 1, "\uff5e": 2, "a": 3, "": 4, "aa": 5, "__proto__": 6, "10": 7, "9": 8, "\x7f\x1f\u2028": 9}
    (written,) = ask_scripts([{"what": "canonical", "data": data}])
    assert written == canonical_json(data)
    assert written.index("～") < written.index("𠮷")


@FEW
@given(st.lists(st.binary(max_size=200), min_size=40, max_size=80))
def test_digests_and_base45_are_those_of_python(contents):
    questions = [{"what": "sha256", "content": base64.b64encode(each).decode()} for each in contents]
    questions += [{"what": "base45", "text": base45.b45encode(each).decode()} for each in contents]
    answers = ask_scripts(questions)
    assert answers == [hashlib.sha256(each).hexdigest() for each in contents] + [each.hex() for each in contents]


def test_what_is_no_base45_is_refused():
    answers = ask_scripts([{"what": "base45", "text": text} for text in (":::", "GGW", "A", "::", "ab", "A_0", "É00")])
    assert all("unreadable" in answer for answer in answers), answers
