"""How surely the code on a certificate is read: prints at 150 dpi, turned and noised, by two decoders."""

from __future__ import annotations

import cv2
import numpy as np
import pypdfium2
import zxingcpp

from benchmarks.certificates import certificate, default_template, document_fonts
from benchmarks.result import Result
from wufei_cells import shipped
from wufei_cells.documents.certificate import render_certificates
from wufei_cells.wording import Wording

COUNT = 25
DPI = 150
ANGLES = (0, 3, -3, 90)
NOISES = (0, 12, 24)
"""Standard deviations of gray levels."""


def run() -> list[Result]:
    """Count what is read: `ours` is the share by zxing-cpp, `bare` that by OpenCV, in percent."""
    fonts, words, template = document_fonts(), Wording(shipped.wording_catalogue(), "zh"), default_template()
    random = np.random.default_rng(5)
    results: list[Result] = []
    pages = []
    for number in range(COUNT):
        row = certificate(number, signed=True)
        with pypdfium2.PdfDocument(render_certificates([row], fonts, {"": template}, words)) as document:
            pages.append(
                (
                    row.proof,
                    document[0].render(scale=DPI / 72).to_numpy(),  # pyright: ignore[reportArgumentType]  # guessed from a default
                )
            )
    for angle in ANGLES:
        for noise in NOISES:
            read = [0, 0]
            for proof, page in pages:
                picture = _spoiled(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), angle, noise, random)
                read[0] += any(found.text == proof for found in zxingcpp.read_barcodes(picture))
                larger = cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)  # it wants many pixels
                read[1] += cv2.QRCodeDetector().detectAndDecode(larger)[0] == proof
            share = [100 * count / COUNT for count in read]
            name = f"codes read, turned by {angle}°, noise {noise}: zxing-cpp, OpenCV"
            results.append(Result(name, share[0], share[1], "%"))
    return results


def _spoiled(picture: np.ndarray, angle: float, noise: float, random: np.random.Generator) -> np.ndarray:
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    if angle == 90:
        turned = cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE)
    else:
        turned = cv2.warpAffine(picture, turn, (width, height), borderValue=255)
    spoiled = turned.astype(float) + random.normal(0, noise, turned.shape) if noise else turned
    return np.clip(spoiled, 0, 255).astype(np.uint8)
