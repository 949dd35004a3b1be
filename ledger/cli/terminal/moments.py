"""Instants as people type and read them: by the clock on the wall in the ledger's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.output import printable
from ledger.operations import instants


def read_instant(text: str, zone: ZoneInfo, where: str, *, day: date | None = None) -> datetime:
    """The instant that is typed at an argument or an option; refused with BadValue."""
    try:
        return instants.read_instant(printable(text), zone, day=day)
    except instants.NoInstant as none:
        raise BadValue(none.en, code=none.code, where=where) from None


def local(instant: str, zone: ZoneInfo) -> str:
    """An instant (RFC 3339) by the clock on the wall: `2026-09-05 09:00`."""
    return f"{datetime.fromisoformat(instant).astimezone(zone):%Y-%m-%d %H:%M}"


def stretch(begins: str, ends: str, zone: ZoneInfo) -> str:
    """Two instants by the clock on the wall, the day once where it is the same."""
    first, last = local(begins, zone), local(ends, zone)
    return f"{first}–{last[-5:]}" if first[:10] == last[:10] else f"{first} – {last}"
