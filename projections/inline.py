"""Views kept in the writer's transaction: what was written can be read at once."""

import logging
from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from ledger.store.codec import Recorded
from projections import states
from projections.view import View

_LONGEST_ERROR = 500

logger = logging.getLogger(__name__)


class InlineViews:
    """All inline views as one: each folds in a savepoint, so that a broken one stops neither the log nor the others."""

    name = "inline"

    def __init__(self, views: Sequence[View]) -> None:
        """Keep these views."""
        self._views = views

    def apply(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Fold new facts into every view that stands right before them."""
        before, after = batch[0].position - 1, batch[-1].position
        standing = states.standing_at(connection, before)
        for view in self._views:
            if view.name in standing:
                relevant = [recorded for recorded in batch if type(recorded.event) in view.types]
                if relevant:
                    self._fold(connection, view, relevant, standing[view.name])
        states.move(connection, before, after)

    def _fold(
        self, connection: Connection, view: View, batch: Sequence[Recorded], state: states.State
    ) -> None:
        try:
            with connection.begin_nested():
                view.fold(connection, batch)
        except OperationalError:
            # The database itself failed (a full disk, a lost connection): that is the batch's failure, not the view's.
            raise
        except Exception as error:
            logger.exception("the view %s broke at position %d", view.name, batch[0].position)
            said = f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
            states.put(connection, state._replace(broken_at=batch[0].position, error=said))
