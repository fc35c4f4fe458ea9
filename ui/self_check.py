"""Whether the window could work on this machine: Qt's plugins, our fonts and icons, pages, printing."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QLibraryInfo, QPluginLoader, QSize, QTranslator, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QImageReader, QPainter, QRawFont
from PySide6.QtWidgets import QApplication

from wufei_cells.services.self_checking import RARE, Check, Found, Shipped, Unsound

NATIVE = {"linux": "xcb", "win32": "windows", "darwin": "cocoa"}
INPUT_METHODS = {"linux": ("compose", "ibus")}
"""What typing Chinese takes; elsewhere it comes with the window system. Others (fcitx) come from the machine's Qt."""
PICTURES = ("jpeg", "png", "svg")
COMMON = "无废细胞 Aa1，"
FALLBACK = "Fallback"
"""In the name of the font that only holds what the others lack."""
ICON = 32
ENDINGS = (".so", ".dll", ".dylib")


def main(argv: Sequence[str]) -> int:
    """Check everything, the window included, and print what came of it; 0 when all is well."""
    from wufei_cells.command_line.self_check import main as check  # noqa: PLC0415 - loads everything there is

    if "offscreen" in _plugins("platforms"):  # nothing is shown, and a broken display must not end the program
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return check(argv, _with_application)


def window_checks(shipped: Shipped) -> Iterator[Check]:
    """Give the checks of the window. They want the GUI thread; all together they take a fraction of a second."""
    yield "qt", _platform
    yield "qt_input", _input_methods
    yield "qt_images", _images
    yield "qt_fonts", lambda: _fonts(shipped)
    yield "qt_translation", _translation
    yield "qt_icons", lambda: _icons(shipped)
    yield "qt_print", _printing


def page_checks(shipped: Shipped) -> Iterator[Check]:
    """Give the checks of showing pages, which may be made in any thread."""
    yield "qt_pdf", lambda: _pdf(shipped)


def _with_application(shipped: Shipped) -> Iterator[Check]:
    yield "qt", _platform  # before there is an application: without a platform there can be none
    native = NATIVE.get(sys.platform, "xcb")
    if not {"offscreen", native} & _plugins("platforms").keys():
        return
    application = QApplication.instance() or QApplication(["wufei-cells"])
    yield from list(window_checks(shipped))[1:]
    yield from page_checks(shipped)
    del application


def _plugins(kind: str) -> dict[str, Path]:
    """Give Qt's plugins of a kind by short names: ``libqxcb.so`` is ``xcb``."""
    places = [*QCoreApplication.libraryPaths(), QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)]
    found: dict[str, Path] = {}
    for place in places:
        for file in sorted((Path(place) / kind).glob("*")):
            if file.suffix in ENDINGS:
                name = file.stem.removeprefix("lib").removesuffix("platforminputcontextplugin")
                found.setdefault(name.removeprefix("q") if kind == "platforms" else name, file)
    return found


def _load(plugin: Path) -> None:
    """Load a plugin, to see that every library it needs is there."""
    loader = QPluginLoader(str(plugin))
    if not loader.load():
        raise Unsound("qt_plugin", plugin=plugin.name, detail=loader.errorString())


def _platform() -> Found:
    found = _plugins("platforms")
    wanted = NATIVE.get(sys.platform, "xcb")
    if wanted not in found:
        raise Unsound("qt_platform", platforms=wanted, found=tuple(found))
    _load(found[wanted])
    return {"version": qVersion(), "platform": QGuiApplication.platformName() or wanted, "platforms": tuple(found)}


def _input_methods() -> Found:
    found = _plugins("platforminputcontexts")
    missing = [name for name in INPUT_METHODS.get(sys.platform, ()) if name not in found]
    if missing:
        raise Unsound("qt_input", methods=tuple(missing))
    for plugin in found.values():
        if not plugin.stem.endswith("virtualkeyboardplugin"):
            _load(plugin)
    return {"methods": tuple(found) or ("-",)}


def _images() -> Found:
    formats = {bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()}
    missing = [name for name in PICTURES if name not in formats]
    if missing:
        raise Unsound("qt_images", formats=tuple(missing))
    return {"formats": tuple(sorted(formats))}


def _fonts(shipped: Shipped) -> Found:
    files = {name: file for name, file in shipped.font_files.items() if "Sans" in name or FALLBACK in name}
    held: set[str] = set()
    families: set[str] = set()
    for name, file in files.items():
        content = QByteArray(file.read_bytes())
        raw = QRawFont(content, ICON)
        wanted = "" if FALLBACK in name else COMMON
        missing = "".join(char for char in wanted if not raw.supportsCharacter(ord(char)))
        if not raw.isValid() or missing:
            raise Unsound("qt_font", file=name, characters=missing)
        held.update(char for char in RARE if raw.supportsCharacter(ord(char)))
        if raw.familyName() not in QFontDatabase.families() and QFontDatabase.addApplicationFontFromData(content) < 0:
            raise Unsound("qt_font", file=name, characters="")
        families.add(raw.familyName())
    if rare := "".join(char for char in RARE if char not in held):
        raise Unsound("qt_font", file=", ".join(files), characters=rare)
    return {"families": tuple(sorted(families)), "characters": RARE}


def _translation() -> Found:
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    word = translator.translate("QPlatformTheme", "Save") if translator.load("qtbase_zh_CN", folder) else ""
    if not word:
        raise Unsound("qt_translation")
    return {"word": word}


def _icons(shipped: Shipped) -> Found:
    blank = [name for name, content in shipped.icons.items() if not _drawn(content)]
    if blank or not shipped.icons:
        raise Unsound("qt_icon", names=tuple(blank))
    return {"count": len(shipped.icons)}


def _drawn(svg: bytes) -> bool:
    image = QImage.fromData(svg)
    return not image.isNull() and not _one_color(image.scaled(QSize(ICON, ICON)))


def _one_color(image: QImage) -> bool:
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    first = image.pixel(0, 0)
    return all(image.pixel(x, y) == first for y in range(image.height()) for x in range(image.width()))


def _pdf(shipped: Shipped) -> Found:
    from ui.widgets.pdf_view import draw_page, read_pages  # noqa: PLC0415 - it may be what does not load
    from wufei_cells.services.self_check_making import certificate_page  # noqa: PLC0415 - the same

    page = certificate_page(shipped)
    text = "".join(read_pages(page).texts)
    drawn = draw_page(page, 0, 0.2)
    if any(char not in text for char in RARE) or _one_color(drawn):
        raise Unsound("qt_pdf")
    return {"pages": 1}


def _printing() -> Found:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # noqa: PLC0415 - it may be what does not load

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    with tempfile.TemporaryDirectory(prefix="wufei-") as folder:
        file = Path(folder) / "自检.pdf"
        printer.setOutputFileName(str(file))
        painter = QPainter()
        if painter.begin(printer):
            painter.drawText(100, 100, COMMON)
            painter.end()
        if not file.exists() or not file.read_bytes().startswith(b"%PDF"):
            raise Unsound("qt_print")
    return {"printers": len(QPrinterInfo.availablePrinterNames())}
