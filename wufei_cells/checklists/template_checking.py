"""Check what a certificate template means: slots, colors, sizes, and whether anything stands in anything's way."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import fields as fields_of
from decimal import Decimal
from itertools import combinations

from wufei_cells.checklists.fields import Reading
from wufei_cells.checklists.template_parts import KINDS, boxes_of, ground_of, texts_of, types_of
from wufei_cells.checklists.yaml_source import Path
from wufei_cells.domain.certificate_templates import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REQUIRED_SLOTS,
    SLOTS,
    UNDER_SEAL,
    BorderElement,
    Box,
    CertificateTemplate,
    Element,
    ImageElement,
    LineElement,
    NoteElement,
    OrnamentElement,
    QrElement,
    SpecimenElement,
    TableElement,
    TextElement,
    Type,
)
from wufei_cells.domain.text import Text

COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
SMALLEST_TYPE, LARGEST_TYPE = Decimal(5), Decimal(400)
"""Points: smaller type is not read by anybody; larger does not fit the page."""
SMALLEST_SEAL = Decimal(42)
"""Millimetres: the seal of an office is 42 wide."""
LEAST_MODULE, LARGEST_MODULE = Decimal("0.4"), Decimal(2)
LARGEST_CODE = 69
"""Modules along the side of the largest code that is signed: version 13."""
DEMANDED = (NoteElement, SpecimenElement, QrElement)
"""Without these, a paper on example data could pass for a real one, or nobody could check a real one."""


def check_template(reading: Reading, head: CertificateTemplate, elements: Sequence[Element | None]) -> None:
    """Note everything that makes no sense in a template whose form has been read.

    Args:
        reading: takes the problems.
        head: the template, its elements left out.
        elements: in their order; nothing where one could not be read.
    """
    if len(set(head.languages)) < len(head.languages):
        reading.problem(("languages",), "template.language_twice")
    colors = dict(head.colors)
    for name, value in head.colors:
        if value and not COLOR.fullmatch(value):
            reading.problem(("colors", name), "template.color", found=value[:40], known="#RRGGBB")
    checker = _Checker(reading, head, colors)
    sound = [
        (("elements", index, KINDS[type(element)]), element)
        for index, element in enumerate(elements)
        if element is not None and not _unread(reading, ("elements", index))
    ]
    for path, element in sound:
        checker.element(element, path)
    checker.seal()
    checker.overlaps(sound)
    checker.demands([element for element in elements if element is not None], whole=None not in elements)


def _unread(reading: Reading, path: Path) -> bool:
    return any(noted[: len(path)] == path for noted in reading.unread)


def slots_of(text: str) -> set[str] | None:
    """Name the slots of a text; nothing where its braces make no sense."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    if any(spec or conversion for _text, _name, spec, conversion in parts):
        return None
    return {name for _text, name, _spec, _conversion in parts if name is not None}


class _Checker:
    def __init__(self, reading: Reading, head: CertificateTemplate, colors: dict[str, str]) -> None:
        self.reading = reading
        self.head = head
        self.colors = colors

    def element(self, element: Element, path: Path) -> None:
        """Check one element by itself."""
        for name, text, where in texts_of(element, path):
            self._slots(text, where, allowed=SLOTS if name == "slots" else ())
        self._colors(element, path)
        for look, where in types_of(element, path):
            self._type(look, where)
        for box in boxes_of(element):
            self._box(box, path)
        self._measures(element, path)

    def _measures(self, element: Element, path: Path) -> None:
        """Check the sizes that only one kind of element has."""
        match element:
            case TextElement():
                self._text(element, path)
            case TableElement():
                self._positive(path, label_width=element.label_width, row_height=element.row_height)
                if element.label_width >= element.box.width:
                    self.reading.problem((*path, "label_width"), "template.label_width", width=_mm(element.box.width))
            case QrElement():
                self._code(element, path)
            case BorderElement():
                if not 0 <= element.inset < PAGE_HEIGHT / 4:
                    self._range((*path, "inset"), element.inset, 0, PAGE_HEIGHT / 4)
            case LineElement():
                self._range_of(path, "thickness", element.thickness, Decimal("0.1"), Decimal(20))
            case SpecimenElement() | OrnamentElement():
                self._range_of(path, "width", element.width, Decimal(10), PAGE_WIDTH)
            case _:
                pass

    def seal(self) -> None:
        """The seal needs room on the page, whatever else stands there."""
        if _unread(self.reading, ("seal",)):
            return
        seal = self.head.seal
        if min(seal.width, seal.height) < SMALLEST_SEAL:
            self.reading.problem(("seal",), "template.seal_small", least=_mm(SMALLEST_SEAL))
        self._box(seal, ("seal",))

    def overlaps(self, elements: Sequence[tuple[Path, Element]]) -> None:
        """Note what stands in the seal's place, and what stands in each other's."""
        seal = None if _unread(self.reading, ("seal",)) else self.head.seal
        for path, element in elements:
            if seal and not (isinstance(element, TextElement) and element.under_seal):
                for box in ground_of(element):
                    if box.touches(seal):
                        self.reading.problem(path, "template.in_seal", seal=_place(seal))
        for (path, one), (other_path, other) in combinations(elements, 2):
            if self._collide(one, other):
                place = f"{other_path[1] + 1 if isinstance(other_path[1], int) else ''}"
                self.reading.problem(path, "template.overlap", other=place, kind=KINDS[type(other)])

    def demands(self, elements: Sequence[Element], *, whole: bool) -> None:
        """Note what a certificate cannot do without; where some elements could not be read, nobody can tell."""
        for kind in DEMANDED:
            count = sum(1 for element in elements if isinstance(element, kind))
            if count == 0 and whole:
                self.reading.problem(("elements",), "template.missing_element", kind=KINDS[kind])
            if count > 1 and kind is QrElement:
                self.reading.problem(("elements",), "template.two_codes")
        printed: set[str] = set()
        for element in elements:
            for name, text, _path in texts_of(element, ()):
                if name == "slots":
                    for language in self.head.languages:
                        printed |= slots_of(getattr(text, language)) or set()
        missing = tuple(f"{{{slot}}}" for slot in REQUIRED_SLOTS if slot not in printed)
        if missing and whole:
            self.reading.problem(("elements",), "template.missing_slot", missing=missing)

    # --- one thing at a time

    def _slots(self, text: Text, path: Path, allowed: Sequence[str]) -> None:
        for written in dict.fromkeys((text.zh, text.en)):
            found = slots_of(written)
            if found is None:
                self.reading.problem(path, "template.braces")
            elif found - set(allowed):
                unknown = ", ".join(f"{{{slot}}}" for slot in sorted(found - set(allowed)))
                known = ", ".join(f"{{{slot}}}" for slot in allowed) or "–"
                self.reading.problem(path, "template.unknown_slot", found=unknown[:80], allowed=known)

    def _colors(self, element: object, path: Path) -> None:
        """Check every color of an element, and of the type in it."""
        for field in fields_of(element):  # type: ignore[arg-type]  # each kind of element is a dataclass
            value = getattr(element, field.name)
            if isinstance(value, Type):
                self._color(value.color, path)
            elif field.name in ("color", "second", "rule") and isinstance(value, str) and value:
                self._color(value, path)

    def _color(self, color: str, path: Path) -> None:
        if color not in self.colors and not COLOR.fullmatch(color):
            known = ", ".join(("#RRGGBB", *self.colors))
            self.reading.problem(path, "template.color", found=color[:40], known=known)

    def _type(self, look: Type, path: Path) -> None:
        if not SMALLEST_TYPE <= look.smallest <= look.size <= LARGEST_TYPE:
            self.reading.problem(path, "template.type_size", least=_mm(SMALLEST_TYPE), most=_mm(LARGEST_TYPE))
        self._range_of(path, "spacing", look.spacing, Decimal(0), Decimal(100))

    def _box(self, box: Box, path: Path) -> None:
        if box.width <= 0 or box.height <= 0 or not box.on_page():
            self.reading.problem(
                path, "template.off_page", found=_place(box), width=_mm(PAGE_WIDTH), height=_mm(PAGE_HEIGHT)
            )

    def _text(self, element: TextElement, path: Path) -> None:
        self._range_of(path, "leading", element.leading, Decimal(1), Decimal(4))
        self._range_of(path, "indent", element.indent, Decimal(0), Decimal(20))
        if element.lines is not None and not 1 <= element.lines <= 20:
            self._range((*path, "lines"), Decimal(element.lines), 1, 20)
        if not element.type.smallest <= element.wraps_at <= element.type.size:
            self._range((*path, "wraps_at"), element.wraps_at, element.type.smallest, element.type.size)
        slots = (slots_of(element.text.zh) or set()) | (slots_of(element.text.en) or set())
        if element.under_seal and not (slots and slots <= UNDER_SEAL):
            allowed = ", ".join(f"{{{slot}}}" for slot in sorted(UNDER_SEAL))
            self.reading.problem(path, "template.under_seal", allowed=allowed)

    def _code(self, element: QrElement, path: Path) -> None:
        self._range_of(path, "module", element.module, LEAST_MODULE, LARGEST_MODULE)
        needed = LARGEST_CODE * element.module
        if element.box.width < needed:
            self.reading.problem((*path, "width"), "template.code_small", needed=_mm(needed))

    def _positive(self, path: Path, **values: Decimal) -> None:
        for name, value in values.items():
            self._range_of(path, name, value, Decimal(1), PAGE_WIDTH)

    def _range_of(self, path: Path, name: str, value: Decimal, least: Decimal, most: Decimal) -> None:
        if not least <= value <= most:
            self._range((*path, name), value, least, most)

    def _range(self, path: Path, value: Decimal, least: Decimal | int, most: Decimal | int) -> None:
        self.reading.problem(
            path, "template.range", found=_mm(value), least=_mm(Decimal(least)), most=_mm(Decimal(most))
        )

    def _collide(self, one: Element, other: Element) -> bool:
        """Whether two elements would print over each other; a picture may lie behind words, not behind the code."""
        kinds = {type(one), type(other)}
        if not kinds <= {TextElement, NoteElement, TableElement, QrElement, ImageElement}:
            return False
        if ImageElement in kinds and QrElement not in kinds:
            return False
        if not (self._prints(one) and self._prints(other)):
            return False
        return any(box.touches(far) for box in ground_of(one) for far in ground_of(other))

    def _prints(self, element: Element) -> bool:
        """Whether an element prints anything in the languages of this template."""
        if not isinstance(element, TextElement):
            return True
        return any(getattr(element.text, language) for language in self.head.languages)


def _place(box: Box) -> str:
    return f"x {_mm(box.x)}–{_mm(box.right)}, y {_mm(box.y)}–{_mm(box.bottom)}"


def _mm(value: Decimal) -> str:
    return f"{value.normalize():f}"
