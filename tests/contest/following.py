"""A follower in a process of its own: it writes down what it is given until it is given the last."""

import threading
from hashlib import sha256
from typing import NamedTuple

from eventsourcing.dcb.api import DCBQuery

from ledger.store.engine import Store
from ledger.store.log import Log
from ledger.store.recorder import Recorder

_PATIENCE_SECONDS = 3_600

LAST = "vol_last"
"""Whose registration is the last thing to be followed."""


class Followed(NamedTuple):
    """The positions in the order they came, and a digest of all data."""

    positions: list[int]
    digest: str


def follow(url: str, query: DCBQuery | None = None) -> Followed:
    """Follow a log from its first event, an hour at most; a `query` must let the last event through."""
    store = Store(url, write=False)
    positions: list[int] = []
    digest = sha256()
    try:
        with Recorder(Log(store), poll_seconds=0.002).subscribe(query) as subscription:
            give_up = threading.Timer(_PATIENCE_SECONDS, subscription.stop)
            give_up.daemon = True
            give_up.start()
            for found in subscription:
                positions.append(found.position)
                digest.update(found.event.data)
                if found.event.type == "volunteer-registered" and LAST.encode() in found.event.data:
                    return Followed(positions, digest.hexdigest())
    finally:
        store.close()
    raise AssertionError("a subscription ended by itself")
