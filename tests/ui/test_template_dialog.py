"""The certificate template beside its preview: a file that is edited elsewhere, watched, tried, adopted."""

from __future__ import annotations

import base64

import pytest
from PIL import Image

from ui.dialogs.openers import open_dialog
from ui.dialogs.question_dialog import QuestionDialog
from ui.models.template_draft import with_pictures_apart
from wufei_cells import shipped
from wufei_cells.services import certificate_templating as templating

IMAGE = "\n  - image: {file: logo.png, x: 20, y: 25, width: 12, height: 12}\n"


@pytest.fixture
def dialog(window, open_window):
    """The dialog on a register that has adopted nothing."""
    dialog = open_dialog("template", window.context, window.main)
    open_window.settle(window)
    yield dialog
    dialog.reject()


@pytest.fixture
def watched(dialog, window, open_window, tmp_path):
    """A file that was written as a beginning, and is watched."""
    path = tmp_path / "own.yaml"
    dialog.export_to(dialog._entries[0], path)
    open_window.settle(window)
    return path


def wait_for(qtbot, dialog):
    """Wait until something was tried again."""
    with qtbot.waitSignal(dialog.draft.tried, timeout=5000) as tried:
        pass
    return tried.args[0]


def test_what_is_in_force_is_shown_first_and_adopting_it_again_makes_no_sense(dialog, qtbot):
    assert [entry.shipped for entry in dialog._entries] == list(shipped.certificate_templates())
    assert dialog.list.currentRow() == 0
    qtbot.waitUntil(lambda: dialog.preview.pdf_view.page_count == 4)
    assert not dialog.adopt_button.isEnabled()


def test_what_is_saved_elsewhere_is_seen_here_at_once(dialog, watched, qtbot):
    text = watched.read_text(encoding="utf-8")
    watched.write_text(text.replace("zh: 中文证书", "zh: 我们的证书"), encoding="utf-8")
    assert wait_for(qtbot, dialog).template.title.zh == "我们的证书"
    assert dialog.preview.title_label.text() == "我们的证书"
    wrong = text.replace("{issuer}", "{isuer}").replace("x: 204, y: 133", "x: 304, y: 133")
    watched.write_text(wrong, encoding="utf-8")
    trial = wait_for(qtbot, dialog)
    shown = [dialog.tree.topLevelItem(at).text(0) for at in range(dialog.tree.topLevelItemCount())]
    assert len(shown) == len(trial.problems) > 1
    assert any("9:" in line and "297" in line for line in shown), "each with its place"
    assert dialog.preview.showing_pdf, "the last sound state stays in view"
    assert not dialog.adopt_button.isEnabled()
    other = watched.with_name("own.yaml.new")
    other.write_text(text, encoding="utf-8")
    other.replace(watched)  # as editors do that never write into a file
    assert wait_for(qtbot, dialog).problems == ()
    assert not dialog.tree.isVisible()


def test_a_picture_that_is_missing_is_tried_again_once_it_is_there(dialog, watched, qtbot):
    watched.write_text(watched.read_text(encoding="utf-8") + IMAGE, encoding="utf-8")
    (problem,) = wait_for(qtbot, dialog).problems
    assert problem.code == "template.image_missing"
    Image.new("RGB", (40, 40), "#0B6B57").save(watched.with_name("logo.png"))
    trial = wait_for(qtbot, dialog)
    assert trial.template is not None
    assert trial.pictures["logo.png"].startswith(b"\x89PNG")


def test_adopting_asks_once_and_takes_what_was_shown(dialog, watched, window, open_window, register, qtbot):
    text = watched.read_text(encoding="utf-8")
    watched.write_text(text.replace('version: "1"', 'version: "2"'), encoding="utf-8")
    wait_for(qtbot, dialog)
    dialog.adopt_button.click()
    question = dialog.findChild(QuestionDialog)
    question.confirm_button.click()
    open_window.settle(window)
    default = templating.shipped_template(shipped.certificate_templates()["certificate-zh"], "certificate-zh")
    workspace = register.opened()
    (row,) = [row for row in templating.list_templates(workspace, default) if row.in_force]
    workspace.close()
    assert (row.version, row.adopted) == ("2", True)
    assert dialog._entries[dialog.list.currentRow()].row.id == row.id


def test_a_template_is_written_with_its_pictures_beside_it():
    png = base64.b64encode(b"\x89PNG rest").decode()
    line = {"line": {"x": "1"}}
    whole, pictures = with_pictures_apart({"key": "own", "elements": [line, {"image": {"data": png, "x": "2"}}]}, "own")
    assert whole == {"key": "own", "elements": [line, {"image": {"file": "own-1.png", "x": "2"}}]}
    assert pictures == {"own-1.png": b"\x89PNG rest"}
