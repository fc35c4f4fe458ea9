"""An update file is accepted whole or not at all; what is wrong with it is said at once."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.updates.made_programs import make_update
from wufei_cells import shipped
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.signing import signing_key
from wufei_cells.updates import container, opening, signatures
from wufei_cells.updates.limits import Limits

NAMES = ["manifest.json", "manifest.sig"]


def refused(path: Path, trusted, running, **more) -> set[str]:
    """Check a file that must be refused; give the codes of its problems."""
    with pytest.raises(ProblemsFound) as found:
        opening.check(path, trusted, running, **more)
    sentences = shipped.wording_catalogue()
    assert all(problem.code in sentences for problem in found.value.problems)
    return {problem.code for problem in found.value.problems}


def repacked(source: Path, target: Path, change) -> Path:
    """Pack an update anew after changing what it holds, in the plain way of a zip file."""
    with zipfile.ZipFile(source) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    change(held)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return target


def resigned(source: Path, target: Path, key, change) -> Path:
    """Change the manifest and sign it again: what a releaser's own mistake, or a stolen key, would look like."""

    def change_manifest(held):
        stated = json.loads(held["manifest.json"])
        change(stated)
        held["manifest.json"] = json.dumps(stated).encode()
        held["manifest.sig"] = signatures.sign(held["manifest.json"], key).encode()

    return repacked(source, target, change_manifest)


def test_a_sound_file_says_what_it_brings(update_file, trusted, running, key):
    update = opening.check(update_file, trusted, running)
    assert (update.manifest.version, update.signer) == ("0.8.0", key.public)
    assert update.manifest.size == sum(file.size for file in update.manifest.files)
    assert [link.target for link in update.manifest.links] == ["lib.so"]
    assert update_file.name == f"wufei-cells-0.8.0-{running.platform}.wufei-update"


def test_the_same_program_gives_the_same_bytes(tmp_path, update_file, key):
    assert make_update(tmp_path, "0.8.0", key).read_bytes() == update_file.read_bytes()


def test_everything_that_does_not_fit_is_said_at_once(update_file, running):
    other = replace(running, version="0.9.0", platform="windows-x64", schema="99.0")
    stranger = signing_key.generate()
    codes = refused(update_file, {stranger.id: stranger.public}, other)
    assert codes == {"update.unknown_key", "update.other_platform", "update.older", "update.older_schema"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"version": "0.8.0"}, "update.same"),
        ({"version": "0.10.0"}, "update.older"),
        ({"platform": "linux-sparc"}, "update.other_platform"),
    ],
)
def test_what_does_not_fit_the_program_that_runs(update_file, trusted, running, change, code):
    assert refused(update_file, trusted, replace(running, **change)) == {code}


def test_a_newer_c_library_is_asked_for(tmp_path, key, trusted, running):
    update = make_update(tmp_path, "0.8.0", key, glibc="2.99")
    assert refused(update, trusted, replace(running, glibc="2.28")) == {"update.glibc"}
    assert opening.check(update, trusted, replace(running, glibc="2.100"))


def test_without_a_signature_that_counts_nothing_is_accepted(tmp_path, update_file, trusted, running):
    unsigned = repacked(update_file, tmp_path / "a", lambda held: held.pop("manifest.sig"))
    assert refused(unsigned, trusted, running) == {"update.unsigned"}
    assert refused(update_file, {}, running) == {"update.no_keys"}


def test_a_manifest_that_was_changed_after_signing(tmp_path, update_file, trusted, running):
    def raise_version(held):
        held["manifest.json"] = held["manifest.json"].replace(b"0.8.0", b"0.8.1")

    assert refused(repacked(update_file, tmp_path / "a", raise_version), trusted, running) == {"update.changed"}


def test_a_key_hands_over_to_the_next(tmp_path, key, trusted, running):
    following = signing_key.generate()
    both = make_update(tmp_path, "0.8.0", key, following, signers=(following, key))
    assert opening.check(both, trusted, running).signer == key.public
    assert opening.check(both, {following.id: following.public}, running).signer == following.public
    keys = signatures.trusted_keys(tmp_path / "built-0.8.0" / signatures.FOLDER)
    assert keys == {key.id: key.public, following.id: following.public}


def test_what_is_no_key_is_passed_over(tmp_path, key):
    assert signatures.trusted_keys(tmp_path / "none") == {}
    (tmp_path / "a.pem").write_text("no key")
    assert signatures.trusted_keys(tmp_path) == {}


def test_missing_and_extra_files(tmp_path, update_file, trusted, running):
    def swap(held):
        held.pop(next(name for name in held if name not in NAMES))
        held[f"files/{'0' * 64}"] = b"stowaway"

    assert refused(repacked(update_file, tmp_path / "a", swap), trusted, running) == {"update.missing", "update.extra"}


def test_a_file_with_another_content(tmp_path, update_file, trusted, running):
    def change(held):
        name = next(name for name in held if name not in NAMES)
        held[name] = held[name][:-1] + bytes([held[name][-1] ^ 1])

    assert refused(repacked(update_file, tmp_path / "a", change), trusted, running) == {"update.damaged"}


def test_names_of_members_that_lead_somewhere(tmp_path, update_file, trusted, running):
    changed = repacked(update_file, tmp_path / "a", lambda held: held.update({"../../evil": b"x"}))
    assert "update.member" in refused(changed, trusted, running)


@pytest.mark.parametrize(
    "path",
    [
        "../evil",
        "/etc/evil",
        "a/../../evil",
        "a//b",
        "a/./b",
        "C:/evil",
        "a\\..\\evil",
        "con",
        "_internal/NUL.txt",
        "trailing.",
        "trailing ",
        "a\nb",
        "a\u0000b",
        "",
        "x" * 300,
        "wufei-data/register/wufei.db",
        "Wufei-Data/x",
        "update-record.json",
    ],
)
def test_paths_that_lead_out_or_are_none_everywhere(tmp_path, update_file, trusted, running, key, path):
    def add(stated):
        stated["files"].append([path, *stated["files"][0][1:]])

    changed = resigned(update_file, tmp_path / "a", key, add)
    assert refused(changed, trusted, running) == {"update.path"}


@pytest.mark.parametrize("path", ["_INTERNAL/LIB.SO", "_internal", "wufei-cells/inside"])
def test_two_files_in_one_place(tmp_path, update_file, trusted, running, key, path):
    def add(stated):
        stated["files"].append([path, *stated["files"][0][1:]])

    assert refused(resigned(update_file, tmp_path / "a", key, add), trusted, running) == {"update.path_twice"}


@pytest.mark.parametrize("target", ["/etc/passwd", "../../evil", "..", "", "nowhere", "lib.so.1", "C:\\evil"])
def test_links_that_lead_out_or_nowhere(tmp_path, update_file, trusted, running, key, target):
    def change(stated):
        stated["links"][0][1] = target

    assert refused(resigned(update_file, tmp_path / "a", key, change), trusted, running) == {"update.link_out"}


def test_sizes_that_lie(tmp_path, update_file, trusted, running, key):
    def shrink(stated):
        stated["files"][0][1] += 1

    assert refused(resigned(update_file, tmp_path / "a", key, shrink), trusted, running) == {"update.size"}


def test_a_bomb_is_refused_by_what_it_states(tmp_path, update_file, trusted, running, key):
    def grow(stated):
        stated["files"][0][1] = 10**12

    assert "update.too_large" in refused(resigned(update_file, tmp_path / "a", key, grow), trusted, running)
    assert refused(update_file, trusted, running, limits=Limits(update=100)) == {"update.too_large"}
    assert refused(update_file, trusted, running, limits=Limits(members=1)) == {"update.too_many"}


def test_a_program_that_nobody_could_start(tmp_path, update_file, trusted, running, key):
    changed = resigned(update_file, tmp_path / "a", key, lambda stated: stated.update(entry="_internal/lib.so"))
    assert refused(changed, trusted, running) == {"update.no_entry"}


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{", b"[" * 100_000, b"\xff", b'{"format": 2}', b'{"format": 1}'])
def test_manifests_that_are_none(tmp_path, update_file, trusted, running, manifest, key):
    def change(held):
        held["manifest.json"] = manifest
        held["manifest.sig"] = signatures.sign(manifest, key).encode()

    codes = refused(repacked(update_file, tmp_path / "a", change), trusted, running)
    assert len(codes) == 1
    assert codes <= {"update.manifest", "update.format", "update.other_program"}


def test_what_is_no_update_file(tmp_path, trusted, running):
    (tmp_path / "paper").write_bytes(b"%PDF-1.7 and so on, for some more bytes")
    assert refused(tmp_path / "paper", trusted, running) == {"update.not_an_update"}
    with pytest.raises(UserError, match=r"file\.not_found"):
        opening.check(tmp_path / "nothing", trusted, running)
    with pytest.raises(UserError, match=r"file\.is_folder"):
        opening.check(tmp_path, trusted, running)


def test_bytes_before_between_or_behind_the_members(tmp_path, update_file, trusted, running):
    content = update_file.read_bytes()
    for number, changed in enumerate((b"#!/bin/sh\n" + content, content + b"more")):
        path = tmp_path / str(number)
        path.write_bytes(changed)
        assert refused(path, trusted, running) <= {"update.layout", "update.cut_off", "update.not_an_update"}


@given(cut=st.floats(0, 1, exclude_max=True))
def test_a_file_that_was_cut_off_is_never_accepted(update_file, trusted, running, tmp_path_factory, cut):
    content = update_file.read_bytes()
    path = tmp_path_factory.getbasetemp() / "cut"
    path.write_bytes(content[: int(len(content) * cut)])
    assert refused(path, trusted, running) <= {"update.cut_off", "update.not_an_update"}


@given(data=st.data())
def test_no_changed_byte_goes_unseen(update_file, trusted, running, tmp_path_factory, data):
    """Times and versions in the zip's own lines may change: nothing of them is used. What comes out never does."""
    content = bytearray(update_file.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.getbasetemp() / "changed"
    path.write_bytes(content)
    try:
        found = opening.check(path, trusted, running).manifest
    except ProblemsFound:
        found = None
    assert found in (None, opening.check(update_file, trusted, running).manifest)


def test_a_stick_that_is_pulled_out_is_the_machines_fault(tmp_path, update_file, trusted, running):
    copy = shutil.copy(update_file, tmp_path / "on a stick")

    def stop(done: int, _total: int) -> None:
        if done:
            raise OSError(5, "Input/output error")

    with pytest.raises(Exception, match=r"file\.not_readable"):
        opening.check(Path(copy), trusted, running, stop)


def test_names_for_the_screen_are_harmless():
    assert container.shown("a\x1b[31mb" + "x" * 100) == "a?[31mb" + "x" * 73 + "…"
