"""The canonical document of a certificate template, and its identity: the SHA-256 of that text."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum

from wufei_cells.checklists.rule_document import filled, flag_data
from wufei_cells.checklists.template_parts import KINDS
from wufei_cells.checklists.template_reading import FORMAT
from wufei_cells.checklists.yaml_source import Data
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.certificate_templates import (
    Box,
    CertificateTemplate,
    Element,
    ImageElement,
    QrElement,
    TableElement,
    Type,
)
from wufei_cells.domain.text import Text


def template_document(template: CertificateTemplate) -> str:
    """Write the canonical document of a template; it has the shape of a template file, its pictures in it."""
    return canonical_json(
        filled(
            format=FORMAT,
            key=template.key,
            version=template.version,
            title=_text(template.title),
            languages=list(template.languages),
            colors=dict(template.colors),
            seal=_box(template.seal),
            elements=[_element(element) for element in template.elements],
        )
    )


def template_id(document: str) -> str:
    """Give the identity of a template by its canonical document."""
    return hashlib.sha256(document.encode()).hexdigest()


def _element(element: Element) -> Data:
    parts: dict[str, Data] = {}
    for field in fields(element):
        value = getattr(element, field.name)
        if isinstance(element, QrElement) and isinstance(value, Type):
            parts["caption_type"] = _type(value)
        elif isinstance(value, Type) and field.name == "type":
            parts |= _type(value)
        elif isinstance(value, Box):
            parts |= _box(value)
        else:
            parts[field.name] = _value(value)
    if isinstance(element, QrElement):
        del parts["height"]
    if isinstance(element, TableElement):
        parts["rows"] = [{"label": _text(row.label), "value": _text(row.value)} for row in element.rows]
    if isinstance(element, ImageElement):
        del parts["kind"]
    return {KINDS[type(element)]: filled(**parts)}


def _value(value: object) -> Data:
    if isinstance(value, bool):
        return flag_data(value)
    if isinstance(value, Type):
        return _type(value)
    if isinstance(value, Text):
        return _text(value)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, StrEnum):
        return value.value
    return None if value is None or value == "" else str(value)


def _type(look: Type) -> dict[str, Data]:
    return {
        "face": look.face.value,
        "size": plain(look.size),
        "smallest": plain(look.smallest),
        "spacing": plain(look.spacing),
        "color": look.color,
    }


def _box(box: Box) -> dict[str, Data]:
    return {"x": plain(box.x), "y": plain(box.y), "width": plain(box.width), "height": plain(box.height)}


def _text(text: Text) -> Data:
    return filled(zh=text.zh, en=text.en)
