"""Find the pictures that are the content of cells: those of WPS by their name, those of Excel 365 by a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar
from xml.etree.ElementTree import Element

from wufei_cells.workbooks.reading.cells import whole
from wufei_cells.workbooks.reading.zip_parts import Relation, ZipParts

_WPS_PART = "xl/cellimages.xml"
_RICH_PARTS = {
    "sheetmetadata": "xl/metadata.xml",
    "rdrichvalue": "xl/richData/rdrichvalue.xml",
    "rdrichvaluestructure": "xl/richData/rdrichvaluestructure.xml",
    "richvaluerel": "xl/richData/richValueRel.xml",
}
"""Where Excel puts what it needs for a picture in a cell, by the kind of the workbook's relation."""
_RICH = "XLRICHVALUE"
_T = TypeVar("_T")


def wps_pictures(file: ZipParts, related: Mapping[str, Relation]) -> dict[str, str]:
    """Give the parts of the pictures that WPS puts into cells, by their names: ``ID_…``; linked ones without part."""
    part = _part(related, "cellimage", _WPS_PART)
    if part not in file:
        return {}
    targets = file.relations(part)
    found: dict[str, str] = {}
    for element in file.elements(part, "cellImage"):
        name = next((one.get("name", "") for one in element.iter("cNvPr")), "")
        blip = next(element.iter("blip"), None)
        relation = targets.get(blip.get("embed", "")) if blip is not None else None
        if name and blip is not None:
            found[name] = relation.target if relation and not relation.external else ""
    return found


def rich_pictures(file: ZipParts, related: Mapping[str, Relation]) -> dict[int, str]:
    """Give the parts of the pictures that Excel puts into cells, by the number ``vm`` of a cell; linked ones without.

    The way is long: value of the cell, value in the future metadata, rich value, its relation, the part. Whatever in
    it is no picture (shares, places) or does not fit together is left out.
    """
    parts = {kind: _part(related, kind, usual) for kind, usual in _RICH_PARTS.items()}
    if not all(part in file for part in parts.values()):
        return {}
    relations = file.relations(parts["richvaluerel"])
    targets = [relations.get(element.get("id", "")) for element in file.elements(parts["richvaluerel"], "rel")]
    keys = [_picture_key(element) for element in file.elements(parts["rdrichvaluestructure"], "s")]
    values = [_target(element, keys, targets) for element in file.elements(parts["rdrichvalue"], "rv")]
    return {
        number: part
        for number, index in _rich_values(file, parts["sheetmetadata"]).items()
        if (part := _at(values, index)) is not None
    }


def _part(related: Mapping[str, Relation], kind: str, usual: str) -> str:
    return next((one.target for one in related.values() if one.kind.lower() == kind and not one.external), usual)


def _picture_key(structure: Element) -> int | None:
    """Which of the values of a structure names the picture; -1 where it is one on the web; nothing for no picture."""
    if structure.get("t") == "_webimage":
        return -1
    names = [key.get("n") for key in structure.iter("k")]
    wanted = "_rvRel:LocalImageIdentifier"
    return names.index(wanted) if structure.get("t") == "_localImage" and wanted in names else None


def _target(value: Element, keys: Sequence[int | None], targets: Sequence[Relation | None]) -> str | None:
    key = _at(keys, whole(value.get("s")))
    if key is None or key < 0:
        return None if key is None else ""
    texts = [one.text for one in value.iter("v")]
    relation = _at(targets, whole(_at(texts, key)))
    if relation is None:
        return None
    return "" if relation.external else relation.target


def _rich_values(file: ZipParts, part: str) -> dict[int, int]:
    """Give the number of the rich value by the number that a cell states, which counts from 1."""
    kinds: list[str] = []
    future: list[int] = []
    blocks: list[list[tuple[int, int]]] = []
    for element in file.elements(part, "metadataTypes", "futureMetadata", "valueMetadata"):
        if element.tag == "metadataTypes":
            kinds = [one.get("name", "") for one in element]
        elif element.tag == "valueMetadata":
            blocks = [[(whole(rc.get("t")), whole(rc.get("v"))) for rc in block] for block in element]
        elif element.get("name") == _RICH:
            future = [next((whole(one.get("i")) for one in block.iter("rvb")), -1) for block in element]
    rich = kinds.index(_RICH) + 1 if _RICH in kinds else 0
    found: dict[int, int] = {}
    for number, block in enumerate(blocks, start=1):
        indexes = [_at(future, at) for kind, at in block if kind == rich]
        if indexes and indexes[0] is not None:
            found[number] = indexes[0]
    return found


def _at(items: Sequence[_T], index: int) -> _T | None:
    return items[index] if 0 <= index < len(items) else None
