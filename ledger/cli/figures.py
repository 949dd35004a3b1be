"""A volunteer's own figures: the balance and the statement."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.clocks import EVERYTHING, Asked, said, told
from ledger.cli.lookup import settings, volunteer_meant
from ledger.cli.naming import called, names_in
from ledger.cli.output import Column, signed
from ledger.domain.minutes import spoken
from projections.figures.past import balance_at
from projections.lines import Line
from projections.statement import Some

_LINES_A_READ = 1_000
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


def show_balance(data: Path | None, volunteer: str, asked: Asked, *, as_json: bool) -> None:
    """Print what a volunteer has served and can spend."""
    with open_for_reading(settings(data)) as ledger:
        found = balance(ledger, volunteer, asked)
    output.document(found) if as_json else print_balance(found)


def balance(ledger: Ledger, text: str, asked: Asked = EVERYTHING) -> dict[str, Any]:
    """The balance of the volunteer whom an id or a number means, minutes and stars."""
    views, today = ledger.views, ledger.today()
    needed = asked.needed(ledger, views.balances, views.policies)
    with ledger.reading(*needed) as (connection, position):
        clocks = asked.read(ledger, connection)
        volunteer = volunteer_meant(ledger, connection, text)
        held = balance_at(connection, views, volunteer, clocks)
        policy = views.policies.in_force(connection, clocks.as_of or today, clocks.known_at)
    assert held is not None
    return {
        "volunteer": volunteer,
        "number": ledger.directory.numbers([volunteer]).get(volunteer),
        **held._asdict(),
        "stars": 0 if policy is None else policy.stars_for(held.service_minutes),
        "position": position,
        **told(clocks),
    }


def print_balance(found: dict[str, Any]) -> None:
    """Print a balance in words."""
    output.facts(
        _who(found),
        (
            ("Service", spoken(found["service_minutes"])),
            ("Credits", spoken(found["credit_minutes"])),
            ("Stars", f"{found['stars']} {'★' * found['stars']}".rstrip()),
            ("As of", _standing(found)),
        ),
    )


def _standing(found: dict[str, Any]) -> str:
    """The day of service and the position that a balance is of."""
    day = f"{found['as_of']}, " if "as_of" in found else ""
    return f"{day}position {found.get('known_at', found['position']):,}"


def show_statement(data: Path | None, volunteer: str, asked: Asked, *, as_json: bool) -> None:
    """Print every line of a volunteer's two books."""
    with open_for_reading(settings(data)) as ledger:
        found = statement(ledger, volunteer, asked)
        names = {} if as_json else names_of_statement(ledger, found)
    output.document(found) if as_json else print_statement(found, names)


def names_of_statement(ledger: Ledger, found: dict[str, Any]) -> dict[str, str]:
    """What people call those whom a statement's lines name by their ids."""
    ids = {text for item in found["items"] for text in (item["by"], _whose(item["about"]))}
    return names_in(ledger, sorted(ids))


def print_statement(found: dict[str, Any], names: dict[str, str]) -> None:
    """Print a statement as a table, with names for ids."""
    output.table(
        f"Statement of {_who(found)}{said(found)}",
        _LINE_COLUMNS,
        [_cells(item, names) for item in found["items"]],
        empty="Nothing was booked yet.",
    )


def statement(ledger: Ledger, text: str, asked: Asked = EVERYTHING) -> dict[str, Any]:
    """Every line of the statement of the volunteer whom an id or a number means."""
    view, zone = ledger.views.statement, ZoneInfo(ledger.opened().zone)
    lines: list[Line] = []
    with ledger.reading(view, ledger.views.balances) as (connection, position):
        clocks = asked.read(ledger, connection)
        volunteer = volunteer_meant(ledger, connection, text)
        wanted = Some(limit=_LINES_A_READ, clocks=clocks)
        while some := view.some(connection, volunteer, wanted):
            lines.extend(some)
            wanted = wanted._replace(after=some[-1].line)
    return {
        "volunteer": volunteer,
        "number": ledger.directory.numbers([volunteer]).get(volunteer),
        "position": position,
        **told(clocks),
        "items": [{**line._asdict(), "booked": _local_day(line.at, zone)} for line in lines],
    }


def _local_day(instant: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(instant).astimezone(zone).date().isoformat()


def _who(found: dict[str, Any]) -> str:
    return f"{found['number'] or 'a volunteer without a number'} ({found['volunteer']})"


def _whose(account: str) -> str:
    """The id within the name of an account such as `pool:com_…`."""
    return account.rpartition(":")[2]


def _cells(item: dict[str, Any], names: dict[str, str]) -> tuple[str, ...]:
    owner = _whose(item["about"])
    return (
        item["day"],
        item["booked"],
        item["event"].replace("-", " "),
        item["about"].removesuffix(owner) + called(names, owner),
        called(names, item["by"]),
        (item["reason"] or "").replace("-", " "),
        signed(item["service_minutes"]),
        spoken(item["service_balance"]),
        signed(item["credit_minutes"]),
        spoken(item["credit_balance"]),
    )
