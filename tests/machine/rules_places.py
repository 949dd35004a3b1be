"""What can happen to venues and activities, and to what is noted of volunteers."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.machine import saying as s
from tests.machine import saying_shifts as said
from tests.machine.talking import Talking, picked

VENUE_CHANGES = ["revise_venue", "update_venue", "update_venue", "renew_venue_code", "close_venue"]
QUALITIES = ["note_age_band", "note_age_band", "recognise_skill", "recognise_skill", "end_skill"]


class PlaceRules(Talking):
    @rule(
        who=s.who,
        how=st.sampled_from(["open_venue", "open_venue", *VENUE_CHANGES]),
        new=s.numbers,
        number=s.numbers,
        community=s.numbers,
        name=s.names,
        kind=said.kinds,
        where=said.coordinates,
        theme=said.themes,
        code=said.codes,
        days=s.days_from_today,
    )
    def change_venue(
        self, *, who: s.Who, how: str, new: int, number: int, community: int, days: int | None, **more: Any
    ) -> None:
        opened = self.new(new, self.model.venues, said.VENUE_IDS)
        venue = opened if how == "open_venue" else self.venue(number)
        told = said.venue(venue, self.community(community), more["name"], more["kind"], more["where"])
        says: dict[str, dict[str, Any]] = {
            "open_venue": {"venue": told, "theme": more["theme"], "code": more["code"]},
            "revise_venue": {"venue": told},
            "update_venue": {"venue": venue, "theme": more["theme"]},
            "renew_venue_code": {"venue": venue, "code": more["code"]},
        }
        self.say(how, who, **says.get(how, {"venue": venue}), day=self.day(days))

    @rule(
        who=s.who,
        how=st.sampled_from(["publish_activity", "revise_activity"]),
        new=s.numbers,
        number=s.numbers,
        community=s.numbers,
        name=s.names,
        venue=st.none() | s.numbers,
        programme=s.programmes,
        days=st.sampled_from([0, 0, -1, 1, -40]),
    )
    def plan(
        self,
        *,
        who: s.Who,
        how: str,
        new: int,
        number: int,
        community: int,
        name: str,
        venue: int | None,
        programme: str | None,
        days: int,
    ) -> None:
        published = self.new(new, self.model.activities, said.ACTIVITY_IDS)
        activity = published if how == "publish_activity" else self.activity(number, "planned")
        where = None if venue is None else self.venue(venue)
        told = said.activity(activity, self.community(community), name, where, programme)
        self.say(how, who, activity=told, day=self.day(days))

    @rule(
        who=s.who,
        number=s.numbers,
        days=st.sampled_from([0, 0, -1, -40, 1]),
        participants=said.participants,
    )
    def report_activity(self, who: s.Who, number: int, days: int, participants: int) -> None:
        turnout = {"day": self.day(days), "participants": participants, "materials": 5, "online_reach": 0}
        self.say("report_activity", who, activity=self.activity(number), turnout=turnout)

    @rule(who=s.who, number=s.numbers, reason=s.reasons)
    def cancel_activity(self, who: s.Who, number: int, reason: str) -> None:
        """Most often of an activity that has no shifts left."""
        shifts = [one["activity"] for one in self.model.shifts.values() if not one["cancelled"]]
        free = [one for one, planned in self.model.activities.items() if planned["state"] == "planned"]
        ripe = [one for one in free if one not in shifts] if number % 4 else self.model.activities
        activity = picked(number, ripe, said.ACTIVITY_IDS)
        self.say("cancel_activity", who, activity=activity, reason=reason)

    @rule(
        who=s.who,
        how=st.sampled_from(QUALITIES),
        volunteer=s.numbers,
        band=said.bands,
        skill=said.skills,
        days=s.days_from_today,
        until=s.untils,
    )
    def note(
        self,
        *,
        who: s.Who,
        how: str,
        volunteer: int,
        band: str,
        skill: str,
        days: int | None,
        until: int | None,
    ) -> None:
        ends = None if until is None else self.day((days or 0) + until)
        says: dict[str, dict[str, Any]] = {
            "note_age_band": {"band": band},
            "recognise_skill": {"skill": skill, "until": ends},
            "end_skill": {"skill": skill},
        }
        whose = self.volunteer(volunteer)
        if how == "end_skill" and volunteer % 3:
            whose, says[how]["skill"] = sorted(self.model.skills)[volunteer % len(self.model.skills)]
        self.say(how, who, volunteer=whose, **says[how], day=self.day(days))

    def venue(self, number: int) -> str:
        there = [one for one, venue in self.model.venues.items() if not venue["closed"]]
        return picked(number, there, said.VENUE_IDS)

    def activity(self, number: int, *states: str) -> str:
        """An activity, most often one that was not called off, or of the states wanted."""
        wanted = states or ("planned", "held")
        odd = number % 6 == 0
        there = [one for one, known in self.model.activities.items() if odd or known["state"] in wanted]
        return picked(number, there, said.ACTIVITY_IDS)
