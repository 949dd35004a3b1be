"""Making a ledger from a backup: all of it in one commit, once it is what the manifest and the checkpoints say."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from ledger.backup.form import CHECKPOINTS, EVENTS, MANIFEST, BadBackup, Heads, Manifest
from ledger.backup.reading import Backup
from ledger.domain.bilingual import of_the_decoder
from ledger.domain.events import LedgerOpened
from ledger.people.directory import Directory
from ledger.people.erasures import Erasure
from ledger.people.tables import Content
from ledger.store.codec import StoredEvent, UnreadableEvent, decode, encode_tags
from ledger.store.errors import AlreadyThere
from ledger.store.log import MIGRATIONS, Log, insert
from ledger.store.migrations import applied, migrate
from ledger.store.seals import keep
from projections.running.rebuilding import Progress, no_progress

_BATCH = 5_000
_KEPT = ("a checkpoint that was kept elsewhere", "另行保管的检查点")


class Restored(NamedTuple):
    """What was restored: the backup's manifest, everybody who stays erased, and how many of those it still knew."""

    manifest: Manifest
    erasures: tuple[Erasure, ...]
    erased_again: int


class _Typed(msgspec.Struct):
    """The one field of a stored event that stands in a column of its own."""

    type: str


_type_decoder = msgspec.json.Decoder(_Typed)


def restore(
    backup: Backup,
    log: Log,
    directory: Directory,
    *,
    erased: Iterable[Erasure] = (),
    kept: Sequence[str] = (),
    progress: Progress = no_progress,
) -> Restored:
    """Fill a log and a directory that are not there yet; whoever is in a list of erasures comes back nowhere.

    `erased` are lists from elsewhere, `kept` checkpoints that somebody kept. Raises BadBackup, or FileExistsError where
    there is a ledger already; then nothing is left, but the file of an embedded one.
    """
    content, again = _without_erased(backup.content(), erased)
    signed = backup.checkpoints()
    sizes = [0, *(one.size for _, one in signed)]
    if any(size >= later for size, later in pairwise(sizes)):
        raise BadBackup(
            f"{CHECKPOINTS}: the checkpoints do not follow each other", f"{CHECKPOINTS}：检查点未依次排列"
        )
    if sizes[-1] != backup.manifest.checkpoint:
        raise BadBackup(
            f"{MANIFEST}: the checkpoint is not the last of {CHECKPOINTS}",
            f"{MANIFEST}：所列检查点不是 {CHECKPOINTS} 的最后一个",
        )
    outside = [backup.verified(note, _KEPT) for note in kept]
    with log.appending() as connection:
        if applied(connection):
            raise AlreadyThere("there is a ledger already", "已有账本")
        migrate(connection, MIGRATIONS)
        heads = Heads(backup.manifest.origin, chain((one for _, one in signed), outside))
        _fill(connection, backup, heads, progress)
        keep(connection, [(one.size, note) for note, one in signed])
        directory.set_up(content, within=None if log.store.embedded else connection)
    return Restored(backup.manifest, tuple(content.erasures), again)


def _without_erased(content: Content, erased: Iterable[Erasure]) -> tuple[Content, int]:
    """What may come back, and how many people of the backup may not."""
    gone: dict[str, Erasure] = {}
    for one in chain(content.erasures, erased):
        gone.setdefault(one.id, one)
    volunteers = [one for one in content.volunteers if one.volunteer not in gone]
    persons = [one for one in content.persons if one.person not in gone]
    again = len(content.volunteers) + len(content.persons) - len(volunteers) - len(persons)
    return Content(volunteers, persons, list(gone.values())), again


def _fill(connection: Connection, backup: Backup, heads: Heads, progress: Progress) -> None:
    manifest = backup.manifest
    batch: list[StoredEvent] = []
    for row in _rows(backup.events(), heads, manifest.origin):
        batch.append(row)
        if len(batch) == _BATCH or row.position == manifest.position:
            insert(connection, batch)
            batch = []
            progress("restore", row.position, manifest.position)
    if heads.root != manifest.root:
        raise BadBackup(
            f"{MANIFEST}: the root is another than that of {EVENTS}", f"{MANIFEST}：根与 {EVENTS} 的不同"
        )
    heads.refuse_unmet()


def _rows(texts: Iterable[str], heads: Heads, origin: str) -> Iterator[StoredEvent]:
    """The rows of the log, whose type and tags follow from the stored text."""
    for position, text in enumerate(texts, 1):
        try:
            event, named = decode(text), _type_decoder.decode(text)
        except (UnreadableEvent, msgspec.DecodeError) as error:
            known = error if isinstance(error, UnreadableEvent) else None
            en, zh = of_the_decoder(error) if known is None else (str(known), known.zh)
            raise BadBackup(
                f"{EVENTS}, line {position}: this is no event: {en}",
                f"{EVENTS} 第 {position} 行：不是事件：{zh}",
            ) from None
        if position == 1 and not (isinstance(event, LedgerOpened) and event.origin == origin):
            raise BadBackup(
                f"{EVENTS}, line 1: this does not open the ledger {origin}",
                f"{EVENTS} 第 1 行：没有开立总账 {origin}",
            )
        heads.add(text)
        yield StoredEvent(position, named.type, encode_tags(event.tags()), text)
