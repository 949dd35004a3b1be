"""The laws of the books, held against facts one by one: what no history of a time bank may hold, whoever wrote it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from ledger.domain.accounts import VOLUNTEER, pool_account, volunteer_account
from ledger.domain.commands import Refusal
from ledger.domain.events import (
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    PolicyAdopted,
    RedemptionPlaced,
    ServiceApproved,
    ServiceAttested,
    ServiceDeclined,
    ServiceReported,
    ServiceReversed,
)
from ledger.domain.minutes import MINUTES_A_DAY
from ledger.domain.policies import Policies
from ledger.domain.postings import postings, service_lines

_DECLINED, _COUNTED, _REVERSED = "declined", "counted", "reversed"


class Laws:
    """What was seen of the books so far. Memory grows with accounts, records and days of service."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._policies = Policies("")
        self._credits: Counter[str] = Counter()
        self._served: Counter[tuple[str, date]] = Counter()
        self._records: dict[str, str] = {}

    def broken_by(self, event: Event) -> Iterator[str]:
        """Take the next fact in, and say in a sentence each law that it breaks."""
        if isinstance(event, PolicyAdopted):
            self._policies.see(event)
        if isinstance(
            event, ServiceReported | ServiceDeclined | ServiceApproved | ServiceAttested | ServiceReversed
        ):
            yield from self._of_records(event)
        yield from self._of_days(event)
        yield from self._of_credits(event)

    def _of_records(
        self,
        event: ServiceReported | ServiceDeclined | ServiceApproved | ServiceAttested | ServiceReversed,
    ) -> Iterator[str]:
        record = event.record if isinstance(event, ServiceDeclined) else event.service.record
        before = self._records.get(record)
        match event:
            case ServiceReported():
                return
            case ServiceReversed():
                if before != _COUNTED:
                    yield f"the record {record} is reversed, and it did not count"
                self._records[record] = _REVERSED
                return
            case ServiceApproved() if event.by in {event.reported_by, event.service.volunteer}:
                yield f"the record {record} was approved by the one who reported it, or whose service it is"
            case ServiceAttested() if event.by == event.service.volunteer:
                yield f"the record {record} was attested by the one whose service it is"
            case _:
                pass
        if before is not None:
            yield f"the record {record} was decided a second time"
        self._records[record] = _DECLINED if isinstance(event, ServiceDeclined) else _COUNTED

    def _of_days(self, event: Event) -> Iterator[str]:
        for line in service_lines(event):
            key = line.volunteer, line.day
            self._served[key] += line.minutes
            if self._served[key] > MINUTES_A_DAY:
                yield f"{line.volunteer} is to have served {self._served[key]} minutes on {line.day}: a day has 1,440"
            elif self._served[key] == 0:
                # What was reversed takes no room for the rest of the history.
                del self._served[key]
            elif self._served[key] < 0:
                yield f"more minutes of {line.volunteer} on {line.day} are taken back than were served"

    def _of_credits(self, event: Event) -> Iterator[str]:
        lines = postings(event)
        if sum(line.minutes for line in lines):
            yield "the lines of the credit book do not sum to zero"
        for line in lines:
            self._credits[line.account] += line.minutes
        source = _spends(event)
        if source is not None:
            floor = self._floor(event.on)
            if self._credits[source] < floor:
                whose = source.removeprefix(VOLUNTEER)
                yield f"spending takes {whose} to {self._credits[source]} minutes, and the lowest allowed is {floor}"

    def _floor(self, day: date) -> int:
        try:
            return self._policies.in_force(day).floor
        except Refusal:
            return 0


def _spends(event: Event) -> str | None:
    """The account that is spent from, None where nobody spends: a reversal may take one below its floor."""
    match event:
        case CreditsTransferred() | CreditsDonated():
            return volunteer_account(event.giver)
        case CreditsGranted():
            return pool_account(event.community)
        case RedemptionPlaced():
            return volunteer_account(event.volunteer)
        case _:
            return None
