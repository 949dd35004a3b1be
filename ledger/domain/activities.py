"""Activities: publishing, describing anew, reporting what came of them, calling off."""

from datetime import date
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import AlreadyRecorded, Command, Facts, Fold, FutureDay, Refusal, Seen
from ledger.domain.communities import COMMUNITIES, UnknownCommunity
from ledger.domain.events import (
    Activity,
    ActivityCancelled,
    ActivityPublished,
    ActivityReported,
    ActivityRevised,
    Event,
    ShiftCancelled,
    ShiftPublished,
    Turnout,
)
from ledger.domain.ids import ActivityId
from ledger.domain.text import Code
from ledger.domain.venues import NothingNew, UnknownVenue, venue_of


class UnknownActivity(Refusal):
    """No activity was published under the id."""

    code = "unknown-activity"
    en = "There is no published activity {activity}."
    zh = "没有已发布的活动：{activity}。"


class CalledOff(Refusal):
    """The activity was cancelled."""

    code = "called-off"
    en = "{activity} was cancelled."
    zh = "活动“{activity}”已取消。"


class HeldAlready(Refusal):
    """What was reported as held is neither described anew nor called off."""

    code = "held-already"
    en = "{activity} was reported as held; report it again if a figure is wrong."
    zh = "活动“{activity}”已填报成效；数据有误请重新填报。"


class ShiftsLeft(Refusal):
    """Shifts are cancelled before their activity is."""

    code = "shifts-left"
    en = "{activity} still has shifts; cancel them first, so that everybody who signed up is told."
    zh = "活动“{activity}”还有班次，请先取消班次，以便通知已报名的志愿者。"


class ActivitySoFar(Fold):
    """One activity as it is, with the shifts it has."""

    types: ClassVar = frozenset(
        {
            ActivityPublished,
            ActivityRevised,
            ActivityReported,
            ActivityCancelled,
            ShiftPublished,
            ShiftCancelled,
        }
    )

    def __init__(self, about: str) -> None:
        """Not published yet."""
        self._id = about.partition(":")[2]
        self.activity: Activity | None = None
        self.day: date | None = None
        self.turnout: Turnout | None = None
        self.cancelled = False
        self.shifts: set[str] = set()

    def see(self, event: Event) -> None:
        """Follow the activity's way."""
        match event:
            case ActivityPublished() | ActivityRevised():
                self.activity, self.day = event.activity, event.on
            case ActivityReported():
                self.turnout = event.turnout
            case ActivityCancelled():
                self.cancelled = True
            case ShiftPublished():
                self.shifts.add(event.shift)
            case ShiftCancelled():
                self.shifts.discard(event.shift)
            case _:
                raise TypeError(event)

    def standing(self) -> Activity:
        """The activity, unless it was called off; refuses with UnknownActivity or CalledOff."""
        if self.activity is None:
            raise UnknownActivity(activity=self._id)
        if self.cancelled:
            raise CalledOff(activity=self.activity.name)
        return self.activity

    def planned(self) -> Activity:
        """An activity of which nothing is reported; refuses with HeldAlready besides."""
        activity = self.standing()
        if self.turnout is not None:
            raise HeldAlready(activity=activity.name)
        return activity


def activity_of(activity: str) -> Facts[ActivitySoFar]:
    """The boundary line of one activity."""
    return Facts(ActivitySoFar, tags.about(activity))


class _DescribeActivity(Command, frozen=True, kw_only=True):
    """Say what an activity is, and on which day it is held."""

    activity: Activity
    day: date

    def boundary(self) -> tuple[Facts[Any], ...]:
        venue = self.activity.venue
        return (activity_of(self.activity.id), COMMUNITIES, *(() if venue is None else (venue_of(venue),)))

    def refuse_unfit(self, seen: Seen) -> None:
        """Refuse a community or a venue that is not in use."""
        seen[COMMUNITIES].open(self.activity.community)
        if self.activity.venue is not None:
            seen[venue_of(self.activity.venue)].open()


class PublishActivity(_DescribeActivity, frozen=True, kw_only=True):
    """Announce an activity."""

    refusals: ClassVar = (AlreadyRecorded, UnknownCommunity, UnknownVenue)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[activity_of(self.activity.id)].activity is not None:
            raise AlreadyRecorded(id=self.activity.id)
        self.refuse_unfit(seen)
        return (ActivityPublished(on=self.day, activity=self.activity),)


class ReviseActivity(_DescribeActivity, frozen=True, kw_only=True):
    """Describe an activity anew, or plan it for another day, until it is reported as held."""

    refusals: ClassVar = (CalledOff, HeldAlready, NothingNew, UnknownActivity, UnknownCommunity, UnknownVenue)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        so_far = seen[activity_of(self.activity.id)]
        before = so_far.planned()
        self.refuse_unfit(seen)
        if (before, so_far.day) == (self.activity, self.day):
            raise NothingNew(id=self.activity.id)
        return (ActivityRevised(on=self.day, activity=self.activity, before=before),)


class _ActivityCommand(Command, frozen=True, kw_only=True):
    """A command about one activity."""

    activity: ActivityId

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (activity_of(self.activity),)


class ReportActivity(_ActivityCommand, frozen=True, kw_only=True):
    """Say what came of an activity; said again, it takes the place of what was said before."""

    refusals: ClassVar = (CalledOff, FutureDay, NothingNew, UnknownActivity)

    turnout: Turnout

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        so_far = seen[activity_of(self.activity)]
        activity = so_far.standing()
        if self.turnout.day > seen.today:
            raise FutureDay(day=self.turnout.day.isoformat())
        if so_far.turnout == self.turnout:
            raise NothingNew(id=self.activity)
        return (
            ActivityReported(
                on=self.turnout.day, activity=activity, turnout=self.turnout, replaces=so_far.turnout
            ),
        )


class CancelActivity(_ActivityCommand, frozen=True, kw_only=True):
    """Call an activity off; its shifts are cancelled before."""

    refusals: ClassVar = (CalledOff, HeldAlready, ShiftsLeft, UnknownActivity)

    reason: Code

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        so_far = seen[activity_of(self.activity)]
        activity = so_far.planned()
        if so_far.shifts:
            raise ShiftsLeft(activity=activity.name)
        return (ActivityCancelled(on=so_far.day or seen.today, activity=activity, reason=self.reason),)
