"""Every redemption, with what has become of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from ledger.domain.redemption_state import State
from projections.redemptions import Redemption
from tests.projections.book import ANN, BOB, MILL, NOON, TODAY, Book, opened
from tests.projections.plans import planning
from tests.stories_redemptions import (
    HAIRCUT,
    RICE,
    cancel,
    expire,
    fulfil,
    publish,
    redeem,
    return_,
)

clock = [NOON]
LATER = NOON + timedelta(days=30)


def now() -> datetime:
    return clock[0]


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    """Ann and Bob have something to spend, and there is something to spend it on."""
    clock[0] = NOON
    with opened(database_url, now) as book:
        book.register(ANN, BOB)
        for who in (ANN, BOB):
            book.serve(who, 1_000)
        book.tell(publish(home=MILL), publish(HAIRCUT))
        yield book


def states(book: Book, **asked: str) -> dict[str, str]:
    with book.reading() as connection:
        found = book.views.redemptions.listed(
            connection, volunteer=asked.get("volunteer"), offer=asked.get("offer")
        )
    return {one.id: one.state for one in found}


def due(book: Book, days: int) -> list[str]:
    with book.reading() as connection:
        return [one.id for one in book.views.redemptions.due(connection, TODAY + timedelta(days=days))]


def test_a_redemption_is_shown_with_what_it_is_for_and_until_when_it_is_held(book: Book):
    book.tell(redeem(ANN, 2))
    whole = Redemption(
        "red_order",
        RICE,
        "大米",
        MILL,
        ANN,
        2,
        60,
        "2028-06-01",
        "2028-07-01",
        "placed",
        "2028-06-01",
        "2028-06-01T04:00:00.000000Z",
        None,
    )
    with book.reading() as connection:
        assert book.views.redemptions.listed(connection) == [whole]
    clock[0] = LATER
    book.tell(fulfil())
    with book.reading() as connection:
        assert book.views.redemptions.listed(connection) == [
            whole._replace(state="fulfilled", since="2028-07-01")
        ]


def test_each_step_leads_to_its_state(book: Book):
    for order in ("red_aaa", "red_bbb", "red_ccc", "red_ddd", "red_eee"):
        book.tell(redeem(ANN, 1, order, offer=HAIRCUT))
    clock[0] = LATER
    book.tell(cancel("red_bbb"), fulfil("red_ccc"), expire("red_ddd"), fulfil("red_eee"), return_("red_eee"))
    assert states(book) == {
        "red_aaa": "placed",
        "red_bbb": "cancelled",
        "red_ccc": "fulfilled",
        "red_ddd": "expired",
        "red_eee": "returned",
    }


def test_a_redemption_keeps_why_it_was_given_up(book: Book):
    book.tell(redeem(ANN, 1, "red_aaa"), redeem(ANN, 1, "red_bbb"), redeem(ANN, 1, "red_ccc"))
    book.tell(cancel("red_aaa", "ill"), fulfil("red_bbb"), return_("red_bbb", "broken"), fulfil("red_ccc"))
    with book.reading() as connection:
        found = {one.id: one.reason for one in book.views.redemptions.listed(connection)}
    assert found == {"red_aaa": "ill", "red_bbb": "broken", "red_ccc": None}


def test_the_latest_redemptions_of_a_volunteer_are_found_by_an_index(sqlite_url: str):
    with opened(sqlite_url, now) as book, book.reading() as connection, planning(connection) as plans:
        book.views.redemptions.latest(connection, ANN, before=("2028", "red_aaa"))
        book.views.redemptions.latest(connection, ANN, state=State.PLACED)
    for [step] in plans:
        assert "INDEX redemption_volunteer" in step


def test_redemptions_are_found_by_volunteer_offer_and_state(book: Book):
    book.tell(redeem(ANN, 1, "red_aaa"), redeem(BOB, 1, "red_bbb"), redeem(ANN, 1, "red_ccc", offer=HAIRCUT))
    book.tell(fulfil("red_ccc"))
    assert list(states(book, volunteer=ANN)) == ["red_aaa", "red_ccc"]
    assert list(states(book, offer=RICE)) == ["red_aaa", "red_bbb"]
    assert list(states(book, volunteer=ANN, offer=RICE)) == ["red_aaa"]
    with book.reading() as connection:
        found = book.views.redemptions.listed(connection, state=State.FULFILLED)
        assert [one.id for one in found] == ["red_ccc"]


def test_pages_follow_one_another(book: Book):
    for order in ("red_ccc", "red_aaa", "red_bbb"):
        book.tell(redeem(ANN, 1, order))
    with book.reading() as connection:
        pages = [
            book.views.redemptions.listed(connection, after=after, limit=2)
            for after in ("", "red_bbb", "red_ccc")
        ]
    assert [[one.id for one in page] for page in pages] == [["red_aaa", "red_bbb"], ["red_ccc"], []]


def test_holds_are_due_from_the_day_on_which_they_may_be_released(book: Book):
    book.tell(redeem(BOB, 1, "red_zzz"), redeem(BOB, 1, "red_gone"), redeem(BOB, 1, "red_had"))
    clock[0] = NOON + timedelta(days=1)
    book.tell(redeem(ANN, 1, "red_aaa"), cancel("red_gone"), fulfil("red_had"))
    assert due(book, 29) == []
    assert due(book, 30) == ["red_zzz"]
    assert due(book, 31) == ["red_zzz", "red_aaa"]
