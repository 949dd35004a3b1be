"""What can be had for credits, and how much of it is left."""

from datetime import timedelta

import pytest

from projections.offers import Offer
from tests.projections.book import ANN, BOB, MILL, TODAY, Book
from tests.stories_redemptions import (
    HAIRCUT,
    RICE,
    cancel,
    close_offer,
    fulfil,
    publish,
    redeem,
    restock,
    return_,
)

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def rich(book: Book) -> Book:
    """Two volunteers with something to spend."""
    book.register(ANN, BOB)
    for who in (ANN, BOB):
        book.serve(who, 1_000)
    return book


def offer(book: Book, which: str = RICE) -> Offer | None:
    with book.reading() as connection:
        return book.views.offers.get(connection, which)


def items(book: Book) -> tuple[int, int, int]:
    """Free, held and fulfilled."""
    found = offer(book)
    assert found is not None
    return found.free, found.held, found.fulfilled


def on_offer(book: Book) -> list[str]:
    with book.reading() as connection:
        return [one.id for one in book.views.offers.on(connection, TODAY)]


def test_an_offer_is_shown_as_it_was_published(book: Book):
    book.tell(publish(price=45, stock=7, home=MILL, on=YESTERDAY, until=TOMORROW), publish(HAIRCUT, stock=0))
    rice = Offer(RICE, "大米", "goods", MILL, 45, "2028-05-31", "2028-06-02", 0, 7, 0, 0)
    haircut = Offer(HAIRCUT, "大米", "goods", None, 30, "2028-06-01", None, 0, 0, 0, 0)
    assert (offer(book), offer(book, "off_none")) == (rice, None)
    with book.reading() as connection:
        assert book.views.offers.all(connection) == [haircut, rice]


def test_items_go_from_free_to_held_to_fulfilled_and_back(rich: Book):
    rich.tell(publish(stock=5), redeem(ANN, 3, "red_one"), redeem(BOB, 1, "red_two"))
    assert items(rich) == (1, 4, 0)
    rich.tell(fulfil("red_one"), cancel("red_two"))
    assert items(rich) == (2, 0, 3)
    rich.tell(restock(10), return_("red_one"))
    assert items(rich) == (15, 0, 0)


def test_what_can_be_had_on_a_day_is_open_begun_and_not_over(book: Book):
    book.tell(publish(), publish("off_over", on=YESTERDAY, until=TODAY), publish("off_soon", on=TOMORROW))
    book.tell(
        publish("off_today", on=TODAY, until=TOMORROW), publish("off_closed"), close_offer("off_closed")
    )
    assert on_offer(book) == [RICE, "off_today"]
    closed = offer(book, "off_closed")
    assert closed is not None
    assert closed.closed == 1
