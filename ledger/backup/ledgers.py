"""A whole ledger backed up while it is open, and one made from a backup in a place where there is none."""

import contextlib
from base64 import b64encode
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path

from ledger.audit import kept
from ledger.audit.notes import read_verifier_key
from ledger.backup.form import CHECKPOINT_KEY, TOKEN_KEY, BadBackup, Manifest, appearing
from ledger.backup.reading import Backup
from ledger.backup.restoring import Restored, restore
from ledger.backup.writing import Source, write_backup
from ledger.bootstrap import Ledger, open_for_writing, open_place
from ledger.domain.bilingual import Bilingual, of_the_system
from ledger.operations.proofs.checkpoints import published
from ledger.people.erasures import read_erasures
from ledger.settings import Settings
from ledger.store.engine import checked_url
from ledger.store.errors import NoKey
from ledger.store.privacy import opener
from projections.running.rebuilding import Progress, no_progress


class KeyNotPut(Bilingual):
    """A private key of a backup cannot be put in its place; the message says where, why, and where it is."""


def key_files(place: Settings) -> Mapping[str, str | None]:
    """Where the private keys of a place are looked for, by their names in a backup; None where nobody said."""
    return {TOKEN_KEY: place.key, CHECKPOINT_KEY: place.checkpoint_key}


def back_up(
    ledger: Ledger, folder: Path, *, keys: bool, progress: Progress = no_progress
) -> tuple[Manifest, list[str]]:
    """Write a backup, as `write_backup` does, with the private `keys` where they are asked for.

    Gives besides what is wrong with rows that are no checkpoints, and are left out: nothing where no key tells.
    """
    try:
        verifier_key = str(published(ledger))
    except NoKey:
        verifier_key = None
    source = Source(ledger.log, ledger.directory, ledger.opened().origin, verifier_key)
    files = {name: Path(path) for name, path in key_files(ledger.settings).items() if path is not None}
    taken = {name: path for name, path in files.items() if keys and path.exists()}
    manifest = write_backup(source, folder, keys=taken, progress=progress)
    if verifier_key is None:
        return manifest, []
    with ledger.log.store.snapshot() as connection:
        return manifest, kept.faults_of_rows(connection, [read_verifier_key(verifier_key)])


def lists_of_erasures(place: Settings, given: Sequence[Path]) -> list[Path]:
    """The lists of erasures that were given, and the place's own where there is one."""
    own = [Path(place.erasures)] if place.erasures is not None and Path(place.erasures).exists() else []
    return [*given, *own]


def restore_ledger(
    place: Settings,
    folder: Path,
    *,
    lists: Sequence[Path] = (),
    kept: Sequence[str] = (),
    progress: Progress = no_progress,
) -> Restored:
    """Make a ledger from a backup, with the keys that it holds and its views; whoever is in `lists` stays erased.

    Raises what `restore` does, and KeyNotPut; then nothing is left.
    """
    erased = [one for path in lists for one in read_erasures(path)]
    with _staged(place) as stage:
        backup = Backup(folder)
        with open_place(stage) as (log, directory):
            restored = restore(backup, log, directory, erased=erased, kept=kept, progress=progress)
        _put_keys(stage, backup)
        _build_views(stage, restored.manifest, progress)
    return restored


@contextlib.contextmanager
def _staged(place: Settings) -> Generator[Settings]:
    """Where to restore to: an embedded ledger is made aside, and takes its place when it is whole."""
    url = checked_url(place.ledger)
    if url.get_backend_name() != "sqlite":
        yield place
        return
    with appearing(Path(url.database or "").parent) as part:
        yield place.moved(part)


def _put_keys(stage: Settings, backup: Backup) -> None:
    """Put the private keys of the backup where keys are looked for, unless there are some."""
    for name, place in key_files(stage).items():
        pem = backup.key(name)
        if pem is not None and place is not None and not Path(place).exists():
            try:
                with open(place, "xb", opener=opener) as file:
                    file.write(pem)
            except OSError as error:
                en, zh = of_the_system(error)
                raise KeyNotPut(
                    f"the key {place} cannot be written: {en}. It is in the backup as {name}",
                    f"无法写入密钥 {place}：{zh}。备份中的文件为 {name}",
                ) from None


def _build_views(stage: Settings, manifest: Manifest, progress: Progress) -> None:
    with (
        open_for_writing(stage, progress=progress) as ledger,
        ledger.reading(ledger.views.tree) as (connection, _),
    ):
        nodes = ledger.views.tree.look(connection)
        if b64encode(nodes.root(manifest.position)).decode() != manifest.root:
            raise BadBackup(
                "the tree of what was restored has another root than the backup",
                "恢复所得哈希树的根与备份不同",
            )
