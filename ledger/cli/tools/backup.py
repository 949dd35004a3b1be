"""Backups at the command line: they are written, a ledger is made from one, and nobody comes back who was erased."""

import contextlib
import sys
from base64 import b64encode
from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from ledger.backup.form import CHECKPOINT_KEY, TOKEN_KEY, BadBackup, Manifest, appearing
from ledger.backup.reading import Backup
from ledger.backup.restoring import Restored, restore
from ledger.backup.writing import Source, write_backup
from ledger.bootstrap import Ledger, open_for_writing, open_place
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import Failure, StoreFailed, UnusableFile
from ledger.cli.terminal.files import usable
from ledger.cli.terminal.output import counted
from ledger.cli.terminal.progress import Tell, bar
from ledger.cli.terminal.stopping import tidy_at_the_end
from ledger.cli.terminal.tool import Told
from ledger.cli.tools.checkpoints import doubted_in, kept_checkpoint
from ledger.operations.proofs.checkpoints import published
from ledger.people.erasures import Erasure, read_erasures
from ledger.settings import Settings
from ledger.store.engine import checked_url
from ledger.store.keys import NoKey
from ledger.store.privacy import opener

_PUT_BACK = "put checkpoint-key.pem back from where you keep it, to sign on"


@contextlib.contextmanager
def _usable(otherwise: str = "") -> Generator[None]:
    """What is wrong with a backup is a Failure, after what is said `otherwise`."""
    try:
        yield
    except BadBackup as error:
        raise Failure(f"{otherwise}{output.printable(str(error))}", code="bad-backup") from None


def back_up(ledger: Ledger, folder: Path, keys: bool) -> Told:
    """Write a backup, and tell what it holds."""
    verifier_key = _verifier_key(ledger)
    with tidy_at_the_end(), bar() as tell, usable(folder), _usable():
        source = Source(ledger.log, ledger.directory, ledger.opened().origin, verifier_key)
        files = _key_files(ledger.settings) if keys else {}
        manifest = write_backup(source, folder, keys=files, progress=tell)
        doubted = doubted_in(ledger, verifier_key)
    for one in doubted:
        print(f"{output.printable(one)}: it is left out", file=sys.stderr)
    said = f"A backup of {manifest.origin} is in {output.printable(str(folder))}."
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


def _verifier_key(ledger: Ledger) -> str | None:
    try:
        return str(published(ledger))
    except NoKey:
        return None


def _key_files(place: Settings) -> dict[str, Path]:
    named = {TOKEN_KEY: place.key, CHECKPOINT_KEY: place.checkpoint_key}
    return {name: Path(path) for name, path in named.items() if path is not None and Path(path).exists()}


def restore_backup(place: Settings, folder: Path, erasures: Sequence[Path], kept: Sequence[Path]) -> Told:
    """Restore a backup, and tell what is there then."""
    notes = [kept_checkpoint(path) for path in kept]
    lists = _lists(place, erasures)
    erased = [one for path in lists for one in read_erasures(path)]
    with usable(), _usable("nothing is restored. "):
        restored = _restored(place, folder, erased, notes)
    manifest, known = restored.manifest, restored.erased_again
    erased_now = f"{len(restored.erasures):,} on the list; the backup knew {known:,} of them, who stay erased"
    facts = [*_described(manifest), ("Erasures", erased_now), ("Keys", _keys_put(manifest, place))]
    warning = (
        f"Whoever was erased after {output.printable(manifest.taken)} is known again,"
        " unless --erasures names a newer list."
    )
    whole = msgspec.to_builtins(manifest)
    told = {name: whole[name] for name in ("origin", "position", "root", "checkpoint", "taken")}
    return Told(
        {**told, "erased_again": known},
        partial(output.facts, f"{manifest.origin} is restored, and is what was backed up.", facts),
        *([] if lists else [partial(output.line, warning, "bold")]),
    )


def _restored(place: Settings, folder: Path, erased: Sequence[Erasure], notes: Sequence[str]) -> Restored:
    try:
        with tidy_at_the_end(), bar() as tell, _staged(place) as stage:
            backup = Backup(folder)
            with open_place(stage) as (log, directory):
                restored = restore(backup, log, directory, erased=erased, kept=notes, progress=tell)
            _keep_keys(stage, backup)
            _build_views(stage, restored.manifest, tell)
            return restored
    except FileExistsError as error:
        raise StoreFailed(
            f"nothing is restored: {output.printable(str(error))}. A ledger is restored where there is none",
            code="ledger-there",
        ) from None


@contextlib.contextmanager
def _staged(place: Settings) -> Generator[Settings]:
    """Where to restore to: an embedded ledger is made aside, and takes its place when it is whole."""
    url = checked_url(place.ledger)
    if url.get_backend_name() != "sqlite":
        yield place
        return
    with appearing(Path(url.database or "").parent) as part:
        yield place.moved(part)


def _lists(place: Settings, given: Sequence[Path]) -> list[Path]:
    """The lists of erasures that were given, and the place's own where there is one."""
    own = [Path(place.erasures)] if place.erasures is not None and Path(place.erasures).exists() else []
    return [*given, *own]


def _keep_keys(stage: Settings, backup: Backup) -> None:
    """Put the private keys of the backup where keys are looked for, unless there are some."""
    for name, place in ((TOKEN_KEY, stage.key), (CHECKPOINT_KEY, stage.checkpoint_key)):
        pem = backup.key(name)
        if pem is not None and place is not None and not Path(place).exists():
            try:
                with open(place, "xb", opener=opener) as file:
                    file.write(pem)
            except OSError as error:
                raise UnusableFile(
                    f"the key {output.printable(place)} cannot be written: {error.strerror}."
                    f" It is in the backup as {name}",
                    code="unusable-file",
                ) from None


def _build_views(stage: Settings, manifest: Manifest, tell: Tell) -> None:
    with (
        open_for_writing(stage, progress=tell) as ledger,
        ledger.reading(ledger.views.tree) as (connection, _),
    ):
        nodes = ledger.views.tree.look(connection)
        if b64encode(nodes.root(manifest.position)).decode() != manifest.root:
            raise BadBackup("the tree of what was restored has another root than the backup")


def _keys_put(manifest: Manifest, place: Settings) -> str:
    if not manifest.keys:
        return f"none in the backup: {_PUT_BACK}"
    places = {TOKEN_KEY: place.key, CHECKPOINT_KEY: place.checkpoint_key}
    told = [
        f"{name} stays in the backup, as nobody said where it goes"
        if places[name] is None
        else f"{name} is in its place"
        for name in manifest.keys
    ]
    return "; ".join(told if CHECKPOINT_KEY in manifest.keys else [*told, _PUT_BACK])


def show_erasures(ledger: Ledger) -> Told:
    """Tell the list of erasures, as `--erasures` takes it."""
    erasures = ledger.directory.content().erasures
    lines = [partial(output.exact, one.line().removesuffix("\n")) for one in erasures]
    return Told({"items": [one._asdict() for one in erasures]}, *lines)
