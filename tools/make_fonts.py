"""Make the fonts in resources/fonts: subsets of Noto Sans SC and Noto Serif SC, under names of their own.

    .venv/bin/python tools/make_fonts.py [--packages DIR] [--unihan FILE]

Without arguments it fetches what it needs into a temporary folder: two npm packages (by the npm client) and Debian's
``unicode-data`` (by apt-get). Elsewhere, hand in a folder with both ``.tgz`` files and Unihan_OtherMappings.txt(.bz2).
The same sources and the same fontTools give the same bytes; resources/fonts/README.md says what was used.
"""

from __future__ import annotations

import argparse
import bz2
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
STANDARD_LIST = ROOT / "tests" / "documents" / "tgh8105.txt"
PACKAGES = ("@expo-google-fonts/noto-sans-sc@0.4.3", "@expo-google-fonts/noto-serif-sc@0.4.3")


@dataclass(frozen=True, slots=True)
class Source:
    """One static font of a package, known by its hash."""

    package: str
    member: str
    sha256: str


SANS = Source(
    "noto-sans-sc",
    "400Regular/NotoSansSC_400Regular.ttf",
    "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
)
SANS_BOLD = Source(
    "noto-sans-sc",
    "700Bold/NotoSansSC_700Bold.ttf",
    "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
)
SERIF = Source(
    "noto-serif-sc",
    "400Regular/NotoSerifSC_400Regular.ttf",
    "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
)
SERIF_BOLD = Source(
    "noto-serif-sc",
    "700Bold/NotoSerifSC_700Bold.ttf",
    "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
)

# The main subsets; the fallback is made after them, of what they lack.
MAIN = {
    "WufeiSansSC-Regular.ttf": (SANS, "Wufei Sans SC", "Regular"),
    "WufeiSansSC-Bold.ttf": (SANS_BOLD, "Wufei Sans SC", "Bold"),
    "WufeiSerifSC-Regular.ttf": (SERIF, "Wufei Serif SC", "Regular"),
    "WufeiSerifSC-Bold.ttf": (SERIF_BOLD, "Wufei Serif SC", "Bold"),
}
FALLBACK = ("WufeiFallbackSC-Regular.ttf", SERIF, "Wufei Fallback SC", "Regular")

# Blocks of signs that forms, reports and windows use, whole; what the font has of them goes in.
SIGN_BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x2010, 0x205E),  # punctuation, ‰ ′ ″ ※
    (0x2070, 0x209F),  # superscripts, subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218F),  # ℃ № ™ ½ Ⅰ–Ⅻ
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2460, 0x24FF),  # ① ⑴ ⒈
    (0x25A0, 0x25FF),  # ■ □ ▲ ● ○
    (0x2600, 0x27BF),  # ★ ☆ ☐ ☑ ✓ ✕ ❶
    (0x3000, 0x303F),  # Chinese punctuation, 〇
    (0x3220, 0x32B0),  # ㈠ ㊣
    (0x3300, 0x33FF),  # ㎡ ㎥ ㎏ ㏕
    (0xFE30, 0xFE4F),  # vertical forms
    (0xFF01, 0xFF5E),  # full-width ASCII
    (0xFFE0, 0xFFE6),  # full-width ¥ £
)

# Signs that Noto lacks, put together from its own: new sign → parts, each with its box (left, bottom, right, top; in
# thousandths of the size), or None for where the part is anyway.
COMPOSED = {
    "☐": (("□", None),),
    "☑": (("□", None), ("✓", (215, 85, 785, 640))),
    "☒": (("□", None), ("×", (260, 140, 740, 620))),
    "✕": (("×", (170, 50, 830, 710)),),
    "≒": (("＝", None), ("·", (170, 610, 280, 720)), ("·", (720, 40, 830, 150))),
}

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def main() -> None:
    """Fetch, subset, write, and say what came out."""
    options = _read_options()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        packages = options.packages or _fetch_packages(work)
        unihan = options.unihan or _fetch_unihan(work)
        standard = read_standard_characters(unihan)
        _write_standard_list(standard)
        _write_fonts(_unpack(packages, work / "unpacked"), set(standard), options.output)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the fonts in resources/fonts.")
    parser.add_argument("--packages", type=Path, help="folder with the two npm packages (.tgz); default: npm pack")
    parser.add_argument("--unihan", type=Path, help="Unihan_OtherMappings.txt or .bz2; default: apt-get download")
    parser.add_argument("--output", type=Path, default=FONTS, help="where to write; default: resources/fonts")
    return parser.parse_args()


# --- sources


def _fetch_packages(work: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to fetch the fonts (or give --packages DIR)")
    target = work / "packages"
    target.mkdir()
    subprocess.run([npm, "pack", "--silent", *PACKAGES], cwd=target, check=True)
    return target


def _fetch_unihan(work: Path) -> Path:
    target = work / "unihan"
    target.mkdir()
    target.chmod(0o755)
    subprocess.run(["apt-get", "download", "-qq", "unicode-data"], cwd=target, check=True)
    package = next(target.glob("unicode-data_*.deb"))
    subprocess.run(["dpkg-deb", "-x", str(package), str(target)], check=True)
    return next(target.rglob("Unihan_OtherMappings.txt*"))


def _unpack(packages: Path, target: Path) -> Path:
    """Unpack each package into a folder that has its name."""
    for archive in sorted(packages.glob("*.tgz")):
        name = archive.name.removeprefix("expo-google-fonts-").rsplit("-", 1)[0]
        with tarfile.open(archive) as opened:
            opened.extractall(target / name, filter="data")
    return target


def read_standard_characters(unihan: Path) -> list[str]:
    """Read the 8,105 characters of the national list, in its order, from Unihan's field kTGH."""
    raw = unihan.read_bytes()
    text = (bz2.decompress(raw) if unihan.suffix == ".bz2" else raw).decode("utf-8")
    numbered: dict[int, str] = {}
    for line in text.splitlines():
        code, _, rest = line.partition("\t")
        field, _, value = rest.partition("\t")
        if field == "kTGH" and not code.startswith("#"):
            numbered.update(
                {int(entry.partition(":")[2]): chr(int(code.removeprefix("U+"), 16)) for entry in value.split()}
            )
    if sorted(numbered) != list(range(1, 8106)):
        raise SystemExit(f"{unihan.name}: kTGH does not number 8,105 characters without a gap")
    return [numbered[number] for number in range(1, 8106)]


def _write_standard_list(standard: list[str]) -> None:
    """Keep the list for the tests, which measure the fonts against it."""
    lines = ["".join(standard[start : start + 50]) for start in range(0, len(standard), 50)]
    STANDARD_LIST.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


# --- characters


def encodable(codec: str) -> set[str]:
    """All characters of a two-byte Chinese character set."""
    found: set[str] = set()
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                found.add(bytes((high, low)).decode(codec))
            except UnicodeDecodeError:
                continue
    return found


def main_characters(standard: set[str]) -> set[str]:
    """What the main fonts hold: the national list, GB2312, and signs."""
    signs = {chr(code) for first, last in SIGN_BLOCKS for code in range(first, last + 1)}
    wanted = standard | {char for char in encodable("gb2312") if len(char) == 1} | signs
    return {char for char in wanted if unicodedata.category(char) not in INVISIBLE}


# --- fonts


def _write_fonts(unpacked: Path, standard: set[str], output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    wanted = main_characters(standard)
    shared = wanted
    for name, (source, family, style) in MAIN.items():
        font = _open(unpacked, source)
        held = _cut(font, wanted)
        _finish(font, family, style, output / name, len(held))
        shared = shared & held
    name, source, family, style = FALLBACK
    font = _open(unpacked, source)
    held = _cut(font, (encodable("gbk") | standard) - shared)
    _finish(font, family, style, output / name, len(held))
    shutil.copyfile(unpacked / "noto-sans-sc" / "package" / "LICENSE_FONT", output / "OFL-Sans.txt")
    shutil.copyfile(unpacked / "noto-serif-sc" / "package" / "LICENSE_FONT", output / "OFL-Serif.txt")


def _open(unpacked: Path, source: Source) -> TTFont:
    path = unpacked / source.package / "package" / source.member
    if hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
        raise SystemExit(f"{path.name} is not the version that this script knows")
    font = TTFont(path, recalcTimestamp=False)
    _compose_signs(font)
    return font


def _compose_signs(font: TTFont) -> None:
    """Add the signs that the font lacks, drawn from parts that it has."""
    del font["vhea"], font["vmtx"]  # metrics of vertical lines; the documents have none
    glyphs = font.getGlyphSet()
    known = font.getBestCmap() or {}
    for sign, parts in COMPOSED.items():
        pen = TTGlyphPen(None)
        for part, box in parts:
            drawn = glyphs[known[ord(part)]]
            bounds = BoundsPen(glyphs)
            drawn.draw(bounds)
            drawn.draw(TransformPen(pen, _placing(bounds.bounds, box)))
        name = f"uni{ord(sign):04X}"
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = (1000, 0)
        font["glyf"][name].recalcBounds(font["glyf"])
        font["hmtx"][name] = (1000, font["glyf"][name].xMin)
        for table in font["cmap"].tables:
            if table.isUnicode() and table.format in {4, 12}:
                table.cmap[ord(sign)] = name


def _placing(
    bounds: tuple[float, float, float, float], box: tuple[int, int, int, int] | None
) -> tuple[float, float, float, float, float, float]:
    """The affine map that puts a part with these bounds into the box (None: leave it where it is)."""
    if box is None:
        return (1, 0, 0, 1, 0, 0)
    left, bottom, right, top = bounds
    across, up = (box[2] - box[0]) / (right - left), (box[3] - box[1]) / (top - bottom)
    return (across, 0, 0, up, box[0] - left * across, box[1] - bottom * up)


def _cut(font: TTFont, wanted: set[str]) -> set[str]:
    """Reduce the font to the wanted characters; say which of them it has.

    A character that the font maps to an empty outline is left out unless it is a space: it would print as nothing.
    """
    glyphs = font["glyf"]
    held = {
        char
        for code, name in (font.getBestCmap() or {}).items()
        if (char := chr(code)) in wanted and (glyphs[name].numberOfContours != 0 or unicodedata.category(char) == "Zs")
    }
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]  # for Latin in the window; reportlab sets no kerning
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    options.drop_tables += ["BASE", "GDEF", "GSUB", "STAT", "gasp"]
    options.prune_codepage_ranges = False  # Windows goes by them to find Chinese fonts
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(char) for char in held])
    cutter.subset(font)
    return held


def _finish(font: TTFont, family: str, style: str, path: Path, count: int) -> None:
    """Give the font its own names (copyright and licence stay) and write it."""
    postscript = f"{family.replace(' ', '')}-{style}"
    version = (font["name"].getDebugName(5) or "").partition(";")[0]
    names = {
        1: family,
        2: style,
        3: f"{version.removeprefix('Version ')};{postscript}",
        4: f"{family} {style}",
        5: version,
        6: postscript,
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font.save(path)
    print(f"{path.name}: {path.stat().st_size:,} bytes, {count:,} characters, {version}")


if __name__ == "__main__":
    main()
