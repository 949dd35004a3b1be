"""Taking in the log of another ledger, from a bundle."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from ledger.audit.bundle_reading import BadBundle, Bundle, Problem
from ledger.audit.importing import import_bundle, refuse_in_use
from ledger.audit.notes import BadNote, VerifierKey, read_verifier_key
from ledger.bootstrap import open_for_writing
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, BadValue, Failure
from ledger.cli.terminal.files import reason_of, usable
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.output import counted
from ledger.cli.terminal.progress import Tell, bar
from ledger.cli.terminal.tool import Told, print_told
from ledger.settings import Settings
from ledger.store.engine import Store
from ledger.store.errors import NoLedger
from ledger.store.log import Log

_SHOWN = 20


class Unsound(Failure):
    """A bundle that is not what it says."""

    exit_code = REFUSED


def import_log(data: Path | None, folder: Path, key: str | None, dry_run: bool, as_json: bool) -> None:
    """Take a bundle's log in, having read all of it once before anything is made, and print what it is.

    `key` is a verifier key, or a file that holds it.
    """
    place = settings(data)
    _refuse_in_use(place)
    try:
        with usable(), bar() as tell:
            bundle = Bundle(folder, None if key is None else _key(key))
            bundle.examine(tell)
            if not dry_run:
                _take_in(place, bundle, tell)
    except BadBundle as fault:
        problems = [problem._asdict() for problem in fault.problems]
        listed = "" if as_json else _listed(fault.problems)
        message = f"{output.printable(str(fault))}; nothing was recorded{listed}"
        raise Unsound(message, code="bad-bundle", details={"problems": problems}) from None
    print_told(_told(bundle, dry_run=dry_run, verified=key is not None), as_json=as_json)


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


def _told(bundle: Bundle, *, dry_run: bool, verified: bool) -> Told:
    origin, size, root = bundle.manifest.origin, bundle.manifest.size, bundle.manifest.root
    signed = len(bundle.signed)

    def draw() -> None:
        if dry_run:
            output.line("A dry run: nothing was recorded; it would have been", "bold yellow")
        output.line(f"{counted(size, 'event')} of {origin}, root {root}")
        who = ", signed with this key" if verified else "; --key verifies who signed"
        output.line(counted(signed, "checkpoint") + who)
        output.line(
            "No names, phones or volunteer numbers: they are in the directory, which no bundle holds."
        )

    told = {"origin": origin, "position": size, "root": root, "checkpoints": signed}
    return Told({**told, "verified": verified, "dry_run": dry_run}, draw)
