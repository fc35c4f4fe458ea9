"""Sign at the end of a visit: the field to sign in, and who has signed already."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.context import Change
from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label, problem_label, scrolling
from ui.widgets.signature_pad import SHAPE, SignaturePad, SignaturePicture
from wufei_cells.domain.signatures import Signer
from wufei_cells.errors import ProblemsFound

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from wufei_cells.domain.register import AssessmentRow
    from wufei_cells.domain.signatures import SignatureRow, Stroke

MOST_STROKES, MOST_POINTS = 200, 20_000
SIZE = (620, 640)
PICTURE = 132
ICON = 16


class SigningDialog(QDialog):
    """Takes signatures under one assessment and lists those that were given."""

    def __init__(self, context: AppContext, assessment: AssessmentRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._assessment = assessment
        self.rows: tuple[SignatureRow, ...] = ()
        self.remove_buttons: list[QPushButton] = []
        self._build_widgets()
        self._build_layout()
        self.pad.changed.connect(self._on_drawn)
        self.name_box.editTextChanged.connect(self._on_drawn)
        self.clear_button.clicked.connect(self.pad.clear)
        self.sign_button.clicked.connect(self.sign)
        self.buttons.rejected.connect(self.reject)
        context.events.language_changed.connect(self.retranslate)
        self.resize(*SIZE)
        self.retranslate()
        self._ask()

    # --- build

    def _build_widgets(self) -> None:
        self.hint_label = plain_label("muted", wrap=True)
        self.name_label = plain_label("caption")
        self.name_box = QComboBox()
        self.name_box.setEditable(True)
        self.name_box.addItems([*self._assessment.assessors])
        self.name_label.setBuddy(self.name_box)
        self.part_label = plain_label("caption")
        self.part_box = QComboBox()
        for part in Signer:
            self.part_box.addItem("", part.value)
        self.part_label.setBuddy(self.part_box)
        self.pad = SignaturePad(self._context.theme, MOST_STROKES, MOST_POINTS)
        self.problem_label = problem_label()
        self.clear_button, self.sign_button = QPushButton(), QPushButton()
        self.sign_button.setProperty("role", "accent")
        self.given_label = plain_label("section")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self.clear_button, self.sign_button):
            button.setAutoDefault(False)

    def _build_layout(self) -> None:
        fields = tight(QHBoxLayout(), 12)
        for label, field, share in ((self.name_label, self.name_box, 2), (self.part_label, self.part_box, 1)):
            column = tight(QVBoxLayout(), 2)
            column.addWidget(label)
            column.addWidget(field)
            fields.addLayout(column, share)
        row = tight(QHBoxLayout(), 8)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        row.addWidget(self.sign_button)
        inside = QWidget()
        self._given = tight(QVBoxLayout(inside), 4)
        self._given.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.hint_label)
        layout.addLayout(fields)
        for widget in (self.pad, self.problem_label):
            layout.addWidget(widget)
        layout.addLayout(row)
        layout.addWidget(self.given_label)
        layout.addWidget(scrolling(inside), 1)
        layout.addWidget(self.buttons)

    # --- public

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("signing.title", site=self._assessment.site_name))
        self.hint_label.setText(tr("signing.hint"))
        self.name_label.setText(tr("signing.name"))
        self.name_box.setAccessibleName(tr("signing.name"))
        self.part_label.setText(tr("signing.part"))
        self.part_box.setAccessibleName(tr("signing.part"))
        for index, part in enumerate(Signer):
            self.part_box.setItemText(index, tr(f"signing.part_{part.value}"))
        self.pad.setAccessibleName(tr("signing.field"))
        self.pad.setAccessibleDescription(tr("signing.field_text"))
        self.pad.setToolTip(tr("signing.field_text"))
        self.clear_button.setText(tr("signing.clear"))
        self.sign_button.setText(tr("signing.sign"))
        self._show_given()
        self._on_drawn()

    def sign(self) -> None:
        """Put what is drawn under the assessment."""
        signer = Signer(self.part_box.currentData())
        job = partial(_sign, self._assessment.id, self.name_box.currentText(), signer, self.pad.strokes)
        self.sign_button.setEnabled(False)
        self._context.ask(self, job, self._on_signed, self._on_refused, durable=True)

    # --- slots

    def _ask(self) -> None:
        self._context.ask(self, partial(_read, self._assessment.id), self._on_read)

    def _on_drawn(self) -> None:
        self.problem_label.hide()
        drawn = bool(self.pad.strokes)
        self.clear_button.setEnabled(drawn)
        self.sign_button.setEnabled(drawn and bool(self.name_box.currentText().strip()))

    def _on_read(self, rows: tuple[SignatureRow, ...]) -> None:
        self.rows = rows
        self._show_given()

    def _on_signed(self, rows: tuple[SignatureRow, ...]) -> None:
        self.pad.clear()
        self.name_box.setEditText("")
        self._on_changed(rows)

    def _on_changed(self, rows: tuple[SignatureRow, ...]) -> None:
        self._on_read(rows)
        self._context.events.assessment_changed.emit(Change(self._assessment.id, self))

    def _on_refused(self, error: Exception) -> None:
        self._on_drawn()
        if not isinstance(error, ProblemsFound):
            self._context.tasks.failed.emit(error)
            return
        self.problem_label.setText(" ".join(self._context.i18n.problem(problem) for problem in error.problems))
        self.problem_label.show()

    def _remove(self, signature: str) -> None:
        job = partial(_remove, self._assessment.id, signature)
        self._context.ask(self, job, self._on_changed, durable=True)

    # --- the list

    def _show_given(self) -> None:
        while self._given.count() > 1:
            item = self._given.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.remove_buttons.clear()
        tr = self._context.i18n.tr
        self.given_label.setText(tr("signing.given", count=len(self.rows)) if self.rows else tr("signing.none"))
        for place, row in enumerate(self.rows):
            self._given.insertWidget(place, self._line(row))

    def _line(self, row: SignatureRow) -> QWidget:
        tr, theme = self._context.i18n.tr, self._context.theme
        frame = QFrame()
        frame.setProperty("role", "card")
        picture = SignaturePicture(theme)
        picture.setFixedSize(PICTURE, PICTURE // SHAPE)
        picture.show_strokes(row.strokes)
        picture.setAccessibleName(tr("signing.picture", name=row.name))
        words = tight(QVBoxLayout(), 0)
        name = plain_label(wrap=True)
        name.setText(tr("signing.signer", name=row.name, part=tr(f"signing.part_{row.part.value}")))
        state = plain_label("caption", wrap=True)
        moment = self._context.i18n.moment(row.signed_at)
        state.setText(tr("signing.holds" if row.holds else "signing.changed", at=moment))
        mark = QLabel()
        look = ("check", "passed") if row.holds else ("alert", "attention")
        mark.setPixmap(theme.pixmap(*look, ICON, self.devicePixelRatioF()))
        words.addWidget(name)
        words.addWidget(state)
        button = QPushButton(theme.icon("remove"), "")
        button.setProperty("role", "flat")
        button.setAutoDefault(False)
        button.setAccessibleName(tr("signing.remove", name=row.name))
        button.setToolTip(tr("signing.remove", name=row.name))
        button.clicked.connect(partial(self._remove, row.id))
        self.remove_buttons.append(button)
        line = QHBoxLayout(frame)
        line.setContentsMargins(8, 4, 8, 4)
        for widget, share in ((picture, 0), (mark, 0)):
            line.addWidget(widget, share)
        line.addLayout(words, 1)
        line.addWidget(button)
        return frame


# --- in the worker thread


def _read(assessment: str, desk: Desk) -> tuple[SignatureRow, ...]:
    return desk.signing_off.signatures(desk.workspace, assessment)


def _sign(
    assessment: str, name: str, part: Signer, strokes: tuple[Stroke, ...], desk: Desk
) -> tuple[SignatureRow, ...]:
    desk.signing_off.sign(desk.workspace, assessment, name, part, strokes)
    return _read(assessment, desk)


def _remove(assessment: str, signature: str, desk: Desk) -> tuple[SignatureRow, ...]:
    desk.signing_off.remove(desk.workspace, signature)
    return _read(assessment, desk)
