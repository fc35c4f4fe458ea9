"""Read the elements of a certificate template: texts, tables, lines, pictures, the code, the marks."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.image_headers import LARGEST_IMAGE, LARGEST_SIDE, image_size, kind_of_image
from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.domain.certificate_templates import (
    BorderElement,
    BorderStyle,
    Box,
    Element,
    Height,
    ImageElement,
    ImageKind,
    LineElement,
    NoteElement,
    OrnamentElement,
    QrElement,
    Side,
    SpecimenElement,
    TableElement,
    TableRow,
    TextElement,
    Type,
    TypeFace,
)
from wufei_cells.domain.text import Text

Files = Callable[[str], bytes | None]
"""Gives the content of a file beside the template, or nothing where there is none of that name."""

BLACK = "#000000"
GREEN = "#0B6B57"
GOLD = "#B08D4A"
NO_TEXT = Text("")
CAPTION = Type(TypeFace.SERIF, Decimal("6.5"), Decimal(5), Decimal(0), BLACK)


class ElementReader:
    """Reads elements, noting every problem of their form."""

    def __init__(self, reading: Reading, files: Files | None) -> None:
        self.reading = reading
        self.files = files
        self._kinds: Mapping[str, Callable[[Data, Path], Element]] = MappingProxyType(
            {
                "text": self._text,
                "note": self._note,
                "table": self._table,
                "line": self._line,
                "border": self._border,
                "ornament": self._ornament,
                "image": self._image,
                "qr": self._qr,
                "specimen": self._specimen,
            }
        )

    def element(self, data: Data, path: Path) -> Element | None:
        """Read one element, which is a mapping with its kind as the only name."""
        fields = Fields(self.reading, data, path)
        fields.pass_over(self._kinds)
        found = [kind for kind in self._kinds if kind in fields.data]
        element = fields.get(found[0], self._kinds[found[0]]) if len(found) == 1 else None
        if element is None and isinstance(data, dict):
            self.reading.problem(path, "template.one_kind", allowed=tuple(self._kinds))
        fields.finish()
        return element

    def box(self, data: Data, path: Path) -> Box:
        """Read a part of the page."""
        fields = Fields(self.reading, data, path)
        box = _box(fields)
        fields.finish()
        return box

    def words(self, data: Data, path: Path) -> Text:
        """Read text for one language or several; plain text holds for each of them."""
        if isinstance(data, str) and data.strip():
            read = self.reading.string(data, path)
            return Text(read, read)
        if not isinstance(data, dict) or not data:
            self.reading.problem(path, "field.not_text")
            return NO_TEXT
        fields = Fields(self.reading, data, path)
        text = Text(fields.string("zh", ""), fields.string("en", ""))
        if "zh" not in fields and "en" not in fields:
            self.reading.problem(path, "field.not_text")
        fields.finish()
        return text

    # --- kinds

    def _text(self, data: Data, path: Path) -> TextElement:
        fields = Fields(self.reading, data, path)
        look = _type(fields)
        element = TextElement(
            text=fields.get("text", self.words),
            box=_box(fields),
            type=look,
            align=fields.choice("align", Side, Side.LEFT),
            valign=fields.choice("valign", Height, Height.TOP),
            leading=fields.get("leading", self.reading.number, Decimal("1.4")),
            lines=fields.whole("lines"),
            wraps_at=fields.get("wraps_at", self.reading.number, look.smallest),
            indent=fields.get("indent", self.reading.number, Decimal(0)),
            justify=fields.flag("justify", default=False),
            under_seal=fields.flag("under_seal", default=False),
        )
        fields.finish()
        return element

    def _note(self, data: Data, path: Path) -> NoteElement:
        fields = Fields(self.reading, data, path)
        element = NoteElement(
            example=fields.get("example", self.words),
            model=fields.get("model", self.words),
            box=_box(fields),
            type=_type(fields),
            align=fields.choice("align", Side, Side.CENTER),
        )
        fields.finish()
        return element

    def _table(self, data: Data, path: Path) -> TableElement:
        fields = Fields(self.reading, data, path)
        value = fields.get("value", self._nested_type)
        element = TableElement(
            rows=fields.each("rows", self._row, required=True),
            box=_box(fields),
            label=fields.get("label", self._nested_type),
            value=value,
            label_width=fields.number("label_width"),
            row_height=fields.number("row_height"),
            second=fields.get("second", self.reading.number, value.smallest),
            rule=fields.string("rule", ""),
            valign=fields.choice("valign", Height, Height.TOP),
        )
        fields.finish()
        return element

    def _row(self, data: Data, path: Path) -> TableRow:
        fields = Fields(self.reading, data, path)
        row = TableRow(fields.get("label", self.words), fields.get("value", self.words))
        fields.finish()
        return row

    def _line(self, data: Data, path: Path) -> LineElement:
        fields = Fields(self.reading, data, path)
        element = LineElement(
            x=fields.number("x"),
            y=fields.number("y"),
            to_x=fields.number("to_x"),
            to_y=fields.number("to_y"),
            thickness=fields.get("thickness", self.reading.number, Decimal("0.4")),
            color=fields.string("color", BLACK),
        )
        fields.finish()
        return element

    def _border(self, data: Data, path: Path) -> BorderElement:
        fields = Fields(self.reading, data, path)
        element = BorderElement(
            style=fields.choice("style", BorderStyle),
            color=fields.string("color", GREEN),
            second=fields.string("second", GOLD),
            inset=fields.get("inset", self.reading.number, Decimal(10)),
        )
        fields.finish()
        return element

    def _ornament(self, data: Data, path: Path) -> OrnamentElement:
        fields = Fields(self.reading, data, path)
        element = OrnamentElement(
            x=fields.number("x"),
            y=fields.number("y"),
            width=fields.number("width"),
            color=fields.string("color", GREEN),
            second=fields.string("second", GOLD),
        )
        fields.finish()
        return element

    def _qr(self, data: Data, path: Path) -> QrElement:
        fields = Fields(self.reading, data, path)
        width = fields.number("width")
        element = QrElement(
            box=Box(fields.number("x"), fields.number("y"), width, width),
            module=fields.get("module", self.reading.number, Decimal("0.6")),
            caption=fields.get("caption", self.words, NO_TEXT),
            type=fields.get("caption_type", self._nested_type, CAPTION),
        )
        fields.finish()
        return element

    def _specimen(self, data: Data, path: Path) -> SpecimenElement:
        fields = Fields(self.reading, data, path)
        element = SpecimenElement(
            text=fields.get("text", self.words),
            type=_type(fields),
            width=fields.number("width"),
            angle=fields.get("angle", self.reading.number, Decimal(30)),
        )
        fields.finish()
        return element

    def _image(self, data: Data, path: Path) -> ImageElement:
        fields = Fields(self.reading, data, path)
        box = _box(fields)
        named, encoded = fields.string("file", ""), fields.get("data", self._encoded, "")
        fields.finish()
        where = fields.at("file" if named else "data")
        content = self._content(named, encoded, where if named or encoded else path)
        kind = kind_of_image(content)
        if content and not self._sound(content, kind, where):
            kind = None
        return ImageElement(box, base64.b64encode(content).decode("ascii") if kind else "", kind or ImageKind.PNG)

    def _encoded(self, data: Data, path: Path) -> str:
        """Read the content of a file as base64; it may be longer than other texts."""
        if not isinstance(data, str) or not data.strip():
            self.reading.problem(path, "field.not_text")
            return ""
        return data

    def _content(self, named: str, encoded: str, path: Path) -> bytes:
        """Give the bytes of a picture; nothing after noting why there are none."""
        if bool(named) == bool(encoded):
            self.reading.problem(path, "template.image_source")
        elif encoded:
            try:
                return base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                self.reading.problem(path, "template.image_unreadable")
        elif "/" in named or "\\" in named or named.startswith("."):
            self.reading.problem(path, "template.image_name", found=named[:40])
        else:
            content = self.files(named) if self.files else None
            if content is not None:
                return content or b"empty"
            self.reading.problem(path, "template.image_missing", file=named[:80])
        return b""

    def _sound(self, content: bytes, kind: ImageKind | None, path: Path) -> bool:
        """Tell whether a picture can be taken; note why it cannot."""
        if len(content) > LARGEST_IMAGE:
            self.reading.problem(path, "template.image_large", limit=LARGEST_IMAGE // 1000)
            return False
        size = image_size(content, kind) if kind else None
        if size is None:
            self.reading.problem(path, "template.image_unreadable")
            return False
        if max(size) > LARGEST_SIDE:
            self.reading.problem(path, "template.image_pixels", found=f"{size[0]}×{size[1]}", limit=LARGEST_SIDE)
            return False
        return True

    def _nested_type(self, data: Data, path: Path) -> Type:
        fields = Fields(self.reading, data, path)
        look = _type(fields)
        fields.finish()
        return look


def _box(fields: Fields) -> Box:
    return Box(fields.number("x"), fields.number("y"), fields.number("width"), fields.number("height"))


def _type(fields: Fields) -> Type:
    size = fields.number("size")
    return Type(
        face=fields.choice("face", TypeFace),
        size=size,
        smallest=fields.get("smallest", fields.reading.number, size),
        spacing=fields.get("spacing", fields.reading.number, Decimal(0)),
        color=fields.string("color", BLACK),
    )
