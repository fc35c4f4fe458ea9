"""Keys that releases are signed with: made once, never written over, read by other programs; and the update file."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace

import pytest

from installer import update_file as building
from tests.updates.made_programs import make_program
from wufei_cells.errors import UserError
from wufei_cells.signing import release_key
from wufei_cells.updates import opening, signatures


def test_a_new_key_is_for_its_owner_alone_and_its_public_half_lies_beside_it(tmp_path):
    private = building.make_release_key(tmp_path / "release.pem")
    assert os.name == "nt" or private.stat().st_mode & 0o077 == 0
    assert (tmp_path / "release.public.pem").read_bytes() == building.public_key_of(private)
    assert building.is_private(private)
    assert not building.is_private(tmp_path / "release.public.pem")
    with pytest.raises(building.ReleaseKeyError):
        building.make_release_key(private)


def test_a_key_with_a_passphrase(tmp_path):
    private = building.make_release_key(tmp_path / "release.pem", "天干地支 8 字")
    assert building.public_key_of(private, "天干地支 8 字") == (tmp_path / "release.public.pem").read_bytes()
    with pytest.raises(building.ReleaseKeyError):
        building.public_key_of(private, "another")


def test_other_programs_read_the_files(tmp_path):
    private = building.make_release_key(tmp_path / "release.pem")
    command = ["openssl", "pkey", "-in", str(private), "-pubout"]
    try:
        told = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("no openssl here")
    assert told.stdout == building.public_key_of(private)


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_what_is_no_key(content):
    assert release_key.public_from_pem(content) is None
    with pytest.raises(UserError, match=r"update\.release_key_unreadable"):
        release_key.private_from_pem(content)


@pytest.mark.parametrize("platform", ["linux-x86_64", "windows-x64"])
def test_the_update_file_of_a_built_program(tmp_path, running, platform):
    private = building.make_release_key(tmp_path / "release.pem")
    folder = make_program(tmp_path / "built", "0.8.0")
    (folder / signatures.FOLDER / "release.pem").write_bytes(building.public_key_of(private))
    for name in ("wufei-cells.exe", "wufei-cells-cli.exe"):
        (folder / name).write_bytes(b"MZ")
        (folder / name).chmod(0o755)
    made = building.write_update_file(folder, "0.8.0", platform, private, tmp_path, glibc="2.28")
    assert made.name == f"wufei-cells-0.8.0-{platform}.wufei-update"
    trusted = signatures.trusted_keys(folder / signatures.FOLDER)
    manifest = opening.check(made, trusted, replace(running, platform=platform, glibc="2.28")).manifest
    assert manifest.entry == ("wufei-cells.exe" if "windows" in platform else "wufei-cells")
    assert manifest.check == ("--self-check",)
