"""What the facts of service records say of them besides what is kept in rows."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from ledger.domain.events import CountedService, Event, ServedDay, ServiceReported
from ledger.store.codec import decode
from ledger.store.log import data_at
from projections.records import Records
from projections.view import instant_text


class Detail(NamedTuple):
    """What else its facts say of a record; instants are UTC (RFC 3339).

    `reason` is the code with which it was declined or reversed.
    """

    place: str
    content: str
    role: str
    unit: str
    programme: str | None
    days: list[ServedDay]
    reported_at: str
    decided_at: str | None
    reversed_at: str | None
    reversed_by: str | None
    reason: str | None


def details(connection: Connection, view: Records, records: Sequence[str]) -> dict[str, Detail]:
    """The details of some records, by id, read in the log."""
    steps = view.steps(connection, records)
    positions = {one for some in steps.values() for one in some if one is not None}
    facts = {at: decode(text) for at, text in data_at(connection, sorted(positions)).items()}
    return {
        record: _detail(
            facts[told],
            None if decided is None else facts[decided],
            None if undone is None else facts[undone],
        )
        for record, (told, decided, undone) in steps.items()
    }


def _detail(told: Event, decided: Event | None, undone: Event | None) -> Detail:
    assert isinstance(told, ServiceReported | CountedService)
    service, last = told.service, undone or decided
    return Detail(
        place=service.place,
        content=service.content,
        role=service.role,
        unit=service.unit,
        programme=service.programme,
        days=[ServedDay(day=one.day, minutes=one.minutes) for one in told.days],
        reported_at=instant_text(told.at),
        decided_at=None if decided is None else instant_text(decided.at),
        reversed_at=None if undone is None else instant_text(undone.at),
        reversed_by=None if undone is None else undone.by,
        reason=getattr(last, "reason", None),
    )
