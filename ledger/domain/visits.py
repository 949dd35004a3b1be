"""What decisions on presence look at: one visit so far, and whether a volunteer is somewhere now."""

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from ledger.domain import tags
from ledger.domain.commands import AnyFact, Facts, Fold, Refusal
from ledger.domain.events import (
    CountedService,
    Event,
    ServiceApproved,
    ServiceAttested,
    ServiceReversed,
    VisitAbandoned,
    VolunteerCheckedIn,
    VolunteerCheckedOut,
    VolunteerClockedIn,
)
from ledger.domain.minutes import spoken

_MINUTE = timedelta(minutes=1)


class UnknownVisit(Refusal):
    """Nobody checked in under the id."""

    code = "unknown-visit"
    en = "There is no visit {visit}."
    zh = "没有这条签到记录：{visit}。"


class VisitOver(Refusal):
    """The visit has its end."""

    code = "visit-over"
    en = "The visit {visit} is over already."
    zh = "{visit} 已经签退。"


class VisitNotOver(Refusal):
    """How long a visit was is known when it is over."""

    code = "visit-not-over"
    en = "Nobody has checked out of the visit {visit}."
    zh = "{visit} 尚未签退。"


class SomewhereElse(Refusal):
    """Nobody is in two places."""

    code = "somewhere-else"
    en = "{volunteer} has not checked out of the visit {visit} yet."
    zh = "{volunteer} 的签到 {visit} 尚未签退。"


class MoreThanPresent(Refusal):
    """No more is credited than somebody was there."""

    code = "more-than-present"
    en = "The record holds {wanted}, but {present} at most may count for this visit."
    zh = "记录时长为 {wanted}，此次签到最多可计 {present}。"

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details: minutes, as people say them."""
        return {name: spoken(int(minutes), language) for name, minutes in self.details.items()}


class VisitCounted(Refusal):
    """A visit counts once."""

    code = "visit-counted"
    en = "The visit {visit} counts already, with the record {record}."
    zh = "{visit} 已计入服务记录 {record}。"


class NotTheirVisit(Refusal):
    """A record rests on the volunteer's own visit."""

    code = "not-their-visit"
    en = "The visit {visit} is another volunteer's."
    zh = "{visit} 是其他志愿者的签到。"


class VisitNamed(AnyFact):
    """Whether anybody checked in under an id."""

    types: ClassVar = frozenset({VolunteerCheckedIn, VolunteerClockedIn})


class Visit(Fold):
    """One visit so far, and the record that counts for it."""

    types: ClassVar = frozenset(
        {
            VolunteerCheckedIn,
            VolunteerClockedIn,
            VolunteerCheckedOut,
            VisitAbandoned,
            ServiceApproved,
            ServiceAttested,
            ServiceReversed,
        }
    )

    def __init__(self, about: str) -> None:
        """Nobody came."""
        self._id = about.partition(":")[2]
        self.begun: VolunteerCheckedIn | VolunteerClockedIn | None = None
        self.out: VolunteerCheckedOut | None = None
        self._abandoned = False
        self._counted: str | None = None

    def see(self, event: Event) -> None:
        """Follow the visit from its beginning to its end."""
        match event:
            case VolunteerCheckedIn() | VolunteerClockedIn():
                self.begun = event
            case VolunteerCheckedOut():
                self.out = event
            case VisitAbandoned():
                self._abandoned = True
            case ServiceReversed():
                self._counted = None
            case CountedService():
                self._counted = event.service.record
            case _:
                raise TypeError(event)

    def known(self) -> VolunteerCheckedIn | VolunteerClockedIn:
        """How the visit began; refuses with UnknownVisit."""
        if self.begun is None:
            raise UnknownVisit(visit=self._id)
        return self.begun

    def going_on(self) -> VolunteerCheckedIn | VolunteerClockedIn:
        """A visit without its end; refuses with VisitOver besides."""
        begun = self.known()
        if self.out is not None or self._abandoned:
            raise VisitOver(visit=self._id)
        return begun

    def refuse_counting(self, volunteer: str, record: str, minutes: int, margin: int) -> None:
        """Refuse a record that this visit does not bear: another's, a second one, or one of more minutes than it had.

        `margin` is how many minutes more than were checked in the policy lets count.
        """
        if self.known().volunteer != volunteer:
            raise NotTheirVisit(visit=self._id)
        if self.out is None:
            raise VisitNotOver(visit=self._id)
        if self._counted is not None and self._counted != record:
            raise VisitCounted(visit=self._id, record=self._counted)
        present = (self.out.ended - self.out.begun) // _MINUTE + margin
        if minutes > present:
            raise MoreThanPresent(wanted=minutes, present=present)


class Presence(Fold):
    """Where one volunteer is now, if anywhere."""

    types: ClassVar = frozenset({VolunteerCheckedIn, VolunteerClockedIn, VolunteerCheckedOut, VisitAbandoned})

    def __init__(self, about: str) -> None:
        """Nowhere."""
        self._volunteer = about.partition(":")[2]
        self._visit: str | None = None

    def see(self, event: Event) -> None:
        """Note a coming or a going."""
        match event:
            case VolunteerCheckedIn() | VolunteerClockedIn():
                self._visit = event.visit
            case _:
                self._visit = None

    def refuse_present(self) -> None:
        """Refuse with SomewhereElse who has not checked out."""
        if self._visit is not None:
            raise SomewhereElse(volunteer=self._volunteer, visit=self._visit)


def visit_of(visit: str) -> Facts[Visit]:
    """The boundary line of one visit."""
    return Facts(Visit, tags.about(visit))


def presence_of(volunteer: str) -> Facts[Presence]:
    """The boundary line of where one volunteer is."""
    return Facts(Presence, tags.about(volunteer))
