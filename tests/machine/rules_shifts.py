"""What can happen to shifts and sign-ups."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.machine import saying as s
from tests.machine import saying_shifts as said
from tests.machine.rules_places import PlaceRules
from tests.machine.talking import picked

STEPS = {
    "withdraw_sign_up": ("placed", "waiting"),
    "record_no_show": ("placed",),
    "lift_no_show": ("no-show",),
}
HOWS = ["withdraw_sign_up", "record_no_show", "record_no_show", "lift_no_show"]
"""What may become of a sign-up, and in which states it mostly does."""


class ShiftRules(PlaceRules):
    @rule(
        who=s.who,
        new=s.numbers,
        activity=s.numbers,
        hours=said.hours_from_now,
        length=said.lengths,
        roles=said.roles,
        waitlist=said.waitlists,
        ages=said.ages,
        skills=said.wanted_skills,
    )
    def publish_shift(
        self, *, who: s.Who, new: int, activity: int, hours: int, length: int, **more: Any
    ) -> None:
        more["shift"] = self.new(new, self.model.shifts, said.SHIFT_IDS)
        hour = self.clock.replace(minute=0, second=0)
        times = {"begins": hour + timedelta(hours=hours), "ends": hour + timedelta(hours=hours + length)}
        self.say("publish_shift", who, activity=self.activity(activity), **times, **more)

    @rule(
        who=s.who,
        how=st.sampled_from(["fill_places", "fill_places", "cancel_shift"]),
        number=s.numbers,
        reason=s.reasons,
    )
    def change_shift(self, who: s.Who, how: str, number: int, reason: str) -> None:
        begun = [one["shift"] for one in self.model.sign_ups.values() if one["came"]]
        ripe = self.to_fill() if how == "fill_places" else [*self.coming(), *begun]
        why = {"reason": reason} if how == "cancel_shift" else {}
        self.say(how, who, shift=picked(number, ripe, said.SHIFT_IDS), **why)

    @precondition(lambda self: self.coming())
    @rule(
        who=s.who,
        how=st.sampled_from(["sign_up", "place_volunteer"]),
        new=s.numbers,
        shift=s.numbers,
        volunteer=s.numbers,
        role=said.wanted_roles,
        reason=s.reasons,
    )
    def sign_up(
        self, *, who: s.Who, how: str, new: int, shift: int, volunteer: int, role: str, reason: str
    ) -> None:
        sign_up = self.new(new, self.model.sign_ups, said.SIGN_UP_IDS)
        why = {"reason": reason} if how == "place_volunteer" else {}
        told = {"sign_up": sign_up, "volunteer": self.volunteer(volunteer), "role": role, **why}
        self.say(how, who, shift=picked(shift, self.coming(), said.SHIFT_IDS), **told)

    @precondition(lambda self: self.coming())
    @rule(who=s.who, shift=s.numbers, crowd=st.lists(s.numbers, min_size=2, max_size=4))
    def come_together(self, who: s.Who, shift: int, crowd: list[int]) -> None:
        """Several sign up for one shift, one after the other, for the role that it wants most."""
        name = picked(shift, self.coming(), said.SHIFT_IDS)
        places = self.model.shifts.get(name, {"places": {"helper": 1}})["places"]
        for number in crowd:
            told = {"volunteer": self.volunteer(number), "role": max(places, key=places.__getitem__)}
            free = [one for one in said.SIGN_UP_IDS if one not in self.model.sign_ups]
            self.say(
                "sign_up", (who[0], None), sign_up=picked(number, free, said.SIGN_UP_IDS), shift=name, **told
            )

    @rule(
        who=s.who,
        hows=st.lists(st.sampled_from(HOWS), min_size=1, max_size=3),
        number=s.numbers,
        reason=s.reasons,
    )
    def change_sign_up(self, who: s.Who, hows: list[str], number: int, reason: str) -> None:
        how = hows[0]
        came = [name for name, one in self.model.sign_ups.items() if one["came"]]
        missing = how == "record_no_show" and number % 2
        usual = self.missing(number) if missing else self.signed_up(number, *STEPS[how])
        sign_up = picked(number, came, [usual]) if number % 5 == 0 else usual
        for one in hows:
            why = {"reason": reason} if one == "lift_no_show" else {}
            self.say(one, (who[0], None), sign_up=sign_up, **why)

    @rule(who=s.who, number=s.numbers)
    def who_waits_can_come(self, who: s.Who, number: int) -> None:
        """Somebody gives up what keeps them from a place that is free, and a coordinator fills it."""
        held_up = [
            one
            for one in self.model.sign_ups.values()
            if one["state"] == "waiting" and self.model.free(one["shift"], one["role"])
        ]
        if held_up:
            waiting = held_up[number % len(held_up)]
            own = [
                name
                for name, one in self.model.sign_ups.items()
                if one["volunteer"] == waiting["volunteer"] and one["state"] == "placed"
            ]
            for name in own:
                self.say("withdraw_sign_up", (who[0], None), sign_up=name)
            self.say("fill_places", (who[0], None), shift=waiting["shift"])

    @rule(
        number=s.numbers,
        when=st.sampled_from(["begins", "begins", "ends"]),
        minutes=st.sampled_from([-60, -30, 0, 0, 1, 30]),
    )
    def the_time_comes(self, number: int, when: str, minutes: int) -> None:
        """The clock goes on to about the beginning or the end of a shift."""
        moments = [shift[when] + timedelta(minutes=minutes) for shift in self.model.shifts.values()]
        to_come = sorted(moment for moment in moments if moment > self.clock)
        if to_come:
            self.clock = to_come[number % min(len(to_come), 2)]

    def to_fill(self) -> list[str]:
        """The shifts on which somebody who waits can have a place now, or else those that are waited for."""
        waited_for = {one["shift"] for one in self.model.sign_ups.values() if one["state"] == "waiting"}
        free = [
            name
            for name in waited_for.intersection(self.coming())
            if any(self.model.first_in_line(name, role) for role in self.model.shifts[name]["places"])
        ]
        return free or list(waited_for)

    def missing(self, number: int) -> str:
        """A sign-up of somebody who has a place on a shift that is over, and did not come."""
        there = [
            name
            for name, one in self.model.sign_ups.items()
            if one["state"] == "placed"
            and not one["came"]
            and self.model.shifts[one["shift"]]["ends"] <= self.clock
        ]
        return picked(number, there, said.SIGN_UP_IDS)

    def coming(self) -> list[str]:
        shifts = self.model.shifts.items()
        return [name for name, one in shifts if not one["cancelled"] and self.clock < one["ends"]]

    def signed_up(self, number: int, *states: str) -> str:
        """A sign-up, most often one in some state, for a shift that was not long ago."""
        live = [(name, one) for name, one in self.model.sign_ups.items() if one["state"] in states]
        ends = {name: self.model.shifts[one["shift"]]["ends"] for name, one in live}
        fresh = [name for name, end in ends.items() if end > self.clock - timedelta(hours=6)]
        return picked(number, fresh or ends, said.SIGN_UP_IDS)
