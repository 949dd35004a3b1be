"""Taking in the log of another ledger, from a bundle."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.audit.bundle_reading import BadBundle, Bundle, Problem
from ledger.audit.importing import import_bundle, refuse_in_use
from ledger.audit.notes import BadNote, VerifierKey, read_verifier_key
from ledger.bootstrap import open_for_writing
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, BadValue, Failure
from ledger.cli.terminal.files import reason_of, unusable
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.output import counted
from ledger.cli.terminal.progress import Tell, bar
from ledger.settings import Settings
from ledger.store.engine import Store
from ledger.store.errors import NoLedger
from ledger.store.log import Log

_SHOWN = 20


class Order(NamedTuple):
    """An import as the command line asks for it; `key` is a verifier key, or a file that holds it."""

    folder: Path
    key: str | None
    dry_run: bool


class Unsound(Failure):
    """A bundle that is not what it says."""

    exit_code = REFUSED


def import_log(data: Path | None, order: Order, *, as_json: bool) -> None:
    """Take a bundle's log in, having read all of it once before anything is made, and print what it is."""
    place = settings(data)
    _refuse_in_use(place)
    key = None if order.key is None else _key(order.key)
    try:
        with bar() as tell:
            bundle = Bundle(order.folder, key)
            bundle.examine(tell)
            if not order.dry_run:
                _take_in(place, bundle, tell)
    except BadBundle as fault:
        problems = [problem._asdict() for problem in fault.problems]
        message = f"{output.printable(str(fault))}; nothing was recorded"
        if not as_json:
            message += _listed(fault.problems)
        raise Unsound(message, code="bad-bundle", details={"problems": problems}) from None
    except OSError as error:
        raise unusable(error) from None
    _print(bundle, order, as_json=as_json)


def _take_in(place: Settings, bundle: Bundle, tell: Tell) -> None:
    with open_for_writing(place, create=True, progress=tell) as ledger:
        import_bundle(ledger.log, ledger.views.all(), bundle, tell)
        # Raises ViewUnavailable if one could not take what it was told.
        with ledger.reading(*ledger.views.all()):
            pass


def _refuse_in_use(place: Settings) -> None:
    # The log alone: a directory that is missing beside it would be made anew by opening both.
    with contextlib.suppress(NoLedger), contextlib.closing(Store(place.ledger, write=False)) as store:
        refuse_in_use(Log(store))


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


def _print(bundle: Bundle, order: Order, *, as_json: bool) -> None:
    manifest, signed = bundle.manifest, len(bundle.signed)
    if as_json:
        output.document(
            {
                "origin": manifest.origin,
                "position": manifest.size,
                "root": manifest.root,
                "checkpoints": signed,
                "verified": order.key is not None,
                "dry_run": order.dry_run,
            }
        )
        return
    if order.dry_run:
        output.line("A dry run: nothing was recorded; it would have been", "bold yellow")
    output.line(f"{counted(manifest.size, 'event')} of {manifest.origin}, root {manifest.root}")
    who = ", signed with this key" if order.key is not None else "; --key verifies who signed"
    output.line(counted(signed, "checkpoint") + who)
    output.line("No names, phones or volunteer numbers: they are in the directory, which no bundle holds.")
