"""What can happen to posts, organisations, designations, training, terms and the ledger's name."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.machine import saying as s
from tests.machine import saying_offers as said
from tests.machine.model_appointments import Dated
from tests.machine.model_people import holds
from tests.machine.talking import Talking, picked

ENDS = {
    "leave_post": "tenure",
    "detach_organisation": "attachment",
    "end_designation": "designation",
}


class AppointmentRules(Talking):
    @rule(
        who=s.who,
        new=s.numbers,
        volunteer=s.numbers,
        community=s.numbers,
        post=said.posts,
        days=s.days_from_today,
        until=said.untils,
    )
    def take_post(
        self,
        *,
        who: s.Who,
        new: int,
        volunteer: int,
        community: int,
        post: str,
        days: int | None,
        until: int | None,
    ) -> None:
        told = {"volunteer": self.volunteer(volunteer), "community": self.community(community)}
        told |= {"post": post, **self.times(days, until)}
        self.hold(who, "take_post", "tenure", new, told)

    @rule(
        who=s.who,
        new=s.numbers,
        organisation=said.organisations,
        name=s.names,
        community=s.numbers,
        days=s.days_from_today,
        until=said.untils,
    )
    def attach(
        self, *, who: s.Who, new: int, community: int, days: int | None, until: int | None, **more: Any
    ) -> None:
        more |= {"kind": "school", "community": self.community(community), **self.times(days, until)}
        self.hold(who, "attach_organisation", "attachment", new, more)

    @rule(
        who=s.who,
        new=s.numbers,
        name=said.titles,
        bearer=said.bearers,
        number=s.few,
        funding_fen=said.fundings,
        days=s.days_from_today,
        until=said.untils,
    )
    def designate(
        self,
        *,
        who: s.Who,
        new: int,
        bearer: tuple[bool, bool],
        number: int,
        days: int | None,
        until: int | None,
        **more: Any,
    ) -> None:
        community, team = bearer
        more["community"] = self.community(number) if community else None
        more["team"] = self.team(number) if team else None
        more |= {"granted_by": "Office", **self.times(days, until)}
        self.hold(who, "grant_designation", "designation", new, more)

    def hold(self, who: s.Who, how: str, kind: str, new: int, told: dict[str, Any]) -> None:
        """Something holds from now on; now and then the same is said again at once, or it ends."""
        known, ids = self.known(kind), said.STAY_IDS[kind]
        one = self.new(new, known, ids)
        self.say(how, who, **{kind: one}, **told)
        if new % 3 == 0:
            self.say(how, (who[0], None), **{kind: self.new(new + 8, [*known, one], ids)}, **told)
        elif new % 3 == 1:
            ends = next(end for end, what in ENDS.items() if what == kind)
            self.say(ends, (who[0], None), **{kind: one}, day=told["day"])

    def known(self, kind: str) -> Dated:
        return {
            "tenure": self.model.tenures,
            "attachment": self.model.attachments,
            "designation": self.model.designations,
        }[kind]

    @rule(who=s.who, how=st.sampled_from(list(ENDS)), number=s.numbers, days=said.end_days)
    def end(self, who: s.Who, how: str, number: int, days: int | None) -> None:
        kind = ENDS[how]
        known = self.known(kind)
        today = [name for name, one in known.items() if holds(one, self.model.today)]
        one = picked(number, today if number % 3 else known, said.STAY_IDS[kind])
        self.say(how, who, **{kind: one}, day=self.day(days))

    @rule(
        who=s.who,
        new=s.numbers,
        volunteer=s.numbers,
        name=s.names,
        minutes=said.minutes,
        days=s.days_from_today,
        until=said.untils,
    )
    def train(
        self, *, who: s.Who, new: int, volunteer: int, days: int | None, until: int | None, **more: Any
    ) -> None:
        more["training"] = self.new(new, self.model.trainings, said.STAY_IDS["training"])
        more |= {"volunteer": self.volunteer(volunteer), "content": "First aid", "organiser": "Office"}
        self.say("complete_training", who, **more, **self.times(days, until))

    @precondition(lambda self: self.model.trainings)
    @rule(who=s.who, number=s.numbers, reason=s.reasons)
    def annul(self, who: s.Who, number: int, reason: str) -> None:
        training = picked(number, self.model.trainings, said.STAY_IDS["training"])
        self.say("annul_training", who, training=training, reason=reason)

    @rule(
        who=s.who,
        kind=st.sampled_from(["role", "reason"]),
        code=st.sampled_from(["guide", "helper", "mistake"]),
        zh=s.names,
        en=s.names,
    )
    def define_term(self, *, who: s.Who, code: str, **more: Any) -> None:
        """A code is called something; now and then the same is said again at once."""
        self.say("define_term", who, code=code, **more)
        if code == "helper":
            self.say("define_term", (who[0], None), code=code, **more)

    @rule(who=s.who, name=s.names)
    def name_ledger(self, who: s.Who, name: str) -> None:
        """The ledger is called something; now and then the same is said again at once."""
        self.say("name_ledger", who, name=name)
        if name == "West":
            self.say("name_ledger", (who[0], None), name=name)

    def times(self, days: int | None, until: int | None) -> dict[str, Any]:
        """From when until when something holds."""
        return {
            "day": self.day(days),
            "until": None if until is None else self.day((days or 0) + until),
        }
