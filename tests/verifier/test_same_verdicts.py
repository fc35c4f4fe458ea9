"""The page and the program judge alike: the same verdict, fields and notes for the same text, keys, list and day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.verifier.conftest import ask_scripts
from tests.verifier.offices import (
    CHAIN,
    CONTENT,
    FIRST,
    FOREIGN,
    LATER,
    OFFICE,
    SECOND,
    STRANGER,
    TAKEN_OVER,
    THIRD,
    TODAY,
    as_text,
    certificate,
    content,
    parts_of,
    status_list,
    text_of,
)
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.errors import UserError
from wufei_cells.signing.announcements import Announcement, announce, read_announcement
from wufei_cells.signing.content import encode
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.signing.status_list import read_status_list
from wufei_cells.signing.trust import trust_in
from wufei_cells.signing.verdicts import verify

# The page's name of a field: the program's.
FIELDS = {
    "number": "number",
    "site": "site_name",
    "category": "category",
    "level": "level",
    "total": "total",
    "issued_on": "issued_on",
    "valid_until": "valid_until",
    "issuer": "issuer",
    "document": "document_number",
    "edition": "edition",
    "record": "record",
    "example": "example",
    "model": "model",
}
DAY = timedelta(days=1)


def question(texts, keys=CHAIN, listed: str | None = None, today: date = TODAY) -> dict[str, Any]:
    documents = [key.document() if isinstance(key, Announcement) else key for key in keys]
    return {"what": "verify", "texts": texts, "keys": documents, "list": listed, "today": today.isoformat()}


def program(asked: dict[str, Any]) -> Any:
    """What the program says, in the page's form."""
    announced = []
    for document in asked["keys"]:
        try:
            announced.append(read_announcement(document))
        except UserError:
            continue
    trust, status, today = trust_in(announced), None, date.fromisoformat(asked["today"])
    if asked["list"] is not None:
        try:
            status, trust = read_status_list(asked["list"].encode(), trust)
        except UserError as error:
            return {"problem": error.code.replace("status_list.", "list_")}
    return [_plain(verify(text, trust, status, today), trust) for text in asked["texts"]]


def _plain(found, trust) -> dict[str, Any]:
    said = found.content
    signer = trust.known(found.key)
    until = trust.taken_over_on(found.key)
    return {
        "verdict": found.verdict.value,
        "judged_on": found.judged_on.isoformat(),
        "fields": None if said is None else {name: _value(getattr(said, own)) for name, own in FIELDS.items()},
        "key": None
        if said is None
        else {
            "id": found.key,
            "issuer": signer.issuer if signer else None,
            "since": signer.since.isoformat() if signer else None,
            "replaced_on": until.isoformat() if until else None,
        },
        "status": None
        if found.as_of is None
        else {"as_of": found.as_of.isoformat(), "age_days": found.age, "stale": found.stale},
        "since": found.since.isoformat() if found.since else None,
        "notes": [note.code.removeprefix("verify.note_") for note in found.notes],
    }


def _value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


def agreed(questions: list[dict[str, Any]]) -> list[Any]:
    """What both say, once they agree."""
    page = ask_scripts(questions)
    assert page == [program(asked) for asked in questions]
    return page


def both(asked: dict[str, Any]) -> Any:
    """What both say to one question."""
    return agreed([asked])[0]


def plain_list(*args, **kwargs) -> str:
    return status_list(*args, **kwargs).written().decode()


def test_each_verdict():
    yesterday = TODAY - DAY
    texts = {
        "valid": certificate(),
        "valid on its last day": certificate(valid_until=TODAY),
        "not_yet_valid": certificate(issued_on=TODAY + DAY),
        "expired": certificate(valid_until=yesterday),
        "suspended": certificate(number="BC-JG-2026-002"),
        "withdrawn": certificate(number="BC-JG-2026-003"),
        "expired, though suspended": certificate(number="BC-JG-2026-002", valid_until=yesterday),
        "withdrawn, though expired": certificate(number="BC-JG-2026-003", valid_until=yesterday),
        "unknown_key": certificate(STRANGER),
        "altered": altered(certificate()),
        "unreadable": "WFC1:",
    }
    listed = plain_list(TODAY, n002=("suspended", yesterday), n003=("withdrawn", yesterday))
    found = both(question(list(texts.values()), listed=listed))
    wanted = [name.partition(" ")[0].rstrip(",") for name in texts]
    assert [each["verdict"] for each in found] == wanted
    assert found[0]["fields"] == {name: _value(getattr(content(), own)) for name, own in FIELDS.items()}


def altered(text: str) -> str:
    payload, key, signature = parts_of(text)
    other = payload.replace("第一".encode(), "第二".encode())
    assert other != payload
    return text_of([other, key, signature])


def test_a_signature_of_another_certificate_does_not_count():
    one, other = parts_of(certificate()), parts_of(certificate(total="60"))
    assert both(question([text_of([one[0], one[1], other[2]])]))[0]["verdict"] == "altered"


def test_a_signature_written_in_its_second_form_does_not_count():
    """Adding the order of the group to S gives a signature that simple checks take, too."""
    order = 2**252 + 27742317777372353535851937790883648493
    payload, key, signature = parts_of(certificate())
    second = int.from_bytes(signature[32:], "little") + order
    text = text_of([payload, key, signature[:32] + second.to_bytes(32, "little")])
    assert both(question([text]))[0]["verdict"] == "altered"


def test_the_age_of_the_list():
    ages = (0, 30, 31, 400)
    found = agreed([question([certificate()], listed=plain_list(TODAY - age * DAY)) for age in ages])
    told = [(one["status"]["age_days"], one["status"]["stale"]) for (one,) in found]
    assert told == [(0, False), (30, False), (31, True), (400, True)]


def test_a_slow_clock_does_not_make_an_expired_certificate_hold():
    asked = question([certificate(valid_until=TODAY - DAY)], listed=plain_list(TODAY), today=date(2026, 8, 1))
    (found,) = both(asked)
    assert (found["verdict"], found["judged_on"], found["notes"]) == ("expired", TODAY.isoformat(), ["clock"])


def test_example_data_and_model_checklists_are_told():
    texts = [certificate(example=True), certificate(model=True), certificate(example=True, model=True, issuer="另一处")]
    found = both(question(texts))
    assert [each["notes"] for each in found] == [["example"], ["model"], ["example", "model", "other_issuer"]]


def test_a_key_counts_until_the_day_another_takes_over():
    days = [TAKEN_OVER - DAY, TAKEN_OVER, TAKEN_OVER + DAY]
    found = both(question([certificate(FIRST, issued_on=day) for day in days]))
    assert [each["verdict"] for each in found] == ["valid", "valid", "unknown_key"]
    assert found[2]["notes"] == ["key_given_up"]


def test_a_list_brings_later_keys_and_no_first_ones():
    texts = [certificate(THIRD), certificate(STRANGER)]
    found = both(question(texts, listed=plain_list(key=THIRD, keys=(*CHAIN, LATER, FOREIGN))))
    assert [each["verdict"] for each in found] == ["valid", "unknown_key"]


def test_a_list_brings_no_second_successor():
    thief = announce(THIRD, OFFICE, date(2026, 7, 1), predecessor=FIRST)
    (found,) = both(question([certificate(THIRD)], listed=plain_list(keys=(*CHAIN, thief))))
    assert found["verdict"] == "unknown_key"


def test_chains_of_keys_however_they_are_ordered_or_broken():
    forged = announce(THIRD, OFFICE, date(2026, 7, 1), predecessor=SECOND).document() | {"issuer": "他人"}
    early = announce(THIRD, OFFICE, date(2024, 1, 1), predecessor=SECOND)
    texts = [certificate(FIRST), certificate(), certificate(THIRD, issued_on=date(2026, 11, 2))]
    chains = ([LATER, *reversed(CHAIN)], [*CHAIN, forged], [*CHAIN, early], CHAIN[1:], [*CHAIN, LATER, FOREIGN], [])
    found = agreed([question(texts, keys=keys) for keys in chains])
    good = [sum(each["verdict"] == "valid" for each in one) for one in found]
    assert good == [2, 1, 1, 0, 2, 0], "the first key's certificate is dated after its successor took over"


def test_the_list_of_another_office_says_nothing():
    listed = plain_list(key=STRANGER, keys=(), n001=("withdrawn", TODAY))
    (found,) = both(question([certificate()], keys=(*CHAIN, FOREIGN), listed=listed))
    assert (found["verdict"], found["notes"]) == ("valid", ["list_of_others"])


LISTED = status_list(TODAY, n002=("suspended", TODAY - DAY)).document()


UNUSABLE = (
    ({"as_of": "2026-11-30"}, "list_altered"),
    ({"certificates": {}}, "list_altered"),
    ({"key": "0" * 16}, "list_unknown_key"),
    ({"key": FIRST.id}, "list_altered"),
    ({"format": "wufei-status/2"}, "list_unreadable"),
    ({"as_of": "20261122"}, "list_unreadable"),
    ({"as_of": "2026-02-29"}, "list_unreadable"),
    ({"more": 1}, "list_unreadable"),
    ({"serial": 2}, "list_altered"),
    ({"serial": 0}, "list_unreadable"),
    ({"serial": True}, "list_unreadable"),
    ({"serial": "1"}, "list_unreadable"),
    ({"serial": 1.5}, "list_unreadable"),
    ({"serial": 2**53}, "list_unreadable"),
    ({"signature": "AAA"}, "list_unreadable"),
    ({"signature": "AAAA"}, "list_altered"),
    ({"keys": [{}]}, "list_unreadable"),
    ({"issuer": None}, "list_unreadable"),
    ({"certificates": {"x": {"state": "gone", "since": "2026-01-01"}}}, "list_unreadable"),
    ({"certificates": {"x": {"state": "withdrawn", "since": "2027-01-01"}}}, "list_unreadable"),
    ({"certificates": []}, "list_unreadable"),
)


def test_lists_that_cannot_be_used():
    lists = [json.dumps(LISTED | changes) for changes, _problem in UNUSABLE]
    found = agreed([question([certificate()], listed=listed) for listed in lists])
    assert found == [{"problem": problem} for _changes, problem in UNUSABLE]


def test_of_two_lists_of_one_day_the_one_with_the_higher_serial_is_newer():
    ranks = [(TODAY, 2), (TODAY, 10), (TODAY - DAY, 11)]
    lists = [status_list(day, serial=serial) for day, serial in ranks]
    pairs = [(one, other) for one in lists for other in lists]
    documents = [one.document() for one in CHAIN]
    asked = [{"what": "older", "keys": documents, "lists": [one.document() for one in pair]} for pair in pairs]
    assert ask_scripts(asked) == [one.rank < other.rank for one, other in pairs]


def test_a_list_signed_with_a_key_that_was_given_up():
    found = both(question([certificate()], listed=plain_list(TODAY, key=FIRST)))
    assert found == {"problem": "list_key_given_up"}


def test_what_is_no_list():
    no_lists = ["", "{", "null", "[]", '"x"', "NaN", "1e999", "{}"]
    found = agreed([question([], listed=written) for written in [*no_lists, "\ufeff" + canonical_json(LISTED)]])
    assert found == [{"problem": "list_unreadable"}] * len(no_lists) + [[]], "a mark of byte order does no harm"


def raw_payloads() -> dict[str, bytes]:
    """Payloads, well signed, that are not exactly what the format allows."""
    good = encode(content())
    end = good[-17:]  # the last key, the record's digest, without its head
    return {
        "map of indefinite length": b"\xbf" + good[1:] + b"\xff",
        "long head of the map": b"\xb8" + bytes([good[0] & 31]) + good[1:],
        "long key": good[:1] + b"\x18\x01" + good[2:],
        "one more byte": good + b"\x00",
        "one byte less": good[:-1],
        "one key twice": bytes([good[0] + 1]) + good[1:] + b"\x0d\x50" + end[1:],
        "a key that is not known": bytes([good[0] + 1]) + good + b"\x0e\x00",
        "a key of text": bytes([good[0] + 1]) + good[1:] + b"\x61a\x00",
        "flags of nothing": bytes([good[0] + 1]) + good[1:-18] + b"\x0c\x00" + good[-18:],
        "flags too many": bytes([good[0] + 1]) + good[1:-18] + b"\x0c\x04" + good[-18:],
        "flags that are yes": bytes([good[0] + 1]) + good[1:-18] + b"\x0c\xf5" + good[-18:],
        "empty": b"",
        "no map": b"\x80",
        "tagged": b"\xc1" + good,
        "bad utf-8": good.replace("优".encode(), b"\xed\xa0\x80"),
        "control character": good.replace("优".encode(), "\u0085x".encode()),
        "line break": good.replace(b"91.5", b"91\n5"),
        "far future": good.replace(b"\x19\x50\x9b", b"\x1a\x00\x2d\x00\x00"),
    }


def test_only_one_way_to_write_a_certificate_is_read():
    payloads = raw_payloads()
    name = bytes.fromhex(SECOND.id)
    assert encode(content()) not in payloads.values(), "the sample changed its bytes"
    signed = {
        why: text_of([each, name, SECOND.sign(b"wufei-cells certificate 1\x00" + each)])
        for why, each in payloads.items()
    }
    found = both(question(list(signed.values())))
    assert {why for why, each in zip(signed, found, strict=True) if each["verdict"] != "unreadable"} == set()


def test_only_one_way_to_write_the_parts_is_read():
    payload, key, signature = parts_of(certificate())
    whole = as_text(b"\x83")
    texts = [
        text_of(parts)
        for parts in (
            [payload, key],
            [payload, key, signature, b""],
            [payload, key[:7], signature],
            [payload, key, signature[:63]],
            [payload.hex(), key, signature],
            {0: payload},
            (payload, key, 7),
        )
    ]
    good = certificate()
    texts += [whole, good + "0", good[:-1], good.lower(), good.replace("WFC1", "WFC2"), good[5:], "", "WFC1:::"]
    found = both(question(texts))
    assert {each["verdict"] for each in found} == {"unreadable"}


def test_space_around_and_line_breaks_within_do_no_harm():
    good = certificate()
    texts = [f"  {good}\n", f"\u3000{good}\x85", f"{good[:40]}\r\n{good[40:90]}\n{good[90:]}", f"\ufeff{good}"]
    texts += [f"{good[:40]}\t{good[40:]}"]
    verdicts = [each["verdict"] for each in both(question(texts))]
    assert verdicts == ["valid", "valid", "valid", "unreadable", "unreadable"]


# --- at random

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12)
DAYS = st.dates(date(1970, 1, 1), date.max)


@st.composite
def certificates(draw) -> str:
    """A certificate, mostly good, often damaged in some place."""
    names = ("number", "site_name", "category", "level", "total", "issuer", "edition", "document_number")
    changes: dict[str, Any] = {name: draw(TEXTS) for name in names if draw(st.booleans())}
    changes |= {name: draw(DAYS) for name in ("issued_on", "valid_until") if draw(st.booleans())}
    changes |= {name: draw(st.booleans()) for name in ("example", "model")}
    key: SigningKey = draw(st.sampled_from((FIRST, SECOND, SECOND, THIRD, STRANGER)))
    text = certificate(key, **changes)
    harm = draw(st.sampled_from(("none", "none", "byte", "sign", "payload", "parts")))
    if harm == "sign":
        at = draw(st.integers(0, len(text) - 1))
        return text[:at] + draw(st.text(max_size=2)) + text[at + 1 :]
    payload, name, signature = parts_of(text)
    if harm == "payload":  # damaged and signed all the same: only the form can be wrong
        at = draw(st.integers(0, len(payload) - 1))
        payload = payload[:at] + draw(st.binary(max_size=2)) + payload[at + 1 :]
        signature = key.sign(b"wufei-cells certificate 1\x00" + payload)
    if harm == "parts":
        name = draw(st.sampled_from((name, bytes.fromhex(FIRST.id), b"", draw(st.binary(min_size=8, max_size=8)))))
        signature = draw(st.sampled_from((signature, signature[::-1], signature[:-1])))
    whole = bytearray(parts_bytes(payload, name, signature))
    if harm == "byte":
        whole[draw(st.integers(0, len(whole) - 1))] = draw(st.integers(0, 255))
    return as_text(bytes(whole))


def parts_bytes(*parts: bytes) -> bytes:
    return b"\x83" + b"".join(_head(part) + part for part in parts)


def _head(part: bytes) -> bytes:
    length = len(part)
    if length < 24:
        return bytes([0x40 | length])
    return bytes([0x58, length]) if length < 256 else bytes([0x59, length >> 8, length & 255])


LISTS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            plain_list(date(2026, 9, 1), n001=("suspended", date(2026, 8, 1))),
            plain_list(date(2027, 1, 1), n001=("withdrawn", date(2026, 12, 1)), keys=(*CHAIN, LATER), key=THIRD),
            plain_list(date(2026, 11, 20), key=STRANGER, keys=()),
        ]
    ),
)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(st.one_of(certificates(), certificates(), st.text(max_size=30)), min_size=40, max_size=80),
    keys=st.lists(st.sampled_from((*CHAIN, LATER, FOREIGN)), max_size=6),
    listed=LISTS,
    today=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_whatever_comes_both_say_the_same(texts, keys, listed, today):
    both(question(texts, keys=(*CHAIN, *keys), listed=listed, today=today))


def test_the_sample_covers_every_field():
    assert set(FIELDS.values()) == {*CONTENT, "example", "model"}
