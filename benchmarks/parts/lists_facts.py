"""The facts of a county whose lists are long: its people, what they served, and all that belongs to a community."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from benchmarks.parts import bank
from ledger.domain import events
from ledger.domain.events import Event, Level, ServedDay, ServiceAttested, ServiceReported
from ledger.domain.ids import new_event_id

COUNTY, TOWN, LATE, VILLAGE = "com_county", "com_town00", "com_late", "com_village000"
TOWNS, VILLAGES = 12, 240
LATE_VILLAGES = 20
"""Of a town in which whoever registered last is at home: its affairs come last in every list."""
FIRST = date(2020, 1, 1)
_DAYS = 2_400


def tree() -> Iterator[tuple[str, Level, str | None]]:
    """The county's communities, parents before children: id, level and parent."""
    yield COUNTY, Level.COUNTY, None
    yield LATE, Level.TOWN, COUNTY
    for number in range(TOWNS):
        yield f"com_town{number:02}", Level.TOWN, COUNTY
    for number in range(LATE_VILLAGES):
        yield f"com_later{number:03}", Level.VILLAGE, LATE
    for number in range(VILLAGES):
        yield f"com_village{number:03}", Level.VILLAGE, f"com_town{number % TOWNS:02}"


def facts(volunteers: int) -> Iterator[Event]:
    """A ledger's opening and all that follows; the more volunteers, the more of everything."""
    at = datetime(2026, 10, 1, tzinfo=UTC)
    stamp: dict[str, Any] = {"at": at, "by": "stf_office"}

    def made(kind: Any, day: date = FIRST, /, **told: Any) -> Event:
        return kind(id=new_event_id(), on=day, **stamp, **told)

    def home(number: int) -> str:
        if number * 20 // volunteers == 19:
            return f"com_later{number % LATE_VILLAGES:03}"
        return f"com_village{number % VILLAGES:03}"

    def day(number: int, of: int) -> date:
        return FIRST + timedelta(days=number * _DAYS // of)

    yield made(events.LedgerOpened, origin="timebank", zone="Asia/Shanghai")
    for community, level, parent in tree():
        yield made(
            events.CommunityEstablished, community=community, name=community, level=level, parent=parent
        )
    for number in range(volunteers):
        yield made(events.VolunteerRegistered, volunteer=bank.volunteer(number), community=home(number))
    # Some move, once or on a day to come.
    for number in range(0, volunteers, 100):
        moves = day(number, volunteers) if number % 200 else date(2999, 1, 1)
        yield made(events.VolunteerMoved, moves, volunteer=bank.volunteer(number), community=home(number + 7))
    yield from _teams(volunteers, home, made)
    yield from _bodies(volunteers, home, day, made)
    yield from _occasions(volunteers, home, made)
    for number in range(volunteers):
        yield _record(number, home(number), day(number, volunteers), made)
    yield from _credentials(volunteers, home, made)


def _credentials(volunteers: int, home: Any, made: Any) -> Iterator[Event]:
    for number in range(volunteers // 5):
        yield made(
            events.TrainingCompleted,
            training=f"trn_{number:06}",
            volunteer=bank.volunteer(number * 5),
            name="急救",
            content="心肺复苏",
            minutes=90,
            organiser="县红十字会",
            until=None,
        )
    for number in range(volunteers // 10):
        where = home(number * 10)
        yield made(
            events.PostTaken,
            tenure=f"ten_{number:06}",
            volunteer=bank.volunteer(number * 10),
            community=where,
            post="liaison",
            until=None,
        )


def _teams(volunteers: int, home: Any, made: Any) -> Iterator[Event]:
    for number in range(200):
        yield made(
            events.TeamFormed,
            team=f"tea_{number:03}",
            name=f"第{number}队",
            parent=None,
            community=home(number * volunteers // 200),
            field=None,
            brand=None,
        )


def _bodies(volunteers: int, home: Any, day: Any, made: Any) -> Iterator[Event]:
    """Organisations, and as many titles and activities."""
    many = volunteers // 20
    for number in range(many):
        where = home(number * 20 + number % 19)
        yield made(
            events.OrganisationAttached,
            attachment=f"att_{number:06}",
            organisation=f"org_{number:06}",
            community=where,
            name="书画社",
            kind="society",
            until=None,
        )
        of_a_team = number % 2 == 1
        yield made(
            events.DesignationGranted,
            designation=f"des_{number:06}",
            community=None if of_a_team else where,
            team=f"tea_{number * 200 // many:03}" if of_a_team else None,
            name="示范",
            granted_by="县文化馆",
            funding_fen=None,
            until=None,
        )
        activity = events.Activity(
            id=f"act_{number:06}",
            name="合唱",
            programme=None,
            campaign=None,
            form="show",
            audience=None,
            community=where,
            venue=None,
            place="广场",
            content="演出",
            unit="文化站",
            in_charge=None,
        )
        yield made(events.ActivityPublished, day(number, many), activity=activity)


def _occasions(volunteers: int, home: Any, made: Any) -> Iterator[Event]:
    """Shifts, venues and offers."""
    for number in range(300):
        where, begins = home(number * volunteers // 300), datetime(2026, 10, 1, 1, tzinfo=UTC)
        yield made(
            events.ShiftPublished,
            begins.date(),
            shift=f"shi_{number:03}",
            activity="act_000000",
            community=where,
            begins=begins,
            ends=begins + timedelta(hours=2),
            roles=(events.RolePlaces(role="volunteer", places=5),),
            waitlist=0,
            ages=(),
            skills=(),
        )
        venue = events.Venue(
            id=f"ven_{number:03}",
            name=f"站{number}",
            kind="hall",
            community=where,
            unit="文化站",
            content="服务",
            coordinates=None,
        )
        yield made(events.VenueOpened, venue=venue, theme=None, code=None)
        yield made(
            events.OfferPublished,
            offer=f"off_{number:03}",
            name="茶",
            kind="goods",
            community=where,
            price=30,
            stock=9,
            until=None,
        )


def _record(number: int, home: str, day: date, made: Any) -> Event:
    """One in ten waits; half say who hosted it, others leave it to the activity."""
    told = bank.service(bank.volunteer(number), day, 60).service
    hosted = home if number % 2 else None
    service = replace(told, activity=f"act_{number // 20:06}", hosted_by=hosted)
    if number % 10 == 0:
        reported = replace(service, evidence="reported")
        return made(ServiceReported, day, service=reported, days=(ServedDay(day=day, minutes=60),))
    counted = events.CountedDay(
        day=day, minutes=60, community=home, team=None, policy="standard", policy_version=1, credits=60
    )
    return made(ServiceAttested, day, service=service, days=(counted,))
