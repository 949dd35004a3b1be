"""Where a volunteer's minutes come from, at the command line."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from click.exceptions import Exit
from sqlalchemy import Connection

from ledger.audit.explained import ExplainedLine, TracedFact
from ledger.audit.explanations import Explanation
from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli.acts.meant import meant
from ledger.cli.office.clocks import Asked, said, told
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.moments import local
from ledger.cli.terminal.naming import called, ids_in, in_names, names_of
from ledger.cli.terminal.output import counted, signed
from ledger.domain.minutes import spoken
from projections.balances import Balance
from projections.figures.past import balance_at

_LINES_A_READ = 200


def explain(data: Path | None, volunteer: str, asked: Asked, as_json: bool) -> None:
    """Print each line with the facts behind it; leave with 1 if they do not add up to the balance."""
    with (
        open_for_reading(settings(data)) as ledger,
        ledger.reading(*asked.needed(ledger, ledger.views.balances, ledger.views.members)) as (
            connection,
            position,
        ),
    ):
        found, clocks = meant(ledger, connection, "volunteer", volunteer), asked.read(ledger, connection)
        held = balance_at(connection, ledger.views, found, clocks)
        assert held is not None
        explanation = Explanation(connection, found, clocks)
        agrees, number = explanation.balance == held, ledger.directory.numbers([found]).get(found)
        if as_json:
            output.document(
                {
                    "volunteer": found,
                    "number": number,
                    "position": position,
                    **told(clocks),
                    **explanation.balance._asdict(),
                    "adds_up": agrees,
                    "items": [msgspec.to_builtins(line) for some in _reads(explanation) for line in some],
                }
            )
        else:
            who = f"{number or 'a volunteer without a number'} ({found})"
            output.line(f"Where the minutes of {who} come from{said(told(clocks))}", "bold")
            _print(ledger, connection, explanation, None if agrees else held)
    if not agrees:
        raise Exit(REFUSED)


def _reads(explanation: Explanation) -> Iterator[list[ExplainedLine]]:
    """All lines, so many at a time."""
    after = 0
    while some := explanation.some(after, _LINES_A_READ, "en"):
        yield some
        after = some[-1].line


def _print(ledger: Ledger, connection: Connection, explanation: Explanation, held: Balance | None) -> None:
    """Print the lines as they are read; `held` is the balance that they should add up to and do not."""
    zone = ZoneInfo(ledger.opened().zone)
    for some in _reads(explanation):
        spoken_of = {one for line in some for one in (*ids_in(line.why), *(fact.by for fact in line.facts))}
        names = names_of(ledger, connection, spoken_of)
        for line in some:
            _print_line(line, names, zone)
    lines, total = counted(explanation.count, "line"), explanation.balance
    output.line(f"{lines}: {_both(total, ',')}.")
    verdict = "yes" if held is None else f"NO, which says {_both(held, ' and')}"
    output.line(f"The lines add up to the balance: {verdict}.")


def _both(held: Balance, between: str) -> str:
    return f"{spoken(held.service_minutes)} of service{between} {spoken(held.credit_minutes)} of credits"


def _print_line(line: ExplainedLine, names: dict[str, str], zone: ZoneInfo) -> None:
    moved = ((line.service_minutes, "service"), (line.credit_minutes, "credits"))
    minutes = ", ".join(f"{signed(some)} of {book}" for some, book in moved if some) or "no minutes"
    after = f"{spoken(line.service_balance)} of service and {spoken(line.credit_balance)} of credits then"
    output.line(f"{line.line}. {line.day}: {minutes}; {after}", "bold")
    output.line(f"   {output.printable(in_names(line.why, names))}")
    if line.policy is not None:
        named = f"{line.policy.name}, version {line.policy.version}"
        output.line(f"   {line.policy.adopted:>9,}  policy adopted: {named}")
    for fact in line.facts:
        output.line(f"   {output.printable(_fact(fact, names, zone))}")
    if line.taken_back_by is not None:
        output.line(f"   Taken back by event {line.taken_back_by:,}.")


def _fact(fact: TracedFact, names: dict[str, str], zone: ZoneInfo) -> str:
    why = f", {fact.reason.replace('-', ' ')}" if fact.reason else ""
    what = fact.event.replace("-", " ")
    return f"{fact.position:>9,}  {local(fact.at, zone)}  {what} by {called(names, fact.by)}{why}"
