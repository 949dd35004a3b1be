"""What can happen to posts, organisations, designations and training."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.machine import saying as s
from tests.machine import saying_offers as said
from tests.machine.talking import Talking, picked

ENDS = {
    "leave_post": "tenure",
    "detach_organisation": "attachment",
    "end_designation": "designation",
}


class AppointmentRules(Talking):
    @rule(
        who=s.who,
        tenure=said.tenures,
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
        tenure: str,
        volunteer: int,
        community: int,
        post: str,
        days: int | None,
        until: int | None,
    ) -> None:
        told = {"volunteer": self.volunteer(volunteer), "community": self.community(community)}
        self.say("take_post", who, tenure=tenure, **told, post=post, **self.times(days, until))

    @rule(
        who=s.who,
        attachment=said.attachments,
        organisation=said.organisations,
        name=s.names,
        community=s.numbers,
        days=s.days_from_today,
        until=said.untils,
    )
    def attach(self, *, who: s.Who, community: int, days: int | None, until: int | None, **more: Any) -> None:
        times = self.times(days, until)
        self.say(
            "attach_organisation", who, **more, kind="school", community=self.community(community), **times
        )

    @rule(
        who=s.who,
        designation=said.designations,
        name=said.titles,
        bearer=said.bearers,
        number=s.numbers,
        funding_fen=said.fundings,
        days=s.days_from_today,
        until=said.untils,
    )
    def designate(
        self,
        *,
        who: s.Who,
        bearer: tuple[bool, bool],
        number: int,
        days: int | None,
        until: int | None,
        **more: Any,
    ) -> None:
        community, team = bearer
        more["community"] = self.community(number) if community else None
        more["team"] = self.team(number) if team else None
        self.say("grant_designation", who, **more, granted_by="Office", **self.times(days, until))

    @rule(who=s.who, how=st.sampled_from(list(ENDS)), number=s.numbers, days=s.days_from_today)
    def end(self, who: s.Who, how: str, number: int, days: int | None) -> None:
        kind = ENDS[how]
        known = {
            "tenure": self.model.tenures,
            "attachment": self.model.attachments,
            "designation": self.model.designations,
        }[kind]
        self.say(how, who, **{kind: picked(number, known, said.STAY_IDS[kind])}, day=self.day(days))

    @rule(
        who=s.who,
        training=said.trainings,
        volunteer=s.numbers,
        name=s.names,
        minutes=said.minutes,
        days=s.days_from_today,
        until=said.untils,
    )
    def train(self, *, who: s.Who, volunteer: int, days: int | None, until: int | None, **more: Any) -> None:
        more |= {"volunteer": self.volunteer(volunteer), "content": "First aid", "organiser": "Office"}
        self.say("complete_training", who, **more, **self.times(days, until))

    @rule(who=s.who, number=s.numbers, reason=s.reasons)
    def annul(self, who: s.Who, number: int, reason: str) -> None:
        training = picked(number, self.model.trainings, said.STAY_IDS["training"])
        self.say("annul_training", who, training=training, reason=reason)

    def times(self, days: int | None, until: int | None) -> dict[str, Any]:
        """From when until when something holds."""
        return {
            "day": self.day(days),
            "until": None if until is None else self.day((days or 0) + until),
        }
