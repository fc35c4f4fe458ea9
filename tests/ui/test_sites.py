"""The room of the sites: find, enter, change, and take the next step."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QScrollArea

from ui.dialogs.site_dialog import SiteDialog
from ui.dialogs.start_dialog import StartDialog
from ui.models.sites_model import Column, SiteFilter, SitesModel, entries_of
from ui.theme import look_of
from ui.widgets.site_detail import next_steps
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.process import Process
from wufei_cells.services import browsing, registering

DATA = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def sites(window, open_window):
    """The page with its three rows."""
    page = window.main.show_room("sites")
    open_window.settle(window)
    return page


def names(page):
    """What is listed, from top to bottom."""
    return [page.model.index(row, Column.NAME).data(DATA) for row in range(page.model.rowCount())]


def dialog_of(page):
    """The form that is open."""
    return page.findChild(SiteDialog)


def choose(box, position):
    """Choose an entry with the keyboard."""
    box.setFocus()
    box.setCurrentIndex(position)


# --- the form


def test_every_field_is_seen_from_the_first_moment_on(sites, qtbot):
    sites.add_site()
    dialog = dialog_of(sites)
    qtbot.waitUntil(dialog.isVisible)
    seen = dialog.findChild(QScrollArea).viewport().height()
    assert all(field.mapTo(dialog, field.rect().bottomLeft()).y() <= seen for field in dialog.fields.values())
    dialog.reject()


# --- the list


def test_sites_are_listed_in_the_order_of_their_sound(sites):
    assert names(sites) == ["焦作市第一中学", "解放区龙源湖公园", "修武县云台山景区"]
    assert sites.count_label.text() == "共 3 个单位"


def test_the_model_keeps_the_rules_of_qt(window, open_window, register, qtbot):
    places = window.main.show_room("sites")
    open_window.settle(window)
    model = SitesModel(window.context.i18n, window.context.theme)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    rows = register.sites
    model.set_entries(entries_of(rows), places._places)
    for column in Column:
        for order in Qt.SortOrder:
            model.sort(column, order)
    model.set_filter(SiteFilter(text="公园"))
    assert model.rowCount() == 1
    model.put(rows[0])
    model.set_filter(SiteFilter(stages=frozenset({Stage.CERTIFIED})))
    assert model.rowCount() == 0
    model.set_filter(SiteFilter())
    assert model.rowCount() == 3
    tester.deleteLater()


def test_filters_narrow_the_list_and_clear_again(sites, qtbot):
    sites.filter_bar.search_edit.setText("云台")
    assert names(sites) == ["修武县云台山景区"]
    assert sites.count_label.text() == "筛选出 1 个，共 3 个单位"
    sites.filter_bar.stage_actions[Stage.CERTIFIED].trigger()
    assert names(sites) == []
    assert not sites.table_state.showing_content
    assert "3" in sites.table_state.text
    qtbot.mouseClick(sites.table_state.action_button, Qt.MouseButton.LeftButton)
    assert len(names(sites)) == 3
    assert sites.filter_bar.text == ""
    assert not sites.filter_bar.stages


def test_sorting_keeps_the_chosen_site(sites, open_window, window):
    sites.show_site(sites.model.row_at(sites.model.index(0, 0)).id)
    chosen = sites.selected_site
    sites.table.sortByColumn(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert names(sites)[0] == "修武县云台山景区"
    assert sites.selected_site == chosen
    assert sites.table.currentIndex().row() == 2


def test_less_important_columns_give_way_to_the_names(sites, window, qtbot):
    window.main.resize(1700, 800)
    qtbot.waitUntil(lambda: not sites.table.isColumnHidden(Column.VALID_UNTIL))
    window.main.resize(1000, 700)
    qtbot.waitUntil(lambda: sites.table.isColumnHidden(Column.VALID_UNTIL))
    assert not sites.table.isColumnHidden(Column.STAGE)
    assert sites.table.columnWidth(Column.NAME) >= 150


# --- entering


def test_a_site_is_entered_through_the_form(sites, open_window, window, register, qtbot):
    qtbot.keyClick(sites, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(sites)
    dialog.fields["name"].setText("  䶮㳇鿍𬇙 社区 ")
    choose(dialog.fields["category"], 3)
    choose(dialog.fields["district"], 1)
    qtbot.keyClick(dialog.fields["name"], Qt.Key.Key_Return)
    open_window.settle(window)
    qtbot.waitUntil(lambda: dialog_of(sites) is None)
    assert "䶮㳇鿍𬇙 社区" in names(sites)
    assert sites.detail.name_label.text() == "䶮㳇鿍𬇙 社区"
    assert "䶮㳇鿍𬇙 社区" in window.main.notice_bar.text_label.text()
    stored = browsing.site(register.opened(), "䶮㳇鿍𬇙 社区")
    assert stored.stage is Stage.REGISTERED
    window.main.show_room("overview")
    open_window.settle(window)
    assert window.main.page("overview").standing.board.sites.count == 4


def test_everything_wrong_with_a_form_is_said_at_once_and_nothing_is_lost(sites, open_window, window, qtbot):
    sites.add_site()
    dialog = dialog_of(sites)
    dialog.fields["credit_code"].setText("123")
    dialog.fields["note"].setText("长" * 501)
    dialog.save_button.click()
    open_window.settle(window)
    wrong = {name for name, label in dialog.problem_labels.items() if label.isVisible()}
    assert wrong == {"name", "category", "district", "credit_code", "note"}
    assert dialog.fields["name"].hasFocus()
    assert dialog.fields["credit_code"].text() == "123"
    assert dialog.problem_labels["category"].text().startswith("请选择类别")
    assert "501" in dialog.problem_labels["note"].text() or "500" in dialog.problem_labels["note"].text()
    dialog.fields["name"].setText("焦作市第一中学")
    choose(dialog.fields["category"], 0)
    choose(dialog.fields["district"], 0)
    dialog.fields["credit_code"].clear()
    dialog.fields["note"].clear()
    dialog.save_button.click()
    open_window.settle(window)
    wrong = {name for name, label in dialog.problem_labels.items() if label.isVisible()}
    assert wrong == {"name"}, "only that the name is taken is left"
    assert len(names(sites)) == 3
    dialog.reject()


def test_the_form_is_freed_when_it_closes(sites, qtbot):
    sites.add_site()
    dialog = dialog_of(sites)
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)


def test_a_site_is_changed_through_the_form(sites, open_window, window, register):
    sites.show_site(register.sites[1].id)
    open_window.settle(window)
    sites.edit_site()
    dialog = dialog_of(sites)
    assert dialog.fields["name"].text() == "解放区龙源湖公园"
    dialog.fields["name"].setText("龙源湖公园")
    dialog.save_button.click()
    open_window.settle(window)
    assert browsing.site(register.opened(), register.sites[1].id).name == "龙源湖公园"
    assert sites.told[0][1] == "单位名称：解放区龙源湖公园 → 龙源湖公园"
    assert sites.told[-1][1] == "登记"


def test_a_name_is_never_read_as_markup(open_window, register):
    name = "<b>甲</b> & <img src='x'> 单位"
    site = register.add_sites(name)[0]
    window = open_window(register, person="王 & <i>张</i>")
    page = window.main.show_room("sites")
    page.show_site(site.id)
    open_window.settle(window)
    assert names(page) == [name]
    assert page.detail.name_label.text() == name
    assert page.detail.name_label.textFormat() == Qt.TextFormat.PlainText
    tip = page.model.index(0, Column.NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert "&&" in window.main.header.person_button.text()
    assert "<i>" not in window.main.header.person_button.toolTip()
    window.main.sidebar.buttons[4].click()
    window.context.notices.post(name)
    assert window.main.notice_bar.text_label.textFormat() == Qt.TextFormat.PlainText


# --- one site


def test_facts_are_saved_at_once_and_can_be_taken_back(sites, open_window, window, register, qtbot):
    site = register.sites[0].id
    sites.show_site(site)
    open_window.settle(window)
    key, field = next(iter(sites.detail.facts_form.fields.items()))
    choose(field.field, 1)
    open_window.settle(window)
    assert browsing.site(register.opened(), site).facts[key] == "yes"
    qtbot.mouseClick(window.main.notice_bar.undo_button, Qt.MouseButton.LeftButton)
    open_window.settle(window)
    assert not browsing.site(register.opened(), site).facts.get(key)
    assert field.value == ""


def test_the_next_step_of_a_new_site_starts_its_assessment(sites, open_window, window, register):
    site = register.sites[0].id
    sites.show_site(site)
    open_window.settle(window)
    assert sites.detail.step_button.text() == "登记申报", "the shipped city asks for an application"
    assert sites.detail.other_button.text() == "开始评估"
    with_assessment = []
    sites.assessment_requested.connect(with_assessment.append)
    sites.detail.other_button.click()
    open_window.settle(window)
    asked = next(each for each in sites.findChildren(StartDialog) if each.isVisible())
    assert "还不够" in asked.hint_label.text()
    asked.names_edit.setText("张评估、李娜")
    asked.confirm_button.click()
    open_window.settle(window)
    stored = browsing.site(register.opened(), site)
    assert stored.stage is Stage.SCORING
    assert browsing.assessment(register.opened(), stored.assessment).assessors == ("张评估", "李娜")
    assert with_assessment == [stored.assessment]
    assert window.main.current_room == "assessment"
    window.main.go_back()
    open_window.settle(window)
    assert sites.detail.step_button.text() == "继续打分"


def test_what_another_program_changed_is_seen_when_the_list_is_asked_for_again(sites, open_window, window, register):
    workspace = register.opened()
    registering.edit_site(workspace, register.sites[0].id, name="焦作市第二中学")
    workspace.close()
    sites.mark_stale()
    open_window.settle(window)
    window.main.show_room("overview")
    window.main.show_room("sites")
    open_window.settle(window)
    assert "焦作市第二中学" in names(sites)


def test_an_empty_register_says_what_to_do_first(open_window, register):
    window = open_window(register)
    overview = window.main.page("overview")
    assert overview.state_view.title == "还没有登记单位"
    overview.state_view.action_button.click()
    open_window.settle(window)
    sites = window.main.page("sites")
    assert window.main.current_room == "sites"
    assert sites.state_view.title == "还没有登记单位"
    sites.state_view.action_button.click()
    assert dialog_of(sites).isVisible()
    dialog_of(sites).reject()


# --- certificates that do not hold


@pytest.mark.parametrize(
    ("state", "barred", "steps"),
    [
        (CertificateState.VALID, False, ("certificate", "apply")),
        (CertificateState.SUSPENDED, False, ("certificate", "apply")),
        (CertificateState.EXPIRED, False, ("apply", "certificate")),
        (CertificateState.WITHDRAWN, False, ("apply", "certificate")),
        (CertificateState.WITHDRAWN, True, ("certificate", "")),
    ],
)
def test_a_site_whose_certificate_is_over_begins_anew_once_it_may(state, barred, steps):
    assert next_steps(Stage.CERTIFIED, Process(application=True), state, barred=barred) == steps


def test_a_site_counts_as_certified_only_while_its_certificate_holds(register):
    row = replace(register.add_sites("甲")[0], stage=Stage.CERTIFIED)
    looks = {state: look_of(replace(row, certificate_state=state))[1:] for state in CertificateState}
    assert looks[CertificateState.VALID] == ("passed", "ui.stage.certified")
    assert looks[CertificateState.SUSPENDED] == ("attention", "ui.certificate_state.suspended")
    assert looks[CertificateState.WITHDRAWN] == ("failed", "ui.certificate_state.withdrawn")
    scored_again = replace(row, stage=Stage.SCORING, certificate_state=CertificateState.WITHDRAWN)
    assert look_of(scored_again)[2] == "ui.stage.scoring"
