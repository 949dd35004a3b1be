"""How minutes move: the lines of both books, as a pure function of one fact. Nothing else knows it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, cast

from msgspec import Struct

from ledger.domain.accounts import (
    held_account,
    issuance_account,
    pool_account,
    redeemed_account,
    volunteer_account,
)
from ledger.domain.events import (
    CountedService,
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    RedemptionCancelled,
    RedemptionEvent,
    RedemptionExpired,
    RedemptionFulfilled,
    RedemptionPlaced,
    RedemptionReturned,
    ServiceApproved,
    ServiceAttested,
    ServiceReversed,
)


class Posting(Struct, frozen=True, gc=False):
    """One signed line of credit minutes on one account, for one day."""

    account: str
    minutes: int
    day: date


class ServiceLine(Struct, frozen=True, gc=False):
    """Signed service minutes of one day, with all they are counted by.

    `records` is +1 or -1 on a record's first day, else 0, so that a record across midnight is one visit.
    """

    volunteer: str
    day: date
    minutes: int
    records: int
    community: str
    team: str | None
    programme: str | None
    hosted_by: str | None


def postings(event: Event) -> tuple[Posting, ...]:
    """The credit book's lines of a fact. They sum to zero."""
    sides = _SIDES.get(type(event))
    if sides is not None:
        return _moved(cast(_Moving, event), *sides)
    sign = SIGNS.get(type(event))
    return () if sign is None else _issued(cast(CountedService, event), sign)


def service_lines(event: Event) -> tuple[ServiceLine, ...]:
    """The lines of service minutes of a fact: one for each day that it counts or takes back."""
    sign = SIGNS.get(type(event))
    return () if sign is None else _served(cast(CountedService, event), sign)


class Sums(NamedTuple):
    """Minutes added up. A volunteer earns more often than anything else moves, so that this is kept apart.

    `own` are each volunteer's service minutes and earned credits, `issued` those credits by community, and `moved` what
    was moved otherwise, by account, volunteers' too.
    """

    own: defaultdict[str, list[int]]
    issued: defaultdict[str, int]
    moved: defaultdict[str, int]


def no_sums() -> Sums:
    """Nothing added up yet."""
    return Sums(defaultdict(_nothing), defaultdict(int), defaultdict(int))


def _nothing() -> list[int]:
    # By name, as what is added up is handed from process to process.
    return [0, 0]


def add_up(kind: type[Event], facts: Iterable[Any], sums: Sums) -> None:
    """Add all lines of facts of a kind, or of what has the fields that make one of that kind move minutes.

    To make each line first costs four times as much.
    """
    sign = SIGNS.get(kind)
    if sign is not None:
        own, issued = sums.own, sums.issued
        for fact in facts:
            earned = own[fact.service.volunteer]
            for day in fact.days:
                earned[0] += sign * day.minutes
                if day.credits:
                    earned[1] += sign * day.credits
                    issued[day.community] += sign * day.credits
    elif kind in _SIDES:
        (source, target), moved = _SIDES[kind], sums.moved
        for fact in facts:
            moved[source(fact)] -= fact.minutes
            moved[target(fact)] += fact.minutes


def _served(event: CountedService, sign: int) -> tuple[ServiceLine, ...]:
    service = event.service
    return tuple(
        ServiceLine(
            volunteer=service.volunteer,
            day=day.day,
            minutes=sign * day.minutes,
            records=0 if index else sign,
            community=day.community,
            team=day.team,
            programme=service.programme,
            hosted_by=service.hosted_by,
        )
        for index, day in enumerate(event.days)
    )


def _issued(event: CountedService, sign: int) -> tuple[Posting, ...]:
    account = volunteer_account(event.service.volunteer)
    found: list[Posting] = []
    for day in event.days:
        if day.credits:
            issued = sign * day.credits
            found.append(Posting(issuance_account(day.community), -issued, day.day))
            found.append(Posting(account, issued, day.day))
    return tuple(found)


_Moving = CreditsTransferred | CreditsDonated | CreditsGranted | RedemptionEvent
_Side = Callable[[Any], str]
"""The account that a fact names, from which or to which its minutes go."""


def _moved(event: _Moving, source: _Side, target: _Side) -> tuple[Posting, ...]:
    return (
        Posting(source(event), -event.minutes, event.on),
        Posting(target(event), event.minutes, event.on),
    )


def _giver(event: CreditsTransferred | CreditsDonated) -> str:
    return volunteer_account(event.giver)


def _receiver(event: CreditsTransferred | CreditsGranted) -> str:
    return volunteer_account(event.receiver)


def _pool(event: CreditsDonated | CreditsGranted) -> str:
    return pool_account(event.community)


def _volunteer(event: RedemptionEvent) -> str:
    return volunteer_account(event.volunteer)


def _held(event: RedemptionEvent) -> str:
    return held_account(event.redemption)


def _redeemed(event: RedemptionEvent) -> str:
    return redeemed_account(event.offer)


# By kind rather than by case: every fold of every fact comes through here.
_SIDES: dict[type[Event], tuple[_Side, _Side]] = {
    CreditsTransferred: (_giver, _receiver),
    CreditsDonated: (_giver, _pool),
    CreditsGranted: (_pool, _receiver),
    RedemptionPlaced: (_volunteer, _held),
    RedemptionFulfilled: (_held, _redeemed),
    RedemptionCancelled: (_held, _volunteer),
    RedemptionExpired: (_held, _volunteer),
    RedemptionReturned: (_redeemed, _volunteer),
}

SIGNS: dict[type[Event], int] = {ServiceApproved: 1, ServiceAttested: 1, ServiceReversed: -1}
"""Whether a fact of service counts its days, or takes them back."""

MOVING: frozenset[type[Event]] = frozenset({*_SIDES, *SIGNS})
"""The kinds of fact that move credits."""
