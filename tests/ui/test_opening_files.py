"""Files that are opened with the program: what is one, what each is, and where it leads."""

from __future__ import annotations

import pytest

from tests.ui.conftest import wait_until
from ui import __main__ as program
from ui.dialogs.problems_dialog import ProblemsDialog
from ui.dialogs.update_dialog import UpdateDialog
from ui.models.opened_files import FileKind, look_at


def entered(window, room):
    """Wait for a room to be entered, and give its page."""
    wait_until(lambda: window.main.current_room == room)
    return window.main.page(room)


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """What the start decides on: ``("command", words)`` or ``("window", file names)``."""
    monkeypatch.chdir(tmp_path)
    seen = []
    monkeypatch.setattr("wufei_cells.command_line.main.main", lambda words: seen.append(("command", list(words))) or 0)
    monkeypatch.setattr("ui.start.run", lambda _choices, files: seen.append(("window", [*map(str, files)])) or 0)

    def ask(*words):
        program.main(list(words))
        return seen[-1]

    return ask


def test_files_open_the_window_with_their_whole_paths(asked, tmp_path):
    (tmp_path / "李 四.wufei").touch()
    found = asked("--data", "x", "李 四.wufei", "gone.wufei-update", "sub/标准.YAML")
    assert found == ("window", [str(tmp_path / name) for name in ("李 四.wufei", "gone.wufei-update", "sub/标准.YAML")])


def test_a_file_of_any_kind_that_is_there_is_one(asked, tmp_path):
    (tmp_path / "说明").touch()
    assert asked("说明") == ("window", [str(tmp_path / "说明")])
    assert asked(str(tmp_path)) == ("window", [str(tmp_path)])


@pytest.mark.parametrize(
    "words", [("demo", "out"), ("site", "list"), ("--json", "site"), ("check", "a.yaml"), ("siet",)]
)
def test_a_command_wins_over_a_file_of_its_name(asked, tmp_path, words):
    (tmp_path / "demo").touch()
    (tmp_path / "site").mkdir()
    assert asked(*words) == ("command", list(words))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.wufei", b"", FileKind.PACKAGE),
        ("a.wufei-update", b"", FileKind.UPDATE),
        ("标准.YML", b"", FileKind.CHECKLIST),
        ("a.json", b"", FileKind.CHECKLIST),
        ("a.xlsx", b"PK\x03\x04", FileKind.CHECKLIST),
        ("wufei.db", b"SQLite format 3\0", FileKind.REGISTER),
        ("证书.pdf", b"%PDF-1.7", FileKind.CERTIFICATE),
        ("a.jpg", b"\xff\xd8\xff\xe0", FileKind.PICTURE),
        ("a.zip", b"PK\x03\x04", FileKind.ARCHIVE),
        ("a.txt", b"", FileKind.EMPTY),
        ("a.txt", b"words", FileKind.UNKNOWN),
    ],
)
def test_a_file_is_known_by_its_ending_or_its_beginning(tmp_path, name, content, kind):
    (tmp_path / name).write_bytes(content)
    assert look_at(tmp_path / name).kind is kind


def test_what_is_no_file_is_known_too(tmp_path):
    assert look_at(tmp_path).kind is FileKind.FOLDER
    assert look_at(tmp_path / "gone.wufei").kind is FileKind.MISSING
    assert look_at(tmp_path / ("名" * 300)).kind is FileKind.MISSING


def test_every_kind_that_cannot_be_opened_has_its_sentence(window, open_window, tmp_path):
    said = []
    window.context.notices.posted.connect(lambda notice: said.append(notice.text))
    for name, content in (("a.pdf", b"%PDF-"), ("b.txt", b"?"), ("c.txt", b""), ("d.db", b"SQLite format 3\0")):
        (tmp_path / name).write_bytes(content)
        window.opening.open([tmp_path / name])
    window.opening.open([tmp_path, tmp_path / "没有.wufei"])
    assert ["a.pdf" in said[0], "b.txt" in said[1], "c.txt" in said[2], "d.db" in said[3]] == [True] * 4
    assert "另有 1 个" in said[4]
    assert not [sentence for sentence in said if "opening." in sentence or "{" in sentence]
    assert {f"opening.is.{kind.value}" for kind in FileKind} - set(window.context.i18n.wording._catalogue) == {
        "opening.is.package",
        "opening.is.checklist",
        "opening.is.update",
    }


def test_packages_wait_for_the_register_and_come_together(open_window, register, tmp_path):
    packages = [tmp_path / "一 包.wufei", tmp_path / "二.wufei"]
    for package in packages:
        package.write_bytes(b"no package at all")
    window = open_window(register, wait=False)
    window.opening.open([packages[0]])
    window.opening.open([packages[1], packages[0]])
    assert window.main.current_room == ""
    page = entered(window, "exchange")
    open_window.settle(window)
    assert page.steps.taking.isVisible()
    names = {one.name for one in page.steps.taking.found.received}
    assert names == {"一 包.wufei", "二.wufei"}
    page.steps.taking.reject()


def test_a_checklist_becomes_a_draft_and_its_mistakes_are_shown_at_once(window, open_window, tmp_path):
    (tmp_path / "我们的标准.yaml").write_text("category: [", "utf-8")
    window.opening.open([tmp_path / "我们的标准.yaml"])
    page = entered(window, "checklists")
    open_window.settle(window)
    dialog = page.findChild(ProblemsDialog)
    assert "我们的标准.yaml" in dialog.heading_label.text()
    dialog.reject()


def test_an_update_is_checked_at_once(window, open_window, tmp_path):
    (tmp_path / "0.9 新版.wufei-update").write_bytes(b"no update at all")
    window.opening.open([tmp_path / "0.9 新版.wufei-update"])
    open_window.settle(window)
    (dialog,) = window.main.findChildren(UpdateDialog)
    assert dialog.isVisible()
    assert dialog.found_label.text() == window.context.i18n.tr("update.ui_refused")
    window.opening.open([tmp_path / "0.9 新版.wufei-update"])
    assert window.main.findChildren(UpdateDialog) == [dialog]
    open_window.settle(window)
    dialog.reject()
