"""What happens to a volunteer's standing, community and team. Who they are lives in the directory only."""

from datetime import date

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.ids import AssignmentId, CommunityId, TeamId, VolunteerId
from ledger.domain.text import Code


class VolunteerEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one volunteer."""

    volunteer: VolunteerId

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.volunteer),)


class VolunteerRegistered(VolunteerEvent, frozen=True, kw_only=True, tag="volunteer-registered"):
    """Somebody became a volunteer of a community, from the event's day."""

    community: CommunityId


class VolunteerMoved(VolunteerEvent, frozen=True, kw_only=True, tag="volunteer-moved"):
    """A volunteer belongs to another community from the event's day."""

    community: CommunityId


class VolunteerSuspended(VolunteerEvent, frozen=True, kw_only=True, tag="volunteer-suspended"):
    """A volunteer may neither serve nor spend from the event's day."""

    reason: Code


class VolunteerReinstated(VolunteerEvent, frozen=True, kw_only=True, tag="volunteer-reinstated"):
    """A suspension is over from the event's day."""


class VolunteerWithdrawn(VolunteerEvent, frozen=True, kw_only=True, tag="volunteer-withdrawn"):
    """Somebody is a volunteer no more from the event's day; what they served stays theirs."""


class TeamAssigned(VolunteerEvent, frozen=True, kw_only=True, tag="team-assigned"):
    """A volunteer belongs to a team, in a role, from the event's day; `until` is the first day they no longer do."""

    assignment: AssignmentId
    team: TeamId
    role: Code
    until: date | None

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.volunteer), tags.about(self.team))


class TeamAssignmentEnded(VolunteerEvent, frozen=True, kw_only=True, tag="team-assignment-ended"):
    """From the event's day a volunteer no longer belongs to the team."""

    assignment: AssignmentId
    team: TeamId

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.volunteer), tags.about(self.team))
