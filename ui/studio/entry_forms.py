"""The middle of the studio: the form of a gate, a group, an item, of bonus and deductions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton, QWidget

from ui.studio.conditions import ConditionField
from ui.studio.entry_fields import KeyField, OriginsForm, SourcesField
from ui.studio.fields import Bench, ChoiceField, FlagField, LineField, TextField, TicksField, beside, flowing
from ui.studio.quantity_field import QuantityField
from ui.studio.rows import Group
from ui.studio.rule_form import RuleForm
from ui.widgets.plain import plain_label
from wufei_cells.domain.checklists import Proof, Verify

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from wufei_cells.checklists.yaml_source import Path


def kind_at(path: Path) -> str:
    """Say what stands at a path: ``gates``, ``groups``, ``items``, ``bonus`` or ``deductions``; else nothing."""
    if path in (("bonus",), ("deductions",)):
        return str(path[-1])
    return str(path[-2]) if len(path) > 1 and isinstance(path[-1], int) else ""


def entry_form(bench: Bench, path: Path) -> Group:
    """Make the form that fits what stands at a path."""
    forms = {"items": _item, "gates": _gate, "groups": _group, "bonus": _extra, "deductions": _extra}
    form = Group(bench, path)
    forms[kind_at(path)](form, bench, path)
    return form


def _item(form: Group, bench: Bench, path: Path) -> None:
    star = FlagField(bench, (*path, "star"), "studio.entry.star", always=True)
    options = [(value, bench.tr(f"studio.not_applicable.{value}")) for value in ("reason", "never")]
    set_aside = ChoiceField(bench, (*path, "not_applicable"), "studio.entry.not_applicable", options, usual="reason")
    full = QuantityLine(bench, (*path, "full"), "studio.entry.full")
    form.add(
        TextField(bench, (*path, "text"), "studio.entry.text", lines=2),
        flowing(full, set_aside, KeyField(bench, path)),
        star,
        section(bench, "studio.section.rule"),
        TextField(bench, (*path, "scoring"), "studio.entry.scoring", lines=2),
        RuleForm(bench, (*path, "rule"), (*path, "full")),
        section(bench, "studio.section.applies"),
        ConditionField(bench, (*path, "applies"), "studio.entry.applies"),
    )
    _looking(form, bench, path)
    more = More(bench, path, ("number", "weight", "locked"))
    form.add(more)


def _gate(form: Group, bench: Bench, path: Path) -> None:
    form.add(
        TextField(bench, (*path, "text"), "studio.entry.text", lines=2),
        beside(KeyField(bench, path)),
        section(bench, "studio.section.applies"),
        ConditionField(bench, (*path, "applies"), "studio.entry.applies"),
    )
    _looking(form, bench, path)
    form.add(More(bench, path, ("number",)))


def _looking(form: Group, bench: Bench, path: Path) -> None:
    """Add how the entry is checked and what it rests on."""
    verify = [(mode.value, bench.tr(f"studio.verify.{mode.value}")) for mode in Verify]
    proofs = [(proof.value, bench.tr(f"studio.proof.{proof.value}")) for proof in Proof]
    form.add(
        section(bench, "studio.section.looking"),
        TicksField(bench, (*path, "verify"), "studio.entry.verify", verify),
        TextField(bench, (*path, "evidence"), "studio.entry.evidence", lines=2),
        ChoiceField(bench, (*path, "evidence_required"), "studio.entry.evidence_required", proofs, usual="never"),
        TextField(bench, (*path, "guidance"), "studio.entry.guidance", lines=2),
        SourcesField(bench, (*path, "sources"), "studio.entry.sources"),
    )


def _group(form: Group, bench: Bench, path: Path) -> None:
    form.add(
        TextField(bench, (*path, "text"), "studio.group.text"),
        flowing(
            QuantityLine(bench, (*path, "full"), "studio.group.full", hint="studio.group.full_hint"),
            QuantityLine(bench, (*path, "cap"), "studio.group.cap", hint="studio.group.cap_hint"),
            KeyField(bench, path),
        ),
        section(bench, "studio.section.applies"),
        ConditionField(bench, (*path, "applies"), "studio.group.applies"),
        More(bench, path, ("number", "weight", "locked"), origins=False),
    )


def _extra(form: Group, bench: Bench, path: Path) -> None:
    name = str(path[0])
    form.add(
        hint(bench, f"studio.{name}.hint"),
        TextField(bench, (*path, "text"), "studio.group.text"),
        flowing(QuantityLine(bench, (*path, "cap"), f"studio.{name}.cap"), KeyField(bench, path)),
    )
    if name == "bonus":
        form.add(FlagField(bench, (*path, "counts_for_pass"), "studio.bonus.counts", always=True))


class QuantityLine(LineField):
    """A plain number; parameters cannot stand here."""

    def __init__(self, bench: Bench, path: Path, caption: str, *, hint: str = "") -> None:
        super().__init__(bench, path, caption, number=True, hint=hint)


class More(Group):
    """What few entries need: it unfolds when somebody asks, and by itself where something of it is filled in."""

    def __init__(self, bench: Bench, path: Path, names: tuple[str, ...], *, origins: bool = True) -> None:
        super().__init__(bench, path)
        self.button = QToolButton(self)
        self.button.setProperty("role", "flat")
        self.button.setCheckable(True)
        self.button.setText(bench.tr("studio.more"))
        self.button.setIconSize(QSize(16, 16))
        self.button.setToolButtonStyle(self.button.toolButtonStyle().ToolButtonTextBesideIcon)
        self.button.toggled.connect(self._on_toggled)
        self.column.addWidget(self.button)
        self.inside = Group(bench, path, self)
        fields = {
            "number": LineField(bench, (*path, "number"), "studio.entry.number", hint="studio.entry.number_hint"),
            "weight": QuantityField(bench, (*path, "weight"), "studio.entry.weight", hint="studio.entry.weight_hint"),
        }
        self.inside.add(flowing(*(field for name, field in fields.items() if name in names)))
        for name, field in fields.items():
            if name not in names:
                field.deleteLater()
        if "locked" in names:
            self.inside.add(FlagField(bench, (*path, "locked"), "studio.entry.locked"))
        if origins:
            self.inside.add(OriginsForm(bench, (*path, "from"), "studio.entry.from"))
        self.add(self.inside)
        filled = any(bench.session.value((*path, name)) is not None for name in (*names, "from"))
        self.button.setChecked(filled)
        self._on_toggled(filled)

    def _on_toggled(self, shown: bool) -> None:
        self.inside.setVisible(shown)
        self.button.setIcon(self.bench.theme.icon("down" if shown else "next", "muted"))


def section(bench: Bench, key: str) -> QWidget:
    """Make the heading of some fields."""
    label = hint(bench, key)
    label.setProperty("role", "part_title")
    label.setContentsMargins(0, 8, 0, 0)
    return label


def hint(bench: Bench, key: str) -> QLabel:
    """Make a line that explains."""
    label = plain_label("muted", wrap=True)
    label.setText(bench.tr(key))
    return label
