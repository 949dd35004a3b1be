"""How minutes move: the lines of both books, as a pure function of one fact. Nothing else knows it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, cast

from msgspec import Struct

from ledger.domain.accounts import (
    ISSUANCE,
    VOLUNTEER,
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
    sign = _SIGNS.get(type(event))
    return () if sign is None else _issued(cast(CountedService, event), sign)


def service_lines(event: Event) -> tuple[ServiceLine, ...]:
    """The lines of service minutes of a fact: one for each day that it counts or takes back."""
    sign = _SIGNS.get(type(event))
    return () if sign is None else _served(cast(CountedService, event), sign)


def add_up(
    facts: Iterable[tuple[type[Event], Any]], service: dict[str, int], credits: dict[str, int]
) -> None:
    """Add all lines of facts, each with its kind, or of what has the fields that make one of that kind move minutes.

    Service minutes are added by volunteer and credit minutes by account, to what both dictionaries give of their own
    where there is none. To make each line first costs twice as much, and a call for each fact half as much again.
    """
    signs, both = _SIGNS.get, _SIDES.get
    for kind, fact in facts:
        sign = signs(kind)
        if sign is not None:
            volunteer = fact.service.volunteer
            account = VOLUNTEER + volunteer
            for day in fact.days:
                service[volunteer] += sign * day.minutes
                if day.credits:
                    issued = sign * day.credits
                    credits[ISSUANCE + day.community] -= issued
                    credits[account] += issued
            continue
        sides = both(kind)
        if sides is not None:
            source, target = sides
            credits[source(fact)] -= fact.minutes
            credits[target(fact)] += fact.minutes


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

_SIGNS: dict[type[Event], int] = {ServiceApproved: 1, ServiceAttested: 1, ServiceReversed: -1}

MOVING: frozenset[type[Event]] = frozenset({*_SIDES, *_SIGNS})
"""The kinds of fact that move credits."""
