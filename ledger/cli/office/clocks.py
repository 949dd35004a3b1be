"""The two clocks as they are typed: days of service up to one, and what was known at a moment."""

from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.language import filled, here
from ledger.cli.terminal.output import printable
from ledger.cli.words import usage
from ledger.domain.numerals import whole
from ledger.domain.written import read_day
from ledger.operations.clocks import moment_of
from ledger.operations.instants import NoInstant, read_instant
from projections.figures import clocks
from projections.figures.clocks import NotYet


def position_meant(ledger: Ledger, connection: Connection, text: str, where: str) -> int:
    """The position of all that was known at a position, a time or the end of a day; refused with BadValue."""
    moment = moment_of(moment_typed(ledger, text, where), ZoneInfo(ledger.opened().zone))
    if moment is None:
        sentence = filled(usage.NO_MOMENT, typed=printable(text))
        raise BadValue(sentence, code="invalid-input", where=where)
    try:
        return clocks.known_at(connection, moment, ledger.now())
    except NotYet as error:
        raise BadValue(here(str(error), error.zh), code="not-yet", where=where) from None


def moment_typed(ledger: Ledger, text: str, where: str) -> str:
    """What is typed for a moment, as the catalogue takes it, from local times too; refused with BadValue."""
    if whole(text) is not None:
        return text
    if ":" in text:
        try:
            return read_instant(printable(text), ZoneInfo(ledger.opened().zone)).isoformat()
        except NoInstant as none:
            raise BadValue(here(none.en, none.zh), code=none.code, where=where) from None
    day = read_day(text)
    return text if day is None else day.isoformat()
