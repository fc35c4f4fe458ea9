"""A screen in memory for the programs under Wine, and what it shows as a picture."""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

SIZE = (1366, 768)  # the laptop the program is made for
_HEADER = 25  # numbers of 4 bytes at the start of an XWD file


@contextmanager
def screen(folder: Path) -> Iterator[Path]:
    """Show programs a screen while the block runs; give the file that holds its pixels."""
    folder.mkdir(parents=True, exist_ok=True)
    readable, writable = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    command = ["Xvfb", "-displayfd", str(writable), "-screen", "0", size, "-nolisten", "tcp", "-fbdir", str(folder)]
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(command, pass_fds=(writable,), stdin=nothing, stdout=nothing, stderr=nothing)
    os.close(writable)
    before = os.environ.get("DISPLAY")
    try:
        with os.fdopen(readable) as answer:
            os.environ["DISPLAY"] = f":{answer.readline().strip()}"
        yield folder / "Xvfb_screen0"
    finally:
        process.terminate()
        process.wait(timeout=30)
        if before is None:
            os.environ.pop("DISPLAY", None)
        else:
            os.environ["DISPLAY"] = before


def picture(pixels: Path) -> Image.Image:
    """Read the screen as it is now."""
    content = pixels.read_bytes()
    header = struct.unpack(f">{_HEADER}I", content[: 4 * _HEADER])
    start, width, height, line, colors = header[0], header[4], header[5], header[12], header[19]
    offset = start + colors * 12
    return Image.frombytes("RGB", (width, height), content[offset : offset + line * height], "raw", "BGRX", line)


def colors_in(image: Image.Image) -> int:
    """Count the colors of a picture: an empty screen has one, a window with text hundreds."""
    return len(image.getcolors(maxcolors=1 << 24) or ())
