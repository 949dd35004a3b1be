"""Instants as people type and read them: by the clock on the wall in the ledger's zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ledger.cli.failures import BadValue
from ledger.cli.output import printable

_HOUR = re.compile(r"[0-9]{1,2}:[0-9]{2}")
# Python reads more spellings, such as 2026-W36-6T09:00.
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)


def read_instant(text: str, zone: ZoneInfo, where: str, *, day: date | None = None) -> datetime:
    """The instant that is typed; refused with BadValue.

    `2026-09-05T09:00` is local time, with `Z` or an offset it is what it says, and `12:00` is a time of `day`.
    """
    try:
        if day is not None and _HOUR.fullmatch(text):
            typed = datetime.combine(day, time.fromisoformat(text.zfill(5)))
        else:
            typed = datetime.fromisoformat(text) if _INSTANT.fullmatch(text) else None
        return _placed(typed, zone, where) if typed else _unreadable(text, where)
    except (ValueError, OverflowError):
        return _unreadable(text, where)


def _unreadable(text: str, where: str) -> datetime:
    raise BadValue(
        f"{printable(text)!r} is no day with a time; write 2026-09-05T09:00",
        code="invalid-input",
        where=where,
    )


def _placed(typed: datetime, zone: ZoneInfo, where: str) -> datetime:
    """The instant of a local time; refused where the clocks skip it, or show it twice."""
    if typed.tzinfo is not None:
        return typed.astimezone(UTC)
    first, second = (typed.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    shown = f"{typed:%Y-%m-%d %H:%M}"
    if first.astimezone(zone).replace(tzinfo=None) != typed:
        raise BadValue(
            f"{shown} never comes in {zone}: the clocks are put forward over it",
            code="local-time-skipped",
            where=where,
        )
    if first != second:
        one, other = (f"{typed:%Y-%m-%dT%H:%M}{_offset(at, zone)}" for at in (first, second))
        raise BadValue(
            f"{shown} comes twice in {zone}, as the clocks are put back; write {one} or {other}",
            code="local-time-repeated",
            where=where,
        )
    return first


def _offset(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()[-6:]


def local(instant: str, zone: ZoneInfo) -> str:
    """An instant (RFC 3339) by the clock on the wall: `2026-09-05 09:00`."""
    return f"{datetime.fromisoformat(instant).astimezone(zone):%Y-%m-%d %H:%M}"


def stretch(begins: str, ends: str, zone: ZoneInfo) -> str:
    """Two instants by the clock on the wall, the day once where it is the same."""
    first, last = local(begins, zone), local(ends, zone)
    return f"{first}–{last[-5:]}" if first[:10] == last[:10] else f"{first} – {last}"


def days_from(first: date, days: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a run of local days begins, and is over; as far as the calendar goes."""
    last = date.fromordinal(min(first.toordinal() + days, (date.max - timedelta(days=2)).toordinal()))
    return datetime.combine(first, time(), zone), datetime.combine(last, time(), zone)
