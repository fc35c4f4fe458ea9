"""Read a certificate template from a file, or from its canonical document.

A template file is YAML beside its pictures. What the store keeps is the canonical document, which holds the pictures
too; it has the shape of a template file, so one reader serves both.
"""

from __future__ import annotations

import json

from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.template_checking import check_template
from wufei_cells.checklists.template_elements import ElementReader, Files
from wufei_cells.checklists.yaml_source import Data, Path, Source, parse_yaml
from wufei_cells.domain.certificate_templates import CertificateTemplate
from wufei_cells.domain.text import LANGUAGES, Language
from wufei_cells.errors import ProblemsFound

FORMAT = "wufei-certificate/1"


def read_template(content: bytes, name: str, files: Files | None = None) -> CertificateTemplate:
    """Read a template from a YAML or JSON file.

    Args:
        content: the file.
        name: how the file is called in problems.
        files: gives the pictures beside it by name.

    Raises:
        ProblemsFound: every problem, each with its place.
    """
    return _read(parse_yaml(content, name), files)


def read_template_document(document: str) -> CertificateTemplate:
    """Read a template from its canonical document, as the store keeps it."""
    return _read(Source("document", json.loads(document)), None)


def _read(source: Source, files: Files | None) -> CertificateTemplate:
    reading = Reading(source)
    template = _template(reading, source.data, files)
    if reading.problems:
        raise ProblemsFound(source.in_order(reading.problems), subject=source.name)
    return template


def _template(reading: Reading, data: Data, files: Files | None) -> CertificateTemplate:
    fields, elements = Fields(reading, data, ()), ElementReader(reading, files)

    def language(data: Data, path: Path) -> Language:
        for known in LANGUAGES:
            if data == known:
                return known
        reading.problem(path, "field.not_choice", found=str(data)[:40], allowed=", ".join(LANGUAGES))
        return "zh"

    if fields.string("format", FORMAT) != FORMAT:
        reading.problem(("format",), "checklist.format", expected=FORMAT)
    named = fields.fields("colors")
    found = (
        fields.key(),
        fields.string("version"),
        fields.text("title"),
        fields.each("languages", language, required=True),
        fields.get("seal", elements.box),
    )
    colors = tuple((name, named.string(name)) for name in sorted(named.data))
    placed = fields.each("elements", elements.element, required=True)
    fields.finish()
    check_template(reading, CertificateTemplate(*found, elements=(), colors=colors), placed)
    # With a part that could not be read there is a problem, and nobody ever sees this template.
    return CertificateTemplate(*found, elements=tuple(part for part in placed if part is not None), colors=colors)
