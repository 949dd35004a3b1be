"""The facts of a town's time bank, without end: people serve, give, donate and redeem, in believable proportion."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from msgspec.structs import replace

from benchmarks.parts import bank
from ledger.domain.events import (
    CommunityEstablished,
    CountedDay,
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    LedgerOpened,
    Level,
    OfferPublished,
    PolicyAdopted,
    RedemptionCancelled,
    RedemptionFulfilled,
    RedemptionPlaced,
    ServedDay,
    ServiceApproved,
    ServiceAttested,
    ServiceReported,
    ServiceReversed,
    VolunteerRegistered,
)
from ledger.domain.ids import new_event_id, new_id
from ledger.domain.policy import STANDARD

ORIGIN = "timebank"
OFFICE, TEAM = "stf_office", "stf_team"
"""Who decides, and who reports what needs a decision."""
FIRST = date(2022, 1, 1)
DAYS = 1_400
COMMUNITIES = 50
VOLUNTEERS_A_HUNDRED = 1
"""How many volunteers there are for a hundred facts."""
PRICE = 30


class Town:
    """What happens, fact by fact. Nobody gives what they have not: the facts keep the laws of the books."""

    def __init__(self, size: int) -> None:
        """Begin a history of about `size` facts."""
        self._size = size
        self._chance = random.Random(1)
        self._numbers = count(1)
        self._day = FIRST
        self._volunteers = [
            bank.volunteer(number) for number in range(max(size * VOLUNTEERS_A_HUNDRED // 100, 2))
        ]
        self._communities = [f"com_{number:06}" for number in range(COMMUNITIES)]
        self._offers = [f"off_{number:06}" for number in range(20)]
        self._credits = dict.fromkeys(self._volunteers, 0)
        self._pools = dict.fromkeys(self._communities, 0)
        self._last_record: ServiceAttested | None = None

    def facts(self) -> Iterator[Event]:
        """The opening, then one story after the other, without end."""
        yield from self._opening()
        stories: dict[Callable[[], Iterator[Event]], int] = {
            self._attested: 62,
            self._approved: 9,
            self._reversed: 1,
            self._transferred: 15,
            self._donated: 3,
            self._granted: 2,
            self._redeemed: 8,
        }
        for number in count():
            self._day = FIRST + timedelta(days=number * DAYS // self._size)
            (story,) = self._chance.choices([*stories], [*stories.values()])
            yield from story()

    def _opening(self) -> Iterator[Event]:
        yield self._fact(LedgerOpened, origin=ORIGIN, zone="Asia/Shanghai")
        yield self._fact(PolicyAdopted, policy=STANDARD, effective=date.min)
        for one in self._communities:
            yield self._fact(
                CommunityEstablished, community=one, name=f"{one[-2:]}社区", level=Level.COUNTY, parent=None
            )
        for one in self._volunteers:
            yield self._fact(VolunteerRegistered, volunteer=one, community=self._home(one))
        for one in self._offers:
            yield self._fact(
                OfferPublished,
                offer=one,
                name="大米5公斤",
                kind="goods",
                community=None,
                price=PRICE,
                stock=1_000_000,
                until=None,
            )

    def _attested(self) -> Iterator[Event]:
        service = self._service()
        self._last_record = self._fact(
            ServiceAttested, service=service, days=self._counted(service.volunteer)
        )
        yield self._last_record

    def _approved(self) -> Iterator[Event]:
        service = self._service()
        days = self._counted(service.volunteer)
        served = tuple(ServedDay(day=day.day, minutes=day.minutes) for day in days)
        yield self._fact(ServiceReported, by=TEAM, service=service, days=served)
        yield self._fact(ServiceApproved, service=service, days=days, reported_by=TEAM)

    def _reversed(self) -> Iterator[Event]:
        before, self._last_record = self._last_record, None
        if before is not None:
            self._credits[before.service.volunteer] -= before.days[0].credits
            yield self._fact(ServiceReversed, service=before.service, days=before.days, reason="mistake")

    def _transferred(self) -> Iterator[Event]:
        giver, receiver = self._chance.sample(self._volunteers, 2)
        if minutes := self._spent(giver):
            self._credits[receiver] += minutes
            yield self._fact(
                CreditsTransferred, transfer=new_id("tra"), giver=giver, receiver=receiver, minutes=minutes
            )

    def _donated(self) -> Iterator[Event]:
        giver, community = self._chance.choice(self._volunteers), self._chance.choice(self._communities)
        if minutes := self._spent(giver):
            self._pools[community] += minutes
            yield self._fact(
                CreditsDonated, donation=new_id("don"), giver=giver, community=community, minutes=minutes
            )

    def _granted(self) -> Iterator[Event]:
        receiver, community = self._chance.choice(self._volunteers), self._chance.choice(self._communities)
        if minutes := min(self._pools[community], PRICE):
            self._pools[community] -= minutes
            self._credits[receiver] += minutes
            yield self._fact(
                CreditsGranted, grant=new_id("gra"), community=community, receiver=receiver, minutes=minutes
            )

    def _redeemed(self) -> Iterator[Event]:
        volunteer = self._chance.choice(self._volunteers)
        if self._credits[volunteer] < PRICE:
            return
        terms: dict[str, Any] = {
            "redemption": new_id("red"),
            "offer": self._chance.choice(self._offers),
            "offer_name": "大米5公斤",
            "community": None,
            "volunteer": volunteer,
            "items": 1,
            "minutes": PRICE,
        }
        yield self._fact(RedemptionPlaced, **terms, expires=self._day + timedelta(days=7))
        if self._chance.random() < 0.2:
            yield self._fact(RedemptionCancelled, **terms, reason="changed-mind")
        else:
            self._credits[volunteer] -= PRICE
            yield self._fact(RedemptionFulfilled, **terms)

    def _service(self) -> Any:
        command = bank.service(self._chance.choice(self._volunteers), self._day, 60)
        return replace(command.service, record=new_id("rec"))

    def _counted(self, volunteer: str) -> tuple[CountedDay, ...]:
        minutes = self._chance.choice((30, 60, 90, 120, 240))
        self._credits[volunteer] += minutes
        return (
            CountedDay(
                day=self._day,
                minutes=minutes,
                community=self._home(volunteer),
                team=None,
                policy="standard",
                policy_version=1,
                credits=minutes,
            ),
        )

    def _spent(self, giver: str) -> int:
        minutes = min(self._credits[giver], self._chance.choice((10, 20, 45)))
        self._credits[giver] -= minutes
        return minutes

    def _home(self, volunteer: str) -> str:
        return self._communities[int(volunteer.removeprefix("vol_")) % COMMUNITIES]

    def _fact(self, of: type[Any], /, by: str = OFFICE, **fields: Any) -> Any:
        at = datetime.combine(self._day, time(), UTC)
        return of(id=new_event_id(), at=at, on=self._day, by=by, **fields)
