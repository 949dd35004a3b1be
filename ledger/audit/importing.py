"""Taking a bundle's log in: the same bytes at the same positions, under the same root, in one commit."""

from collections.abc import Sequence

from sqlalchemy import Connection

from ledger.audit.bundle_reading import Bundle
from ledger.store.codec import row_of
from ledger.store.errors import StoreError
from ledger.store.log import Log, head, insert
from ledger.store.migrations import applied
from ledger.store.seals import keep
from projections.running.inline import InlineViews
from projections.running.rebuilding import Progress, no_progress
from projections.view import View


class NotEmpty(StoreError):
    """A log is taken into an empty ledger only: there is one already."""


def refuse_in_use(log: Log) -> None:
    """Raise NotEmpty if there is a ledger with events; nothing is made where there is none."""
    with log.store.begin() as connection:
        if applied(connection):
            _refuse_events(connection)


def import_bundle(log: Log, views: Sequence[View], bundle: Bundle, progress: Progress = no_progress) -> None:
    """Append every event of a bundle, fold it, and keep the checkpoints; raises NotEmpty and BadBundle.

    All of it is one commit, after the last event was held against the manifest. `views` stand at the beginning.
    """
    inline = InlineViews(views)
    with log.appending() as connection:
        _refuse_events(connection)
        for batch in bundle.batches():
            insert(connection, [row_of(one) for one in batch])
            inline.apply(connection, batch)
            progress("import", batch[-1].position, bundle.manifest.size)
        keep(connection, [(one.checkpoint.size, one.note) for one in bundle.signed])


def _refuse_events(connection: Connection) -> None:
    events = head(connection)
    if events:
        raise NotEmpty(
            f"there is a ledger already, of {events} events; a log is taken into an empty place only",
            f"已有账本，含 {events} 个事件；总账只能导入到尚无账本之处",
        )
