"""Ways to bring a site to a stage and to take a step, for the tests of the life cycle."""

from __future__ import annotations

from itertools import count

import pytest

from tests.samples.registers import (
    add_site,
    apply_for,
    brought,
    published,
    scored,
)
from wufei_cells.domain.lifecycle import Stage, Step
from wufei_cells.domain.prechecks import PrecheckFinding
from wufei_cells.domain.register import SiteRow
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import (
    assessing,
    browsing,
    certifying,
    deciding,
    naming,
    prechecking,
    returning,
)

STAGES = tuple(stage for stage in Stage if stage is not Stage.REGISTERED)
SHUT_OUT = {"credit": PrecheckFinding(holds=False, reason="平台上有一条严重失信记录")}
DOCUMENT = "山无废〔2026〕5号"

NUMBERS = count(1)


def other_device() -> str:
    """A device of which nothing came in yet."""
    return f"laptop {next(NUMBERS)}"


def fresh(workspace) -> SiteRow:
    """A unit that no other test knows."""
    return add_site(workspace, f"单位{next(NUMBERS)}")


def bring_to(workspace, stage: Stage):
    """An assessment in full marks, brought to a stage."""
    if stage is Stage.APPLIED:
        return apply_for(workspace, fresh(workspace).id)
    row = scored(workspace, fresh(workspace))
    if stage is Stage.STOPPED:
        prechecking.record_precheck(workspace, row.id, SHUT_OUT)
        return browsing.assessment(workspace, row.id)
    return brought(workspace, row.id, stage)


def take(workspace, step: Step, assessment: str) -> None:  # noqa: C901, PLR0912 - a line for each step
    row, today = browsing.assessment(workspace, assessment), workspace.today()
    match step:
        case Step.START:
            assessing.start_assessment(workspace, row.site)
        case Step.STOP:
            prechecking.record_precheck(workspace, assessment, SHUT_OUT)
        case Step.FINISH:
            assessing.finish_assessment(workspace, assessment)
        case Step.REOPEN:
            assessing.reopen_assessment(workspace, assessment, reason="补充材料")
        case Step.RETURN:
            returning.send_back(workspace, assessment, {"B1": "请补转运联单"})
        case Step.REVIEW:
            deciding.review(workspace, assessment)
        case Step.APPROVE:
            deciding.decide(workspace, assessment, approve=True)
        case Step.REJECT:
            deciding.decide(workspace, assessment, approve=False, remarks="不符合")
        case Step.NOTICE:
            published(workspace, [assessment], ended=True)
        case Step.TAKE_OUT:
            naming.take_out(workspace, assessment, reason="名称有误")
        case Step.NAME if row.stage is Stage.NOTICED:
            naming.name_batch(workspace, str(row.batch), document_number=DOCUMENT, named_on=today)
        case Step.NAME:
            naming.name_sites(workspace, [assessment], title="第一批", document_number=DOCUMENT, named_on=today)
        case Step.CERTIFY:
            certifying.issue_certificate(workspace, assessment)


def refused(work) -> str:
    """Run something that must be refused; give the code, of the problems where there are some."""
    with pytest.raises(UserError) as error:
        work()
    codes = {problem.code for problem in error.value.problems} if isinstance(error.value, ProblemsFound) else set()
    return codes.pop() if len(codes) == 1 else error.value.code
