"""What is typed on a command line, read: days, codes, public names, places, coordinates, sums."""

import re
from datetime import date
from typing import Any

import click

from ledger.cli.terminal.failures import unfit
from ledger.cli.terminal.options import as_text
from ledger.cli.words import usage
from ledger.domain.decimals import read_degrees, read_yuan
from ledger.operations.words.said import Said

_PLACES = re.compile(r"([^=]*[^=\s][^=]*)=(0|[1-9][0-9]{0,8})")
_ONLY_IN_CELLS = re.compile(r"\s*\d{5}\s*|.*[:：].*")
MOST_PLACES = 500


def as_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """The day that is typed, as offices write days; not with a time, nor as a number, as cells of sheets hold it."""
    from ledger.exchange.reading import read_day

    day = None if value is None or _ONLY_IN_CELLS.fullmatch(value) else read_day(value)
    if value is not None and day is None:
        raise unfit(usage.NO_DAY, typed=value)
    return day


def as_label(_context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    """The public name of something."""
    from ledger.domain.text import Label

    return _checked(value, Label, usage.NO_LABEL)


def _checked(value: Any, kind: Any, otherwise: Said) -> Any:
    import msgspec

    for one in (value,) if isinstance(value, str) else value or ():
        try:
            msgspec.convert(one, kind)
        except msgspec.ValidationError:
            raise unfit(otherwise, typed=one) from None
    return value


def as_places(context: click.Context, parameter: click.Parameter, value: str) -> dict[str, Any]:
    """The places of a role: `guide=3`."""
    found = _PLACES.fullmatch(value)
    if found is None or not 1 <= int(found[2]) <= MOST_PLACES:
        raise unfit(usage.NO_PLACES, typed=value, most=MOST_PLACES)
    return {"role": as_text(context, parameter, found[1]), "places": int(found[2])}


def as_degrees(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[int, int] | None:
    """Latitude and longitude in millionths of a degree, from `30.123456,120.5`: exactly, as no float is."""
    read = None if value is None else read_degrees(value.replace("，", ","))
    if value is not None and read is None:
        raise unfit(usage.NO_DEGREES, typed=value)
    return read


def as_fen(_context: click.Context, _parameter: click.Parameter, value: str | None) -> int | None:
    """A sum in fen, from yuan with up to two decimals: exactly, as no float is."""
    read = None if value is None else read_yuan(value.replace("，", ","))
    if value is not None and read is None:
        raise unfit(usage.NO_SUM, typed=value)
    return read
