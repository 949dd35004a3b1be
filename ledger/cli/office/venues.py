"""Venues: showing something new at several, and how they are listed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.acts.asking import Drawn
from ledger.cli.acts.doing import meaning_of
from ledger.cli.acts.recording import Recording
from ledger.cli.acts.several import Part, act_on_several
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.naming import names_of
from ledger.cli.terminal.output import Column
from ledger.domain.decimals import in_degrees
from ledger.domain.venues import UpdateVenue
from ledger.operations.meaning import Meaning
from projections.venues import VenueRow

_COLUMNS = (
    Column("Venue"),
    Column("Id", under=True),
    Column("Kind"),
    Column("Community"),
    Column("Theme"),
    Column("From"),
    Column("At"),
)


def update_venues(
    recording: Recording, words: Sequence[str], kind: str | None, within: str | None, **shown: Any
) -> None:
    """Show something new at the venues that are named, or at all of a kind."""

    def make(ledger: Ledger, connection: Connection) -> list[Part]:
        meaning, venues = meaning_of(recording, ledger, connection), ledger.views.venues
        if kind is not None:
            ids = [one.id for one in _in_use(meaning, kind, within)]
        else:
            ids = list(dict.fromkeys(meaning.subject("venue", word) for word in words))
        rows = {one: venues.get(connection, one) for one in ids}
        names = names_of(ledger, connection, [row.community for row in rows.values() if row])
        return [
            Part(
                one,
                one if row is None else f"{row.name}, {names[row.community]}",
                UpdateVenue(venue=one, **shown),
            )
            for one, row in rows.items()
        ]

    act_on_several(recording, make)


def _in_use(meaning: Meaning, kind: str, within: str | None) -> list[VenueRow]:
    views, connection = meaning.sight.views, meaning.sight.connection
    rows = [row for row in views.venues.all(connection, kind=kind) if row.closed is None]
    if within is not None:
        top = meaning.subject("community", within)
        some = {one.id for one in views.communities.subtree(connection, top)}
        rows = [row for row in rows if row.community in some]
    if not rows:
        place = "" if within is None else f" within {output.printable(within)}"
        raise BadValue(f"no venue in use{place} is of the kind {kind}", code="unknown-venue", where="--kind")
    return rows


def draw_venues(drawn: Drawn) -> None:
    """Draw venues, and what each shows."""
    rows = [_cells(item, drawn.names) for item in drawn.items]
    output.table("", _COLUMNS, rows, empty="There are no such venues.")


def _cells(item: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    latitude, longitude, crs = (item[name] for name in ("latitude", "longitude", "crs"))
    return (
        item["name"],
        item["id"],
        item["kind"],
        names.get(item["community"], item["community"]),
        item["theme"] or "",
        item["renewed"] if item["closed"] is None else f"closed {item['closed']}",
        "" if latitude is None else f"{in_degrees(latitude)},{in_degrees(longitude)} {crs}",
    )
