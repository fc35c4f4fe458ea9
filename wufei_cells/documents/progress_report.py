"""The progress report of a city as PDF: how far to the goal, by category and district, who passed and who did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from wufei_cells.documents.canvas import A4_PORTRAIT, DocumentInfo
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.progress_data import FailedSite, PassedSite, ReportData
from wufei_cells.documents.progress_overview import set_legend, set_overview
from wufei_cells.documents.progress_words import ReportWords
from wufei_cells.documents.report_pages import (
    BOTTOM,
    LEFT,
    MIDDLE_OF_SIGNS,
    RIGHT,
    TOP,
    WIDTH,
    Box,
    Mark,
    ReportPages,
    Words,
)
from wufei_cells.documents.report_table import (
    ACCENT,
    INK,
    LINE,
    QUIET,
    SOFT_ACCENT,
    STRONG_LINE,
    Bar,
    Cell,
    Column,
    Row,
    Table,
    Tinted,
)
from wufei_cells.documents.text import Align, TextStyle, fit_text, line_width
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.register import Tally

if TYPE_CHECKING:
    from wufei_cells.wording import Wording

HEADING = TextStyle(Face.SANS_BOLD, 12, color=INK)
FOOT = TextStyle(Face.SANS, 8, color=QUIET)
NOTE = TextStyle(Face.SANS, 9.5, color=QUIET)
EXAMPLE = TextStyle(Face.SANS_BOLD, 9, color="#B4442C")
SPECIMEN = TextStyle(Face.SANS_BOLD, 190, spacing=30, color="#FBEFEC")
SPECIMEN_WIDTH = 560.0
SPECIMEN_ANGLE = 55.0
TINTS = ("#EAF5F1", "#CFE8E0", "#A5D2C5")
NAME_WIDTH = 96.0  # of districts beside the table of both
MOST_CATEGORIES = 8  # beside each other in the table of both


def render_progress_report(
    data: ReportData, fonts: DocumentFonts, wording: Wording, *, repeatable: bool = False
) -> bytes:
    """Print the report, in the language of the wording.

    Args:
        data: what is reported.
        fonts: the fonts of documents.
        wording: all words but the names in the data.
        repeatable: the same data give the same bytes, without the time of making.

    Raises:
        UserError: ``document.glyph_missing``: a name holds a character that no font has.
    """
    return _Report(data, fonts, wording).render(repeatable=repeatable)


class _Report:
    """One report on its way to paper."""

    def __init__(self, data: ReportData, fonts: DocumentFonts, wording: Wording) -> None:
        self.data = data
        self.progress = data.progress
        self.words = ReportWords(data, wording)
        self.say = self.words.say
        self.pages = ReportPages(fonts)

    def render(self, *, repeatable: bool) -> bytes:
        set_overview(self.pages, self.words, self.progress)
        if not self.progress.whole.sites:
            self._note("no_sites")
        self._tallies("category", self.words.categories, self.progress.categories, self.data.targets)
        self._tallies("district", self.words.districts, self.progress.districts, {})
        if self.progress.cells:
            self._matrix()
        self._passed()
        self._failed()
        words = self.words
        language = "zh-CN" if words.language == "zh" else words.language
        info = DocumentInfo(words.title, words.own(self.data.issuer), words.sentence, language)
        return self.pages.save(info, self._frame, repeatable=repeatable)

    # --- tables

    def _tallies(
        self, kind: str, names: Mapping[str, str], tallies: Mapping[str, Tally], targets: Mapping[str, int]
    ) -> None:
        """A row with figures and a bar for each category or district, and their sum."""
        figures = ["sites", "assessed", "passed", "valid", *(["target"] if targets else [])]
        columns = [Column(self.say(f"column.{kind}"), 130)]
        columns += [Column(self.say(f"column.{name}"), 49, Align.CENTER) for name in figures]
        columns.append(_rest(columns, self.say("column.bar")))
        most = max([1, *targets.values(), *(max(tally.passed, tally.certified) for tally in tallies.values())])
        rows: list[Row] = []
        for key, name in names.items():
            tally, target = tallies.get(key, Tally()), targets.get(key)
            bar = Bar(tally.certified / most, tally.passed / most, target / most if target else None)
            wanted = ["–" if target is None else str(target)] if targets else []
            rows.append(Row([name, *_figures(tally), *wanted, bar]))
        wanted = [str(sum(targets.values())) if targets.keys() >= names.keys() else "–"] if targets else []
        rows.append(Row([self.say("all"), *_figures(self.progress.whole), *wanted, ""], strong=True))
        self._section(f"by_{kind}", columns, rows)
        self.pages.y -= 5
        outline = [("target", STRONG_LINE)] if targets else []
        set_legend(self.pages, self.words, ("valid", ACCENT), ("passed", SOFT_ACCENT), *outline)

    def _matrix(self) -> None:
        """Districts down, categories across; several tables when there are many categories."""
        keys = list(self.words.categories)
        for start in range(0, len(keys), MOST_CATEGORIES):
            part = keys[start : start + MOST_CATEGORIES]
            width = (WIDTH - NAME_WIDTH) / (len(part) + 1)
            columns = [Column(self.say("column.district"), NAME_WIDTH)]
            columns += [Column(self.words.categories[key], width, Align.CENTER) for key in part]
            columns.append(Column(self.say("all"), width, Align.CENTER))
            self._section("matrix", columns, list(self._matrix_rows(part)))

    def _matrix_rows(self, categories: Sequence[str]) -> Iterator[Row]:
        cells = self.progress.cells
        most = max((tally.certified for tally in cells.values()), default=0)
        for district, name in self.words.districts.items():
            tallies = [cells.get((category, district), Tally()) for category in categories]
            whole = self.progress.districts.get(district, Tally())
            yield Row([name, *(_tinted(tally, most) for tally in tallies), _pair(whole)])
        sums = [self.progress.categories.get(category, Tally()) for category in categories]
        yield Row([self.say("all"), *map(_pair, sums), _pair(self.progress.whole)], strong=True)

    # --- lists

    def _passed(self) -> None:
        columns = [
            *self._site_columns(114),
            Column(self.say("column.level"), 48, Align.CENTER),
            Column(self.say("column.certificate"), 97),
        ]
        columns.append(_rest(columns, self.say("column.until"), Align.CENTER))
        rows = [Row([*self._site(site, number), *self._award(site)]) for number, site in enumerate(self.data.passed, 1)]
        self._list("passed", columns, rows)

    def _failed(self) -> None:
        columns = self._site_columns(130)
        columns.append(_rest(columns, self.say("column.reason")))
        plain = self.words.plain
        rows = [Row([*self._site(site, number), plain(site.reason)]) for number, site in enumerate(self.data.failed, 1)]
        self._list("failed", columns, rows)

    def _site_columns(self, name_width: float) -> list[Column]:
        return [
            Column(self.say("column.number"), 28, Align.CENTER),
            Column(self.say("column.site"), name_width),
            Column(self.say("column.category"), 58),
            Column(self.say("column.district"), 58),
            Column(self.say("column.total"), 38, Align.CENTER),
        ]

    def _site(self, site: PassedSite | FailedSite, number: int) -> list[Cell]:
        category = self.words.categories.get(site.category, site.category)
        district = self.words.districts.get(site.district, site.district)
        total = "–" if site.total is None else printed(site.total)
        return [str(number), site.name, category, district, total]

    def _award(self, site: PassedSite) -> list[Cell]:
        until = site.valid_until.isoformat() if site.valid_until else "–"
        return [self.words.own(site.level), site.certificate or self.say("not_issued"), until]

    def _list(self, key: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        if rows:
            self._section(key, columns, rows)
        else:
            self._heading(key, 20)
            self._note(f"nobody_{key}")

    # --- parts of all sections

    def _section(self, key: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        table = Table(self.pages, columns)
        self._heading(key, table.least_height(rows))
        table.set(rows)

    def _heading(self, key: str, follows: float) -> None:
        """A heading, never alone at the end of a page."""
        if not self.pages.need(44 + follows):
            self.pages.y -= 20
        self.pages.paragraph([self.say(key)], HEADING, 20)
        self.pages.y -= 4

    def _note(self, key: str) -> None:
        self.pages.paragraph([self.say(key)], NOTE, 18)

    # --- beside the content

    def _frame(self, number: int, count: int) -> list[Mark]:
        """What stands on each page: its number, the title, and the marks of made-up data."""
        fonts = self.pages.fonts
        page = self.say("page", number=number, count=count)
        room = WIDTH - line_width(fonts, page, FOOT) - 20
        title = fit_text(fonts, self.words.title, FOOT, room, smallest=5)
        marks: list[Mark] = [
            Box(LEFT, BOTTOM - 16, WIDTH, 0, stroke=LINE),
            Words(title.lines[0], LEFT, BOTTOM - 28, title.style),
            Words(page, RIGHT, BOTTOM - 28, FOOT, Align.RIGHT),
        ]
        return [*self._specimen(), *marks] if self.data.example else marks

    def _specimen(self) -> list[Mark]:
        """A large pale word under everything, and a small clear one above it."""
        fonts, word, note = self.pages.fonts, self.say("specimen"), self.say("example")
        style = SPECIMEN.scaled(SPECIMEN.size * min(1, SPECIMEN_WIDTH / line_width(fonts, word, SPECIMEN)))
        middle = MIDDLE_OF_SIGNS * style.size
        x, y = A4_PORTRAIT[0] / 2 + middle * 0.8, A4_PORTRAIT[1] / 2 - middle * 0.6
        width = line_width(fonts, note, EXAMPLE) + 14
        return [
            Words(word, x, y, style, Align.CENTER, SPECIMEN_ANGLE),
            Box(RIGHT - width, TOP + 14, width, 18, stroke=EXAMPLE.color, line_width=0.9),
            Words(note, RIGHT - 7, TOP + 20, EXAMPLE, Align.RIGHT),
        ]


def _rest(columns: Sequence[Column], title: str, align: Align = Align.LEFT) -> Column:
    """A column that takes the width that others leave."""
    return Column(title, WIDTH - sum(column.width for column in columns), align)


def _figures(tally: Tally) -> list[str]:
    return [str(tally.sites), str(tally.assessed), str(tally.passed), str(tally.certified)]


def _pair(tally: Tally) -> str:
    return f"{tally.certified} / {tally.sites}" if tally.sites or tally.certified else "–"


def _tinted(tally: Tally, most: int) -> Cell:
    """Valid ones of all, on a ground that is the darker the more there are."""
    if not tally.certified:
        return _pair(tally)
    step = min(int(tally.certified / most * len(TINTS)), len(TINTS) - 1)
    return Tinted(_pair(tally), TINTS[step])
