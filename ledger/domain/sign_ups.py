"""Signing up for shifts: places, the waitlist, withdrawing, and who did not come."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import AlreadyRecorded, Command, Facts, Refusal, Seen
from ledger.domain.events import (
    Event,
    NoShowLifted,
    NoShowRecorded,
    ShiftPublished,
    SignUpEvent,
    SignUpWithdrawn,
    VolunteerPlaced,
    VolunteerSignedUp,
    VolunteerWaitlisted,
)
from ledger.domain.ids import ShiftId, SignUpId, VolunteerId
from ledger.domain.qualifications import ConsentMissing, NotEligible, qualifications_of
from ledger.domain.shift_state import (
    ShiftCalledOff,
    ShiftOver,
    ShiftSoFar,
    UnknownRole,
    UnknownShift,
    following,
    shift_of,
)
from ledger.domain.sign_up_state import (
    AlreadyCame,
    OverlappingShift,
    SignUpEnded,
    SignUpNamed,
    State,
    StillWaiting,
    UnknownSignUp,
    bookings_of,
    sign_up_of,
)
from ledger.domain.text import Code
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered, affairs_of
from ledger.domain.waitlist import lines_of, promoted_of


class AlreadySignedUp(Refusal):
    """A volunteer signs up for a shift once."""

    code = "already-signed-up"
    en = "{volunteer} has signed up for this shift before ({sign_up})."
    zh = "{volunteer} 已报名该班次（{sign_up}）。"


class ShiftFull(Refusal):
    """All places are taken, and nobody more may wait."""

    code = "shift-full"
    en = "The shift {shift} has no place left for {role}, and its waitlist is full."
    zh = "班次 {shift} 的 {role} 名额已满，候补也已满。"


class ShiftNotOver(Refusal):
    """Nobody has missed a shift that is not over."""

    code = "shift-not-over"
    en = "The shift {shift} is not over yet."
    zh = "班次 {shift} 尚未结束。"


class NotANoShow(Refusal):
    """There is no no-show to lift."""

    code = "not-a-no-show"
    en = "No no-show is recorded for {sign_up}."
    zh = "报名 {sign_up} 没有缺席记录。"


class _ForAShift(Command, frozen=True, kw_only=True):
    """Ask for a place on a shift."""

    sign_up: SignUpId
    shift: ShiftId
    volunteer: VolunteerId
    role: Code = "volunteer"

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (
            Facts(SignUpNamed, tags.about(self.sign_up)),
            shift_of(self.shift),
            affairs_of(self.volunteer),
            bookings_of(self.volunteer),
            qualifications_of(self.volunteer),
        )

    def event(self, kind: type[SignUpEvent], shift: ShiftPublished, **more: Any) -> SignUpEvent:
        """The sign-up as a fact of a kind."""
        return kind(
            on=shift.on,
            sign_up=self.sign_up,
            shift=shift.shift,
            activity=shift.activity,
            volunteer=self.volunteer,
            role=self.role,
            begins=shift.begins,
            ends=shift.ends,
            **more,
        )


class SignUp(_ForAShift, frozen=True, kw_only=True):
    """Take a place on a shift, or wait for one. Those who wait, and could come now, go first."""

    refusals: ClassVar = (
        AlreadyRecorded,
        AlreadySignedUp,
        ConsentMissing,
        NotEligible,
        NotInGoodStanding,
        NotRegistered,
        OverlappingShift,
        ShiftCalledOff,
        ShiftFull,
        ShiftOver,
        UnknownRole,
        UnknownShift,
    )

    def further(self, seen: Seen) -> Iterable[Facts[Any]]:
        so_far = seen[shift_of(self.shift)]
        if so_far.shift is None or not so_far.waiting_for(self.role):
            return ()
        return lines_of(so_far.waiting_for(self.role)) if so_far.free(self.role) else ()

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        so_far = seen[shift_of(self.shift)]
        shift = so_far.coming(seen.now)
        self._refuse_unfit(so_far, shift, seen)
        free = so_far.free(self.role)
        promoted = promoted_of(so_far.waiting_for(self.role), free, seen)
        if free > len(promoted):
            seen[bookings_of(self.volunteer)].refuse_overlapping(shift.begins, shift.ends)
            return (*promoted, self.event(VolunteerSignedUp, shift))
        if len(so_far.waiting) - len(promoted) < shift.waitlist:
            return (*promoted, self.event(VolunteerWaitlisted, shift))
        raise ShiftFull(shift=self.shift, role=self.role)

    def _refuse_unfit(self, so_far: ShiftSoFar, shift: ShiftPublished, seen: Seen) -> None:
        earlier = so_far.sign_up_of(self.volunteer)
        if earlier is not None:
            raise AlreadySignedUp(volunteer=self.volunteer, sign_up=earlier)
        if seen[Facts(SignUpNamed, tags.about(self.sign_up))].seen:
            raise AlreadyRecorded(id=self.sign_up)
        seen[affairs_of(self.volunteer)].refuse_unless_active(shift.on)
        seen[qualifications_of(self.volunteer)].refuse_unfit(shift.ages, shift.skills, shift.on)


class PlaceVolunteer(_ForAShift, frozen=True, kw_only=True):
    """Give a volunteer a place on a coordinator's word, whatever the shift asks for and however full it is.

    Who is elsewhere then, is not in good standing, or is a minor without consent gets none even so.
    """

    refusals: ClassVar = (
        AlreadyRecorded,
        AlreadySignedUp,
        ConsentMissing,
        NotInGoodStanding,
        NotRegistered,
        OverlappingShift,
        ShiftCalledOff,
        ShiftOver,
        UnknownRole,
        UnknownShift,
    )

    reason: Code

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        so_far = seen[shift_of(self.shift)]
        shift = so_far.coming(seen.now)
        so_far.free(self.role)
        earlier = so_far.sign_up_of(self.volunteer)
        if earlier in so_far.placed:
            raise AlreadySignedUp(volunteer=self.volunteer, sign_up=str(earlier))
        if earlier is None and seen[Facts(SignUpNamed, tags.about(self.sign_up))].seen:
            raise AlreadyRecorded(id=self.sign_up)
        seen[affairs_of(self.volunteer)].refuse_unless_active(shift.on)
        seen[qualifications_of(self.volunteer)].refuse_unfit((), (), shift.on)
        seen[bookings_of(self.volunteer)].refuse_overlapping(shift.begins, shift.ends)
        if earlier is not None:
            # Whoever waits keeps the sign-up that they know.
            return (following(VolunteerPlaced, so_far.waiting[earlier], reason=self.reason),)
        return (self.event(VolunteerPlaced, shift, reason=self.reason),)


class _OfASignUp(Command, frozen=True, kw_only=True):
    """A command about one sign-up."""

    sign_up: SignUpId

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (sign_up_of(self.sign_up),)


class WithdrawSignUp(_OfASignUp, frozen=True, kw_only=True):
    """Give up a place, which the first who waits and can come gets at once; or give up the wait."""

    refusals: ClassVar = (AlreadyCame, ShiftOver, SignUpEnded, UnknownSignUp)

    def further(self, seen: Seen) -> Iterable[Facts[Any]]:
        sign_up = seen[sign_up_of(self.sign_up)]
        if sign_up.latest is None:
            return ()
        shift = shift_of(sign_up.latest.shift)
        if shift not in seen.folds or sign_up.state is State.WAITING:
            return (shift,)
        return (shift, *lines_of(seen[shift].waiting_for(sign_up.latest.role)))

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        so_far = seen[sign_up_of(self.sign_up)]
        sign_up = so_far.live()
        so_far.refuse_came()
        shift = seen[shift_of(sign_up.shift)]
        shift.coming(seen.now)
        withdrawn = following(SignUpWithdrawn, sign_up)
        if so_far.state is State.WAITING:
            return (withdrawn,)
        free = shift.free(sign_up.role, leaving=1)
        return (withdrawn, *promoted_of(shift.waiting_for(sign_up.role), free, seen))


class RecordNoShow(_OfASignUp, frozen=True, kw_only=True):
    """Note that a volunteer with a place did not come."""

    refusals: ClassVar = (
        AlreadyCame,
        AlreadyRecorded,
        ShiftNotOver,
        SignUpEnded,
        StillWaiting,
        UnknownSignUp,
    )

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        so_far = seen[sign_up_of(self.sign_up)]
        sign_up = so_far.with_place()
        so_far.refuse_came()
        _refuse_until_over(sign_up, seen.now)
        if so_far.state is State.NO_SHOW:
            raise AlreadyRecorded(id=self.sign_up)
        return (following(NoShowRecorded, sign_up),)


class LiftNoShow(_OfASignUp, frozen=True, kw_only=True):
    """Take a no-show back."""

    refusals: ClassVar = (NotANoShow, UnknownSignUp)

    reason: Code

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        so_far = seen[sign_up_of(self.sign_up)]
        sign_up = so_far.known()
        if so_far.state is not State.NO_SHOW:
            raise NotANoShow(sign_up=self.sign_up)
        return (following(NoShowLifted, sign_up, reason=self.reason),)


def _refuse_until_over(sign_up: SignUpEvent, now: datetime) -> None:
    if now < sign_up.ends:
        raise ShiftNotOver(shift=sign_up.shift)
