"""The tables: the journal, which is the truth, and its projection, which is made to be read.

Only the journal is ever the source of anything. The projection can be dropped and rebuilt (``projection.rebuild``)
and must come out equal. Keys are deterministic or random, never counted up, so that two machines never mean
different things by one key. No constraint spans rows that travel between machines: such a rule could make a merge
fail, so it is checked by people's acts instead.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    literal_column,
    or_,
)

journal_metadata = MetaData()
projection_metadata = MetaData()


Part = Column[str] | Column[int] | Column[bytes] | PrimaryKeyConstraint | Index


def _table(metadata: MetaData, name: str, *parts: Part) -> Table:
    return Table(name, metadata, *parts)


def keyed(metadata: MetaData, name: str, *parts: Part) -> Table:
    """Make a table that is stored in the order of its primary key."""
    return Table(name, metadata, *parts, sqlite_with_rowid=False)


# --- journal

meta = keyed(journal_metadata, "meta", Column("name", String, primary_key=True), Column("value", Text, nullable=False))

device = _table(
    journal_metadata,
    "device",
    Column("id", Integer, primary_key=True),  # a small number for this database only; the uuid travels
    Column("uuid", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
)

act = keyed(
    journal_metadata,
    "act",
    Column("device", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("cell", String, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("at", String, nullable=False),  # claimed by the device's clock; shown, never decides
    Column("author", String, nullable=False),
    Column("value", Text, nullable=False),  # canonical JSON
    Column("replaced_device", Integer),
    Column("replaced_seq", Integer),
    Column("aside", String),  # why it does not count; null: it does
    PrimaryKeyConstraint("device", "seq"),
    Index("act_by_cell", "entity", "cell"),
)

says_who = act.c.kind.in_([literal_column(f"'{kind}'") for kind in ("enrolment", "office_key", "revocation")])
"""Acts that say whose acts count: few among many, and asked for with every import."""
set_aside = act.c.aside.is_not(None)
act_indexes = (
    Index("act_that_says_who", act.c.kind, sqlite_where=says_who, postgresql_where=says_who),
    Index("act_set_aside", act.c.aside, sqlite_where=set_aside, postgresql_where=set_aside),
)
"""They came later than the table."""

further_replacement = keyed(
    journal_metadata,
    "further_replacement",  # the second and following acts that one act replaces: resolutions only
    Column("device", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("replaced_device", Integer, nullable=False),
    Column("replaced_seq", Integer, nullable=False),
    PrimaryKeyConstraint("device", "seq", "replaced_device", "replaced_seq"),
)

bundle = keyed(
    journal_metadata,
    "bundle",  # acts as they travel: signed, and kept byte for byte so that anybody can hand them on
    Column("device", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("hash", String, nullable=False),  # SHA-256 of its bytes
    Column("previous", String, nullable=False),  # the hash of the device's bundle before; empty for its first
    Column("signer", String, nullable=False),  # the device whose key signed it
    Column("content", LargeBinary, nullable=False),
    Column("arrival", String, nullable=False),  # with which import it came; empty for what was sealed here
    PrimaryKeyConstraint("device", "first", "hash"),
    Index("bundle_by_hash", "hash"),
)

held_bundle = keyed(
    journal_metadata,
    "held_bundle",  # bundles of devices that nobody has admitted, and of those that contradict what is here
    Column("hash", String, primary_key=True),
    Column("device", String, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("signer", String, nullable=False),
    Column("name", String, nullable=False),  # how the device calls itself
    Column("reason", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("arrival", String, nullable=False),
)

arrival = keyed(
    journal_metadata,
    "arrival",  # the imports, in order
    Column("id", String, primary_key=True),
    Column("at", String, nullable=False),
    Column("person", String, nullable=False),
    Column("undone_at", String),
    Column("summary", Text, nullable=False),  # JSON: files, senders, what was new
)

heard = keyed(
    journal_metadata,
    "heard",  # what other devices said they hold, when they were heard of last
    Column("device", String, primary_key=True),
    Column("at", String, nullable=False),  # claimed by the sender
    Column("received_at", String, nullable=False),
    Column("document", Text, nullable=False),  # JSON: person, name, acts and files held
)

# --- what this machine remembers for the people at it; it never travels

undo_step = _table(
    journal_metadata,
    "undo_step",  # what a person did, in order, to be taken back or done again
    Column("id", Integer, primary_key=True),
    Column("person", String, nullable=False),
    Column("visit", String, nullable=False),  # what was typed in one visit to an item is one step
    Column("undone", Integer, nullable=False),
    Column("changes", Text, nullable=False),  # JSON: cells with what they said before and after
    Index("undo_step_by_person", "person", "undone"),
)

undo_place = keyed(
    journal_metadata,
    "undo_place",  # which assessments a step touches
    Column("step", Integer, nullable=False),
    Column("entity", String, nullable=False),
    PrimaryKeyConstraint("step", "entity"),
    Index("undo_place_by_entity", "entity"),
)

look = keyed(
    journal_metadata,
    "look",  # up to where a person has seen an assessment
    Column("person", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("lamport", Integer, nullable=False),
    PrimaryKeyConstraint("person", "entity"),
)

# --- projection

head = keyed(
    projection_metadata,
    "head",  # acts that nobody replaced
    Column("entity", String, nullable=False),
    Column("cell", String, nullable=False),
    Column("device", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("entity", "cell", "device", "seq"),
)

awaited = keyed(
    projection_metadata,
    "awaited",  # acts that others replace and that are not here: dead on arrival, and a sign of something missing
    Column("entity", String, nullable=False),  # the cell in which they are replaced
    Column("cell", String, nullable=False),
    Column("device", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("entity", "cell", "device", "seq"),
    Index("awaited_by_act", "device", "seq"),
)

conflict = keyed(
    projection_metadata,
    "conflict",  # cells whose heads differ in value
    Column("entity", String, nullable=False),
    Column("cell", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("distinct_values", Integer, nullable=False),
    PrimaryKeyConstraint("entity", "cell"),
)

person = keyed(
    projection_metadata, "person", Column("id", String, primary_key=True), Column("name", String, nullable=False)
)

edition = keyed(
    projection_metadata,
    "edition",
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("edition", String, nullable=False),
    Column("category", String, nullable=False),
    Column("effective_from", String, nullable=False),
    Column("effective_until", String),
    Column("districts", Text, nullable=False),  # of a county's own edition: where it holds (a JSON list)
    Column("extends", String),  # and the city's edition it stands on
    Column("lamport", Integer, nullable=False),  # what was published later wins among editions of one day
    Column("document", Text, nullable=False),
)

edition_state = keyed(
    projection_metadata,
    "edition_state",  # a table of its own: it may be known here before the edition is
    Column("id", String, primary_key=True),
    Column("retired_on", String),
    Column("reason", Text, nullable=False),
)

draft = keyed(
    projection_metadata,
    "draft",  # checklists that are being written
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("category", String, nullable=False),
    Column("based_on", String),
    Column("document", Text, nullable=False),  # as in a file, with whatever is still wrong in it
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
)

edition_source = keyed(
    projection_metadata,
    "edition_source",  # editions under a city's own numbers: the document they were made from, for another city's
    Column("id", String, primary_key=True),
    Column("document", Text, nullable=False),
)

profile = keyed(
    projection_metadata,
    "profile",  # one row: the profile in force
    Column("id", String, primary_key=True),
    Column("document", Text, nullable=False),
)

site = keyed(
    projection_metadata,
    "site",
    Column("id", String, primary_key=True),
    *(
        Column(name, String, nullable=False, server_default="")
        for name in ("name", "category", "district", "address", "credit_code", "contact", "phone", "note")
    ),
    Index("site_by_name", "name"),
)

site_fact = keyed(
    projection_metadata,
    "site_fact",
    Column("site", String, nullable=False),
    Column("fact", String, nullable=False),
    Column("value", String, nullable=False),
    PrimaryKeyConstraint("site", "fact"),
)

assessment = keyed(
    projection_metadata,
    "assessment",
    Column("id", String, primary_key=True),
    Column("site", String, nullable=False, server_default=""),
    Column("edition", String, nullable=False, server_default=""),
    Column("column", String, nullable=False, server_default=""),
    Column("part_of", String),  # of a sheet of its own column: the assessment it belongs to
    Column("assessors", Text, nullable=False, server_default="[]"),
    Column("visited_on", String),
    Column("started_at", String, nullable=False, server_default=""),
    Column("lamport", Integer, nullable=False, server_default="0"),  # which of a site's assessments is the latest
    Column("came_from", Text, nullable=False, server_default="[]"),  # the editions it was pinned to before, in order
    Column("stage", String, nullable=False, server_default="scoring"),
    Column("facts", Text),  # as they were when it was finished
    Column("total", String),
    Column("level", String),
    Column("passed", Integer),
    Column("basis", String),
    Column("decided_by", String),
    Column("decided_at", String),
    Column("remarks", Text, nullable=False, server_default=""),
    Column("returned", Text, nullable=False, server_default="{}"),  # of one that was sent back: the remark by item
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("reviewed_by", String),
    Column("reviewed_at", String),
    Column("seal", String),  # hash of everything the decision was taken on
    Column("batch", String),
    Index("assessment_by_site", "site", "lamport"),
)
Index(
    "assessment_by_whole",
    assessment.c.part_of,
    sqlite_where=assessment.c.part_of.is_not(None),
    postgresql_where=assessment.c.part_of.is_not(None),
)

Index(
    "assessment_by_batch",
    assessment.c.batch,
    sqlite_where=assessment.c.batch.is_not(None),
    postgresql_where=assessment.c.batch.is_not(None),
)

answer = keyed(
    projection_metadata,
    "answer",
    Column("assessment", String, nullable=False),
    Column("item", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("na", Text),
    Column("note", Text, nullable=False),
    Column("more", Text),  # bases and what other states said, as a JSON object
    Column("entry_hash", String, nullable=False),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    Column("lamport", Integer, nullable=False),
    PrimaryKeyConstraint("assessment", "item"),
)
answer_given = or_(answer.c.value != "null", answer.c.na.is_not(None))
"""Whether an answer says anything: an emptied one is kept, but does not count."""
Index("answer_by_given", answer.c.assessment, sqlite_where=answer_given, postgresql_where=answer_given)

evidence_file = keyed(
    projection_metadata,
    "evidence_file",  # what is known of a piece's content, by its SHA-256
    Column("id", String, primary_key=True),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("taken_at", String),
    Column("latitude", String),
    Column("longitude", String),
    Column("likeness", String, nullable=False),
    Column("original", String),
)

evidence = keyed(
    projection_metadata,
    "evidence",  # which piece stands under which item
    Column("assessment", String, nullable=False),
    Column("item", String, nullable=False),  # empty: the assessment as a whole
    Column("file", String, nullable=False),
    Column("name", String, nullable=False),
    Column("caption", Text, nullable=False),
    Column("until", String),  # the last day on which it proves anything
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    PrimaryKeyConstraint("assessment", "item", "file"),
    Index("evidence_by_file", "file"),
)

finding = keyed(
    projection_metadata,
    "finding",
    Column("id", String, primary_key=True),
    Column("assessment", String, nullable=False, server_default=""),
    Column("item", String, nullable=False, server_default=""),
    Column("severity", String, nullable=False, server_default=""),
    Column("text", Text, nullable=False, server_default=""),
    Column("action", Text, nullable=False, server_default=""),
    Column("responsible", String, nullable=False, server_default=""),
    Column("due", String),
    Column("author", String, nullable=False, server_default=""),
    Column("at", String, nullable=False, server_default=""),
    Column("state", String, nullable=False, server_default="open"),
    Column("check_note", Text, nullable=False, server_default=""),
    Column("checked_by", String),
    Column("checked_on", String),
    Index("finding_by_assessment", "assessment"),
)

signature = keyed(
    projection_metadata,
    "signature",
    Column("id", String, primary_key=True),
    Column("assessment", String, nullable=False),
    Column("name", String, nullable=False),
    Column("part", String, nullable=False),
    Column("strokes", Text, nullable=False),
    Column("basis", String, nullable=False),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    Index("signature_by_assessment", "assessment"),
)

precheck = keyed(
    projection_metadata,
    "precheck",
    Column("assessment", String, primary_key=True),
    Column("findings", Text, nullable=False),  # JSON: by question, whether it holds and why not
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
)

certificate = keyed(
    projection_metadata,
    "certificate",
    Column("id", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("site", String, nullable=False),
    Column("assessment", String, nullable=False),
    Column("category", String, nullable=False),
    Column("district", String, nullable=False),
    Column("issued_on", String, nullable=False),
    Column("valid_until", String, nullable=False),
    Column("lamport", Integer, nullable=False),  # which of a site's certificates of one day is the newest
    Column("record", Text, nullable=False),
    Index("certificate_by_number", "number"),
    Index("certificate_by_site", "site"),
)
