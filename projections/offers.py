"""Offers: what can be had for credits, and how many items of each are free, held and fulfilled."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Integer, select, update

from ledger.domain.events import (
    Event,
    OfferClosed,
    OfferPublished,
    OfferRestocked,
    RedemptionCancelled,
    RedemptionEvent,
    RedemptionExpired,
    RedemptionFulfilled,
    RedemptionPlaced,
    RedemptionReturned,
)
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from projections.view import View, text_column

_FREE, _HELD, _FULFILLED = "free", "held", "fulfilled"
_WAY: dict[type[Event], tuple[str, str]] = {
    RedemptionPlaced: (_FREE, _HELD),
    RedemptionFulfilled: (_HELD, _FULFILLED),
    RedemptionCancelled: (_HELD, _FREE),
    RedemptionExpired: (_HELD, _FREE),
    RedemptionReturned: (_FULFILLED, _FREE),
}
"""From where to where each step takes the items."""


class Offer(NamedTuple):
    """An offer. `price` is minutes for one item; `begins` its first day, `until` the first on which it is over.

    `closed` is 1 when it was closed. Items are free, held or fulfilled.
    """

    id: str
    name: str
    kind: str
    community: str | None
    price: int
    begins: str
    until: str | None
    closed: int
    free: int
    held: int
    fulfilled: int


class Offers(View):
    """A row for every offer there ever was, and one for its items, which change far more often."""

    name = "offers"
    types: ClassVar = frozenset({OfferPublished, OfferRestocked, OfferClosed, *_WAY})

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables."""
        super().__init__(suffix)
        self.offers = self.table(
            "offer",
            text_column("id", key=True),
            text_column("name"),
            text_column("kind"),
            text_column("community", optional=True),
            Column("price", BigInteger, nullable=False),
            text_column("begins"),
            text_column("until", optional=True),
            Column("closed", Integer, nullable=False),
        )
        counted = _FREE, _HELD, _FULFILLED
        self.items = self.table(
            "offer_items",
            text_column("offer", key=True),
            *(Column(name, BigInteger, nullable=False) for name in counted),
        )
        self._add_items = Bulk(self.items, add=counted)
        self._every = (
            select(self.offers, *(self.items.c[name] for name in counted))
            .join(self.items, self.items.c.offer == self.offers.c.id)
            .order_by(self.offers.c.id)
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Write what is rare row by row, and count the items."""
        items: dict[str, Counter[str]] = {}
        for _, event, _ in batch:
            match event:
                case OfferPublished():
                    self._publish(connection, event)
                    items.setdefault(event.offer, Counter())[_FREE] += event.stock
                case OfferRestocked():
                    items.setdefault(event.offer, Counter())[_FREE] += event.items
                case OfferClosed():
                    connection.execute(
                        update(self.offers).where(self.offers.c.id == event.offer).values(closed=1)
                    )
                case RedemptionEvent():
                    source, target = _WAY[type(event)]
                    moved = items.setdefault(event.offer, Counter())
                    moved[source] -= event.items
                    moved[target] += event.items
                case _:
                    raise TypeError(event)
        self._add_items.run(
            connection,
            [
                (offer, moved[_FREE], moved[_HELD], moved[_FULFILLED])
                for offer, moved in sorted(items.items())
            ],
        )

    def all(self, connection: Connection) -> list[Offer]:
        """Every offer, by id."""
        return [Offer(*row) for row in connection.execute(self._every)]

    def on(self, connection: Connection, day: date) -> list[Offer]:
        """The offers that can be had on a day, by id; those that are out of stock too."""
        offer, today = self.offers.c, day.isoformat()
        rows = connection.execute(
            self._every.where(
                offer.closed == 0, offer.begins <= today, offer.until.is_(None) | (offer.until > today)
            )
        )
        return [Offer(*row) for row in rows]

    def get(self, connection: Connection, offer: str) -> Offer | None:
        """One offer, None if none was published under the id."""
        row = connection.execute(self._every.where(self.offers.c.id == offer)).one_or_none()
        return None if row is None else Offer(*row)

    def _publish(self, connection: Connection, event: OfferPublished) -> None:
        row = {
            "id": event.offer,
            "name": event.name,
            "kind": event.kind,
            "community": event.community,
            "price": event.price,
            "begins": event.on.isoformat(),
            "until": None if event.until is None else event.until.isoformat(),
            "closed": 0,
        }
        connection.execute(self.offers.insert(), row)
