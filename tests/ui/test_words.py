"""Every word of the window comes from the wording files, in both languages, and follows the language at once."""

from __future__ import annotations

import ast
import json
import re
import string
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from ui.board import board_head, pipeline_tab, renewals_tab
from ui.desk import across_model
from ui.dialogs.appeals_dialog import COLUMNS
from ui.dialogs.application_dialog import FIELDS
from ui.dialogs.site_dialog import SiteDialog
from ui.models.desk_items_model import ItemState
from ui.models.site_way import TONES
from ui.widgets.desk_header import ALWAYS, BUTTONS, MENU
from ui.widgets.list_filters import FILTERS, WAYS
from wufei_cells import shipped
from wufei_cells.board.matters import Matter
from wufei_cells.checklists.yaml_source import SyntaxFault
from wufei_cells.domain.answers import Column
from wufei_cells.domain.checklists import NaPolicy, Relation, RoundingMode
from wufei_cells.domain.findings import FindingState, Severity
from wufei_cells.domain.indicators import IndicatorStatus
from wufei_cells.domain.lifecycle import CertificateState, Stage, Step
from wufei_cells.domain.objections import ObjectionKind
from wufei_cells.domain.objections import Outcome as Settled
from wufei_cells.domain.register import EditionState
from wufei_cells.domain.signatures import Signer
from wufei_cells.domain.supervision import EventKind
from wufei_cells.errors import SystemFault
from wufei_cells.scoring.one_entry import Outcome
from wufei_cells.services.impact_comparison import ItemChange, Shift
from wufei_cells.services.search_hits import HitKind

BOARD_COLUMNS = {"follow_ups": pipeline_tab.COLUMNS, "renewals": renewals_tab.COLUMNS}
ROOT = Path(__file__).resolve().parents[2]
WINDOW_PARTS = ("_board", "_certificates", "_desk", "_exchange", "_life_cycle", "_settings")
AREAS = (
    "frame",
    "ui",
    "overview",
    "sites",
    "settings",
    "guide",
    "desk",
    "certificates",
    "studio",
    "checklists",
    "exchange",
    "charts",
)
KEY = re.compile(rf"(?:{'|'.join(AREAS)})(?:\.[a-z0-9_]*[a-z0-9])+")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ROOMS = ("overview", "sites", "assessment", "certificates", "checklists", "exchange", "settings")


def window_words():
    """The window's own wording files."""
    folder = ROOT / "resources" / "wording"
    return {
        key: texts
        for name in (
            *(f"window{part}.json" for part in ("", *WINDOW_PARTS)),
            "charts.json",
            "guide.json",
            "studio.json",
        )
        for key, texts in json.loads((folder / name).read_text(encoding="utf-8")).items()
    }


def slots(text):
    """Names of the slots in a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def shown(widget):
    """Everything a person can read or hear in a widget and what is in it, apart from what they typed."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what was replaced is gone before the next paint
    texts = []
    for each in [widget, *widget.findChildren(QWidget)]:
        texts += [each.toolTip(), each.accessibleName(), each.windowTitle() if each.isWindow() else ""]
        if isinstance(each, QLabel | QAbstractButton):
            texts.append(each.text())
        elif isinstance(each, QLineEdit):
            texts.append(each.placeholderText())
        elif isinstance(each, QComboBox):
            texts += [each.itemText(at) for at in range(each.count())]
        elif isinstance(each, QTableView):
            model = each.model()
            columns = range(model.columnCount())
            texts += [str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in columns]
            texts += [str(model.index(0, at).data() or "") for at in columns if model.rowCount()]
    return [text for text in texts if text.strip()]


# --- the files


def test_every_sentence_is_there_in_both_languages_with_the_same_slots():
    for key, texts in window_words().items():
        assert set(texts) == {"zh", "en"}, key
        assert slots(texts["zh"]) == slots(texts["en"]), key
        assert texts["en"].strip(), key
        assert CHINESE.search(texts["zh"]) or not CHINESE.search(texts["en"]) or key == "settings.language.zh", key


def test_english_is_english():
    wrong = {key for key, texts in window_words().items() if CHINESE.search(texts["en"])}
    assert wrong == {"settings.language.zh"}, "each language's own name is written in that language"


def test_every_key_in_the_code_is_worded():
    catalogue = shipped.wording_catalogue()
    missing = []
    for path in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                missing += [f"{path.name}: {node.value}"] if node.value not in catalogue else []
    assert not missing


def test_every_key_made_of_parts_is_worded():
    catalogue = shipped.wording_catalogue()
    made = [f"ui.stage.{stage.value}" for stage in Stage] + [f"sites.step.{stage.value}" for stage in Stage]
    made += [f"stage.{stage.value}" for stage in Stage] + [f"step.{step.value}" for step in Step]
    made += [f"desk.read_only_{stage.value}" for stage in Stage if stage not in (Stage.REGISTERED, Stage.SCORING)]
    made += [f"desk.now_{stage.value}" for stage in Stage if stage not in (Stage.REGISTERED, Stage.CERTIFIED)]
    made += [f"desk.state_{state.value}" for state in ItemState]
    made += [f"desk.step_{step}" for step in (*BUTTONS, *MENU, *ALWAYS)]
    made += [f"sites.history.{stage.value}" for stage in TONES] + [f"sites.application_{field}" for field in FIELDS]
    made += [f"sites.history.{name}_saying" for name in ("returned", "reviewed", "approved", "event")]
    made += [f"desk.appeals_{word.value}" for words in (ObjectionKind, Settled) for word in words]
    made += [f"desk.appeals_{name}" for name in (*COLUMNS, "kind", "name", "contact")]
    made += [f"event.{kind.value}" for kind in EventKind]
    made += [f"desk.filter_{name}" for name in FILTERS] + [f"desk.verify_{way}" for way in WAYS]
    made += [f"desk.across.show_{show.value}" for show in across_model.Show]
    made += [f"desk.across.column_{column.name.lower()}" for column in across_model.Column]
    made += [f"finding.severity.{severity.value}" for severity in Severity]
    made += [f"finding.state.{state.value}" for state in FindingState]
    made += [f"signing.part_{part.value}" for part in Signer]
    made += [f"shift.{shift.value}" for shift in Shift] + [f"checklists.shift_one.{shift.value}" for shift in Shift]
    made += [f"item_change.{change.value}" for change in ItemChange]
    made += [f"checklists.impact.item_{change.value}" for change in ItemChange]
    made += [f"across.cli_{outcome.value}" for outcome in Outcome]
    made += [f"explain.policy_{policy.value}" for policy in NaPolicy]
    made += [f"explain.rounding_{mode.value}" for mode in RoundingMode]
    made += [f"relation.{relation.value}" for relation in Relation]
    made += [f"edition_state.{state.value}" for state in EditionState]
    made += [f"overview.todo.{matter}{end}" for matter in Matter for end in ("", "_tip")]
    made += [f"overview.indicators.{status.value}" for status in IndicatorStatus]
    made += [f"overview.open.{name}{end}" for name in (*board_head.BUTTONS, *board_head.MENU) for end in ("", "_tip")]
    made += [f"overview.{tab}.{name}" for tab, names in BOARD_COLUMNS.items() for name in names]
    made += [f"search.kind.{kind.value}" for kind in HitKind]
    made += [f"ui.column.{column.value}" for column in Column]
    made += [f"ui.certificate_state.{state.value}" for state in CertificateState]
    made += [f"syntaxfault.{fault.value}" for fault in SyntaxFault]
    made += [f"systemfault.{fault.value}" for fault in SystemFault]
    assert [key for key in made if key not in catalogue] == []


def test_nothing_is_worded_in_vain():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "ui").rglob("*.py"))
    made_of_parts = re.compile(
        r"(?:ui\.(?:stage|column|certificate_state)|sites\.(?:step|field|column|history)|settings)\.|sites\.choose_"
    )
    own = json.loads((ROOT / "resources" / "wording" / "window.json").read_text(encoding="utf-8"))
    assert [key for key in own if f'"{key}"' not in source and not made_of_parts.match(key)] == []


# --- the window


@pytest.fixture(scope="module")
def shown_window(shared_windows, shared_register):
    """A window in which only the program's own words can be Chinese: data and person are Latin."""
    shared_register.person = "Ann Smith"
    rows = shared_register.add_sites("No. 1 School", "Lake Park")
    shared_register.start_assessment(rows[0].id)
    return shared_windows(shared_register, language="en", person="Ann Smith")


@pytest.fixture
def latin_window(shown_window):
    """That window in English, whatever it spoke before, and without the dialogs of before."""
    shown_window.context.i18n.set_language("en")
    QTest.qWait(1)
    return shown_window


def visit(window, shared_windows, room):
    """Enter a room and wait for its rows."""
    page = window.main.show_room(room)
    shared_windows.settle(window)
    if room == "sites":
        page.show_site(page.model.row_at(page.model.index(0, 0)).id)
        shared_windows.settle(window)
    return page


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_follows_the_language_at_once(latin_window, shared_windows, room):
    page = visit(latin_window, shared_windows, room)
    english = shown(latin_window.main)
    assert [text for text in english if CHINESE.search(text) and text != "中文"] == []
    latin_window.context.i18n.set_language("zh")
    chinese = shown(latin_window.main)
    assert page.isVisible()
    assert CHINESE.search(latin_window.main.header.title_label.text())
    words = {texts["en"] for texts in window_words().values() if texts["en"] != texts["zh"] and not slots(texts["en"])}
    assert [text for text in chinese if text.strip() in words] == [], "these stayed English"
    latin_window.context.i18n.set_language("en")
    assert set(english) <= set(shown(latin_window.main))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("room", ROOMS)
def test_no_key_and_no_open_slot_is_ever_shown(latin_window, shared_windows, room, language):
    visit(latin_window, shared_windows, room)
    latin_window.context.i18n.set_language(language)
    assert [text for text in shown(latin_window.main) if KEY.search(text) or re.search(r"\{\w+\}", text)] == []


@pytest.mark.parametrize(("language", "word"), [("zh", "取消"), ("en", "Cancel")])
def test_the_buttons_of_qt_speak_the_language_too(latin_window, shared_windows, language, word):
    page = visit(latin_window, shared_windows, "sites")
    latin_window.context.i18n.set_language(language)
    page.add_site()
    dialog = page.findChild(SiteDialog)
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).text().strip("&") == word
    assert [text for text in shown(dialog) if KEY.search(text)] == []
    dialog.reject()


@pytest.mark.parametrize("room", ROOMS)
def test_whatever_can_be_pressed_or_filled_has_a_name_for_those_who_listen(latin_window, shared_windows, room):
    page = visit(latin_window, shared_windows, room)
    nameless = [
        f"{type(each).__name__} {each.objectName()}"
        for each in page.findChildren(QWidget)
        if isinstance(each, QAbstractButton | QLineEdit | QComboBox | QTableView)
        and each.isVisible()
        and each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not each.accessibleName()
        and not (isinstance(each, QAbstractButton) and each.text())
    ]
    assert nameless == []
