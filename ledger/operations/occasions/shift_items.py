"""Shifts as they are shown: what they want, and how full they are."""

from collections.abc import Sequence

from msgspec import Struct

from ledger.operations.question import Moment
from ledger.operations.shapes import shaped, shown
from projections.shifts import ShiftRow

WITH_SHIFTS = ("shifts", "sign_ups", "activities")
"""The views that a shift is shown from."""


class ShiftRole(Struct, frozen=True, kw_only=True):
    """How many a shift wants in a role, how many have a place, how many `free` ones are left, and how many wait."""

    role: str
    places: int
    placed: int
    free: int
    waiting: int


Shift = shaped(
    "Shift",
    ShiftRow,
    """A shift: `begins` and `ends` are instants (UTC, RFC 3339), `day` the local day (ISO) on which it begins.

    `places`, `placed`, `free` and `waiting` are those of all its `roles` together; none is free where it was called
    off. It takes those of any of the `ages` (of every one where none is named) who have all the `skills`; `waitlist`
    is how many may wait. `activity_name` and `place` are the activity's.
    """,
    cancelled=bool,
    ages=list[str],
    skills=list[str],
    activity_name=str,
    place=str,
    roles=list[ShiftRole],
    placed=int,
    free=int,
    waiting=int,
)


def shift_items(moment: Moment, rows: Sequence[ShiftRow]) -> list[Struct]:
    """What is shown of shifts."""
    activities = moment.views.activities.some(moment.connection, {one.activity for one in rows})
    roles = roles_of(moment, rows)
    return [
        shown(
            Shift,
            one,
            ages=one.ages.split(),
            skills=one.skills.split(),
            activity_name=activities[one.activity].name,
            place=activities[one.activity].place,
            roles=roles[one.id],
            placed=sum(role.placed for role in roles[one.id]),
            free=sum(role.free for role in roles[one.id]),
            waiting=sum(role.waiting for role in roles[one.id]),
        )
        for one in rows
    ]


def roles_of(moment: Moment, rows: Sequence[ShiftRow]) -> dict[str, list[ShiftRole]]:
    """How full shifts are in each of their roles, by id."""
    views, connection, ids = moment.views, moment.connection, [one.id for one in rows]
    wanted, heads = views.shifts.places_of(connection, ids), views.sign_ups.by_role(connection, ids)
    return {
        one.id: [
            _role(role, places, heads.get((one.id, role), (0, 0)), open_=not one.cancelled)
            for role, places in wanted.get(one.id, {}).items()
        ]
        for one in rows
    }


def _role(role: str, places: int, heads: tuple[int, int], *, open_: bool) -> ShiftRole:
    placed, waiting = heads
    # A coordinator may have given more places than there are.
    free = max(places - placed, 0) if open_ else 0
    return ShiftRole(role=role, places=places, placed=placed, free=free, waiting=waiting)
