"""Taking in an office's files, or the log of another ledger from a bundle."""

import contextlib
import signal
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ledger.audit.bundle_reading import BadBundle, Bundle, Problem
from ledger.audit.importing import import_bundle, refuse_in_use
from ledger.audit.notes import BadNote, VerifierKey, read_verifier_key
from ledger.beside.opening import open_for_work
from ledger.bootstrap import Ledger, open_for_reading, open_to_fill
from ledger.cli.acts.tables import Column, Table, of
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue, Failure, UnusableFile, interrupted
from ledger.cli.terminal.files import reason_of, usable
from ledger.cli.terminal.language import filled, here, language
from ledger.cli.terminal.lookup import checked, settings
from ledger.cli.terminal.progress import Tell, bar
from ledger.cli.terminal.stopping import Request, handled
from ledger.cli.terminal.tool import Told
from ledger.cli.words import usage
from ledger.cli.words.wording import counted, events_of, printed
from ledger.domain.commands import InvalidInput
from ledger.domain.ids import ActorId
from ledger.domain.text import Code
from ledger.exchange.hours import numbers_in
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
        Column("row", show=str),
        Column("line", show=str),
        "column, value, why_not=reason",
    ),
    title="rows_not_recorded",
)
_NOTES = Table((Column("line", show=str), "note=text"), title="rows_told_as_notes")


class Order(NamedTuple):
    """An import as the command line asks for it."""

    kind: str
    file: Path
    source: str
    by: str
    dry_run: bool
    again: str = ""


def import_file(place: Settings, **said: Any) -> Told:
    """Take a file in, and tell what became of its rows; it fails if any was not recorded."""
    order = Order(**said)
    checked(order.source, Code, "--source", usage.NO_SOURCE)
    checked(order.by, ActorId, "--by", usage.NO_ACTOR)
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
        raise UnusableFile(reason_of(fault), code="unreadable-file") from fault


def take_in(ledger: Ledger, order: Order, table: Rows, tell: Tell) -> Told:
    """Judge every row. After Ctrl-C the batch under way is finished, and the failure raised that tells so."""
    again = numbers_in(order.again)
    desk = ledger.desk(by=order.by, source=order.source, dry_run=order.dry_run, again=again)
    stop = Request()

    def progress(judged: int, rows: int) -> None:
        tell(printed(f"{order.kind}_file"), judged, rows)
        if stop.made and judged < rows:
            raise _interrupted(judged, rows, order)

    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    with contextlib.nullcontext() if ignored else handled(stop.make, signal.SIGINT):
        try:
            report = KINDS[order.kind].take_in(desk, table, progress)
        except InvalidInput as refusal:
            reason = here(refusal.reason, refusal.reason_zh)
            raise BadValue(reason, code=refusal.code, where=f"--{refusal.field}") from None
    told = {**report.told(language()), "dry_run": order.dry_run}
    return Told(told, partial(_draw, report, told, order), failed=report.faulty)


def _draw(report: Report, told: Mapping[str, Any], order: Order) -> None:
    file, kind = output.printable(order.file.name), printed(f"{order.kind}_file")
    output.line(printed("file_read", file=file, rows=counted(report.rows, "row"), kind=kind), "bold")
    if order.dry_run:
        output.line(printed("dry_run"), "bold yellow")
    faulty = {"conflict": len(report.conflict), "refused": len(report.refused)}
    output.line(printed("rows_judged", recorded=report.recorded, unchanged=report.unchanged, **faulty))
    if report.ignored_columns:
        columns = output.printable(printed("listed").join(report.ignored_columns))
        output.line(printed("columns_passed_over", columns=columns))
    for one in told["passed_over"]:
        output.line(printed("passed_over", what=output.printable(one["said"])))
    for table, items in ((_PROBLEMS, told["problems"]), (_NOTES, told["notes"])):
        shown = items[:_SHOWN] if output.on_terminal() else items
        if shown and len(report.sheets) > 1:
            shown = [{**one, "line": f"{one['sheet']} {one['line']}"} for one in shown]
        if shown:
            output.line()
            table(of(shown))
        if more := len(items) - len(shown):
            output.line(printed("rows_more", count=more))


def _interrupted(judged: int, rows: int, order: Order) -> Failure:
    said = usage.DRY_RUN_STOPPED if order.dry_run else usage.IMPORT_STOPPED
    return interrupted(filled(said, judged=judged, rows=counted(rows, "row")), judged=judged, rows=rows)


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
                with open_to_fill(place, progress=tell) as ledger:
                    import_bundle(ledger.log, ledger.views.all(), bundle, tell)
    except BadBundle as fault:
        problems = [{"line": line, "reason": here(*reason)} for line, reason in fault.problems]
        listed = "" if as_json else _listed(fault.problems)
        message = filled(usage.BAD_BUNDLE, why=output.printable(reason_of(fault)), lines=listed)
        raise Failure(message, code="bad-bundle", details={"problems": problems}) from None
    _log_told(bundle, dry_run=dry_run, verified=key is not None).tell(as_json=as_json)


def _key(text: str) -> VerifierKey:
    try:
        return read_verifier_key(text if text.count("+") > 1 else Path(text).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BadNote) as error:
        raise BadValue(
            f"{output.printable(text)}: {reason_of(error)}", code="bad-key", where="--key"
        ) from None


def _listed(problems: Sequence[Problem]) -> str:
    lines = [
        filled(usage.LINE_OF_A_BUNDLE, line=line, why=output.printable(here(*reason)))
        for line, reason in problems[:_SHOWN]
    ]
    more = len(problems) - _SHOWN
    if more > 0:
        lines.append(filled(usage.MORE_LINES, more=more))
    return "".join(f"\n  {line}" for line in lines)


def _log_told(bundle: Bundle, *, dry_run: bool, verified: bool) -> Told:
    origin, size, root = bundle.manifest.origin, bundle.manifest.size, bundle.manifest.root
    signed = len(bundle.signed)
    checkpoints = counted(signed, "checkpoint")
    told = {"origin": origin, "position": size, "root": root, "checkpoints": signed}
    return Told(
        {**told, "verified": verified, "dry_run": dry_run},
        *([partial(output.line, printed("log_dry_run"), "bold yellow")] if dry_run else []),
        events_of(origin, size, root),
        printed("signed_with_key" if verified else "signed_by_whom", checkpoints=checkpoints),
        printed("no_directory"),
    )
