"""The model's shifts and sign-ups: who has a place, and who waits for one in which order."""

from datetime import datetime, timedelta
from typing import Any

from tests.machine.model_parts import day_of
from tests.machine.model_places import Places
from tests.machine.model_qualities import Qualities

HAVE_PLACES = ("placed", "no-show")
ENDED = ("withdrawn", "released")


class Shifts(Qualities, Places):
    def __init__(self) -> None:
        super().__init__()
        self.sign_ups: dict[str, dict[str, Any]] = {}

    def publish_shift(
        self, *, shift: str, activity: str, begins: datetime, ends: datetime, roles: Any, **asks: Any
    ) -> None:
        """`asks` are the waitlist, the age bands and the skills."""
        self.refuse("already-recorded", shift in self.shifts)
        hosting = self.refuse_called_off(activity)["said"]["community"]
        self.refuse("invalid-input", not timedelta(0) < ends - begins <= timedelta(days=7))
        places = {wanted["role"]: wanted["places"] for wanted in roles}
        self.refuse("invalid-input", len(places) < len(roles))
        self.refuse("invalid-input", sum(places.values()) > 500)
        times = {"day": day_of(begins), "begins": begins, "ends": ends}
        said = {"activity": activity, "community": hosting, **times, "places": places, **asks}
        self.shifts[shift] = {**said, "cancelled": False}
        self.record()

    def cancel_shift(self, shift: str, reason: str) -> None:
        one = self.refuse_no_shift(shift)
        self.refuse("has-begun", any(sign_up["came"] for sign_up in self.on(shift).values()))
        one["cancelled"] = True
        self.record()
        for sign_up in [*self.on(shift, *HAVE_PLACES), *self.on(shift, "waiting")]:
            self.turn(sign_up, "released")

    def sign_up(self, sign_up: str, shift: str, volunteer: str, role: str) -> None:
        one = self.refuse_over(shift)
        self.refuse("already-signed-up", self.sign_up_of(volunteer, shift))
        self.refuse("already-recorded", sign_up in self.sign_ups)
        self.refuse_inactive(volunteer, one["day"])
        self.refuse_unqualified(volunteer, one["ages"], one["skills"], one["day"])
        self.refuse("unknown-role", role not in one["places"])
        free, first = self.free(shift, role), self.first_in_line(shift, role)
        if len(first) < free:
            self.refuse("overlapping-shift", self.taken(volunteer, shift))
        else:
            waiting = len(self.on(shift, "waiting")) - len(first)
            self.refuse("shift-full", waiting >= one["waitlist"])
        for earlier in first:
            self.turn(earlier, "placed")
        self.sign_ups[sign_up] = {"shift": shift, "volunteer": volunteer, "role": role, "came": False}
        self.turn(sign_up, "placed" if len(first) < free else "waiting")

    def place_volunteer(self, sign_up: str, shift: str, volunteer: str, role: str, reason: str) -> None:
        one = self.refuse_over(shift)
        self.refuse("unknown-role", role not in one["places"])
        earlier = self.sign_up_of(volunteer, shift)
        waits = earlier is not None and self.sign_ups[earlier]["state"] == "waiting"
        self.refuse("already-signed-up", earlier is not None and not waits)
        self.refuse("already-recorded", earlier is None and sign_up in self.sign_ups)
        self.refuse_inactive(volunteer, one["day"])
        self.refuse_unqualified(volunteer, (), (), one["day"])
        self.refuse("overlapping-shift", self.taken(volunteer, shift))
        if earlier is None:
            said = {"shift": shift, "volunteer": volunteer, "role": role, "came": False}
            self.sign_ups[sign_up] = said
        # Whoever waits keeps the sign-up that they know, with its role.
        self.turn(earlier or sign_up, "placed")

    def withdraw_sign_up(self, sign_up: str) -> None:
        one = self.refuse_ended(sign_up)
        self.refuse("already-came", one["came"])
        self.refuse_over(one["shift"])
        had_a_place = one["state"] in HAVE_PLACES
        self.turn(sign_up, "withdrawn")
        if had_a_place:
            for first in self.first_in_line(one["shift"], one["role"]):
                self.turn(first, "placed")

    def fill_places(self, shift: str) -> None:
        one = self.refuse_over(shift)
        first = [waiting for role in one["places"] for waiting in self.first_in_line(shift, role)]
        self.refuse("nobody-to-promote", not first)
        for waiting in first:
            self.turn(waiting, "placed")

    def record_no_show(self, sign_up: str) -> None:
        one = self.refuse_ended(sign_up)
        self.refuse("still-waiting", one["state"] == "waiting")
        self.refuse("already-came", one["came"])
        self.refuse("shift-not-over", self.now < self.shifts[one["shift"]]["ends"])
        self.refuse("already-recorded", one["state"] == "no-show")
        one["state"] = "no-show"
        self.record()

    def lift_no_show(self, sign_up: str, reason: str) -> None:
        self.refuse("unknown-sign-up", sign_up not in self.sign_ups)
        self.refuse("not-a-no-show", self.sign_ups[sign_up]["state"] != "no-show")
        self.sign_ups[sign_up]["state"] = "placed"
        self.record()

    def refuse_no_shift(self, shift: str) -> dict[str, Any]:
        self.refuse("unknown-shift", shift not in self.shifts)
        self.refuse("shift-called-off", self.shifts[shift]["cancelled"])
        return self.shifts[shift]

    def refuse_over(self, shift: str) -> dict[str, Any]:
        one = self.refuse_no_shift(shift)
        self.refuse("shift-over", self.now >= one["ends"])
        return one

    def refuse_ended(self, sign_up: str) -> dict[str, Any]:
        self.refuse("unknown-sign-up", sign_up not in self.sign_ups)
        self.refuse("sign-up-ended", self.sign_ups[sign_up]["state"] in ENDED)
        return self.sign_ups[sign_up]

    def on(self, shift: str, *states: str) -> dict[str, dict[str, Any]]:
        """The sign-ups for a shift, in the order in which they got where they are; those of some states, if given."""
        found = [(name, one) for name, one in self.sign_ups.items() if one["shift"] == shift]
        in_order = sorted(found, key=lambda named: named[1]["since"])
        return {name: one for name, one in in_order if not states or one["state"] in states}

    def sign_up_of(self, volunteer: str, shift: str) -> str | None:
        live = self.on(shift, *HAVE_PLACES, "waiting")
        return next((name for name, one in live.items() if one["volunteer"] == volunteer), None)

    def free(self, shift: str, role: str) -> int:
        """A coordinator may have given more places than there are: then none is free for long."""
        taken = [one for one in self.on(shift, *HAVE_PLACES).values() if one["role"] == role]
        return max(self.shifts[shift]["places"][role] - len(taken), 0)

    def first_in_line(self, shift: str, role: str) -> list[str]:
        """Who gets the places that are free now: the first who wait for the role and can come."""
        can_come = [
            name
            for name, one in self.on(shift, "waiting").items()
            if one["role"] == role
            and self.standing(one["volunteer"], self.shifts[shift]["day"]) == "active"
            and not self.taken(one["volunteer"], shift)
        ]
        return can_come[: self.free(shift, role)]

    def taken(self, volunteer: str, shift: str) -> bool:
        """Whether somebody has, or missed, a place on a shift that shares a moment with this one."""
        wanted = self.shifts[shift]
        places = [one for one in self.sign_ups.values() if one["state"] in HAVE_PLACES]
        others = [self.shifts[one["shift"]] for one in places if one["volunteer"] == volunteer]
        return any(
            max(wanted["begins"], other["begins"]) < min(wanted["ends"], other["ends"]) for other in others
        )

    def turn(self, sign_up: str, state: str) -> None:
        """A sign-up gets somewhere, behind those who are there."""
        self.record()
        self.sign_ups[sign_up].update(state=state, since=self.head)
