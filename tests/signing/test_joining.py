"""The request and the answer of a device that joins: exactly what was written, or nothing."""

from __future__ import annotations

import io
import json

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from wufei_cells.errors import UserError
from wufei_cells.signing import joining
from wufei_cells.signing.joining import JoinRequest, read_answer, read_request, write_request
from wufei_cells.signing.reading_codes import texts_in_picture
from wufei_cells.signing.signing_key import generate

KEY = generate()
PERSON = "0123456789abcdef" * 2
REQUEST = JoinRequest(KEY.public, "王敏的电脑", PERSON, "王敏", "jiaozuo", 1234, ("ab" * 16,))
WRITTEN = write_request(KEY, REQUEST)


def test_a_request_is_read_as_it_was_written():
    assert read_request(WRITTEN) == REQUEST
    assert read_request(b" " + WRITTEN[:40] + b"\r\n" + WRITTEN[40:] + b"\n") == REQUEST
    assert len(WRITTEN) <= 300


@settings(max_examples=60)
@given(st.integers(0, len(WRITTEN) - 1), st.integers(33, 126))
def test_a_request_of_which_one_letter_was_changed_is_none(place, letter):
    changed = WRITTEN[:place] + bytes([letter]) + WRITTEN[place + 1 :]
    if changed != WRITTEN:
        with pytest.raises(UserError) as error:
            read_request(changed)
        assert error.value.code == "trust.bad_request"


def test_a_request_that_another_key_signed_is_none():
    with pytest.raises(UserError):
        read_request(write_request(generate(), REQUEST))


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_what_is_no_answer_is_told_so(content):
    for given_ in (content, b"WFE1:" + content, b"WFJ1:" + content):
        with pytest.raises(UserError) as error:
            read_answer(given_)
        assert error.value.code == "trust.bad_answer"
    with pytest.raises(UserError):
        read_request(b"WFJ1:" + content)


@pytest.mark.parametrize("statements", [None, [1], [{"kind": "enrolment", "device": "x", "value": {}}], "x"])
def test_an_answer_with_other_content_is_none(statements):
    document = {"format": "wufei-enrolment/1", "keys": [], "statements": statements}
    with pytest.raises(UserError) as error:
        read_answer(json.dumps(document).encode())
    assert error.value.code == "trust.bad_answer"


def test_an_answer_that_unpacks_without_end_is_none():
    text = joining.answer_text(json.dumps({"format": "x", "pad": "0" * (joining.LARGEST_ANSWER + 1)}).encode())
    assert len(text) < 20_000
    with pytest.raises(UserError) as error:
        read_answer(text.encode())
    assert error.value.code == "trust.bad_answer"


def test_a_request_is_read_from_a_photo_of_its_code():
    """As a telephone photographs it from a screen."""
    text = WRITTEN.decode()
    made = segno.make_qr(text, error="m")
    pixels = io.BytesIO()
    made.save(pixels, kind="png", scale=5, border=4)
    gray = Image.open(pixels).convert("L").rotate(3, expand=True, fillcolor=255)
    [found] = texts_in_picture(gray.tobytes(), *gray.size, marks=(joining.REQUEST_MARK, joining.ANSWER_MARK))
    assert read_request(found.encode()) == REQUEST
    assert texts_in_picture(gray.tobytes(), *gray.size) == (), "it is no certificate"
