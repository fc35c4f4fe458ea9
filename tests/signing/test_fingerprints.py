"""Six words by which two people compare a key over the telephone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from wufei_cells.signing import fingerprints
from wufei_cells.signing.fingerprints import fingerprint, same

KEYS = st.binary(min_size=32, max_size=32)


def test_the_lists_have_a_word_for_each_byte_and_none_twice():
    for words in (fingerprints._CHINESE, fingerprints._ENGLISH):
        assert len(set(words)) == 256
    assert {len(word) for word in fingerprints._CHINESE} == {2}, "two characters each, so that they are heard apart"


def test_a_key_has_the_same_words_everywhere():
    assert fingerprint(bytes(32)).zh == "章鱼 鞋子 台灯 钥匙 番茄 蜡烛"
    assert fingerprint(bytes(32)).en == "octopus shoe lamp key tomato candle"


@settings(max_examples=30)
@given(KEYS, KEYS)
def test_words_are_read_out_in_either_language_with_any_spaces(one, other):
    words = fingerprint(one)
    assert len(words.zh.split()) == len(words.en.split()) == 6
    assert same(one, words.zh)
    assert same(one, words.zh.replace(" ", ""))
    assert same(one, f" {words.en.upper().replace(' ', ', ')}. ")
    assert not same(one, "")
    assert not same(one, words.zh[:-2])
    assert not same(one, " ".join(reversed(words.zh.split()))) or words.zh.split() == words.zh.split()[::-1]
    assert same(other, words.zh) is (one == other)
