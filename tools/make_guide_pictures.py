"""Make the pictures of the guide from those in docs/screenshots: parts as large as they are, whole windows smaller.

Run it after every ``python3 dev.py shots``:

    .venv/bin/python -m tools.make_guide_pictures [FOLDER OF SCREENSHOTS]
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from tools.few_colors import reduced

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "guide" / "pictures"
WIDEST = 860
COLORS = 48
BEGINS = {"zh": {}, "en": {168: 192, 460: 484}}
"""Where parts begin in English, whose names of rooms are longer, by where they begin in Chinese."""
ROOM = (168, 50, 1280, 756)
"""A room without the list of rooms and without the head."""
SIDE = (936, 152, 1272, 680)
"""The panel at the right of the scoring desk."""

# Name in the guide: the screenshot, and which part of it (all of it where none is named).
PICTURES: dict[str, tuple[str, tuple[int, int, int, int] | None]] = {
    "welcome": ("welcome", None),
    "window": ("sites", (0, 0, 1280, 756)),
    "site": ("sites", (896, 54, 1272, 756)),
    "desk": ("assessment", ROOM),
    "item": ("assessment", (460, 152, 940, 560)),
    "total": ("assessment", (168, 684, 1280, 756)),
    "grid": ("assessment-grid", (168, 100, 1280, 520)),
    "across": ("assessment-across", (168, 100, 1280, 520)),
    "photos": ("assessment-evidence", SIDE),
    "findings": ("assessment-findings", SIDE),
    "team": ("assessment-team", SIDE),
    "checkup": ("checkup", None),
    "certificates": ("certificates", ROOM),
    "verify": ("verify", None),
    "checklists": ("checklists", ROOM),
    "exchange": ("exchange", (168, 50, 1280, 706)),
    "write_out": ("write_out", None),
    "take_in": ("take_in", None),
    "devices": ("devices", None),
    "scoresheets": ("scoresheets", None),
    "site_list": ("site_list", None),
    "overview": ("overview", ROOM),
    "settings": ("settings", ROOM),
}


def main(arguments: list[str]) -> int:
    """Make every picture in both languages and schemes, take away what is no longer made, and give an exit code."""
    source = Path(arguments[0]) if arguments else ROOT / "docs" / "screenshots"
    TARGET.mkdir(parents=True, exist_ok=True)
    made: set[Path] = set()
    for name, (screenshot, part) in PICTURES.items():
        for language in ("zh", "en"):
            for scheme, ending in (("light", ""), ("dark", "-dark")):
                path = TARGET / f"{name}-{language}{ending}.png"
                with Image.open(source / f"{screenshot}-{language}-{scheme}.png") as picture:
                    whole = picture.convert("RGB")
                _small(whole.crop(_moved(part or (0, 0, *whole.size), language))).save(path, optimize=True)
                made.add(path)
    for path in set(TARGET.glob("*.png")) - made:
        path.unlink()
    print(f"{len(made)} pictures, {sum(path.stat().st_size for path in made) // 1024} kB")
    return 0


def _moved(part: tuple[int, int, int, int], language: str) -> tuple[int, int, int, int]:
    """Give the part of a picture in a language; parts are named as they are in Chinese."""
    left, top, right, bottom = part
    return BEGINS[language].get(left, left), top, right, bottom


def _small(picture: Image.Image) -> Image.Image:
    """Scale a picture down to what a page has room for, and give it few colors."""
    if picture.width > WIDEST:
        height = round(picture.height * WIDEST / picture.width)
        picture = picture.resize((WIDEST, height), Image.Resampling.LANCZOS)
    return reduced(picture, COLORS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
