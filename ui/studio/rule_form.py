"""The rule of an item in plain words: what kind it is, and everything that kind asks for. Parts have rules again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.studio.conditions import ConditionField
from ui.studio.fields import Bench, ChoiceField, Part, TextField, discard
from ui.studio.measures import measure_form
from ui.studio.quantity_field import QuantityField
from ui.studio.questions import LevelsForm, YesNoForm
from ui.studio.rows import Group, RowsPart
from ui.studio.scales import BandsForm, LineForm, StepsForm
from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label
from wufei_cells.checklists.draft_entries import own_key
from wufei_cells.checklists.draft_rules import (
    COMBINATIONS,
    KINDS,
    MEASURES,
    SCALES,
    kind_of,
    rule_in,
    scale_of,
    with_kind,
    with_scale,
)
from wufei_cells.checklists.drafting import fields_at, string_at

if TYPE_CHECKING:
    from wufei_cells.checklists.yaml_source import Data, Path


class KindField(ChoiceField):
    """What kind the rule is of. A kind that was left keeps its rule, so that coming back loses nothing."""

    def __init__(self, bench: Bench, path: Path, full_path: Path) -> None:
        self._full_path = full_path
        self._left: dict[str, dict[str, Data]] = {}
        options = [(kind, bench.tr(f"studio.kind.{kind}")) for kind in KINDS]
        super().__init__(bench, path, "studio.kind", options)

    def read(self) -> str:
        """Give the kind of the rule in the draft."""
        return kind_of(self.data)

    def take(self, value: str) -> None:
        """Turn the rule into another kind."""
        before = kind_of(self.data)
        full = string_at(self.bench.session.value(self._full_path), ()) or "5"
        changed = with_kind(self.data, value, full)
        if before:
            self._left[before] = rule_in(self.data)
        if value in self._left:
            own = rule_in(changed)
            beside = {name: each for name, each in changed.items() if name not in own}
            changed = {**beside, **self._left[value]}
        self.write(changed)


class ScaleField(ChoiceField):
    """How the number becomes points."""

    def __init__(self, bench: Bench, path: Path, full_path: Path) -> None:
        self._full_path = full_path
        options = [(scale, bench.tr(f"studio.scale.{scale}")) for scale in SCALES]
        super().__init__(bench, path, "studio.scale", options)

    def read(self) -> str:
        """Give the scale of the rule in the draft."""
        return scale_of(self.data)

    def take(self, value: str) -> None:
        """Read the number on another scale."""
        full = string_at(self.bench.session.value(self._full_path), ()) or "5"
        self.write(with_scale(self.data, value, full))


class RuleForm(Part):
    """A rule: the box with its kind, what it says in a sentence, and the fields of that kind."""

    def __init__(self, bench: Bench, path: Path, full_path: Path, parent: QWidget | None = None) -> None:
        """Build the form; the path is that of the rule, or of the part that the rule stands in."""
        super().__init__(bench, path, parent)
        self._full_path = full_path
        self.kind = KindField(bench, path, full_path)
        self.hint_label = plain_label("caption", wrap=True)
        self._column = tight(QVBoxLayout(self), 8)
        self._column.addWidget(self.kind)
        self._column.addWidget(self.hint_label)
        self._body: Group | None = None
        self._shape: object = None
        self.refresh()

    def refresh(self) -> None:
        """Show the rule; the fields are made anew when it is of another kind."""
        self.kind.refresh()
        shape = (kind_of(self.data), scale_of(self.data))
        if shape != self._shape:
            self._shape = shape
            self._build(*shape)
        elif self._body is not None:
            self._body.refresh()

    def _build(self, kind: str, scale: str) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            discard(self._body)
            self._body = None
        self.hint_label.setText(self.bench.tr(f"studio.kind_hint.{kind}") if kind else "")
        self.hint_label.setVisible(bool(kind))
        if not kind:
            return
        body = Group(self.bench, self.path)
        for part in self._parts(kind, scale):
            body.add(part)
        self._body = body
        self._column.addWidget(body)

    def _parts(self, kind: str, scale: str) -> list[Part]:
        bench, path = self.bench, self.path
        if kind == "yes_no":
            return [YesNoForm(bench, (*path, "yes_no"))]
        if kind == "levels":
            return [LevelsForm(bench, (*path, "levels"))]
        if kind in COMBINATIONS:
            start = QuantityField(bench, (*path, "start"), "studio.sum.start", hint="studio.steps.zero")
            parts = PartsForm(bench, (*path, kind))
            return [start, parts] if kind == "sum" else [parts]
        assert kind in MEASURES
        scales = {"bands": BandsForm, "line": LineForm, "steps": StepsForm}
        own = [scales[scale](bench, (*path, scale))] if scale else []
        return [measure_form(kind, bench, path), ScaleField(bench, path, self._full_path), *own]


class PartsForm(RowsPart):
    """The parts of a combination, each in a frame of its own."""

    add_key = "studio.parts.add"
    stem = "part"
    framed = True
    least = 1

    def row(self, path: Path) -> Part:
        """Show one part."""
        form = Group(self.bench, path)
        form.add(
            TextField(self.bench, (*path, "text"), "studio.parts.text"),
            RuleForm(self.bench, path, _full_path(path)),
        )
        if fields_at(self.bench.session.data, ()).get("facts"):
            form.add(ConditionField(self.bench, (*path, "applies"), "studio.parts.applies"))
        return form

    def template(self, entries: list[Data]) -> Data:
        """Begin a part."""
        return {"key": own_key(entries, self.stem), "yes_no": "1"}


def _full_path(path: Path) -> Path:
    """Give where the full marks stand of the item that a part belongs to."""
    place = max(index for index, step in enumerate(path) if step == "rule")
    return (*path[:place], "full")
