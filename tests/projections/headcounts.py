"""How many a shift has, whatever their roles."""

from sqlalchemy import Connection

from projections.sign_ups import SignUps


def headcount(view: SignUps, connection: Connection, shift: str) -> tuple[int, int]:
    """How many have a place, and how many wait."""
    roles = view.by_role(connection, [shift]).values()
    return sum(one.placed for one in roles), sum(one.waiting for one in roles)
