"""Acts that say anything, anywhere: they are kept and handed on, and the readable tables stay what the journal says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.cells_written import PIECE, PLACES, value_for
from tests.exchange.desks import Desks
from tests.store.test_journal import AT
from wufei_cells.domain.bundles import ActRun
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.errors import WufeiError
from wufei_cells.exchange.bundles import Seal, read_bundle, seal
from wufei_cells.signing.signing_key import SigningKey, device_id
from wufei_cells.store import ledger
from wufei_cells.store.journal import Draft, append
from wufei_cells.store.merging import merge_run
from wufei_cells.store.projectors import PROJECTORS
from wufei_cells.store.readable_acts import CELLS_OF_KIND

KEY = SigningKey(b"\x05" * 32)
DEVICE = device_id(KEY.public)
LITTLE = [None, True, False, 0, -1, 2**60, 1.5, "", "甲", "x\ud7ff", [], {}, ["a"], {"stage": 1}, {"zh": "甲"}]
json_values = st.recursive(
    st.sampled_from(LITTLE), lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner)
)
written = st.sampled_from([value_for(place, number) for place in PLACES for number in (1, 2)])
dented = st.builds(
    lambda value, name, other: {**value, name: other} if isinstance(value, dict) else other,
    *(written, st.sampled_from(["value", "na", "note", "stage", "text", "due", "name", "more", "bases", "struck"])),
    json_values,
)
SAMPLE_CELLS = [cell for _kind, _entity, cell in PLACES]
cells = st.sampled_from(
    [*SAMPLE_CELLS, "id", "state", "record", "document", f"evidence.{PIECE}", "answer.", "fact.", "\n"]
)
entities = st.sampled_from(sorted({entity for _kind, entity, _cell in PLACES} | {"status_list", "", "register"}))
acts = st.tuples(
    *(st.sampled_from([*PROJECTORS, "poem"]), entities, cells | st.text(max_size=4)),
    *(written | dented | json_values, st.sampled_from([1, 2, 2**53])),
)


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    made = Desks(tmp_path_factory.mktemp("desks"), 1)
    yield made
    made.close()


def run_of(said) -> ActRun:
    kinds, entities_, cells_, values, lamports = map(list, zip(*said, strict=True))
    replaced = [((DEVICE, seq - 1),) if seq > 1 and seq % 3 else () for seq in range(1, len(said) + 1)]
    texts = [canonical_json(value) for value in values]
    times, authors = ["1970-01-01T00:00:00+00:00"] * len(said), ["joker"] * len(said)
    return ActRun(DEVICE, 1, kinds, entities_, cells_, lamports, times, authors, values, texts, replaced)


@settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
@given(said=st.lists(acts, min_size=1, max_size=8), here=st.lists(st.sampled_from(PLACES), max_size=3))
def test_whatever_somebody_signs_the_tables_say_what_the_journal_says(desks, said, here):
    [database] = desks.cleared()
    bundle = seal(run_of(said), "", Seal(KEY, DEVICE, "joker", "99.0"))
    try:
        run = read_bundle(bundle.content).run
    except WufeiError:
        return  # what no register can hold is refused at the door
    for place in here:
        write(database, place, 1)
    with database.writing() as connection:
        assert len(merge_run(connection, run).new) == len(said)
        assert ledger.projection_differences(connection) == ()
    for place in here:
        write(database, place, 2)
    with database.reading() as connection:
        assert ledger.projection_differences(connection) == ()


def write(database, place, number):
    with database.writing() as connection:
        append(database, connection, [Draft(*place, value_for(place, number))], author="王敏", at=AT)


def test_every_kind_that_fills_a_table_has_cells_of_its_own():
    assert CELLS_OF_KIND.keys() == PROJECTORS.keys()
