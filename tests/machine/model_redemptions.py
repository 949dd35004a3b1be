"""The model's offers and redemptions: items that are free, held or fulfilled, and the minutes that go with them."""

from datetime import date, timedelta
from typing import Any

from tests.machine.bounds import MOST_MINUTES
from tests.machine.model_minutes import Minutes
from tests.machine.model_trees import in_use


class Redemptions(Minutes):
    def __init__(self) -> None:
        super().__init__()
        self.offers: dict[str, dict[str, Any]] = {}
        self.redemptions: dict[str, dict[str, Any]] = {}

    def publish_offer(
        self,
        *,
        offer: str,
        stock: int,
        community: str | None,
        day: date | None,
        until: date | None,
        **said: Any,
    ) -> None:
        """`said` are its name, kind and price."""
        self.refuse("already-recorded", offer in self.offers)
        self.refuse("unknown-community", community is not None and not in_use(self.communities, community))
        begins = day or self.today
        self.refuse("empty-time", until is not None and until <= begins)
        said |= {"community": community, "begins": begins, "until": until}
        self.offers[offer] = {**said, "closed": False, "stock": stock}
        self.record()

    def restock_offer(self, offer: str, items: int) -> None:
        self.refuse_offer_over(offer)["stock"] += items
        self.record()

    def close_offer(self, offer: str) -> None:
        self.refuse("unknown-offer", offer not in self.offers)
        self.refuse("offer-over", self.offers[offer]["closed"])
        self.offers[offer]["closed"] = True
        self.record()

    def place_redemption(self, redemption: str, offer: str, volunteer: str, items: int) -> None:
        self.refuse("already-recorded", redemption in self.redemptions)
        self.refuse_inactive(volunteer, self.today)
        one = self.refuse_offer_over(offer)
        self.refuse("offer-not-begun", self.today < one["begins"])
        minutes = one["price"] * items
        self.refuse("too-many-minutes", minutes > MOST_MINUTES)
        self.refuse("out-of-stock", items > self.items(offer)["free"])
        policy = self.policy(self.today)
        self.refuse("no-policy", policy is None)
        policy = policy or {}
        left = self.accounts.get(f"volunteer:{volunteer}", 0) - minutes
        self.refuse("not-enough-credits", left < policy["floor"])
        said = {"offer": offer, "volunteer": volunteer, "items": items, "minutes": minutes}
        said |= {"name": one["name"], "community": one["community"], "placed": self.today}
        said["placed_at"] = self.at
        said["expires"] = self.today + timedelta(days=policy.get("hold_days", 30))
        self.redemptions[redemption] = said
        self.step(redemption, "placed", f"volunteer:{volunteer}", f"held:{redemption}")

    def fulfil_redemption(self, redemption: str) -> None:
        one = self.refuse_settled(redemption)
        self.step(redemption, "fulfilled", f"held:{redemption}", f"redeemed:{one['offer']}")

    def cancel_redemption(self, redemption: str, reason: str) -> None:
        one = self.refuse_settled(redemption)
        self.step(redemption, "cancelled", f"held:{redemption}", f"volunteer:{one['volunteer']}", reason)

    def expire_redemption(self, redemption: str) -> None:
        one = self.refuse_settled(redemption)
        self.refuse("not-expired-yet", self.today < one["expires"])
        self.step(redemption, "expired", f"held:{redemption}", f"volunteer:{one['volunteer']}")

    def return_redemption(self, redemption: str, reason: str) -> None:
        self.refuse("unknown-redemption", redemption not in self.redemptions)
        one = self.redemptions[redemption]
        self.refuse("already-returned", one["state"] == "returned")
        self.refuse("not-fulfilled", one["state"] != "fulfilled")
        source = f"redeemed:{one['offer']}"
        self.step(redemption, "returned", source, f"volunteer:{one['volunteer']}", reason)

    def refuse_offer_over(self, offer: str) -> dict[str, Any]:
        self.refuse("unknown-offer", offer not in self.offers)
        one = self.offers[offer]
        self.refuse("offer-over", one["closed"])
        self.refuse("offer-over", one["until"] is not None and one["until"] <= self.today)
        return one

    def refuse_settled(self, redemption: str) -> dict[str, Any]:
        self.refuse("unknown-redemption", redemption not in self.redemptions)
        self.refuse("already-settled", self.redemptions[redemption]["state"] != "placed")
        return self.redemptions[redemption]

    def items(self, offer: str) -> dict[str, int]:
        """How many items of an offer are free, held and fulfilled."""
        own = [one for one in self.redemptions.values() if one["offer"] == offer]
        held = sum(one["items"] for one in own if one["state"] == "placed")
        fulfilled = sum(one["items"] for one in own if one["state"] == "fulfilled")
        free = self.offers[offer]["stock"] - held - fulfilled
        return {"free": free, "held": held, "fulfilled": fulfilled}

    def step(self, redemption: str, state: str, source: str, target: str, reason: str | None = None) -> None:
        """A redemption gets to another state, and its minutes to another account."""
        one = self.redemptions[redemption]
        one.update(state=state, since=self.today, reason=reason)
        self.record()
        own = f"volunteer:{one['volunteer']}"
        for account, minutes in ((source, -one["minutes"]), (target, one["minutes"])):
            self.pay(account, minutes)
            if account == own:
                about = (f"redemption-{state}", self.today, one["name"])
                self.line(one["volunteer"], *about, reason, (0, minutes))
