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
HOWS = ["fulfil_redemption"] * 3 + ["cancel_redemption", "expire_redemption"] + ["return_redemption"] * 2
LIVES: list[list[str]] = [
    [],
    ["fulfil_redemption", "return_redemption", "return_redemption"],
    ["fulfil_redemption", "cancel_redemption"],
    ["cancel_redemption", "expire_redemption"],
    ["expire_redemption", "return_redemption"],
]
"""What may become of a redemption at once, and what not."""
NEED_A_REASON = ("cancel_redemption", "return_redemption")


DEAR = 60
"""What an item mostly costs at most, in minutes."""


class OfferRules(Talking):
    @rule(
        who=s.who,
        new=s.numbers,
        name=s.names,
        price=said.prices,
        stock=said.stocks,
        community=st.none() | s.numbers,
        days=st.sampled_from([None, None, 0, -1, -10, 1]),
        until=said.untils,
    )
    def publish_offer(
        self, *, who: s.Who, new: int, community: int | None, days: int | None, until: int | None, **more: Any
    ) -> None:
        more["offer"] = self.new(new, self.model.offers, said.OFFER_IDS)
        times = {"day": self.day(days), "until": None if until is None else self.day((days or 0) + until)}
        whose = None if community is None else self.community(community)
        self.say("publish_offer", who, **more, kind="goods", community=whose, **times)

    @rule(
        who=s.who,
        how=st.sampled_from(["restock_offer", "restock_offer", "restock_offer", "close_offer"]),
        number=s.numbers,
        items=said.stocks,
    )
    def change_offer(self, who: s.Who, how: str, number: int, items: int) -> None:
        more = {"items": items} if how == "restock_offer" else {}
        self.say(how, who, offer=self.offer(number), **more)

    @rule(
        who=s.who,
        new=s.numbers,
        offer=s.numbers,
        volunteer=s.numbers,
        items=said.items,
        then=st.sampled_from(LIVES),
        reason=s.reasons,
    )
    def redeem(
        self,
        *,
        who: s.Who,
        new: int,
        offer: int,
        volunteer: int,
        items: int,
        then: list[str],
        reason: str,
    ) -> None:
        """A redemption, and what becomes of it at once."""
        redemption = self.new(new, self.model.redemptions, said.REDEMPTION_IDS)
        told = {"offer": self.to_redeem(offer), "volunteer": self.buyer(volunteer), "items": items}
        self.say("place_redemption", who, redemption=redemption, **told)
        self.turn(who, then, redemption, reason)

    @rule(
        who=s.who,
        hows=st.lists(st.sampled_from(HOWS), min_size=1, max_size=3),
        number=s.numbers,
        reason=s.reasons,
    )
    def settle(self, who: s.Who, hows: list[str], number: int, reason: str) -> None:
        ripe = self.ripe(hows[0]) if number % 3 else self.model.redemptions
        self.turn(who, hows, picked(number, ripe, said.REDEMPTION_IDS), reason)

    def turn(self, who: s.Who, hows: list[str], redemption: str, reason: str) -> None:
        for how in hows:
            why = {"reason": reason} if how in NEED_A_REASON else {}
            self.say(how, (who[0], None), redemption=redemption, **why)

    @rule(who=s.who, number=s.numbers)
    def a_hold_comes_to_its_day(self, who: s.Who, number: int) -> None:
        """The clock goes on to the day on which a hold that is short may be released, and mostly it is."""
        held = [
            (one["expires"], name) for name, one in self.model.redemptions.items() if one["state"] == "placed"
        ]
        moments = [(datetime.combine(day, time(), UTC) - LOCAL, name) for day, name in held]
        soon = sorted(one for one in moments if (one[0] - self.clock).days < 4)
        if soon:
            moment, name = soon[number % len(soon)]
            self.clock = max(self.clock, moment)
            if number % 3:
                self.say("expire_redemption", who, redemption=name)

    def ripe(self, how: str) -> list[str]:
        """The redemptions that are in the state for it, and whose day has come."""
        there = [(name, one) for name, one in self.model.redemptions.items() if one["state"] == STEPS[how]]
        today = self.model.today
        return [name for name, one in there if how != "expire_redemption" or one["expires"] <= today]

    def to_redeem(self, number: int) -> str:
        """An offer, most often one that somebody might redeem today."""
        offers = self.model.offers
        there = [
            name for name, one in offers.items() if not one["closed"] and one["begins"] <= self.model.today
        ]
        fit = [name for name in there if self.model.items(name)["free"] and offers[name]["price"] <= DEAR]
        return picked(number, fit, said.OFFER_IDS) if number % 3 else self.offer(number)

    def buyer(self, number: int) -> str:
        """A volunteer, most often one in good standing who has credits."""
        rich = [
            who for who in self.model.volunteers if self.model.accounts.get(f"volunteer:{who}", 0) >= DEAR
        ]
        fit = [who for who in rich if self.model.standing(who, self.model.today) == "active"]
        return picked(number, fit, s.VOLUNTEER_IDS) if number % 4 else self.volunteer(number)

    def offer(self, number: int) -> str:
        """An offer, most often one that was not closed."""
        odd = number % 6 == 0
        there = [name for name, one in self.model.offers.items() if odd or not one["closed"]]
        return picked(number, there, said.OFFER_IDS)
