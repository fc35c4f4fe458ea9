"""What is handed over for support: much of the program, nothing of people."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.samples.registers import HandClock, open_register
from wufei_cells import logs, shipped
from wufei_cells.errors import EnvironmentFault, ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, crash_reports, registering, supporting
from wufei_cells.services.anonymizing import SHORT, Anonymizer
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.self_checking import Outcome
from wufei_cells.services.supporting import Surroundings
from wufei_cells.wording import Wording

WORDS = Wording(shipped.wording_catalogue(), "zh")


def _is_name(text):
    """Whether it is more than a number or a few letters, which any text may hold by chance."""
    return any(letter.isalpha() for letter in text) and (not text.isascii() or len(text) > 2 * SHORT)


NAMES = st.text(
    st.characters(categories=("Lo", "Lu", "Ll"), include_characters=" ·&'\"(){}[].*+?\\^$|-_0123456789"),
    min_size=2,
    max_size=24,
).filter(lambda name: name.strip() == name and "  " not in name and name.isprintable() and _is_name(name))


def support(folder, workspace, outcomes=()):
    around = Surroundings(folder, folder / "log" / "program.log", {"qt": "6.9.3"})
    return supporting.support_text(workspace, around, outcomes, WORDS)


def stumble_over(workspace, *words):
    """Provoke what may quote names: refusals, faults of ours, failed checks; and log them as the program does."""
    outcomes = []
    for word in words:
        try:
            browsing.site(workspace, word)
        except UserError as refused:
            outcomes.append(Outcome("register", 0.1, error=refused))
            logs.note("refused", code=refused.code, site=word)
        fault = RuntimeError(f"{word!r} in {workspace.database.path}: {word}")
        crash_reports.write(logs.log_file().parent, fault)
        outcomes.append(Outcome("workbook", 0.1, error=fault))
    return outcomes


@settings(
    max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(person=NAMES, site=NAMES, contact=NAMES)
def test_no_name_of_the_register_is_in_the_text(person, site, contact):
    before = logs.log_file()
    with tempfile.TemporaryDirectory(prefix="张三的数据") as name:
        folder = Path(name)
        logs.keep_in(folder / "log" / "program.log")
        try:
            workspace = open_register(folder, HandClock(), person=person)
            given_names = (person, site, contact)
            plain = support(folder, UserError("store.damaged"))
            assume(not any(one.casefold() in plain.casefold() for one in given_names))
            draft = SiteDraft(site, "office", "east", contact=contact, phone="13812345678", address=f"{site}路 1 号")
            row = registering.add_site(workspace, draft)
            assessing.start_assessment(workspace, row.id, assessors=(person, contact))
        except ProblemsFound:
            assume(False)  # no name that a register takes
        finally:
            logs.keep_in(before)
        logs.keep_in(folder / "log" / "program.log")
        text = support(folder, workspace, stumble_over(workspace, *given_names))
        workspace.close()
        logs.keep_in(before)
    assert "builtins.RuntimeError" in text
    assert "site: 1" in text
    told = [one for one in (*given_names, "13812345678", name, "张三的数据") if one in text]
    assert told == []


def test_the_text_says_what_helps(tmp_path, workspace):
    text = support(tmp_path, workspace, [Outcome("sqlite", 0.0, {"version": "3.40.1", "least": "3.24.0"})])
    for wanted in ("version: ", "system: ", "sqlite: 3.", "qt: 6.9.3", "schema: 6.0", "act: ", "ok sqlite", "libc: "):
        assert wanted in text
    assert str(tmp_path) not in text


def test_a_register_that_does_not_open_is_told_by_its_code(tmp_path):
    assert "EnvironmentFault store.busy" in support(tmp_path, EnvironmentFault("store.busy", path=str(tmp_path)))


def test_words_of_an_exception_stay_here_and_our_own_go(tmp_path, workspace):
    outcomes = [Outcome("register", 0.1, error=ValueError("甲单位")), Outcome("package", 0.1, error=ImportError("x"))]
    text = support(tmp_path, workspace, outcomes)
    assert "FAILED register 0.10 s: ValueError" in text
    assert "甲单位" not in text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("/srv/王敏/数据/wufei.db", "~/数据/wufei.db"),
        (r"D:\\People\\zhangsan\\x", r"‹data›\\x"),
        ("李四 and 李四光 and 李四", "‹1› and ‹2› and ‹1›"),
        ("Linux of Li, Li.xlsx", "Linux of ‹1›, ‹1›.xlsx"),
        ("zhangsan@laptop-7", "‹user›@‹computer›"),
        ("write to wang.min@example.org", "write to ‹e-mail›"),
        ("call 13812345678, 138 1234 5678 or 0391-1234567", "call ‹phone›, ‹phone› or ‹phone›"),
        ("91410800MA40X1234K, 410802199001011234", "‹id›, ‹id›"),
        ("2026-11-22T23:46:01+0800 bytes=4096", "2026-11-22T23:46:01+0800 bytes=4096"),
        ("A.C.M.E. (East)", "‹1›"),
    ],
)
def test_folders_people_and_numbers_become_signs(text, left):
    folders = {"/srv/王敏": "~", r"D:\People\zhangsan": "‹data›"}
    names = ["李四", "李四光", "Li", "A.C.M.E. (East)"]
    assert Anonymizer(folders, {"zhangsan": "‹user›", "laptop-7": "‹computer›"}, names)(text) == left
