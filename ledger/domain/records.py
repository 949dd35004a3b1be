"""What a decision on a service record needs to know: the record so far, and the volunteer's day."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, NamedTuple

from ledger.domain import tags
from ledger.domain.commands import Facts, Fold, Refusal
from ledger.domain.events import (
    CountedDay,
    CountedService,
    Event,
    ServedDay,
    Service,
    ServiceApproved,
    ServiceAttested,
    ServiceDeclined,
    ServiceReported,
    ServiceReversed,
)
from ledger.domain.minutes import MINUTES_A_DAY, spoken
from ledger.domain.spelling import same_name


class UnknownRecord(Refusal):
    """Nothing was reported under the id."""

    code = "unknown-record"
    en = "There is no service record {record}."
    zh = "没有这条服务记录：{record}。"


class AlreadyDecided(Refusal):
    """A record is decided once."""

    code = "already-decided"
    en = "The service record {record} was decided before; a decision stands until it is reversed."
    zh = "服务记录 {record} 已经审核过，不能重复审核。"


class NotApproved(Refusal):
    """Only what counts can be reversed."""

    code = "not-approved"
    en = "The service record {record} was never approved, so there is nothing to take back."
    zh = "服务记录 {record} 未曾通过审核，无需撤销。"


class AlreadyReversed(Refusal):
    """A record is reversed once."""

    code = "already-reversed"
    en = "The service record {record} was taken back before."
    zh = "服务记录 {record} 已经撤销过。"


class DayFull(Refusal):
    """Nobody serves more than 24 hours a day."""

    code = "day-full"
    en = "With this record {day} would hold {wanted}; nobody serves more than 24 hours a day."
    zh = "加上这条记录，{day} 的服务时长将达 {wanted}，一天不能超过24小时。"

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details, with the minutes as people say them."""
        return {**self.details, "wanted": spoken(int(self.details["wanted"]), language)}


class LooksTheSame(Refusal):
    """One service is counted once, though two people write it down."""

    code = "looks-the-same"
    en = (
        "This looks the same as the service record {record}, which counts: {activity} on {day}, {minutes}."
        " If it is another service, add `again`."
    )
    zh = "与已计入的服务记录 {record} 看似相同：{day}“{activity}”{minutes}。确为另一次服务的，请加 `again`。"

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details, with the minutes as people say them."""
        return {**self.details, "minutes": spoken(int(self.details["minutes"]), language)}


class Record(Fold):
    """One service record so far."""

    types: ClassVar = frozenset(
        {ServiceReported, ServiceDeclined, ServiceApproved, ServiceAttested, ServiceReversed}
    )

    def __init__(self, about: str) -> None:
        """Nothing reported yet."""
        self.record = about.partition(":")[2]
        self.service: Service | None = None
        self.reported_by = ""
        self.days: tuple[ServedDay, ...] = ()
        self.decided = False
        self.counted: tuple[CountedDay, ...] = ()
        self.reversed = False

    def see(self, event: Event) -> None:
        """Follow the record's way."""
        match event:
            case ServiceReported():
                self.service, self.days, self.reported_by = event.service, event.days, event.by
            case ServiceDeclined():
                self.decided = True
            case ServiceReversed():
                self.reversed = True
            case CountedService():
                self.decided = True
                self.service, self.counted = event.service, event.days
            case _:
                raise TypeError(event)

    def open(self) -> Service:
        """What was reported and waits for its decision; refuses with UnknownRecord or AlreadyDecided."""
        if self.service is None:
            raise UnknownRecord(record=self.record)
        if self.decided:
            raise AlreadyDecided(record=self.record)
        return self.service

    def reversible(self) -> Service:
        """What counts now; refuses with UnknownRecord, NotApproved or AlreadyReversed."""
        if self.service is None:
            raise UnknownRecord(record=self.record)
        if not self.counted:
            raise NotApproved(record=self.record)
        if self.reversed:
            raise AlreadyReversed(record=self.record)
        return self.service


class _Counting(NamedTuple):
    """What of a record that counts tells whether another is the same service; the activity's name is folded."""

    record: str
    minutes: int
    activity: str
    name: str
    visit: str | None

    def may_be(self, service: Service) -> bool:
        """Whether a service was at the same activity, and nobody saw both take place."""
        seen_apart = None not in (self.visit, service.visit) and self.visit != service.visit
        at_it = self.activity == service.activity or self.name == same_name(service.activity_name)
        return at_it and not seen_apart


class ServedOn(Fold):
    """What counts on one volunteer's day: approved or attested, and not reversed."""

    types: ClassVar = frozenset({ServiceApproved, ServiceAttested, ServiceReversed})

    def __init__(self, about: str) -> None:
        """An empty day."""
        self._day = date.fromisoformat(about.rpartition(":")[2])
        self._counting: dict[str, _Counting] = {}

    def see(self, event: Event) -> None:
        """Add what counts, take off what counts no more."""
        assert isinstance(event, CountedService)
        service = event.service
        if isinstance(event, ServiceReversed):
            self._counting.pop(service.record, None)
        else:
            self._counting[service.record] = _Counting(
                service.record,
                sum(day.minutes for day in event.days if day.day == self._day),
                service.activity,
                same_name(service.activity_name),
                service.visit,
            )

    @property
    def minutes(self) -> int:
        """The minutes that count."""
        return sum(one.minutes for one in self._counting.values())

    def refuse_overfull(self, minutes: int) -> None:
        """Refuse with DayFull if the day cannot take so many minutes more."""
        if self.minutes + minutes > MINUTES_A_DAY:
            raise DayFull(day=self._day.isoformat(), wanted=self.minutes + minutes)

    def resembled(self, service: Service, minutes: int, *, again: bool) -> str | None:
        """The record that counts, of the same activity, that a service of the day is most like; None if there is none.

        Raises LooksTheSame if it has as many minutes, unless the service is said to be another one (`again`).
        """
        alike = [one for one in self._counting.values() if one.may_be(service)]
        same = [one for one in alike if one.minutes == minutes]
        if same and not again:
            raise LooksTheSame(
                record=same[0].record,
                activity=service.activity_name,
                day=self._day.isoformat(),
                minutes=minutes,
            )
        return next((one.record for one in (*same, *alike)), None)


def record_of(record: str) -> Facts[Record]:
    """The boundary line of one service record."""
    return Facts(Record, tags.about(record))


def served_on(volunteer: str, day: date) -> Facts[ServedOn]:
    """The boundary line of one volunteer's day."""
    return Facts(ServedOn, tags.served_tag(volunteer, day))
