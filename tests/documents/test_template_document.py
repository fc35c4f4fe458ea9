"""docs/certificate-template.md is true: its example prints, and it names every field, kind and slot there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

from wufei_cells import shipped
from wufei_cells.checklists.template_parts import KINDS
from wufei_cells.checklists.template_reading import read_template
from wufei_cells.documents.certificate_sample import sample_certificates, trial_problems
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.domain.certificate_templates import REQUIRED_SLOTS, SLOTS, BorderStyle, Height, Side, TypeFace
from wufei_cells.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "certificate-template.md").read_text("utf-8")
WORDS = Wording(shipped.wording_catalogue(), "zh")


def test_the_example_is_sound_and_the_longest_certificate_fits(document_fonts: DocumentFonts):
    (example,) = re.findall(r"```yaml template\n(.*?)```", TEXT, re.DOTALL)
    template = read_template(example.encode(), "docs")
    assert trial_problems(template, "docs", document_fonts, WORDS) == []
    assert len(sample_certificates(WORDS)) == 4


def test_every_slot_is_explained():
    named = set(re.findall(r"`\{(\w+)\}`", TEXT.partition("## Slots")[2]))
    assert named == set(SLOTS)
    assert set(REQUIRED_SLOTS) <= named


def test_every_kind_field_and_choice_is_explained():
    schema = json.loads((ROOT / "resources" / "schema" / "certificate-template.json").read_text("utf-8"))
    fields = {name for kind in schema["$defs"].values() for name in kind.get("properties", {})} | set(
        schema["properties"]
    )
    choices = {str(choice) for kind in (BorderStyle, Height, Side, TypeFace) for choice in kind}
    wanted = fields | choices | set(KINDS.values())
    assert [word for word in sorted(wanted) if not re.search(rf"\b{word}\b", TEXT)] == []
