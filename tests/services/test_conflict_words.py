"""What is in conflict is said in words, whatever field of whatever document it is in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.services.conftest import WORDS
from tests.services.disagreements import answer, precheck, profile
from wufei_cells import shipped
from wufei_cells.services import conflicts
from wufei_cells.services.conflict_words import ValueWords
from wufei_cells.wording import Wording

ENGLISH = Wording(shipped.wording_catalogue(), "en")
CHECKLISTS = Path(__file__).parents[1] / "checklists"
DOCUMENTS = {
    "draft": "every_field",
    "profile": "every_profile_field",
    "template": "every_template_field",
    "edition": "every_overlay_field",
}
OPEN = {"parameters", "colors", "weights", "group_exceptions", "items_at_least", "grades", "yes_no"}
"""Fields below which stand keys that people chose."""


def fields(value: object) -> Iterator[str]:
    """Every name of a field in a document."""
    if isinstance(value, dict) and not set(value) <= {"zh", "en"}:
        for name, one in value.items():
            yield name
            yield from fields([*one.values()] if name in OPEN and isinstance(one, dict) else one)
    elif isinstance(value, list):
        for one in value:
            yield from fields(one)


@pytest.mark.parametrize("words", [WORDS, ENGLISH], ids=["zh", "en"])
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_field_of_a_document_has_a_name(workspace, kind, words):
    document = yaml.safe_load((CHECKLISTS / f"{DOCUMENTS[kind]}.yaml").read_text("utf-8"))
    with workspace.database.reading() as connection:
        said = ValueWords(workspace, connection, words)
        raw = {name for name in fields(document) if said.label(kind, name) == name}
    assert not raw


def differing(workspace, make, words):
    """The label and text of what differs, in the values of a conflict."""
    entity, cell = make(workspace)
    [row] = [row for row in conflicts.list_conflicts(workspace) if (row.entity, row.cell) == (entity, cell)]
    told = conflicts.tell(workspace, row, words)
    return {(line.label, line.text) for one in told.values for line in one.lines if line.differs}


@pytest.mark.parametrize(("words", "said"), [(WORDS, "证书有效年数"), (ENGLISH, "Years of validity")])
def test_a_number_of_the_city_is_called_by_its_name(workspace, words, said):
    assert differing(workspace, profile, words) == {(said, "5"), (said, "2")}


def test_a_place_within_a_document_is_named_with_what_it_lies_in(workspace):
    with workspace.database.reading() as connection:
        told = ValueWords(workspace, connection, WORDS).label("draft", "groups.A.items.A1.full")
    assert told == "分组 › A › 条款 › A1 › 满分"


def test_an_answer_is_said_as_people_say_it(workspace):
    texts = {text for _label, text in differing(workspace, answer, WORDS)}
    assert not [text for text in texts if "{" in text]
    assert {"只抽查了一半", "全数查过"} < texts


def test_a_question_that_the_city_no_longer_asks_keeps_the_words_it_had(workspace):
    assert {label for label, _text in differing(workspace, precheck, WORDS)} == {"近三年没有严重失信记录"}
