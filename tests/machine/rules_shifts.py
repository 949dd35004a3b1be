"""What can happen to shifts, sign-ups and visits."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.machine import saying as s
from tests.machine import saying_shifts as said
from tests.machine.rules_places import PlaceRules
from tests.machine.talking import picked

STEPS = {
    "withdraw_sign_up": ("placed", "waiting"),
    "record_no_show": ("placed",),
    "lift_no_show": ("no-show",),
}
"""What may become of a sign-up, and in which states it mostly does."""


class ShiftRules(PlaceRules):
    @rule(
        who=s.who,
        shift=said.shifts,
        activity=s.numbers,
        hours=said.hours_from_now,
        length=said.lengths,
        roles=said.roles,
        waitlist=said.waitlists,
        ages=said.ages,
        skills=said.wanted_skills,
    )
    def publish_shift(self, *, who: s.Who, activity: int, hours: int, length: int, **more: Any) -> None:
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
        waited_for = [one["shift"] for one in self.model.sign_ups.values() if one["state"] == "waiting"]
        begun = [one["shift"] for one in self.model.sign_ups.values() if one["came"]]
        ripe = waited_for if how == "fill_places" else [*self.coming(), *begun]
        why = {"reason": reason} if how == "cancel_shift" else {}
        self.say(how, who, shift=picked(number, ripe, said.SHIFT_IDS), **why)

    @rule(
        who=s.who,
        how=st.sampled_from(["sign_up", "sign_up", "place_volunteer"]),
        sign_up=said.sign_ups,
        shift=s.numbers,
        volunteer=s.numbers,
        role=said.wanted_roles,
        reason=s.reasons,
    )
    def sign_up(
        self, *, who: s.Who, how: str, sign_up: str, shift: int, volunteer: int, role: str, reason: str
    ) -> None:
        why = {"reason": reason} if how == "place_volunteer" else {}
        told = {"sign_up": sign_up, "volunteer": self.volunteer(volunteer), "role": role, **why}
        self.say(how, who, shift=picked(shift, self.coming(), said.SHIFT_IDS), **told)

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

    @rule(who=s.who, how=st.sampled_from(list(STEPS)), number=s.numbers, reason=s.reasons)
    def change_sign_up(self, who: s.Who, how: str, number: int, reason: str) -> None:
        why = {"reason": reason} if how == "lift_no_show" else {}
        came = [name for name, one in self.model.sign_ups.items() if one["came"]]
        usual = self.signed_up(number, *STEPS[how])
        self.say(how, who, sign_up=picked(number, came, [usual]) if number % 5 == 0 else usual, **why)

    @rule(who=s.who, visit=said.visits, number=s.numbers)
    def check_in(self, who: s.Who, visit: str, number: int) -> None:
        self.say("check_in", who, visit=visit, sign_up=self.ready(number))

    @rule(
        who=s.who,
        visit=said.visits,
        number=s.numbers,
        volunteer=s.numbers,
        other=s.seldom(said.codes, st.none(), one_in=4),
    )
    def clock_in(self, *, who: s.Who, visit: str, number: int, volunteer: int, other: str | None) -> None:
        """Most often by the code that the venue shows."""
        venue = self.venue(number)
        shown = self.model.venues.get(venue, {"code": None})["code"]
        told = {"venue": venue, "volunteer": self.volunteer(volunteer), "code": other or shown or "CODE-3"}
        self.say("clock_in", who, visit=visit, **told, mode="on-site")

    @rule(
        who=s.who,
        how=st.sampled_from(["check_out", "check_out", "check_out", "abandon_visit"]),
        number=s.numbers,
        record=s.records,
        reason=s.reasons,
    )
    def leave(self, *, who: s.Who, how: str, number: int, record: str, reason: str) -> None:
        more = {"record": record} if how == "check_out" else {"reason": reason}
        self.say(how, who, visit=self.visit(number, "going-on"), **more)

    @rule(
        who=s.who,
        how=st.sampled_from(["report_service", "attest_service", "attest_service"]),
        record=s.records,
        number=s.numbers,
        own=s.seldom(s.numbers, st.none(), one_in=4),
        stretch=st.sampled_from([[0], [0], [0, 1]]),
        minutes=st.sampled_from([1, 30, 60, 61, 90, 120, 150]),
    )
    def serve_at_a_visit(
        self,
        *,
        who: s.Who,
        how: str,
        record: str,
        number: int,
        own: int | None,
        stretch: Sequence[int],
        minutes: int,
    ) -> None:
        """A record that rests on a visit, most often on the volunteer's own that is over."""
        visit = self.visit(number, "over")
        whose = self.model.visits.get(visit, {"volunteer": "vol_ann"})["volunteer"]
        volunteer = whose if own is None else self.volunteer(own)
        days = [{"day": self.day(more - len(stretch) + 1), "minutes": minutes} for more in stretch]
        self.say(how, who, service=s.service(record, volunteer, None, None, visit), days=days)

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

    def coming(self) -> list[str]:
        shifts = self.model.shifts.items()
        return [name for name, one in shifts if not one["cancelled"] and self.clock < one["ends"]]

    def signed_up(self, number: int, *states: str) -> str:
        """A sign-up, most often one in some state, for a shift that was not long ago."""
        live = [(name, one) for name, one in self.model.sign_ups.items() if one["state"] in states]
        ends = {name: self.model.shifts[one["shift"]]["ends"] for name, one in live}
        fresh = [name for name, end in ends.items() if end > self.clock - timedelta(hours=6)]
        return picked(number, fresh or ends, said.SIGN_UP_IDS)

    def ready(self, number: int) -> str:
        """A sign-up, most often one for a shift that one may check in for now."""
        live = [(name, self.model.shifts[one["shift"]]) for name, one in self.model.sign_ups.items()]
        soon = self.clock + timedelta(hours=1)
        open_now = [name for name, shift in live if shift["begins"] <= soon and self.clock < shift["ends"]]
        return picked(number, open_now, said.SIGN_UP_IDS)

    def visit(self, number: int, state: str) -> str:
        there = [name for name, one in self.model.visits.items() if one["state"] == state]
        return picked(number, there, said.VISIT_IDS)
