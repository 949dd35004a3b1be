"""Volunteers: registering, moving, standing, and the teams they belong to."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from msgspec import Struct

from ledger.domain.commands import AlreadyRecorded, Command, Facts, Refusal, Seen
from ledger.domain.communities import COMMUNITIES, UnknownCommunity
from ledger.domain.events import (
    Event,
    TeamAssigned,
    TeamAssignmentEnded,
    VolunteerMoved,
    VolunteerRegistered,
    VolunteerReinstated,
    VolunteerSuspended,
    VolunteerWithdrawn,
)
from ledger.domain.ids import AssignmentId, CommunityId, TeamId, VolunteerId
from ledger.domain.stays import EmptyTime, refuse_empty
from ledger.domain.teams import TEAMS, UnknownTeam
from ledger.domain.text import Code
from ledger.domain.volunteer_state import (
    AlreadyInATeam,
    InNoTeam,
    NotInGoodStanding,
    NotRegistered,
    Standing,
    TooEarly,
    VolunteerSoFar,
    affairs_of,
)


class AlreadyRegistered(Refusal):
    """Somebody registers once."""

    code = "already-registered"
    en = "{volunteer} is registered already."
    zh = "{volunteer} 已经注册。"


class StandingUnchanged(Refusal):
    """The volunteer has that standing, or cannot get there from the present one."""

    code = "standing-unchanged"
    en = "{volunteer} is {standing}; this changes nothing."
    zh = "{volunteer} 的状态为{standing}，无需变更。"

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details, with the standing as people say it."""
        return {**self.details, "standing": Standing(self.details["standing"]).spoken(language)}


class NotInThatTeam(Refusal):
    """There is no such assignment to end, or it has ended by then."""

    code = "not-in-that-team"
    en = "The assignment {assignment} does not hold on {day}."
    zh = "{day} 没有有效的归队记录 {assignment}。"


class AlreadyThere(Refusal):
    """The volunteer belongs to that community already."""

    code = "already-there"
    en = "{volunteer} belongs to {community} already."
    zh = "{volunteer} 已属于 {community}。"


class _VolunteerCommand(Command, frozen=True, kw_only=True):
    """A command about one volunteer; `day` is when it takes effect, today unless said."""

    volunteer: VolunteerId
    day: date | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (affairs_of(self.volunteer),)

    def effective(self, seen: Seen) -> date:
        """The day on which the change takes effect."""
        return self.day or seen.today

    def affairs(self, seen: Seen) -> VolunteerSoFar:
        """What is known of the volunteer; refuses one not registered by the effective day."""
        affairs = seen[affairs_of(self.volunteer)]
        affairs.refuse_before(self.effective(seen))
        return affairs

    def change(self, seen: Seen, *allowed: Standing) -> date:
        """The effective day of a change of standing; refuses unless the standing then is one of those allowed."""
        day = self.effective(seen)
        standing = self.affairs(seen).standing(day)
        if standing not in allowed:
            raise StandingUnchanged(volunteer=self.volunteer, standing=standing)
        return day


class TeamPlace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which team, as what, and for how long: `until` is the first day it no longer holds."""

    assignment: AssignmentId
    team: TeamId
    role: Code = "member"
    until: date | None = None

    def assigned(self, seen: Seen, volunteer: str, day: date) -> TeamAssigned:
        """The fact that a volunteer takes the place on a day; refuses a disbanded team and an empty time."""
        seen[TEAMS].active(self.team)
        refuse_empty(day, self.until)
        return TeamAssigned(
            on=day,
            volunteer=volunteer,
            assignment=self.assignment,
            team=self.team,
            role=self.role,
            until=self.until,
        )


class RegisterVolunteer(_VolunteerCommand, frozen=True, kw_only=True):
    """Register somebody in a community, and at once in a team if one is given."""

    refusals: ClassVar = (AlreadyRegistered, EmptyTime, UnknownCommunity, UnknownTeam)

    community: CommunityId
    place: TeamPlace | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (affairs_of(self.volunteer), COMMUNITIES, TEAMS)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[affairs_of(self.volunteer)].since is not None:
            raise AlreadyRegistered(volunteer=self.volunteer)
        seen[COMMUNITIES].open(self.community)
        day = self.effective(seen)
        registered = VolunteerRegistered(on=day, volunteer=self.volunteer, community=self.community)
        if self.place is None:
            return (registered,)
        return (registered, self.place.assigned(seen, self.volunteer, day))


class MoveVolunteer(_VolunteerCommand, frozen=True, kw_only=True):
    """Let a volunteer belong to another community."""

    refusals: ClassVar = (AlreadyThere, NotRegistered, TooEarly, UnknownCommunity)

    community: CommunityId

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (affairs_of(self.volunteer), COMMUNITIES)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        affairs, day = self.affairs(seen), self.effective(seen)
        communities = seen[COMMUNITIES]
        communities.open(self.community)
        if communities.successor(affairs.home(day), day) == self.community:
            raise AlreadyThere(volunteer=self.volunteer, community=self.community)
        return (VolunteerMoved(on=day, volunteer=self.volunteer, community=self.community),)


class SuspendVolunteer(_VolunteerCommand, frozen=True, kw_only=True):
    """Let a volunteer neither serve nor spend for now."""

    refusals: ClassVar = (NotRegistered, StandingUnchanged, TooEarly)

    reason: Code

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.change(seen, Standing.ACTIVE)
        return (VolunteerSuspended(on=day, volunteer=self.volunteer, reason=self.reason),)


class ReinstateVolunteer(_VolunteerCommand, frozen=True, kw_only=True):
    """End a suspension."""

    refusals: ClassVar = (NotRegistered, StandingUnchanged, TooEarly)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        return (VolunteerReinstated(on=self.change(seen, Standing.SUSPENDED), volunteer=self.volunteer),)


class WithdrawVolunteer(_VolunteerCommand, frozen=True, kw_only=True):
    """Let somebody be a volunteer no more."""

    refusals: ClassVar = (NotRegistered, StandingUnchanged, TooEarly)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.change(seen, Standing.ACTIVE, Standing.SUSPENDED)
        return (VolunteerWithdrawn(on=day, volunteer=self.volunteer),)


class AssignTeam(_VolunteerCommand, frozen=True, kw_only=True):
    """Let a volunteer belong to a team from a day on."""

    refusals: ClassVar = (
        AlreadyInATeam,
        AlreadyRecorded,
        EmptyTime,
        NotInGoodStanding,
        NotRegistered,
        TooEarly,
        UnknownTeam,
    )

    place: TeamPlace

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (affairs_of(self.volunteer), TEAMS)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        affairs, day = self.affairs(seen), self.effective(seen)
        affairs.refuse_unless_active(day)
        if self.place.assignment in affairs.memberships:
            raise AlreadyRecorded(id=self.place.assignment)
        affairs.refuse_second_team(day, self.place.until)
        return (self.place.assigned(seen, self.volunteer, day),)


class ChangeTeam(_VolunteerCommand, frozen=True, kw_only=True):
    """Let a volunteer belong to another team from a day on, and no more to the one of that day."""

    refusals: ClassVar = (
        AlreadyInATeam,
        AlreadyRecorded,
        EmptyTime,
        InNoTeam,
        NotInGoodStanding,
        NotRegistered,
        TooEarly,
        UnknownTeam,
    )

    place: TeamPlace

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (affairs_of(self.volunteer), TEAMS)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        affairs, day = self.affairs(seen), self.effective(seen)
        affairs.refuse_unless_active(day)
        if self.place.assignment in affairs.memberships:
            raise AlreadyRecorded(id=self.place.assignment)
        leaving = affairs.assignment(day)
        if leaving is None:
            raise InNoTeam(volunteer=self.volunteer, day=day.isoformat())
        team = affairs.memberships[leaving].team
        if team == self.place.team:
            raise AlreadyInATeam(volunteer=self.volunteer, team=team)
        affairs.refuse_second_team(day, self.place.until, leaving=leaving)
        ended = TeamAssignmentEnded(on=day, volunteer=self.volunteer, assignment=leaving, team=team)
        return (ended, self.place.assigned(seen, self.volunteer, day))


class EndAssignment(_VolunteerCommand, frozen=True, kw_only=True):
    """End a volunteer's stay in a team."""

    refusals: ClassVar = (NotInThatTeam, NotRegistered, TooEarly)

    assignment: AssignmentId

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        affairs, day = self.affairs(seen), self.effective(seen)
        stay = affairs.memberships.get(self.assignment)
        if stay is None or not stay.holds(day):
            raise NotInThatTeam(assignment=self.assignment, day=day.isoformat())
        return (
            TeamAssignmentEnded(on=day, volunteer=self.volunteer, assignment=self.assignment, team=stay.team),
        )
