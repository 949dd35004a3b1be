"""The tables of the log. Migrations make them; this says how they are read and written."""

from sqlalchemy import BigInteger, Column, MetaData, Table, Text

METADATA = MetaData()

CodePoints = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts by code point on every database."""

EVENT = Table(
    "event",
    METADATA,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("type", CodePoints, nullable=False),
    Column("tags", CodePoints, nullable=False),
    Column("data", CodePoints, nullable=False),
)
"""Every fact: `tags` is a JSON array in the event's own order, `data` the JSON whose bytes are the truth."""

EVENT_TAG = Table(
    "event_tag",
    METADATA,
    Column("tag", CodePoints, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("type", CodePoints, nullable=False),
)
"""An index of `event.tags`."""

CHECKPOINT = Table(
    "checkpoint",
    METADATA,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", CodePoints, nullable=False),
)
"""Every checkpoint that was signed, as a note."""

CHECKPOINT_SEAL = Table(
    "checkpoint_seal",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
    Column("digest", CodePoints, nullable=False),
)
"""A chain over the checkpoints, one after the other: 1, 2, 3, … as they were kept."""
