"""What the log moved in both books, in the order of days: what journals are written from."""

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from typing import NamedTuple

import msgspec

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.reading import Reading
from ledger.domain.events import CommunityEstablished, CommunityRenamed, Event, OfferPublished
from ledger.domain.postings import MOVING, postings, service_lines
from ledger.store.codec import StoredEvent, decode, stored_names
from ledger.store.errors import StoreUnavailable

SERVICE, CONTRIBUTION = "service:", "contribution:"
"""Before the ids of volunteers and communities: accounts of the book of service minutes, as journals balance it.

What a volunteer served stands against what the community that it counts for contributed.
"""

_NAMING = (CommunityEstablished, CommunityRenamed, OfferPublished)
_MAKE = "CREATE TABLE movement (day TEXT, position INTEGER, type TEXT, event TEXT, lines TEXT)"
_ADD = "INSERT INTO movement VALUES (?, ?, ?, ?, ?)"
_SORTED = "SELECT day, position, type, event, lines FROM movement ORDER BY day, position"

Line = tuple[str, int]
"""An account, and the minutes that are added to it."""

_lines_decoder = msgspec.json.Decoder(list[Line])


class Movement(NamedTuple):
    """What one fact moved on one day; its lines sum to zero in either book."""

    day: date
    position: int
    type: str
    event: str
    lines: list[Line]


class Movements:
    """The movements of the first events of a log. Memory grows with accounts; the rest waits in a scratch file.

    `opened` has the first day of each account, and `names` the last public name of each community and offer by its id.
    """

    def __init__(self, scratch: sqlite3.Connection) -> None:
        """Nothing is taken in yet."""
        self.opened: dict[str, date] = {}
        self.names: dict[str, str] = {}
        self.checkpoint = Checkpoint("", 0, b"")
        self.ledger: str | None = None
        """The ledger's public name."""
        self.count = 0
        self._scratch = scratch
        self._scratch.execute(_MAKE)
        self._wanted = frozenset(stored_names([*MOVING, *_NAMING]))

    def take(self, rows: Sequence[StoredEvent]) -> None:
        """Keep what the next events move and name."""
        found = [movement for row in rows if row.type in self._wanted for movement in self._movements(row)]
        self._scratch.executemany(_ADD, found)
        self.count += len(found)

    def __iter__(self) -> Iterator[Movement]:
        """All movements by day, those of a day in the order of the log."""
        for day, position, kind, event, lines in self._scratch.execute(_SORTED):
            yield Movement(date.fromisoformat(day), position, kind, event, _lines_decoder.decode(lines))

    def _movements(self, row: StoredEvent) -> Iterator[tuple[str, int, str, str, bytes]]:
        event = decode(row.data)
        self._note_name(event)
        for day, lines in _by_day(event).items():
            for account, _ in lines:
                self.opened[account] = min(day, self.opened.get(account, day))
            yield day.isoformat(), row.position, row.type, event.id, msgspec.json.encode(lines)

    def _note_name(self, event: Event) -> None:
        match event:
            case CommunityEstablished() | CommunityRenamed():
                self.names[event.community] = event.name
            case OfferPublished():
                self.names[event.offer] = event.name
            case _:
                pass


@contextmanager
def movements(reading: Reading) -> Generator[Movements]:
    """Read to the end, and give what was moved for as long as this lasts; raises StoreUnavailable."""
    try:
        # Without a name, the database is a file that is gone when it is closed.
        with closing(sqlite3.connect("")) as scratch:
            found = Movements(scratch)
            for rows in reading.batches():
                found.take(rows)
            found.checkpoint, found.ledger = reading.checkpoint, reading.name
            yield found
    except sqlite3.Error as error:
        raise StoreUnavailable(
            f"what is sorted for the journal could not be kept: {error}", f"无法暂存日记账的排序内容：{error}"
        ) from error


def _by_day(event: Event) -> dict[date, list[Line]]:
    """A fact's lines in both books: one across midnight moves something on each of its days."""
    days: dict[date, list[Line]] = {}
    for posting in postings(event):
        days.setdefault(posting.day, []).append((posting.account, posting.minutes))
    for line in service_lines(event):
        served = (CONTRIBUTION + line.community, -line.minutes), (SERVICE + line.volunteer, line.minutes)
        days.setdefault(line.day, []).extend(served)
    return days
