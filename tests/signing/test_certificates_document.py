"""docs/certificates.md is exact enough to write a checker: what it shows is genuine."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from wufei_cells.signing.announcements import read_announcement
from wufei_cells.signing.content import decode
from wufei_cells.signing.proofs import read_proof
from wufei_cells.signing.trust import trust_in
from wufei_cells.signing.verdicts import Verdict, verify

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "certificates.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)


def test_the_text_it_shows_is_signed_by_the_key_it_shows():
    trust = trust_in([read_announcement(json.loads(blocks("json")[0]))])
    found = verify(blocks("text")[0].strip(), trust, None, date(2026, 11, 22))
    assert found.verdict is Verdict.VALID
    assert found.content.site_name == "示例市机关大院"


def test_the_keys_it_lists_are_those_of_a_payload():
    listed = [int(key) for key in re.findall(r"^\| (\d+) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE)]
    assert listed == list(range(2, 14))
    proof = read_proof(blocks("text")[0])
    assert decode(proof.payload) == proof.content
