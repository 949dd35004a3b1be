"""What a volunteer is booked for: stretches of time that meet, and finding the one that does."""

from datetime import datetime, timedelta

from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.instants import meet
from ledger.domain.sign_up_state import Bookings
from tests.stories_shifts import NINE, shift, signed_up
from tests.stories_world import ANN

moments = st.integers(0, 20).map(lambda hours: NINE + timedelta(hours=hours))


@for_all(moments, moments, moments, moments)
def test_two_stretches_meet_if_some_moment_is_in_both(a: datetime, b: datetime, c: datetime, d: datetime):
    if a >= b or c >= d:
        return
    hours = {NINE + timedelta(hours=hour, minutes=30) for hour in range(21)}
    shared = any(a <= hour < b and c <= hour < d for hour in hours)
    assert meet(a, b, c, d) == meet(c, d, a, b) == shared


@for_all(st.permutations(range(12)), st.integers(0, 23), st.integers(1, 8))
def test_of_many_places_the_one_that_clashes_is_found(order: list[int], first: int, hours: int):
    """Places of an hour at every even hour."""
    bookings = Bookings("volunteer:vol_ann")
    for number in order:
        begins = NINE + timedelta(hours=2 * number)
        bookings.see(
            signed_up(
                ANN, shift(f"shi_n{number:02}", begins, begins + timedelta(hours=1)), as_=f"sig_n{number:02}"
            )
        )
    begins = NINE + timedelta(hours=first)
    clash = any(number in range(0, 24, 2) for number in range(first, first + hours))
    assert (bookings.taken(begins, begins + timedelta(hours=hours)) is not None) == clash
