"""What can happen to visits: somebody comes, leaves, and has what was served there recorded."""

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.machine import saying as s
from tests.machine import saying_shifts as said
from tests.machine.rules_shifts import ShiftRules
from tests.machine.talking import picked

WARDEN = "stf_warden"
"""Somebody who reports nothing, and so may approve whatever is reported."""


class VisitRules(ShiftRules):
    @rule(who=s.who, new=s.numbers, number=s.numbers, stays=said.stays, record=s.numbers)
    def check_in(self, *, who: s.Who, new: int, number: int, stays: int | None, record: int) -> None:
        """Somebody comes to a shift, and may leave some minutes later."""
        visit = self.new(new, self.model.visits, said.VISIT_IDS)
        sign_up = self.ready(number) if number % 6 else self.signed_up(number, "placed")
        self.say("check_in", who, visit=visit, sign_up=sign_up)
        self.stay(who, visit, stays, record)

    @rule(
        who=s.who,
        new=s.numbers,
        number=s.numbers,
        volunteer=s.numbers,
        other=s.seldom(said.codes, st.none(), one_in=4),
        stays=said.stays,
        record=s.numbers,
    )
    def clock_in(
        self,
        *,
        who: s.Who,
        new: int,
        number: int,
        volunteer: int,
        other: str | None,
        stays: int | None,
        record: int,
    ) -> None:
        """Somebody comes, most often by the code that the venue shows, and may leave some minutes later."""
        visit = self.new(new, self.model.visits, said.VISIT_IDS)
        venue = self.venue(number)
        shown = self.model.venues.get(venue, {"code": None})["code"]
        told = {"venue": venue, "volunteer": self.volunteer(volunteer), "code": other or shown or "CODE-3"}
        self.say("clock_in", who, visit=visit, **told, mode="on-site")
        self.stay(who, visit, stays, record)

    def stay(self, who: s.Who, visit: str, stays: int | None, record: int) -> None:
        if stays is not None:
            self.clock += timedelta(minutes=stays)
            name = self.new(record, self.model.records, s.RECORD_IDS)
            self.say("check_out", (who[0], None), visit=visit, record=name)
            if record % 2:
                self.say("approve_service", (WARDEN, None), record=name)
                self.serve_twice(visit, record)

    def serve_twice(self, visit: str, record: int) -> None:
        """What was checked in is attested once more."""
        if visit in self.model.visits:
            name = self.new(record + 8, self.model.records, s.RECORD_IDS)
            whose = self.model.visits[visit]["volunteer"]
            days = [{"day": self.day(0), "minutes": 1}]
            service = s.service(name, whose, None, None, visit)
            self.say("attest_service", (WARDEN, None), service=service, days=days)

    @precondition(lambda self: self.model.visits)
    @rule(
        who=s.who,
        how=st.sampled_from(["check_out", "check_out", "check_out", "abandon_visit"]),
        number=s.numbers,
        new=s.numbers,
        reason=s.reasons,
    )
    def leave(self, *, who: s.Who, how: str, number: int, new: int, reason: str) -> None:
        record = self.new(new, self.model.records, s.RECORD_IDS)
        more = {"record": record} if how == "check_out" else {"reason": reason}
        self.say(how, who, visit=self.visit(number, "going-on"), **more)

    @precondition(lambda self: self.model.visits)
    @rule(
        who=s.who,
        how=st.sampled_from(["report_service", "attest_service", "attest_service"]),
        new=s.numbers,
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
        new: int,
        number: int,
        own: int | None,
        stretch: Sequence[int],
        minutes: int,
    ) -> None:
        """A record that rests on a visit, most often on the volunteer's own that is over."""
        visit = self.visit(number, "over" if number % 7 else "going-on")
        record = self.new(new, self.model.records, s.RECORD_IDS)
        whose = self.model.visits.get(visit, {"volunteer": "vol_ann"})["volunteer"]
        volunteer = whose if own is None else self.volunteer(own)
        days = [{"day": self.day(more - len(stretch) + 1), "minutes": minutes} for more in stretch]
        self.say(how, who, service=s.service(record, volunteer, None, None, visit), days=days)

    def ready(self, number: int) -> str:
        """A sign-up, most often one with a place on a shift that one may check in for now."""
        live = [
            (name, self.model.shifts[one["shift"]])
            for name, one in self.model.sign_ups.items()
            if one["state"] == "placed"
        ]
        soon = self.clock + timedelta(hours=1)
        open_now = [name for name, shift in live if shift["begins"] <= soon and self.clock < shift["ends"]]
        return picked(number, open_now, said.SIGN_UP_IDS)

    def visit(self, number: int, state: str) -> str:
        there = [name for name, one in self.model.visits.items() if one["state"] == state]
        return picked(number, there, said.VISIT_IDS)
