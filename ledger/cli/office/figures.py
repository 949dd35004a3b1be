"""A volunteer's own figures: the balance and the statement."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ledger.cli.acts.asking import Drawn
from ledger.cli.office.clocks import in_words, position_in_words
from ledger.cli.terminal import output
from ledger.cli.terminal.naming import in_names
from ledger.cli.terminal.output import Column, signed
from ledger.domain.minutes import spoken

_LINE_COLUMNS = (
    Column("Day"),
    Column("Booked", under=True),
    Column("What"),
    Column("About", under=True),
    Column("By"),
    Column("Why", under=True),
    Column("Service", right=True),
    Column("Balance", right=True, under=True),
    Column("Credits", right=True),
    Column("Balance", right=True, under=True),
)


def draw_balance(drawn: Drawn) -> None:
    """Draw a balance in words."""
    found = drawn.answer
    output.facts(
        _who(drawn),
        (
            ("Service", spoken(found["service_minutes"])),
            ("Credits", spoken(found["credit_minutes"])),
            ("Stars", f"{found['stars']} {'★' * found['stars']}".rstrip()),
            ("As of", _standing(drawn)),
        ),
    )


def _standing(drawn: Drawn) -> str:
    """The day of service and the position that a balance is of."""
    as_of, known = drawn.said.get("as_of"), drawn.said.get("known_at")
    day = "" if as_of is None else f"{as_of}, "
    return day + position_in_words(str(drawn.answer["position"]) if known is None else known)


def draw_statement(drawn: Drawn) -> None:
    """Draw a statement as a table, with names for ids."""
    output.table(
        f"Statement of {_who(drawn)}{in_words(drawn.said)}",
        _LINE_COLUMNS,
        [_cells(item, drawn) for item in drawn.items],
        empty="Nothing was booked yet.",
    )


def _local_day(instant: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(instant).astimezone(zone).date().isoformat()


def _who(drawn: Drawn) -> str:
    volunteer = drawn.ids["volunteer"]
    return f"{drawn.names.get(volunteer, 'a volunteer without a number')} ({volunteer})"


def _cells(item: dict[str, Any], drawn: Drawn) -> tuple[str, ...]:
    return (
        item["day"],
        _local_day(item["at"], drawn.zone),
        item["event"].replace("-", " "),
        in_names(item["about"], drawn.names),
        in_names(item["by"], drawn.names),
        (item["reason"] or "").replace("-", " "),
        signed(item["service_minutes"]),
        spoken(item["service_balance"]),
        signed(item["credit_minutes"]),
        spoken(item["credit_balance"]),
    )
