"""How long a check of one certificate takes, against the bare signature: reading, canonical form, keys, list, dates."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from benchmarks.result import Result
from wufei_cells.signing.announcements import announce
from wufei_cells.signing.content import CertificateContent
from wufei_cells.signing.proofs import prove, read_proof
from wufei_cells.signing.signing_key import generate
from wufei_cells.signing.trust import trust_in
from wufei_cells.signing.verdicts import Verdict, verify

RUNS = 400
PURPOSE = b"wufei-cells certificate 1\x00"
TODAY = date(2026, 11, 22)


def run() -> list[Result]:
    """Measure one verdict, and the signature alone."""
    key = generate()
    text = prove(key, _content())
    proof, trust = read_proof(text), trust_in([announce(key, "示例市无废办", date(2026, 1, 1))])
    public = Ed25519PublicKey.from_public_bytes(key.public)
    assert verify(text, trust, None, TODAY).verdict is Verdict.VALID
    ours = _median(lambda: verify(text, trust, None, TODAY))
    bare = _median(lambda: public.verify(proof.signature, PURPOSE + proof.payload))
    return [Result("one certificate verified, against the bare signature", ours, bare)]


def _median(work: Callable[[], object]) -> float:
    """Give the median time of some work, in milliseconds."""
    times: list[float] = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return 1000 * statistics.median(times)


def _content() -> CertificateContent:
    return CertificateContent(
        number="SL-JG-2026-0001",
        site_name="示例市某某区人民政府办公室机关大院东侧楼",
        category="无废机关",
        level="达标",
        total="96.5",
        issued_on=date(2026, 11, 2),
        valid_until=date(2029, 11, 2),
        issuer="示例市“无废城市”建设工作领导小组",
        edition="2026.1",
        record=bytes(16),
        document_number="示无废办〔2026〕3号",
    )
