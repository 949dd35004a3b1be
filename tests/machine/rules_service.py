"""What can happen to policies, to standings, to records of service and to credits."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.machine import saying as s
from tests.machine.talking import Talking

STANDING_CHANGES = ["suspend_volunteer"] * 3 + ["reinstate_volunteer"] * 4 + ["withdraw_volunteer"]
DECISIONS = ["approve_service", "approve_service", "decline_service", "reverse_service"]
NEEDS_A_REASON = {"suspend_volunteer", "decline_service", "reverse_service"}


class ServiceRules(Talking):
    @rule(
        who=s.who,
        policy=s.policies(),
        days=st.sampled_from([-200, -20, 0, 0, 3]),
        again=s.seldom(st.just(value=True), st.just(value=False), one_in=5),
    )
    def adopt(self, who: s.Who, policy: dict[str, Any], days: int, again: bool) -> None:
        """A policy; now and then the one that was adopted last, for the same day."""
        effective = self.day(days)
        if again and self.model.policies:
            effective, policy = self.model.policies[-1]
        self.say("adopt_policy", who, policy=policy, effective=effective)

    @rule(who=s.who, days=st.sampled_from([0, -31, -31, -62, -93, -400]))
    def close(self, who: s.Who, days: int) -> None:
        """The month of a day; now and then one that goes on."""
        month = (self.model.today + timedelta(days=days)).isoformat()[:7]
        self.say("close_period", who, month=month)

    @rule(
        who=s.who,
        change=st.sampled_from(STANDING_CHANGES),
        volunteer=s.numbers,
        reason=s.reasons,
        days=s.days_from_today,
    )
    def change_standing(self, who: s.Who, change: str, volunteer: int, reason: str, days: int | None) -> None:
        why = {"reason": reason} if change in NEEDS_A_REASON else {}
        usual = "suspended" if change == "reinstate_volunteer" else "active"
        wanted = (usual,) if volunteer % 4 else ("active", "suspended", "withdrawn")
        self.say(change, who, volunteer=self.volunteer(volunteer, *wanted), **why, day=self.day(days))

    @rule(
        who=s.who,
        how=st.sampled_from(["report_service", "report_service", "attest_service"]),
        new=s.numbers,
        volunteer=s.numbers,
        programme=s.programmes,
        host=s.hosts,
        start=s.service_starts,
        stretch=s.stretches,
        minutes=s.minutes,
        decider=s.actors,
        then=st.lists(st.sampled_from(DECISIONS), max_size=2),
        reason=s.reasons,
        at=st.integers(0, len(s.ACTIVITIES) - 1),
        again=st.booleans(),
    )
    def serve(
        self,
        *,
        who: s.Who,
        how: str,
        new: int,
        volunteer: int,
        programme: str | None,
        host: int | None,
        start: int,
        stretch: Sequence[int],
        minutes: int,
        decider: str,
        then: list[str],
        reason: str,
        at: int,
        again: bool,
    ) -> None:
        """A record, and what is decided on it at once."""
        place = None if host is None else self.community(host)
        days = [{"day": self.day(start + more), "minutes": minutes} for more in stretch]
        record = self.new(new, self.model.records, s.RECORD_IDS)
        service = s.service(record, self.volunteer(volunteer), programme, place, at=at)
        more = {"again": again} if how == "attest_service" else {}
        self.say(how, who, service=service, days=days, **more)
        self.decide_on((decider, None), then, record, reason, again)

    @rule(
        who=s.who,
        decisions=st.lists(st.sampled_from(DECISIONS), min_size=1, max_size=3),
        record=s.numbers,
        reason=s.reasons,
        again=st.booleans(),
    )
    def decide(self, who: s.Who, decisions: list[str], record: int, reason: str, again: bool) -> None:
        self.decide_on((who[0], None), decisions, self.record(decisions[0], record), reason, again)

    def decide_on(self, who: s.Who, decisions: list[str], record: str, reason: str, again: bool) -> None:
        for decision in decisions:
            why: dict[str, Any] = {"reason": reason} if decision in NEEDS_A_REASON else {}
            why |= {"again": again} if decision == "approve_service" else {}
            self.say(decision, who, record=record, **why)

    @rule(who=s.who, transfer=s.transfers, giver=s.numbers, receiver=s.numbers, minutes=s.credits)
    def transfer(self, who: s.Who, transfer: str, giver: int, receiver: int, minutes: int) -> None:
        said = {"giver": self.volunteer(giver), "receiver": self.volunteer(receiver), "minutes": minutes}
        self.say("transfer_credits", who, transfer=transfer, **said)

    @rule(who=s.who, donation=s.donations, giver=s.numbers, community=s.numbers, minutes=s.credits)
    def donate(self, who: s.Who, donation: str, giver: int, community: int, minutes: int) -> None:
        said = {"giver": self.volunteer(giver), "community": self.community(community), "minutes": minutes}
        self.say("donate_credits", who, donation=donation, **said)

    @rule(who=s.who, grant=s.grants, community=s.numbers, receiver=s.numbers, minutes=s.credits)
    def grant(self, who: s.Who, grant: str, community: int, receiver: int, minutes: int) -> None:
        said = {"community": self.pool(community), "receiver": self.volunteer(receiver), "minutes": minutes}
        self.say("grant_credits", who, grant=grant, **said)
