"""What is signed has one form; every other way to say the same is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells.errors import UserError
from wufei_cells.signing.content import CertificateContent, decode, encode

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40)
DAYS = st.dates(min_value=date(1970, 1, 1))
CONTENTS = st.builds(
    CertificateContent,
    **dict.fromkeys(("number", "site_name", "category", "level", "total", "issuer", "edition"), TEXTS),
    issued_on=DAYS,
    valid_until=DAYS,
    record=st.binary(min_size=16, max_size=16),
    document_number=TEXTS,
    example=st.booleans(),
    model=st.booleans(),
)


@given(CONTENTS)
def test_what_was_written_is_read_back(content):
    assert decode(encode(content)) == content


@given(st.binary(max_size=60))
def test_bytes_that_nobody_wrote_are_refused(payload):
    with pytest.raises(UserError, match=r"proof\.unreadable"):
        decode(payload)


def fields(content):
    return cbor2.loads(encode(content))


def test_the_keys_stand_in_rising_order_and_what_is_empty_is_left_out(content):
    assert list(fields(content)) == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13]
    plain = replace(content, document_number="", example=True, model=True)
    assert list(fields(plain)) == [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13]
    assert fields(plain)[12] == 3
    assert fields(plain)[7] == (date(2026, 11, 2) - date(1970, 1, 1)).days


def variants(content):
    """The same map, said in other ways, or with something in it that is not ours."""
    good = fields(content)
    yield "other order", cbor2.dumps(dict(reversed(good.items())))
    yield "indefinite length", b"\xbf" + encode(content)[1:] + b"\xff"
    yield "more behind it", encode(content) + b"\0"
    yield "longer integer", encode(content).replace(b"\x07\x19", b"\x07\x1a\x00\x00", 1)
    yield "double key", b"\xad" + encode(content)[1:] + b"\x0d\x50" + bytes(16)
    yield "further key", cbor2.dumps({**good, 14: "x"})
    yield "empty document number", cbor2.dumps(dict(sorted({**good, 10: ""}.items())))
    yield "flags of zero", cbor2.dumps(dict(sorted({**good, 12: 0}.items())))
    yield "flags unheard of", cbor2.dumps(dict(sorted({**good, 12: 4}.items())))
    yield "true for one", cbor2.dumps(dict(sorted({**good, 12: True}.items())))
    yield "a day as a float", cbor2.dumps({**good, 7: float(good[7])})
    yield "a day after the last", cbor2.dumps({**good, 8: 2_932_897})
    yield "a day before the first", cbor2.dumps({**good, 8: -1})
    yield "bytes for text", cbor2.dumps({**good, 3: b"x"})
    yield "text for bytes", cbor2.dumps({**good, 13: "x" * 16})
    yield "short digest", cbor2.dumps({**good, 13: bytes(15)})
    yield "a list", cbor2.dumps(list(good.values()))
    yield "tagged", cbor2.dumps(cbor2.CBORTag(55799, good))
    yield "steers the terminal", cbor2.dumps({**good, 3: "\x1b[2J"})
    for key in good:
        if key not in (10, 12):
            yield f"without {key}", cbor2.dumps({name: value for name, value in good.items() if name != key})


def test_no_other_form_is_read(content):
    for name, payload in variants(content):
        assert payload != encode(content), name
        with pytest.raises(UserError, match=r"proof\.unreadable"):
            decode(payload)


def test_what_cannot_be_shown_is_not_signed(content):
    with pytest.raises(UserError, match=r"proof\.control_character"):
        encode(replace(content, site_name="甲\n乙"))
