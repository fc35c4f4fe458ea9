"""The window's own fonts show every character a name may hold, whatever the machine has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QTextLayout
from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parents[2]
# Three of the standard's 8,105 characters beyond common fonts, one beyond the BMP, and one only in the fallback.
RARE = "䶮㳇鿍𬇙龘"
NOWHERE = "\U0010fffd"
OWN = {"Wufei Sans SC", "Wufei Fallback SC"}


def fonts_used(text, font):
    """Families and glyph numbers with which Qt draws a text."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [(run.rawFont().familyName(), number) for run in layout.glyphRuns() for number in run.glyphIndexes()]


def picture(text, font):
    """The pixels of a text."""
    image = QImage(60, 60, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(image.rect(), 0, text)
    painter.end()
    return bytes(image.constBits())


@pytest.fixture(scope="module")
def window(shared_windows, shared_register):
    """The window on a register with two sites; nothing here changes anything in it."""
    shared_register.add_sites("焦作市第一中学", "解放区龙源湖公园")
    return shared_windows(shared_register)


@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
@pytest.mark.parametrize("character", RARE)
def test_a_rare_character_has_a_glyph_of_our_own(window, character, bold):
    font = window.context.theme.font("body", bold=bold)
    for family, glyph in fonts_used(character, font):
        assert family in OWN
        assert glyph != 0


def test_rare_characters_differ_from_the_box_of_a_missing_one_and_from_each_other(window):
    font = window.context.theme.font("section")
    pictures = [picture(character, font) for character in (*RARE, NOWHERE)]
    assert len(set(pictures)) == len(pictures)


def test_every_widget_uses_the_own_font(window, qapp):
    for key in ("overview", "sites", "settings"):
        page = window.main.show_room(key)
        fonts = {widget.font().families()[0] for widget in page.findChildren(QWidget)}
        assert fonts == {"Wufei Sans SC"}


def test_figures_are_tabular(window):
    metrics = QFontMetricsF(window.context.theme.font("body"))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_a_machine_without_any_font_shows_the_same(tmp_path):
    (tmp_path / "fonts.conf").write_text("<?xml version='1.0'?><fontconfig></fontconfig>", encoding="utf-8")
    script = """
import sys
from pathlib import Path
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
sys.path.insert(0, sys.argv[2])
from test_fonts import RARE, OWN, fonts_used
application = QApplication([])
others = set(QFontDatabase.families())
from ui.app import Start, Window
folder = Path(sys.argv[1])
window = Window(application, Start(data=folder, person="x", settings_file=folder / "s.ini", log_file=folder / "log"))
window.main.show()
while not window.main.current_room:  # the fallback font is loaded after the first paint
    application.processEvents()
used = fonts_used(RARE + "保存 Save 0123", application.font())
assert {family for family, _ in used} <= OWN, used
assert all(glyph for _, glyph in used), used
print("others:", sorted(others), "used:", len(used))
window.close()
"""
    environment = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, str(tmp_path), str(Path(__file__).parent)]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    # Without any font fontconfig still answers to its three general names.
    assert "others: ['Monospace', 'Sans Serif', 'Serif']" in done.stdout, "the machine's fonts were found after all"
