"""The two clocks: days of service up to one, and what the log had recorded by a position."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection

from ledger.store.codec import decode
from ledger.store.log import data_at, head


class Clocks(NamedTuple):
    """What counts: days of service up to `as_of`, of facts at positions up to `known_at`; None leaves out neither."""

    as_of: date | None = None
    known_at: int | None = None

    def counting(
        self, day: ColumnElement[str], position: ColumnElement[int]
    ) -> tuple[ColumnElement[bool], ...]:
        """The conditions on a line's day of service and position under which it counts."""
        of_days = () if self.as_of is None else (day <= self.as_of.isoformat(),)
        known = () if self.known_at is None else (position <= self.known_at,)
        return (*of_days, *known)

    @property
    def bounds(self) -> dict[str, str | int]:
        """The same as bounds for a query that always has both: `as_of`, a day, and `known_at`, a position."""
        return {
            "as_of": LAST_DAY if self.as_of is None else self.as_of.isoformat(),
            "known_at": LATEST if self.known_at is None else self.known_at,
        }


NOW = Clocks()
"""All that is known counts."""

LATEST = 2**63 - 1
"""A position that no log comes to."""
LAST_DAY = date.max.isoformat()


class NotYet(ValueError):
    """What was known at a moment that has not come; told in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        """Say why."""
        super().__init__(en)
        self.zh = zh


def known_at(connection: Connection, moment: int | datetime, now: datetime) -> int:
    """The position of all that was known at a moment, itself a position or an instant; raises NotYet."""
    if isinstance(moment, datetime):
        if moment > now:
            raise NotYet("this has not come yet", "该时刻尚未到来")
        return known_by(connection, moment)
    last = head(connection)
    if moment > last:
        raise NotYet(f"the log has {last} facts so far", f"账本目前只有 {last} 条事实")
    return moment


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last instant of a day."""
    return datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)


def known_by(connection: Connection, at: datetime) -> int:
    """The position that the log had come to at an instant: that of the last fact recorded by then, 0 for none."""
    before, after = 0, head(connection) + 1
    # Instants never go back along positions.
    while after - before > 1:
        middle = (before + after) // 2
        if decode(data_at(connection, [middle])[middle]).at <= at:
            before = middle
        else:
            after = middle
    return before
