"""Numbers as they are typed: in one way, where click would take 1_000, +5, ５ and a space before them."""

import re
from typing import Any

import click

from ledger.cli.terminal.failures import unfit
from ledger.cli.terminal.language import filled
from ledger.cli.words import usage
from ledger.domain.numerals import whole
from ledger.domain.written import read_minutes

_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,9})?")


class WholeNumber(click.IntRange):
    """A whole number within bounds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = whole(value) if isinstance(value, str) else value
        if number is None:
            self.fail(filled(usage.NO_WHOLE_NUMBER, typed=value), param, ctx)
        return super().convert(number, param, ctx)


class Duration(WholeNumber):
    """Minutes within bounds, however people write how long something takes: a number alone is of minutes."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        minutes = read_minutes(value) if isinstance(value, str) else value
        if minutes is None:
            raise unfit(usage.NO_DURATION, typed=value)
        return super().convert(minutes, param, ctx)


class DecimalNumber(click.FloatRange):
    """A number within bounds, zero or more, that may have decimals."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and not _DECIMAL.fullmatch(value):
            self.fail(filled(usage.NO_NUMBER, typed=value), param, ctx)
        return super().convert(float(value), param, ctx)
