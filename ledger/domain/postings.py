"""How minutes move: the lines of both books, as a pure function of one fact. Nothing else knows it."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

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
    return postings_of(type(event), event)


def postings_of(kind: type[Event], fact: Any) -> tuple[Posting, ...]:
    """The same for whatever has the fields that make a fact of this kind move minutes."""
    lines = _LINES.get(kind)
    return () if lines is None else lines(fact)


def service_lines(event: Event) -> tuple[ServiceLine, ...]:
    """The lines of service minutes of a fact: one for each day that it counts or takes back."""
    sign = _SIGNS.get(type(event))
    return () if sign is None else _served(cast(CountedService, event), sign)


def served_of(kind: type[Event], fact: Any) -> tuple[str, int] | None:
    """Who served, and the service minutes of all lines of a fact together; None where it has no such lines."""
    sign = _SIGNS.get(kind)
    if sign is None:
        return None
    minutes = 0
    for day in fact.days:
        minutes += day.minutes
    return fact.service.volunteer, sign * minutes


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


def _earned(event: CountedService) -> tuple[Posting, ...]:
    return _issued(event, 1)


def _undone(event: CountedService) -> tuple[Posting, ...]:
    return _issued(event, -1)


def _issued(event: CountedService, sign: int) -> tuple[Posting, ...]:
    account = volunteer_account(event.service.volunteer)
    found: list[Posting] = []
    for day in event.days:
        if day.credits:
            issued = sign * day.credits
            found.append(Posting(issuance_account(day.community), -issued, day.day))
            found.append(Posting(account, issued, day.day))
    return tuple(found)


def _transferred(event: CreditsTransferred) -> tuple[Posting, ...]:
    return _moved(event, volunteer_account(event.giver), volunteer_account(event.receiver))


def _donated(event: CreditsDonated) -> tuple[Posting, ...]:
    return _moved(event, volunteer_account(event.giver), pool_account(event.community))


def _granted(event: CreditsGranted) -> tuple[Posting, ...]:
    return _moved(event, pool_account(event.community), volunteer_account(event.receiver))


def _placed(event: RedemptionEvent) -> tuple[Posting, ...]:
    return _moved(event, volunteer_account(event.volunteer), held_account(event.redemption))


def _fulfilled(event: RedemptionEvent) -> tuple[Posting, ...]:
    return _moved(event, held_account(event.redemption), redeemed_account(event.offer))


def _released(event: RedemptionEvent) -> tuple[Posting, ...]:
    return _moved(event, held_account(event.redemption), volunteer_account(event.volunteer))


def _returned(event: RedemptionEvent) -> tuple[Posting, ...]:
    return _moved(event, redeemed_account(event.offer), volunteer_account(event.volunteer))


def _moved(
    event: CreditsTransferred | CreditsDonated | CreditsGranted | RedemptionEvent, source: str, target: str
) -> tuple[Posting, ...]:
    return (Posting(source, -event.minutes, event.on), Posting(target, event.minutes, event.on))


# By kind rather than by case: every fold of every fact comes through here.
_LINES: dict[type[Event], Callable[[Any], tuple[Posting, ...]]] = {
    ServiceApproved: _earned,
    ServiceAttested: _earned,
    ServiceReversed: _undone,
    CreditsTransferred: _transferred,
    CreditsDonated: _donated,
    CreditsGranted: _granted,
    RedemptionPlaced: _placed,
    RedemptionFulfilled: _fulfilled,
    RedemptionCancelled: _released,
    RedemptionExpired: _released,
    RedemptionReturned: _returned,
}

_SIGNS: dict[type[Event], int] = {ServiceApproved: 1, ServiceAttested: 1, ServiceReversed: -1}

MOVING: frozenset[type[Event]] = frozenset(_LINES)
"""The kinds of fact that move credits."""
