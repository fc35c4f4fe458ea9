"""The import contracts hold, and each of them notices its own breach and nothing else.

A contract that names a wrong package passes for ever, so each one is broken here on purpose, in a copy of the tree.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
NAMES = {contract["name"]: contract["id"] for contract in SETTINGS["contracts"]}

# (contract that must break, file added to the copy, its only import)
BREACHES = [
    ("core-layers", "wufei_cells/scoring/offender.py", "wufei_cells.store"),
    ("core-layers", "wufei_cells/scoring/offender.py", "wufei_cells.checklists"),
    ("core-layers", "wufei_cells/checklists/offender.py", "wufei_cells.scoring"),
    ("core-layers", "wufei_cells/documents/offender.py", "wufei_cells.workbooks"),
    ("core-layers", "wufei_cells/store/offender.py", "wufei_cells.services"),
    ("core-layers", "wufei_cells/domain/offender.py", "wufei_cells.scoring"),
    ("core-layers", "wufei_cells/utils.py", "decimal"),
    ("core-without-qt", "wufei_cells/services/offender.py", "PySide6.QtCore"),
    ("core-without-qt", "wufei_cells/services/offender.py", "ui"),
    ("shipped-data", "wufei_cells/checklists/offender.py", "criteria"),
    ("shipped-data", "ui/widgets/offender.py", "resources"),
    ("shipped-askers", "ui/dialogs/offender.py", "wufei_cells.shipped"),
    ("sqlalchemy-home", "wufei_cells/services/offender.py", "sqlalchemy.orm"),
    ("sqlalchemy-home", "ui/models/offender.py", "sqlalchemy"),
    ("reportlab-home", "wufei_cells/services/offender.py", "reportlab.pdfgen"),
    ("excel-home", "wufei_cells/services/offender.py", "openpyxl"),
    ("excel-home", "wufei_cells/command_line/offender.py", "xlsxwriter.workbook"),
    ("pdfium-home", "wufei_cells/documents/offender.py", "pypdfium2"),
    ("pdfium-home", "ui/pages/offender.py", "pypdfium2"),
    ("pillow-home", "wufei_cells/services/offender.py", "PIL.Image"),
    ("pillow-home", "ui/desk/offender.py", "PIL"),
    ("core-layers", "wufei_cells/evidence/offender.py", "wufei_cells.checklists"),
    ("core-layers", "wufei_cells/signing/offender.py", "wufei_cells.evidence"),
    ("core-layers", "wufei_cells/signing/offender.py", "wufei_cells.store"),
    ("cryptography-home", "wufei_cells/services/offender.py", "cryptography.x509"),
    ("cbor-home", "wufei_cells/services/offender.py", "cbor2"),
    ("base45-home", "wufei_cells/documents/offender.py", "base45"),
    ("pyhanko-home", "wufei_cells/documents/offender.py", "pyhanko.sign"),
    ("code-reader-home", "wufei_cells/evidence/offender.py", "zxingcpp"),
    ("core-layers", "wufei_cells/store/offender.py", "wufei_cells.exchange"),
    ("core-layers", "wufei_cells/exchange/offender.py", "wufei_cells.documents"),
    ("core-layers", "wufei_cells/store/offender.py", "wufei_cells.updates"),
    ("core-layers", "wufei_cells/updates/offender.py", "wufei_cells.exchange"),
    ("cryptography-home", "wufei_cells/updates/offender.py", "cryptography.hazmat"),
    ("package-home", "wufei_cells/services/offender.py", "zstandard"),
    ("package-home", "wufei_cells/store/offender.py", "pyrage.x25519"),
    ("calendar-home", "wufei_cells/services/offender.py", "icalendar"),
    ("bus-home", "ui/models/offender.py", "jeepney"),
    ("window-layers", "ui/widgets/offender.py", "ui.dialogs"),
    ("window-layers", "ui/widgets/offender.py", "ui.models"),
    ("window-layers", "ui/dialogs/offender.py", "ui.studio"),
    ("window-layers", "ui/studio/offender.py", "ui.pages"),
    ("window-layers", "ui/welcome/offender.py", "ui.app"),
    ("shipped-askers", "ui/welcome/offender.py", "wufei_cells.shipped"),
    ("window-layers", "ui/utils.py", "decimal"),
    ("window-pages", "ui/pages/offender.py", "ui.pages.other_offender"),
    ("window-without-store", "ui/pages/offender.py", "wufei_cells.store"),
]


# Runs all contracts for each line it reads, and answers with the exit code and everything printed.
LINTER = """
import io, json, sys
from contextlib import redirect_stdout
from importlinter.cli import lint_imports
for _line in sys.stdin:
    said = io.StringIO()
    with redirect_stdout(said):
        code = lint_imports(no_logo=True)
    print(json.dumps([code, said.getvalue()]), flush=True)
"""


class Linter:
    """The program of the import contracts, started once in a copy of the tree."""

    def __init__(self, tree: Path) -> None:
        environment = {**os.environ, "COLUMNS": "300", "PYTHONUTF8": "1"}  # names are not wrapped
        command = [sys.executable, "-c", LINTER]
        self.tree = tree
        self._process = subprocess.Popen(
            command, cwd=tree, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def __call__(self) -> tuple[set[str], set[str], str]:
        """Run all contracts; give the ids of those kept and of those broken, and everything printed."""
        assert self._process.stdin
        assert self._process.stdout
        print("again", file=self._process.stdin, flush=True)
        code, printed = json.loads(self._process.stdout.readline())
        verdicts = re.findall(r"^(.+) (KEPT|BROKEN)", printed, re.MULTILINE)
        kept = {NAMES[name] for name, verdict in verdicts if verdict == "KEPT"}
        broken = {NAMES[name] for name, verdict in verdicts if verdict == "BROKEN"}
        assert (code == 0) == (not broken), printed
        return kept, broken, printed

    def close(self) -> None:
        """End the program."""
        self._process.communicate()


@pytest.fixture(scope="module")
def lint(tmp_path_factory):
    """Lints a copy of every Python file under contract, and the contracts; who breaks one puts it right again."""
    tree = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", tree)
    for package in SETTINGS["root_packages"]:
        for source in (ROOT / package).rglob("*.py"):
            target = tree / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    linter = Linter(tree)
    yield linter
    linter.close()


def test_untouched_tree_keeps_every_contract(lint):
    kept, broken, printed = lint()
    assert not broken, printed
    assert kept == set(NAMES.values()), printed


def test_every_contract_is_broken_once():
    assert {contract for contract, _, _ in BREACHES} == set(NAMES.values())


@pytest.mark.parametrize(("contract", "file", "imported"), BREACHES, ids=lambda value: value.removesuffix(".py"))
def test_one_wrong_import_breaks_exactly_one_contract(lint, contract, file, imported):
    other, offender = lint.tree / "ui/pages/other_offender.py", lint.tree / file
    assert not offender.exists(), "the copy already has a file of this name"
    try:
        other.touch()
        offender.write_text(f"import {imported}\n", encoding="utf-8")
        _, broken, printed = lint()
    finally:
        offender.unlink(missing_ok=True)
        other.unlink(missing_ok=True)
    assert broken == {contract}, printed
