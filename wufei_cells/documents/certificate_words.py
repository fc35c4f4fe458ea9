"""What a certificate says in each language of its template: the slots of a record, filled."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from wufei_cells.documents.dates import say_date, say_date_formally
from wufei_cells.documents.punctuation import STRAIGHT
from wufei_cells.domain.register import CertificateRow
from wufei_cells.domain.text import Language, Text
from wufei_cells.wording import Wording

SHORT = 12
"""Characters of a long id or digest: enough to find its record."""

Slots = Mapping[str, str]
Said = Mapping[Language, Slots]
"""The slots by language, in the order of the template's languages."""


def slots_by_language(row: CertificateRow, languages: Sequence[Language], words: Wording) -> Said:
    """Fill every slot of a certificate in each of these languages.

    Args:
        row: the certificate.
        languages: of its template.
        words: how dates and results are put; its own language does not matter.
    """
    return {
        language: _slots(row, language, words if words.language == language else words.speaking(language))
        for language in languages
    }


def own_words(text: str, language: str) -> str:
    """Give a text as a page in this language writes it."""
    return text if language == "zh" else text.translate(STRAIGHT)


def written(text: Text, said: Said) -> tuple[str, ...]:
    """Give a text of the template with its slots filled, in each language in which it is written.

    What has slots, all of them empty, is left out; what is the same in two languages stands there once.
    """
    return tuple(dict.fromkeys(_written(text, said)))


def _written(text: Text, said: Said) -> Iterator[str]:
    for language, slots in said.items():
        template: str = text.en if language == "en" else text.zh
        names = _names(template)
        if template and (not names or any(slots[name] for name in names)):
            yield own_words(template, language).format_map(slots)


@cache
def _names(template: str) -> tuple[str, ...]:
    return tuple(name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name)


def _slots(row: CertificateRow, language: Language, words: Wording) -> Slots:
    wording = row.wording.get(language) or row.wording["zh"]

    def of(texts: Mapping[str, str]) -> str:
        return texts.get(language) or texts["zh"]

    def day(on: date | None) -> str:
        return say_date(words, on) if on else ""

    level = of(row.level)
    values = {
        "title": wording["title"],
        "body": wording["body"],
        "remark": wording["remark"],
        "category": of(row.category_text),
        "city": of(row.city),
        "issuer": of(row.issuer),
        "number": row.number,
        "document": row.document_number,
        "named_on": day(row.named_on),
        "batch": row.batch,
        "renews": row.renews,
        "checklist": of(row.checklist),
        "edition": row.edition,
        "total": row.total,
        "level": level,
        "result": words.say("document.certificate.result", total=row.total, level=level),
        "issued": day(row.issued_on),
        "issued_formal": say_date_formally(words, row.issued_on),
        "valid_until": day(row.valid_until),
        "record": row.id[:SHORT],
        "basis": row.basis[:SHORT],
    }
    if language != "zh":
        values = {name: value.translate(STRAIGHT) for name, value in values.items()}
    return values | {"site": row.site_name}
