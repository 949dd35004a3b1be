"""Offers: published, restocked, closed, and no item of them sold twice."""

from datetime import date

import pytest

from ledger.domain.commands import AlreadyRecorded
from ledger.domain.communities import UnknownCommunity
from ledger.domain.events.redemptions import MOST_STOCK
from ledger.domain.minutes import MOST_MINUTES
from ledger.domain.offers import OfferNotBegun, OfferOver, OutOfStock, TooManyMinutes, UnknownOffer
from ledger.domain.stays import EmptyTime
from tests.scenario import FRIDAY, MONDAY, SATURDAY, SUNDAY, TOMORROW, given
from tests.stories_redemptions import (
    HAIRCUT,
    OTHER_ORDER,
    RICE,
    cancelled,
    close_offer,
    expired,
    offer_closed,
    placed,
    publish,
    published,
    redeem,
    restock,
    restocked,
    returned,
)
from tests.stories_service import gave
from tests.stories_world import ANN, BOB, MILL, ORCHARD, WORLD, closed, merged

RICH = gave(BOB, ANN, MOST_MINUTES, gift="tra_fortune")
OTHERS = placed(BOB, 4, OTHER_ORDER)

# --- publishing -----------------------------------------------------------------------------------------------------


def test_an_offer_begins_today_unless_told():
    given(WORLD).when(publish()).then(published(on=SUNDAY))


def test_an_offer_has_a_price_a_stock_and_days_and_maybe_a_community():
    command = publish(price=90, stock=7, home=MILL, on=MONDAY, until=TOMORROW)
    given(WORLD).when(command).then(published(price=90, stock=7, home=MILL, on=MONDAY, until=TOMORROW))


def test_an_offer_is_published_once():
    given(published()).when(publish(price=1)).then_refused(AlreadyRecorded, id=RICE)
    given(published(), offer_closed()).when(publish()).then_refused(AlreadyRecorded, id=RICE)


def test_an_offer_is_one_of_an_open_community():
    given(WORLD).when(publish(home="com_never")).then_refused(UnknownCommunity)
    for gone in (closed(MILL), merged(MILL, into=ORCHARD)):
        given(WORLD, gone).when(publish(home=MILL)).then_refused(UnknownCommunity, community=MILL)


@pytest.mark.parametrize("until", [MONDAY, SUNDAY, date.min])
def test_an_offer_has_at_least_one_day(until: date):
    given().when(publish(until=until)).then_refused(EmptyTime, until=until.isoformat())
    given().when(publish(on=SUNDAY, until=until)).then_refused(EmptyTime, day="2026-03-08")


def test_a_field_of_an_offer_holds_what_it_may():
    given().when(publish(price=0)).then_malformed("price")
    given().when(publish(price=MOST_MINUTES + 1)).then_malformed("price")
    given().when(publish(stock=-1)).then_malformed("stock")
    given().when(publish(stock=MOST_STOCK + 1)).then_malformed("stock")
    given().when(publish("red_rice")).then_malformed("offer")
    given().when(restock(0)).then_malformed("items")
    given().when(restock(MOST_STOCK + 1)).then_malformed("items")


# --- restocking and closing -----------------------------------------------------------------------------------------


def test_an_offer_is_restocked():
    given(published()).when(restock(3)).then(restocked(3))
    given(published(on=TOMORROW)).when(restock(MOST_STOCK)).then(restocked(MOST_STOCK))


def test_an_offer_is_closed():
    given(published()).when(close_offer()).then(offer_closed())
    given(published(until=SATURDAY)).when(close_offer()).then(offer_closed())


def test_what_was_never_published_is_neither_restocked_closed_nor_redeemed():
    for command in (restock(1), close_offer(), redeem()):
        given(WORLD).when(command).then_refused(UnknownOffer, offer=RICE)


def test_an_offer_that_is_closed_is_neither_restocked_closed_nor_redeemed():
    for command in (restock(1), close_offer(), redeem()):
        given(WORLD, published(), offer_closed()).when(command).then_refused(OfferOver, name="大米")


def test_an_offer_is_neither_restocked_nor_redeemed_from_its_end_on():
    for command in (restock(1), redeem()):
        given(WORLD, published(until=SUNDAY)).when(command).then_refused(OfferOver)
        given(WORLD, published(until=SUNDAY)).when(command, today=TOMORROW).then_refused(OfferOver)
    given(published(until=SUNDAY)).when(restock(1), today=SATURDAY).then(restocked(1, on=SATURDAY))


# --- its days -------------------------------------------------------------------------------------------------------


def test_an_offer_is_redeemed_from_its_first_day_until_not_including_its_end():
    week = published(on=SATURDAY, until=TOMORROW)
    given(WORLD, week, RICH).when(redeem(), today=FRIDAY).then_refused(OfferNotBegun, day="2026-03-07")
    given(WORLD, week, RICH).when(redeem(), today=SATURDAY).then(placed(on=SATURDAY))
    given(WORLD, week, RICH).when(redeem(), today=SUNDAY).then(placed(on=SUNDAY))
    given(WORLD, week, RICH).when(redeem(), today=TOMORROW).then_refused(OfferOver)


# --- its stock ------------------------------------------------------------------------------------------------------


def test_the_last_item_is_sold_once():
    given(WORLD, RICH, published(), OTHERS).when(redeem()).then(placed(on=SUNDAY))
    given(WORLD, RICH, published(stock=4), OTHERS).when(redeem()).then_refused(OutOfStock, left=0, wanted=1)
    given(WORLD, published(stock=0)).when(redeem()).then_refused(OutOfStock, left=0)


def test_nobody_takes_more_than_there_are():
    refusal = given(WORLD, RICH, published(), OTHERS).when(redeem(items=2)).then_refused(OutOfStock)
    assert refusal.sentence("en") == "Of 大米 there are 1 left, and 2 are wanted."
    assert refusal.sentence("zh") == "“大米”剩余 1 件，不足 2 件。"


def test_more_items_can_be_had_once_an_offer_is_restocked():
    given(WORLD, RICH, published(), OTHERS, restocked(1)).when(redeem(items=2)).then(
        placed(items=2, on=SUNDAY)
    )


@pytest.mark.parametrize("back", [cancelled, expired, returned])
def test_what_was_cancelled_expired_or_returned_can_be_had_again(back: type):
    past = WORLD, RICH, published(stock=4), OTHERS, back(OTHERS)
    given(*past).when(redeem(items=4)).then(placed(items=4, on=SUNDAY))
    given(*past).when(redeem(items=5)).then_refused(OutOfStock, left=4)


def test_every_offer_has_a_stock_of_its_own():
    with pytest.raises(AssertionError, match="does not depend on"):
        given(WORLD, published(), published(HAIRCUT)).when(redeem())


# --- what one redemption carries ------------------------------------------------------------------------------------


def test_a_redemption_carries_no_more_than_a_movement_does():
    dear = published(price=MOST_MINUTES // 2)
    given(WORLD, RICH, dear).when(redeem(items=2)).then(placed(items=2, price=MOST_MINUTES // 2, on=SUNDAY))
    given(WORLD, RICH, dear).when(redeem(items=3)).then_refused(
        TooManyMinutes, wanted=MOST_MINUTES // 2 * 3, most=MOST_MINUTES
    )
    given(WORLD, RICH, published(price=MOST_MINUTES, stock=MOST_STOCK)).when(redeem(items=100)).then_refused(
        TooManyMinutes
    )
