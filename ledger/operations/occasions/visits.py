"""Coming to a venue without a shift, and how visits end."""

from msgspec import Struct

from ledger.domain.presence import AbandonVisit, CheckOut, ClockIn
from ledger.operations.access import About, Access
from ledger.operations.callers import STAFF, Role
from ledger.operations.subject import Subject
from projections.visits import VisitRow

BY_THE_VOLUNTEER = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("volunteer", "volunteer"),))
"""A venue is open to volunteers from anywhere."""
WHO_IS_THERE = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("visit", "visit"),))
BY_STAFF = Access(roles=STAFF, about=(About("visit", "visit"),))
VISIT = Subject("visit", "vis_present")


class Visit(Struct, frozen=True, kw_only=True):
    """One visit, at a shift or at a venue: `begun` and `ended` are instants (UTC, RFC 3339), `minutes` whole ones.

    `state` is going-on, over or abandoned; `ended` is null unless it is over.
    """

    id: str
    volunteer: str
    sign_up: str | None
    shift: str | None
    venue: str | None
    begun: str
    ended: str | None
    minutes: int
    state: str


def visit_item(row: VisitRow) -> Visit:
    """What is shown of a visit."""
    return Visit(**row._asdict())


ACTIONS = (
    Subject("venue", "ven_hall").action(
        "clockIn",
        ClockIn,
        BY_THE_VOLUNTEER,
        body={"volunteer": "vol_eve", "code": "HALL-2026"},
        made={"visit": "vis"},
    ),
    VISIT.action("checkOut", CheckOut, WHO_IS_THERE, made={"record": "rec"}),
    VISIT.action("abandonVisit", AbandonVisit, BY_STAFF, {"reason": "forgotten"}),
)
