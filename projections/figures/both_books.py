"""A volunteer's two books, which lines alone tell: no view need be copied for it."""

from sqlalchemy import Connection

from projections.balances import Balance
from projections.figures.clocks import NOW, Clocks
from projections.registry import Views


def balance_at(connection: Connection, views: Views, volunteer: str, clocks: Clocks) -> Balance | None:
    """Both books of a volunteer as the clocks tell them, None if nobody is registered under the id."""
    held = None if clocks == NOW else views.statement.balance(connection, volunteer, clocks)
    if held is not None:
        return held
    now = views.balances.get(connection, volunteer)
    return now if now is None or clocks == NOW else Balance(0, 0)
