"""Which colors go with which: what can be read on a ground, what an edge or a pattern is drawn with.

Colors are written ``#RRGGBB``. Contrast is that of WCAG 2: from 1, none, to 21.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from wufei_cells.charts.marks import Area, Block, Label, Tone

CLEAR = 3.0
"""The contrast that an area needs to be seen without an edge."""
READABLE = 4.5
BLACK, WHITE = "#000000", "#FFFFFF"
STROKE = 0.55
"""How far a pattern's strokes are from the ground to the ink."""


@dataclass(frozen=True, slots=True)
class Inks:
    """The colors of a surface."""

    tones: Mapping[Tone, str]
    paper: str
    """What lies behind the picture."""

    def of(self, tone: Tone) -> str:
        """Give the color of a tone."""
        return self.tones[tone]

    def of_text(self, label: Label) -> str:
        """Give the color of a text: its tone's, or the ink that reads best on the area on which it stands."""
        return self.tones[label.tone] if label.on is None else self.best_on(label.on)

    def best_on(self, tone: Tone) -> str:
        """Give what reads well on a tone: the usual ink or the paper's color, on middling tones black or white."""
        ground = self.tones[tone]
        usual, *others = sorted((self.tones[Tone.INK], self.paper), key=lambda ink: -contrast(ink, ground))
        if contrast(usual, ground) >= READABLE:
            return usual
        return max((usual, *others, BLACK, WHITE), key=lambda ink: contrast(ink, ground))

    def stroke_on(self, tone: Tone) -> str:
        """Give the color of patterns and edges on a tone."""
        return mixed(self.tones[tone], self.best_on(tone), STROKE)

    def needs_edge(self, mark: Area | Block) -> bool:
        """Say whether an area would be lost on the paper. Grounds, grids and tables may be quiet."""
        if isinstance(mark, Block) and mark.bare:
            return False
        tone = mark.tone
        quiet = tone in (Tone.GROUND, Tone.GRID) or tone.startswith("heat")
        return not quiet and contrast(self.tones[tone], self.paper) < CLEAR

    def edge_of(self, tone: Tone) -> str:
        """Give the color of an area's edge: away from the paper."""
        return mixed(self.tones[tone], self.tones[Tone.INK], STROKE)


def contrast(one: str, other: str) -> float:
    """Tell how well two colors are told apart."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@cache
def luminance(color: str) -> float:
    """Tell how light a color is, from 0 to 1."""
    parts = (value / 255 for value in _parts(color))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(one: str, other: str, share: float) -> str:
    """Mix two colors; the share is that of the other."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(first + (second - first) * share):02X}" for first, second in pairs)


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
