"""A long log, written straight into its tables: nothing of this is about deciding."""

from collections.abc import Iterator
from itertools import islice

from ledger.domain.events import Event
from ledger.store.codec import stored
from ledger.store.log import Log, insert

_ROWS = 10_000


def fill(log: Log, facts: Iterator[Event], count: int) -> None:
    """Write the first so many facts into an empty log, with their tags."""
    log.migrate()
    rows = (stored(position, event) for position, event in enumerate(islice(facts, count), start=1))
    while some := list(islice(rows, _ROWS)):
        with log.appending() as connection:
            insert(connection, some)
