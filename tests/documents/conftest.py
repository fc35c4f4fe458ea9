"""The shipped fonts, handed in as the program does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wufei_cells.documents.fonts import DocumentFonts, Face

FONT_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"


@pytest.fixture(scope="session")
def font_folder() -> Path:
    return FONT_FOLDER


@pytest.fixture(scope="session")
def document_fonts() -> DocumentFonts:
    return DocumentFonts({face: FONT_FOLDER / f"{face}.ttf" for face in Face})
