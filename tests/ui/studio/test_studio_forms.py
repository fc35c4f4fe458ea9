"""The form in the middle of the studio: plain words in, checklist data out, and nothing changes by looking."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QTreeWidget,
    QWidget,
)

from ui.studio.mapping_form import MappingForm
from ui.studio.questions import EffectField
from ui.studio.rule_form import PartsForm, ScaleField
from ui.studio.scales import BandEffect, BandsForm, BoundField
from ui.studio.setting_forms import FactForm
from wufei_cells.checklists.draft_entries import entry_paths
from wufei_cells.checklists.draft_rules import KINDS, SCALES, kind_of, scale_of
from wufei_cells.checklists.drafting import at, entries_at
from wufei_cells.checklists.yaml_source import parse_yaml

A1, A2, B1 = ("groups", 0, "items", 0), ("groups", 0, "items", 1), ("groups", 1, "items", 0)
CITY = Path(__file__).resolve().parents[3] / "criteria" / "jiaozuo"


def show(studio, path):
    studio.view.show_place(path)
    QApplication.processEvents()


def shapes_of(data):
    """One entry of each shape: its kind, its scale, the kinds of its parts, whether it has a condition."""
    found = {}
    for path in entry_paths(data):
        rule = at(data, (*path, "rule"))
        parts = tuple(kind_of(part) for name in ("sum", "best") for part in entries_at(rule, (name,)))
        applies = tuple(at(data, (*path, "applies")) or ())
        found.setdefault((path[-2:-1], kind_of(rule), scale_of(rule), parts[:2], applies), path)
    return found


def test_looking_at_every_shape_of_entry_and_every_setting_changes_nothing(studio_on):
    seen = set()
    for file in sorted(CITY.glob("*.yaml")):
        data = parse_yaml(file.read_bytes(), file.name).data
        fresh = {shape: path for shape, path in shapes_of(data).items() if shape not in seen}
        if file.stem == "profile" or len(fresh) < 4:
            continue
        seen |= fresh.keys()
        studio = studio_on(data)
        for path in fresh.values():
            show(studio, path)
            studio.view.form_pane.refresh()
        for row in range(studio.view.section_list.count()):
            studio.view.show_tab("settings")
            studio.view.section_list.setCurrentRow(row)
            studio.view.setting_pane.refresh()
        studio.view.show_tab("translations")
        assert studio.session.data is data
        assert not studio.session.can_undo
    assert {kind for _list, kind, *_rest in seen} >= {"yes_no", "levels", "sum", "count", "share"}


def test_words_points_and_ticks_are_written_as_they_are_typed(studio):
    show(studio, A1)
    studio.type_into(studio.field(*A1, "text"), "有年度方案")
    studio.type_into(studio.field(*A1, "text"), "Has a yearly plan", "en")
    studio.number(studio.field(*A1, "full"), "7.5")
    studio.field(*A1, "star").box.click()
    studio.field(*A1, "verify").boxes["site"].click()
    studio.choose(studio.field(*A1, "not_applicable").box, "never")
    item = studio.session.value(A1)
    assert item["text"] == {"zh": "有年度方案", "en": "Has a yearly plan"}
    assert (item["full"], item["star"], item["not_applicable"]) == ("7.5", "yes", "never")
    assert item["verify"] == ["document", "site"]


def test_what_is_usual_is_not_written_down(studio):
    show(studio, A1)
    before = studio.session.value(A1)
    box = studio.field(*A1, "not_applicable").box
    studio.choose(box, "never")
    studio.choose(box, "reason")
    assert studio.session.value(A1) == before


def test_every_kind_of_rule_has_its_form_and_comes_back_unharmed(studio):
    show(studio, A2)
    kind = studio.field(*A2, "rule")
    before = studio.session.value((*A2, "rule"))
    for name in KINDS:
        studio.choose(kind.box, name)
        assert kind_of(studio.session.value((*A2, "rule"))) == name
        assert len(studio.fields()) > 8
    studio.choose(kind.box, "count")
    assert studio.session.value((*A2, "rule")) == before, "a kind that was left keeps its rule"


def test_every_scale_has_its_form(studio):
    show(studio, A2)
    scale = studio.part(ScaleField)
    for name in (*SCALES, "steps"):
        studio.choose(scale.box, name)
        scale = studio.part(ScaleField)
        assert name in studio.session.value((*A2, "rule"))


def test_yes_and_no_are_written_as_shortly_as_they_can_be(studio):
    show(studio, A1)
    here = (*A1, "rule", "yes_no")
    yes, no = [field for field in studio.fields() if field.path == here and hasattr(field, "edit")]
    studio.number(no, "1")
    assert studio.session.value(here) == {"yes": "5", "no": "1"}
    studio.number(no, "0")
    assert studio.session.value(here) == "5"
    effects = [field for field in studio.fields() if field.path == here and isinstance(field, EffectField)]
    effects[1].choose("veto")
    assert studio.session.value(here) == {"yes": "5", "no": {"points": "0", "effect": "veto"}}
    studio.number(yes, "")
    assert kind_of(studio.session.value((*A1, "rule"))) == "yes_no", "an empty number leaves the kind alone"
    assert studio.problems()


def test_a_ladder_is_built_from_top_to_bottom(studio):
    show(studio, A2)
    studio.choose(studio.field(*A2, "rule").box, "share")
    scale = studio.part(ScaleField)
    studio.choose(scale.box, "bands")
    rows = studio.part(BandsForm)
    rows.add_button.click()
    studio.number(studio.line(*A2, "rule", "bands", 1), "60")
    studio.number(studio.field(*A2, "rule", "bands", 1, "points"), "3")
    assert studio.session.value((*A2, "rule", "bands")) == [
        {"at_least": "90", "points": "5"},
        {"at_least": "60", "points": "3"},
        {"points": "0"},
    ]
    bound = studio.part(BoundField)
    studio.choose(bound.box, "above")
    assert studio.session.value((*A2, "rule", "bands", 0)) == {"above": "90", "points": "5"}
    effect = studio.part(BandEffect)
    effect.choose("line")
    assert studio.session.value((*A2, "rule", "bands", 0)) == {"above": "90", "line": [["0", "0"], ["90", "5"]]}
    effect.choose("veto")
    assert studio.session.value((*A2, "rule", "bands", 0)) == {"above": "90", "points": "5", "effect": "veto"}


def test_parts_of_a_sum_have_rules_of_their_own(studio):
    show(studio, B1)
    kind = studio.field(*B1, "rule", "sum", 0)
    studio.choose(kind.box, "levels")
    part = studio.session.value((*B1, "rule", "sum", 0))
    assert part["key"] == "sign"
    assert [level["points"] for level in part["levels"]] == ["2", "0"]
    studio.choose(studio.field(*B1, "rule", "sum", 0).box, "yes_no")
    assert studio.session.value((*B1, "rule", "sum", 0, "yes_no")) == "2"


def test_rows_move_and_go_with_their_buttons(studio):
    show(studio, B1)
    rows = studio.part(PartsForm)
    rows.rows[0].buttons["down"].click()
    assert [part["key"] for part in studio.session.value((*B1, "rule", "sum"))] == ["scale", "sign"]
    rows.rows[0].buttons["remove"].click()
    assert [part["key"] for part in studio.session.value((*B1, "rule", "sum"))] == ["sign"]
    assert not rows.rows[0].buttons["remove"].isEnabled(), "the last part stays"


def test_a_parameter_takes_the_place_of_a_number_and_says_what_it_means(studio):
    show(studio, A1)
    yes = next(field for field in studio.fields() if field.path == (*A1, "rule", "yes_no"))
    yes.choose_parameter("mark")
    assert studio.session.value((*A1, "rule", "yes_no")) == "$mark"
    assert "通过线" in yes.meaning_label.text()
    assert "12" in yes.meaning_label.text()


def test_a_key_changes_when_the_field_is_left_with_everything_that_names_it(studio):
    studio.view.show_tab("settings")
    studio.view.section_list.setCurrentRow(4)
    field = studio.field("facts", 0, "key")
    studio.number(field, "dining")
    assert studio.session.value(("facts", 0, "key")) == "canteen"
    studio.qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert studio.session.value(("facts", 0, "key")) == "dining"
    assert studio.session.value((*B1, "applies")) == {"fact": "dining"}
    studio.session.undo()
    assert studio.session.value((*B1, "applies")) == {"fact": "canteen"}


def test_documents_are_chosen_by_their_titles(studio):
    show(studio, A1)
    field = studio.field(*A1, "sources")
    field.toggle("LAW")
    assert studio.session.value((*A1, "sources")) == ["LAW"]
    assert field.names_label.text() == "固废法"
    field.toggle("LAW")
    assert studio.session.value((*A1, "sources")) is None


# --- conditions


def conditions(studio, path):
    show(studio, path)
    return studio.field(*path, "applies")


def test_a_condition_is_built_out_of_boxes(studio):
    field = conditions(studio, A1)
    studio.choose(field.box, "when")
    assert studio.session.value((*A1, "applies")) == {"fact": "canteen"}
    studio.choose(field._node.box, "people")
    assert studio.session.value((*A1, "applies")) == {"fact": "people", "at_least": "0"}
    studio.choose(field._node._value.box, "below")
    studio.number(field._node._value.number, "500")
    assert studio.session.value((*A1, "applies")) == {"fact": "people", "below": "500"}
    studio.choose(field._node.box, "kind")
    field._node._value.boxes["old"].click()
    assert studio.session.value((*A1, "applies")) == {"fact": "kind", "is": ["old"]}
    assert not [place for place, _sentence in studio.problems() if "适用" in place]


def test_a_condition_grows_around_the_one_that_is_there(studio):
    field = conditions(studio, B1)
    studio.choose(field._node._value.box, "no")
    studio.choose(field._node.box, "=any")
    assert studio.session.value((*B1, "applies")) == {"any": [{"fact": "canteen", "is": "no"}, {"fact": "canteen"}]}
    rows = field._node._value
    studio.choose(rows.rows[1].inside.box, "=not")
    assert studio.session.value((*B1, "applies", "any", 1)) == {"not": {"fact": "canteen"}}
    rows.rows[1].buttons["remove"].click()
    studio.choose(field._node.box, "=all")
    assert studio.session.value((*B1, "applies")) == {"all": [{"fact": "canteen", "is": "no"}]}
    studio.choose(field.box, "")
    assert "applies" not in studio.session.value(B1)


# --- settings


def test_levels_can_ask_more_of_single_groups_and_items(studio):
    studio.view.show_tab("settings")
    studio.view.section_list.setCurrentRow(2)
    exceptions, items = studio.view.setting_pane.form.findChildren(MappingForm)
    studio.choose(exceptions.box, "B")
    studio.number(exceptions.fields["B"], "40")
    studio.choose(items.box, "A1")
    grade = studio.session.value(("scoring", "grades", 0))
    assert grade["group_exceptions"] == {"B": "40"}
    assert grade["items_at_least"] == {"A1": "60"}
    assert not studio.problems()


def test_rounding_is_off_or_has_places_and_a_way(studio):
    studio.view.show_tab("settings")
    studio.view.section_list.setCurrentRow(1)
    places = studio.field("scoring", "rounding")
    mode = studio.field("scoring", "rounding", "mode")
    assert not mode.isVisible()
    studio.choose(places.box, "2")
    assert mode.isVisible()
    studio.choose(mode.box, "down")
    assert studio.session.value(("scoring", "rounding")) == {"places": "2", "mode": "down"}
    studio.choose(places.box, "")
    assert studio.session.value(("scoring", "rounding")) is None
    assert not studio.problems()


def test_a_fact_shows_what_its_kind_asks_for(studio):
    studio.view.show_tab("settings")
    studio.view.section_list.setCurrentRow(4)
    form = studio.part(FactForm)
    assert not form.unit.isVisible()
    assert not form.options.isVisible()
    studio.choose(studio.field("facts", 0, "ask").box, "choice")
    assert form.options.isVisible()
    form.options.add_button.click()
    assert len(studio.session.value(("facts", 0, "options"))) == 1


# --- read-only


def test_a_published_edition_can_only_be_looked_at_and_says_why(studio_on, small_data):
    studio = studio_on(small_data, read_only=True, reason="这一版已经发布")
    assert studio.view.banner.text_label.text() == "这一版已经发布"
    assert not studio.view.tree_bar.isVisible()
    assert not studio.view.bar.publish_button.isVisible()
    show(studio, A1)
    assert studio.field(*A1, "text").edits["zh"].isReadOnly()
    assert not studio.field(*A1, "rule").box.isEnabled()
    studio.view.tree.setFocus()
    studio.qtbot.keyClick(studio.view.tree, Qt.Key.Key_Delete)
    studio.qtbot.keyClick(studio.view.tree, Qt.Key.Key_Insert)
    assert studio.session.data is small_data


# --- those who listen, and those who use no mouse


def nameless(view):
    return [
        f"{type(each).__name__} {each.objectName()} in {type(each.parent()).__name__}"
        for each in view.findChildren(QWidget)
        if isinstance(each, QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit | QDateEdit | QTreeWidget)
        and each.isVisible()
        and each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not each.accessibleName()
        and not (isinstance(each, QAbstractButton) and each.text())
        and not isinstance(each.parent(), QDateEdit)
        and each.objectName() != "qt_spinbox_lineedit"
    ]


def test_whatever_can_be_filled_has_a_name_for_those_who_listen(studio):
    studio.view.act_on_tree("bonus")
    studio.session.undo()
    for path in (A1, A2, B1, ("gates", 0), ("groups", 0)):
        show(studio, path)
        assert nameless(studio.view) == [], path
    show(studio, A2)
    for kind in KINDS:
        studio.choose(studio.field(*A2, "rule").box, kind)
        assert nameless(studio.view) == [], kind
    studio.view.show_tab("settings")
    for row in range(studio.view.section_list.count()):
        studio.view.section_list.setCurrentRow(row)
        assert nameless(studio.view) == [], row


def test_enter_in_the_tree_begins_in_the_form(studio):
    studio.view.tree.choose(A1)
    studio.view.tree.setFocus()
    studio.qtbot.keyClick(studio.view.tree, Qt.Key.Key_Return)
    assert studio.field(*A1, "text").edits["zh"].hasFocus()
