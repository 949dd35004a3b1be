"""The view of sign-ups: rosters in the order in which people got their places."""

from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Connection, create_engine

from ledger.domain.events import Event, RolePlaces
from ledger.store.codec import Recorded
from projections.shifts import Shifts
from projections.sign_ups import SignUps
from tests.projections.headcounts import headcount
from tests.stories_shifts import DAN, FAY, MORNING, excused, missed, shift, signed_up, waits
from tests.stories_world import ANN, BOB

FULL = shift(places=3, waitlist=2)
SIGNED_UP = [signed_up(ANN, FULL), signed_up(BOB, FULL), signed_up(DAN, FULL), waits(FAY, FULL)]
SIGN_UPS, SHIFTS = SignUps(), Shifts()


@pytest.fixture
def connection() -> Iterator[Connection]:
    with create_engine("sqlite://").begin() as connection:
        for view in (SIGN_UPS, SHIFTS):
            view.metadata.create_all(connection)
        yield connection


def fold(connection: Connection, facts: Sequence[Event], after: int = 0) -> None:
    SIGN_UPS.fold(
        connection, [Recorded(number, fact, "") for number, fact in enumerate(facts, start=after + 1)]
    )


def roster(connection: Connection) -> list[tuple[str, str]]:
    return [(row.volunteer, row.state) for row in SIGN_UPS.roster(connection, MORNING)]


@pytest.mark.parametrize("together", [True, False])
def test_a_no_show_keeps_the_place_in_the_roster(connection: Connection, together: bool):
    if together:
        fold(connection, [*SIGNED_UP, missed(ANN, FULL)])
    else:
        fold(connection, SIGNED_UP)
        fold(connection, [missed(ANN, FULL)], after=4)
    others = [(BOB, "placed"), (DAN, "placed"), (FAY, "waiting")]
    assert roster(connection) == [(ANN, "no-show"), *others]
    fold(connection, [excused(ANN, FULL)], after=5)
    assert roster(connection) == [(ANN, "placed"), *others]


def test_places_and_heads_are_counted(connection: Connection):
    wanted = shift(places=2, more=(RolePlaces(role="usher", places=1),))
    SHIFTS.fold(connection, [Recorded(1, wanted, "")])
    assert SHIFTS.places(connection, MORNING) == {"guide": 2, "usher": 1}
    fold(connection, [*SIGNED_UP, missed(ANN, FULL)])
    assert headcount(SIGN_UPS, connection, MORNING) == (3, 1)
