"""Made-up certificates, by which a template is tried before it is adopted; the longest plausible one among them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from wufei_cells.documents.certificate_drawing import picture
from wufei_cells.documents.certificate_layout import place_element
from wufei_cells.documents.dates import say_date
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.domain.certificate_templates import CertificateTemplate, ImageElement
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import AssessmentId, CertificateId, CertificateRow, SiteId
from wufei_cells.domain.text import LANGUAGES, Language, Text
from wufei_cells.errors import Problem, UserError
from wufei_cells.wording import Wording

LONGEST_PROOF = 460
"""Characters of the longest signed text: a name of 40 signs in 40 rare characters."""
DAYS = (date(2026, 12, 28), date(2029, 12, 28))
SHOWN = 60
"""Characters of a text that a problem quotes."""


def sample_certificates(words: Wording, profile: Profile | None = None) -> tuple[CertificateRow, ...]:
    """Make up certificates: a plain one, the longest plausible one, and one each on example data and a model checklist.

    Args:
        words: in which the samples are put, in all languages.
        profile: of the city whose wording is to be tried, where it is known.
    """
    plain, longest = (_sample(words, profile, kind) for kind in ("plain", "long"))
    return (
        plain,
        longest,
        replace(plain, example=True, proof="", document_number=""),
        replace(longest, official=False),
    )


def trial_problems(
    template: CertificateTemplate, name: str, fonts: DocumentFonts, words: Wording, profile: Profile | None = None
) -> list[Problem]:
    """Try every element of a template with every sample, and list what cannot be printed.

    Args:
        template: which was read without problems.
        name: of its file, for the places of problems.
        fonts: the fonts of documents.
        words: in which the samples are put, in all languages.
        profile: of the city whose wording is to be tried, where it is known.
    """
    found: dict[tuple[int, str], Problem] = {}
    for row in sample_certificates(words, profile):
        for number, error in _failures(row, template, fonts, words):
            values = {**error.values}
            if isinstance(values.get("text"), str):
                values["text"] = str(values["text"])[:SHOWN]
            found.setdefault((number, error.code), Problem(error.code, f"{name} elements.{number}", values))
    return [found[key] for key in sorted(found)]


def _failures(
    row: CertificateRow, template: CertificateTemplate, fonts: DocumentFonts, words: Wording
) -> Iterator[tuple[int, UserError]]:
    for number, element in enumerate(template.elements, 1):
        try:
            place_element(element, row, template, fonts, words)
            if isinstance(element, ImageElement):
                picture(element.data)
        except UserError as error:
            yield number, error


def _sample(words: Wording, profile: Profile | None, kind: str) -> CertificateRow:
    def texts(name: str) -> dict[str, str]:
        return {language: words.speaking(language).say(f"template.sample_{name}") for language in LANGUAGES}

    city = _of(profile.city) if profile else texts("city")
    issuer = _of(profile.issuer) if profile else texts("issuer")
    site = texts(f"site_{kind}")["zh"]
    row = CertificateRow(
        id=CertificateId(hashlib.sha256(kind.encode()).hexdigest()[:32]),
        number="XXWF-XX-2026-0001",
        site=SiteId("sample"),
        assessment=AssessmentId("sample"),
        site_name=site,
        category="sample",
        category_text=texts("category"),
        district="sample",
        issuer=issuer,
        city=city,
        checklist=texts(f"checklist_{kind}"),
        edition="2026.1",
        total="100",
        level=texts("level"),
        issued_on=DAYS[0],
        valid_until=DAYS[1],
        document_number=texts("document")["zh"],
        basis=hashlib.sha256(b"basis").hexdigest(),
        wording={},
        example=False,
        proof=_proof(),
        batch=texts("batch")["zh"],
        named_on=DAYS[0],
        renews="XXWF-XX-2023-0001",
    )
    return replace(row, wording={language: _filled(row, profile, words, language) for language in LANGUAGES})


def _filled(row: CertificateRow, profile: Profile | None, words: Wording, language: Language) -> Mapping[str, str]:
    said = words.speaking(language)
    slots = {
        "site": row.site_name,
        "category": row.category_text[language],
        "city": row.city[language],
        "number": row.number,
        "issued": say_date(said, row.issued_on),
        "valid_until": say_date(said, row.valid_until),
        "checklist": row.checklist[language],
        "edition": row.edition,
        "total": row.total,
        "level": row.level[language],
        "document": row.document_number,
    }
    if profile is None:
        return {name: said.say(f"template.sample_{name}", **slots) for name in ("title", "body", "remark")}
    own = profile.certificate
    return {
        name: text.in_language(language).format_map(slots)
        for name, text in (("title", own.title), ("body", own.body), ("remark", own.remark))
    }


def _of(text: Text) -> dict[str, str]:
    return {language: text.in_language(language) for language in LANGUAGES}


def _proof() -> str:
    """Make a text as long and as varied as a signed one; nobody takes it for one, as it says nothing."""
    digits = "".join(hashlib.sha256(bytes([number])).hexdigest().upper() for number in range(8))
    return f"WFC1:{digits}"[:LONGEST_PROOF]
