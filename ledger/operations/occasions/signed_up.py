"""Sign-ups as they are shown: with the activity, the visit that followed, and the place on the waitlist."""

from collections.abc import Sequence

from msgspec import Struct

from ledger.operations.occasions.visits import Visit, visit_item
from ledger.operations.question import Moment
from ledger.operations.shapes import shaped, shown
from projections.sign_ups import SignUpRow

WITH_SIGN_UPS = ("sign_ups", "activities", "visits")
"""The views that a sign-up is shown from."""


SignUpItem = shaped(
    "SignUp",
    SignUpRow,
    """A sign-up: `state` is placed, waiting, withdrawn, released or no-show.

    `begins` and `ends` are the shift's instants (UTC, RFC 3339); `activity_name`, `community` and `place` are the
    activity's. `waiting_at` is 1 for who is next in their role, null for who does not wait. `visit` is the last for
    the shift, null for who never checked in.
    """,
    position=None,
    activity_name=str,
    community=str,
    place=str,
    waiting_at=int | None,
    visit=Visit | None,
)


class RosterLine(Struct, frozen=True, kw_only=True):
    """Somebody who has a place (`placed`), did not come (`no-show`) or is `waiting`.

    `waiting_at` is 1 for who is next in their role, null for who does not wait. `visit` is the last for the shift,
    null for who never checked in.
    """

    sign_up: str
    volunteer: str
    number: str | None
    role: str
    state: str
    waiting_at: int | None
    visit: Visit | None


def sign_up_items(moment: Moment, rows: Sequence[SignUpRow]) -> list[Struct]:
    """What is shown of sign-ups."""
    activities = moment.views.activities.some(moment.connection, {one.activity for one in rows})
    waits, visits = _waits(moment, rows), _visits(moment, rows)
    return [
        shown(
            SignUpItem,
            one,
            activity_name=activities[one.activity].name,
            community=activities[one.activity].community,
            place=activities[one.activity].place,
            waiting_at=waits.get(one.id),
            visit=visits.get(one.id),
        )
        for one in rows
    ]


def roster_lines(moment: Moment, rows: Sequence[SignUpRow]) -> list[RosterLine]:
    """What is shown of a roster."""
    numbers = moment.ledger.directory.numbers([one.volunteer for one in rows])
    waits, visits = _waits(moment, rows), _visits(moment, rows)
    return [
        RosterLine(
            sign_up=one.id,
            volunteer=one.volunteer,
            number=numbers.get(one.volunteer),
            role=one.role,
            state=one.state,
            waiting_at=waits.get(one.id),
            visit=visits.get(one.id),
        )
        for one in rows
    ]


def _waits(moment: Moment, rows: Sequence[SignUpRow]) -> dict[str, int]:
    return moment.views.sign_ups.waits(moment.connection, {one.shift for one in rows})


def _visits(moment: Moment, rows: Sequence[SignUpRow]) -> dict[str, Visit]:
    found = moment.views.visits.of_sign_ups(
        moment.connection, {one.shift for one in rows}, {one.id for one in rows}
    )
    return {one: visit_item(visit) for one, visit in found.items()}
