"""What can happen to communities, teams and volunteers."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.machine import saying as s
from tests.machine.talking import Talking

COMMUNITY_CHANGES = ["rename_community", "rename_community", "reparent_community", "reparent_community"]
COMMUNITY_CHANGES += ["merge_community", "close_community"]
TEAM_CHANGES = ["rename_team", "reparent_team", "reparent_team", "disband_team"]


class PeopleRules(Talking):
    @rule(
        who=s.who,
        new=s.numbers,
        name=s.names,
        level=s.levels,
        parent=s.seldom(st.none(), s.numbers, one_in=6),
        days=s.days_from_today,
    )
    def establish(self, who: s.Who, new: int, parent: int | None, days: int | None, **said: Any) -> None:
        said["community"] = self.new(new, self.model.communities, s.COMMUNITY_IDS)
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
        first = self.leaf(one) if change == "close_community" else self.community(one)
        second = self.partner(change, first, other)
        more = {"rename_community": {"name": name}, "reparent_community": {"parent": second}}
        more |= {"merge_community": {"into": second}}
        self.say(change, who, community=first, **more.get(change, {}), day=self.day(days))

    @rule(
        who=s.who,
        new=s.numbers,
        name=s.names,
        parent=st.none() | s.numbers,
        community=st.none() | s.numbers,
        field=s.codes,
        brand=s.brands,
        days=s.days_from_today,
    )
    def form(
        self,
        *,
        who: s.Who,
        new: int,
        parent: int | None,
        community: int | None,
        days: int | None,
        **said: Any,
    ) -> None:
        said["team"] = self.new(new, self.model.teams, s.TEAM_IDS)
        said["parent"] = None if parent is None else self.team(parent)
        said["community"] = None if community is None else self.community(community)
        self.say("form_team", who, **said, day=self.day(days))

    @rule(
        who=s.who,
        change=st.sampled_from(TEAM_CHANGES),
        one=s.numbers,
        other=s.numbers,
        name=s.names,
        days=s.days_from_today,
    )
    def change_team(self, who: s.Who, change: str, one: int, other: int, name: str, days: int | None) -> None:
        says = {"rename_team": {"name": name}, "reparent_team": {"parent": self.team(other)}}
        self.say(change, who, team=self.team(one), **says.get(change, {}), day=self.day(days))

    @rule(
        who=s.who,
        new=s.numbers,
        community=s.numbers,
        days=s.days_from_today,
        place=st.none() | s.places,
    )
    def register(self, who: s.Who, new: int, community: int, days: int | None, place: s.Place | None) -> None:
        volunteer = self.new(new, self.model.volunteers, s.VOLUNTEER_IDS)
        said = {"community": self.community(community), "place": self.place(place, days)}
        self.say("register_volunteer", who, volunteer=volunteer, **said, day=self.day(days))

    @rule(who=s.who, volunteer=s.numbers, community=s.numbers, days=s.days_from_today)
    def move(self, who: s.Who, volunteer: int, community: int, days: int | None) -> None:
        said = {"volunteer": self.volunteer(volunteer), "community": self.community(community)}
        self.say("move_volunteer", who, **said, day=self.day(days))

    @rule(
        who=s.who,
        step=st.sampled_from(["assign_team", "change_team"]),
        volunteer=s.numbers,
        place=s.places,
        days=s.days_from_today,
    )
    def assign(self, who: s.Who, step: str, volunteer: int, place: s.Place, days: int | None) -> None:
        said = {"place": self.place(place, days), "day": self.day(days)}
        self.say(step, who, volunteer=self.volunteer(volunteer), **said)

    @rule(who=s.who, volunteer=s.numbers, stay=s.numbers, days=s.days_from_today)
    def end_assignment(self, who: s.Who, volunteer: int, stay: int, days: int | None) -> None:
        member = self.member(volunteer)
        said = {"volunteer": member, "assignment": self.assignment(member, stay)}
        self.say("end_assignment", who, **said, day=self.day(days))
