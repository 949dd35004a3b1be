"""Venues: putting them in use, describing them, renewing what they show, and listing them."""

import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, act
from ledger.cli.failures import BadValue
from ledger.cli.lookup import checked, community_meant, settings
from ledger.cli.meaning import communities_within, venue_meant
from ledger.cli.naming import names_of
from ledger.cli.output import Column
from ledger.cli.several import Part, act_on_several
from ledger.cli.typed import in_degrees
from ledger.domain.commands import Command
from ledger.domain.events import Coordinates, Crs, Venue
from ledger.domain.venues import ClockInCode, CloseVenue, OpenVenue, RenewVenueCode, ReviseVenue, UpdateVenue
from projections.venues import VenueRow

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters that are taken for figures, or for each other."""
_CODE_PARTS, _PART_LENGTH = 3, 4
_COLUMNS = (
    Column("Venue"),
    Column("Id", under=True),
    Column("Kind"),
    Column("Community"),
    Column("Theme"),
    Column("From"),
    Column("At"),
)


def open_venue(how: Act, name: str, code: str | None, *, with_code: bool, **given: Any) -> None:
    """Put a venue in use, with the code that is typed or a new one."""
    shown, once_only = _code(how, code) if with_code else (None, None)

    def make(ledger: Ledger, connection: Connection) -> Command:
        community = community_meant(ledger, connection, given["community"], "--community")
        venue = Venue(
            id=how.new_id("ven"),
            name=name,
            kind=given["kind"],
            community=community.id,
            unit=given["unit"],
            content=given["content"] or name,
            coordinates=_coordinates(given["at"], given["crs"]),
        )
        return OpenVenue(venue=venue, theme=given["theme"], code=shown, day=given["day"])

    act(how, make, once_only=once_only)


def revise_venue(how: Act, text: str, *, day: date | None, **given: Any) -> None:
    """Describe a venue anew, in what is given."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        row = venue_meant(ledger, connection, text)
        community = given["community"]
        if community is not None:
            community = community_meant(ledger, connection, community, "--community").id
        venue = Venue(
            id=row.id,
            name=given["name"] or row.name,
            kind=given["kind"] or row.kind,
            community=community or row.community,
            unit=given["unit"] or row.unit,
            content=given["content"] or row.content,
            coordinates=_coordinates(given["at"], given["crs"]) or _place_of(row),
        )
        return ReviseVenue(venue=venue, day=day)

    act(how, make)


def update_venues(
    how: Act, texts: Sequence[str], kind: str | None, within: str | None, *, theme: str, day: date | None
) -> None:
    """Show something new at the venues that are named, or at all of a kind."""

    def make(ledger: Ledger, connection: Connection) -> list[Part]:
        if kind is None:
            named = [venue_meant(ledger, connection, text) for text in texts]
            rows = list({row.id: row for row in named}.values())
        else:
            rows = _in_use(ledger, connection, kind, within)
        names = names_of(ledger, connection, [row.community for row in rows])
        return [
            Part(
                row.id,
                f"{row.name}, {names[row.community]}",
                UpdateVenue(venue=row.id, theme=theme, day=day),
            )
            for row in rows
        ]

    act_on_several(how, make)


def renew_code(how: Act, text: str, code: str | None, *, day: date | None) -> None:
    """Show another code at a venue, that which is typed or a new one."""
    shown, once_only = _code(how, code)

    def make(ledger: Ledger, connection: Connection) -> Command:
        return RenewVenueCode(venue=venue_meant(ledger, connection, text).id, code=shown, day=day)

    act(how, make, once_only=once_only)


def close_venue(how: Act, text: str, *, day: date | None) -> None:
    """Take a venue out of use."""
    act(how, lambda ledger, connection: CloseVenue(venue=venue_meant(ledger, connection, text).id, day=day))


def list_venues(
    data: Path | None, *, kind: str | None, within: str | None, closed: bool, as_json: bool
) -> None:
    """Print the venues."""
    with open_for_reading(settings(data)) as ledger:
        needed = ledger.views.venues, ledger.views.communities
        with ledger.reading(*needed) as (connection, position):
            rows = _within(ledger, connection, ledger.views.venues.all(connection, kind=kind), within)
            names = names_of(ledger, connection, [row.community for row in rows])
    some = [row for row in rows if closed or row.closed is None]
    if as_json:
        output.document({"position": position, "items": [row._asdict() for row in some]})
        return
    output.table("", _COLUMNS, [_cells(row, names) for row in some], empty="There are no such venues.")


def _code(how: Act, typed: str | None) -> tuple[str, dict[str, str] | None]:
    """The code to be shown, and what is told of it once if it is new."""
    if typed is not None:
        form = "a code: 6 to 64 letters, digits and hyphens"
        return checked(typed, ClockInCode, "--code", form), None
    if how.key is not None:
        raise BadValue(
            "a code made anew would make another request each time: say with --key which code is shown",
            code="key-needs-code",
            where="--code",
        )
    parts = ("".join(secrets.choice(_ALPHABET) for _ in range(_PART_LENGTH)) for _ in range(_CODE_PARTS))
    code = "-".join(parts)
    return code, {"code": code}


def _coordinates(at: tuple[int, int] | None, crs: str | None) -> Coordinates | None:
    return None if at is None else Coordinates(latitude=at[0], longitude=at[1], crs=Crs(crs))


def _place_of(row: VenueRow) -> Coordinates | None:
    at = None if row.latitude is None or row.longitude is None else (row.latitude, row.longitude)
    return _coordinates(at, row.crs)


def _in_use(ledger: Ledger, connection: Connection, kind: str, within: str | None) -> list[VenueRow]:
    every = ledger.views.venues.all(connection, kind=kind)
    rows = _within(ledger, connection, [row for row in every if row.closed is None], within)
    if not rows:
        place = "" if within is None else f" within {output.printable(within)}"
        raise BadValue(f"no venue in use{place} is of the kind {kind}", code="unknown-venue", where="--kind")
    return rows


def _within(
    ledger: Ledger, connection: Connection, rows: list[VenueRow], within: str | None
) -> list[VenueRow]:
    some = communities_within(ledger, connection, within)
    return [row for row in rows if some is None or row.community in some]


def _cells(row: VenueRow, names: dict[str, str]) -> tuple[str, ...]:
    place = "" if row.latitude is None else f"{in_degrees(row.latitude)},{in_degrees(row.longitude or 0)}"
    return (
        row.name,
        row.id,
        row.kind,
        names.get(row.community, row.community),
        row.theme or "",
        row.renewed if row.closed is None else f"closed {row.closed}",
        f"{place} {row.crs or ''}".strip(),
    )
