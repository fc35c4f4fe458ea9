"""In which order files of tests have their turn, so that two workers end together and windows are left in peace.

Long files come first, files with windows last: some of these must be painted in time, and while the first files run,
``dev.py test`` still checks types beside them.
"""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
LONGEST = (
    "installer/test_built_program.py",
    "workbooks/test_scoresheet_in_libreoffice.py",
    "exchange/test_import_crashes.py",
    "exchange/test_merge_law.py",
    "command_line/test_process.py",
    "project/test_contracts.py",
    "demo/test_demo.py",
    "store/test_crashes.py",
    "store/test_time_machine.py",
    "ui/desk/test_killed_at_the_desk.py",
    "workbooks/test_checklist_workbook_in_libreoffice.py",
    "workbooks/test_ledgers_in_libreoffice.py",
    "verifier/test_same_verdicts.py",
    "services/test_teaming_law.py",
    "checklists/test_schema.py",
)
"""Files that take long with few tests. A worker that got one of them in the end would leave the other one idle."""
LONGEST_WINDOWS = (
    "ui/test_exchange_room.py",
    "ui/test_two_programs.py",
    "ui/test_start.py",
    "ui/studio/test_publishing.py",
)


def of(file: Path, tests: int) -> tuple[int, int]:
    """Give the turn of a file with so many tests."""
    name = file.relative_to(TESTS).as_posix()
    for turn, files in ((0, LONGEST), (2, LONGEST_WINDOWS)):
        if name in files:
            return turn, files.index(name)
    return (3 if name.startswith("ui/") else 1), -tests
