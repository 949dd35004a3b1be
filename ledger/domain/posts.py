"""Posts: which volunteer holds which post of which community, and when."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import AlreadyRecorded, DatedCommand, Facts, Refusal, Seen
from ledger.domain.communities import COMMUNITIES, UnknownCommunity
from ledger.domain.events import Event, PostLeft, PostTaken
from ledger.domain.ids import CommunityId, TenureId, VolunteerId
from ledger.domain.stays import DoesNotHold, EmptyTime, Stay, Stays, refuse_empty
from ledger.domain.text import Code
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered, TooEarly, affairs_of


class PostHeld(Refusal):
    """Nobody holds one post of one community twice at a time."""

    code = "post-held"
    en = "{volunteer} holds the post {post} in {community} in that time already."
    zh = "{volunteer} 在该时段已担任 {community} 的岗位 {post}。"


@dataclass(slots=True)
class Tenure(Stay):
    """One volunteer's time in one post of one community."""

    volunteer: str
    community: str
    post: str


class Tenures(Stays[Tenure]):
    """Tenures, by id."""

    types: ClassVar = frozenset({PostTaken, PostLeft})

    def see(self, event: Event) -> None:
        """Begin a tenure, or end it."""
        match event:
            case PostTaken():
                tenure = Tenure(event.on, event.until, event.volunteer, event.community, event.post)
                self.begin(event.tenure, tenure)
            case PostLeft():
                self.end(event.tenure, event.on)
            case _:
                raise TypeError(event)


def tenures_of(identifier: str) -> Facts[Tenures]:
    """The boundary line of a volunteer's tenures, or of the one that an id names."""
    return Facts(Tenures, tags.about(identifier))


class TakePost(DatedCommand, frozen=True, kw_only=True):
    """Let a volunteer hold a post of a community from a day on; several may hold the same."""

    refusals: ClassVar = (
        AlreadyRecorded,
        EmptyTime,
        NotInGoodStanding,
        NotRegistered,
        PostHeld,
        TooEarly,
        UnknownCommunity,
    )

    tenure: TenureId
    volunteer: VolunteerId
    community: CommunityId
    post: Code
    until: date | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (
            tenures_of(self.tenure),
            tenures_of(self.volunteer),
            affairs_of(self.volunteer),
            COMMUNITIES,
        )

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.effective(seen)
        seen[tenures_of(self.tenure)].refuse_recorded(self.tenure)
        refuse_empty(day, self.until)
        affairs = seen[affairs_of(self.volunteer)]
        affairs.refuse_before(day)
        affairs.refuse_unless_active(day)
        seen[COMMUNITIES].open(self.community)
        for tenure in seen[tenures_of(self.volunteer)].meeting(day, self.until):
            if (tenure.community, tenure.post) == (self.community, self.post):
                raise PostHeld(volunteer=self.volunteer, community=self.community, post=self.post)
        return (
            PostTaken(
                on=day,
                tenure=self.tenure,
                volunteer=self.volunteer,
                community=self.community,
                post=self.post,
                until=self.until,
            ),
        )


class LeavePost(DatedCommand, frozen=True, kw_only=True):
    """End a tenure, whatever became of the volunteer and the community."""

    refusals: ClassVar = (DoesNotHold,)

    tenure: TenureId

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (tenures_of(self.tenure),)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.effective(seen)
        tenure = seen[tenures_of(self.tenure)].holding(self.tenure, day)
        return (
            PostLeft(
                on=day,
                tenure=self.tenure,
                volunteer=tenure.volunteer,
                community=tenure.community,
                post=tenure.post,
            ),
        )
