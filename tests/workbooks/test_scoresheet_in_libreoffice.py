"""Scoresheets in a real spreadsheet program: it calculates what the evaluator found, and prints what one can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.workbooks.conftest import SMALL, Filled, ReadSheet, at_random, catalogue
from tests.workbooks.filling import FilledSheet
from tests.workbooks.wild import wild_checklist
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer
from wufei_cells.wording import Wording
from wufei_cells.workbooks.scoresheets.sheet import write_scoresheet

CITIES = Path(__file__).resolve().parents[2] / "criteria"
SHIPPED = {
    f"{path.parent.name}-{path.stem}": path for path in sorted(CITIES.glob("*/*.yaml")) if path.stem != "profile"
}
WILD = range(14)
ROW_HEIGHT = re.compile(
    r'(<style:table-row-properties) style:row-height="[^"]*" fo:break-before="auto" '
    r'style:use-optimal-row-height="false"'
)
TOLERANCE = 0.6  # points; LibreOffice counts heights in pixels
JIAOZUO = [path.stem for path in SHIPPED.values() if path.parent.name == "jiaozuo"]


def answers_of(filled: Filled) -> dict[str, Answer]:
    return {key: value if isinstance(value, Answer) else Answer(value) for key, value in filled.answers.items()}


def by_hand(filled: Filled, wording: Wording) -> bytes:
    """Write an empty form and fill it in, as a person would."""
    sheet = FilledSheet(write_scoresheet(filled.changed(answers={}, facts={}).data(), wording))
    sheet.fill(filled.checklist, filled.facts, answers_of(filled))
    return sheet.saved()


def without_values(content: bytes, target: Path) -> Path:
    """Save a sheet again without the values that its formulas came with, so that a reader has to calculate."""
    target.write_bytes(content)
    workbook = load_workbook(target)
    workbook.save(target)
    return target


@dataclass(frozen=True)
class Calculated:
    """Workbooks as LibreOffice calculates them, by name."""

    filled: dict[str, Filled]
    results: dict[str, bytes]


@pytest.fixture(scope="module")
def calculated(office, tmp_path_factory) -> Calculated:
    """Forms filled in by hand (all shipped checklists and many made by dice), and sheets written with answers."""
    folder, wording = tmp_path_factory.mktemp("calculated"), Wording(catalogue(), "zh")
    checklists = {name: read_checklist(path.read_bytes(), path.name) for name, path in SHIPPED.items()}
    forms = {name: at_random(one, 3, not_applicable=0.15) for name, one in checklists.items()}
    forms |= {f"open-{name}": at_random(one, 5, answered=0.7) for name, one in list(checklists.items())[::4]}
    forms |= {f"wild-{seed}": at_random(wild_checklist(seed), seed, not_applicable=0.25) for seed in WILD}
    written = {
        f"written-{name}": forms[name] for name in [*list(SHIPPED)[::5], *(f"wild-{seed}" for seed in WILD[::4])]
    }
    files = [folder / f"{name}.xlsx" for name in forms]
    for file, filled in zip(files, forms.values(), strict=True):
        file.write_bytes(by_hand(filled, wording))
    files += [
        without_values(write_scoresheet(filled.data(), wording), folder / f"{name}.xlsx")
        for name, filled in written.items()
    ]
    files += small_ones(folder, wording)
    (folder / "out").mkdir()
    results = office.convert(files, "xlsx", folder / "out")
    return Calculated(forms | written, {file.stem: file.read_bytes() for file in results})


def small_ones(folder: Path, wording: Wording) -> list[Path]:
    """Sheets that a person has changed, that have a hostile name, or a rule that no formula holds."""
    changed, hostile, long = folder / "changed.xlsx", folder / "hostile.xlsx", folder / "long.xlsx"
    sheet = FilledSheet(write_scoresheet(Filled().data(), wording))
    sheet.answer(Filled().checklist, "A2", Answer({"part": "90", "whole": "100"}))
    changed.write_bytes(sheet.saved())
    hostile.write_bytes(write_scoresheet(Filled().changed(name="=1+1 _x000D_ 䶮㳇鿍𬇙").data(), wording))
    without_values(write_scoresheet(ladder_of(80).data(), wording), long)
    return [changed, hostile, long]


def ladder_of(steps: int) -> Filled:
    """An assessment with a ladder of so many steps."""
    bands = ", ".join(
        f"{{above: {step * 10}, points: {Decimal(8) - Decimal(step) / 10}}}" for step in range(steps - 1, -1, -1)
    )
    rule = f"{{count: {{text: 处}}, bands: [{bands}, {{points: 0}}]}}"
    text = SMALL.replace("{count: {text: 处}, steps: {points: -2}}", rule)
    return Filled(checklist=read_checklist(text.encode(), "long.yaml"))


@pytest.mark.parametrize("name", [*SHIPPED, *(f"wild-{seed}" for seed in WILD)])
def test_a_form_filled_in_by_hand_computes_what_the_evaluator_does(calculated, name, zh):
    filled = calculated.filled[name]
    card, sheet = filled.data().scorecard, FilledSheet(calculated.results[name], values=True)
    compared = 0
    for item in card.items:
        wanted = shown_points(filled, item)
        if wanted is not None:
            compared += 1
            assert plain(sheet.points(item.key)) == wanted, item.key
    assert compared > len(card.items) / 2
    for group, score in zip(filled.checklist.groups, card.groups, strict=True):
        if score.got.settled:
            cell = sheet.cell(sheet.labelled(f"{group.text.zh}　小计"), "points")
            assert plain(cell.value) == (printed(score.got.low) if score.full else "不适用"), group.key
    assert plain(sheet.cell(sheet.labelled("总　分"), "points").value) == (
        printed(card.total.low) if card.finished else ""
    )
    level, verdict = (sheet.cell(sheet.labelled(label), "full").value or "" for label in ("等　次", "结　论"))
    if not card.finished:
        assert level == ""
    else:
        names = {grade.key: grade.text.zh for grade in filled.checklist.grades}
        assert level == (names[card.level] if card.passed and card.level else "未达到任何等次")
        assert verdict == zh.say(f"scoresheet.verdict.{'passed' if card.passed else 'failed'}")


def shown_points(filled: Filled, item) -> str | None:
    """What the cell of an item must show; ``None`` while a fact that decides on it is open."""
    data = filled.data()
    extra = item.key in data.extra()
    if not item.applies:
        return printed(item.got.low) if data.keeps_what_does_not_apply and not extra else "不适用"
    if not item.answered or (extra and item.key not in filled.answers):
        return ""
    return printed(item.got.low) if item.got.settled else None


def plain(value: object) -> str:
    return printed(Decimal(str(value))) if isinstance(value, int | float) else str(value or "")


def test_many_of_the_random_ones_pass_and_many_fail(calculated):
    """The comparison above would say little if all of them came out alike."""
    cards = [calculated.filled[f"wild-{seed}"].data().scorecard for seed in WILD]
    assert {card.passed for card in cards if card.finished} == {True, False}
    assert sum(card.finished for card in cards) > len(cards) / 2


def test_what_is_written_with_the_formulas_is_what_they_give(calculated, zh):
    for name in (name for name in calculated.filled if name.startswith("written-")):
        content = write_scoresheet(calculated.filled[name].data(), zh)
        ours, theirs = ReadSheet(content), ReadSheet(calculated.results[name])
        formulas = ReadSheet(content, formulas=True).formulas()
        assert len(formulas) > len(calculated.filled[name].checklist.groups)
        for place in formulas:
            if ours.sheet[place].value is not None:
                assert plain(theirs.sheet[place].value) == plain(ours.sheet[place].value), (name, place)


def test_changed_answers_are_noticed(calculated):
    changed = ReadSheet(calculated.results["changed"])
    assert changed.number("A2") == 10
    assert changed.number("组织　小计") == Decimal("17.5")
    assert "与登记的 30.3 分不同" in str(changed.value("总　分", "不适用理由"))


def test_a_rule_that_no_formula_holds_says_so_and_leaves_the_total_to_the_program(calculated):
    long = ReadSheet(calculated.results["long"])
    assert long.value("B2") == "程序计"
    assert "表格里算不了" in str(long.value("B2", "备注"))
    assert long.number("A2") == 6, "the others are computed as ever"
    assert long.value("总　分") in (None, "")


def test_hostile_names_are_shown_as_they_are(calculated):
    texts = ReadSheet(calculated.results["hostile"]).texts()
    assert any(text.replace("_x005F_", "_") == "=1+1 _x000D_ 䶮㳇鿍𬇙" for text in texts)


def test_rows_are_as_high_as_their_text_in_both_languages(office, random_sheet, zh, en, tmp_path):
    """Rows whose own height is taken away get the one that LibreOffice thinks right; ours must not be less."""
    files = []
    for name, (language, wording) in product(JIAOZUO[::3], [("zh", zh), ("en", en)]):  # a third: this takes its time
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
            if ours.sheet_state != "visible":
                continue
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
