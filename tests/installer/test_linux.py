"""What a Linux desktop and Debian's tools are told about the program, and what its files say they need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from installer import content, icons
from installer.linux import archive, debian_package, desktop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="for Linux")


@pytest.fixture
def program(tmp_path):
    """The smallest folder that has what packing needs."""
    folder = tmp_path / "out" / content.PROGRAM
    (folder / "licenses").mkdir(parents=True)
    (folder / "licenses" / "README.txt").write_text("parts\n", encoding="utf-8")
    (folder / "_internal").mkdir()
    (folder / "_internal" / "标准.yaml").write_text("a: 1\n", encoding="utf-8")
    (folder / content.PROGRAM).write_text('#!/bin/sh\necho it runs "$@"\n', encoding="utf-8")
    (folder / content.PROGRAM).chmod(0o755)
    return folder


@pytest.fixture
def share(tmp_path):
    """What the desktop is told."""
    desktop.write_share(tmp_path / "share")
    return tmp_path / "share"


def needs(release=(2, 28)):
    from installer.linux import glibc  # noqa: PLC0415 - its reader is only installed on Linux

    return glibc.Needs(
        release, ("x",), ("libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0"), ("libcups.so.2",), ()
    )


def test_menu_has_the_chinese_name_and_opens_files():
    lines = desktop.entry().splitlines()
    assert "Name=无废细胞认定工作台" in lines
    assert "Name[en]=Wufei Cells" in lines
    assert "Exec=wufei-cells %F" in lines
    assert f"MimeType={desktop.PACKAGE};{desktop.UPDATE};{desktop.CHECKLIST}" in lines


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed")
def test_menu_entry_is_valid(share):
    file = next((share / "applications").glob("*.desktop"))
    done = subprocess.run(["desktop-file-validate", str(file)], check=False, capture_output=True, text=True)
    assert done.stdout + done.stderr == ""


def test_kinds_of_files_go_by_name_and_by_content(share):
    root = ET.parse(next((share / "mime" / "packages").glob("*.xml"))).getroot()  # noqa: S314 - written by ourselves
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    patterns = {kind.get("type"): kind.find(f"{space}glob").get("pattern") for kind in root}
    assert patterns == {desktop.PACKAGE: "*.wufei", desktop.UPDATE: "*.wufei-update"}
    first = root.find(f"{space}mime-type/{space}magic/{space}match")
    assert (first.get("value"), first.get("offset")) == ("PK\\003\\004", "0")
    assert (first[0].get("value"), first[0].get("offset")) == ("manifest.json", "30")


@pytest.mark.skipif(shutil.which("update-mime-database") is None, reason="shared-mime-info is not installed")
def test_the_system_takes_the_kinds_of_files(share):
    subprocess.run(["update-mime-database", str(share / "mime")], check=True, capture_output=True)
    known = (share / "mime" / "globs2").read_text(encoding="utf-8")
    assert "60:application/x-wufei-package:*.wufei" in known


def test_icon_is_drawn_in_every_size_and_is_no_empty_square():
    drawn = icons.pngs()
    assert set(drawn) == set(icons.SIZES)
    assert all(picture.startswith(b"\x89PNG") for picture in drawn.values())
    assert len(drawn[256]) > 3_000


def test_icons_for_the_other_systems_hold_all_sizes(tmp_path):
    from PIL import Image  # noqa: PLC0415 - only this test reads pictures

    with (
        Image.open(icons.write_ico(tmp_path / "i.ico")) as ico,
        Image.open(icons.write_icns(tmp_path / "i.icns")) as icns,
    ):
        assert (16, 16) in ico.info["sizes"]
        assert (256, 256) in ico.info["sizes"]
        assert max(size[0] for size in icns.info["sizes"]) >= 256


def test_package_asks_for_the_c_library_that_its_files_need():
    lines = dict(line.split(": ", 1) for line in debian_package.control(needs(), 1000).splitlines() if ": " in line)
    assert lines["Depends"] == "libc6 (>= 2.28), libegl1, libglib2.0-0t64 | libglib2.0-0"
    assert lines["Recommends"].startswith("libcups2t64 | libcups2, ")
    assert lines["Version"] == content.version()


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not installed")
def test_package_holds_the_program_its_command_and_no_script_that_could_touch_data(program, share, tmp_path):
    made = debian_package.write(program, share, needs(), tmp_path / "a.deb", 1_700_000_000)
    listing = subprocess.run(["dpkg-deb", "-c", made], check=True, capture_output=True, text=True).stdout
    assert " ./usr/bin/wufei-cells -> ../../opt/wufei-cells/wufei-cells" in listing
    assert "-rwxr-xr-x root/root" in next(
        line for line in listing.splitlines() if line.endswith("/wufei-cells/wufei-cells")
    )
    scripts = subprocess.run(["dpkg-deb", "--ctrl-tarfile", made], check=True, capture_output=True).stdout
    assert all(name not in scripts for name in (b"postinst", b"prerm", b"postrm", b"preinst"))


@pytest.mark.parametrize("kind", ["archive", "package"])
def test_same_content_gives_the_same_bytes(kind, program, share, tmp_path):
    if kind == "package" and shutil.which("dpkg-deb") is None:
        pytest.skip("dpkg-deb is not installed")

    def made(name):
        if kind == "archive":
            return archive.write(program, share, tmp_path / name, 1_700_000_000).read_bytes()
        return debian_package.write(program, share, needs(), tmp_path / name, 1_700_000_000).read_bytes()

    first = made("first")
    for path in program.rglob("*"):
        os.utime(path, (1, 1))
    (program / "_internal").chmod(0o700)
    assert made("second") == first


@pytest.fixture
def unpacked(program, share, tmp_path):
    """The portable archive in a folder with a Chinese name."""
    made = archive.write(program, share, tmp_path / "a.tar.xz", 1_700_000_000)
    place = tmp_path / "U 盘"
    place.mkdir()
    with tarfile.open(made) as tar:
        # Debian 12's Python has no filters yet; the archive is our own.
        tar.extractall(place, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))  # noqa: S202
    return place / content.PROGRAM


def test_archive_is_portable_as_it_is(unpacked):
    from wufei_cells import paths  # noqa: PLC0415 - the program's own word for the folder

    assert (unpacked / paths.PORTABLE_FOLDER / "说明.txt").is_file()
    assert "install.sh" in (unpacked / "说明.txt").read_text(encoding="utf-8")
    assert os.access(unpacked / content.PROGRAM, os.X_OK)


def install(unpacked, home, *arguments):
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    script = ["sh", str(unpacked / "install.sh"), *arguments]
    return subprocess.run(script, check=False, env=environment, capture_output=True, text=True)


def test_a_person_installs_it_without_an_administrator_and_takes_it_away_again(unpacked, tmp_path):
    home = tmp_path / "张 三"
    data = home / ".local" / "share" / "wufei-cells" / "register.db"
    data.parent.mkdir(parents=True)
    data.write_text("precious", encoding="utf-8")
    assert install(unpacked, home).returncode == 0
    assert install(unpacked, home).returncode == 0, "a second time replaces the first"
    menu = (home / ".local/share/applications/wufei-cells.desktop").read_text(encoding="utf-8")
    assert f'Exec="{home}/.local/opt/wufei-cells/wufei-cells" %F' in menu
    started = subprocess.run([home / ".local/bin/wufei-cells", "x"], check=True, capture_output=True, text=True)
    assert started.stdout == "it runs x\n"
    assert not (home / ".local/opt/wufei-cells/wufei-data").exists(), "installed, it keeps to the user's folders"
    assert install(unpacked, home, "--remove").returncode == 0
    ours = [path for path in home.rglob("*wufei-cells*") if path != data.parent]
    assert ours == []
    assert data.read_text(encoding="utf-8") == "precious"


def test_taking_it_away_stops_before_data_in_its_folder(unpacked, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    install(unpacked, home)
    (home / ".local/opt/wufei-cells/wufei-data").mkdir()
    done = install(unpacked, home, "--remove")
    assert done.returncode == 1
    assert "wufei-data" in done.stderr
    assert (home / ".local/opt/wufei-cells/wufei-cells").exists()


def test_files_say_which_c_library_and_which_libraries_they_need():
    from installer.linux import elf  # noqa: PLC0415 - its reader is only installed on Linux

    found = elf.references(_a_real_program())
    assert "libc.so.6" in found.libraries
    assert any(version.startswith("GLIBC_2.") for _library, version in found.versions)


def _a_real_program():
    return Path("/bin/sh").resolve()


@pytest.mark.skipif(shutil.which("readelf") is None, reason="binutils are not installed")
def test_they_say_the_same_to_binutils():
    from installer.linux import elf  # noqa: PLC0415 - as above

    said = subprocess.run(["readelf", "-V", _a_real_program()], check=True, capture_output=True, text=True).stdout
    for _library, version in elf.references(_a_real_program()).versions:
        assert f"Name: {version} " in said


def test_the_needs_of_a_folder_are_those_of_its_files(tmp_path):
    from installer.linux import glibc  # noqa: PLC0415 - as above

    (tmp_path / "_internal").mkdir()
    shutil.copy(_a_real_program(), tmp_path / "_internal" / "shell")
    (tmp_path / "text").write_text("no program", encoding="utf-8")
    found = glibc.needs_of(tmp_path)
    assert found.glibc >= (2, 2)
    assert found.newest_users == ("_internal/shell",)
    assert (found.system, found.optional, found.unknown) == ((), (), ())
