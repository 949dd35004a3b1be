"""Who holds which post: a president and an information officer in each town, a liaison in each village."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.application import Ask
from ledger.demo.story import FIRST, Story, at, by_staff, months
from ledger.domain.posts import LeavePost, TakePost

_ELECTION = date(2026, 3, 16)
_NEW_PRESIDENTS = 4
_NEW_LIAISONS = 3
"""So many hand over each month."""


@dataclass(frozen=True, slots=True)
class _Tenure:
    """A volunteer's time in a post."""

    id: str
    volunteer: str
    community: str
    town: str
    post: str

    def taken(self, day: date) -> Ask:
        return by_staff(
            TakePost(
                tenure=self.id, volunteer=self.volunteer, community=self.community, post=self.post, day=day
            )
        )


def plan(story: Story) -> None:
    """Plan who takes a post on the first morning, and who hands over in the year."""
    presidents = [_tenure(story, town, town, "branch-president") for town in story.towns]
    officers = [_tenure(story, town, town, "information-officer") for town in story.towns]
    liaisons = [_tenure(story, village.id, village.town, "liaison") for village in story.villages]
    story.timeline.at(
        at(FIRST, 8, 30), lambda: [one.taken(FIRST) for one in (*presidents, *officers, *liaisons)]
    )
    leaving = story.some(presidents, _NEW_PRESIDENTS)
    story.timeline.at(at(_ELECTION, 9), lambda: _handed_over(story, leaving, _ELECTION))
    # Nobody hands over twice in a year.
    remaining = story.some(liaisons, len(liaisons))
    for number, month in enumerate(months()[1:]):
        some = remaining[number * _NEW_LIAISONS : (number + 1) * _NEW_LIAISONS]
        story.timeline.at(at(month, 9), lambda some=some, month=month: _handed_over(story, some, month))


def _tenure(story: Story, community: str, town: str, post: str, *, but: str = "") -> _Tenure:
    neighbours = [who for who in story.neighbours.get(community, ()) if who != but]
    # A town has none of its own, and a small village nobody but its liaison.
    volunteer = story.chance.choice(neighbours or [who for who in story.people[town] if who != but])
    return _Tenure(story.new_id("ten"), volunteer, community, town, post)


def _handed_over(story: Story, leaving: Iterable[_Tenure], day: date) -> Iterable[Ask]:
    for one in leaving:
        yield by_staff(LeavePost(tenure=one.id, day=day))
        yield _tenure(story, one.community, one.town, one.post, but=one.volunteer).taken(day)
