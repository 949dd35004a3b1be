"""Shifts: publishing and cancelling."""

from datetime import UTC, timedelta
from typing import Any, ClassVar

from ledger.domain.activities import CalledOff, UnknownActivity, activity_of
from ledger.domain.commands import AlreadyRecorded, Command, Facts, InvalidInput, Refusal, Seen
from ledger.domain.events import Event, ShiftCancelled, ShiftPublished, SignUpReleased
from ledger.domain.events.shifts import MOST_PLACES, AgeBands, Roles, Skills, Waitlist
from ledger.domain.ids import ActivityId, ShiftId
from ledger.domain.instants import Instant, day_of
from ledger.domain.shift_state import ShiftCalledOff, UnknownShift, following, shift_of
from ledger.domain.text import Code

LONGEST_SHIFT = timedelta(days=7)
_YEARS = range(1970, 2200)


class HasBegun(Refusal):
    """Somebody has checked in."""

    code = "has-begun"
    en = "Somebody has checked in at the shift {shift}; it cannot be cancelled any more."
    zh = "班次 {shift} 已有志愿者签到，不能取消。"


class PublishShift(Command, frozen=True, kw_only=True):
    """Let volunteers sign up for a stretch of an activity."""

    refusals: ClassVar = (AlreadyRecorded, CalledOff, UnknownActivity)

    shift: ShiftId
    activity: ActivityId
    begins: Instant
    ends: Instant
    roles: Roles
    waitlist: Waitlist = 0
    ages: AgeBands = ()
    skills: Skills = ()

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (shift_of(self.shift), activity_of(self.activity))

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[shift_of(self.shift)].shift is not None:
            raise AlreadyRecorded(id=self.shift)
        activity = seen[activity_of(self.activity)].standing()
        self._refuse_unfit()
        begins, ends = self.begins.astimezone(UTC), self.ends.astimezone(UTC)
        return (
            ShiftPublished(
                on=day_of(begins, seen.zone),
                shift=self.shift,
                activity=self.activity,
                community=activity.community,
                begins=begins,
                ends=ends,
                roles=self.roles,
                waitlist=self.waitlist,
                ages=self.ages,
                skills=self.skills,
            ),
        )

    def _refuse_unfit(self) -> None:
        if self.begins.year not in _YEARS or self.ends.year not in _YEARS:
            raise InvalidInput(
                field="begins",
                reason="a shift is between 1970 and 2199",
                reason_zh="班次须在 1970 年至 2199 年之间",
            )
        if not timedelta() < self.ends - self.begins <= LONGEST_SHIFT:
            raise InvalidInput(
                field="ends",
                reason="a shift ends after it begins, at most seven days later",
                reason_zh="班次须在开始之后、七天之内结束",
            )
        roles = [wanted.role for wanted in self.roles]
        if len(set(roles)) < len(roles):
            raise InvalidInput(
                field="roles",
                reason="a role is named once, with all its places",
                reason_zh="同一岗位只能出现一次，名额须合并填写",
            )
        if sum(wanted.places for wanted in self.roles) > MOST_PLACES:
            raise InvalidInput(
                field="roles",
                reason=f"a shift has at most {MOST_PLACES} places",
                reason_zh=f"一个班次最多 {MOST_PLACES} 个名额",
            )


class CancelShift(Command, frozen=True, kw_only=True):
    """Call a shift off, and release everybody who signed up."""

    refusals: ClassVar = (HasBegun, ShiftCalledOff, UnknownShift)

    shift: ShiftId
    reason: Code

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (shift_of(self.shift),)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        so_far = seen[shift_of(self.shift)]
        shift = so_far.standing()
        if so_far.begun:
            raise HasBegun(shift=self.shift)
        cancelled = ShiftCancelled(
            on=shift.on,
            shift=shift.shift,
            activity=shift.activity,
            community=shift.community,
            reason=self.reason,
        )
        released = (
            following(SignUpReleased, one) for one in (*so_far.placed.values(), *so_far.waiting.values())
        )
        return (cancelled, *released)
