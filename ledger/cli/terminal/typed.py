"""What is typed on a command line, read: days, codes, public names, places, coordinates, sums."""

import re
from collections.abc import Callable
from typing import Any

import click

from ledger.cli.terminal.failures import unfit
from ledger.cli.terminal.options import as_text
from ledger.cli.words import usage
from ledger.domain import written
from ledger.domain.decimals import read_degrees, read_yuan
from ledger.operations.words.said import Said

_PLACES = re.compile(r"([^=]*[^=\s][^=]*)=(0|[1-9][0-9]{0,8})")
MOST_PLACES = 500


def _reading(read: Callable[[str], Any], otherwise: Said) -> Callable[..., Any]:
    """The callback that reads what is typed, where anything is; what cannot be read is refused."""

    def taken(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Any:
        found = None if value is None else read(value)
        if value is not None and found is None:
            raise unfit(otherwise, typed=value)
        return found

    return taken


as_day = _reading(written.read_day, usage.NO_DAY)
as_period = _reading(written.read_period, usage.NO_PERIOD)
as_degrees = _reading(lambda typed: read_degrees(typed.replace("，", ",")), usage.NO_DEGREES)
"""Latitude and longitude in millionths of a degree, from `30.123456,120.5`: exactly, as no float is."""
as_fen = _reading(lambda typed: read_yuan(typed.replace("，", ",")), usage.NO_SUM)
"""A sum in fen, from yuan with up to two decimals: exactly, as no float is."""


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
