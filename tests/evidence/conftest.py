"""Pictures made for tests: the same ones on every run."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

TAKEN = "2026:10:30 09:12:44"


def scene(seed: int = 1, size: tuple[int, int] = (400, 300)) -> Image.Image:
    """A picture with light and dark places, different for every seed."""
    spots = random.Random(seed).randbytes(16 * 12 * 3)
    return Image.frombytes("RGB", (16, 12), spots).resize(size, Image.Resampling.BICUBIC)


def camera_tags(
    taken: str | None = TAKEN,
    place: tuple[float, float] | None = (35.239861, 113.234792),
    orientation: int | None = None,
) -> Image.Exif:
    """What a phone writes into a photo."""
    tags = Image.Exif()
    if taken:
        tags.get_ifd(0x8769).update({0x9003: taken, 0x9011: "+08:00"})
    if place:
        tags.get_ifd(0x8825).update({1: "N" if place[0] >= 0 else "S", 3: "E" if place[1] >= 0 else "W"})
        tags.get_ifd(0x8825).update({2: _parts(abs(place[0])), 4: _parts(abs(place[1]))})
    if orientation:
        tags[0x0112] = orientation
    return tags


def _parts(degrees: float) -> tuple[float, float, float]:
    whole, rest = divmod(degrees * 3600, 3600)
    return (float(whole), float(rest // 60), round(rest % 60, 4))


def written(picture: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    """A file as a picture."""
    return Image.open(io.BytesIO(content))


@pytest.fixture(scope="session")
def photo() -> bytes:
    """A photo as a phone writes it: large, lying on its side, with time and place."""
    return written(scene(size=(2600, 1950)), exif=camera_tags(orientation=6), quality=92)
