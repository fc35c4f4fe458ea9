"""The readable tables of what the office keeps, from applications to drawings by lot."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Text

from wufei_cells.store.tables import keyed, projection_metadata

application = keyed(
    projection_metadata,
    "application",
    Column("assessment", String, primary_key=True),
    Column("applied_on", String, nullable=False),
    Column("signatory", String, nullable=False),
    Column("committed_on", String, nullable=False),
    Column("recommended_by", String, nullable=False),
    Column("highlights", Text, nullable=False),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
)

objection = keyed(
    projection_metadata,
    "objection",  # to a public notice, or an appeal of the unit; how it was settled is an act of its own
    Column("id", String, primary_key=True),
    *(Column(name, String, nullable=False, server_default="") for name in ("assessment", "kind", "item")),
    Column("revision", Integer, nullable=False, server_default="1"),  # of the assessment when it was put forward
    Column("text", Text, nullable=False, server_default=""),
    *(Column(name, String, nullable=False, server_default="") for name in ("name", "contact", "received_on")),
    Column("due", String),
    Column("author", String, nullable=False, server_default=""),
    Column("at", String, nullable=False, server_default=""),
    Column("lamport", Integer, nullable=False, server_default="0"),  # in which order those of a day came in
    Column("outcome", String, nullable=False, server_default="open"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("settled_by", String),
    Column("settled_on", String),
    Index("objection_by_assessment", "assessment"),
)

batch = keyed(
    projection_metadata,
    "batch",
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("notice_from", String),
    Column("notice_until", String),
    Column("contact", Text, nullable=False),
    Column("document_number", String, nullable=False),
    Column("named_on", String),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    Column("lamport", Integer, nullable=False),  # in which order batches of one moment were written
)

certificate_event = keyed(
    projection_metadata,
    "certificate_event",  # what happened to a certificate after it was issued
    Column("certificate", String, nullable=False),
    Column("id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("on", String, nullable=False),
    Column("until", String),
    Column("year", Integer),
    Column("reason", Text, nullable=False),
    Column("document_number", String, nullable=False),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    Column("lamport", Integer, nullable=False),
    PrimaryKeyConstraint("certificate", "id"),
)

number_keeper = keyed(
    projection_metadata,
    "number_keeper",  # one row: the device that hands out certificate numbers
    Column("id", String, primary_key=True),
    Column("device", String, nullable=False),
)

number_block = keyed(
    projection_metadata,
    "number_block",
    Column("id", String, primary_key=True),
    Column("series", String, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("device", String, nullable=False),
)

role = keyed(
    projection_metadata,
    "role",  # who does whose work
    Column("person", String, nullable=False),
    Column("role", String, nullable=False),
    Column("at", String, nullable=False),
    PrimaryKeyConstraint("person", "role"),
)

office_key = keyed(
    projection_metadata,
    "office_key",  # keys that certificates are signed with, as they were announced; the private halves never get here
    Column("id", String, primary_key=True),
    Column("issuer", String, nullable=False),
    Column("since", String, nullable=False),
    Column("predecessor", String),
    Column("document", Text, nullable=False),
)

status_list = keyed(
    projection_metadata,
    "status_list",  # signed lists of what is suspended or withdrawn, the newest of each key
    Column("key", String, primary_key=True),
    Column("as_of", String, nullable=False),
    Column("document", Text, nullable=False),
)

template = keyed(
    projection_metadata,
    "template",  # how certificates are laid out
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("document", Text, nullable=False),
)

template_choice = keyed(
    projection_metadata,
    "template_choice",  # one row: the template in force
    Column("id", String, primary_key=True),
    Column("template", String, nullable=False),
)

erasure = keyed(
    projection_metadata,
    "erasure",  # contents that are gone for good, by their SHA-256
    Column("file", String, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
)

drawing = keyed(
    projection_metadata,
    "drawing",  # sites and inspectors drawn by lot
    Column("id", String, primary_key=True),
    Column("drawn_on", String, nullable=False),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    Column("record", Text, nullable=False),
)
