"""A follower in a process of its own: it writes down what it is given until it is given the last."""

from hashlib import sha256
from typing import NamedTuple

from eventsourcing.dcb.api import DCBQuery

from ledger.store.engine import Store
from ledger.store.log import Log
from ledger.store.recorder import Recorder

LAST = "vol_last"
"""Whose registration is the last thing to be followed."""


class Followed(NamedTuple):
    """The positions in the order they came, and a digest of all data."""

    positions: list[int]
    digest: str


def follow(url: str, query: DCBQuery | None = None) -> Followed:
    """Follow a log from its first event; a `query` must let the last one through."""
    store = Store(url, write=False)
    positions: list[int] = []
    digest = sha256()
    try:
        with Recorder(Log(store), poll_seconds=0.002).subscribe(query) as subscription:
            for found in subscription:
                positions.append(found.position)
                digest.update(found.event.data)
                if found.event.type == "volunteer-registered" and LAST.encode() in found.event.data:
                    return Followed(positions, digest.hexdigest())
    finally:
        store.close()
    raise AssertionError("a subscription ended by itself")
