"""A sealed package is opened by those it was sealed for and by nobody else; a damaged one by nobody at all."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.exchange.made_packages import NAME, Content, codes, placed, written
from wufei_cells.errors import EnvironmentFault, ProblemsFound, UserError
from wufei_cells.exchange.encryption import (
    Lock,
    decrypt_with_keys,
    encrypt_to,
    encrypt_with_passphrase,
    is_encrypted,
    lock_of,
    new_identity,
    recipient_of,
    sealed_size,
    size_within,
)
from wufei_cells.exchange.inbox import take_in, unlock
from wufei_cells.exchange.limits import Limits
from wufei_cells.exchange.packages import Envelope

WORDS, OTHER_WORDS = "洛阳 2026", "洛阳2026"
MINE, RECIPIENT = new_identity()
OTHER, OTHER_RECIPIENT = new_identity()


@pytest.fixture
def inbox(tmp_path):
    return tmp_path / "inbox"


def sealed(content: bytes, *recipients: str) -> bytes:
    target = io.BytesIO()
    encrypt_to(io.BytesIO(content), target, recipients or (RECIPIENT,))
    return target.getvalue()


def refusal(taken, inbox, **named) -> str:
    before = sorted(inbox.iterdir())
    with pytest.raises((ProblemsFound, UserError)) as refused:
        unlock(taken, inbox, **named)
    assert sorted(inbox.iterdir()) == before
    problems = getattr(refused.value, "problems", (refused.value,))
    return problems[0].code.removeprefix("package.")


def test_each_recipient_opens_what_was_sealed_for_several(tmp_path, inbox):
    plain = written(tmp_path, name="plain.wufei")
    done = written(tmp_path, envelope=Envelope((RECIPIENT, OTHER_RECIPIENT)))
    assert is_encrypted(done.path.read_bytes()[:100])
    taken = take_in(done.path, inbox)
    assert (taken.lock, taken.name, taken.sha256) == (Lock.KEYS, NAME, done.sha256)
    for key in (MINE, OTHER):
        opened = unlock(taken, inbox, identities=[key])
        assert (opened.sha256, opened.lock) == (plain.sha256, Lock.NONE)
        assert codes(opened.path) == []
    stranger, _recipient = new_identity()
    assert refusal(taken, inbox, identities=[stranger]) == "wrong_key"
    assert refusal(taken, inbox) == "wrong_key"


def test_a_passphrase_opens_what_was_closed_with_it(tmp_path, inbox):
    done = written(tmp_path, envelope=Envelope(passphrase=WORDS))
    taken = take_in(done.path, inbox)
    assert taken.lock is Lock.PASSPHRASE
    assert codes(unlock(taken, inbox, passphrase=WORDS).path) == []


def test_another_passphrase_or_none_does_not_open_it(tmp_path, inbox):
    taken = take_in(placed(tmp_path, locked(b"PK", WORDS, 10)), inbox)
    assert refusal(taken, inbox, identities=[MINE]) == "needs_passphrase"
    assert refusal(taken, inbox, passphrase=OTHER_WORDS) == "wrong_passphrase"
    assert unlock(taken, inbox, passphrase=WORDS).path.read_bytes() == b"PK"
    changed = locked(b"PK" * 100, WORDS, 10)[:-1]
    assert refusal(take_in(placed(tmp_path, changed), inbox), inbox, passphrase=WORDS) == "envelope_damaged"


def locked(content: bytes, passphrase: str, work: int) -> bytes:
    """A file as the specification of age has it (v1, scrypt), with as little work as wanted."""
    key, salt, nonce = b"k" * 16, b"s" * 16, b"n" * 16
    wrap = hashlib.scrypt(passphrase.encode(), salt=b"age-encryption.org/v1/scrypt" + salt, n=1 << work, r=8, p=1)[:32]
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), key, None)
    lines = ["age-encryption.org/v1", f"-> scrypt {letters(salt)} {work}", letters(body), "---"]
    head = "\n".join(lines).encode()
    mac = hmac.digest(derived(key, b"", b"header"), head, "sha256")
    payload = ChaCha20Poly1305(derived(key, nonce, b"payload")).encrypt(bytes(11) + b"\1", content, None)
    return head + b" " + letters(mac).encode() + b"\n" + nonce + payload


def letters(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")


def derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt or None, purpose).derive(key)


@pytest.mark.parametrize("cut", [22, 25, 150, 1000, 70_000, -1])
def test_a_sealed_package_that_is_cut_off_is_refused_and_nothing_is_left(tmp_path, inbox, cut):
    taken = take_in(placed(tmp_path, sealed(b"x" * 100_000)[:cut]), inbox)
    assert refusal(taken, inbox, identities=[MINE]) == "envelope_damaged"


@pytest.mark.parametrize("at", [50, 100, 170, 300, 70_000, -1])
def test_a_flipped_bit_is_noticed(tmp_path, inbox, at):
    changed = bytearray(sealed(b"x" * 100_000))
    changed[at] ^= 1
    taken = take_in(placed(tmp_path, bytes(changed)), inbox)
    assert refusal(taken, inbox, identities=[MINE]) in ("envelope_damaged", "wrong_key")


def test_a_passphrase_that_would_take_hours_or_all_memory_is_not_tried(tmp_path, inbox):
    for work in (23, 30, 63, 999):
        content = locked(b"PK", WORDS, 1).replace(b" 1\n", b" %d\n" % work, 1)
        taken = take_in(placed(tmp_path, content), inbox)
        assert refusal(taken, inbox, passphrase=WORDS) == "envelope_damaged"


def test_what_unfolds_to_more_than_agreed_is_stopped(tmp_path, inbox):
    taken = take_in(placed(tmp_path, sealed(bytes(3_000_000))), inbox)
    assert refusal(taken, inbox, identities=[MINE], limits=Limits(package=1_000_000)) == "too_large"


def test_written_with_letters_and_digits_it_is_opened_too(tmp_path, inbox):
    import pyrage  # noqa: PLC0415 - we never write these

    content = pyrage.encrypt(b"PK", [pyrage.x25519.Recipient.from_str(RECIPIENT)], armored=True)
    taken = take_in(placed(tmp_path, content), inbox)
    assert unlock(taken, inbox, identities=[MINE]).path.read_bytes() == b"PK"


def test_keys_that_are_none_are_told_apart():
    assert recipient_of(MINE) == RECIPIENT
    for wrong in ("", "age1", RECIPIENT[:-1], MINE):
        with pytest.raises(UserError, match=r"package\.bad_recipient"):
            sealed(b"", wrong)
    with pytest.raises(UserError, match=r"package\.bad_identity"):
        recipient_of(RECIPIENT)
    with pytest.raises(UserError, match=r"package\.no_recipient"):
        encrypt_to(io.BytesIO(), io.BytesIO(), [])
    with pytest.raises(UserError, match=r"package\.no_passphrase"):
        encrypt_with_passphrase(b"", "")


def test_the_size_of_a_sealed_package_is_known_before():
    for size in (0, 1, 65_535, 65_536, 65_537, 1_000_000):
        for recipients in ((RECIPIENT,), (RECIPIENT, OTHER_RECIPIENT) * 5):
            actual = len(sealed(bytes(size), *recipients))
            assert actual <= sealed_size(size, len(recipients)) <= actual + 1500
    assert sealed_size(size_within(25_000_000)) <= 25_000_000
    assert size_within(10) == 0


class Failing(io.BytesIO):
    """A stick that is pulled out."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError(5, "Input/output error")

    def write(self, content, /) -> int:
        raise OSError(28, "No space left on device")


def test_a_disk_that_fails_is_not_taken_for_a_wrong_key():
    closed = sealed(b"x" * 100)
    for source, target in ((Failing(), io.BytesIO()), (io.BytesIO(closed), Failing())):
        with pytest.raises(OSError, match=r"Input|No space"):
            decrypt_with_keys(source, target, [MINE], name=NAME)
    for source, target in ((Failing(), io.BytesIO()), (io.BytesIO(b"x"), Failing())):
        with pytest.raises(OSError, match=r"Input|No space"):
            encrypt_to(source, target, [RECIPIENT])


class StoppedError(Exception):
    """A person changed their mind."""


def test_sealing_and_opening_can_be_stopped(tmp_path, inbox):
    content = Content()
    content.file(b"x" * 3_000_000)
    taken = take_in(written(tmp_path, content, envelope=Envelope((RECIPIENT,))).path, inbox)

    def stop(done: int, _total: int) -> None:
        if done > 1_000_000:
            raise StoppedError

    before = sorted(inbox.iterdir())
    with pytest.raises(StoppedError):
        unlock(taken, inbox, identities=[MINE], report=stop)
    with pytest.raises(StoppedError):
        written(tmp_path, content, name="other.wufei", envelope=Envelope((RECIPIENT,)), report=stop)
    assert sorted(inbox.iterdir()) == before
    assert not list(tmp_path.glob("other*"))


def test_a_sealed_package_is_read_back_as_well(tmp_path, monkeypatch):
    import wufei_cells.exchange.packages as packages  # noqa: PLC0415, PLR0402 - to spoil the file at the right moment

    def spoil(file) -> None:
        file.flush()
        file.seek(500)
        file.write(b"bad block")

    monkeypatch.setattr(packages, "forget_cached", spoil)
    with pytest.raises(EnvironmentFault, match=r"package\.read_back"):
        written(tmp_path, envelope=Envelope((RECIPIENT,)))
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_sealed_is_told_from_what_is(tmp_path):
    assert lock_of(b"PK\3\4") is Lock.NONE
    assert lock_of(sealed(b"")[:200]) is Lock.KEYS
    assert codes(placed(tmp_path, sealed(b""))) == ["still_encrypted"]
