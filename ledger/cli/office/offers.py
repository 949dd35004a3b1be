"""Offers, drawn: what credits buy."""

from collections.abc import Mapping
from typing import Any

from ledger.cli.acts.asking import Drawn
from ledger.cli.terminal import output
from ledger.cli.terminal.output import Column
from ledger.domain.minutes import spoken

_COLUMNS = (
    Column("Offer"),
    Column("Kind"),
    Column("Price", right=True),
    Column("From"),
    Column("Until"),
    Column("Free", right=True),
    Column("Held", right=True),
    Column("Fulfilled", right=True),
    Column("Id"),
)


def draw_offers(drawn: Drawn) -> None:
    """Draw what can be had today."""
    _draw(drawn, empty="Nothing can be had today; --all lists every offer.")


def draw_every_offer(drawn: Drawn) -> None:
    """Draw every offer there ever was."""
    _draw(drawn, empty="There are no offers.")


def _draw(drawn: Drawn, *, empty: str) -> None:
    output.table("", _COLUMNS, [_cells(one) for one in drawn.items], empty=empty)


def _cells(one: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        one["name"],
        one["kind"],
        spoken(one["price"]),
        one["begins"],
        "closed" if one["closed"] else one["until"] or "",
        f"{one['free']:,}",
        f"{one['held']:,}",
        f"{one['fulfilled']:,}",
        one["id"],
    )
