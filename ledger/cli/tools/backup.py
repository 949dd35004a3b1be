"""Backups at the command line."""

import contextlib
import sys
from collections.abc import Generator
from pathlib import Path

import msgspec

from ledger.backup.form import CHECKPOINT_KEY, TOKEN_KEY, BadBackup, Manifest
from ledger.backup.writing import Source, write_backup
from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, Failure
from ledger.cli.terminal.files import usable
from ledger.cli.terminal.output import counted
from ledger.cli.terminal.progress import bar
from ledger.cli.terminal.stopping import tidy_at_the_end
from ledger.cli.terminal.tool import Told
from ledger.cli.tools.checkpoints import doubted_in, published
from ledger.settings import Settings
from ledger.store.keys import NoKey


class UnusableBackup(Failure):
    """A backup that is not what it says, or that cannot be made of this ledger."""

    exit_code = REFUSED


@contextlib.contextmanager
def usable_backup(otherwise: str = "") -> Generator[None]:
    """What is wrong with a backup is UnusableBackup, after what is said `otherwise`."""
    try:
        yield
    except BadBackup as error:
        raise UnusableBackup(f"{otherwise}{output.printable(str(error))}", code="bad-backup") from None


def back_up(place: Settings, folder: Path, keys: bool) -> Told:
    """Write a backup, and tell what it holds."""
    with (
        tidy_at_the_end(),
        bar() as tell,
        open_for_reading(place) as ledger,
        usable(folder),
        usable_backup(),
    ):
        verifier_key = _verifier_key(place, ledger)
        source = Source(ledger.log, ledger.directory, ledger.opened().origin, verifier_key)
        manifest = write_backup(source, folder, keys=_key_files(place) if keys else {}, progress=tell)
        doubted = doubted_in(ledger, verifier_key)
    for one in doubted:
        print(f"{output.printable(one)}: it is left out", file=sys.stderr)

    def draw() -> None:
        output.facts(
            f"A backup of {manifest.origin} is in {output.printable(str(folder))}.",
            [*described(manifest), ("Keys", _told_of_keys(manifest, asked=keys))],
        )

    return Told(msgspec.to_builtins(manifest), draw)


def described(manifest: Manifest) -> list[tuple[str, str]]:
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


def _told_of_keys(manifest: Manifest, *, asked: bool) -> str:
    if manifest.keys:
        return f"{' and '.join(manifest.keys)}: whoever has this folder has them"
    if asked:
        return "none is where this ledger's keys are looked for, so none was taken in"
    return "left out; `--keys` takes them in. Without checkpoint-key.pem nothing further can be signed"


def _verifier_key(place: Settings, ledger: Ledger) -> str | None:
    try:
        return str(published(place, ledger))
    except NoKey:
        return None


def _key_files(place: Settings) -> dict[str, Path]:
    named = {TOKEN_KEY: place.key, CHECKPOINT_KEY: place.checkpoint_key}
    return {name: Path(path) for name, path in named.items() if path is not None and Path(path).exists()}
