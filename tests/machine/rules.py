"""Everything that can happen, in any order."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from ledger.application import Receipt
from ledger.domain.commands import Refusal
from tests.machine import saying as s
from tests.machine.agreeing import (
    assert_a_follower_has_the_same,
    assert_a_rebuild_gives_the_same,
    assert_views_agree,
)
from tests.machine.model import Answer, Asked
from tests.machine.opening import opening_words
from tests.machine.rules_appointments import AppointmentRules
from tests.machine.rules_offers import OfferRules
from tests.machine.rules_shifts import ShiftRules
from tests.machine.talking import STARTS

COMMUNITY_CHANGES = ["rename_community", "reparent_community", "merge_community", "merge_community"]
COMMUNITY_CHANGES += ["close_community"]
TEAM_CHANGES = ["rename_team", "reparent_team", "reparent_team", "disband_team"]
STANDING_CHANGES = ["suspend_volunteer", "reinstate_volunteer", "reinstate_volunteer", "withdraw_volunteer"]
DECISIONS = ["approve_service", "approve_service", "decline_service", "reverse_service"]
NEEDS_A_REASON = {"suspend_volunteer", "decline_service", "reverse_service"}


some_time = st.sampled_from([1.5, 30, 30, 45, 60, 60, 120, 300, -60]) | st.sampled_from(
    [60, 24 * 60, 24 * 60, 48 * 60, 31 * 24 * 60, -1800]
)
"""How many minutes pass; the clock may be put back too."""


answers: Counter[tuple[str, str]] = Counter()
"""How often each command got each answer, over all runs."""
steps: Counter[str] = Counter()
"""How many runs there were, and how many commands they sent after their opening words."""


class TimeBankMachine(ShiftRules, OfferRules, AppointmentRules, RuleBasedStateMachine):
    """Commands in any order, each answered as the model says; the views are looked at now and then and at the end."""

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: datetime) -> None:
        self.clock = start
        self.model.time_is(start)
        self.gathered = list(opening_words(self.day, self.clock))
        self.send_gathered()
        steps["runs"] += 1
        steps["commands"] -= len(self.asked)

    def compare(self, asked: Asked, answer: Receipt | Refusal, expected: Answer) -> None:
        super().compare(asked, answer, expected)
        answers[asked.kind, expected.outcome] += 1
        steps["commands"] += 1
        event(f"{asked.kind}: {expected.outcome}")

    @rule(who=s.who, policy=s.policies(), days=st.sampled_from([-200, -20, 0, 0, 3]))
    def adopt(self, who: s.Who, policy: dict[str, Any], days: int) -> None:
        self.say("adopt_policy", who, policy=policy, effective=self.day(days))

    @rule(
        who=s.who,
        community=s.communities,
        name=s.names,
        level=s.levels,
        parent=s.seldom(st.none(), s.numbers, one_in=6),
        days=s.days_from_today,
    )
    def establish(self, who: s.Who, parent: int | None, days: int | None, **said: Any) -> None:
        above = None if parent is None else self.community(parent)
        self.say("establish_community", who, **said, parent=above, day=self.day(days))

    @rule(
        who=s.who,
        change=st.sampled_from(COMMUNITY_CHANGES),
        one=s.numbers,
        other=s.numbers,
        name=s.names,
        days=s.days_from_today,
    )
    def change_community(
        self, who: s.Who, change: str, one: int, other: int, name: str, days: int | None
    ) -> None:
        first = self.community(one)
        second = self.partner(change, first, other)
        more = {"rename_community": {"name": name}, "reparent_community": {"parent": second}}
        more |= {"merge_community": {"into": second}}
        self.say(change, who, community=first, **more.get(change, {}), day=self.day(days))

    @rule(
        who=s.who,
        team=s.teams,
        name=s.names,
        parent=st.none() | s.numbers,
        community=st.none() | s.numbers,
        field=s.codes,
        brand=s.brands,
        days=s.days_from_today,
    )
    def form(
        self, who: s.Who, parent: int | None, community: int | None, days: int | None, **said: Any
    ) -> None:
        said["parent"] = None if parent is None else self.team(parent)
        said["community"] = None if community is None else self.community(community)
        self.say("form_team", who, **said, day=self.day(days))

    @rule(
        who=s.who,
        change=st.sampled_from(TEAM_CHANGES),
        team=s.teams,
        other=s.teams,
        name=s.names,
        days=s.days_from_today,
    )
    def change_team(
        self, who: s.Who, change: str, team: str, other: str, name: str, days: int | None
    ) -> None:
        more = {"rename_team": {"name": name}, "reparent_team": {"parent": other}}.get(change, {})
        self.say(change, who, team=team, **more, day=self.day(days))

    @rule(
        who=s.who,
        volunteer=s.volunteers,
        community=s.numbers,
        days=s.days_from_today,
        place=st.none() | s.places,
    )
    def register(
        self, who: s.Who, volunteer: str, community: int, days: int | None, place: s.Place | None
    ) -> None:
        said = {"community": self.community(community), "place": self.place(place, days)}
        self.say("register_volunteer", who, volunteer=volunteer, **said, day=self.day(days))

    @rule(who=s.who, volunteer=s.numbers, community=s.numbers, days=s.days_from_today)
    def move(self, who: s.Who, volunteer: int, community: int, days: int | None) -> None:
        said = {"volunteer": self.volunteer(volunteer), "community": self.community(community)}
        self.say("move_volunteer", who, **said, day=self.day(days))

    @rule(
        who=s.who,
        change=st.sampled_from(STANDING_CHANGES),
        volunteer=s.numbers,
        reason=s.reasons,
        days=s.days_from_today,
    )
    def change_standing(self, who: s.Who, change: str, volunteer: int, reason: str, days: int | None) -> None:
        why = {"reason": reason} if change in NEEDS_A_REASON else {}
        self.say(change, who, volunteer=self.volunteer(volunteer), **why, day=self.day(days))

    @rule(who=s.who, volunteer=s.numbers, place=s.places, days=s.days_from_today)
    def assign(self, who: s.Who, volunteer: int, place: s.Place, days: int | None) -> None:
        said = {"place": self.place(place, days), "day": self.day(days)}
        self.say("assign_team", who, volunteer=self.volunteer(volunteer), **said)

    @rule(who=s.who, volunteer=s.numbers, stay=s.numbers, days=s.days_from_today)
    def end_assignment(self, who: s.Who, volunteer: int, stay: int, days: int | None) -> None:
        member = self.volunteer(volunteer)
        said = {"volunteer": member, "assignment": self.assignment(member, stay)}
        self.say("end_assignment", who, **said, day=self.day(days))

    @rule(
        who=s.who,
        how=st.sampled_from(["report_service", "report_service", "attest_service"]),
        record=s.records,
        volunteer=s.numbers,
        programme=s.programmes,
        host=s.hosts,
        start=s.service_starts,
        stretch=s.stretches,
        minutes=s.minutes,
    )
    def serve(
        self,
        *,
        who: s.Who,
        how: str,
        record: str,
        volunteer: int,
        programme: str | None,
        host: int | None,
        start: int,
        stretch: Sequence[int],
        minutes: int,
    ) -> None:
        place = None if host is None else self.community(host)
        days = [{"day": self.day(start + more), "minutes": minutes} for more in stretch]
        said = {"service": s.service(record, self.volunteer(volunteer), programme, place), "days": days}
        self.say(how, who, **said)

    @rule(who=s.who, decision=st.sampled_from(DECISIONS), record=s.numbers, reason=s.reasons)
    def decide(self, who: s.Who, decision: str, record: int, reason: str) -> None:
        why = {"reason": reason} if decision in NEEDS_A_REASON else {}
        self.say(decision, who, record=self.record(decision, record), **why)

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

    @precondition(lambda self: self.asked)
    @rule(number=s.numbers)
    def ask_again(self, number: int) -> None:
        """The very same request, most often one that was recorded under a key."""
        choice = self.kept if self.kept and number % 4 else self.asked
        self.send(choice[number // 4 % len(choice)])

    @rule(minutes=some_time)
    def time_passes(self, minutes: float) -> None:
        """The clock goes on, or is put back."""
        self.clock += timedelta(minutes=minutes)

    @rule()
    def gather_or_send(self) -> None:
        """From now on commands wait; or those that waited are sent together."""
        if self.gathered is None:
            self.gathered = []
        else:
            self.send_gathered()

    @precondition(lambda self: self.gathered is None)
    @rule(what=st.sampled_from(["look", "rebuild", "follow", "open the file again", "open the ledger again"]))
    def pause(self, what: str) -> None:
        if what == "look":
            assert_views_agree(self.ledger, self.model)
        elif what == "rebuild":
            assert_a_rebuild_gives_the_same(self.ledger, self.model)
        elif what == "follow":
            assert_a_follower_has_the_same(self.ledger, self.settings, self.model)
        elif what == "open the file again":
            # Whatever was remembered is forgotten.
            self.opened.close()
            self.open_file()
        else:
            self.say("open_ledger", (s.OFFICE, None), origin="timebank", zone="Asia/Shanghai")
