"""Colors, type and icons of the window, in a light and a dark scheme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSize, Qt, QTemporaryDir, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QImageReader, QPalette, QPixmap

from wufei_cells.charts.marks import Tone
from wufei_cells.domain.lifecycle import CertificateState, Stage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from wufei_cells.domain.register import SiteRow

Scheme = Literal["system", "light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("system", "light", "dark")

# Role to (light, dark). Contrast on a card is at least 4.5 for everything that is read.
COLORS: Final[dict[str, tuple[str, str]]] = {
    "page": ("#F7F8F7", "#161A18"),
    "card": ("#FFFFFF", "#1F2523"),
    "raised": ("#EDF0EE", "#2A312E"),
    "text": ("#1B211E", "#E8ECEA"),
    "muted": ("#56605B", "#A3AEA8"),
    "line": ("#D9DEDB", "#39423E"),
    "field": ("#8B9690", "#6F7B75"),
    "accent": ("#0B6B57", "#5CCDB1"),
    "accent_hover": ("#095947", "#74D8BF"),
    "on_accent": ("#FFFFFF", "#10201B"),
    "selection": ("#DCEFE9", "#1F463C"),
    "passed": ("#1E7A34", "#6FCF86"),
    "attention": ("#8A5A00", "#E3B04B"),
    "failed": ("#B3261E", "#F2897F"),
    "not_applicable": ("#5B6570", "#A5AFB8"),
    "conflict": ("#6A3FB5", "#B79CF0"),
    "information": ("#1F5FA8", "#7FB4F0"),
}
# How each stage of a site looks: its icon and its tone. The word always stands beside them.
STAGE_LOOKS: Final[dict[Stage, tuple[str, str]]] = {
    Stage.REGISTERED: ("site", "not_applicable"),
    Stage.APPLIED: ("application", "information"),
    Stage.SCORING: ("edit", "information"),
    Stage.STOPPED: ("lock", "failed"),
    Stage.FINISHED: ("decide", "attention"),
    Stage.REVIEWED: ("decide", "information"),
    Stage.APPROVED: ("check", "accent"),
    Stage.NOTICED: ("publish", "information"),
    Stage.NAMED: ("note", "accent"),
    Stage.REJECTED: ("failed", "failed"),
    Stage.CERTIFIED: ("certificate", "passed"),
}
# Where an assessment may stand, in the order of lists and filters: what is still under way first.
ASSESSMENT_STAGES: Final = (
    Stage.APPLIED,
    Stage.SCORING,
    Stage.FINISHED,
    Stage.REVIEWED,
    Stage.STOPPED,
    Stage.REJECTED,
    Stage.APPROVED,
    Stage.NOTICED,
    Stage.NAMED,
    Stage.CERTIFIED,
)
# How each state of a certificate looks.
STATE_LOOKS: Final[dict[CertificateState, tuple[str, str]]] = {
    CertificateState.VALID: ("check", "passed"),
    CertificateState.NOT_YET: ("history", "information"),
    CertificateState.EXPIRED: ("history", "attention"),
    CertificateState.SUSPENDED: ("lock", "attention"),
    CertificateState.WITHDRAWN: ("failed", "failed"),
}
# Okabe and Ito's order: told apart by people who see fewer colors, too.
CHART_COLORS: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
# What a tone of a chart looks like: (light, dark). Whatever has too little contrast with a card is drawn with an edge.
TONES: Final[dict[Tone, tuple[str, str]]] = {
    Tone.INK: COLORS["text"],
    Tone.QUIET: COLORS["muted"],
    Tone.GRID: COLORS["line"],
    Tone.GROUND: COLORS["raised"],
    Tone.ACCENT: COLORS["accent"],
    Tone.SOFT: ("#A5D2C5", "#2F6F60"),
    Tone.ATTENTION: COLORS["attention"],
    Tone.BAD: COLORS["failed"],
    **{Tone(f"series_{number}"): (color, color) for number, color in enumerate(CHART_COLORS, 1)},
    Tone.SERIES_7: ("#F0E442", "#F0E442"),
    Tone.SERIES_8: ("#1B211E", "#E8ECEA"),
    Tone.HEAT_0: ("#F1F4F2", "#2A312E"),
    Tone.HEAT_1: ("#D5EAE3", "#24443C"),
    Tone.HEAT_2: ("#A9D6C8", "#1F5A4D"),
    Tone.HEAT_3: ("#76BFAB", "#1B6F5E"),
    Tone.HEAT_4: ("#3FA58C", "#35B294"),
}

SMALLEST_TYPE: Final = 13
LARGEST_TYPE: Final = 18
NORMAL_TYPE: Final = 14
# Sizes of type relative to the body of 14.
TYPE: Final[dict[str, float]] = {
    "caption": 12 / 14,
    "body": 1.0,
    "section": 16 / 14,
    "page": 20 / 14,
    "figure": 32 / 14,
}
ICON_SIZES: Final = (16, 20, 32, 40)  # what buttons and messages use, on usual and on doubly dense screens


class Theme(QObject):
    """Knows how everything looks, and dresses the application.

    Signals:
        changed: colors or the size of type changed; whoever paints by hand paints again.
    """

    changed = Signal()

    def __init__(
        self, icon_source: Callable[[str], bytes], families: Sequence[str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_source = icon_source
        self._families = list(families)
        self._icons: dict[tuple[str, str], QIcon] = {}
        # The style sheet takes pictures only from files.
        self._pictures = QTemporaryDir()
        self._scheme: Scheme = "system"
        self.type_size = NORMAL_TYPE
        self.dark = False

    # --- choosing

    @property
    def scheme(self) -> Scheme:
        """What the person chose."""
        return self._scheme

    def dress(self, application: QApplication, scheme: str, type_size: int) -> None:
        """Apply scheme and size of type to the whole application."""
        self._scheme = cast("Scheme", scheme) if scheme in SCHEMES else "system"
        self.type_size = max(SMALLEST_TYPE, min(type_size, LARGEST_TYPE))
        self.dark = self._scheme == "dark" or (self._scheme == "system" and _system_is_dark())
        self._icons.clear()
        # Qt takes seconds to change from one sheet to another while many widgets stand; from none to one it is quick.
        application.setStyleSheet("")
        application.setFont(self.font("body"))
        application.setPalette(self._palette())
        application.setStyleSheet(self._style_sheet())
        self.changed.emit()

    def follow_system(self, application: QApplication) -> None:
        """Dress anew whenever the system's scheme changes."""
        follower = _SystemFollower(self, application)
        QGuiApplication.styleHints().colorSchemeChanged.connect(follower.dress_anew)

    # --- asking

    def color(self, role: str) -> QColor:
        """Give the color of a role in the scheme in use."""
        return QColor(COLORS[role][self.dark])

    def tone(self, tone: Tone, *, dark: bool | None = None) -> QColor:
        """Give the color of a chart's tone in the scheme in use, or in the one that is wanted."""
        return QColor(TONES[tone][self.dark if dark is None else dark])

    def font(self, kind: str = "body", *, bold: bool = False) -> QFont:
        """Give the font for a kind of text (caption, body, section, page, figure)."""
        font = QFont()
        font.setFamilies(self._families)
        font.setPixelSize(self.pixels(kind))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        return font

    def pixels(self, kind: str) -> int:
        """Give the size of a kind of text."""
        return round(self.type_size * TYPE[kind])

    def row_height(self, *, dense: bool = False) -> int:
        """Give the height of a table row that fits the type."""
        return max(28 if dense else 32, round(self.type_size * (28 if dense else 32) / NORMAL_TYPE))

    def icon(self, name: str, role: str = "text") -> QIcon:
        """Give an icon drawn in the color of a role."""
        found = self._icons.get((name, role))
        if found is None:
            drawing = self._icon_source(name)
            found = QIcon()
            drawing = drawing.replace(b"currentColor", self.color(role).name().encode())
            for size in ICON_SIZES:
                picture = _draw(drawing, size)
                found.addPixmap(picture)
                found.addPixmap(picture, QIcon.Mode.Selected)  # otherwise Qt bleaches it in chosen rows
            self._icons[name, role] = found
        return found

    def pixmap(self, name: str, role: str, size: int, ratio: float) -> QPixmap:
        """Give an icon as a picture for a label; ``ratio`` is the screen's pixels per point."""
        return self.icon(name, role).pixmap(QSize(size, size), ratio)

    # --- making

    def _palette(self) -> QPalette:
        palette = QPalette()
        role = QPalette.ColorRole
        for target, name in (
            (role.Window, "page"),
            (role.WindowText, "text"),
            (role.Base, "card"),
            (role.AlternateBase, "page"),
            (role.Text, "text"),
            (role.Button, "card"),
            (role.ButtonText, "text"),
            (role.ToolTipBase, "raised"),
            (role.ToolTipText, "text"),
            (role.PlaceholderText, "muted"),
            (role.Highlight, "selection"),
            (role.HighlightedText, "text"),
            (role.Link, "accent"),
            (role.Accent, "accent"),
            (role.Mid, "line"),
            (role.Dark, "line"),
        ):
            palette.setColor(target, self.color(name))
        for target in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.color("field"))
        return palette

    def _style_sheet(self) -> str:
        values = {name: pair[self.dark] for name, pair in COLORS.items()}
        sizes = {f"{kind}_size": f"{self.pixels(kind)}px" for kind in TYPE}
        values["down_arrow"] = self._picture("down", "muted")
        values["tick"] = self._picture("check", "on_accent")
        return STYLE_SHEET.format_map(values | sizes | {"target": f"{max(28, self.type_size * 2)}px"})

    def _picture(self, name: str, role: str) -> str:
        """Write an icon in the color of a role into a file, and give its path as the style sheet wants it."""
        color = self.color(role).name()
        path = Path(self._pictures.filePath(f"{name}-{color.removeprefix('#')}.svg"))
        if not path.exists():
            path.write_bytes(self._icon_source(name).replace(b"currentColor", color.encode()))
        return path.as_posix()


def fallen(row: SiteRow) -> CertificateState | None:
    """Give how a site's certificate stands where it does not hold today; ``None`` where it holds, or there is none."""
    return None if row.certificate_state is CertificateState.VALID else row.certificate_state


def look_of(row: SiteRow) -> tuple[str, str, str]:
    """Say how far a site is: icon, tone, and the key of its word. Certified is one only while its certificate holds."""
    state = fallen(row)
    if row.stage is Stage.CERTIFIED and state:
        return (*STATE_LOOKS[state], f"ui.certificate_state.{state.value}")
    return (*STAGE_LOOKS[row.stage], f"ui.stage.{row.stage.value}")


class _SystemFollower(QObject):
    """Dresses the application anew when the system turns dark or light."""

    def __init__(self, theme: Theme, application: QApplication) -> None:
        super().__init__(theme)
        self._theme = theme
        self._application = application

    @Slot()
    def dress_anew(self) -> None:
        """Follow the system, if that is what the person wants."""
        if self._theme.scheme == "system":
            self._theme.dress(self._application, "system", self._theme.type_size)


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _draw(drawing: bytes, size: int) -> QPixmap:
    """Draw an SVG. Qt's own reader does it; the module QtSvg would take longer to load than all icons to draw."""
    buffer = QBuffer()
    buffer.setData(QByteArray(drawing))
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(size, size))
    return QPixmap.fromImage(reader.read())


# Widgets say what they are by the property "role"; everything else follows from the palette.
STYLE_SHEET: Final = """
QLabel {{ background: transparent; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="caption"] {{ color: {muted}; font-size: {caption_size}; }}
QLabel[role="section"] {{ font-size: {section_size}; font-weight: 700; }}
QLabel[role="page"] {{ font-size: {page_size}; font-weight: 700; }}
QLabel[role="figure"] {{ font-size: {figure_size}; font-weight: 700; }}
QLabel[role="problem"] {{ color: {failed}; font-size: {caption_size}; }}
QLabel[role="example"] {{
    color: {attention}; border: 1px solid {attention}; border-radius: 4px; padding: 1px 6px; font-weight: 700;
}}
QFrame[role="card"] {{ background: {card}; border: 1px solid {line}; border-radius: 6px; }}
QFrame[role="line"] {{ background: {line}; border: none; max-height: 1px; }}
QPushButton, QToolButton, QComboBox, QLineEdit, QSpinBox, QDateEdit {{
    min-height: {target}; border: 1px solid {field}; border-radius: 6px; padding: 0 8px; background: {card};
    color: {text};
}}
QPushButton:hover, QToolButton:hover {{ background: {raised}; }}
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus, QSpinBox:focus, QDateEdit:focus,
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {accent}; padding: 0 7px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {field}; border-color: {line}; }}
QComboBox:disabled, QLineEdit:disabled, QSpinBox:disabled, QDateEdit:disabled {{
    color: {muted}; border-color: {line}; background: {raised};
}}
QPushButton[role="accent"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 700; }}
QPushButton[role="accent"]:hover {{ background: {accent_hover}; }}
QPushButton[role="accent"]:focus {{ border: 2px solid {text}; }}
QPushButton[role="accent"]:disabled {{ background: {raised}; color: {muted}; border-color: {line}; }}
QPushButton[role="flat"], QToolButton[role="flat"] {{ background: transparent; border: 1px solid transparent; }}
QPushButton[role="flat"]:hover, QToolButton[role="flat"]:hover {{ background: {raised}; }}
QPushButton[role="flat"]:focus, QToolButton[role="flat"]:focus {{ border: 2px solid {accent}; }}
QPushButton[role="chip"] {{ border-radius: 14px; padding: 0 10px; }}
QPushButton[role="chip"]:checked {{ background: {selection}; border: 2px solid {accent}; padding: 0 9px; }}
QToolButton[role="room"] {{ border: 1px solid transparent; background: transparent; padding: 0 8px; }}
QToolButton[role="room"]:checked {{ background: {selection}; font-weight: 700; }}
QToolButton[role="room"]:focus {{ border: 2px solid {accent}; padding: 0 7px; }}
QLineEdit QToolButton {{ min-height: 0; border: none; padding: 0; background: transparent; }}
QPlainTextEdit, QTextEdit, QTextBrowser {{
    border: 1px solid {field}; border-radius: 6px; background: {card}; padding: 4px;
}}
QLineEdit[problem="true"], QComboBox[problem="true"] {{ border: 2px solid {failed}; }}
QTableView, QTreeView, QListView {{
    background: {card}; border: 1px solid {line}; border-radius: 6px; gridline-color: {line};
    selection-background-color: {selection}; selection-color: {text}; outline: none;
}}
QTableView::item {{ padding: 0 4px; }}
QTableView:focus, QTreeView:focus, QListView:focus {{ border-color: {accent}; }}
QHeaderView {{ background: {card}; border: none; }}
QHeaderView::section {{
    background: {card}; color: {muted}; border: none; border-bottom: 1px solid {line}; padding: 4px 8px;
}}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QCheckBox::indicator:unchecked, QListView::indicator:unchecked,
QTableView::indicator:unchecked, QTreeView::indicator:unchecked {{
    width: 12px; height: 12px; border: 1px solid {field}; border-radius: 3px; background: {card};
}}
QCheckBox::indicator:checked, QListView::indicator:checked,
QTableView::indicator:checked, QTreeView::indicator:checked {{
    width: 12px; height: 12px; border: 1px solid {accent}; border-radius: 3px; background: {accent};
    image: url("{tick}");
}}
QRadioButton::indicator:unchecked {{
    width: 12px; height: 12px; border: 1px solid {field}; border-radius: 7px; background: {card};
}}
QRadioButton::indicator:checked {{
    width: 6px; height: 6px; border: 4px solid {accent}; border-radius: 7px; background: {card};
}}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{down_arrow}"); width: 16px; height: 16px; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {field}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QSplitter::handle {{ background: transparent; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QFrame[role="sidebar"], QFrame[role="bar"] {{ background: {card}; border: none; }}
QProgressBar {{
    border: 1px solid {line}; border-radius: 4px; background: {raised}; max-height: 10px; text-align: center;
}}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px; }}
"""
