"""What can happen to offers and redemptions."""

from datetime import UTC, datetime, time
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.machine import saying as s
from tests.machine import saying_offers as said
from tests.machine.model_parts import LOCAL
from tests.machine.talking import Talking, picked

STEPS = {
    "fulfil_redemption": "placed",
    "cancel_redemption": "placed",
    "expire_redemption": "placed",
    "return_redemption": "fulfilled",
}
"""What may become of a redemption, and in which state it mostly does."""
NEED_A_REASON = ("cancel_redemption", "return_redemption")


class OfferRules(Talking):
    @rule(
        who=s.who,
        offer=said.offers,
        name=s.names,
        price=said.prices,
        stock=said.stocks,
        community=st.none() | s.numbers,
        days=st.sampled_from([None, None, 0, -1, -10, 1]),
        until=said.untils,
    )
    def publish_offer(
        self, *, who: s.Who, community: int | None, days: int | None, until: int | None, **more: Any
    ) -> None:
        times = {"day": self.day(days), "until": None if until is None else self.day((days or 0) + until)}
        whose = None if community is None else self.community(community)
        self.say("publish_offer", who, **more, kind="goods", community=whose, **times)

    @rule(
        who=s.who,
        how=st.sampled_from(["restock_offer", "restock_offer", "close_offer"]),
        number=s.numbers,
        items=said.stocks,
    )
    def change_offer(self, who: s.Who, how: str, number: int, items: int) -> None:
        more = {"items": items} if how == "restock_offer" else {}
        self.say(how, who, offer=self.offer(number), **more)

    @rule(who=s.who, redemption=said.redemptions, offer=s.numbers, volunteer=s.numbers, items=said.items)
    def redeem(self, *, who: s.Who, redemption: str, offer: int, volunteer: int, items: int) -> None:
        told = {"offer": self.offer(offer), "volunteer": self.volunteer(volunteer), "items": items}
        self.say("place_redemption", who, redemption=redemption, **told)

    @rule(who=s.who, how=st.sampled_from(list(STEPS)), number=s.numbers, reason=s.reasons)
    def settle(self, who: s.Who, how: str, number: int, reason: str) -> None:
        known = self.model.redemptions
        ripe = [name for name, one in known.items() if one["state"] == STEPS[how] or number % 3 == 0]
        why = {"reason": reason} if how in NEED_A_REASON else {}
        self.say(how, who, redemption=picked(number, ripe, said.REDEMPTION_IDS), **why)

    @rule(number=s.numbers)
    def a_hold_comes_to_its_day(self, number: int) -> None:
        """The clock goes on to the day on which a hold that is short may be released."""
        held = [one["expires"] for one in self.model.redemptions.values() if one["state"] == "placed"]
        moments = [datetime.combine(day, time(), UTC) - LOCAL for day in held]
        soon = sorted(one for one in moments if self.clock < one and (one - self.clock).days < 4)
        if soon:
            self.clock = soon[number % len(soon)]

    def offer(self, number: int) -> str:
        """An offer, most often one that was not closed."""
        there = [name for name, one in self.model.offers.items() if not one["closed"]]
        return picked(number, there, said.OFFER_IDS)
