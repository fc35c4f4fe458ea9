"""How the office works, in a sentence each: who does what, the city's way, the keys, the look of certificates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label
from wufei_cells.domain.lifecycle import CHAIN, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ui.context import AppContext, Desk
    from wufei_cells.domain.profiles import Profile
    from wufei_cells.domain.text import Text
    from wufei_cells.services.office_keys import KeyRow

ROWS = ("roles", "process", "office_keys", "template")
ICONS = {"roles": "person", "process": "next", "office_keys": "lock", "template": "certificate"}


@dataclass(frozen=True, slots=True)
class OfficeStanding:
    """What the sentences are made of."""

    held: Mapping[Role, int]
    profile: Profile
    announced: int
    signing: KeyRow | None
    template: Text


class OfficeSection(QWidget):
    """Tells how the office is set up; a button each leads to the dialog where it is seen or changed.

    Signals:
        opening_requested: the person wants one of the dialogs (a name of ``ROWS``).
    """

    opening_requested = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._standing: OfficeStanding | None = None
        self._title = plain_label("section")
        self._names = {name: plain_label() for name in ROWS}
        self.summaries = {name: plain_label("muted", wrap=True) for name in ROWS}
        self.open_buttons = {name: QPushButton() for name in ROWS}
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(ROWS):
            grid.addWidget(self._names[name], row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self.summaries[name], row, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self.open_buttons[name], row, 2, Qt.AlignmentFlag.AlignVCenter)
            self.open_buttons[name].setObjectName(name)
            self.open_buttons[name].clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addLayout(grid)

    # --- public

    @Slot()
    def refresh(self) -> None:
        """Ask how the office is set up."""
        self._context.ask(self, _Load(self._context), self._on_loaded)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        self._title.setText(tr("settings.office"))
        for name in ROWS:
            self._names[name].setText(tr(f"settings.{name}.title"))
            button = self.open_buttons[name]
            button.setText(tr(f"settings.{name}.open_dialog"))
            button.setIcon(theme.icon(ICONS[name]))
            button.setAccessibleName(tr(f"settings.{name}.title"))
        if self._standing is not None:
            self._show(self._standing)

    def names_width(self) -> int:
        """Tell how wide the names of the rows are."""
        return max(label.sizeHint().width() for label in self._names.values())

    def set_names_width(self, width: int) -> None:
        """Begin the sentences where other rows of the page begin theirs."""
        self._grid.setColumnMinimumWidth(0, width)

    # --- slots and the rest

    @Slot()
    def _on_clicked(self) -> None:
        self.opening_requested.emit(self.sender().objectName())

    def _on_loaded(self, standing: OfficeStanding) -> None:
        self._standing = standing
        self._show(standing)

    def _show(self, standing: OfficeStanding) -> None:
        i18n = self._context.i18n
        tr, profile = i18n.tr, standing.profile
        counts = {role.value: standing.held.get(role, 0) for role in Role}
        held = any(counts.values())
        self.summaries["roles"].setText(tr("settings.roles.summary", **counts) if held else tr("settings.roles.open"))
        stages = [tr(f"ui.stage.{stage.value}") for stage in CHAIN if profile.process.uses(stage)]
        self.summaries["process"].setText(" → ".join(stages))
        if standing.signing is not None:
            said = tr("settings.office_keys.summary", day=i18n.day(standing.signing.since))
        else:
            said = tr("settings.office_keys.cannot_sign" if standing.announced else "settings.office_keys.none")
        self.summaries["office_keys"].setText(said)
        self.summaries["template"].setText(tr("settings.template.summary", title=i18n.text(standing.template)))


class _Load:
    """Asks for everything at once; runs in the worker thread."""

    def __init__(self, context: AppContext) -> None:
        self._templates: Callable[[], Mapping[str, bytes]] = context.certificate_templates

    def __call__(self, desk: Desk) -> OfficeStanding:
        """Ask."""
        workspace, keys, templating = desk.workspace, desk.office_keys, desk.certificate_templating
        name, content = next(iter(self._templates().items()))
        rows = templating.list_templates(workspace, templating.shipped_template(content, name))
        held = {role: len({person.name for person in people}) for role, people in desk.roles.holders(workspace).items()}
        return OfficeStanding(
            held,
            desk.browsing.profile(workspace),
            len(keys.list_keys(workspace)),
            keys.key_in_use(workspace),
            next(row.title for row in rows if row.in_force),
        )
