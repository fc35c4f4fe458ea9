"""The command line: its options, its commands, and how it ends.

Exit codes: 0 done; 1 it could not be done, the reason is on stderr, and with ``--json`` in the document, too; 2 the
command was not understood.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from wufei_cells import logs, paths
from wufei_cells.command_line import (
    across_commands,
    assessment_commands,
    batch_commands,
    calibration_commands,
    certificate_commands,
    checklist_commands,
    checkup_commands,
    city_commands,
    drawing_commands,
    evidence_commands,
    excel_commands,
    finding_commands,
    forecast_commands,
    form_commands,
    key_commands,
    number_commands,
    paper_commands,
    progress_commands,
    public_commands,
    register_commands,
    report_commands,
    role_commands,
    search_commands,
    self_check,
    site_commands,
    statistics_commands,
    steering_commands,
    support_commands,
    sync_commands,
    team_commands,
    template_commands,
    update_commands,
    verify_commands,
)
from wufei_cells.command_line.arguments import NotUnderstood, Parser, refuse
from wufei_cells.command_line.session import Session
from wufei_cells.errors import ProblemsFound, WufeiError, why
from wufei_cells.release import program_version

GROUPS = (
    checklist_commands,
    city_commands,
    site_commands,
    assessment_commands,
    excel_commands,
    across_commands,
    evidence_commands,
    finding_commands,
    team_commands,
    checkup_commands,
    batch_commands,
    certificate_commands,
    number_commands,
    drawing_commands,
    steering_commands,
    template_commands,
    key_commands,
    verify_commands,
    form_commands,
    paper_commands,
    public_commands,
    progress_commands,
    register_commands,
    forecast_commands,
    calibration_commands,
    statistics_commands,
    report_commands,
    role_commands,
    search_commands,
    sync_commands,
    support_commands,
    update_commands,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console would choke on the first rare character
            stream.reconfigure(encoding="utf-8", errors="replace")
    typed = sys.argv[1:] if argv is None else argv
    if self_check.OPTION in typed:
        return self_check.main(typed)
    try:
        args = _parsed(typed)
    except NotUnderstood as stopped:
        refuse(stopped, typed)
    logs.keep_in(paths.log_folder() / logs.FILE_NAME)
    begun = time.monotonic()
    code = _run(args)
    logs.note("command", name=args.command, code=code, seconds=time.monotonic() - begun)
    return code


def _run(args: argparse.Namespace) -> int:
    """Run a command that was understood, and give its exit code."""
    session = Session(args)
    try:
        code = int(args.run(session, args))
        session.tell_unused()
        # A full disk or a reader that went away shows here, not after the last line; without a console nothing does.
        print(end="", flush=True)
    except WufeiError as error:
        logs.note("refused", command=args.command, code=error.code)
        if session.as_json:
            session.show(_error_json(session, error), ())
        print(session.wording.error(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _drop_output()
        return 1
    except OSError as error:
        _drop_output()
        print(session.say("cli.no_output", detail=why(error)), file=sys.stderr)
        return 1
    except Exception as error:  # noqa: BLE001 - a fault of ours: a report and a sentence, nobody can read a traceback
        return _crashed(session, error)
    finally:
        session.close()
    return code


def _crashed(session: Session, error: Exception) -> int:
    """Write down what nobody expected and say so in a sentence; with ``WUFEI_DEBUG`` it goes on as it is."""
    from wufei_cells.services import crash_reports  # noqa: PLC0415 - few runs ever need it

    if os.environ.get("WUFEI_DEBUG"):
        raise error
    report = crash_reports.write(paths.log_folder(), error)
    said = session.say("support.crash_file", path=str(report)) if report else ""
    print(f"{session.say('support.crash_command', kind=type(error).__name__)} {said}".strip(), file=sys.stderr)
    return 1


def _error_json(session: Session, error: WufeiError) -> dict[str, object]:
    """Give what went wrong as the one document that programs read."""
    problems = error.problems if isinstance(error, ProblemsFound) else ()
    told = [{"code": one.code, "place": one.place, "message": session.say(one.code, **one.values)} for one in problems]
    message = session.say(error.code, **error.values)
    return {"error": {"code": error.code, "message": message, "problems": told}}


def _parsed(argv: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; what a command takes freely may stand behind its options, too, which argparse refuses."""
    known = parser()
    args, left = known.parse_known_args(argv)
    free: str = getattr(args, "free", "")
    if left and (not free or any(word.startswith("-") for word in left)):
        known.error(f"unrecognized arguments: {' '.join(left)}")
    if left:
        getattr(args, free).extend(left)
    return args


def _drop_output() -> None:
    """Let nothing more be written where nothing can be written; Python would try once more when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def command_words() -> frozenset[str]:
    """Give the words that commands begin with."""
    found: set[str] = set()
    for action in parser()._actions:  # noqa: SLF001 - argparse tells its commands nowhere else
        if action.dest == "command":
            found |= {*(action.choices or ())}
    return frozenset(found)


def parser() -> argparse.ArgumentParser:
    """Describe all commands."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹 / folder of the register")
    common.add_argument("--json", action="store_true", help="输出一个 JSON 文档 / print one JSON document")
    common.add_argument("--language", choices=("zh", "en"), help="语言 / language of sentences")
    common.add_argument("--as", dest="person", metavar="NAME", help="操作人 / who is acting")
    how = "按某一天结束时的样子回答，只读 / answer as of the end of a day, read-only"
    common.add_argument("--as-of", dest="as_of", type=date.fromisoformat, metavar="YYYY-MM-DD", help=how)
    top = Parser(prog="wufei-cells", parents=[common], description="无废细胞认定工作台 / Wufei Cells")
    top.add_argument("--version", action="version", version=program_version() or "?", help="版本号 / version")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add_commands(commands, common)
    return top
