"""The lines of a statement as they are told: what a line does not hold is read from its fact."""

from typing import Any, NamedTuple

from sqlalchemy import Row

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


def told(row: Row[Any], event: Event) -> Line:
    """A line by its row in the view and its fact."""
    return Line(
        line=row.line,
        position=row.position,
        event=type_name(type(event)),
        at=instant_text(event.at),
        day=row.day,
        by=event.by,
        about=_about(event, row.volunteer),
        reason=getattr(event, "reason", None),
        service_minutes=row.service_minutes,
        credit_minutes=row.credit_minutes,
        service_balance=row.service_balance,
        credit_balance=row.credit_balance,
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
