"""A key's file opens with its passphrase alone, in other programs, too; what is wrong with one is said exactly."""

from __future__ import annotations

import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from wufei_cells.errors import UserError
from wufei_cells.signing import key_file
from wufei_cells.signing.key_file import name_in_file, read_key_file, write_key_file
from wufei_cells.signing.signing_key import generate

PASSPHRASE = "无废城市-二〇二六"  # noqa: S105 - opens nothing but what the tests make


@pytest.fixture(scope="module")
def file(key):
    return write_key_file(key, PASSPHRASE)


@pytest.fixture(scope="module")
def key():
    return generate()


def pem(key, encryption):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def test_it_opens_with_its_passphrase_and_names_its_key(key, file):
    assert read_key_file(file, PASSPHRASE).public == key.public
    assert name_in_file(file) == key.id
    assert read_key_file(file.replace(b"\n", b"\r\n"), PASSPHRASE).public == key.public


def test_the_secret_stands_neither_in_the_file_nor_in_what_is_printed(key, file):
    assert key.secret() not in file
    assert key.secret().hex() not in repr(key) + str(key)
    assert repr(key) == f"SigningKey({key.id})"


def test_openssl_opens_it_too(key, file, tmp_path):
    (tmp_path / "key.pem").write_bytes(file)
    command = ["openssl", "pkey", "-in", "key.pem", "-passin", f"pass:{PASSPHRASE}", "-pubout", "-outform", "DER"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert done.stdout[-32:] == key.public


def test_a_file_of_another_program_opens(key):
    own = Ed25519PrivateKey.from_private_bytes(key.secret())
    foreign = pem(own, BestAvailableEncryption(b"12345678"))
    assert read_key_file(foreign, "12345678").id == key.id
    assert name_in_file(foreign) is None


def test_two_files_of_one_key_differ(key, file):
    assert write_key_file(key, PASSPHRASE) != file


RSA = rsa.generate_private_key(65537, 2048)
PLAIN = Ed25519PrivateKey.generate()
PUBLIC = PLAIN.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize(
    ("content", "passphrase", "code"),
    [
        (b"", "12345678", "not_a_key"),
        ("会议纪要".encode("gb18030"), "12345678", "not_a_key"),
        (pem(RSA, BestAvailableEncryption(b"12345678")), "12345678", "other_kind"),
        (RSA.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()), "12345678", "other_kind"),
        (PUBLIC, "12345678", "other_kind"),
        (pem(PLAIN, NoEncryption()), "12345678", "unprotected"),
        (pem(PLAIN, BestAvailableEncryption(b"12345678")), "wrong", "wrong_passphrase"),
    ],
)
def test_what_is_no_key_of_ours_is_named(content, passphrase, code):
    with pytest.raises(UserError) as refused:
        read_key_file(content, passphrase)
    assert refused.value.code == f"office_key.{code}"


def test_a_wrong_passphrase_is_told_from_a_damaged_file(file):
    with pytest.raises(UserError, match="wrong_passphrase"):
        read_key_file(file, PASSPHRASE.replace("六", "七"))
    for damaged in (file[:-60], file[: len(file) // 2], file.replace(file[250:251], b"!", 1), altered(file)):
        with pytest.raises(UserError, match=r"damaged|not_a_key"):
            read_key_file(damaged, PASSPHRASE)


def altered(file):
    """One letter of the encrypted part is another, which only the checksum shows."""
    at = file.index(b"-----END") - 30
    return file[:at] + (b"A" if file[at : at + 1] != b"A" else b"B") + file[at + 1 :]


def test_an_altered_letter_is_damage_and_not_a_wrong_passphrase(file):
    with pytest.raises(UserError, match="damaged"):
        read_key_file(altered(file), PASSPHRASE)


def test_a_short_passphrase_is_refused(key):
    with pytest.raises(UserError, match="short_passphrase"):
        write_key_file(key, "1234567")


def test_a_passphrase_is_the_same_however_its_letters_are_composed(key):
    assert read_key_file(write_key_file(key, "Sta\u0308dte-Liste"), "St\u00e4dte-Liste").id == key.id


def test_a_stolen_file_is_slow_to_try(file):
    assert key_file.ROUNDS >= 600_000
