"""Making a backup, while others write: the log at one position first, then the directory as it is after that."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.kept import Kept, rows_before, signed_rows
from ledger.audit.notes import read_verifier_key
from ledger.backup.form import (
    CHECKPOINTS,
    ERASURES,
    EVENTS,
    FORMAT,
    MANIFEST,
    PERSONS,
    VOLUNTEERS,
    BadBackup,
    Heads,
    Manifest,
    appearing,
)
from ledger.people.directory import Directory
from ledger.people.erasures import utc_second
from ledger.people.tables import Content
from ledger.store.log import Log, batches, head
from ledger.store.privacy import opener
from projections.running.rebuilding import Progress, no_progress

_BATCH = 5_000
_NO_KEYS: Mapping[str, Path] = MappingProxyType({})


class Source(NamedTuple):
    """What is backed up: log and directory of the ledger `origin`, and what its checkpoints are verified with."""

    log: Log
    directory: Directory
    origin: str
    verifier_key: str | None


def write_backup(
    source: Source, folder: Path, *, keys: Mapping[str, Path] = _NO_KEYS, progress: Progress = no_progress
) -> Manifest:
    """Write a backup into a new or empty folder, which is there once it is whole, and not before.

    `keys` are the private keys to take in, by name. Raises FileExistsError, other OSErrors, and BadBackup where the log
    is not what was signed: nothing could be restored from that.
    """
    with appearing(folder) as part:
        taken = utc_second()
        with source.log.store.snapshot() as connection:
            signed = _signed(connection, source.verifier_key)
            checkpoints = [one for _, one in signed]
            heads = Heads(source.origin, checkpoints)
            events = _write(part / EVENTS, _events(connection, heads, progress))
        heads.refuse_unmet()
        # Whoever is in the log was in the directory before: read after the log, it lacks nobody.
        content = source.directory.content()
        digests = {
            EVENTS: events,
            CHECKPOINTS: _write(part / CHECKPOINTS, (_json(row.note) for row, _ in signed)),
            **{name: _write(part / name, lines) for name, lines in _directory(content).items()},
            **{name: _write(part / name, _pem(path)) for name, path in keys.items()},
        }
        manifest = Manifest(
            format=FORMAT,
            release=version("timebank-ledger"),
            taken=taken,
            origin=source.origin,
            position=heads.size,
            root=heads.root,
            checkpoint=max((one.size for one in checkpoints), default=0),
            verifier_key=source.verifier_key,
            volunteers=len(content.volunteers),
            persons=len(content.persons),
            erasures=len(content.erasures),
            digests=digests,
        )
        _write(part / MANIFEST, [msgspec.json.format(_json(manifest), indent=1)])
    return manifest


def _signed(connection: Connection, verifier_key: str | None) -> list[tuple[Kept, Checkpoint]]:
    """The checkpoints that are kept, the oldest first: what somebody else put beside them is no part of a backup."""
    fitting = [row for row in rows_before(connection, beyond_head=True) if row.fits()][::-1]
    if verifier_key is None:
        return [(row, row.checkpoint()) for row in fitting]
    signed = [*signed_rows(connection, [read_verifier_key(verifier_key)])][::-1]
    if fitting and not signed:
        raise BadBackup(
            "a checkpoint of this ledger cannot be trusted: none that is stored was signed with its key",
            "账本中有检查点不可信：所存检查点均非用其密钥签署",
        )
    return signed


def _directory(content: Content) -> dict[str, Iterator[str]]:
    """The lines of the directory's files, by name."""
    return {
        VOLUNTEERS: (_json(one._asdict()) for one in content.volunteers),
        PERSONS: (_json(one._asdict()) for one in content.persons),
        ERASURES: (one.line().removesuffix("\n") for one in content.erasures),
    }


def _events(connection: Connection, heads: Heads, progress: Progress) -> Iterator[str]:
    upto = head(connection)
    for rows in batches(connection, 0, upto, size=_BATCH):
        for row in rows:
            if row.position != heads.size + 1:
                missing = heads.size + 1
                raise BadBackup(f"event {missing} is missing from the log", f"总账缺少序号 {missing} 的事件")
            heads.add(row.data)
            yield row.data
        progress("backup", heads.size, upto)


def _pem(path: Path) -> list[str]:
    try:
        return path.read_text("ascii").splitlines()
    except UnicodeDecodeError:
        raise BadBackup(f"{path} is no key in PEM", f"{path} 不是 PEM 格式的密钥") from None


def _json(one: object) -> str:
    return msgspec.json.encode(one).decode()


def _write(path: Path, lines: Iterable[str]) -> str:
    """Write lines, wait for the disk, and give the digest of the bytes."""
    digest = hashlib.sha256()
    with open(path, "xb", opener=opener) as file:
        for line in lines:
            some = f"{line}\n".encode()
            digest.update(some)
            file.write(some)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()
