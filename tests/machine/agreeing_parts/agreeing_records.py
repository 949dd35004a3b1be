"""Holding the records of service, those that wait and those decided on, against the model."""

from sqlalchemy import Connection

from projections.figures.periods import read_period
from projections.records import RecordRow
from projections.registry import Views
from tests.machine.figures import lies_in, periods
from tests.machine.model import Model

WAIT_OR_COUNT = ("reported", "approved", "attested")


def assert_records_agree(connection: Connection, views: Views, model: Model) -> None:
    rows = sorted((record_row(model, one) for one in model.records), key=lambda row: (row.day, row.id))
    pending = [row for row in rows if row.state == "reported"]
    assert views.records.listed(connection) == rows
    assert views.records.listed(connection, pending=True) == pending
    for volunteer in model.volunteers:
        own = [row for row in rows if row.volunteer == volunteer]
        assert views.records.listed(connection, volunteer=volunteer) == own
        waiting = [row for row in own if row in pending]
        assert views.records.listed(connection, volunteer=volunteer, pending=True) == waiting
    first_days = {record: one["days"][0]["day"] for record, one in model.records.items()}
    for period in periods(first_days.values()):
        of_it = [row for row in rows if lies_in(first_days[row.id], period)]
        assert views.records.listed(connection, period=read_period(period)) == of_it
    for row in rows:
        assert views.records.get(connection, row.id) == row
    assert views.records.get(connection, "rec_none") is None


def record_row(model: Model, record: str) -> RecordRow:
    one = model.records[record]
    service = one["service"]
    return RecordRow._make(
        (
            record,
            *(service[name] for name in ("volunteer", "activity", "activity_name")),
            str(one["days"][0]["day"]),
            sum(day["minutes"] for day in one["days"]),
            service["evidence"],
            service["visit"],
            *(one[name] for name in ("shown", "reported_by", "decided_by")),
            service["hosted_by"],
        )
    )
