"""docs/scoring-models.md names every test of another scoring model, with the number of cases that were really tried."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCUMENT = HERE.parents[2] / "docs" / "scoring-models.md"


def test_the_table_of_models_says_what_the_tests_do(build):
    lines = DOCUMENT.read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.endswith(".py` |")]
    assert {row[1] for row in rows} == {row[2] for row in rows} == {f"{build.tries:,}"}
    tested = {path.name for path in HERE.glob("test_*.py")} - {Path(__file__).name}
    assert {row[-1].strip("`") for row in rows} == tested
    assert build.tries >= 2000
