"""Taking in an office's files, or the log of another ledger from a bundle."""

import contextlib
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ledger.audit.bundle_reading import BadBundle, Bundle, Problem
from ledger.audit.importing import import_bundle, refuse_in_use
from ledger.audit.notes import BadNote, VerifierKey, read_verifier_key
from ledger.beside.opening import open_for_work
from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.cli.acts.tables import Column, Table, of
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue, Failure, UnusableFile, interrupted
from ledger.cli.terminal.files import reason_of, usable
from ledger.cli.terminal.lookup import checked, settings
from ledger.cli.terminal.output import counted
from ledger.cli.terminal.progress import Tell, bar
from ledger.cli.terminal.stopping import Request, handled
from ledger.cli.terminal.tool import Told
from ledger.domain.ids import ActorId
from ledger.domain.text import Code
from ledger.exchange.importing import Report
from ledger.exchange.kinds import KINDS
from ledger.exchange.tables import Table as Rows
from ledger.exchange.tables import UnreadableFile, read_table
from ledger.settings import Settings
from ledger.store.engine import Store
from ledger.store.errors import NoLedger
from ledger.store.log import Log

_SHOWN = 20
_PROBLEMS = Table(
    (
        Column("Row", show=str),
        Column("Line", show=str),
        "Column",
        Column("What it holds", "value"),
        Column("Why not", "reason"),
    ),
    title="Rows that are not recorded",
)


class Order(NamedTuple):
    """An import as the command line asks for it."""

    kind: str
    file: Path
    source: str
    by: str
    dry_run: bool


def import_file(place: Settings, **said: Any) -> Told:
    """Take a file in, and tell what became of its rows; it fails if any was not recorded."""
    order = Order(**said)
    checked(order.source, Code, "--source", "a source's code: small letters, digits and hyphens")
    checked(order.by, ActorId, "--by", "an actor's id, such as stf_office")
    table = read_file(order)
    with bar() as tell:
        # A dry run takes no lock, so that it works while another process writes.
        opened = open_for_reading(place) if order.dry_run else open_for_work(place, progress=tell)
        with opened as ledger:
            return take_in(ledger, order, table, tell)


def read_file(order: Order) -> Rows:
    """The file's rows; raises UnusableFile if it cannot be read."""
    try:
        return read_table(order.file, KINDS[order.kind].columns)
    except UnreadableFile as fault:
        raise UnusableFile(str(fault), code="unreadable-file") from fault


def take_in(ledger: Ledger, order: Order, table: Rows, tell: Tell) -> Told:
    """Judge every row. After Ctrl-C the batch under way is finished, and the failure raised that tells so."""
    desk, stop = ledger.desk(by=order.by, source=order.source, dry_run=order.dry_run), Request()

    def progress(judged: int, rows: int) -> None:
        tell(f"{order.kind}: rows", judged, rows)
        if stop.made and judged < rows:
            raise _interrupted(judged, rows, order)

    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    with contextlib.nullcontext() if ignored else handled(stop.make, signal.SIGINT):
        report = KINDS[order.kind].take_in(desk, table, progress)
    return Told(
        {**msgspec.to_builtins(report), "dry_run": order.dry_run},
        partial(_draw, report, order),
        failed=bool(report.refused or report.conflict),
    )


def _draw(report: Report, order: Order) -> None:
    output.line(f"{output.printable(order.file.name)}: {counted(report.rows, 'row')} of {order.kind}", "bold")
    if order.dry_run:
        output.line("  a dry run: nothing was recorded; it would have been", "bold yellow")
    output.line(
        f"  {report.recorded:,} recorded, {report.unchanged:,} unchanged, "
        f"{len(report.conflict):,} in conflict, {len(report.refused):,} refused"
    )
    if report.ignored_columns:
        output.line(f"  columns passed over: {output.printable(', '.join(report.ignored_columns))}")
    if not report.problems:
        return
    shown = report.problems[:_SHOWN] if output.on_terminal() else report.problems
    output.line()
    _PROBLEMS(of(msgspec.to_builtins(shown)))
    if more := len(report.problems) - len(shown):
        output.line(f"… and {more:,} more; `--json` shows all.")


def _interrupted(judged: int, rows: int, order: Order) -> Failure:
    fate = (
        "nothing was recorded, as this was a dry run."
        if order.dry_run
        else "what was right is recorded. The same command again continues, and records nothing twice."
    )
    message = f"Interrupted: {judged:,} of {counted(rows, 'row')} were judged, and {fate}"
    return interrupted(message, judged=judged, rows=rows)


def import_log(data: Path | None, folder: Path, key: str | None, dry_run: bool, as_json: bool) -> None:
    """Take a bundle's log in, having read all of it once before anything is made, and print what it is.

    `key` is a verifier key, or a file that holds it.
    """
    place = settings(data)
    # The log alone: a directory that is missing beside it would be made anew by opening both.
    with contextlib.suppress(NoLedger), contextlib.closing(Store(place.ledger, write=False)) as store:
        refuse_in_use(Log(store))
    try:
        with usable(), bar() as tell:
            bundle = Bundle(folder, None if key is None else _key(key))
            bundle.examine(tell)
            if not dry_run:
                _take_log_in(place, bundle, tell)
    except BadBundle as fault:
        problems = [problem._asdict() for problem in fault.problems]
        listed = "" if as_json else _listed(fault.problems)
        message = f"{output.printable(str(fault))}; nothing was recorded{listed}"
        raise Failure(message, code="bad-bundle", details={"problems": problems}) from None
    _log_told(bundle, dry_run=dry_run, verified=key is not None).tell(as_json=as_json)


def _take_log_in(place: Settings, bundle: Bundle, tell: Tell) -> None:
    with open_for_writing(place, create=True, progress=tell) as ledger:
        import_bundle(ledger.log, ledger.views.all(), bundle, tell)
        # Raises ViewUnavailable if one could not take what it was told.
        with ledger.reading(*ledger.views.all()):
            pass


def _key(text: str) -> VerifierKey:
    try:
        return read_verifier_key(text if text.count("+") > 1 else Path(text).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BadNote) as error:
        raise BadValue(
            f"{output.printable(text)}: {reason_of(error)}", code="bad-key", where="--key"
        ) from None


def _listed(problems: Sequence[Problem]) -> str:
    lines = [f"\n  line {line}: {output.printable(reason)}" for line, reason in problems[:_SHOWN]]
    more = len(problems) - _SHOWN
    if more > 0:
        lines.append(f"\n  … and {more:,} more; `--json` shows them")
    return "".join(lines)


def _log_told(bundle: Bundle, *, dry_run: bool, verified: bool) -> Told:
    origin, size, root = bundle.manifest.origin, bundle.manifest.size, bundle.manifest.root
    signed = len(bundle.signed)
    told = {"origin": origin, "position": size, "root": root, "checkpoints": signed}
    warning = "A dry run: nothing was recorded; it would have been"
    return Told(
        {**told, "verified": verified, "dry_run": dry_run},
        *([partial(output.line, warning, "bold yellow")] if dry_run else []),
        f"{counted(size, 'event')} of {origin}, root {root}",
        counted(signed, "checkpoint")
        + (", signed with this key" if verified else "; --key verifies who signed"),
        "No names, phones or volunteer numbers: they are in the directory, which no bundle holds.",
    )
