"""What decisions on sign-ups look at: one sign-up so far, and when a volunteer is taken."""

from bisect import bisect_left
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from ledger.domain import tags
from ledger.domain.commands import AnyFact, Facts, Fold, Refusal
from ledger.domain.events import (
    Event,
    NoShowLifted,
    NoShowRecorded,
    SignUpEvent,
    SignUpPromoted,
    SignUpReleased,
    SignUpWithdrawn,
    VolunteerCheckedIn,
    VolunteerPlaced,
    VolunteerSignedUp,
    VolunteerWaitlisted,
)
from ledger.domain.instants import meet


class UnknownSignUp(Refusal):
    """Nobody signed up under the id."""

    code = "unknown-sign-up"
    en = "There is no sign-up {sign_up}."
    zh = "没有这条报名记录：{sign_up}。"


class SignUpEnded(Refusal):
    """The sign-up was withdrawn, or its shift was cancelled."""

    code = "sign-up-ended"
    en = "The sign-up {sign_up} was given up or released before."
    zh = "报名 {sign_up} 已取消，或名额已收回。"


class StillWaiting(Refusal):
    """Who waits has no place to come to."""

    code = "still-waiting"
    en = "The sign-up {sign_up} is on the waitlist and has no place yet."
    zh = "报名 {sign_up} 仍在候补，尚未获得名额。"


class AlreadyCame(Refusal):
    """The volunteer has checked in."""

    code = "already-came"
    en = "The volunteer has checked in for {sign_up}."
    zh = "报名 {sign_up} 的志愿者已经签到。"


class OverlappingShift(Refusal):
    """Nobody is on two shifts at once."""

    code = "overlapping-shift"
    en = "{volunteer} has a place on {shift} at that time."
    zh = "{volunteer} 该时段已报名班次 {shift}。"


class SignUpNamed(AnyFact):
    """Whether anybody signed up under an id."""

    types: ClassVar = frozenset({VolunteerSignedUp, VolunteerWaitlisted, VolunteerPlaced})


class State(StrEnum):
    """Where a sign-up stands."""

    WAITING = "waiting"
    PLACED = "placed"
    NO_SHOW = "no-show"
    ENDED = "ended"


_LEADS_TO: dict[type[SignUpEvent], State] = {
    VolunteerWaitlisted: State.WAITING,
    VolunteerSignedUp: State.PLACED,
    SignUpPromoted: State.PLACED,
    VolunteerPlaced: State.PLACED,
    NoShowLifted: State.PLACED,
    NoShowRecorded: State.NO_SHOW,
    SignUpWithdrawn: State.ENDED,
    SignUpReleased: State.ENDED,
}


class SignUpSoFar(Fold):
    """One sign-up so far."""

    types: ClassVar = frozenset({VolunteerCheckedIn, *_LEADS_TO})

    def __init__(self, about: str) -> None:
        """Nobody signed up."""
        self._id = about.partition(":")[2]
        self.latest: SignUpEvent | None = None
        self.state = State.ENDED
        self.came = False

    def see(self, event: Event) -> None:
        """Follow the sign-up's way."""
        if isinstance(event, VolunteerCheckedIn):
            self.came = True
            return
        assert isinstance(event, SignUpEvent)
        self.latest, self.state = event, _LEADS_TO[type(event)]

    def known(self) -> SignUpEvent:
        """The latest fact about the sign-up; refuses with UnknownSignUp."""
        if self.latest is None:
            raise UnknownSignUp(sign_up=self._id)
        return self.latest

    def live(self) -> SignUpEvent:
        """A sign-up with a place or in the waitlist; refuses with SignUpEnded besides."""
        latest = self.known()
        if self.state is State.ENDED:
            raise SignUpEnded(sign_up=self._id)
        return latest

    def with_place(self) -> SignUpEvent:
        """A sign-up with a place; refuses with StillWaiting besides."""
        latest = self.live()
        if self.state is State.WAITING:
            raise StillWaiting(sign_up=self._id)
        return latest

    def refuse_came(self) -> None:
        """Refuse with AlreadyCame if the volunteer has checked in."""
        if self.came:
            raise AlreadyCame(sign_up=self._id)


class Bookings(Fold):
    """When one volunteer is taken: the places they have, and not those that they wait for."""

    types: ClassVar = frozenset(_LEADS_TO)

    def __init__(self, about: str) -> None:
        """Free at all times."""
        self._places: list[SignUpEvent] = []

    def see(self, event: Event) -> None:
        """Note a place, or that there is none any more. Who did not come had one all the same."""
        assert isinstance(event, SignUpEvent)
        at = bisect_left(self._places, event.begins, key=_beginning)
        mine = at < len(self._places) and self._places[at].sign_up == event.sign_up
        placed = _LEADS_TO[type(event)] in (State.PLACED, State.NO_SHOW)
        if placed and not mine:
            self._places.insert(at, event)
        elif mine and not placed:
            del self._places[at]

    def taken(self, begins: datetime, ends: datetime) -> SignUpEvent | None:
        """A place that shares a moment with a stretch of time."""
        # No two places meet: if any meets the stretch, the last that begins before its end does.
        before = bisect_left(self._places, ends, key=_beginning)
        last = self._places[before - 1] if before else None
        return last if last is not None and meet(begins, ends, last.begins, last.ends) else None

    def refuse_overlapping(self, begins: datetime, ends: datetime) -> None:
        """Refuse with OverlappingShift whoever is taken then."""
        place = self.taken(begins, ends)
        if place is not None:
            raise OverlappingShift(volunteer=place.volunteer, shift=place.shift)


def _beginning(place: SignUpEvent) -> datetime:
    return place.begins


def sign_up_of(sign_up: str) -> Facts[SignUpSoFar]:
    """The boundary line of one sign-up."""
    return Facts(SignUpSoFar, tags.about(sign_up))


def bookings_of(volunteer: str) -> Facts[Bookings]:
    """The boundary line of the places that one volunteer has."""
    return Facts(Bookings, tags.about(volunteer))
