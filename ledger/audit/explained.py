"""What an explanation says of one line of a volunteer's books."""

from datetime import date

from msgspec import Struct


class AppliedPolicy(Struct, frozen=True, kw_only=True):
    """The policy under which minutes earned credits: so many `credits` for so many minutes `served`.

    `adopted` is the position of the fact that put it in force.
    """

    name: str
    version: int
    served: int
    credits: int
    adopted: int


class TracedFact(Struct, frozen=True, kw_only=True):
    """A fact that minutes come from: where it stands, when the log learned it (UTC), its day, and who acted."""

    position: int
    event: str
    at: str
    on: date
    by: str
    reason: str | None


class ExplainedLine(Struct, frozen=True, kw_only=True):
    """One line of a statement with the facts behind it. `day` is the day of service; minutes are signed.

    `thing` is the record, redemption, transfer, donation or grant; `about` the activity, the offer or the account on
    the other side. `takes_back` is the position of the fact that the line undoes, `taken_back_by` of the one that
    undoes it.
    """

    line: int
    position: int
    event: str
    at: str
    day: date
    by: str
    why: str
    thing: str
    about: str
    reason: str | None
    service_minutes: int
    credit_minutes: int
    service_balance: int
    credit_balance: int
    policy: AppliedPolicy | None
    takes_back: int | None
    taken_back_by: int | None
    facts: list[TracedFact]
