"""Service records: reporting, approving, declining, attesting and reversing."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from typing import Any, ClassVar

from ledger.domain.commands import AlreadyRecorded, Command, Facts, FutureDay, InvalidInput, Refusal, Seen
from ledger.domain.communities import COMMUNITIES, UnknownCommunity
from ledger.domain.events import (
    CountedDay,
    Event,
    ServedDay,
    Service,
    ServiceApproved,
    ServiceAttested,
    ServiceDeclined,
    ServiceReported,
    ServiceReversed,
)
from ledger.domain.events.service import ServedDays
from ledger.domain.ids import RecordId
from ledger.domain.policies import POLICIES, NoPolicy
from ledger.domain.records import (
    AlreadyDecided,
    AlreadyReversed,
    DayFull,
    LooksTheSame,
    NotApproved,
    UnknownRecord,
    record_of,
    served_on,
)
from ledger.domain.text import Code
from ledger.domain.visits import (
    MoreThanPresent,
    NotTheirVisit,
    UnknownVisit,
    VisitCounted,
    VisitNotOver,
    visit_of,
)
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered, affairs_of


class OwnRecord(Refusal):
    """Nobody decides on their own minutes."""

    code = "own-record"
    en = "Nobody approves their own service; ask somebody else to."
    zh = "不能审核自己的服务记录，请由他人审核。"


class OwnReport(Refusal):
    """Who reported a record does not approve it."""

    code = "own-report"
    en = "You reported this record yourself; somebody else must approve it."
    zh = "这条记录由您本人上报，须由他人审核。"


class ReportService(Command, frozen=True, kw_only=True):
    """Say that a volunteer served; it counts once somebody else approves it."""

    refusals: ClassVar = (
        AlreadyRecorded,
        FutureDay,
        MoreThanPresent,
        NoPolicy,
        NotInGoodStanding,
        NotRegistered,
        NotTheirVisit,
        UnknownCommunity,
        UnknownVisit,
        VisitCounted,
        VisitNotOver,
    )

    service: Service
    days: ServedDays

    def boundary(self) -> tuple[Facts[Any], ...]:
        volunteer = affairs_of(self.service.volunteer)
        return (record_of(self.service.record), volunteer, COMMUNITIES, *_visit(self.service))

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        _refuse_unfit(self.service, self.days, seen)
        _refuse_inactive(self.service, self.days, seen)
        _refuse_more_than_present(self.service, self.days, seen)
        return (ServiceReported(on=self.days[0].day, service=self.service, days=self.days),)


class AttestService(Command, frozen=True, kw_only=True):
    """Report and approve a record in one step, on an office's authority.

    `again` says that it is another service than one that counts and looks the same.
    """

    refusals: ClassVar = (
        AlreadyRecorded,
        DayFull,
        FutureDay,
        LooksTheSame,
        MoreThanPresent,
        NoPolicy,
        NotInGoodStanding,
        NotRegistered,
        NotTheirVisit,
        OwnRecord,
        UnknownCommunity,
        UnknownVisit,
        VisitCounted,
        VisitNotOver,
    )

    service: Service
    days: ServedDays
    again: bool = False

    def boundary(self) -> tuple[Facts[Any], ...]:
        volunteer = self.service.volunteer
        return (
            record_of(self.service.record),
            affairs_of(volunteer),
            COMMUNITIES,
            POLICIES,
            *(served_on(volunteer, served.day) for served in self.days),
            *_visit(self.service),
        )

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen.by == self.service.volunteer:
            raise OwnRecord
        _refuse_unfit(self.service, self.days, seen)
        counted = _counted(self.service, self.days, seen)
        known = _likeness(self.service, self.days, self.again, seen)
        return (ServiceAttested(on=counted[0].day, service=self.service, days=counted, **known),)


class ApproveService(Command, frozen=True, kw_only=True):
    """Let a reported record count; `again` says that it is another service than one that looks the same."""

    refusals: ClassVar = (
        AlreadyDecided,
        DayFull,
        LooksTheSame,
        MoreThanPresent,
        NoPolicy,
        NotInGoodStanding,
        OwnRecord,
        OwnReport,
        UnknownRecord,
        VisitCounted,
    )

    record: RecordId
    again: bool = False

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (record_of(self.record), COMMUNITIES, POLICIES)

    def further(self, seen: Seen) -> Iterable[Facts[Any]]:
        record = seen[record_of(self.record)]
        if record.service is None:
            return ()
        volunteer = record.service.volunteer
        days = (served_on(volunteer, served.day) for served in record.days)
        return (affairs_of(volunteer), *days, *_visit(record.service))

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        record = seen[record_of(self.record)]
        service = record.open()
        if seen.by == service.volunteer:
            raise OwnRecord
        if seen.by == record.reported_by:
            raise OwnReport
        counted = _counted(service, record.days, seen)
        known = _likeness(service, record.days, self.again, seen)
        return (
            ServiceApproved(
                on=counted[0].day, service=service, days=counted, reported_by=record.reported_by, **known
            ),
        )


class DeclineService(Command, frozen=True, kw_only=True):
    """Turn a reported record down."""

    refusals: ClassVar = (AlreadyDecided, OwnRecord, UnknownRecord)

    record: RecordId
    reason: Code

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (record_of(self.record),)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        record = seen[record_of(self.record)]
        service = record.open()
        if seen.by == service.volunteer:
            raise OwnRecord
        return (
            ServiceDeclined(
                on=record.days[0].day, record=self.record, volunteer=service.volunteer, reason=self.reason
            ),
        )


class ReverseService(Command, frozen=True, kw_only=True):
    """Take back a record that counts. Always possible, even if the account falls below zero."""

    refusals: ClassVar = (AlreadyReversed, NotApproved, UnknownRecord)

    record: RecordId
    reason: Code

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (record_of(self.record),)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        record = seen[record_of(self.record)]
        service = record.reversible()
        return (
            ServiceReversed(
                on=record.counted[0].day, service=service, days=record.counted, reason=self.reason
            ),
        )


def _refuse_unfit(service: Service, days: tuple[ServedDay, ...], seen: Seen) -> None:
    if seen[record_of(service.record)].service is not None:
        raise AlreadyRecorded(id=service.record)
    if any(later.day - earlier.day != timedelta(days=1) for earlier, later in pairwise(days)):
        raise InvalidInput(
            field="days",
            reason="one service runs over days that follow one another",
            reason_zh="同一服务的日期须连续",
        )
    if days[-1].day > seen.today:
        raise FutureDay(day=days[-1].day.isoformat())
    if service.hosted_by is not None:
        seen[COMMUNITIES].known(service.hosted_by)


def _refuse_inactive(service: Service, days: tuple[ServedDay, ...], seen: Seen) -> None:
    affairs = seen[affairs_of(service.volunteer)]
    for served in days:
        affairs.refuse_unless_active(served.day)


def _refuse_more_than_present(service: Service, days: tuple[ServedDay, ...], seen: Seen) -> None:
    if service.visit is None:
        return
    margin = seen[POLICIES].in_force(days[0].day).margin
    minutes = sum(served.minutes for served in days)
    seen[visit_of(service.visit)].refuse_counting(service.volunteer, service.record, minutes, margin)


def _visit(service: Service) -> tuple[Facts[Any], ...]:
    return () if service.visit is None else (visit_of(service.visit), POLICIES)


def _counted(service: Service, days: tuple[ServedDay, ...], seen: Seen) -> tuple[CountedDay, ...]:
    # Also at an approval: a suspension may have been recorded since the report.
    _refuse_inactive(service, days, seen)
    _refuse_more_than_present(service, days, seen)
    for served in days:
        seen[served_on(service.volunteer, served.day)].refuse_overfull(served.minutes)
    return tuple(_count(service, served, seen) for served in days)


def _likeness(service: Service, days: tuple[ServedDay, ...], again: bool, seen: Seen) -> dict[str, Any]:
    """What is known of a record that counts already and that this one is like; raises LooksTheSame."""
    found = (
        seen[served_on(service.volunteer, served.day)].resembled(service, served.minutes, again=again)
        for served in days
    )
    resembled = [record for record in found if record is not None]
    known: dict[str, Any] = {"resembles": resembled[0]} if resembled else {}
    return {**known, "again": True} if again else known


def _count(service: Service, served: ServedDay, seen: Seen) -> CountedDay:
    affairs = seen[affairs_of(service.volunteer)]
    policy = seen[POLICIES].in_force(served.day)
    return CountedDay(
        day=served.day,
        minutes=served.minutes,
        community=seen[COMMUNITIES].successor(affairs.home(served.day), affairs.counted_as(served.day)),
        team=affairs.team(served.day),
        policy=policy.name,
        policy_version=policy.version,
        credits=policy.credits_for(served.minutes),
    )
