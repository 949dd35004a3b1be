"""Things that people know by a name: which of them a name means, and what tells several of one name apart."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from ledger.bootstrap import Ledger
from ledger.domain import ids
from ledger.domain.activities import UnknownActivity
from ledger.domain.commands import Refusal
from ledger.domain.communities import UnknownCommunity
from ledger.domain.offers import UnknownOffer
from ledger.domain.shift_state import UnknownShift
from ledger.domain.spelling import same_name
from ledger.domain.teams import UnknownTeam
from ledger.domain.venues import UnknownVenue
from ledger.operations.access import Sight
from ledger.operations.instants import local, read_instant
from projections.view import instant_text

if TYPE_CHECKING:
    from projections.activities import ActivityRow
    from projections.communities import Community

Row = TypeVar("Row")

_AT_A_TIME = re.compile(r"(.+)@([0-9][0-9:TZ+. -]*)")
MOST_CANDIDATES = 20
"""Of one name that are told: there are hundreds of an activity that is held each week."""


class Asking(NamedTuple):
    """Where a name is looked up; of several activities of a name, the one that is held on the `day` is meant."""

    ledger: Ledger
    sight: Sight
    day: date | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The ledger's time zone."""
        return ZoneInfo(self.ledger.opened().zone)

    def name_of(self, community: str | None) -> str | None:
        """The name of a community by its id."""
        found = (
            None if community is None else self.sight.views.communities.get(self.sight.connection, community)
        )
        return None if found is None else found.name


Candidate = Mapping[str, Any]
"""One of those that a name may mean, as a program reads it: its `id`, its name, and what tells it from the others."""


class Kind(NamedTuple):
    """A kind of things: what their ids are, what their names mean, and the refusal of one that is not there."""

    id_type: Any
    prefix: str
    called: Callable[[Asking, str], Sequence[Candidate]]
    unknown: type[Refusal]


def _communities(asking: Asking, name: str) -> list[Candidate]:
    found = asking.sight.views.communities.called(asking.sight.connection, name)

    def told(one: "Community") -> Candidate:
        return {"id": one.id, "name": one.name, "level": one.level, "parent": asking.name_of(one.parent)}

    return sorted(map(told, found), key=lambda one: (one["level"], one["parent"] or "", one["id"]))


def _teams(asking: Asking, name: str) -> list[Candidate]:
    teams = asking.sight.views.teams.all(asking.sight.connection)
    every = [one for one in teams if same_name(one.name) == same_name(name)]
    names = {one.id: one.name for one in teams}
    return [
        {"id": one.id, "name": one.name, "parent": names.get(one.parent or "")}
        for one in _rather(every, lambda one: not one.ended)
    ]


def _venues(asking: Asking, name: str) -> list[Candidate]:
    found = asking.sight.views.venues.called(asking.sight.connection, name)
    return [
        {"id": one.id, "name": one.name, "kind": one.kind, "community": asking.name_of(one.community)}
        for one in found
    ]


def _activities(asking: Asking, name: str) -> list[Candidate]:
    return [
        {
            "id": one.id,
            "name": one.name,
            "day": one.day,
            "place": one.place,
            "state": one.state,
            "community": asking.name_of(one.community),
        }
        for one in _activity_rows(asking, name)
    ]


def _activity_rows(asking: Asking, name: str) -> list["ActivityRow"]:
    from projections.activities import CANCELLED

    every = asking.sight.views.activities.called(asking.sight.connection, name)
    found = _rather(every, lambda one: one.state != CANCELLED)
    day = None if asking.day is None else asking.day.isoformat()
    of_the_day = [one for one in found if one.day == day]
    return of_the_day if len(of_the_day) == 1 else found


def _shifts(asking: Asking, text: str) -> list[Candidate]:
    """The shifts of an activity by its id or name, all of them or the one `@` a time; raises NoInstant."""
    timed = _AT_A_TIME.fullmatch(text)
    name, time = timed.groups() if timed else (text, None)
    activities, zone = asking.sight.views.activities, asking.zone
    by_id = activities.get(asking.sight.connection, name)
    found: list[Candidate] = []
    for activity in _activity_rows(asking, name) if by_id is None else [by_id]:
        rows = asking.sight.views.shifts.of_activity(asking.sight.connection, activity.id)
        if time is not None:
            begins = instant_text(read_instant(time, zone, day=date.fromisoformat(activity.day)))
            rows = [row for row in rows if row.begins == begins]
        found += [
            {
                "id": row.id,
                "word": f"{activity.name}@{local(row.begins, zone)}",
                "begins": row.begins,
                "ends": row.ends,
            }
            for row in _rather(rows, lambda row: not row.cancelled)
        ]
    return found


def _offers(asking: Asking, name: str) -> list[Candidate]:
    wanted = same_name(name)
    return [
        {"id": one.id, "name": one.name, "price": one.price, "begins": one.begins}
        for one in asking.sight.views.offers.all(asking.sight.connection)
        if same_name(one.name) == wanted and not one.closed
    ]


def _rather(every: list[Row], wanted: Callable[[Row], bool]) -> list[Row]:
    """Those that are wanted; all where none is."""
    return [one for one in every if wanted(one)] or every


KINDS: Mapping[str, Kind] = {
    "community": Kind(ids.CommunityId, "com_", _communities, UnknownCommunity),
    "team": Kind(ids.TeamId, "tea_", _teams, UnknownTeam),
    "venue": Kind(ids.VenueId, "ven_", _venues, UnknownVenue),
    "activity": Kind(ids.ActivityId, "act_", _activities, UnknownActivity),
    "shift": Kind(ids.ShiftId, "shi_", _shifts, UnknownShift),
    "offer": Kind(ids.OfferId, "off_", _offers, UnknownOffer),
}
"""By what a path calls them."""

STANDING_FOR: Mapping[str, str] = {"within": "community", "parent": "community"}
"""What else parameters of questions call things, by kind."""
