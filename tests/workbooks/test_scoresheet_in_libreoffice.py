"""Scoresheets in a real spreadsheet program: it calculates what the evaluator found, and prints what one can read."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.workbooks.conftest import Filled, ReadSheet, at_random, catalogue
from tests.workbooks.wild import wild_checklist
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.wording import Wording
from wufei_cells.workbooks.scoresheet import write_scoresheet

CHECKLISTS = Path(__file__).resolve().parents[2] / "criteria" / "jiaozuo"
SHIPPED = sorted(path.stem for path in CHECKLISTS.glob("*.yaml") if path.stem != "profile")
ROW_HEIGHT = re.compile(
    r'(<style:table-row-properties) style:row-height="[^"]*" fo:break-before="auto" '
    r'style:use-optimal-row-height="false"'
)
TOLERANCE = 0.6  # points; LibreOffice counts heights in pixels


def without_values(content: bytes, target: Path) -> Path:
    """Save a sheet again without the values that its formulas came with, so that a reader has to calculate."""
    target.write_bytes(content)
    workbook = load_workbook(target)
    workbook.save(target)
    return target


def decimals(with_checklist):
    """Sheets whose second group adds two points that end, but not in binary: 0.36 + 0.24."""
    plain = with_checklist(
        "{count: {text: 处}, steps: {points: -2}}", "{share: {part: 对, whole: 查}, line: [[0, 0], [100, 8]]}"
    )
    inexact = 0
    for seed, (saved, right) in enumerate([(1, 1), (3, 7), (7, 29), (11, 13), (23, 41), (57, 3)]):
        answers = {"B1": {"before": "1000", "after": str(1000 - saved)}, "B2": {"part": str(right), "whole": "100"}}
        filled = plain.with_answers(**answers)
        inexact += 0.12 * saved + 0.08 * right != float(filled.data().scorecard.groups[1].got.low)
        yield f"decimals-{seed}", filled
    assert inexact, "these cases are too easy"


def test_recalculated_sums_equal_the_evaluators(office, read, random_sheet, with_checklist, zh, tmp_path):
    filled = {name: random_sheet(name, 3) for name in SHIPPED}
    filled |= dict(decimals(with_checklist))
    filled["open"] = random_sheet(SHIPPED[0], 5, answered=0.5)
    written = {name: write_scoresheet(sheet.data(), zh) for name, sheet in filled.items()}
    files = [without_values(content, tmp_path / f"{name}.xlsx") for name, content in written.items()]
    (tmp_path / "out").mkdir()
    for name, result in zip(written, office.convert(files, "xlsx", tmp_path / "out"), strict=True):
        ours, theirs = read(written[name]), read(result.read_bytes())
        formulas = read(written[name], formulas=True).formulas()
        assert len(formulas) > len(filled[name].checklist.groups)
        for place in formulas:
            assert _plain(theirs.sheet[place].value) == _plain(ours.sheet[place].value), (name, place)


@pytest.fixture(scope="session")
def recalculated(office, tmp_path_factory):
    """Sheets of checklists made by dice as LibreOffice calculates them: answered ones, and forms filled in by hand."""
    folder = tmp_path_factory.mktemp("wild")
    wording = Wording(catalogue(), "zh")
    answered = {f"wild-{seed}": at_random(wild_checklist(seed), seed, not_applicable=0.25) for seed in range(12)}
    by_hand = {f"hand-{seed}": at_random(wild_checklist(seed), seed, not_applicable=0.3) for seed in range(102, 114)}
    written = {name: write_scoresheet(sheet.data(), wording) for name, sheet in answered.items()}
    files = [without_values(content, folder / f"{name}.xlsx") for name, content in written.items()]
    files += [filled_by_hand(sheet, wording, folder / f"{name}.xlsx") for name, sheet in by_hand.items()]
    (folder / "out").mkdir()
    results = {file.stem: ReadSheet(file.read_bytes()) for file in office.convert(files, "xlsx", folder / "out")}
    return written, by_hand, results


def test_weights_caps_and_every_rule_for_what_does_not_apply_are_live(recalculated):
    written, _by_hand, results = recalculated
    formulas = {name: ReadSheet(content, formulas=True).formulas() for name, content in written.items()}
    texts = [text for found in formulas.values() for text in found.values()]
    assert len(texts) > 60
    assert all(any(part in text for text in texts) for part in ("SUMIF(", "N(", "MIN(", "INT(", "*"))
    for name, content in written.items():
        ours = ReadSheet(content)
        for place in formulas[name]:
            assert _plain(results[name].sheet[place].value) == _plain(ours.sheet[place].value), (name, place)


def test_a_form_filled_in_by_hand_gives_the_evaluators_sums(recalculated):
    _written, by_hand, results = recalculated
    compared = 0
    for name, filled in by_hand.items():
        found = {group.key: group.got.low for group in evaluated_as_printed(filled).groups}
        for group in filled.checklist.groups:
            shown = results[name].value(f"{group.text.zh}　小计")
            if isinstance(shown, int | float):
                compared += 1
                assert Decimal(str(shown)) == Decimal(printed(found[group.key])), (name, group.key)
    assert compared > 20


def evaluated_as_printed(filled):
    """Evaluate with the points that can be printed, in place of exact ones."""
    given = {key: value if isinstance(value, Answer) else Answer(value) for key, value in filled.answers.items()}
    points = {item.key: Fraction(printed(item.got.low)) for item in filled.data().scorecard.items if item.applies}
    return evaluate(filled.checklist, filled.facts, given, on=filled.data().on, supposing=points)


def filled_by_hand(filled, wording, target: Path) -> Path:
    """Print an empty form and write the points of an evaluation into it, as a person with a pen would."""
    target.write_bytes(write_scoresheet(filled.changed(answers={}).data(), wording))
    workbook = load_workbook(target)
    empty = ReadSheet(target.read_bytes())
    for item in filled.data().scorecard.items:
        place = empty.cell(item.key, "现场分").coordinate
        na = not item.applies and item.explanation.code == "explain.not_applicable"
        if na or item.applies:
            workbook.worksheets[0][place].value = "不适用" if na else Decimal(printed(item.got.low))
    workbook.save(target)
    return target


def _plain(value: object) -> object:
    """A number exactly as it was calculated, to the last bit; no text as nothing."""
    return Decimal(value) if isinstance(value, int | float) else value or None


@pytest.fixture(scope="module")
def saved_again(office, tmp_path_factory):
    """Small sheets that a person has changed or given a hostile name, as LibreOffice saves them."""
    folder, wording = tmp_path_factory.mktemp("small"), Wording(catalogue(), "zh")
    changed, hostile = folder / "changed.xlsx", folder / "hostile.xlsx"
    changed.write_bytes(write_scoresheet(Filled().data(), wording))
    workbook = load_workbook(changed)
    place = ReadSheet(changed.read_bytes()).cell("A2", "现场分").coordinate
    workbook.worksheets[0][place].value = 10
    workbook.save(changed)
    hostile.write_bytes(write_scoresheet(Filled().changed(name="=1+1 _x000D_ 䶮㳇鿍𬇙").data(), wording))
    (folder / "out").mkdir()
    files = office.convert([changed, hostile], "xlsx", folder / "out")
    return {file.stem: ReadSheet(file.read_bytes()) for file in files}


def test_changed_points_are_noticed(saved_again):
    changed = saved_again["changed"]
    assert changed.number("组织　小计") == Decimal("17.5")
    assert "与登记的 30.3 分不符" in str(changed.value("各组得分合计", "扣分原因"))


def test_hostile_names_are_shown_as_they_are(saved_again):
    texts = saved_again["hostile"].texts()
    assert any(text.replace("_x005F_", "_") == "=1+1 _x000D_ 䶮㳇鿍𬇙" for text in texts)


def test_rows_are_as_high_as_their_text_in_both_languages(office, random_sheet, zh, en, tmp_path):
    """Rows whose own height is taken away get the one that LibreOffice thinks right; ours must not be less."""
    files = []
    for name, (language, wording) in product(SHIPPED[::3], [("zh", zh), ("en", en)]):  # a third: this takes its time
        files.append(tmp_path / f"{name}-{language}.xlsx")
        files[-1].write_bytes(write_scoresheet(random_sheet(name, 6).data(), wording))
    flat = office.convert(files, "fods", tmp_path)
    for file in flat:
        content, count = ROW_HEIGHT.subn(r'\1 style:use-optimal-row-height="true"', file.read_text(encoding="utf-8"))
        assert count > 3
        file.write_text(content, encoding="utf-8")
    (tmp_path / "out").mkdir()
    for file, result in zip(files, office.convert(flat, "xlsx", tmp_path / "out"), strict=True):
        for ours, theirs in zip(load_workbook(file), load_workbook(result), strict=True):
            both = {row: (ours.row_dimensions[row].height, theirs.row_dimensions[row].height) for row in rows_of(ours)}
            assert max(right for _, right in both.values()) > 40, "LibreOffice did not look at the text"
            assert not {row: pair for row, pair in both.items() if pair[0] < pair[1] - TOLERANCE}, (file, ours.title)


def rows_of(sheet) -> range:
    return range(1, sheet.max_row + 1)


def test_print_is_a4_landscape_with_numbered_pages_and_the_mark_of_examples(office, random_sheet, zh, tmp_path):
    target = tmp_path / "sheet.xlsx"
    filled = random_sheet("office", 7).changed(example=True, name="䶮㳇鿍𬇙县机关事务中心")
    target.write_bytes(write_scoresheet(filled.data(), zh))
    reader = PdfReader(office.convert([target], "pdf", tmp_path)[0])
    pages = [page.extract_text() for page in reader.pages]
    table = [page for page, text in zip(reader.pages, pages, strict=True) if "一级" in text]
    assert 3 <= len(table) <= 5
    assert all(round(float(page.mediabox.width)) == 842 for page in table)
    for number, text in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in text.replace(" ", "")
        assert "示例数据" in text
        assert "䶮㳇鿍𬇙县机关事务中心" in text
    printed = "".join(pages).replace("\n", "")
    assert all(item.text.zh.replace(" ", "") in printed.replace(" ", "") for item in filled.checklist.items())
