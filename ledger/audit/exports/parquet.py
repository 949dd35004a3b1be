"""The log as Parquet, for DuckDB, Polars and the like: events, postings and service lines, a file each.

It needs pyarrow, which only the extra `parquet` brings along.
"""

import importlib
from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.reading import Reading
from ledger.domain.postings import postings, service_lines
from ledger.store.codec import Recorded, StoredEvent, decode_tags, recorded

EVENTS, POSTINGS, SERVICE_LINES = "events", "postings", "service_lines"

_COLUMNS = {
    EVENTS: {
        "position": "int64",
        "type": "string",
        "id": "string",
        "at": "instant",
        "on": "date32",
        "by": "string",
        "tags": "strings",
        "data": "string",
    },
    POSTINGS: {"position": "int64", "account": "string", "minutes": "int64", "day": "date32"},
    SERVICE_LINES: {
        "position": "int64",
        "volunteer": "string",
        "day": "date32",
        "minutes": "int64",
        "records": "int64",
        "community": "string",
        "team": "string",
        "programme": "string",
        "hosted_by": "string",
    },
}


def write_parquet(reading: Reading, folder: Path) -> Checkpoint:
    """Write the files into an empty folder, each with origin, position and root in its metadata.

    Raises ModuleNotFoundError without pyarrow. Memory does not grow with the log.
    """
    arrow: Any = importlib.import_module("pyarrow")
    with ExitStack() as stack:
        tables = {
            name: stack.enter_context(closing(_Table(arrow, folder / f"{name}.parquet", columns)))
            for name, columns in _COLUMNS.items()
        }
        for rows in reading.batches():
            facts = [recorded(row.position, row.data) for row in rows]
            tables[EVENTS].add(_event(*pair) for pair in zip(rows, facts, strict=True))
            tables[POSTINGS].add(
                {"position": fact.position, **asdict(line)} for fact in facts for line in postings(fact.event)
            )
            tables[SERVICE_LINES].add(
                {"position": fact.position, **asdict(line)}
                for fact in facts
                for line in service_lines(fact.event)
            )
        origin, size, root, _ = reading.checkpoint.text().split("\n")
        named = {} if reading.name is None else {"name": reading.name}
        for table in tables.values():
            table.tell({**named, "origin": origin, "position": size, "root": root})
    return reading.checkpoint


class _Table:
    """One file that is being written."""

    def __init__(self, arrow: Any, path: Path, columns: dict[str, str]) -> None:
        kinds = {"instant": arrow.timestamp("us", tz="UTC"), "strings": arrow.list_(arrow.string())}
        self._arrow = arrow
        self._schema = arrow.schema(
            [(name, kinds.get(kind) or getattr(arrow, kind)()) for name, kind in columns.items()]
        )
        self._writer = importlib.import_module("pyarrow.parquet").ParquetWriter(
            path, self._schema, compression="zstd"
        )

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """Write some rows."""
        self._writer.write_table(self._arrow.Table.from_pylist(list(rows), schema=self._schema))

    def tell(self, metadata: dict[str, str]) -> None:
        """Say in the file itself what it is of."""
        self._writer.add_key_value_metadata({f"timebank.{name}": value for name, value in metadata.items()})

    def close(self) -> None:
        """End the file."""
        self._writer.close()


def _event(row: StoredEvent, fact: Recorded) -> dict[str, Any]:
    event = fact.event
    return {
        "position": row.position,
        "type": row.type,
        "id": event.id,
        "at": event.at,
        "on": event.on,
        "by": event.by,
        "tags": decode_tags(row.tags),
        "data": row.data,
    }
