"""Taking an office's files in."""

import contextlib
import signal
from collections.abc import Callable, Generator
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from click.exceptions import Exit

from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, Interrupted, UnusableFile
from ledger.cli.terminal.lookup import checked, settings
from ledger.cli.terminal.output import Column, counted
from ledger.cli.terminal.progress import Tell, bar
from ledger.domain.ids import ActorId
from ledger.domain.text import Code
from ledger.exchange import communities, hours, roster, teams
from ledger.exchange.importing import Desk, Progress, Report
from ledger.exchange.tables import Columns, Table, UnreadableFile, read_table
from ledger.settings import Settings

_SHOWN_ON_TERMINAL = 20


class Kind(NamedTuple):
    """A kind of file: the columns it has, and what takes its rows in."""

    columns: Columns
    take_in: Callable[[Desk, Table, Progress], Report]


KINDS = {
    "communities": Kind(communities.COLUMNS, communities.import_communities),
    "teams": Kind(teams.COLUMNS, teams.import_teams),
    "roster": Kind(roster.COLUMNS, roster.import_roster),
    "hours": Kind(hours.COLUMNS, hours.import_hours),
}


class Order(NamedTuple):
    """An import as the command line asks for it."""

    kind: str
    file: Path
    source: str
    by: str
    dry_run: bool


def import_file(data: Path | None, order: Order, *, as_json: bool) -> None:
    """Take a file in, print what became of its rows, and leave with 1 if any was not recorded."""
    checked(order.source, Code, "--source", "a source's code: small letters, digits and hyphens")
    checked(order.by, ActorId, "--by", "an actor's id, such as stf_office")
    table = read_file(order)
    with bar() as tell, _opened(settings(data), order, tell) as ledger:
        report = take_in(ledger, order, table, tell)
    if as_json:
        output.document(report_document(report, order))
    else:
        print_report(report, order)
    if report.refused or report.conflict:
        raise Exit(REFUSED)


def _opened(place: Settings, order: Order, tell: Tell) -> contextlib.AbstractContextManager[Ledger]:
    # A dry run takes no lock, so that it works while another process writes.
    return open_for_reading(place) if order.dry_run else open_for_writing(place, progress=tell)


def read_file(order: Order) -> Table:
    """The file's rows; raises UnusableFile if it cannot be read."""
    try:
        return read_table(order.file, KINDS[order.kind].columns)
    except UnreadableFile as fault:
        raise UnusableFile(str(fault), code="unreadable-file") from fault


def take_in(ledger: Ledger, order: Order, table: Table, tell: Tell) -> Report:
    """Judge every row. After Ctrl-C the batch under way is finished, and Interrupted raised."""
    desk = ledger.desk(by=order.by, source=order.source, dry_run=order.dry_run)
    with _asked_to_stop() as stop:

        def progress(judged: int, rows: int) -> None:
            tell(f"{order.kind}: rows", judged, rows)
            if stop() and judged < rows:
                raise _interrupted(judged, rows, order)

        return KINDS[order.kind].take_in(desk, table, progress)


def report_document(report: Report, order: Order) -> dict[str, Any]:
    """What `--json` says of an import."""
    return {
        "rows": report.rows,
        "recorded": report.recorded,
        "unchanged": report.unchanged,
        "conflict": report.conflict,
        "refused": [list(refusal) for refusal in report.refused],
        "problems": [problem._asdict() for problem in report.problems],
        "ignored_columns": list(report.ignored_columns),
        "dry_run": order.dry_run,
    }


def print_report(report: Report, order: Order) -> None:
    """Print what became of the rows, in words."""
    output.line(f"{output.printable(order.file.name)}: {counted(report.rows, 'row')} of {order.kind}", "bold")
    if order.dry_run:
        output.line("  a dry run: nothing was recorded; it would have been", "bold yellow")
    output.line(
        f"  {report.recorded:,} recorded, {report.unchanged:,} unchanged, "
        f"{len(report.conflict):,} in conflict, {len(report.refused):,} refused"
    )
    if report.ignored_columns:
        output.line(f"  columns passed over: {output.printable(', '.join(report.ignored_columns))}")
    if report.problems:
        _print_problems(report)


def _print_problems(report: Report) -> None:
    shown = report.problems[:_SHOWN_ON_TERMINAL] if output.on_terminal() else report.problems
    output.line()
    output.table(
        "Rows that are not recorded",
        (
            Column("Row", right=True),
            Column("Line", right=True),
            Column("Column"),
            Column("What it holds"),
            Column("Why not"),
        ),
        [
            (str(problem.row), str(problem.line), problem.column, problem.value, problem.reason)
            for problem in shown
        ],
        empty="",
    )
    if more := len(report.problems) - len(shown):
        output.line(f"… and {more:,} more; `--json` shows all.")


def _interrupted(judged: int, rows: int, order: Order) -> Interrupted:
    fate = (
        "nothing was recorded, as this was a dry run."
        if order.dry_run
        else "what was right is recorded. The same command again continues, and records nothing twice."
    )
    return Interrupted(
        f"Interrupted: {judged:,} of {counted(rows, 'row')} were judged, and {fate}",
        code="interrupted",
        details={"judged": judged, "rows": rows},
    )


@contextlib.contextmanager
def _asked_to_stop() -> Generator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed, until it is pressed once more."""
    asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, before)

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)
