"""Certificates to print in tests, plain ones and difficult ones, and ways to read what was printed."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pypdf
import pypdfium2
import pytest

from wufei_cells import shipped
from wufei_cells.checklists.template_reading import read_template
from wufei_cells.domain.register import AssessmentId, CertificateId, CertificateRow, SiteId
from wufei_cells.wording import Wording

CATALOGUE = shipped.wording_catalogue()
WORDS = Wording(CATALOGUE, "zh")
SHIPPED = {name: read_template(content, name) for name, content in shipped.certificate_templates().items()}
ZH, BOTH = SHIPPED["certificate-zh"], SHIPPED["certificate-zh-en"]
TEMPLATES = {"zh": ZH, "en": replace(ZH, languages=("en",)), "zh-en": BOTH}
LOGO = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC")
SHORT_NAME = "焦作市图书馆"
LONG_NAME = "焦作市山阳区东方红街道办事处学生路第一社区居民委员会暨党群服务中心新时代文明实践站（试点）"
RARE_NAME = "䶮㳇鿍𬇙龘社区"
BODY = "兹认定{site}达到《无废社区评估标准（示范模板）》（2026.1版）规定的要求，命名为焦作市“无废社区”。特发此证。"
ENGLISH_BODY = "This is to certify that {site} meets the requirements and is named a “Waste-Free Community” of Jiaozuo."
REMARK = "本证书实行动态管理。有效期内接受监督和抽查，期满前应当申请复核；不再符合要求的，撤销命名并收回证书。"
LONG_ISSUER = "焦作市“无废城市”建设工作领导小组办公室、焦作市生态环境局、焦作市机关事务管理局"
PROOF = "WFC1:" + "".join("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[(n * n * 7 + n) % 45] for n in range(455))

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
needs_qpdf = pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
in_both_languages = pytest.mark.parametrize("language", ["zh", "en"])
with_each_template = pytest.mark.parametrize("language", TEMPLATES)


def certificate(site: str = SHORT_NAME, number: str = "JZWF-SQ-2026-0001", body: str = "", **changes) -> CertificateRow:
    row = CertificateRow(
        id=CertificateId("3f2a9c1b0d7e4f55a1b2c3d4e5f60718"),
        number=number,
        site=SiteId("site"),
        assessment=AssessmentId("assessment"),
        site_name=site,
        category="community",
        category_text={"zh": "无废社区", "en": "Waste-Free Community"},
        district="shanyang",
        issuer={"zh": "焦作市“无废城市”建设工作领导小组", "en": "Leading Group for the “Waste-Free City” of Jiaozuo"},
        city={"zh": "焦作市", "en": "Jiaozuo"},
        checklist={"zh": "无废社区评估标准（示范模板）", "en": "Checklist for Waste-Free Communities (model)"},
        edition="2026.1",
        total="92.75",
        level={"zh": "优秀", "en": "Excellent"},
        issued_on=date(2026, 7, 21),
        valid_until=date(2029, 7, 21),
        document_number="焦无废办〔2026〕3号",
        basis="8c1d77aa90be3321f00d" * 3,
        wording={
            "zh": {
                "title": "“无废社区”证书",
                "body": (body or BODY).format(site=site),
                "remark": REMARK,
            },
            "en": {
                "title": "Waste-Free Community Certificate",
                "body": (body or ENGLISH_BODY).format(site=site),
                "remark": "This certificate is under dynamic management. Its holder accepts spot checks.",
            },
        },
        example=False,
    )
    return replace(row, **changes)


CASES = {
    "short": certificate(),
    "long name": certificate(LONG_NAME),
    "rare characters": certificate(RARE_NAME),
    "signed": certificate(LONG_NAME, proof=PROOF),
    "example": certificate(example=True),
    "no document": certificate(document_number=""),
    "long issuer": certificate(issuer={"zh": LONG_ISSUER, "en": "Office of the Leading Group of Jiaozuo, " * 3}),
    "long body": certificate(body="兹认定{site}在固体废物减量化、资源化、无害化方面达到规定的要求。" * 7),
    "short body": certificate(body="特发此证。"),
    "long checklist": certificate(
        checklist={"zh": "焦作市无废社区建设评估标准" * 4, "en": "Checklist for Communities " * 4}
    ),
}
in_all_cases = pytest.mark.parametrize("row", CASES.values(), ids=CASES.keys())


def read_by_pypdf(pdf: bytes) -> list[str]:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().splitlines()


def read_by_poppler(pdf: bytes) -> str:
    shown = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return shown.stdout.decode("utf-8")


def ink(pdf: bytes, page: int = 0) -> list[tuple[int, int, int]]:
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[page].render(scale=1).to_pil().convert("RGB")
    raw = image.tobytes()
    return list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))
