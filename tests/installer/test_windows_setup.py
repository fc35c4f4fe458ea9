"""The script of the setup program is made from what lies in the program's folder, and takes nothing of the user's."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from installer import content
from installer.windows import registry
from installer.windows.setup_text import BROUGHT_BY_UPDATES, SCRIPT, make_setup, values_text
from installer.windows.version_info import WORDS, four_numbers
from wufei_cells.paths import PORTABLE_FOLDER
from wufei_cells.updates import listing, path_names, places


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a program folder as PyInstaller and a release key leave it."""
    made = tmp_path / "无废 program"
    for name in (
        f"{content.LIBRARIES}/base_library.zip",
        "release-keys/office.pem",
        "wufei-cells.exe",
        "wufei-cells-cli.exe",
    ):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(b"x" * 2048)
    return made


def values(folder: Path) -> str:
    return values_text(folder, "0.7.0", Path("program.ico"), Path("wufei-cells-0.7.0-windows-x64-setup.exe"))


def test_only_what_lies_in_the_folder_is_removed(folder: Path) -> None:
    removed = re.findall(r'!insertmacro Remove(\w+) "(.+)"', values(folder))
    programs = [("File", "wufei-cells-cli.exe"), ("File", "wufei-cells.exe")]
    by_updates = [("Folder", "licenses"), ("Folder", "release-keys"), ("File", "update-record.json")]
    assert removed == [*by_updates, *programs]
    recursive = re.findall(r'RMDir /r "(.+)"', SCRIPT.read_text("utf-8"))
    assert recursive == [r"$INSTDIR\${LIBRARIES}", r"$INSTDIR\${name}", r"$2\$1"]


def test_a_version_that_was_set_aside_goes_only_without_data() -> None:
    lines = [line.strip() for line in SCRIPT.read_text("utf-8").splitlines()]
    at = lines.index(r'RMDir /r "$2\$1"')
    assert lines[at - 2] == r'${If} ${FileExists} "$2\$1\${LIBRARIES}\*.*"'
    assert lines[at - 1] == r'${AndIfNot} ${FileExists} "$2\$1\${PORTABLE_FOLDER}\*.*"'


def test_every_name_by_which_an_update_sets_aside_is_known() -> None:
    endings = re.findall(r'!insertmacro RemoveSetAside "([^"]+)"', SCRIPT.read_text("utf-8"))
    assert endings == [f"{places.BEFORE}*", f"{places.NEWER}*", places.INCOMING, places.HELPER]
    assert set(path_names.OURS) - {PORTABLE_FOLDER} <= set(BROUGHT_BY_UPDATES)
    assert f'Delete "$INSTDIR{places.PLAN}"' in SCRIPT.read_text("utf-8")


def test_updates_by_file_find_what_setup_listed(folder: Path) -> None:
    for name in ("InstallLocation", "DisplayVersion"):
        assert f'WriteRegStr HKCU "{listing.UNINSTALL_KEY}" "{name}" ' in values(folder)


def test_the_users_data_is_nowhere_in_the_script(folder: Path) -> None:
    text = SCRIPT.read_text("utf-8") + values(folder)
    assert r"LOCALAPPDATA\wufei-cells" not in text
    assert "$APPDATA" not in text


def test_the_size_is_the_folders(folder: Path) -> None:
    assert '!define SIZE_IN_KB "8"' in values(folder)


def test_every_sentence_is_in_both_languages(folder: Path) -> None:
    words = json.loads(WORDS.read_text("utf-8"))
    assert all(set(texts) == {"zh", "en"} and all(texts.values()) for texts in words.values())
    used = set(re.findall(r"\$\(words_(\w+)\)", SCRIPT.read_text("utf-8") + values(folder)))
    assert used <= set(words)
    strings = re.findall(r"LangString words_(\w+) \$\{LANG_(\w+)\}", values(folder))
    assert {key for key, language in strings if language == "SIMPCHINESE"} == set(words)
    assert {key for key, language in strings if language == "ENGLISH"} == set(words)


def test_every_name_that_the_script_asks_for_is_given(folder: Path) -> None:
    script = SCRIPT.read_text("utf-8")
    given = set(re.findall(r"!define (\w+)", values(folder) + script)) | set(
        re.findall(r"!macro (\w+)", values(folder))
    )
    asked = {name for name in re.findall(r"\$\{([A-Z_]+)\}", script) if not name.startswith("LANG_")} - {"VALUES"}
    assert asked <= given
    assert {"Words", "EachBeside", "WriteKeys", "DeleteKeys"} <= given


def test_no_administrator_is_asked_for() -> None:
    script = SCRIPT.read_text("utf-8")
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    assert all(" HKCU " in line for line in registry.written())


def test_everything_that_is_written_is_deleted() -> None:
    written = {found[1] for line in registry.written() if (found := re.search(r'HKCU "([^"]+)"', line))}
    deleted = [found[1] for line in registry.deleted() if (found := re.search(r'Delete\w+ HKCU "([^"]+)"', line))]
    deleted += [found[1] for line in registry.deleted() if (found := re.search(r'/ifempty HKCU "([^"]+)"', line))]
    assert all(any(key == gone or key.startswith(f"{gone}\\") for gone in deleted) for key in written)


@pytest.mark.parametrize("kind", registry.OWN_TYPES, ids=lambda kind: kind.ending)
def test_an_ending_that_another_program_took_over_stays_with_it(kind: registry.FileType) -> None:
    lines = registry.deleted()
    at = lines.index(f'  DeleteRegKey HKCU "{registry.CLASSES}\\{kind.ending}"')
    assert lines[at - 1] == f'${{If}} $0 == "{kind.name}"'


def test_common_endings_are_only_offered() -> None:
    for ending in registry.SHARED_ENDINGS:
        lines = [line for line in registry.written() if f"\\{ending}" in line]
        assert len(lines) == 1
        assert "OpenWithProgids" in lines[0]


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.7.0", (0, 7, 0, 0)), ("1.2.3.4", (1, 2, 3, 4)), ("2.0rc1", (2, 0, 0, 0))]
)
def test_windows_counts_with_four_numbers(version: str, numbers: tuple[int, int, int, int]) -> None:
    assert four_numbers(version) == numbers


@pytest.mark.skipif(not shutil.which("makensis"), reason="NSIS is not installed")
def test_nsis_takes_the_script_without_a_warning(folder: Path, tmp_path: Path) -> None:
    icon = Path(next(Path("/usr/share/nsis/Contrib/Graphics/Icons").glob("*.ico"), ""))
    target = tmp_path / "wufei-cells-0.7.0-windows-x64-setup.exe"
    assert make_setup(folder, "0.7.0", icon, target).read_bytes().startswith(b"MZ")
    assert not list(tmp_path.glob("*.nsh"))


@pytest.mark.skipif(not shutil.which("makensis"), reason="NSIS is not installed")
def test_what_nsis_refuses_is_an_error(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        make_setup(folder, "0.7.0", tmp_path / "no.ico", tmp_path / "wufei-cells-setup.exe")
