"""The lines of a statement as they are told: what a line does not hold is read from its fact."""

from typing import NamedTuple

from ledger.domain.accounts import pool_account, volunteer_account
from ledger.domain.events import (
    CountedService,
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    RedemptionEvent,
)
from ledger.store.codec import type_name
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


def told(volunteer: str, booked: Booked, event: Event) -> Line:
    """A line of a volunteer's by what the view holds of it and its fact."""
    return Line(
        booked.line,
        booked.position,
        type_name(type(event)),
        instant_text(event.at),
        booked.day,
        event.by,
        _about(event, volunteer),
        getattr(event, "reason", None),
        booked.service_minutes,
        booked.credit_minutes,
        booked.service_balance,
        booked.credit_balance,
    )


def _about(event: Event, volunteer: str) -> str:
    """What a line is about: the activity, the offer, or the account on the other side."""
    match event:
        case CountedService():
            return event.service.activity_name
        case RedemptionEvent():
            return event.offer_name
        case CreditsTransferred():
            return volunteer_account(event.receiver if event.giver == volunteer else event.giver)
        case CreditsDonated() | CreditsGranted():
            return pool_account(event.community)
        case _:
            return ""
