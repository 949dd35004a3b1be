"""What whoever runs a server should know of where it runs, though it serves."""

import sqlite3
from datetime import timedelta

from msgspec import Struct

from ledger.bootstrap import Ledger
from ledger.domain.minutes import spoken
from ledger.store import log
from ledger.store.codec import UnreadableEvent, decode
from ledger.store.privacy import open_paths

OPEN_FOLDER = "open-folder"

_SOUND_SQLITE = (3, 51, 3)
_CLOCK_SKEW = timedelta(seconds=5)


class Warned(Struct, frozen=True):
    """A warning: a stable code, and a sentence that names no path and nobody."""

    code: str
    detail: str


def warnings_of(ledger: Ledger) -> list[Warned]:
    """What is to be known of a ledger's clock, its database program and its files; raises StoreError."""
    found = (_clock(ledger), _sqlite(ledger), _files(ledger))
    return [one for one in found if one is not None]


def _clock(ledger: Ledger) -> Warned | None:
    with ledger.log.store.snapshot() as connection:
        newest = log.last(connection)
    if newest is None:
        return None
    try:
        at = decode(newest.data).at
    except UnreadableEvent:
        # `audit verify` tells of it.
        return None
    behind = at - ledger.now()
    if behind <= _CLOCK_SKEW:
        return None
    return Warned(
        "clock-behind",
        f"The system's clock is {spoken(max(1, behind // timedelta(minutes=1)))} behind the newest fact: until it has"
        f" caught up, facts are dated {at:%Y-%m-%dT%H:%M:%SZ}, which is later than it is.",
    )


def _sqlite(ledger: Ledger) -> Warned | None:
    if not ledger.log.store.embedded or sqlite3.sqlite_version_info >= _SOUND_SQLITE:
        return None
    return Warned(
        "sqlite-old",
        f"SQLite is {sqlite3.sqlite_version}: before 3.51.3, the log that it writes ahead can be damaged while"
        " other processes read.",
    )


def _files(ledger: Ledger) -> Warned | None:
    if not open_paths(ledger.settings.kept()):
        return None
    return Warned(
        OPEN_FOLDER,
        "The ledger's folder or files let others than their owner in: take away the rights of group and others.",
    )
