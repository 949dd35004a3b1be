"""Redemptions: minutes are held, then spent or released, once; and what was fulfilled may come back, once."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.commands import AlreadyRecorded, Command
from ledger.domain.credits import NotEnoughCredits
from ledger.domain.events import Event, OfferPublished, OfferRestocked, RedemptionEvent, RedemptionPlaced
from ledger.domain.events.redemptions import MOST_ITEMS
from ledger.domain.policies import NoPolicy
from ledger.domain.policy import STANDARD
from ledger.domain.postings import postings
from ledger.domain.redemption_state import (
    AlreadyReturned,
    AlreadySettled,
    NotExpiredYet,
    NotFulfilled,
    UnknownRedemption,
)
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered
from tests.scenario import MONDAY, SUNDAY, TOMORROW, TUESDAY, Background, given
from tests.stories_redemptions import (
    HOLD,
    ORDER,
    OTHER_ORDER,
    RICE,
    cancel,
    cancelled,
    expire,
    expired,
    fulfil,
    fulfilled,
    offer_closed,
    placed,
    published,
    redeem,
    restock,
    return_,
    returned,
)
from tests.stories_service import earned, gave, give
from tests.stories_world import (
    ANN,
    BOB,
    EVE,
    MILL,
    PEOPLE,
    PLACES,
    WORLD,
    adopted,
    policy,
    suspended,
    withdrew,
)

Step = Callable[[RedemptionPlaced], Event]
HELD = placed()
LATE = TUESDAY + HOLD
"""The first day on which the hold may be released."""

settled = pytest.mark.parametrize(
    ("step", "state"),
    [(fulfilled, "fulfilled"), (cancelled, "cancelled"), (expired, "expired")],
    ids=["fulfilled", "cancelled", "expired"],
)

# --- placing --------------------------------------------------------------------------------------------------------


def test_a_volunteer_redeems_credits_for_an_offer():
    given(WORLD, published(), earned(ANN, 60)).when(redeem(), by=ANN).then(placed(on=SUNDAY))


def test_a_redemption_carries_what_it_is_for_and_what_all_its_items_cost():
    offer = published(price=7, home=MILL)
    given(WORLD, offer, earned(ANN, 60)).when(redeem(items=5)).then(
        placed(items=5, price=7, home=MILL, on=SUNDAY)
    )


def test_nobody_redeems_what_they_cannot_pay():
    given(WORLD, published(), earned(ANN, 59)).when(redeem(items=2)).then_refused(
        NotEnoughCredits, available=59, wanted=60
    )
    given(WORLD, published()).when(redeem()).then_refused(NotEnoughCredits, available=0)


def test_what_is_held_or_spent_is_not_spent_again():
    before = WORLD, published(), earned(ANN, 60)
    other = placed(items=2, order=OTHER_ORDER)
    given(*before, other).when(redeem()).then_refused(NotEnoughCredits, available=0)
    given(WORLD, earned(ANN, 60), other).when(give(ANN, BOB, 1)).then_refused(NotEnoughCredits)


@pytest.mark.parametrize("back", [cancelled, expired, returned])
def test_what_was_released_or_returned_can_be_spent(back: Step):
    other = placed(items=2, order=OTHER_ORDER)
    past = earned(ANN, 60), other, back(other)
    given(WORLD, *past).when(give(ANN, BOB, 60)).then(gave(ANN, BOB, 60))
    given(WORLD, published(), *past).when(redeem(items=2)).then(placed(items=2, on=SUNDAY))


def test_redeeming_may_go_down_to_the_floor_of_the_policy_in_force():
    lenient = PLACES, PEOPLE, adopted(policy(floor=-60)), published()
    given(*lenient).when(redeem(items=2)).then(placed(items=2, on=SUNDAY))
    given(*lenient).when(redeem(items=3)).then_refused(NotEnoughCredits, available=60, wanted=90)
    given(PLACES, PEOPLE, published(), earned(ANN, 60)).when(redeem()).then_refused(NoPolicy)


def test_only_a_volunteer_in_good_standing_redeems():
    given(WORLD, published()).when(redeem(EVE)).then_refused(NotRegistered, volunteer=EVE)
    for fact in (suspended(ANN, MONDAY), withdrew(ANN, SUNDAY)):
        given(WORLD, published(), earned(ANN, 60), fact).when(redeem()).then_refused(
            NotInGoodStanding, volunteer=ANN
        )


@pytest.mark.parametrize("step", [None, fulfilled, cancelled, expired])
def test_the_id_of_a_redemption_is_used_once(step: Step | None):
    past = [HELD] if step is None else [HELD, step(HELD)]
    given(WORLD, published(), *past).when(redeem(BOB)).then_refused(AlreadyRecorded, id=ORDER)


@pytest.mark.parametrize("items", [0, -1, MOST_ITEMS + 1, 2**64])
def test_a_redemption_is_of_one_to_a_hundred_items(items: int):
    given().when(redeem(items=items)).then_malformed("items")


def test_a_hold_lasts_as_long_as_the_policy_in_force_says():
    short = policy(hold_days=2)
    past = PLACES, PEOPLE, adopted(STANDARD), published(), earned(ANN, 60)
    given(*past, adopted(short, SUNDAY)).when(redeem()).then(placed(on=SUNDAY, hold=timedelta(days=2)))
    given(*past, adopted(short, TOMORROW)).when(redeem()).then(placed(on=SUNDAY, hold=timedelta(days=30)))


# --- spending and releasing a hold ----------------------------------------------------------------------------------


def test_a_held_redemption_is_fulfilled():
    given(HELD).when(fulfil()).then(fulfilled(HELD))


def test_a_held_redemption_is_cancelled():
    given(HELD).when(cancel(reason="not-needed"), by=ANN).then(cancelled(HELD, reason="not-needed"))


def test_a_hold_expires_on_its_day_and_not_before():
    given(HELD).when(expire(), today=LATE - timedelta(days=1)).then_refused(
        NotExpiredYet, expires=LATE.isoformat()
    )
    given(HELD).when(expire(), today=LATE).then(expired(HELD, on=LATE))


def test_a_redemption_is_fulfilled_for_as_long_as_nobody_released_it():
    given(HELD).when(fulfil(), today=LATE).then(fulfilled(HELD, on=LATE))
    given(HELD, expired(HELD, on=LATE)).when(fulfil(), today=LATE).then_refused(AlreadySettled)


@settled
@pytest.mark.parametrize("command", [fulfil(), cancel(), expire()], ids=["fulfil", "cancel", "expire"])
def test_a_hold_is_spent_or_released_once(step: Step, state: str, command: Command):
    given(HELD, step(HELD)).when(command, today=LATE).then_refused(AlreadySettled, state=state)
    given(HELD, fulfilled(HELD), returned(HELD)).when(command, today=LATE).then_refused(
        AlreadySettled, state="returned"
    )


def test_what_became_of_a_redemption_is_told_as_people_say_it():
    refusal = given(HELD, cancelled(HELD)).when(fulfil()).then_refused(AlreadySettled)
    assert refusal.sentence("en").startswith("The redemption red_order was cancelled before;")
    assert refusal.sentence("zh").startswith("兑换 red_order 已取消，")


def test_what_was_never_placed_is_neither_fulfilled_released_nor_returned():
    for command in (fulfil(), cancel(), expire(), return_()):
        given().when(command).then_refused(UnknownRedemption, redemption=ORDER)


def test_a_hold_depends_on_nothing_but_itself():
    """Whatever became of the offer or of the volunteer since, it is spent or released."""
    for fact in (offer_closed(), suspended(ANN), published()):
        with pytest.raises(AssertionError, match="does not depend on"):
            given(HELD, fact).when(fulfil())


# --- returning ------------------------------------------------------------------------------------------------------


def test_what_was_fulfilled_is_returned():
    given(HELD, fulfilled(HELD)).when(return_(reason="torn")).then(returned(HELD, reason="torn"))


def test_only_what_was_fulfilled_is_returned():
    given(HELD).when(return_()).then_refused(NotFulfilled, redemption=ORDER)
    for step in (cancelled, expired):
        given(HELD, step(HELD)).when(return_()).then_refused(NotFulfilled)


def test_a_redemption_is_returned_once():
    given(HELD, fulfilled(HELD), returned(HELD)).when(return_()).then_refused(AlreadyReturned)


# --- any order ------------------------------------------------------------------------------------------------------

BRIEF = PLACES + PEOPLE + Background((adopted(policy(hold_days=1)),))
"""Holds that may be released on the next day."""

ORDERS = ("red_one", "red_two", "red_three")
WISHES: list[Command] = [
    *(redeem(who, items, order) for who in (ANN, BOB) for items in (1, 2) for order in ORDERS),
    *(step(order) for step in (fulfil, cancel, expire, expire, return_, return_) for order in ORDERS),
    restock(1),
]
wishes = st.tuples(st.sampled_from([SUNDAY, TOMORROW]), st.sampled_from(WISHES))


@for_all(st.lists(wishes, min_size=20, max_size=60), st.sampled_from([None, None, TOMORROW]))
def test_whatever_is_wanted_no_item_is_sold_twice_and_no_hold_released_and_spent(
    wanted: list[tuple[date, Command]], until: date | None
):
    facts: list[Event] = [
        published(stock=2, until=until),
        earned(ANN, 120),
        earned(BOB, 60, record="rec_bobs"),
    ]
    for day, command in sorted(wanted, key=lambda one: one[0]):
        facts += given(BRIEF, Background(tuple(facts))).when(command, today=day).events
        assert_sound(facts)


def assert_sound(facts: list[Event]) -> None:
    """Told from the facts alone, and by no fold of the ledger."""
    put_in = sum(fact.stock for fact in facts if isinstance(fact, OfferPublished))
    put_in += sum(fact.items for fact in facts if isinstance(fact, OfferRestocked))
    ways: dict[str, list[str]] = {}
    for fact in facts:
        if isinstance(fact, RedemptionEvent):
            ways.setdefault(fact.redemption, []).append(type(fact).__name__.removeprefix("Redemption"))
    assert {tuple(way) for way in ways.values()} <= WAYS
    taken = sum(
        fact.items
        for fact in facts
        if isinstance(fact, RedemptionPlaced) and ways[fact.redemption][-1] in {"Placed", "Fulfilled"}
    )
    assert taken <= put_in
    accounts: Counter[str] = Counter()
    for fact in facts:
        for line in postings(fact):
            accounts[line.account] += line.minutes
    assert sum(accounts.values()) == 0
    own = {account: minutes for account, minutes in accounts.items() if not account.startswith("issuance:")}
    assert all(minutes >= 0 for minutes in own.values())
    held = sum(minutes for account, minutes in own.items() if account.startswith("held:"))
    assert held + own.get(f"redeemed:{RICE}", 0) == taken * 30


WAYS = {
    ("Placed",),
    ("Placed", "Fulfilled"),
    ("Placed", "Cancelled"),
    ("Placed", "Expired"),
    ("Placed", "Fulfilled", "Returned"),
}
