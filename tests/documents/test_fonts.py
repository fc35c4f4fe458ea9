"""The fonts hold every character that a Chinese office writes, and every reader gets those characters back."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFontParser

from wufei_cells.documents.canvas import A4_LANDSCAPE, A4_PORTRAIT, DocumentInfo, new_canvas
from wufei_cells.documents.embedding import character_table
from wufei_cells.documents.fonts import DocumentFonts, Face, Run
from wufei_cells.documents.text import TextPainter, TextStyle
from wufei_cells.errors import UserError

STANDARD = Path(__file__).with_name("tgh8105.txt").read_text(encoding="utf-8").replace("\n", "")
RARE = "䶮㳇鿍𬇙"
FORM_SIGNS = "①②③⑩⑳✓✕×–!⇄℃‰㎡㎥№≥≤÷±→←↑↓●○■□★☆▲△☐☑☒〇…—·“”‘’「」《》【】％＋－＝ⅠⅣ½²³°€￥"
MAIN_FACES = [face for face in Face if face is not Face.FALLBACK]
INFO = DocumentInfo(title="试验", author="某市")


def gbk_characters() -> str:
    codes = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    characters = {code.decode("gbk", "replace") for code in codes}
    return "".join(sorted(char for char in characters if "\ufffd" not in char))


def make_pdf(fonts: DocumentFonts, text: str, face: Face = Face.SERIF, *, repeatable: bool = False) -> bytes:
    """A PDF that shows the text in lines of 40 characters, 50 lines a page."""
    target = io.BytesIO()
    canvas = new_canvas(target, A4_PORTRAIT, fonts, INFO, main_face=face, repeatable=repeatable)
    painter = TextPainter(canvas, fonts)
    lines = [text[start : start + 40] for start in range(0, len(text), 40)]
    for first in range(0, len(lines), 50):
        painter.lines(lines[first : first + 50], 40, 800, TextStyle(face, 12), leading=15)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def read_by_poppler(pdf: bytes) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    shown = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return shown.stdout.decode("utf-8")


def read_by_pypdf(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def read_by_pdfium(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def without_spaces(text: str) -> str:
    return "".join(text.split())


readers = pytest.mark.parametrize("read", [read_by_poppler, read_by_pypdf, read_by_pdfium])


def test_the_list_of_the_standard_is_whole():
    assert len(STANDARD) == len(set(STANDARD)) == 8105
    assert STANDARD.startswith("一乙二十丁")
    assert set(RARE) < set(STANDARD)
    assert sum(1 for char in STANDARD if ord(char) > 0xFFFF) == 196


@pytest.mark.parametrize("face", MAIN_FACES)
def test_each_main_face_holds_the_standard_and_the_signs_of_forms(font_folder: Path, face: Face):
    without_fallback = DocumentFonts({face: font_folder / f"{face}.ttf"})
    assert without_fallback.missing(STANDARD, face) == ""
    assert without_fallback.missing(FORM_SIGNS, face) == ""
    assert without_fallback.missing("".join(map(chr, range(0x20, 0x7F))), face) == ""


@pytest.mark.parametrize("face", MAIN_FACES)
def test_with_the_fallback_each_face_shows_all_of_gbk(document_fonts: DocumentFonts, face: Face):
    characters = gbk_characters()
    assert len(characters) > 21_000
    assert document_fonts.missing(characters, face) == ""


@pytest.mark.parametrize("face", list(Face))
def test_no_character_is_mapped_to_an_empty_glyph(font_folder: Path, face: Face):
    font = TTFont(font_folder / f"{face}.ttf")
    glyphs = font["glyf"]
    empty = {chr(code) for code, name in font.getBestCmap().items() if glyphs[name].numberOfContours == 0}
    assert {char for char in empty if not char.isspace()} == set()


@pytest.mark.parametrize("face", list(Face))
def test_the_fonts_have_names_of_their_own_and_keep_their_licence(font_folder: Path, face: Face):
    names = TTFont(font_folder / f"{face}.ttf")["name"]
    assert names.getDebugName(6) == face
    assert all("Noto" not in (names.getDebugName(number) or "") for number in (1, 3, 4, 6, 16, 25))
    assert names.getDebugName(1).startswith("Wufei ")
    assert "SIL Open Font License" in names.getDebugName(13)
    assert "Adobe" in names.getDebugName(0)


@pytest.mark.parametrize("face", list(Face))
def test_the_fonts_declare_themselves_chinese(font_folder: Path, face: Face):
    simplified_chinese = 1 << 18  # code page 936
    assert TTFont(font_folder / f"{face}.ttf")["OS/2"].ulCodePageRange1 & simplified_chinese


@readers
def test_characters_of_every_plane_come_back_from_the_pdf(document_fonts: DocumentFonts, read):
    beyond_the_first_plane = "".join(char for char in STANDARD if ord(char) > 0xFFFF)
    text = RARE + beyond_the_first_plane + "无废细胞" + FORM_SIGNS
    assert without_spaces(read(make_pdf(document_fonts, text))) == text


@readers
def test_the_whole_standard_comes_back_from_the_pdf(document_fonts: DocumentFonts, read):
    assert without_spaces(read(make_pdf(document_fonts, STANDARD))) == STANDARD


def test_all_of_gbk_comes_back_from_the_pdf(document_fonts: DocumentFonts):
    ideographs = "".join(char for char in gbk_characters() if char.isalpha() and ord(char) >= 0x4E00)
    assert without_spaces(read_by_pypdf(make_pdf(document_fonts, ideographs, Face.SANS))) == ideographs


def test_a_rare_character_is_taken_from_the_fallback_face(document_fonts: DocumentFonts):
    assert document_fonts.runs("龘龘街道", Face.SERIF_BOLD) == (
        Run("龘龘", Face.FALLBACK),
        Run("街道", Face.SERIF_BOLD),
    )
    assert document_fonts.runs("", Face.SERIF) == ()


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("某社区\ue000", "U+E000"),
        ("绿色🎉社区🎉", "🎉 U+1F389"),
        ("零宽\u200b空格", "U+200B"),
        ("换行\n符", "U+000A"),
        ("控制\x07符", "U+0007"),
        ("表尾\uffff", "U+FFFF"),
        ("半个\ud83c字", "U+D83C"),
        ("软\u00ad连字符与🎉", "U+00AD, 🎉 U+1F389"),
    ],
)
def test_what_no_face_can_show_is_refused_by_name(document_fonts: DocumentFonts, text: str, described: str):
    with pytest.raises(UserError) as refused:
        document_fonts.runs(text, Face.SERIF)
    assert refused.value.code == "document.glyph_missing"
    assert refused.value.values == {"characters": described, "text": text}


def test_a_refused_line_leaves_nothing_on_the_page(document_fonts: DocumentFonts):
    target = io.BytesIO()
    canvas = new_canvas(target, A4_PORTRAIT, document_fonts, INFO)
    painter = TextPainter(canvas, document_fonts)
    painter.line("之前", 50, 700, TextStyle(Face.SERIF, 12))
    with pytest.raises(UserError):
        painter.line("社区🎉", 50, 680, TextStyle(Face.SERIF, 12))
    painter.line("之后", 50, 660, TextStyle(Face.SERIF, 12))
    canvas.save()
    assert read_by_pypdf(target.getvalue()).split() == ["之前", "之后"]


def test_without_a_fallback_file_rare_characters_are_refused(font_folder: Path):
    fonts = DocumentFonts({Face.SERIF: font_folder / f"{Face.SERIF}.ttf"})
    assert fonts.missing("龘街道") == "龘"


def test_only_our_own_fonts_are_in_the_file_and_all_are_embedded(document_fonts: DocumentFonts):
    pdf = make_pdf(document_fonts, "焦作市龘" + RARE, Face.SANS)
    fonts = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    used = {font.get_object()["/BaseFont"].partition("+")[2]: font.get_object() for font in fonts}
    assert set(used) == {Face.SANS, Face.FALLBACK}
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in used.values())
    assert b"Helvetica" not in pdf


def test_qpdf_finds_nothing_wrong(document_fonts: DocumentFonts, tmp_path: Path):
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    path = tmp_path / "text.pdf"
    path.write_bytes(make_pdf(document_fonts, STANDARD[:3000] + "龘" + FORM_SIGNS))
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_poppler_lists_every_font_as_embedded_with_its_characters(document_fonts: DocumentFonts, tmp_path: Path):
    if shutil.which("pdffonts") is None:
        pytest.skip("pdffonts is not installed")
    path = tmp_path / "text.pdf"
    path.write_bytes(make_pdf(document_fonts, STANDARD[:600] + "龘"))
    rows = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert len(rows) == 4  # three subsets of at most 256 glyphs, and the fallback
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)  # embedded, subset, characters known


def test_the_file_says_what_it_is(document_fonts: DocumentFonts):
    target = io.BytesIO()
    info = DocumentInfo(title="无废机关证书𬇙", author="焦作市生态环境局", subject="证书")
    canvas = new_canvas(target, A4_LANDSCAPE, document_fonts, info)
    canvas.showPage()
    canvas.save()
    reader = pypdf.PdfReader(io.BytesIO(target.getvalue()))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("无废机关证书𬇙", "焦作市生态环境局")
    assert (reader.metadata.subject, reader.metadata.creator) == ("证书", "wufei-cells")
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert b"ASCII85Decode" not in target.getvalue()


def test_a_repeatable_file_has_the_same_bytes_in_another_process(document_fonts: DocumentFonts, font_folder: Path):
    program = """
import io, sys
from pathlib import Path
from wufei_cells.documents.canvas import A4_PORTRAIT, DocumentInfo, new_canvas
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.text import TextPainter, TextStyle
fonts = DocumentFonts({face: Path(sys.argv[1], f"{face}.ttf") for face in Face})
target = io.BytesIO()
canvas = new_canvas(target, A4_PORTRAIT, fonts, DocumentInfo("试验", "某市"), main_face=Face.SERIF, repeatable=True)
TextPainter(canvas, fonts).lines(["焦作市龘"], 40, 800, TextStyle(Face.SERIF, 12), leading=15)
canvas.showPage()
canvas.save()
sys.stdout.buffer.write(target.getvalue())
"""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", program, str(font_folder)]
    elsewhere = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
    assert make_pdf(document_fonts, "焦作市龘", repeatable=True) == elsewhere


def test_a_font_is_read_once_and_only_when_it_is_needed(font_folder: Path):
    class CountedFile:
        def __init__(self, path: Path) -> None:
            self.path = path
            self.reads = 0

        def read_bytes(self) -> bytes:
            self.reads += 1
            return self.path.read_bytes()

    files = {face: CountedFile(font_folder / f"{face}.ttf") for face in Face}
    fonts = DocumentFonts(files)
    assert fonts.name(Face.SERIF) == DocumentFonts(files).name(Face.SERIF)
    make_pdf(fonts, "焦作市")
    make_pdf(fonts, "焦作市")
    assert [files[face].reads for face in Face] == [2, 0, 0, 0, 0]  # once for each DocumentFonts
    make_pdf(fonts, "龘")
    assert files[Face.FALLBACK].reads == 1


def test_threads_make_the_same_files_as_one_after_the_other(document_fonts: DocumentFonts, monkeypatch):
    texts = [STANDARD[start : start + 60] + "龘" for start in range(0, 480, 60)]
    expected = [make_pdf(document_fonts, text, repeatable=True) for text in texts]
    move = TTFontParser.seek
    disturbed: list[int] = []

    def move_and_let_others_run(parser: TTFontParser, place: int) -> None:
        move(parser, place)
        time.sleep(0.0002)  # between moving to a glyph and reading it: the moment at which threads disturb each other
        if parser._pos != place:
            disturbed.append(place)

    monkeypatch.setattr(TTFontParser, "seek", move_and_let_others_run)
    with ThreadPoolExecutor(max_workers=8) as pool:
        made = list(pool.map(lambda text: make_pdf(document_fonts, text, repeatable=True), texts))
    assert disturbed == []
    assert made == expected


def test_another_font_of_the_same_name_in_the_process_changes_nothing(document_fonts: DocumentFonts, font_folder: Path):
    document_fonts.name(Face.SANS)
    font = TTFont(font_folder / f"{Face.SANS}.ttf")
    cutter = Subsetter()
    cutter.populate(text="一二三")
    cutter.subset(font)
    small = io.BytesIO()
    font.save(small)
    small_fonts = DocumentFonts({Face.SANS: small.getvalue()})
    assert small_fonts.name(Face.SANS) != document_fonts.name(Face.SANS)
    assert pdfmetrics.getFont(small_fonts.name(Face.SANS)).characters == set("一二三")
    assert without_spaces(read_by_pypdf(make_pdf(small_fonts, "三二", Face.SANS))) == "三二"
    assert without_spaces(read_by_pypdf(make_pdf(document_fonts, "三二四", Face.SANS))) == "三二四"


def test_the_table_of_characters_keeps_the_limits_of_the_format():
    table = character_table("Font", [0, *range(0x4E00, 0x4E00 + 250), 0x2C1D9])
    assert table.count("beginbfchar") == 3
    assert "100 beginbfchar" in table
    assert "<FB> <D870DDD9>" in table
