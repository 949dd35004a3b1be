"""What a backup consists of: a folder of plain files, which is the same for every database."""

import contextlib
import errno
import os
import secrets
import shutil
from base64 import b64encode
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from ledger.audit.checkpoints import Checkpoint, read_checkpoint, verified_checkpoint
from ledger.audit.notes import read, read_verifier_key
from ledger.audit.verification import Peaks
from ledger.domain.bilingual import Bilingual
from ledger.store.errors import AlreadyThere
from ledger.store.leaves import event_hash
from ledger.store.privacy import make_folder

FORMAT = "timebank-ledger/backup/v1"
MANIFEST = "manifest.json"
EVENTS = "events.jsonl"
"""The stored text of each event, a line an event."""
CHECKPOINTS = "checkpoints.jsonl"
"""Each signed checkpoint, a JSON string a line."""
VOLUNTEERS, PERSONS = "volunteers.jsonl", "persons.jsonl"
"""Everybody in the directory, a JSON object a line."""
ERASURES = "erasures.txt"
"""Who was erased, by id."""
TOKEN_KEY, CHECKPOINT_KEY = "token-key.pem", "checkpoint-key.pem"
"""The private keys, where they were asked for."""


class BadBackup(Bilingual):
    """A backup that cannot be made, or restored; the message says what is wrong, and in which file."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a backup holds: the first `position` events of the ledger `origin`, and the root of their tree, in base64.

    `taken` is the instant in UTC, `checkpoint` how many events the last checkpoint signs (0 if there is none),
    `verifier_key` what checkpoints are verified with, `digests` the SHA-256 of each other file, in hex.
    """

    format: str
    release: str
    taken: str
    origin: str
    position: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    root: str
    checkpoint: int
    verifier_key: str | None
    volunteers: int
    persons: int
    erasures: int
    digests: dict[str, str]

    @property
    def keys(self) -> list[str]:
        """The names of the private keys that are among the files."""
        return [name for name in (CHECKPOINT_KEY, TOKEN_KEY) if name in self.digests]


class Heads:
    """The tree over events as they come, held against what was signed of it."""

    def __init__(self, origin: str, signed: Iterable[Checkpoint]) -> None:
        """No event yet; raises BadBackup for a checkpoint of another ledger, or two that contradict each other."""
        self._origin = origin
        self._peaks = Peaks()
        self._signed: dict[int, Checkpoint] = {}
        for one in signed:
            if one.origin != origin:
                raise BadBackup(
                    f"a checkpoint is of the ledger {one.origin}, not of {origin}",
                    f"有检查点属于总账 {one.origin}，不属于 {origin}",
                )
            if self._signed.setdefault(one.size, one) != one:
                raise BadBackup(
                    f"two checkpoints of the first {one.size} events contradict each other",
                    f"前 {one.size} 个事件的两个检查点相互矛盾",
                )

    @property
    def size(self) -> int:
        """How many events have come."""
        return self._peaks.size

    @property
    def root(self) -> str:
        """The root of their tree, in base64."""
        return b64encode(self._peaks.root()).decode()

    def add(self, data: str) -> None:
        """Take the next event's stored text in; raises BadBackup where the tree is not the one that was signed."""
        self._peaks.add(event_hash(self._origin, self.size + 1, data))
        signed = self._signed.get(self.size)
        if signed is not None and signed.root != self._peaks.root():
            raise BadBackup(
                f"{EVENTS}: the first {self.size} events are not those that were signed: one was changed since",
                f"{EVENTS}：前 {self.size} 个事件与签署时不符：其中有事件被改动",
            )

    def refuse_unmet(self) -> None:
        """Raise BadBackup if more events were signed than have come."""
        most = max(self._signed, default=0)
        if most > self.size:
            raise BadBackup(
                f"{most} events were signed, and there are {self.size}: those after them are missing",
                f"已签署 {most} 个事件，只有 {self.size} 个：缺少其后的事件",
            )


def checkpoint_of(note: str, verifier: str | None) -> Checkpoint:
    """The checkpoint that a note tells, verified where there is a key to verify it with; raises BadNote."""
    if verifier is None:
        return read_checkpoint(read(note).text)
    return verified_checkpoint(note, [read_verifier_key(verifier)])


@contextlib.contextmanager
def appearing(folder: Path, *, private: bool = True) -> Generator[Path]:
    """A folder to write into; at the end it takes its place, whole, or is removed. Nobody else may read a private one.

    Raises FileExistsError if there is something at that place already, and OSError if none can be put there.
    """
    folder = Path(os.path.realpath(folder))
    _refuse_occupied(folder)
    part = folder.with_name(f"{folder.name[:100]}.part-{secrets.token_hex(4)}")
    if private:
        make_folder(part)
    else:
        part.mkdir(parents=True)
    try:
        yield part
        if private:
            for path in part.iterdir():
                path.chmod(0o600)
        _sync(part)
        part.rename(folder)
        _sync(folder.parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _refuse_occupied(folder: Path) -> None:
    if folder.is_mount():
        raise OSError(errno.EBUSY, "nothing can take the place of a mount; name a folder in it", str(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AlreadyThere(f"{folder} is there already, and not empty", f"{folder} 已存在，且不是空的")


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
