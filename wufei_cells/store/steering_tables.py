"""The readable tables of what the office writes down to steer: targets, indicator values, follow-ups, visits."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Text

from wufei_cells.store.tables import keyed, projection_metadata

target = keyed(
    projection_metadata,
    "target",  # how many cells by a day; "*" stands for all categories, or for all counties
    Column("category", String, nullable=False),
    Column("district", String, nullable=False),
    Column("by", String, nullable=False),
    Column("count", Integer),  # null: what the profile lays down does not hold any more
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    PrimaryKeyConstraint("category", "district", "by"),
)

indicator_value = keyed(
    projection_metadata,
    "indicator_value",
    Column("indicator", String, nullable=False),  # the entity: "indicator." and the key
    Column("year", String, nullable=False),
    Column("value", String, nullable=False),  # a decimal number
    Column("preliminary", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    PrimaryKeyConstraint("indicator", "year"),
)

follow_up = keyed(
    projection_metadata,
    "follow_up",  # what was done about a site, a county or a category that lags behind
    Column("id", String, primary_key=True),
    *(Column(name, String) for name in ("site", "district", "category")),
    Column("level", String, nullable=False),
    Column("on", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("document_number", String, nullable=False),
    Column("due", String),
    Column("done_on", String),
    Column("outcome", Text, nullable=False),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    Column("lamport", Integer, nullable=False),  # in which order those of a day were written
    Index("follow_up_by_site", "site"),
)

visit = keyed(
    projection_metadata,
    "visit",  # who means to go where
    Column("id", String, primary_key=True),
    Column("site", String, nullable=False),
    Column("assessment", String),
    Column("on", String, nullable=False),
    Column("time", String),  # hours and minutes
    Column("people", Text, nullable=False),  # names, a JSON list
    Column("note", Text, nullable=False),
    Column("cancelled", Text),  # why it does not take place; null: it does
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
    Column("lamport", Integer, nullable=False),
    Index("visit_by_day", "on"),
    Index("visit_by_site", "site"),
)
