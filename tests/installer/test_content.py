"""The one list says for every system what goes into the program, and PyInstaller's silences are heard."""

from __future__ import annotations

import ast
import importlib.resources
import re
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from installer import content, freezing, pruning
from ui.widgets import settings_program

ROOT = content.ROOT


@pytest.mark.parametrize(
    ("system", "plugin"),
    [
        ("linux", "platforms/libqxcb.so"),
        ("linux", "platforms/libqoffscreen.so"),
        ("linux", "platforms/libqwayland-generic.so"),
        ("linux", "platforminputcontexts/libibusplatforminputcontextplugin.so"),
        ("linux", "platforminputcontexts/libcomposeplatforminputcontextplugin.so"),
        ("win32", "platforms/qwindows.dll"),
        ("win32", "platforms/qoffscreen.dll"),
        ("win32", "styles/qmodernwindowsstyle.dll"),
        ("darwin", "platforms/libqcocoa.dylib"),
        *[(system, "imageformats/libqjpeg.so") for system in ("linux", "win32", "darwin")],
        *[(system, "iconengines/libqsvgicon.so") for system in ("linux", "win32", "darwin")],
    ],
)
def test_plugins_that_a_window_needs_are_kept(system, plugin):
    assert content.wanted_file(f"PySide6/Qt/plugins/{plugin}", system)
    assert content.wanted_file(f"PySide6\\plugins\\{plugin.replace('/', chr(92))}", system)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlpsql.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/platforms/libqwindows.so",
        "PySide6/Qt/qml/QtQuick/libqtquick2plugin.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/designer_zh_CN.qm",
        "libX11.so.6",
        "libcups.so.2",
        "sqlalchemy-2.1.9.dist-info/RECORD",
    ],
)
def test_what_no_window_of_ours_needs_is_left_out(path):
    assert not content.wanted_file(path, "linux")


def test_the_words_of_qts_own_buttons_are_kept_in_chinese():
    assert content.wanted_file("PySide6/Qt/translations/qtbase_zh_CN.qm")
    assert content.wanted_file("PySide6/translations/qtbase_zh_CN.qm", "win32")


def test_every_data_file_that_the_program_reads_is_in_the_list():
    listed = {Path(source).relative_to(ROOT).as_posix() for source, _into in content.data_files()}
    endings = {suffix for suffixes in content.DATA.values() for suffix in suffixes} | {".py"}
    for package in content.DATA:
        files = [path for path in (ROOT / package).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert {path.suffix for path in files} <= endings, "a kind of data file that the list does not know"
        inside = {path.relative_to(ROOT).as_posix() for path in files if path.suffix != ".py"}
        assert inside <= listed
    assert importlib.resources.files("criteria").is_dir()


def test_every_module_of_ours_is_in_the_list_also_those_imported_late():
    modules = set(content.our_modules())
    assert {
        "ui.__main__",
        "ui.dialogs.crash_dialog",
        "wufei_cells.command_line.main",
        "criteria",
        "resources",
    } <= modules
    assert len(modules) == len(content.our_modules())


def test_no_module_of_ours_imports_what_is_excluded():
    """By the source: an excluded module would only be missed on the day when somebody needs it."""
    wrong: list[str] = []
    for package in content.PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            found = imported(path.read_text(encoding="utf-8"))
            wrong += [f"{path.name}: {name}" for name in found if is_excluded(name)]
    assert wrong == []


def imported(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def is_excluded(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in content.EXCLUDED_MODULES)


def test_packages_that_the_about_page_names_tell_their_versions_unless_they_are_left_out():
    known = {canonicalize_name(name) for name in content.locked()}
    left_out = {canonicalize_name(name) for name in content.EXCLUDED_MODULES}
    assert {canonicalize_name(name) for name, _license in settings_program.LIBRARIES} <= known | left_out


def test_metadata_says_the_name_and_the_version_and_no_more_of_ours(tmp_path):
    written = {into: Path(source) for source, into in content.metadata_files(tmp_path)}
    ours = written[f"wufei_cells-{content.version()}.dist-info"].read_text(encoding="utf-8")
    assert re.fullmatch(r"Metadata-Version: \S+\nName: wufei-cells\nVersion: \d+\.\d+\.\d+\n", ours)
    assert {path.name for path in written.values()} == {"METADATA"}


SILENT = """\
58 INFO: PyInstaller: 6.22.3, contrib hooks: 2026.9
31756 ERROR: Hidden import 'wufei_cells.nothing' not found
120 WARNING: collect_data_files - skipping data collection for module 'criteria' as it is not found.
33561 WARNING: Library ole32 required via ctypes not found
32774 WARNING: Library not found: could not resolve 'libgtk-3.so.0', \
dependency of '/e/PySide6/Qt/plugins/platformthemes/libqgtk3.so'.
32775 WARNING: Library not found: could not resolve 'libxcb-cursor.so.0', \
dependency of '/e/PySide6/Qt/plugins/platforms/libqxcb.so'.
"""


def test_what_pyinstaller_only_mentions_ends_the_build_when_it_matters():
    assert [line.split(" ", 1)[0] for line in freezing.complaints(SILENT)] == ["31756", "120", "32775"]


def test_links_are_left_out_on_linux_because_memory_sticks_hold_none(monkeypatch):
    monkeypatch.setattr(pruning.sys, "platform", "linux")
    link = ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK")
    assert pruning.pruned([link], [link]) == ([], [])
