"""Replay: the log from its first event up to a position, in a store of its own, with views that can be asked."""

from collections.abc import Sequence

from ledger.audit.kept import fitting
from ledger.store.codec import recorded
from ledger.store.errors import StoreError
from ledger.store.log import Log, batches, head, insert
from ledger.store.seals import keep
from projections.running.inline import InlineViews
from projections.running.rebuilding import Progress, no_progress
from projections.view import View

_BATCH = 5_000


class NotEmpty(StoreError):
    """A log is replayed into an empty store only."""


def replay(log: Log, upto: int, into: Log, views: Sequence[View], progress: Progress = no_progress) -> None:
    """Append the first `upto` events to an empty log as they are stored, and fold them; raises NotEmpty.

    The checkpoints that were signed by then come along. All of it is one commit.
    """
    inline = InlineViews(views)
    with log.store.snapshot() as source, into.appending() as target:
        if head(target):
            raise NotEmpty(
                "there is a ledger already; a log is replayed into an empty folder only",
                "已有账本；总账只能重放到空文件夹",
            )
        for rows in batches(source, 0, upto, size=_BATCH):
            insert(target, rows)
            inline.apply(target, [recorded(row.position, row.data) for row in rows])
            progress("replay", rows[-1].position, upto)
        keep(target, [(row.size, row.note) for row in fitting(source) if row.size <= upto])
