"""Offers: what credits buy."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, act
from ledger.cli.lookup import community_meant, offer_meant, settings
from ledger.cli.output import Column
from ledger.domain.commands import Command
from ledger.domain.minutes import spoken
from ledger.domain.offers import CloseOffer, PublishOffer, RestockOffer
from projections.offers import Offer


def publish(how: Act, name: str, *, community: str | None, **more: Any) -> None:
    """Publish an offer, with its kind, price, stock and days in `more`."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        home = None if community is None else community_meant(ledger, connection, community, "--community").id
        return PublishOffer(offer=how.new_id("off"), name=name, community=home, **more)

    act(how, make)


def restock(how: Act, offer: str, items: int) -> None:
    """Add items to an offer."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return RestockOffer(offer=offer_meant(ledger, connection, offer, "OFFER").id, items=items)

    act(how, make)


def close(how: Act, offer: str) -> None:
    """Let nobody redeem an offer any more."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return CloseOffer(offer=offer_meant(ledger, connection, offer, "OFFER").id)

    act(how, make)


def show_offers(data: Path | None, *, every: bool, as_json: bool) -> None:
    """Print what can be had today, or every offer there ever was."""
    with open_for_reading(settings(data)) as ledger:
        today, offers = ledger.today(), ledger.views.offers
        with ledger.reading(offers) as (connection, position):
            found = offers.all(connection) if every else offers.on(connection, today)
    if as_json:
        items = [{**one._asdict(), "closed": bool(one.closed)} for one in found]
        output.document({"position": position, "items": items})
        return
    output.table(
        "",
        (
            Column("Offer"),
            Column("Kind"),
            Column("Price", right=True),
            Column("From"),
            Column("Until"),
            Column("Free", right=True),
            Column("Held", right=True),
            Column("Fulfilled", right=True),
            Column("Id"),
        ),
        [_cells(one) for one in found],
        empty="There are no offers." if every else "Nothing can be had today; --all lists every offer.",
    )


def _cells(one: Offer) -> tuple[str, ...]:
    return (
        one.name,
        one.kind,
        spoken(one.price),
        one.begins,
        "closed" if one.closed else one.until or "",
        f"{one.free:,}",
        f"{one.held:,}",
        f"{one.fulfilled:,}",
        one.id,
    )
