"""Checking in and out, at a shift or at a venue. The server's clock tells when, and nobody's word."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.activities import activity_of
from ledger.domain.commands import AlreadyRecorded, Command, Facts, Refusal, Seen
from ledger.domain.events import (
    Event,
    Mode,
    ServedDay,
    Service,
    ServiceReported,
    VisitAbandoned,
    VolunteerCheckedIn,
    VolunteerCheckedOut,
    VolunteerClockedIn,
)
from ledger.domain.ids import RecordId, SignUpId, VenueId, VisitId, VolunteerId, derived_id
from ledger.domain.instants import minutes_by_day
from ledger.domain.records import record_of
from ledger.domain.shift_state import ShiftOver
from ledger.domain.sign_up_state import SignUpEnded, StillWaiting, UnknownSignUp, sign_up_of
from ledger.domain.text import Code
from ledger.domain.venues import ClockInCode, UnknownVenue, WrongCode, venue_of
from ledger.domain.visits import SomewhereElse, UnknownVisit, VisitNamed, VisitOver, presence_of, visit_of
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered, affairs_of

CHECK_IN_OPENS = timedelta(hours=1)
"""How long before a shift one may check in for it."""
LONGEST_VISIT = timedelta(hours=24)
"""Whoever is there for longer has forgotten to check out."""
EVIDENCE = "check-in"


class TooEarlyToCheckIn(Refusal):
    """Check-in opens an hour before the shift."""

    code = "too-early-to-check-in"
    en = "Check-in for this shift opens one hour before it begins."
    zh = "班次开始前1小时方可签到。"


class ForgottenCheckOut(Refusal):
    """A visit is no longer than a day."""

    code = "forgotten-check-out"
    en = "{visit} began more than 24 hours ago; a coordinator closes it and enters what was served."
    zh = "{visit} 签到已超过24小时，请联系管理员作废并补报服务时长。"


class CheckIn(Command, frozen=True, kw_only=True):
    """Come to a shift that one has a place on."""

    refusals: ClassVar = (
        AlreadyRecorded,
        NotInGoodStanding,
        ShiftOver,
        SignUpEnded,
        SomewhereElse,
        StillWaiting,
        TooEarlyToCheckIn,
        UnknownSignUp,
    )

    visit: VisitId
    sign_up: SignUpId

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (Facts(VisitNamed, tags.about(self.visit)), sign_up_of(self.sign_up))

    def further(self, seen: Seen) -> Iterable[Facts[Any]]:
        latest = seen[sign_up_of(self.sign_up)].latest
        return () if latest is None else (affairs_of(latest.volunteer), presence_of(latest.volunteer))

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[Facts(VisitNamed, tags.about(self.visit))].seen:
            raise AlreadyRecorded(id=self.visit)
        sign_up = seen[sign_up_of(self.sign_up)].with_place()
        if seen.now < sign_up.begins - CHECK_IN_OPENS:
            raise TooEarlyToCheckIn
        if seen.now >= sign_up.ends:
            raise ShiftOver(shift=sign_up.shift)
        seen[affairs_of(sign_up.volunteer)].refuse_unless_active(seen.today)
        seen[presence_of(sign_up.volunteer)].refuse_present()
        return (
            VolunteerCheckedIn(
                on=seen.today,
                visit=self.visit,
                volunteer=sign_up.volunteer,
                sign_up=self.sign_up,
                shift=sign_up.shift,
                activity=sign_up.activity,
                role=sign_up.role,
                begun=seen.now,
            ),
        )


class ClockIn(Command, frozen=True, kw_only=True):
    """Come to a venue without a shift, by the code that is shown there."""

    refusals: ClassVar = (
        AlreadyRecorded,
        NotInGoodStanding,
        NotRegistered,
        SomewhereElse,
        UnknownVenue,
        WrongCode,
    )

    visit: VisitId
    venue: VenueId
    volunteer: VolunteerId
    code: ClockInCode
    mode: Mode = Mode.ON_SITE

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (
            Facts(VisitNamed, tags.about(self.visit)),
            venue_of(self.venue),
            affairs_of(self.volunteer),
            presence_of(self.volunteer),
        )

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[Facts(VisitNamed, tags.about(self.visit))].seen:
            raise AlreadyRecorded(id=self.visit)
        so_far = seen[venue_of(self.venue)]
        venue = so_far.open()
        so_far.refuse_wrong_code(self.code)
        seen[affairs_of(self.volunteer)].refuse_unless_active(seen.today)
        seen[presence_of(self.volunteer)].refuse_present()
        return (
            VolunteerClockedIn(
                on=seen.today,
                visit=self.visit,
                volunteer=self.volunteer,
                venue=venue.id,
                community=venue.community,
                mode=self.mode,
                begun=seen.now,
            ),
        )


class CheckOut(Command, frozen=True, kw_only=True):
    """Leave; what was served is reported as `record`, for somebody else to approve.

    At a shift the minutes between its beginning and its end are reported, at a venue all. Where there is no whole
    minute, nothing is. Whoever checks somebody out has reported the record, and cannot approve it.
    """

    refusals: ClassVar = (AlreadyRecorded, ForgottenCheckOut, UnknownVisit, VisitOver)

    visit: VisitId
    record: RecordId

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (visit_of(self.visit), record_of(self.record))

    def further(self, seen: Seen) -> Iterable[Facts[Any]]:
        match seen[visit_of(self.visit)].begun:
            case VolunteerCheckedIn() as begun:
                return (sign_up_of(begun.sign_up), activity_of(begun.activity))
            case VolunteerClockedIn() as begun:
                return (venue_of(begun.venue),)
            case None:
                return ()

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        begun = seen[visit_of(self.visit)].going_on()
        if seen[record_of(self.record)].service is not None:
            raise AlreadyRecorded(id=self.record)
        if seen.now - begun.begun > LONGEST_VISIT:
            raise ForgottenCheckOut(visit=self.visit)
        # A clock that was put back meanwhile makes nobody's visit end before it began.
        ended = max(seen.now, begun.begun)
        out = VolunteerCheckedOut(
            on=begun.on, visit=self.visit, volunteer=begun.volunteer, begun=begun.begun, ended=ended
        )
        if isinstance(begun, VolunteerCheckedIn):
            service, since, until = self._at_a_shift(begun, ended, seen)
        else:
            service, since, until = self._at_a_venue(begun, seen), begun.begun, ended
        minutes = minutes_by_day(since, until, seen.zone)
        days = tuple(ServedDay(day=day, minutes=some) for day, some in minutes.items())
        return (out, ServiceReported(on=days[0].day, service=service, days=days)) if days else (out,)

    def _at_a_shift(
        self, begun: VolunteerCheckedIn, ended: datetime, seen: Seen
    ) -> tuple[Service, datetime, datetime]:
        sign_up = seen[sign_up_of(begun.sign_up)].known()
        activity = seen[activity_of(begun.activity)].activity
        assert activity is not None
        service = Service(
            record=self.record,
            volunteer=begun.volunteer,
            activity=activity.id,
            activity_name=activity.name,
            place=activity.place,
            content=activity.content,
            role=begun.role,
            unit=activity.unit,
            in_charge=activity.in_charge,
            programme=activity.programme,
            hosted_by=activity.community,
            evidence=EVIDENCE,
            visit=self.visit,
        )
        return service, max(begun.begun, sign_up.begins), min(ended, sign_up.ends)

    def _at_a_venue(self, begun: VolunteerClockedIn, seen: Seen) -> Service:
        venue = seen[venue_of(begun.venue)].venue
        assert venue is not None
        return Service(
            record=self.record,
            volunteer=begun.volunteer,
            # What goes on at a venue between its activities is one long activity of its own.
            activity=derived_id("act", "venue", venue.id),
            activity_name=venue.name,
            place=venue.name,
            content=venue.content,
            role="volunteer",
            unit=venue.unit,
            in_charge=None,
            programme=None,
            hosted_by=venue.community,
            evidence=EVIDENCE,
            visit=self.visit,
        )


class AbandonVisit(Command, frozen=True, kw_only=True):
    """Close a visit of which nobody knows how long it was; the service is then reported by hand."""

    refusals: ClassVar = (UnknownVisit, VisitOver)

    visit: VisitId
    reason: Code

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (visit_of(self.visit),)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        begun = seen[visit_of(self.visit)].going_on()
        return (
            VisitAbandoned(
                on=begun.on,
                visit=self.visit,
                volunteer=begun.volunteer,
                begun=begun.begun,
                reason=self.reason,
            ),
        )
