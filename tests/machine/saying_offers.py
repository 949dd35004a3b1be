"""What people may say of offers, posts, organisations, designations and training."""

from collections.abc import Callable, Iterator
from datetime import date

from hypothesis import strategies as st

from tests.machine.model import Asked
from tests.machine.saying import OFFICE, seldom

OFFER_IDS = [f"off_n{number:02}" for number in range(1, 11)]
REDEMPTION_IDS = [f"red_n{number:02}" for number in range(1, 31)]
STAY_IDS = {
    "tenure": [f"ten_n{number:02}" for number in range(1, 13)],
    "attachment": [f"att_n{number:02}" for number in range(1, 13)],
    "designation": [f"des_n{number:02}" for number in range(1, 13)],
    "training": [f"trn_n{number:02}" for number in range(1, 13)],
}

prices = seldom(st.sampled_from([0, 1_000_000_000]), st.sampled_from([1, 15, 15, 60, 240]), one_in=15)
stocks = seldom(st.sampled_from([-1, 1_000_001]), st.sampled_from([0, 1, 1, 2, 3]), one_in=20)
items = seldom(st.sampled_from([0, 101, 100, 3]), st.sampled_from([1, 1, 2]), one_in=12)
untils = st.none() | st.sampled_from([0, 1, 2, 10, -5, 40])
"""Until when something holds, counted from the day it begins."""

end_days = st.sampled_from([None, None, None, 0, 0, -1, -10, 1, -400])
"""On which day something that holds ends, counted from today."""
posts = st.sampled_from(["president", "liaison"])
organisations = st.sampled_from(["org_school", "org_clinic"])
titles = seldom(st.just("bidi\u202e"), st.sampled_from(["Pilot", "ＰＩＬＯＴ", "Model team"]), one_in=25)
bearers = seldom(
    st.sampled_from([(True, True), (False, False)]), st.sampled_from([(True, False), (False, True)])
)
"""Whether a community and whether a team is to bear a title."""
fundings = seldom(st.just(-1), st.none() | st.sampled_from([0, 1_000_000]), one_in=20)
minutes = seldom(st.sampled_from([0, 1_000_000_001]), st.sampled_from([45, 90]), one_in=20)


def opening_words(day: Callable[[int], date | None]) -> Iterator[Asked]:
    """An offer of a single item, one with some and a hold on one of those, one for later, and one too dear."""
    offers = (("off_n01", 60, 1, -1), ("off_n02", 15, 3, -1), ("off_n03", 15, 3, 5))
    for offer, price, stock, begins in (*offers, ("off_n04", 600_000_000, 3, -1)):
        said = {"offer": offer, "name": offer, "kind": "goods", "price": price, "stock": stock}
        yield Asked("publish_offer", {**said, "community": None, "day": day(begins), "until": None}, OFFICE)
    said = {"redemption": "red_n01", "offer": "off_n02", "volunteer": "vol_bob", "items": 1}
    yield Asked("place_redemption", said, OFFICE)
