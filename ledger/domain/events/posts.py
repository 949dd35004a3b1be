"""Posts: the roles that volunteers hold in communities, such as branch president, cadre or liaison."""

from datetime import date

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.ids import CommunityId, TenureId, VolunteerId
from ledger.domain.text import Code


class PostEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one tenure: one volunteer's time in one post of one community."""

    tenure: TenureId
    volunteer: VolunteerId
    community: CommunityId
    post: Code

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.tenure), tags.about(self.volunteer), tags.about(self.community))


class PostTaken(PostEvent, frozen=True, kw_only=True, tag="post-taken"):
    """A volunteer holds a post from the event's day; `until` is the first day they no longer do."""

    until: date | None


class PostLeft(PostEvent, frozen=True, kw_only=True, tag="post-left"):
    """From the event's day a volunteer no longer holds the post."""
