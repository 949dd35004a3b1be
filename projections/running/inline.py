"""Views kept in the writer's transaction: what was written can be read at once."""

import logging
import sqlite3
from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from ledger.store.codec import Recorded
from projections.running import states
from projections.view import View

_LONGEST_ERROR = 500
_USUAL_CHARACTERS, _LARGE_CHARACTERS = 16_384, 1_048_576
_FAULTS_OF_A_STATEMENT = {
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_TOOBIG,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_MISUSE,
    sqlite3.SQLITE_RANGE,
}

logger = logging.getLogger(__name__)


class InlineViews:
    """All inline views as one, folded in savepoints, so that a broken one stops neither the log nor the others."""

    name = "inline"

    def __init__(self, views: Sequence[View]) -> None:
        """Keep these views."""
        self._views = views

    def apply(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Fold new facts into every view that stands right before them."""
        standing = states.advance(connection, batch[0].position - 1, batch[-1].position)
        concerned: list[tuple[View, list[Recorded]]] = []
        for view in self._views:
            if view.name in standing:
                relevant = [recorded for recorded in batch if type(recorded.event) in view.types]
                if relevant:
                    concerned.append((view, relevant))
        if not self._folded(connection, concerned):
            # One by one, to learn which it was.
            for one in concerned:
                self._folded(connection, [one], batch[0].position - 1)

    def try_to_write(self, connection: Connection, *, thoroughly: bool) -> None:
        """Write what a few commands would, or `thoroughly` what a large batch would, and take it back."""
        states.write_and_erase(connection, _LARGE_CHARACTERS if thoroughly else _USUAL_CHARACTERS)

    def _folded(
        self,
        connection: Connection,
        concerned: Sequence[tuple[View, list[Recorded]]],
        before: int | None = None,
    ) -> bool:
        """Fold in one savepoint; whether it went well. With `before`, the view is marked broken if it did not."""
        try:
            with connection.begin_nested():
                for view, relevant in concerned:
                    view.fold(connection, relevant)
        except Exception as error:
            if database_failed(error):
                raise
            if before is not None:
                _mark_broken(connection, *concerned[0], before, error)
            return False
        return True


def _mark_broken(
    connection: Connection, view: View, batch: Sequence[Recorded], before: int, error: Exception
) -> None:
    position = batch[0].position
    logger.error("the view %s broke at position %d", view.name, position, exc_info=error)
    broken = states.State(view.name, view.version, before, position, spoken_error(error))
    states.put(connection, broken)


def spoken_error(error: BaseException) -> str:
    """What a broken view says of its fault."""
    return f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]


def database_failed(error: BaseException | None) -> bool:
    """Whether the database itself failed (a full disk, a lost connection): the batch's failure, not the view's."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is None:
        return isinstance(error, OperationalError) or error.connection_invalidated
    # SQLite's driver says OperationalError of a missing table as of a full disk.
    return code & 0xFF not in _FAULTS_OF_A_STATEMENT
