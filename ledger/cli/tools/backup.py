"""Backups at the command line: they are written, a ledger is made from one, and nobody comes back who was erased."""

import contextlib
import sys
from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from ledger.backup.form import CHECKPOINT_KEY, BadBackup, Manifest
from ledger.backup.ledgers import KeyNotPut, back_up, key_files, lists_of_erasures, restore_ledger
from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import STORE, Failure, UnusableFile
from ledger.cli.terminal.files import reason_of, usable
from ledger.cli.terminal.language import filled
from ledger.cli.terminal.output import printable
from ledger.cli.terminal.progress import bar
from ledger.cli.terminal.stopping import tidy_at_the_end
from ledger.cli.terminal.tool import Told
from ledger.cli.tools.checkpoints import kept_checkpoint
from ledger.cli.words import usage
from ledger.cli.words.wording import counted, fault, head, printed
from ledger.opening import public_name_now, titled
from ledger.operations.words.said import Said
from ledger.settings import Settings


@contextlib.contextmanager
def _usable(otherwise: Said = ("{why}", "{why}")) -> Generator[None]:
    """What is wrong with a backup is a Failure, told as it is said `otherwise`."""
    try:
        yield
    except BadBackup as error:
        raise Failure(filled(otherwise, why=printable(reason_of(error))), code="bad-backup") from None


def write_backup(ledger: Ledger, folder: Path, keys: bool) -> Told:
    """Write a backup, and tell what it holds."""
    with tidy_at_the_end(), bar() as tell, usable(folder), _usable():
        manifest, doubted = back_up(ledger, folder, keys=keys, progress=tell)
    for one in doubted:
        print(printed("left_out", doubted=printable(fault(one))), file=sys.stderr)
    name = public_name_now(ledger)
    said = printed("backed_up", origin=titled(manifest.origin, name), folder=printable(str(folder)))
    facts = [*_described(manifest), (head("keys"), _keys_taken(manifest, asked=keys))]
    return Told({"name": name, **msgspec.to_builtins(manifest)}, partial(output.facts, said, facts))


def _described(manifest: Manifest) -> list[tuple[str, str]]:
    """What a backup holds, in words."""
    signed = manifest.checkpoint
    volunteers = counted(manifest.volunteers, "volunteer")
    return [
        (head("taken_at"), manifest.taken),
        (head("position"), f"{manifest.position:,}"),
        (head("root"), manifest.root),
        (head("checkpoint"), printed("first_signed", count=signed) if signed else printed("none_signed")),
        (head("directory"), printed("directory_holds", volunteers=volunteers, persons=manifest.persons)),
    ]


def _keys_taken(manifest: Manifest, *, asked: bool) -> str:
    if manifest.keys:
        return printed("keys_taken", keys=printed("and").join(manifest.keys))
    return printed("no_keys_found" if asked else "keys_left_out")


def restore_backup(place: Settings, folder: Path, erasures: Sequence[Path], kept: Sequence[Path]) -> Told:
    """Restore a backup, and tell what is there then."""
    notes, lists = [kept_checkpoint(path) for path in kept], lists_of_erasures(place, erasures)
    with usable(), _usable(usage.NOTHING_RESTORED), tidy_at_the_end(), bar() as tell:
        try:
            restored = restore_ledger(place, folder, lists=lists, kept=notes, progress=tell)
        except KeyNotPut as error:
            raise UnusableFile(printable(reason_of(error)), code="unusable-file") from None
        except FileExistsError as error:
            there = filled(usage.LEDGER_THERE, why=printable(reason_of(error)))
            raise Failure(there, code="ledger-there", exit_code=STORE) from None
    manifest, known = restored.manifest, restored.erased_again
    with open_for_reading(place) as ledger:
        name = public_name_now(ledger)
    erased_now = printed("erased_again", listed=len(restored.erasures), known=known)
    keys = _keys_put(manifest, place)
    facts = [*_described(manifest), (head("erasures"), erased_now), (head("keys"), keys)]
    warning = printed("known_again", taken=printable(manifest.taken))
    told = {name: getattr(manifest, name) for name in ("origin", "position", "root", "checkpoint", "taken")}
    return Told(
        {"name": name, **told, "erased_again": known},
        partial(output.facts, printed("restored", origin=titled(manifest.origin, name)), facts),
        *([] if lists else [partial(output.line, warning, "bold")]),
    )


def _keys_put(manifest: Manifest, place: Settings) -> str:
    if not manifest.keys:
        return printed("key_not_in_backup", put_back=printed("put_key_back"))
    told = [
        printed("key_stays" if key_files(place)[name] is None else "key_in_place", key=name)
        for name in manifest.keys
    ]
    return printed("semicolon").join(
        told if CHECKPOINT_KEY in manifest.keys else [*told, printed("put_key_back")]
    )


def show_erasures(ledger: Ledger) -> Told:
    """Tell the list of erasures, as `--erasures` takes it."""
    erasures = ledger.directory.content().erasures
    lines = [partial(output.exact, one.line().removesuffix("\n")) for one in erasures]
    return Told({"items": [one._asdict() for one in erasures]}, *lines)
