"""What acts say comes out of a bundle as it went in, to the letter: 1 is not true, and 1.0 is not 1."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from tests.exchange.test_answers_at_once import run_of
from wufei_cells.exchange.bundles import Seal, read_bundle, seal
from wufei_cells.signing.signing_key import SigningKey, device_id

KEY = SigningKey(bytes(32))
DEVICE = device_id(KEY.public)
WORDS = st.sampled_from([None, "", "null", "甲", "1", "true"])
PLAIN = WORDS | st.sampled_from([True, False, 1, 0, 1.0, 0.0, 2])


def fields_of(inner):
    return st.dictionaries(st.sampled_from(["a", "b", "é", "na"]), inner, max_size=3)


VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=2) | fields_of(inner), max_leaves=5)


@given(st.lists(WORDS | fields_of(WORDS), min_size=1, max_size=8) | st.lists(VALUES, min_size=1, max_size=8))
@example([True, 1])
@example([{"a": 1}, {"a": True}])
@example([True, 1, 1.0, "1", None, "null", ""])
@example([{"a": True}, {"a": 1}, {"a": 1.0}, {"a": None}, {"a": "null"}])
@example([{"a": 1, "b": 2}, {"b": 3, "a": 4}, {"a": 5, "na": 6}, {"a": 7}, {}, None, []])
def test_values_come_out_as_they_went_in(values):
    run = run_of([("answer.A1", value) for value in values])
    read = read_bundle(seal(run, "", Seal(KEY, DEVICE, "desk", "1.0")).content).run
    assert read.texts == run.texts
    assert [repr(value) for value in read.values] == [repr(json.loads(text)) for text in run.texts]
