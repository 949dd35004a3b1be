"""Instants as people type them: by the clock on the wall in the ledger's zone."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from ledger.domain.written import figures, read_day, read_time

_DAY_AND_TIME = re.compile(r"(.+[日号 T])(\S+)")
# Python reads more spellings, such as 2026-W36-6T09:00.
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)


class NoInstant(Exception):
    """A text that tells no instant, or not which: why, by a code and in two languages."""

    def __init__(self, code: str, en: str, zh: str) -> None:
        """`code` is a stable word; `en` and `zh` are sentences without a capital and a full stop."""
        super().__init__(en)
        self.code, self.en, self.zh = code, en, zh


def read_instant(text: str, zone: ZoneInfo, *, day: date | None = None) -> datetime:
    """The instant that is typed; raises NoInstant.

    `2026-09-05T09:00`, or `2026年9月5日 9点`, is local time, with `Z` or an offset it is what it says, and `12:00` is a
    time of `day`.
    """
    try:
        typed = _as_written(figures(text), day)
        if typed is not None:
            return _placed(typed, zone)
    except (ValueError, OverflowError):
        pass
    raise NoInstant(
        "invalid-input",
        f"{text!r} is no day with a time; write 2026-09-05T09:00 or 2026年9月5日 9:00",
        f"{text!r} 不是日期和时间，应写作 2026-09-05T09:00 或 2026年9月5日 9:00",
    )


def _as_written(text: str, day: date | None) -> datetime | None:
    at = None if day is None else read_time(text)
    if day is not None and at is not None:
        return datetime.combine(day, at)
    if _INSTANT.fullmatch(text):
        return datetime.fromisoformat(text)
    apart = _DAY_AND_TIME.fullmatch(text)
    if apart is None:
        return None
    day, at = read_day(apart[1].rstrip(" T")), read_time(apart[2])
    return None if day is None or at is None else datetime.combine(day, at)


def local(instant: str, zone: ZoneInfo) -> str:
    """An instant (RFC 3339) by the clock on the wall, as it may be typed: `2026-09-05T09:00`."""
    return f"{datetime.fromisoformat(instant).astimezone(zone):%Y-%m-%dT%H:%M}"


def _placed(typed: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a local time; raises NoInstant where the clocks skip it, or show it twice."""
    if typed.tzinfo is not None:
        return typed.astimezone(UTC)
    first, second = (typed.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    shown = f"{typed:%Y-%m-%d %H:%M}"
    if first.astimezone(zone).replace(tzinfo=None) != typed:
        raise NoInstant(
            "local-time-skipped",
            f"{shown} never comes in {zone}: the clocks are put forward over it",
            f"{zone} 没有 {shown} 这一时刻：当时时钟拨快",
        )
    if first != second:
        one, other = (f"{typed:%Y-%m-%dT%H:%M}{_offset(at, zone)}" for at in (first, second))
        raise NoInstant(
            "local-time-repeated",
            f"{shown} comes twice in {zone}, as the clocks are put back; write {one} or {other}",
            f"{zone} 的 {shown} 出现两次（时钟拨慢），应写作 {one} 或 {other}",
        )
    return first


def _offset(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()[-6:]
