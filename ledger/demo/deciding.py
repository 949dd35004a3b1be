"""What becomes of the records of a day: approved or declined in the evening, and now and then taken back."""

from collections.abc import Iterable, Mapping

from ledger.application import Ask
from ledger.demo.story import COORDINATOR, Story, by_staff
from ledger.domain.service import ApproveService, DeclineService, ReverseService


def decided(story: Story, records: Mapping[str, str]) -> Iterable[Ask]:
    """A coordinator approves most records, which are given with whose they are."""
    for record, who in records.items():
        if story.happens(1):
            yield Ask(DeclineService(record=record, reason="absent"), COORDINATOR)
        else:
            story.served.append(who)
            yield Ask(ApproveService(record=record), COORDINATOR)


def taken_back(story: Story, records: Iterable[str]) -> Iterable[Ask]:
    """The office takes one in a hundred back."""
    for record in records:
        if story.happens(1):
            yield by_staff(ReverseService(record=record, reason="mistake"))
