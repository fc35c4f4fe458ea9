"""The command on the pre-check of an assessment: show what is asked, record what was found."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.prechecks import PrecheckFinding
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.services import prechecking
from wufei_cells.services.prechecking import Precheck


def add_to_assessments(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser = group.add_parser("precheck", parents=[common], help="打分前核对 / check what shuts a site out")
    parser.add_argument("assessment", metavar="ASSESSMENT")
    parser.add_argument(
        "findings", nargs="*", metavar="QUESTION=ok|fail:REASON", help="不写则查看 / only shown when none is given"
    )
    parser.add_argument("--ok", choices=["all"], help="其余全部符合 / everything else holds")
    parser.set_defaults(run=precheck, free="findings")


def precheck(session: Session, args: argparse.Namespace) -> int:
    """Record what was found, or show how the pre-check stands."""
    row = find_assessment(session, args.assessment)
    found = _found(args.findings)
    if args.ok:
        found = {**prechecking.all_hold(prechecking.questions(session.workspace, row.id)), **found}
    if found:
        standing = prechecking.record_precheck(session.workspace, row.id, found)
    else:
        standing = prechecking.precheck(session.workspace, row.id)
    return session.show(_json(standing), _lines(session, standing))


def _found(written: list[str]) -> dict[str, PrecheckFinding]:
    """Read what was typed; all that is not understood is told at once."""
    found: dict[str, PrecheckFinding] = {}
    problems: list[Problem] = []
    for given in written:
        key, _, said = given.partition("=")
        verdict, _, reason = said.partition(":")
        if not key or verdict not in ("ok", "fail") or (verdict == "ok" and reason):
            problems.append(Problem("cli.precheck_written", "", {"given": given}))
        else:
            found[key] = PrecheckFinding(verdict == "ok", reason)
    if problems:
        raise ProblemsFound(problems)
    return found


def _json(standing: Precheck) -> dict[str, object]:
    found = standing.row.findings
    return {
        "assessment": standing.assessment.id,
        "stage": standing.assessment.stage.value,
        "passed": standing.passed,
        "questions": [
            {
                "key": question.key,
                "text": {"zh": question.text.zh, "en": question.text.en},
                "holds": found[question.key].holds if question.key in found else None,
                "reason": found[question.key].reason if question.key in found else "",
            }
            for question in standing.questions
        ],
        "author": standing.row.author,
        "at": standing.row.at.isoformat() if standing.row.at else None,
    }


def _lines(session: Session, standing: Precheck) -> list[str]:
    site, say = standing.assessment.site_name, session.say
    lines = [
        say(
            "cli.precheck_line",
            number=number,
            question=question.key,
            said=_said(session, standing, question.key),
            text=session.text(question.text),
        )
        for number, question in enumerate(standing.questions, 1)
    ]
    if not lines:
        return [say("cli.precheck_none")]
    if standing.assessment.stage is Stage.STOPPED:
        lines.append(say("cli.precheck_stopped", site=site))
    elif standing.missing:
        lines.append(say("cli.precheck_unfinished", count=len(standing.missing)))
    elif standing.passed:
        lines.append(say("cli.precheck_passed", site=site))
    return lines


def _said(session: Session, standing: Precheck, key: str) -> str:
    finding = standing.row.findings.get(key)
    if finding is None:
        return session.say("cli.precheck_open")
    return session.say("cli.precheck_holds" if finding.holds else "cli.precheck_fails", reason=finding.reason)
