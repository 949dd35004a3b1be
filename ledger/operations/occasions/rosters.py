"""The roster of a shift in pages: those who wait move up among those who have a place."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from ledger.operations.cursors import Number
from ledger.operations.occasions.signed_up import RosterLine, roster_lines
from ledger.operations.paging import LIST_CHANGED, Order, Page, page
from ledger.operations.question import Moment
from ledger.operations.refused import Problem
from projections.sign_ups import WAITING, SignUpRow


class _Place(NamedTuple):
    """Whether somebody waits, and since which position that is so; and the latest such position on the roster."""

    waits: bool
    since: Number
    latest: Number


def roster_page(moment: Moment, shift: str) -> Page[RosterLine]:
    """A page of who is on a shift.

    Who left is no matter. Raises the Problem `list-changed` where somebody since got a place among those who were told
    before: most had been waiting further down, and would be told nowhere.
    """
    rows = moment.views.sign_ups.roster(moment.connection, shift)
    latest = max((one.position for one in rows), default=0)

    def read(after: _Place | None, limit: int) -> Sequence[SignUpRow]:
        if after is None:
            return rows[:limit]
        start = bisect_right(rows, (after.waits, after.since), key=_stands)
        if any(one.position > after.latest for one in rows[:start]):
            raise Problem(LIST_CHANGED)
        return rows[start : start + limit]

    order: Order[SignUpRow, _Place] = Order(_Place, lambda one: _Place(*_stands(one), latest))
    return page(moment, read, order, roster_lines)


def _stands(one: SignUpRow) -> tuple[bool, int]:
    return one.state == WAITING, one.position
