"""The lines of a statement as they are told: what a line does not hold is read from its fact."""

from datetime import datetime
from typing import NamedTuple

import msgspec
from msgspec import Struct

from ledger.domain.accounts import pool_account, volunteer_account
from ledger.domain.bilingual import of_the_decoder
from ledger.domain.events import (
    CountedService,
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    RedemptionEvent,
)
from ledger.domain.postings import MOVING
from ledger.store.codec import RENAMED, UnreadableEvent, stored_names
from projections.view import instant_text


class Line(NamedTuple):
    """One line of a statement. `day` is the day of service, `at` the instant of booking (UTC, RFC 3339).

    `about` is the activity, the offer or the other account, `reason` a code where one was given; minutes are signed.
    """

    line: int
    position: int
    event: str
    at: str
    day: str
    by: str
    about: str
    reason: str | None
    service_minutes: int
    credit_minutes: int
    service_balance: int
    credit_balance: int


class Booked(NamedTuple):
    """What the view holds of a line."""

    position: int
    day: str
    service_minutes: int
    credit_minutes: int
    line: int
    service_balance: int
    credit_balance: int


class _Service(Struct, frozen=True):
    activity_name: str = ""


class _Fact(Struct, frozen=True):
    """Of a fact, what lines tell: to read all of it, each id by its rule, takes most of a short answer's time."""

    type: str
    at: datetime
    by: str
    reason: str | None = None
    service: _Service | None = None
    offer_name: str | None = None
    giver: str | None = None
    receiver: str | None = None
    community: str | None = None


_decoder = msgspec.json.Decoder(_Fact)


def told(volunteer: str, booked: Booked, data: str) -> Line:
    """A line of a volunteer's by what the view holds of it and the text of its fact; raises UnreadableEvent."""
    try:
        fact = _decoder.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreadableEvent(*of_the_decoder(error)) from error
    return Line(
        booked.line,
        booked.position,
        RENAMED.get(fact.type, fact.type),
        instant_text(fact.at),
        booked.day,
        fact.by,
        _about(fact, volunteer),
        fact.reason,
        booked.service_minutes,
        booked.credit_minutes,
        booked.service_balance,
        booked.credit_balance,
    )


def _stored(*kinds: type[Event]) -> frozenset[str]:
    return frozenset(stored_names(kind for kind in MOVING if issubclass(kind, kinds)))


_OF_SERVICE = _stored(CountedService)
_OF_OFFERS = _stored(RedemptionEvent)
_BETWEEN_TWO = _stored(CreditsTransferred)
_WITH_A_POOL = _stored(CreditsDonated, CreditsGranted)


def _about(fact: _Fact, volunteer: str) -> str:
    """What a line is about: the activity, the offer, or the account on the other side."""
    match fact:
        case _Fact(type=kind, service=_Service(activity_name=name)) if kind in _OF_SERVICE:
            return name
        case _Fact(type=kind, offer_name=str(name)) if kind in _OF_OFFERS:
            return name
        case _Fact(type=kind, giver=str(giver), receiver=str(receiver)) if kind in _BETWEEN_TWO:
            return volunteer_account(receiver if giver == volunteer else giver)
        case _Fact(type=kind, community=str(community)) if kind in _WITH_A_POOL:
            return pool_account(community)
        case _:
            return ""
