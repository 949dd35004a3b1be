"""What decisions on a shift look at: the shift, and who has a place on it or waits for one."""

from collections import Counter
from datetime import datetime
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import Facts, Fold, Refusal
from ledger.domain.events import (
    Event,
    NoShowLifted,
    NoShowRecorded,
    ShiftCancelled,
    ShiftPublished,
    SignUpEvent,
    SignUpReleased,
    SignUpWithdrawn,
    VolunteerCheckedIn,
    VolunteerWaitlisted,
)


class UnknownShift(Refusal):
    """No shift was published under the id."""

    code = "unknown-shift"
    en = "There is no shift {shift}."
    zh = "没有这个班次：{shift}。"


class ShiftCalledOff(Refusal):
    """The shift was cancelled."""

    code = "shift-called-off"
    en = "The shift {shift} was cancelled."
    zh = "班次 {shift} 已取消。"


class ShiftOver(Refusal):
    """The shift has ended."""

    code = "shift-over"
    en = "The shift {shift} is over."
    zh = "班次 {shift} 已经结束。"


class UnknownRole(Refusal):
    """The shift has no places in that role; `roles` are those it has."""

    code = "unknown-role"
    en = "The shift {shift} has no places for {role}; its roles are {roles}."
    zh = "班次 {shift} 没有角色 {role} 的名额，可选角色：{roles}。"


class ShiftSoFar(Fold):
    """One shift, with its sign-ups: those with a place and those who wait, in order."""

    types: ClassVar = frozenset(
        {ShiftPublished, ShiftCancelled, VolunteerCheckedIn, *SignUpEvent.__subclasses__()}
    )

    def __init__(self, about: str) -> None:
        """Not published yet."""
        self._id = about.partition(":")[2]
        self.shift: ShiftPublished | None = None
        self.cancelled = False
        self.begun = False
        self.placed: dict[str, SignUpEvent] = {}
        self.waiting: dict[str, SignUpEvent] = {}
        self._taken: Counter[str] = Counter()
        self._whose: dict[str, str] = {}

    def see(self, event: Event) -> None:
        """Follow what happens to the shift and to its sign-ups."""
        match event:
            case ShiftPublished():
                self.shift = event
            case ShiftCancelled():
                self.cancelled = True
            case VolunteerCheckedIn():
                self.begun = True
            case NoShowRecorded() | NoShowLifted():
                pass
            case SignUpWithdrawn() | SignUpReleased():
                self._leave(event.sign_up)
            case VolunteerWaitlisted():
                self.waiting[event.sign_up] = event
                self._whose[event.volunteer] = event.sign_up
            case SignUpEvent():
                self._leave(event.sign_up)
                self.placed[event.sign_up] = event
                self._taken[event.role] += 1
                self._whose[event.volunteer] = event.sign_up
            case _:
                raise TypeError(event)

    def standing(self) -> ShiftPublished:
        """The shift, unless it was cancelled; refuses with UnknownShift or ShiftCalledOff."""
        if self.shift is None:
            raise UnknownShift(shift=self._id)
        if self.cancelled:
            raise ShiftCalledOff(shift=self._id)
        return self.shift

    def coming(self, now: datetime) -> ShiftPublished:
        """A shift that has not ended; refuses with ShiftOver besides."""
        shift = self.standing()
        if now >= shift.ends:
            raise ShiftOver(shift=self._id)
        return shift

    def free(self, role: str, *, leaving: int = 0) -> int:
        """How many places of a role are free once some have left; refuses with UnknownRole.

        A coordinator may have given more than there are: then none is, until so many have left.
        """
        roles = self.standing().roles
        for wanted in roles:
            if wanted.role == role:
                return max(wanted.places - self._taken[role] + leaving, 0)
        raise UnknownRole(shift=self._id, role=role, roles=", ".join(wanted.role for wanted in roles))

    def waiting_for(self, role: str) -> list[SignUpEvent]:
        """Who waits for a place of a role, the longest wait first."""
        return [one for one in self.waiting.values() if one.role == role]

    def sign_up_of(self, volunteer: str) -> str | None:
        """The volunteer's sign-up, with a place or without."""
        return self._whose.get(volunteer)

    def _leave(self, sign_up: str) -> None:
        left = self.placed.pop(sign_up, None)
        if left is not None:
            self._taken[left.role] -= 1
        left = left or self.waiting.pop(sign_up, None)
        if left is not None:
            del self._whose[left.volunteer]


def shift_of(shift: str) -> Facts[ShiftSoFar]:
    """The boundary line of one shift."""
    return Facts(ShiftSoFar, tags.about(shift))


def following(kind: type[SignUpEvent], sign_up: SignUpEvent, **more: Any) -> SignUpEvent:
    """What happens next to a sign-up, as a fact of a kind; `more` are the fields that only this kind has."""
    return kind(
        on=sign_up.on,
        sign_up=sign_up.sign_up,
        shift=sign_up.shift,
        activity=sign_up.activity,
        volunteer=sign_up.volunteer,
        role=sign_up.role,
        begins=sign_up.begins,
        ends=sign_up.ends,
        **more,
    )
