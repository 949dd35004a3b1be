"""What is typed on a command line, read: days, codes, public names."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from ledger.cli.options import option

_CODE = "is not a code: small letters, digits and hyphens, such as fell-ill"
_LABEL = "is not a public name: 1 to 200 characters that can be seen"


def as_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """The day that is typed, as offices write days."""
    from ledger.exchange.reading import read_day

    day = None if value is None else read_day(value)
    if value is not None and day is None:
        raise click.BadParameter(f"{value!r} is no day; write 2026-09-05")
    return day


def as_code(_context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    """One code, or several."""
    from ledger.domain.text import Code

    return _checked(value, Code, _CODE)


def as_label(_context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    """The public name of something."""
    from ledger.domain.text import Label

    return _checked(value, Label, _LABEL)


def _checked(value: Any, kind: Any, otherwise: str) -> Any:
    import msgspec

    for one in (value,) if isinstance(value, str) else value or ():
        try:
            msgspec.convert(one, kind)
        except msgspec.ValidationError:
            raise click.BadParameter(f"{one!r} {otherwise}") from None
    return value


def day_option(help_text: str, name: str = "--day") -> Callable[[Any], Any]:
    """An option that takes a day."""
    return option(name, callback=as_day, metavar="DAY", help=help_text)


def code_option(name: str, help_text: str, **more: Any) -> Callable[[Any], Any]:
    """An option that takes a code."""
    return option(name, callback=as_code, metavar="CODE", help=help_text, **more)


def label_option(name: str, help_text: str, **more: Any) -> Callable[[Any], Any]:
    """An option that takes a public name."""
    return option(name, callback=as_label, metavar="NAME", help=help_text, **more)
