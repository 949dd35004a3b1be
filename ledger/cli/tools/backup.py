"""Backups at the command line: they are written, a ledger is made from one, and nobody comes back who was erased."""

import contextlib
import sys
from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from ledger.backup.form import CHECKPOINT_KEY, BadBackup, Manifest
from ledger.backup.ledgers import KeyNotPut, back_up, key_files, lists_of_erasures, restore_ledger
from ledger.bootstrap import Ledger
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import STORE, Failure, UnusableFile
from ledger.cli.terminal.files import reason_of, usable
from ledger.cli.terminal.language import filled
from ledger.cli.terminal.output import counted, printable
from ledger.cli.terminal.progress import bar
from ledger.cli.terminal.stopping import tidy_at_the_end
from ledger.cli.terminal.tool import Told
from ledger.cli.tools.checkpoints import kept_checkpoint
from ledger.cli.words import usage
from ledger.operations.words.said import Said
from ledger.settings import Settings

_PUT_BACK = "put checkpoint-key.pem back from where you keep it, to sign on"


@contextlib.contextmanager
def _usable(otherwise: Said = ("{why}", "{why}")) -> Generator[None]:
    """What is wrong with a backup is a Failure, told as it is said `otherwise`."""
    try:
        yield
    except BadBackup as error:
        raise Failure(filled(otherwise, why=printable(str(error))), code="bad-backup") from None


def write_backup(ledger: Ledger, folder: Path, keys: bool) -> Told:
    """Write a backup, and tell what it holds."""
    with tidy_at_the_end(), bar() as tell, usable(folder), _usable():
        manifest, doubted = back_up(ledger, folder, keys=keys, progress=tell)
    for one in doubted:
        print(f"{printable(one)}: it is left out", file=sys.stderr)
    said = f"A backup of {manifest.origin} is in {printable(str(folder))}."
    facts = [*_described(manifest), ("Keys", _keys_taken(manifest, asked=keys))]
    return Told(msgspec.to_builtins(manifest), partial(output.facts, said, facts))


def _described(manifest: Manifest) -> list[tuple[str, str]]:
    """What a backup holds, in words."""
    signed = manifest.checkpoint
    people = f"{counted(manifest.volunteers, 'volunteer')}, {manifest.persons:,} in charge"
    return [
        ("Taken", manifest.taken),
        ("Position", f"{manifest.position:,}"),
        ("Root", manifest.root),
        ("Checkpoint", f"the first {signed:,} events are signed" if signed else "none is signed"),
        ("Directory", people),
    ]


def _keys_taken(manifest: Manifest, *, asked: bool) -> str:
    if manifest.keys:
        return f"{' and '.join(manifest.keys)}: whoever has this folder has them"
    if asked:
        return "none is where this ledger's keys are looked for, so none was taken in"
    return "left out; `--keys` takes them in. Without checkpoint-key.pem nothing further can be signed"


def restore_backup(place: Settings, folder: Path, erasures: Sequence[Path], kept: Sequence[Path]) -> Told:
    """Restore a backup, and tell what is there then."""
    notes, lists = [kept_checkpoint(path) for path in kept], lists_of_erasures(place, erasures)
    with usable(), _usable(usage.NOTHING_RESTORED), tidy_at_the_end(), bar() as tell:
        try:
            restored = restore_ledger(place, folder, lists=lists, kept=notes, progress=tell)
        except KeyNotPut as error:
            raise UnusableFile(printable(str(error)), code="unusable-file") from None
        except FileExistsError as error:
            there = filled(usage.LEDGER_THERE, why=printable(reason_of(error)))
            raise Failure(there, code="ledger-there", exit_code=STORE) from None
    manifest, known = restored.manifest, restored.erased_again
    erased_now = f"{len(restored.erasures):,} on the list; the backup knew {known:,} of them, who stay erased"
    facts = [*_described(manifest), ("Erasures", erased_now), ("Keys", _keys_put(manifest, place))]
    warning = (
        f"Whoever was erased after {printable(manifest.taken)} is known again,"
        " unless --erasures names a newer list."
    )
    told = {name: getattr(manifest, name) for name in ("origin", "position", "root", "checkpoint", "taken")}
    return Told(
        {**told, "erased_again": known},
        partial(output.facts, f"{manifest.origin} is restored, and is what was backed up.", facts),
        *([] if lists else [partial(output.line, warning, "bold")]),
    )


def _keys_put(manifest: Manifest, place: Settings) -> str:
    if not manifest.keys:
        return f"none in the backup: {_PUT_BACK}"
    told = [
        f"{name} stays in the backup, as nobody said where it goes"
        if key_files(place)[name] is None
        else f"{name} is in its place"
        for name in manifest.keys
    ]
    return "; ".join(told if CHECKPOINT_KEY in manifest.keys else [*told, _PUT_BACK])


def show_erasures(ledger: Ledger) -> Told:
    """Tell the list of erasures, as `--erasures` takes it."""
    erasures = ledger.directory.content().erasures
    lines = [partial(output.exact, one.line().removesuffix("\n")) for one in erasures]
    return Told({"items": [one._asdict() for one in erasures]}, *lines)
