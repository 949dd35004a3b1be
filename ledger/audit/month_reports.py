"""The report of a month: as it was closed, byte for byte, and as it is known now."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from ledger.store.errors import StoreError
from ledger.store.log import head
from projections.closings import Closing
from projections.contributions import Contribution
from projections.figures.clocks import Clocks
from projections.figures.past import as_they_stood
from projections.figures.periods import read_period
from projections.leaderboards import TEAMS
from projections.registry import Views
from projections.statement import Correction

FORMAT = "timebank-ledger/month-report/v1"
"""Of a report's bytes: whatever changes in them is a format of another name, as reports are compared by them."""


class NotClosed(StoreError):
    """The month is not closed, so that there is no report of it as closed."""


class CommunityMonth(Struct, frozen=True, kw_only=True):
    """A community's figures of the month with all beneath it, as contributions tell them; minutes by programme."""

    id: str
    name: str
    level: str
    parent: str | None
    people: int
    visits: int
    service_minutes: int
    hosted_minutes: int
    by_programme: dict[str, int]


class TeamMonth(Struct, frozen=True, kw_only=True):
    """The minutes served for a team itself."""

    id: str
    name: str
    service_minutes: int


class MonthReport(Struct, frozen=True, kw_only=True):
    """What was served in a month, as the log knew it at a position: by everybody, by community, by team."""

    format: str = FORMAT
    origin: str
    month: str
    known_at: int
    people: int
    visits: int
    service_minutes: int
    communities: tuple[CommunityMonth, ...]
    teams: tuple[TeamMonth, ...]

    def text(self) -> str:
        """The document whose bytes are compared: JSON with a final newline."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1).decode() + "\n"


class Reports:
    """The reports of the months of one ledger, for one moment of its views."""

    def __init__(self, connection: Connection, views: Views, origin: str) -> None:
        """`origin` is the ledger's name among ledgers."""
        self._connection = connection
        self._views = views
        self._origin = origin

    def as_closed(self, month: str) -> MonthReport:
        """The report of a month as it was closed; raises NotClosed."""
        return self.known_at(month, self._closing(month).position)

    def as_known_now(self, month: str) -> MonthReport:
        """The report of a month, with all corrections so far."""
        return self.known_at(month, head(self._connection))

    def corrections(self, month: str) -> list[Correction]:
        """The lines of service for a closed month that came after it was; raises NotClosed."""
        return self._views.statement.corrections(self._connection, month, self._closing(month).position)

    def known_at(self, month: str, position: int) -> MonthReport:
        """The report of a month (`YYYY-MM`) from what the log knew at a position."""
        views, period = self._views, read_period(month)
        needed = (views.communities, views.teams, views.contributions, views.leaderboards)
        with as_they_stood(self._connection, views, Clocks(known_at=position), period, needed) as past:
            people, visits, minutes = views.contributions.together(past, period)
            communities = views.contributions.of_communities(past, views.communities, period)
            served = views.leaderboards.minutes_of(past, TEAMS, month)
            names = views.teams.names(past, served)
        return MonthReport(
            origin=self._origin,
            month=month,
            known_at=position,
            people=people,
            visits=visits,
            service_minutes=minutes,
            communities=_communities(communities),
            teams=tuple(
                TeamMonth(id=team, name=names[team], service_minutes=served[team])
                for team in sorted(served)
                if served[team]
            ),
        )

    def _closing(self, month: str) -> Closing:
        found = self._views.closings.get(self._connection, month)
        if found is None:
            raise NotClosed(f"{month} is not closed", f"{month} 尚未结账")
        return found


def _communities(found: Sequence[Contribution]) -> tuple[CommunityMonth, ...]:
    return tuple(
        CommunityMonth(
            id=one.id,
            name=one.name,
            level=one.level,
            parent=one.parent,
            people=one.people,
            visits=one.visits,
            service_minutes=one.service_minutes,
            hosted_minutes=one.hosted_minutes,
            by_programme=one.by_programme,
        )
        for one in found
    )
