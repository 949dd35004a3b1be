"""What the log tells of its past: where minutes come from, the ledger as it was, and what changed since."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from click.exceptions import Exit
from sqlalchemy import Connection

from ledger.audit.differences import Change, differences
from ledger.audit.explained import ExplainedLine, TracedFact
from ledger.audit.explanations import Explanation
from ledger.audit.replaying import replay as replay_log
from ledger.backup.form import appearing
from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.cli.acts.meant import meant
from ledger.cli.office.clocks import Asked, position_meant, said, told
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, BadValue
from ledger.cli.terminal.files import usable
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.moments import local
from ledger.cli.terminal.naming import called, ids_in, in_names, names_in, names_of
from ledger.cli.terminal.output import Column, counted, signed
from ledger.cli.terminal.progress import Tell, bar
from ledger.cli.terminal.stopping import tidy_at_the_end
from ledger.cli.terminal.tool import Told
from ledger.cli.tools.views import views_meant
from ledger.domain.minutes import spoken
from ledger.settings import read_settings
from ledger.store.codec import decode, type_name
from ledger.store.log import data_at, head
from projections.balances import Balance
from projections.figures.past import balance_at
from projections.view import instant_text

_FACTS_SHOWN = 3


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
                    "items": [msgspec.to_builtins(line) for some in explanation.reads("en") for line in some],
                }
            )
        else:
            who = f"{number or 'a volunteer without a number'} ({found})"
            output.line(f"Where the minutes of {who} come from{said(told(clocks))}", "bold")
            _print(ledger, connection, explanation, None if agrees else held)
    if not agrees:
        raise Exit(REFUSED)


def _print(ledger: Ledger, connection: Connection, explanation: Explanation, held: Balance | None) -> None:
    """Print the lines as they are read; `held` is the balance that they should add up to and do not."""
    zone = ZoneInfo(ledger.opened().zone)
    for some in explanation.reads("en"):
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


def replay(ledger: Ledger, folder: Path, to: str | None) -> Told:
    """Replay the log into a folder, and tell how far."""
    with tidy_at_the_end(), bar() as tell:
        with ledger.log.store.snapshot() as connection:
            upto = head(connection) if to is None else position_meant(ledger, connection, to, "--to")
        with usable(folder), appearing(folder) as making:
            _fill(ledger, upto, making, tell)
    return Told(
        {"position": upto, "folder": str(folder)},
        f"Replayed up to position {upto:,}, into {output.printable(str(folder))}",
        "It can be asked like any ledger, with --data; people have their ids there, and no names.",
    )


def _fill(ledger: Ledger, upto: int, folder: Path, tell: Tell) -> None:
    with open_for_writing(read_settings(folder, {}), create=True) as copy:
        replay_log(ledger.log, upto, copy.log, copy.views.all(), tell)
        # Raises ViewUnavailable if one could not take what it was told.
        with copy.reading(*copy.views.all()):
            pass


def diff(ledger: Ledger, before: str, after: str, views: Sequence[str]) -> Told:
    """Tell what changed in views between two moments."""
    wanted = views_meant(views, "--view") if views else _all_but_the_tree(ledger)
    with ledger.log.store.snapshot() as connection:
        begun = position_meant(ledger, connection, before, "BEFORE")
        ended = position_meant(ledger, connection, after, "AFTER")
    if begun > ended:
        raise BadValue(
            f"position {begun:,} comes after position {ended:,}", code="not-in-order", where="AFTER"
        )
    with bar() as tell:
        found = differences(ledger.log, wanted, begun, ended, tell)
    facts = _facts_behind(ledger, found.values())

    def draw() -> None:
        names = names_in(ledger, [found[view] for view in views])
        _print_summary(begun, ended, found)
        for view in views:
            _print_rows(view, found[view], facts, names)

    told = [{"name": name, "rows": [one._asdict() for one in changes]} for name, changes in found.items()]
    return Told({"before": begun, "after": ended, "views": told, "facts": list(facts.values())}, draw)


def _all_but_the_tree(ledger: Ledger) -> list[Any]:
    """Every fact changes the tree: it is compared where somebody asks for it."""
    return [view for view in ledger.views.all() if view is not ledger.views.tree]


def _facts_behind(ledger: Ledger, found: Iterable[Sequence[Change]]) -> dict[int, dict[str, Any]]:
    """The facts behind some changes, by position."""
    positions = {position for some in found for change in some for position in change.by}
    with ledger.log.store.snapshot() as connection:
        events = {at: decode(data) for at, data in sorted(data_at(connection, sorted(positions)).items())}
    return {
        at: {"position": at, "type": type_name(type(one)), "at": instant_text(one.at), "by": one.by}
        for at, one in events.items()
    }


def _print_summary(before: int, after: int, found: Mapping[str, Sequence[Change]]) -> None:
    columns = [Column(name, right=name != "View") for name in ("View", "New", "Changed", "Gone", "Facts")]
    rows = [
        (
            name,
            f"{sum(one.before is None for one in changes):,}",
            f"{sum(None not in (one.before, one.after) for one in changes):,}",
            f"{sum(one.after is None for one in changes):,}",
            f"{len({position for one in changes for position in one.by}):,}",
        )
        for name, changes in found.items()
        if changes
    ]
    output.table(f"From position {before:,} to {after:,}", columns, rows, empty="No view changed.")


def _print_rows(
    view: str, changes: Sequence[Change], facts: Mapping[int, Mapping[str, Any]], names: dict[str, str]
) -> None:
    columns = [Column(name) for name in ("Table", "Row", "Column", "Before", "After", "By")]
    rows = [line for change in changes for line in _lines(change, facts, names)]
    output.line()
    output.table(f"What changed in {view}", columns, rows, empty="Nothing.")


def _lines(
    change: Change, facts: Mapping[int, Mapping[str, Any]], names: dict[str, str]
) -> Iterable[tuple[str, str, str, str, str, str]]:
    before, after = change.before or {}, change.after or {}
    key = " ".join(_shown(part, names) for part in change.key.values())
    by = ", ".join(f"{position} {facts[position]['type']}" for position in change.by[:_FACTS_SHOWN])
    by += f" and {len(change.by) - _FACTS_SHOWN} more" if len(change.by) > _FACTS_SHOWN else ""
    first = (change.table, key)
    for column in change.columns:
        was, is_now = (_shown(row.get(column), names) for row in (before, after))
        yield (*first, column, was, is_now, by)
        first, by = ("", ""), ""


def _shown(value: Any, names: dict[str, str]) -> str:
    return "" if value is None else output.printable(called(names, str(value)))
