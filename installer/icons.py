"""Make the program's icon in all forms from the line icon of the window: white on a rounded square in the accent color.

Drawn by Qt at build time, so that one file is the source of all.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from installer import content

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_SOURCE = content.ROOT / "resources" / "icons" / "application.svg"
_CORNER, _MARGIN = 0.22, 0.19
"""Of the square's edge."""


def pngs() -> dict[int, bytes]:
    """Draw the icon in every size."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - after it was told that there is no display

    application = QGuiApplication.instance() or QGuiApplication([])
    drawn = {size: _drawn(size) for size in SIZES}
    del application
    return drawn


def svg() -> str:
    """Give the icon as SVG, for desktops that draw it themselves."""
    accent, light = _colors()
    lines = _SOURCE.read_text(encoding="utf-8")
    paths = lines[lines.index("<path") : lines.rindex("</svg>")].strip()
    scale = 1 - 2 * _MARGIN
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="256" height="256">\n'
        f'<rect width="24" height="24" rx="{24 * _CORNER:.2f}" fill="{accent}"/>\n'
        f'<g fill="none" stroke="{light}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        f'transform="translate({24 * _MARGIN:.2f} {24 * _MARGIN:.2f}) scale({scale:.2f})">\n{paths}\n</g>\n</svg>\n'
    )


def write_ico(path: Path) -> Path:
    """Write the icon for Windows."""
    _write(path, "ICO", [16, 24, 32, 48, 64, 128, 256])
    return path


def write_icns(path: Path) -> Path:
    """Write the icon for macOS."""
    _write(path, "ICNS", [32, 64, 128, 256, 512])
    return path


def _write(path: Path, kind: str, sizes: list[int]) -> None:
    from PIL import Image  # noqa: PLC0415 - only the environment of the installer has it

    drawn = pngs()
    pictures = [Image.open(io.BytesIO(drawn[size])) for size in sizes]
    path.parent.mkdir(parents=True, exist_ok=True)
    pictures[-1].save(path, kind, append_images=pictures[:-1], sizes=[(size, size) for size in sizes])


def _drawn(size: int) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt  # noqa: PLC0415 - as above
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415 - as above
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - as above

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg().encode())).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportArgumentType, reportCallIssue] - its stubs want bytes
    return bytes(buffer.data().data())


def _colors() -> tuple[str, str]:
    from ui.theme import COLORS  # noqa: PLC0415 - loads Qt

    return COLORS["accent"][0], COLORS["on_accent"][0]
