"""Venues: where volunteers serve, and what is shown there now."""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, select, update

from ledger.domain.events import (
    Venue,
    VenueClosed,
    VenueCodeRenewed,
    VenueOpened,
    VenueRevised,
    VenueUpdated,
)
from ledger.domain.spelling import same_name
from ledger.store.codec import Recorded
from projections.view import View, text_column


class VenueRow(NamedTuple):
    """One venue. `renewed` is the day (ISO) since which it shows its theme, `closed` that from which it is out of use.

    Coordinates are millionths of a degree.
    """

    id: str
    name: str
    kind: str
    community: str
    unit: str
    content: str
    latitude: int | None
    longitude: int | None
    crs: str | None
    theme: str | None
    renewed: str
    closed: str | None


class Venues(View):
    """A row for every venue there ever was."""

    name = "venues"
    types: ClassVar = frozenset({VenueOpened, VenueRevised, VenueUpdated, VenueCodeRenewed, VenueClosed})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(suffix)
        self.venues = self.table(
            "venue",
            text_column("id", key=True),
            *(text_column(name) for name in ("name", "kind", "community", "unit", "content")),
            Column("latitude", BigInteger),
            Column("longitude", BigInteger),
            text_column("crs", optional=True),
            text_column("theme", optional=True),
            text_column("renewed"),
            text_column("closed", optional=True),
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Change one row after the other: these facts are rare."""
        for _, event, _ in batch:
            match event:
                case VenueOpened():
                    row = _described(event.venue) | {"theme": event.theme, "renewed": event.on.isoformat()}
                    connection.execute(self.venues.insert(), row)
                case VenueRevised():
                    self._change(connection, event.venue.id, _described(event.venue))
                case VenueUpdated():
                    shown = {"theme": event.theme, "renewed": event.on.isoformat()}
                    self._change(connection, event.venue, shown)
                case VenueClosed():
                    self._change(connection, event.venue, {"closed": event.on.isoformat()})
                case _:
                    pass

    def get(self, connection: Connection, venue: str) -> VenueRow | None:
        """One venue by id."""
        found = connection.execute(select(self.venues).where(self.venues.c.id == venue)).first()
        return None if found is None else VenueRow(*found)

    def called(self, connection: Connection, name: str) -> list[VenueRow]:
        """The venues in use of a name, spelt in any way that is the same after NFKC; if none is, those closed."""
        every = [one for one in self.all(connection) if same_name(one.name) == same_name(name)]
        return [one for one in every if one.closed is None] or every

    def all(self, connection: Connection, *, kind: str | None = None) -> list[VenueRow]:
        """Every venue, or those of a kind, by name and id."""
        table = self.venues
        query = select(table).order_by(table.c.name, table.c.id)
        rows = connection.execute(query if kind is None else query.where(table.c.kind == kind))
        return [VenueRow(*row) for row in rows]

    def _change(self, connection: Connection, venue: str, values: dict[str, Any]) -> None:
        connection.execute(update(self.venues).where(self.venues.c.id == venue).values(**values))


def _described(venue: Venue) -> dict[str, Any]:
    where = venue.coordinates
    return {
        "id": venue.id,
        "name": venue.name,
        "kind": venue.kind,
        "community": venue.community,
        "unit": venue.unit,
        "content": venue.content,
        "latitude": None if where is None else where.latitude,
        "longitude": None if where is None else where.longitude,
        "crs": None if where is None else where.crs.value,
    }
